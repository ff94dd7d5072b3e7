"""Fixtures for the whole suite."""

import pytest

from tests import needs

pytest_plugins = ["tests.fixtures_labs", "tests.keyring", "tests.browser.browser"]


@pytest.fixture(scope="session")
def openssl() -> str:
    """The path of the openssl program."""
    return needs.find_openssl()


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of a Chromium."""
    return needs.find_chromium()


@pytest.fixture(scope="session")
def postgresql() -> str:
    """The URL of a PostgreSQL server on which databases can be made."""
    return needs.find_postgresql()
