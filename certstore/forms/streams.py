"""Bytes that come in pieces, read in order: a reader waits for what it needs and holds no more than that."""

import zlib
from collections.abc import Callable, Generator
from enum import StrEnum

PIECE = 64 * 1024  # bytes that are unpacked at a time
MOST_UNPACKED = 2 * 1024 * 1024 * 1024  # bytes, of one archive: a bomb ends here

Reading = Generator[None, None, None]


class Trouble(StrEnum):
    """Why an archive was not taken."""

    TRUNCATED = "truncated"
    DAMAGED = "damaged"
    ENCRYPTED = "encrypted"
    METHOD = "unknown-compression"
    ENTRIES = "too-many-entries"
    UNPACKED = "too-large"
    USED = "too-much-used"
    NOTHING = "nothing-of-use"


class Refused(Exception):
    """The archive breaks a limit or cannot be read; `trouble` says which."""

    def __init__(self, trouble: Trouble) -> None:
        super().__init__(trouble.value)
        self.trouble = trouble


class Stream:
    """Bytes that came and were not read yet, for a reader that yields whenever it has to wait."""

    def __init__(self, reader: Callable[["Stream"], Reading]) -> None:
        self._waiting = bytearray()
        self._has_ended = False
        self._is_read = False  # the reader is through: what still comes is dropped
        self._reading = reader(self)

    def push(self, data: bytes) -> None:
        """More bytes. Raises Refused."""
        if not self._is_read:
            self._waiting += data
            self._go_on()

    def end(self) -> None:
        """No more will come. Raises Refused."""
        self._has_ended = True
        if not self._is_read:
            self._go_on()

    def _go_on(self) -> None:
        try:
            next(self._reading)
        except StopIteration:
            self._is_read = True
            self._waiting.clear()

    def at_end(self) -> Generator[None, None, bool]:
        """Whether nothing more comes."""
        while not self._waiting and not self._has_ended:
            yield
        return not self._waiting

    def exactly(self, count: int) -> Generator[None, None, bytes]:
        """So many bytes. The caller keeps the number small."""
        yield from self._until(count)
        return self._taken(count)

    def skip(self, count: int) -> Reading:
        """Drop so many bytes; none of them is held."""
        while count:
            yield from self._until(1)
            count -= len(self._taken(min(count, len(self._waiting))))

    def begins_with(self, mark: bytes) -> Generator[None, None, bool]:
        """Whether these bytes come next; they stay where they are."""
        while len(self._waiting) < len(mark) and not self._has_ended:
            yield
        return self._waiting.startswith(mark)

    def inflated(self, take: Callable[[bytes], None]) -> Reading:
        """Unpack deflated bytes up to their end, a piece at a time."""
        inflater = zlib.decompressobj(-zlib.MAX_WBITS)
        while not inflater.eof:
            yield from self._until(1)
            packed = self._taken(min(PIECE, len(self._waiting)))
            piece = inflater.decompress(packed, PIECE)
            while piece:
                take(piece)
                packed = inflater.unconsumed_tail
                piece = inflater.decompress(packed, PIECE) if packed else b""
            self._waiting[0:0] = inflater.unused_data

    def _until(self, count: int) -> Reading:
        """Wait for so many bytes. Raises Refused where they do not come."""
        while len(self._waiting) < count:
            if self._has_ended:
                raise Refused(Trouble.TRUNCATED)
            yield

    def _taken(self, count: int) -> bytes:
        taken = bytes(self._waiting[:count])
        del self._waiting[:count]
        return taken


class Gunzip:
    """A gzip, one member or several, unpacked into a stream as it comes."""

    def __init__(self, into: Stream) -> None:
        self._into = into
        self._inflater = zlib.decompressobj(zlib.MAX_WBITS | 16)
        self._is_over = False
        self._unpacked = 0

    def push(self, data: bytes) -> None:
        """More bytes. Raises Refused."""
        while data and not self._is_over:
            data = self._some(data)

    def end(self) -> None:
        """No more will come. Raises Refused."""
        while not self._is_over and not self._inflater.eof:
            before = self._unpacked
            self._some(b"")
            if self._unpacked == before:
                raise Refused(Trouble.TRUNCATED)
        self._into.end()

    def _some(self, data: bytes) -> bytes:
        """Unpack one piece; out: the packed bytes that are left."""
        if self._inflater.eof:
            if data[0] != 0x1F:  # what stands after a gzip is nobody's
                self._is_over = True
                return b""
            self._inflater = zlib.decompressobj(zlib.MAX_WBITS | 16)
        piece = self._inflater.decompress(data, PIECE)
        self._unpacked += len(piece)
        if self._unpacked > MOST_UNPACKED:
            raise Refused(Trouble.UNPACKED)
        self._into.push(piece)
        return self._inflater.unused_data if self._inflater.eof else self._inflater.unconsumed_tail
