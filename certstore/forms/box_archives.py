"""A diagnostic log archive, read while it comes in: the few small files of use are kept, everything else is dropped.

No path is trusted: of an entry's path the last part is a label, and nothing is ever written. Links, devices and
archives in the archive are not followed. Neither the sizes nor the names that it states of itself are believed.
"""

import struct
import tarfile
import zlib
from collections.abc import Generator
from dataclasses import dataclass, field

from certstore.forms.streams import MOST_UNPACKED, Gunzip, Reading, Refused, Stream, Trouble
from certstore.pki.boxes.parts import is_key_name, part_named
from certstore.pki.names import visible

MOST_USED = 10 * 1024 * 1024  # bytes kept of one upload, all its files together
MOST_ENTRIES = 10_000
MOST_TOLD = 10
LONGEST_NAME = 120

_BLOCK = 512
_LONGEST_EXTENSION = 64 * 1024  # of a tar's entry: a long name, further attributes
_LONG_NAMES = (tarfile.GNUTYPE_LONGNAME, tarfile.GNUTYPE_LONGLINK)
_ATTRIBUTES = (tarfile.XHDTYPE, tarfile.XGLTYPE, tarfile.SOLARIS_XHDTYPE)
_FILES = (tarfile.REGTYPE, tarfile.AREGTYPE, tarfile.CONTTYPE)
_ARCHIVES = (".tar", ".gz", ".tgz", ".zip", ".bz2", ".xz", ".7z")
_LOCAL, _DIRECTORY, _NO_DIRECTORY, _DESCRIPTOR = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06", b"PK\x07\x08"
_LOCAL_FIELDS = struct.Struct("<5H3I2H")
_ENCRYPTED, _HAS_DESCRIPTOR = 0x1 | 0x40, 0x8
_STORED, _DEFLATED = 0, 8
_IN_EXTRA = 0xFFFFFFFF


@dataclass(slots=True)
class Budget:
    """How many bytes may still be kept of an upload."""

    left: int = MOST_USED

    def take(self, count: int) -> None:
        """Use some of it. Raises Refused where there is not so much left."""
        if count > self.left:
            raise Refused(Trouble.USED)
        self.left -= count


@dataclass(slots=True)
class Brought:
    """What one uploaded file came to."""

    name: str
    is_archive: bool = False
    files: list[tuple[str, bytes]] = field(default_factory=list)
    trouble: Trouble | None = None
    private_keys: int = 0  # skipped unread
    archives: list[str] = field(default_factory=list)  # in the archive, not followed
    twice: list[str] = field(default_factory=list)  # of a name that had come before, not taken
    entries: int = 0


