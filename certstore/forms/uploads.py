"""Uploaded files as domain values: what each is by its content; nothing is judged and no byte is kept."""

import hashlib

from django.http import HttpRequest

from certstore.actions.attempts import TriedFile
from certstore.pki import names
from certstore.pki.codes import Code
from certstore.pki.keys import KeyFile, read_key_file
from certstore.pki.sniff import FileContent, FileKind, look_at

KIB = 1024
MAX_SERVER_CERTIFICATE = 256 * KIB
MAX_CA_FILE = 4096 * KIB
MAX_CRL_FILE = 16 * 1024 * KIB
# One byte more than the gate takes, so that a longer file is seen to be longer and never read whole.
KEY_BYTES_READ = 8 * KIB + 1


def tried_file(request: HttpRequest, field: str, limit: int) -> TriedFile:
    """The file of a form's field, looked at.

    In: the request, the field, how many bytes the page takes. Out: its name as it may be shown, size,
    SHA-256 and content; a missing or a too large one is a content with that code, and is not read.
    """
    uploaded = request.FILES.get(field)
    if uploaded is None:
        return TriedFile("", 0, "", FileContent(FileKind.EMPTY, Code.FILE_MISSING, ()))
    name = names.visible(uploaded.name or "")
    size = uploaded.size or 0
    if size > limit:
        return TriedFile(name, size, "", too_large(limit))
    data = uploaded.read()
    return TriedFile(name, size, hashlib.sha256(data).hexdigest(), look_at(data))


def too_large(limit: int) -> FileContent:
    """The content of a file that is larger than the page takes, which is never looked at."""
    return FileContent(FileKind.UNKNOWN, Code.FILE_TOO_LARGE, (), facts=(("limit", limit // KIB),))


def key_file(request: HttpRequest, field: str) -> KeyFile | None:
    """The private key file of a form's field after the gate; None when none was chosen."""
    uploaded = request.FILES.get(field)
    return read_key_file(uploaded.read(KEY_BYTES_READ)) if uploaded is not None else None
