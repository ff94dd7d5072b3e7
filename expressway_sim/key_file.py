"""The secret key's file, made at the first start."""

import fcntl
import os
import secrets
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

SHORTEST = 50  # characters; Django's own check asks for as many


def read_or_make(path: Path) -> str:
    """The key in a file that only its owner reads; when there is none, a new one is written.

    In: where it lies. Out: the key, the same one for all who start at the same moment: whoever gets the lock
    first writes it, and half a key cannot be read. Raises ImproperlyConfigured when the folder cannot be
    written or the file holds something else.
    """
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        key = _read_or_make(path)
    except OSError as error:
        raise ImproperlyConfigured(
            f"{path} cannot be read or written ({error.strerror}). "
            "Set DATA_DIR to a folder of your own, or SECRET_KEY to a key."
        ) from error
    return strong(key, str(path))


def strong(key: str, whence: str) -> str:
    """The key itself; raises ImproperlyConfigured when it is too short to keep anything secret."""
    if len(key) < SHORTEST:
        raise ImproperlyConfigured(
            f"The secret key in {whence} has {len(key)} characters; at least {SHORTEST} are needed."
        )
    return key


def _read_or_make(path: Path) -> str:
    try:
        return _read(path, os.O_RDONLY) or _make(path)
    except FileNotFoundError:
        return _make(path)


def _read(path: Path, flags: int) -> str:
    with os.fdopen(os.open(path, flags | os.O_CLOEXEC), encoding="ascii", errors="replace") as file:
        return file.read().strip()


def _make(path: Path) -> str:
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    with os.fdopen(descriptor, "r+", encoding="ascii", errors="replace") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        key = file.read().strip()
        if not key:
            key = secrets.token_urlsafe(64)
            file.write(key + "\n")
            file.flush()
            os.fsync(descriptor)
        return key
