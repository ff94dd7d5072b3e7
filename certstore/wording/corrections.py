"""The file in which an operator corrects sentences: text in; corrections, or what is wrong with it, out.

TOML: a table for each sentence, named by its key or code, with `text`, `evidence`, `source` and `releases`.
`deploy/corrections.example.toml` shows one. Either every entry is right or none counts.
"""

import difflib
import re
import string
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from certstore.pki.names import visible
from certstore.wording.evidence import Evidence, Sentence
from certstore.wording.sources import RECALL

MOST_CHARACTERS = 128 * 1024
LONGEST_LINE = 1200  # a name of thousands of parts would keep Python's reader busy for minutes
MOST_PROBLEMS = 20
LONGEST_TEXT, LONGEST_SOURCE, LONGEST_RELEASE, MOST_RELEASES = 500, 300, 40, 20
DEEPEST = 4  # names with dots between them are tables in tables
SHOWN = 60
FIELDS = ("text", "evidence", "source", "releases")
LEVELS = ", ".join(level.value for level in Evidence)

_AT_LINE = re.compile(r" ?\(at (?:line ([0-9]+), column [0-9]+|end of document)\)$")


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with the file: what it is, and what to do."""

    says: str
    key: str = ""  # of the entry, made visible; "" where the file itself is meant
    line: int = 0  # 0 where it is not known

    def __str__(self) -> str:
        place = [f"line {self.line}"] * bool(self.line) + [self.key] * bool(self.key)
        return f"{', '.join(place)}: {self.says}" if place else self.says


@dataclass(frozen=True, slots=True)
class Corrections:
    """What a file holds: sentences by key or code; none of them where there is a problem."""

    sentences: Mapping[str, Sentence]
    problems: tuple[Problem, ...] = ()


class _Wrong(Exception):
    """An entry cannot be used; its text says why."""


class _Unreadable(Exception):
    """The file as a whole cannot be used."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


def parse_corrections(text: str, published: Mapping[str, Sentence]) -> Corrections:
    """Read a file of corrections.

    In: its text, and every sentence that can be corrected, as it stands in the code, by key or code. Out: the
    corrected sentences, or the first problems. Never raises for any text.
    """
    try:
        document = _document(text)
    except _Unreadable as unreadable:
        return Corrections({}, (unreadable.problem,))
    sentences: dict[str, Sentence] = {}
    problems: list[Problem] = []
    for key, entry in _entries(document, published):
        try:
            sentences[key] = _sentence(key, entry, published)
        except _Wrong as wrong:
            problems.append(Problem(str(wrong), visible(key, SHOWN), _line_of(text, key)))
        if len(problems) == MOST_PROBLEMS:
            problems.append(Problem("was not read on after so many mistakes: mend these first."))
            break
    return Corrections({} if problems else sentences, tuple(problems))


def _document(text: str) -> dict[str, Any]:
    """The tables of the file. Raises _Unreadable."""
    if len(text) > MOST_CHARACTERS:
        longest = f"{MOST_CHARACTERS // 1024} KiB"
        raise _Unreadable(Problem(f"is longer than {longest}: is it the file with the corrections?"))
    for number, line in enumerate(text.split("\n"), start=1):
        if len(line) > LONGEST_LINE:
            raise _Unreadable(Problem(f"is longer than {LONGEST_LINE} characters.", line=number))
    try:
        return tomllib.loads(text)
    except RecursionError as error:
        problem = Problem("is nested too deeply: one table a sentence, no table inside another.")
        raise _Unreadable(problem) from error
    except ValueError as error:
        raise _Unreadable(_of_toml(error)) from error


def _of_toml(error: ValueError) -> Problem:
    """What Python's reader says, without its place, and the place."""
    at = _AT_LINE.search(str(error))
    says = visible(_AT_LINE.sub("", str(error)), 200)
    return Problem(f"is no TOML: {says}.", line=int(at.group(1) or 0) if at else 0)


def _entries(
    table: dict[str, Any], published: Mapping[str, Sentence], path: str = "", depth: int = 1
) -> Iterator[tuple[str, Any]]:
    """Every entry by its full name; a name without quotes is a table in a table, and is put together again."""
    for name, value in table.items():
        key = f"{path}.{name}" if path else name
        holds_tables = isinstance(value, dict) and all(isinstance(one, dict | list) for one in value.values())
        if holds_tables and value and key not in published and depth < DEEPEST:
            yield from _entries(value, published, key, depth + 1)
        else:
            yield key, value


