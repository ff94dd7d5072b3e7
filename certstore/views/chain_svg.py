"""Lays a chain out as boxes, the root on top, and as a text tree. Pure: what is printed is the template's.

Text in an SVG does not wrap by itself, so the lines are broken here, by an estimate of how wide Arial is.
"""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from certstore.wording import chain_picture as words

WIDTH = 300
TEXT_AT = 36
LINE = 17
NAME_SIZE, DETAIL_SIZE = 13.0, 11.5
GAP_BETWEEN = 30
PADDING = 9
MOST_LINES = 3
LONGEST_LINE = 200  # of the text tree
ELLIPSIS = "…"

_NARROW = frozenset("iljtfrI.,:;'|!()[]/ -")
_WIDE = frozenset("mwMW@%")
_TONES = {"in-list": "good", "this-file": "mine", "sent": "mine", "missing": "wrong missing"}


class ChainPlace(Protocol):
    """One place of a chain, in words; `reading.attempts.ChainLink` is one."""

    @property
    def depth(self) -> int: ...
    @property
    def state(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def says(self) -> str: ...
    @property
    def detail(self) -> str: ...
    @property
    def key_id(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text: its class, its baseline, what it reads."""

    style: str
    at: int
    text: str


@dataclass(frozen=True, slots=True)
class Arrow:
    """From the box above: where it begins, where its tip begins, and the word beside it."""

    top: int
    tip: int
    text: int
    says: str


@dataclass(frozen=True, slots=True)
class Box:
    """One certificate. All lengths are units of the picture."""

    top: int
    width: int
    height: int
    tone: str
    sign: str
    sign_at: int
    lines: tuple[Line, ...]
    arrow: Arrow | None
    full: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """The picture, the sentence that stands for it, and the same as a tree of text."""

    width: int
    height: int
    boxes: tuple[Box, ...]
    summary: str
    tree: str


def drawn(links: Sequence[ChainPlace]) -> Drawing:
    """Lay a chain out.

    In: its places from the leaf upwards, in any order; a jump in their depths is drawn as a gap. Out: the
    drawing, with no box for no links.
    """
    downwards = sorted(links, key=lambda link: link.depth, reverse=True)
    boxes: list[Box] = []
    top = 1
    for number, link in enumerate(downwards):
        above = downwards[number - 1] if number else None
        boxes.append(_box(link, above, top + (GAP_BETWEEN if above else 0)))
        top = boxes[-1].top + boxes[-1].height
    places = "; ".join(f"{_name(link)}: {link.says}" for link in downwards)
    return Drawing(
        width=WIDTH,
        height=top + 1,
        boxes=tuple(boxes),
        summary=words.SUMMARY.format(places=places) if downwards else "",
        tree="\n".join(_tree(downwards)),
    )


def _box(link: ChainPlace, above: ChainPlace | None, top: int) -> Box:
    """The box of one place, as high as its lines."""
    texts = [("wd", link.says), *(("nm", line) for line in broken(_name(link), NAME_SIZE * 1.06))]
    for text in (link.detail, words.KEY_ID.format(key_id=link.key_id) if link.key_id else ""):
        texts += [("dt", line) for line in broken(text, DETAIL_SIZE)] if text else []
    first = top + PADDING + 12
    lines = tuple(Line(style, first + LINE * row, text) for row, (style, text) in enumerate(texts))
    return Box(
        top=top,
        width=WIDTH - 2,
        height=2 * PADDING + LINE * len(texts) - 2,
        tone=_TONES.get(link.state, "wrong"),
        sign=words.SIGNS.get(link.state, words.UNKNOWN_SIGN),
        sign_at=first,
        lines=lines,
        arrow=_arrow(link, above, top),
        full=f"{_name(link)}: {link.says}",
    )


def _arrow(link: ChainPlace, above: ChainPlace | None, top: int) -> Arrow | None:
    """The arrow into a box from the one above."""
    if above is None:
        return None
    skipped = above.depth - link.depth - 1
    says = words.GAP.format(count=skipped) if skipped > 0 else words.SIGNED
    return Arrow(top=top - GAP_BETWEEN + 2, tip=top - 11, text=top - GAP_BETWEEN // 2 + 4, says=says)


def _tree(downwards: Iterable[ChainPlace]) -> Iterator[str]:
    """The chain as lines, each below what signed it."""
    for level, link in enumerate(downwards):
        indent = "   " * max(level - 1, 0)
        yield _cut(f"{indent}{'└─ ' if level else ''}{_sign(link)} {_name(link)}")
        room = f"{indent}{'   ' if level else ''}  "
        yield _cut(f"{room}{link.says}" + (f", {link.detail}" if link.detail else ""))
        if link.key_id:
            yield _cut(room + words.KEY_ID.format(key_id=link.key_id))


def broken(text: str, size: float, width: int = WIDTH - TEXT_AT - 6, most: int = MOST_LINES) -> list[str]:
    """A text broken into lines that fit; after the last one allowed an ellipsis.

    In: the text, its size and the width in units of the picture. Lines break behind blanks where they can.
    """
    lines: list[str] = []
    rest = " ".join(text.split()) or words.NO_NAME
    while rest:
        fits = _fitting(rest, size, width)
        if fits < len(rest) and len(lines) == most - 1:
            return [*lines, rest[: max(_fitting(rest, size, width - size), 1)].rstrip() + ELLIPSIS]
        if fits < len(rest) and (blank := rest.rfind(" ", 1, fits + 1)) > 0:
            fits = blank
        lines.append(rest[:fits].rstrip())
        rest = rest[fits:].lstrip()
    return lines


def _fitting(text: str, size: float, width: float) -> int:
    """How many characters from the beginning fit; at least one."""
    used = 0.0
    for count, character in enumerate(text):
        used += _width(character) * size
        if used > width:
            return max(count, 1)
    return len(text)


def _width(character: str) -> float:
    """How wide a character is, in sizes of the font: an estimate that is rather too wide."""
    if character in _NARROW:
        return 0.34
    if character in _WIDE or unicodedata.east_asian_width(character) in "WF":
        return 1.0
    return 0.72 if character.isupper() else 0.58


def _name(link: ChainPlace) -> str:
    return link.name or words.NO_NAME


def _sign(link: ChainPlace) -> str:
    return words.SIGNS.get(link.state, words.UNKNOWN_SIGN)


def _cut(line: str) -> str:
    return line if len(line) <= LONGEST_LINE else line[: LONGEST_LINE - 1] + ELLIPSIS
