"""Certificates whose text was damaged on its way (by mail, a word processor, a web form), straightened.

What comes out is never taken for the file: our column offers it for download, so that the next upload can
hold what the sender meant. A private key that turns up on the way is counted and not read.
"""

import binascii
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import takewhile

from certstore.pki.codes import Code
from certstore.pki.der_kinds import is_cut_short
from certstore.pki.pem import KIND_OF_LABEL, MOST_BLOCKS, PemFile, as_pem, read_pem
from certstore.pki.pem_blocks import BASE64_CHARACTERS, ENCRYPTED_LABEL

# Which damage a file is named after, where it has several: the one that explains the others comes first.
ORDER = (
    Code.FILE_BR_TAGS,
    Code.FILE_LITERAL_NEWLINES,
    Code.FILE_QUOTED,
    Code.FILE_LONG_DASHES,
    Code.FILE_NO_BREAK_SPACES,
    Code.FILE_INDENTED,
    Code.FILE_HEADER_LINES,
    Code.FILE_TRUNCATED,
    Code.FILE_DAMAGED_BASE64,
)

_LONG_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d"
_DASHES = "-" + _LONG_DASHES
_FIVE_DASHES = "-----"
_WIDE_SPACE = re.compile("[\u00a0\u2000-\u200a\u202f\u205f\u3000]")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff]+")
# How far around the words their dashes, and the ends of their line, are looked for.
_REACH = 24
_LABELS = "|".join(sorted((*KIND_OF_LABEL, "RSA PUBLIC KEY", "PUBLIC KEY"), key=len, reverse=True))
_MARK = re.compile(
    rf"(BEGIN|END)(?:[ \t]|&nbsp;){{1,4}}({_LABELS}|[A-Z0-9 ]{{0,24}}PRIVATE KEY)(?![A-Z])",
    re.IGNORECASE | re.ASCII,
)
_BR_TAG = re.compile(r"<br\s{0,4}/?>", re.IGNORECASE)
_LITERAL_NEWLINE = re.compile(r"\\r\\n|\\n|\\r")
_QUOTE = re.compile(r"^(?:[ \t]{0,3}>)++[ \t]?", re.MULTILINE)
_LONE_RETURN = re.compile(r"\r(?!\n)")
_HEADER_FIELDS = re.compile(r"(?:[^\n:]{1,80}:[^\n]*\n)++")
_BLANK_LINE = re.compile(r"\n[ \t]*\n")
_OUTSIDE_BASE64 = bytes(set(range(256)) - set(BASE64_CHARACTERS))
_ENCODED_LINE = re.compile(r"[A-Za-z0-9+/=]{1,254}[ \t]*")
_ENCODED_LINES = re.compile(r"(?:\s*+[A-Za-z0-9+/=]{1,254}[ \t]*+(?:\n|\Z))++")
_MOST_LINES = 20_000


@dataclass(frozen=True, slots=True)
class Repaired:
    """What a damaged text was meant to hold, and what had happened to it, in the order of ORDER."""

    damages: tuple[Code, ...]
    line: int  # where the first BEGIN or END stands, counted from 1
    file: PemFile


@dataclass(frozen=True, slots=True)
class _Mark:
    """A BEGIN or END line, wherever and however it stands."""

    word: str
    label: str
    start: int  # with its dashes
    end: int
    damages: frozenset[Code]


def repair(data: bytes) -> Repaired | None:
    """What a text that holds no readable certificate was meant to hold.

    In: any bytes. Out: the damages and what is left after straightening; None when nothing in it looks like
    a BEGIN or END line. Never raises; takes time linear in the length of the bytes.
    Source: our reading of what mail programs, word processors and web forms do to a PEM file.
    """
    text = _text(data)
    marks = list(_marks(text))
    if not marks:
        return None
    damages: set[Code] = set()
    region = _straightened(_region(text, marks), damages)
    straight_marks = list(_marks(region))
    damages.update(*(mark.damages for mark in straight_marks))
    pem = b"".join(_rewritten(region, straight_marks, damages))
    line = text.count("\n", 0, marks[0].start) + 1
    return Repaired(tuple(code for code in ORDER if code in damages), line, read_pem(pem))