def _sentence(key: str, entry: Any, published: Mapping[str, Sentence]) -> Sentence:
    """The sentence of an entry. Raises _Wrong."""
    if key not in published:
        raise _Wrong(f"no sentence has this name. {_nearest(key, published)}")
    if not isinstance(entry, dict):
        raise _Wrong(
            "is no table: write the name in square brackets, and text, evidence and source below it."
        )
    for name in entry:
        if name not in FIELDS:
            raise _Wrong(f"has “{visible(name, SHOWN)}”: only {', '.join(FIELDS)} are known.")
    text = _line(entry, "text", LONGEST_TEXT)
    _refuse_other_parameters(text, published[key].text)
    evidence = _evidence(entry)
    return Sentence(text, evidence, _source(entry, evidence))


def _nearest(key: str, published: Mapping[str, Sentence]) -> str:
    near = difflib.get_close_matches(key[:SHOWN], published, n=1)
    hint = f"Did you mean {near[0]}? " if near else ""
    return f"{hint}The page “How sure are we?” lists all of them."


def _line(entry: dict[str, Any], name: str, longest: int) -> str:
    """A field that is one line of text."""
    value = entry.get(name)
    if not isinstance(value, str) or not value.strip():
        raise _Wrong(f'has no {name}: write {name} = "…".')
    if len(value) > longest:
        raise _Wrong(f"has a {name} of {len(value)} characters: at most {longest}.")
    if visible(value, longest) != value:
        raise _Wrong(
            f"has a character in its {name} that cannot be seen, or a line end: {visible(value, SHOWN)}"
        )
    return value.strip()


def _refuse_other_parameters(text: str, original: str) -> None:
    """What stands in braces is filled in, so it has to be what the original fills in, and plain."""
    allowed = _parameters(original)
    try:
        parts = list(string.Formatter().parse(text))
    except ValueError as error:
        raise _Wrong("has a brace that is alone: write {{ and }} for braces that shall be seen.") from error
    for _, name, form, conversion in parts:
        if name is None:
            continue
        if name not in allowed:
            known = ", ".join(f"{{{one}}}" for one in sorted(allowed)) or "none"
            raise _Wrong(
                f"has {{{visible(name, SHOWN)}}}, which is not filled in here. The original has: {known}."
            )
        if form or conversion:
            raise _Wrong(f"has more than the name in the braces of {{{name}}}: write {{{name}}}.")


def _parameters(text: str) -> frozenset[str]:
    return frozenset(name for _, name, _, _ in string.Formatter().parse(text) if name)


def _evidence(entry: dict[str, Any]) -> Evidence:
    value = entry.get("evidence")
    if not isinstance(value, str) or value not in set(Evidence):
        raise _Wrong(f'has no evidence that is known: write evidence = "…" with one of {LEVELS}.')
    return Evidence(value)


def _source(entry: dict[str, Any], evidence: Evidence) -> str:
    """Where the text was met, with its releases; nothing for a text of one's own."""
    if evidence is Evidence.OURS:
        if "source" in entry or "releases" in entry:
            raise _Wrong("is “ours” and names a source: a text of one's own has none. Leave it out.")
        return ""
    if evidence is Evidence.RECALLED and "source" not in entry:
        source = RECALL
    elif "source" not in entry:
        raise _Wrong(f'is “{evidence.value}” and names no source: write source = "…", where it was met.')
    else:
        source = _line(entry, "source", LONGEST_SOURCE)
    return ", ".join([source, *_releases(entry)])


def _releases(entry: dict[str, Any]) -> list[str]:
    value = entry.get("releases", [])
    if not isinstance(value, list) or len(value) > MOST_RELEASES:
        raise _Wrong(f'has releases that are no list of at most {MOST_RELEASES}: write ["X14.3.4", "X15.0"].')
    return [_line({"release": one}, "release", LONGEST_RELEASE) for one in value]


def _line_of(text: str, key: str) -> int:
    """The line on which a table of that name begins; 0 where it is written another way."""
    for number, line in enumerate(text.split("\n"), start=1):
        if line.replace('"', "").replace("'", "").strip() == f"[{key}]":
            return number
    return 0