class BoxReader:
    """One uploaded file, in pieces: an archive, or a small file by itself."""

    def __init__(self, name: str, budget: Budget) -> None:
        self._brought = Brought(visible(name, LONGEST_NAME))
        self._budget = budget
        self._head = b""
        self._into: Stream | Gunzip | None = None
        self._plain: bytearray | None = None
        self._unpacked = 0

    def feed(self, data: bytes) -> None:
        """More of it. Once it is refused, the rest is dropped. Never raises."""
        self._tried(data)

    def finish(self) -> Brought:
        """All of it came. Never raises."""
        self._tried(None)
        brought = self._brought
        if brought.trouble is not None:
            brought.files.clear()
        elif self._plain is not None and not brought.private_keys:
            brought.files.append((brought.name, bytes(self._plain)))
        elif brought.is_archive and not brought.files:
            brought.trouble = Trouble.NOTHING
        return brought

    def _tried(self, data: bytes | None) -> None:
        if self._brought.trouble is not None:
            return
        try:
            self._end() if data is None else self._push(data)
        except Refused as refused:
            self._brought.trouble = refused.trouble
        except zlib.error:
            self._brought.trouble = Trouble.DAMAGED

    def _push(self, data: bytes) -> None:
        if self._into is None and self._plain is None:
            self._head += data
            if len(self._head) < _BLOCK:
                return
            data = self._begin()
        if self._into is not None:
            self._into.push(data)
        elif self._plain is not None and not self._brought.private_keys:
            self._budget.take(len(data))
            self._plain += data

    def _begin(self) -> bytes:
        """Tell what it is from its first bytes; out: these."""
        head, self._head = self._head, b""
        if head.startswith(b"\x1f\x8b"):
            self._into = Gunzip(Stream(self._tar))
        elif head.startswith((_LOCAL, _NO_DIRECTORY)):
            self._into = Stream(self._zip)
        elif head[257:262] == b"ustar":
            self._into = Stream(self._tar)
        else:
            self._plain = bytearray()
            self._brought.private_keys += is_key_name(_last(self._brought.name))
        self._brought.is_archive = self._into is not None
        return head

    def _end(self) -> None:
        if self._into is None and self._plain is None:
            self._push_head()
        if self._into is not None:
            self._into.end()

    def _push_head(self) -> None:
        """A file that is shorter than what an archive begins with."""
        data = self._begin()
        self._push(data)

    # --- What an entry is ---------------------------------------------------------------------------------

    def _wants(self, path: str) -> bool:
        """Whether the content of an entry is kept; counts it, and notes why not where that is worth telling."""
        brought = self._brought
        brought.entries += 1
        if brought.entries > MOST_ENTRIES:
            raise Refused(Trouble.ENTRIES)
        name = _last(path)
        if is_key_name(name):
            brought.private_keys += 1
            return False
        if name.lower().endswith(_ARCHIVES):
            _note(brought.archives, name)
            return False
        if part_named(name) is None:
            return False
        if any(name == taken for taken, _ in brought.files):
            _note(brought.twice, name)
            return False
        return True

    def _keep(self, path: str, data: bytes) -> None:
        self._brought.files.append((_last(path), data))

    # --- tar ----------------------------------------------------------------------------------------------

    def _tar(self, stream: Stream) -> Reading:
        """The entries of a tar up to its end."""
        name, size = "", -1
        while not (yield from stream.at_end()):
            header = yield from stream.exactly(_BLOCK)
            if not header.strip(b"\0"):
                return
            info = _header(header)
            if info.type in _LONG_NAMES or info.type in _ATTRIBUTES:
                data = yield from self._extension(stream, info.size)
                if info.type == tarfile.GNUTYPE_LONGNAME:
                    name = data.rstrip(b"\0").decode("utf-8", "replace")
                elif info.type == tarfile.XHDTYPE:
                    name, size = _attributes(data, name)
                continue
            yield from self._tar_entry(stream, info, name or info.name, info.size if size < 0 else size)
            name, size = "", -1

    def _extension(self, stream: Stream, size: int) -> Generator[None, None, bytes]:
        """What stands before an entry and belongs to it."""
        if size > _LONGEST_EXTENSION:
            raise Refused(Trouble.DAMAGED)
        data = yield from stream.exactly(_padded(size))
        return data[:size]

    def _tar_entry(self, stream: Stream, info: tarfile.TarInfo, path: str, size: int) -> Reading:
        """One entry: kept, or skipped. Links, folders and devices have no content, whatever size they state."""
        is_file = info.type in _FILES
        wanted = self._wants(path) and is_file
        if not is_file and info.type in tarfile.SUPPORTED_TYPES and info.type != tarfile.GNUTYPE_SPARSE:
            return
        if wanted:
            self._budget.take(size)
            data = yield from stream.exactly(_padded(size))
            self._keep(path, data[:size])
        else:
            yield from stream.skip(_padded(size))

    # --- zip ----------------------------------------------------------------------------------------------

    def _zip(self, stream: Stream) -> Reading:
        """The entries of a zip up to its directory, which is not read."""
        while True:
            mark = yield from stream.exactly(4)
            if mark in (_DIRECTORY, _NO_DIRECTORY):
                return
            if mark != _LOCAL:
                raise Refused(Trouble.DAMAGED)
            fields = _LOCAL_FIELDS.unpack((yield from stream.exactly(_LOCAL_FIELDS.size)))
            _, flags, method, _, _, crc, packed, _, name_length, extra_length = fields
            raw_name = yield from stream.exactly(name_length)
            extra = yield from stream.exactly(extra_length)
            if flags & _ENCRYPTED:
                raise Refused(Trouble.ENCRYPTED)
            path = raw_name.decode("utf-8", "replace")
            packed = _packed_size(packed, extra)
            entry = _ZipEntry(path, method, packed, crc, bool(flags & _HAS_DESCRIPTOR))
            yield from self._zip_entry(stream, entry)

    def _zip_entry(self, stream: Stream, entry: "_ZipEntry") -> Reading:
        """One entry: kept and compared with its checksum, or skipped."""
        wanted, kept = self._wants(entry.path), bytearray()

        def take(piece: bytes) -> None:
            self._unpacked += len(piece)
            if self._unpacked > MOST_UNPACKED:
                raise Refused(Trouble.UNPACKED)
            if wanted:
                self._budget.take(len(piece))
                kept.extend(piece)

        if entry.method == _DEFLATED and (wanted or entry.has_descriptor):
            yield from stream.inflated(take)
        elif wanted and entry.method == _STORED and not entry.has_descriptor:
            self._budget.take(entry.packed)
            kept.extend((yield from stream.exactly(entry.packed)))
        elif wanted or (entry.has_descriptor and not entry.path.endswith("/")):
            raise Refused(Trouble.METHOD)  # where it ends is said nowhere, or it cannot be unpacked
        else:
            yield from stream.skip(entry.packed)
        crc = (yield from _descriptor(stream)) if entry.has_descriptor else entry.crc
        if wanted:
            if zlib.crc32(kept) != crc:
                raise Refused(Trouble.DAMAGED)
            self._keep(entry.path, bytes(kept))