def _text(data: bytes) -> str:
    """The characters of a file: UTF-8, or else Windows' Western code page, which has long dashes as well."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def _region(text: str, marks: list[_Mark]) -> str:
    """The lines from the first mark to the last; to the end of the text where the END line is missing."""
    first, last = marks[0], marks[-1]
    start = 0
    if first.word == "BEGIN":
        start = max(text.rfind("\n", 0, first.start), text.rfind("\r", 0, first.start)) + 1
    newline = text.find("\n", last.end)
    return text[start : newline + 1 if last.word == "END" and newline >= 0 else len(text)]


_STEPS: tuple[tuple[Code, Callable[[str], str]], ...] = (
    (Code.FILE_BR_TAGS, lambda text: _BR_TAG.sub("\n", text)),
    (Code.FILE_LITERAL_NEWLINES, lambda text: _LITERAL_NEWLINE.sub("\n", text)),
    (
        Code.FILE_NO_BREAK_SPACES,
        lambda text: _INVISIBLE.sub("", _WIDE_SPACE.sub(" ", text.replace("&nbsp;", " "))),
    ),
    (Code.FILE_QUOTED, lambda text: _QUOTE.sub("", text)),
    (Code.FILE_HEADER_LINES, lambda text: _LONE_RETURN.sub("\n", text)),
)


def _straightened(text: str, damages: set[Code]) -> str:
    """The text without what was put between its characters; what that was is added to the damages."""
    for code, step in _STEPS:
        straight = step(text)
        if straight != text:
            damages.add(code)
        text = straight
    return text.replace("\r\n", "\n")


def _marks(text: str) -> Iterator[_Mark]:
    """The BEGIN and END lines of a text, whatever has become of their dashes; at most two for each block."""
    plain = _WIDE_SPACE.sub(" ", text)  # one for one: the places stay
    found = (_mark(plain, match) for match in _MARK.finditer(plain))
    for number, mark in enumerate(mark for mark in found if mark is not None):
        if number >= 2 * MOST_BLOCKS:
            return
        yield mark


def _mark(text: str, found: re.Match[str]) -> _Mark | None:
    """The mark round the words of a BEGIN or END line; None where no dashes stand beside them."""
    before = text[max(0, found.start() - _REACH) : found.start()]
    after = text[found.end() : found.end() + _REACH]
    lead = before.rstrip(" \t").rstrip(_DASHES)
    tail = after.lstrip(" \t").lstrip(_DASHES)
    left, right = before[len(lead) :], after[: len(after) - len(tail)]
    if not left.strip() or len(left.strip() + right.strip()) < 2:
        return None
    word, label = found[1].upper(), found[2].strip().upper()
    damages = set(_damages_of_place(lead, tail))
    if set(left + right) & set(_LONG_DASHES):
        damages.add(Code.FILE_LONG_DASHES)
    elif (left, right) != (_FIVE_DASHES, _FIVE_DASHES):
        damages.add(Code.FILE_HEADER_LINES)
    if found.group() != f"{word} {label}":
        damages.add(Code.FILE_HEADER_LINES)
    return _Mark(word, label, found.start() - len(left), found.end() + len(right), frozenset(damages))


def _damages_of_place(lead: str, tail: str) -> Iterator[Code]:
    """What is wrong with where a mark stands: white space or other text before it, other text after it."""
    prefix = lead.rpartition("\n")[2]
    if prefix.strip():
        yield Code.FILE_HEADER_LINES
    elif prefix:
        yield Code.FILE_INDENTED
    if tail.partition("\n")[0].strip():
        yield Code.FILE_HEADER_LINES


def _rewritten(text: str, marks: list[_Mark], damages: set[Code]) -> Iterator[bytes]:
    """The blocks of a straightened text as OpenSSL writes them; further damages are added to the set."""
    previous_end = 0
    for number, mark in enumerate(marks):
        following = marks[number + 1] if number + 1 < len(marks) else None
        if mark.word == "BEGIN":
            body = text[mark.end : following.start if following else len(text)]
            if following is None or following.word == "BEGIN":
                damages.add(Code.FILE_TRUNCATED)
                body = _encoded_after(body)
            elif following.label != mark.label:
                damages.add(Code.FILE_HEADER_LINES)
            yield _block(body, mark.label, damages)
        elif number == 0 or marks[number - 1].word == "END":
            damages.add(Code.FILE_HEADER_LINES)
            yield _block(_encoded_before(text[previous_end : mark.start]), mark.label, damages)
        previous_end = mark.end


def _encoded_before(text: str) -> str:
    """The Base-64 that ends a text: what belongs to an END line without a BEGIN line. At most _MOST_LINES."""
    lines = text.rstrip().rsplit("\n", _MOST_LINES)
    encoded = list(takewhile(_ENCODED_LINE.fullmatch, reversed(lines)))
    return "\n".join(reversed(encoded))


def _encoded_after(text: str) -> str:
    """The Base-64 that a text starts with: what belongs to a BEGIN line without an END line."""
    found = _ENCODED_LINES.match(text)
    return found.group() if found else ""


def _block(body: str, label: str, damages: set[Code]) -> bytes:
    """One block, written anew from what is left of its body; a private key's is left out."""
    if label.endswith("PRIVATE KEY"):
        return as_pem(b"", ENCRYPTED_LABEL if "ENCRYPTED" in label + body[: _REACH * 4] else label)
    content = _decoded(body, damages)
    if is_cut_short(content) and Code.FILE_DAMAGED_BASE64 not in damages:
        damages.add(Code.FILE_TRUNCATED)
    return as_pem(content, label)


def _decoded(body: str, damages: set[Code]) -> bytes:
    """The bytes that a body stands for, without what can be no part of it."""
    lines = body.strip()
    packed = lines.encode("ascii", errors="replace").translate(None, b" \t\r\n")
    header = _HEADER_FIELDS.match(lines)
    encoded = lines[header.end() if header else 0 :].encode("ascii", errors="replace")
    text = encoded.translate(None, _OUTSIDE_BASE64).partition(b"=")[0]
    whole = text[: len(text) - (len(text) % 4 == 1)] + b"=" * (-len(text) % 4 % 3)
    if whole != packed or _BLANK_LINE.search(lines):
        damages.add(Code.FILE_DAMAGED_BASE64)
    return binascii.a2b_base64(whole)
