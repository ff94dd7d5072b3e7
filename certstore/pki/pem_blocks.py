"""Where a PEM block starts and ends, as OpenSSL's reader cuts a file into lines and blocks.

OpenSSL only ever answers "no"; which lines made it say so is found here. Everything is measured against
`openssl x509 -inform PEM -in FILE` (3.0): a block that cannot be read does not end the reading.
"""

import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

BEGIN = b"-----BEGIN "
END = b"-----END "
DASHES = b"-----"
ENCODED_LINE = 64
BASE64_CHARACTERS = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/="
ENCRYPTED_LABEL = "ENCRYPTED PRIVATE KEY"

_BOM = b"\xef\xbb\xbf"
# OpenSSL reads a long line in pieces of this many bytes, and takes each piece for a line.
_PIECE = 254
_PIECES = re.compile(rb"[^\n]{0,253}\n|[^\n]{1,254}")
# Lines that are neither blank nor an END line, and no more than one piece: most of a file is these.
_PLAIN_LINES = re.compile(rb"(?:[.-~][^\n]{0,252}\n)++")
# What OpenSSL strips from a line's end. Its `char` is signed on x86: bytes from 0x80 count as below a space.
_STRIPPED = bytes(range(0x21)) + bytes(range(0x80, 0x100))
_IGNORED_HEADER = 10
_BASE64_SPACE = b" \t\r\n"


class Fault(StrEnum):
    """Why a block cannot be read."""

    NO_END = "no-end"  # the file ends before the END line
    WRONG_END = "wrong-end"  # an END line of another label, or one that is misspelt
    SWALLOWED = "swallowed"  # its BEGIN line stands inside another block, whose END line is missing
    LINES = "lines"  # a blank line, a NUL byte or a header where none may stand
    BASE64 = "base64"  # the text between the lines is no Base-64
    CUT_SHORT = "cut-short"  # whole Base-64 of a part of a certificate
    CONTENT = "content"  # whole Base-64 of something else


@dataclass(frozen=True, slots=True)
class Block:
    """One block of a file. Its body may be a private key's: it is shown by nothing."""

    label: str
    line: int  # of the BEGIN line, counted from 1
    header: bytes = field(repr=False)
    body: bytes = field(repr=False)  # the raw lines
    fault: Fault | None

    @property
    def is_encrypted(self) -> bool:
        """Whether the label or the header says that a pass phrase is needed."""
        return self.label == ENCRYPTED_LABEL or b"ENCRYPTED" in self.header

    @property
    def has_header(self) -> bool:
        """Whether OpenSSL finds header fields in it; it passes over what is shorter than "Proc-Type:"."""
        lines = [line.rstrip(_STRIPPED) for line in self.header.split(b"\n")[:-1]]
        return sum(len(line) + 1 for line in lines) > _IGNORED_HEADER

    @property
    def is_private_key(self) -> bool:
        """Whether the label is that of a private key, of whatever kind."""
        return self.label.endswith(("PRIVATE KEY", "PRIVATE KEY BLOCK"))


def blocks(data: bytes) -> Iterator[Block]:
    """The blocks of a file, as OpenSSL's reader cuts them.

    In: any bytes. Out: each block, with a fault where OpenSSL gives it up; the search goes on after the line
    at which it did. The whole takes time linear in the length of the bytes.
    Source: measured; PEM_read_bio of OpenSSL 3.0.
    """
    at, line, counted = 0, 1, 0
    while (found := _begin_line(data, at)) is not None:
        start, label, body_at = found
        line += data.count(b"\n", counted, start)
        counted = start
        header, body, fault, at = _header_and_body(data, body_at, label)
        yield Block(label.decode("latin-1"), line, header, body, fault)


