"""Plain text to be pasted where nothing but text survives: lines of at most 78 characters, headings, lists, a tree.

A text cannot begin a line of its own, whatever stands in it.
"""

import textwrap
from collections.abc import Iterable, Iterator

WIDTH = 78
MOST_LINES_OF_A_LIST = 60
_LABEL = 13  # the column in which values begin
_DEEPEST = 12  # levels of the chain that are indented further; below, all stand alike
_STEP = 2


def section(heading: str, lines: Iterable[str]) -> Iterator[str]:
    """A heading and what stands below it; nothing when nothing does."""
    below = list(lines)
    if below:
        yield ""
        yield heading
        yield from below


def field(label: str, value: str) -> Iterator[str]:
    """A label and its value, the value's further lines below its first."""
    if value:
        yield from _wrapped(value, f"{label:<{_LABEL}}", " " * _LABEL)


def paragraph(text: str) -> Iterator[str]:
    """A text, indented; nothing for an empty one."""
    return _wrapped(text, "  ", "  ") if text else iter(())


def points(texts: tuple[str, ...]) -> Iterator[str]:
    """A list, the first of many."""
    for text in _bounded(texts):
        yield from _wrapped(text, "  - ", "    ")


def steps(texts: tuple[str, ...]) -> Iterator[str]:
    """A numbered list, the first of many."""
    for number, text in enumerate(_bounded(texts), start=1):
        yield from _wrapped(text, f"{number:>3}. ", "     ")


def tree(texts: tuple[str, ...]) -> Iterator[str]:
    """The chain, each certificate one step further in than the one that issued it."""
    for level, text in enumerate(_bounded(texts)):
        indent = " " * (_STEP + min(level, _DEEPEST) * _STEP)
        yield from _wrapped(text, indent + ("+- " if level else ""), indent + ("   " if level else ""))


def _bounded(texts: tuple[str, ...]) -> Iterator[str]:
    """The first of many, and how many more there are."""
    yield from texts[:MOST_LINES_OF_A_LIST]
    if len(texts) > MOST_LINES_OF_A_LIST:
        yield f"... and {len(texts) - MOST_LINES_OF_A_LIST} more"


def _wrapped(text: str, first: str, further: str) -> Iterator[str]:
    """A text on lines of the width; line ends and runs of spaces in it become one space."""
    return iter(
        textwrap.wrap(
            " ".join(text.split()),
            WIDTH,
            initial_indent=first,
            subsequent_indent=further,
            break_on_hyphens=False,
        )
    )
