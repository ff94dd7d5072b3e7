"""The settings, as they come out of an environment."""

import os
import runpy
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from certstore.forms.box_uploads import STREAMED
from expressway_sim import key_file

ROOT = Path(__file__).resolve().parent.parent
OURS = (
    "ALLOWED_HOSTS",
    "CHECK_FILES_WITHOUT_ACCOUNT",
    "CORRECTIONS_FILE",
    "DATABASE_URL",
    "DATA_DIR",
    "DEBUG",
    "DJANGO_SETTINGS_MODULE",
    "HTTPS",
    "SECRET_KEY",
    "TRUSTED_PROXIES",
)
LONG_KEY = "k3y-" * 20


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in OURS:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "data"))


def read_settings() -> dict[str, Any]:
    return runpy.run_path(str(ROOT / "expressway_sim" / "settings.py"))


def manage(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "manage.py", *words],
        cwd=ROOT,
        # Without what the browser tests of this process set for themselves.
        env={**os.environ, "DJANGO_ALLOW_ASYNC_UNSAFE": ""} | environment,
        capture_output=True,
        text=True,
        timeout=60,
    )


def test_with_nothing_set_it_runs_for_one_machine(tmp_path):
    settings = read_settings()
    assert settings["DEBUG"] is False
    assert settings["ALLOWED_HOSTS"] == ["127.0.0.1", "localhost", "[::1]"]
    assert settings["DATABASES"]["default"]["NAME"] == str(tmp_path / "data" / "lab.sqlite3")
    assert (tmp_path / "data").stat().st_mode & 0o777 == 0o700
    assert len(settings["SECRET_KEY"]) >= 50
    assert settings["CORRECTIONS_FILE"] == tmp_path / "data" / "corrections.toml"


def test_the_file_of_corrections_can_lie_elsewhere(monkeypatch, tmp_path):
    monkeypatch.setenv("CORRECTIONS_FILE", str(tmp_path / "mine.toml"))
    assert read_settings()["CORRECTIONS_FILE"] == tmp_path / "mine.toml"


def test_the_key_file_is_for_its_owner_only_and_stays(tmp_path):
    first = read_settings()["SECRET_KEY"]
    assert (tmp_path / "data" / "secret-key").stat().st_mode & 0o777 == 0o600
    assert read_settings()["SECRET_KEY"] == first


def test_whoever_starts_at_the_same_moment_gets_the_same_key(tmp_path):
    for attempt in range(20):
        path = tmp_path / str(attempt) / "secret-key"
        with ThreadPoolExecutor(8) as pool:
            keys = set(pool.map(key_file.read_or_make, [path] * 8))
        assert len(keys) == 1


def test_a_key_file_left_empty_by_a_crash_is_filled(tmp_path):
    path = tmp_path / "secret-key"
    path.touch()
    assert key_file.read_or_make(path) == path.read_text().strip() != ""


def test_a_key_from_the_environment_leaves_no_file(monkeypatch, tmp_path):
    monkeypatch.setenv("SECRET_KEY", LONG_KEY)
    assert read_settings()["SECRET_KEY"] == LONG_KEY
    assert not (tmp_path / "data" / "secret-key").exists()


def test_a_short_key_is_refused_without_being_shown(monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "hunter2")
    with pytest.raises(ImproperlyConfigured, match="7 characters") as refused:
        read_settings()
    assert "hunter2" not in str(refused.value)


def test_a_data_folder_that_cannot_be_is_a_sentence(tmp_path):
    (tmp_path / "file").touch()
    ran = manage("check", DATA_DIR=str(tmp_path / "file" / "below"))
    assert ran.returncode == 1
    assert "Set DATA_DIR to a folder of your own" in ran.stderr
    assert "Traceback" not in ran.stderr


@pytest.mark.parametrize(
    ("version", "journal"),
    [
        ((3, 40, 1), "PRAGMA journal_mode=DELETE; PRAGMA synchronous=EXTRA;"),
        ((3, 51, 2), "PRAGMA journal_mode=DELETE; PRAGMA synchronous=EXTRA;"),
        ((3, 51, 3), "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"),
    ],
)
def test_the_journal_follows_the_version_of_sqlite(monkeypatch, version, journal):
    monkeypatch.setattr(sqlite3, "sqlite_version_info", version)
    options = read_settings()["DATABASES"]["default"]["OPTIONS"]
    assert options["init_command"].startswith(journal)
    assert "mmap" not in options["init_command"]