def decode_base64(body: bytes) -> bytes | None:
    """The bytes that the lines of a block stand for, as OpenSSL decodes them; None for bad Base-64."""
    for text in (body, b"\n".join(line.rstrip(_STRIPPED) for line in body.split(b"\n"))):
        packed = text.partition(b"-")[0].translate(None, _BASE64_SPACE)
        try:
            return binascii.a2b_base64(packed, strict_mode=True)
        except binascii.Error:
            continue
    return None


def _begin_line(data: bytes, at: int) -> tuple[int, bytes, int] | None:
    """The next BEGIN line from an offset: where it starts, its label, and where the next line starts."""
    line_start = looked = at
    while (begin := data.find(BEGIN, looked)) >= 0:
        line_start = max(line_start, data.rfind(b"\n", looked, begin) + 1)
        looked = begin + 1
        has_mark = begin - line_start == len(_BOM) and _takes_mark(data, at, line_start)
        piece_at = line_start if has_mark else begin
        if (piece_at - line_start) % _PIECE:
            continue
        piece, after = _piece(data, piece_at)
        text = piece[begin - piece_at :].rstrip(_STRIPPED)
        if text.endswith(DASHES) and len(text) >= len(BEGIN + DASHES):
            return begin, text[len(BEGIN) : -len(DASHES)], after
    return None


def _takes_mark(data: bytes, at: int, line_start: int) -> bool:
    """Whether a byte order mark may stand there: OpenSSL passes over one where it begins to look for a block.

    It begins anew after a block, and after a line that a NUL byte starts.
    """
    is_first = line_start == at or data.startswith(b"\0", data.rfind(b"\n", at, line_start - 1) + 1 or at)
    return is_first and data.startswith(_BOM, line_start)


def _piece(data: bytes, at: int) -> tuple[bytes, int]:
    """The line (or piece of a long one) at an offset, up to a NUL byte, and where the next starts."""
    newline = data.find(b"\n", at, at + _PIECE)
    after = newline + 1 if newline >= 0 else min(at + _PIECE, len(data))
    return data[at:after].partition(b"\0")[0], after


def _header_and_body(data: bytes, at: int, label: bytes) -> tuple[bytes, bytes, Fault | None, int]:
    """The lines after a BEGIN line up to its END line: header, body, fault, and where the reading goes on."""
    header_end, body_at, is_short, start = at, at, False, at
    while start < len(data):
        has_header = body_at > at
        if not has_header and (plain := _PLAIN_LINES.match(data, start)):
            start = plain.end()
            continue
        piece, after = _piece(data, start)
        text = piece.rstrip(_STRIPPED)
        if text.startswith(END):
            fault = _fault_at_end(text, label, data[at:start], has_header)
            return data[at:header_end], data[body_at:start], fault, after
        is_blank = bool(piece) and not text
        goes_on = is_blank and _goes_on(data, at, start)
        if is_blank and not goes_on and not has_header:
            header_end, body_at = start, after
        elif not goes_on:
            if not text or (has_header and (is_short or len(text) > ENCODED_LINE)):
                return data[at:header_end], data[body_at:after], Fault.LINES, after
            is_short = has_header and len(text) < ENCODED_LINE
        start = after
    return data[at:header_end], data[body_at:], Fault.NO_END, len(data)


def _fault_at_end(text: bytes, label: bytes, lines: bytes, has_header: bool) -> Fault | None:
    """What is wrong with a block that has an END line: that line, or a header that no blank line closes."""
    if text != END + label + DASHES:
        return Fault.WRONG_END
    if has_header or b":" not in lines:
        return None
    pieces = _PIECES.findall(lines) if b"\0" in lines else [lines]
    return Fault.LINES if any(b":" in piece.partition(b"\0")[0] for piece in pieces) else None


def _goes_on(data: bytes, at: int, start: int) -> bool:
    """Whether a piece of white space is the rest of a line read in pieces, and so no blank line."""
    return start > at and data[start - 1] != 0x0A and b"\0" not in data[max(at, start - _PIECE) : start]
