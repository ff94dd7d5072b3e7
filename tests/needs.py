"""What a test may need that not every machine has: skipped with a plain reason, but a failure in CI.

Mark a test with `@needs_openssl`, `@needs_chromium` or `@needs_postgresql`; it can also take the fixture
`openssl` or `chromium` (a path) or `postgresql` (the URL of a server on which databases can be made).
"""

import os
import shutil
from typing import NoReturn

import pytest

needs_openssl = pytest.mark.usefixtures("openssl")
needs_chromium = pytest.mark.usefixtures("chromium")
needs_postgresql = pytest.mark.usefixtures("postgresql")

CHROMIUMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def find_openssl() -> str:
    """The path of the openssl program."""
    return shutil.which("openssl") or missing("no openssl program was found")


def find_chromium() -> str:
    """The path of a Chromium; CHROMIUM names one that lies elsewhere."""
    named = os.environ.get("CHROMIUM")
    found = [path for name in CHROMIUMS if (path := shutil.which(name))]
    return named or (found[0] if found else missing("no Chromium was found (CHROMIUM=/path names one)"))


def find_postgresql() -> str:
    """The URL of a PostgreSQL server, ending in a database to connect to."""
    named = [os.environ.get(variable, "") for variable in ("POSTGRESQL_URL", "DATABASE_URL")]
    urls = [url for url in named if url.startswith("postgres")]
    return (
        urls[0] if urls else missing("no PostgreSQL is named (POSTGRESQL_URL=postgres://user@host/postgres)")
    )


def missing(what: str) -> NoReturn:
    """Skip the test for that reason; in CI, where everything has to be there, fail."""
    if os.environ.get("CI"):
        pytest.fail(f"CI is set, so this may not be skipped: {what}", pytrace=False)
    pytest.skip(what)