def test_sqlite_takes_the_write_lock_at_once_and_waits_for_it():
    database = read_settings()["DATABASES"]["default"]
    assert database["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert database["OPTIONS"]["timeout"] == 20
    assert database["ATOMIC_REQUESTS"] is False


def test_postgresql_keeps_its_connections_and_waits_for_nothing_for_ever(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgres://me:secret@db.example/rehearsal?sslmode=require")
    database = read_settings()["DATABASES"]["default"]
    assert database["ENGINE"] == "django.db.backends.postgresql"
    assert (database["CONN_MAX_AGE"], database["CONN_HEALTH_CHECKS"]) == (60, True)
    assert "statement_timeout=20s" in database["OPTIONS"]["options"]
    assert "lock_timeout=20s" in database["OPTIONS"]["options"]
    assert database["OPTIONS"]["sslmode"] == "require"


@pytest.mark.parametrize("url", ["mysql://me:secret@db/x", "secret", "postgres://me:secret@db:port/x"])
def test_another_database_is_refused_without_showing_the_password(monkeypatch, url):
    monkeypatch.setenv("DATABASE_URL", url)
    with pytest.raises(ImproperlyConfigured) as refused:
        read_settings()
    assert "secret" not in str(refused.value)


def test_without_https_nothing_asks_for_it():
    settings = read_settings()
    promised = {
        "SECURE_SSL_REDIRECT",
        "SECURE_HSTS_SECONDS",
        "SESSION_COOKIE_NAME",
        "SECURE_PROXY_SSL_HEADER",
    }
    assert promised.isdisjoint(settings)


def test_https_brings_the_redirect_hsts_for_this_host_alone_and_host_cookies(monkeypatch):
    monkeypatch.setenv("HTTPS", "on")
    settings = read_settings()
    assert settings["SECURE_SSL_REDIRECT"] is True
    assert settings["SECURE_HSTS_SECONDS"] >= 31_536_000
    assert "SECURE_HSTS_INCLUDE_SUBDOMAINS" not in settings
    assert "SECURE_HSTS_PRELOAD" not in settings
    assert settings["SESSION_COOKIE_NAME"].startswith("__Host-")
    assert settings["CSRF_COOKIE_NAME"].startswith("__Host-")
    assert settings["SESSION_COOKIE_SECURE"]
    assert settings["CSRF_COOKIE_SECURE"]


def test_a_new_password_is_hashed_with_scrypt():
    assert read_settings()["PASSWORD_HASHERS"][0].endswith("ScryptPasswordHasher")


def test_no_upload_can_reach_the_disk():
    settings = read_settings()
    assert settings["FILE_UPLOAD_HANDLERS"] == [
        "certstore.forms.box_uploads.BoxUploadHandler",  # keeps nothing but the small files of an archive
        "django.core.files.uploadhandler.MemoryFileUploadHandler",
    ]
    held = [limit for page, limit in settings["BODY_LIMITS"].items() if page not in STREAMED]
    assert settings["FILE_UPLOAD_MAX_MEMORY_SIZE"] >= max(held)
    assert set(settings["BODY_LIMITS"]) > STREAMED


def test_the_deployment_check_finds_nothing_behind_https():
    ran = manage("check", "--deploy", "--fail-level", "WARNING", HTTPS="on")
    assert (ran.returncode, ran.stderr) == (0, ""), ran.stderr
    assert "no issues" in ran.stdout


def test_checking_files_needs_an_account_unless_it_is_set(monkeypatch):
    assert read_settings()["CHECK_FILES_WITHOUT_ACCOUNT"] is False
    monkeypatch.setenv("CHECK_FILES_WITHOUT_ACCOUNT", "on")
    assert read_settings()["CHECK_FILES_WITHOUT_ACCOUNT"] is True


def test_a_field_can_be_as_large_as_the_largest_body_that_is_all_text():
    settings = read_settings()
    carrying = {
        name: limit for name, limit in settings["BODY_LIMITS"].items() if name.startswith("check-files")
    }
    assert len(carrying) == 4
    assert settings["DATA_UPLOAD_MAX_MEMORY_SIZE"] == max(carrying.values())