@dataclass(frozen=True, slots=True)
class _ZipEntry:
    """What a zip says before an entry's content."""

    path: str
    method: int
    packed: int
    crc: int
    has_descriptor: bool  # sizes and checksum come after the content


def _last(path: str) -> str:
    """The last part of a path, made visible; all that is ever used of it."""
    return visible(path.replace("\\", "/").rpartition("/")[2], LONGEST_NAME * 2)


def _note(names: list[str], name: str) -> None:
    if len(names) < MOST_TOLD:
        names.append(name)


def _padded(size: int) -> int:
    """A size in whole blocks."""
    if size < 0:
        raise Refused(Trouble.DAMAGED)
    return -(-size // _BLOCK) * _BLOCK


def _header(block: bytes) -> tarfile.TarInfo:
    """The header of an entry, once its checksum fits."""
    try:
        return tarfile.TarInfo.frombuf(block, "utf-8", "surrogateescape")
    except tarfile.HeaderError as error:
        raise Refused(Trouble.DAMAGED) from error


def _attributes(data: bytes, name: str) -> tuple[str, int]:
    """Path and size out of further attributes ("27 path=…"), where they are among them; -1 for no size."""
    size = -1
    for line in data.split(b"\n"):
        key, is_one, value = line.partition(b" ")[2].partition(b"=")
        if is_one and key == b"path":
            name = value.decode("utf-8", "replace")
        elif is_one and key == b"size":
            if not value.isdigit() or len(value) > 15:
                raise Refused(Trouble.DAMAGED)
            size = int(value)
    return name, size


def _packed_size(said: int, extra: bytes) -> int:
    """The packed size; of an entry beyond 4 GiB it stands in the further fields."""
    if said != _IN_EXTRA:
        return said
    at = 0
    while at + 4 <= len(extra):
        kind, length = struct.unpack_from("<2H", extra, at)
        if kind == 1 and length >= 16 and at + 20 <= len(extra):
            return int(struct.unpack_from("<2Q", extra, at + 4)[1])
        at += 4 + length
    raise Refused(Trouble.DAMAGED)


def _descriptor(stream: Stream) -> Generator[None, None, int]:
    """The checksum that comes after an entry's content; its sizes have 4 or 8 bytes each, which nothing says."""
    if (yield from stream.begins_with(_DESCRIPTOR)):
        yield from stream.skip(4)
    crc = int.from_bytes((yield from stream.exactly(4)), "little")
    yield from stream.skip(8)
    if not (yield from stream.begins_with(b"PK")):
        yield from stream.skip(8)
    return crc
