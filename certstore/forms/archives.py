"""A zip, unpacked in memory: neither the sizes nor the names that it states are believed."""

import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO

from certstore.pki.material import Given, Problem, look
from certstore.pki.names import visible
from certstore.pki.sniff import FileKind

MOST_FILES = 50
MOST_UNPACKED = 5 * 1024 * 1024  # bytes, all files together
# Folders and what macOS adds come on top of the files; more records than this are nobody's.
MOST_RECORDS = 400
LONGEST_NAME = 200

_RECORD = b"PK\x01\x02"
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_IS_ENCRYPTED = 0x1
# Everything that `zipfile` was seen to raise on damaged archives.
_REFUSALS = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    ValueError,  # UnicodeDecodeError among them
    NotImplementedError,
    RuntimeError,
    IndexError,
    OverflowError,
)


class Refused(Exception):
    """The zip breaks a limit, or cannot be read; `problem` says which."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.value)
        self.problem = problem


def unpacked(data: bytes) -> list[Given]:
    """The files of a zip, looked at, each with its name made visible.

    In: the archive. Out: the files in its order, without folders and what macOS adds. Raises Refused where
    it holds more than MOST_FILES, unpacks to more than MOST_UNPACKED, holds another zip, is encrypted or
    damaged. Never holds more than MOST_UNPACKED in memory, whatever the archive says of itself.
    """
    if data.count(_RECORD) > MOST_RECORDS:
        raise Refused(Problem.ZIP_FILES)
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            return list(_files(archive))
    except _REFUSALS as error:
        raise Refused(Problem.ZIP_DAMAGED) from error


def _files(archive: zipfile.ZipFile) -> Iterator[Given]:
    """The files, read one after the other within what is left of the limit."""
    listed = [entry for entry in archive.infolist() if not _is_passed_over(entry)]
    if len(listed) > MOST_FILES:
        raise Refused(Problem.ZIP_FILES)
    if any(entry.flag_bits & _IS_ENCRYPTED for entry in listed):
        raise Refused(Problem.ZIP_ENCRYPTED)
    if any(entry.compress_type not in _METHODS for entry in listed):
        raise Refused(Problem.ZIP_METHOD)
    if not listed:
        raise Refused(Problem.ZIP_EMPTY)
    left = MOST_UNPACKED
    for entry in listed:
        with archive.open(entry) as file:
            content = file.read(left + 1)
        left -= len(content)
        if left < 0:
            raise Refused(Problem.ZIP_SIZE)
        given = look(visible(entry.filename, LONGEST_NAME), content)
        if given.content.kind is FileKind.ZIP:
            raise Refused(Problem.ZIP_NESTED)
        yield given


def _is_passed_over(entry: zipfile.ZipInfo) -> bool:
    """Whether an entry is a folder, or one of the files that macOS puts beside each."""
    parts = entry.filename.replace("\\", "/").split("/")
    return entry.is_dir() or "__MACOSX" in parts or parts[-1] == ".DS_Store"
