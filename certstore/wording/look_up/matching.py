"""Which entries a pasted line, half a sentence, an alarm's id or a misspelt word is about. Pure, and bounded.

In the order of the answer: its number, its phrase, all of its words, most of its words, words that are near.
Rare words weigh more than frequent ones; how frequent a word is, the entries themselves tell.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from enum import IntEnum
from math import log

from certstore.wording.look_up.entry import Entry, Kind
from certstore.wording.look_up.text import (
    MOST_CHARACTERS,
    MOST_WORDS,
    STOP_WORDS,
    clean,
    hosts_of,
    without_placeholders,
    words_of,
)

_MOST = 0.6  # the part of a question's weight that must be found
_WHOLE_LINE = 0.75  # the part of an entry's line that must stand in a longer text
_MOST_UNKNOWN = 8  # words that are compared letter by letter; a pasted line has more, and is not misspelt
_LONGEST_WORD = 40
_MOST_NEAR = 5
_FEW_WORDS = 8
_SHORT_PHRASE = 5  # words; a shorter one in a long text is chance
_EXACTLY = 0.999  # the question and a text of the entry are the same words
_WEAK = 0.5  # what a word counts that stands in the cause or the cure only

_ORDER = {kind: place for place, kind in enumerate(Kind)}
_FACTOR = {Kind.PAGE_WORD: 0.6, Kind.CASE: 0.9}

_NAMED_NUMBER = re.compile(
    r"\b(?:error|err|num|code|openssl|x509|verify)\b(?: code| num| number)?\W{0,4}([0-9]{1,3})\b"
)
_NAMED_ALARM = re.compile(r"\b(?:alarm|id)\b\W{0,4}([0-9]{5})\b")
_ONLY_A_NUMBER = re.compile(r"\W*([0-9a-f]{1,8})\W*")
_LONG_CODE = re.compile(r"\b[0-9a-f]{8}\b")
_FIVE_DIGITS = re.compile(r"\b[0-9]{5}\b")


class Rank(IntEnum):
    """How an entry was found."""

    NEAR = 1
    MOST_WORDS = 2
    ALL_WORDS = 3
    PHRASE = 4
    NUMBER = 5


@dataclass(frozen=True, slots=True)
class Hit:
    """An entry that was found, how, and by which words."""

    entry: Entry
    rank: Rank
    score: float  # within its rank, 0 to 1
    words: frozenset[str]  # in their plain form, to be marked


@dataclass(frozen=True, slots=True)
class Answer:
    """What was found, the best first."""

    hits: tuple[Hit, ...]
    corrected: tuple[tuple[str, str], ...] = ()  # a word as it was typed, and what was taken for it
    was_cut: bool = False  # the question was longer than what is looked at


@dataclass(frozen=True, slots=True)
class _Text:
    """One text of an entry: its words on one line with a space round each, and the parts between placeholders."""

    line: str
    parts: tuple[str, ...]
    words: frozenset[str]
    length: int
    weight: float = 0.0


@dataclass(frozen=True, slots=True)
class _Indexed:
    entry: Entry
    texts: tuple[_Text, ...]
    strong: frozenset[str]
    weak: frozenset[str]


@dataclass(frozen=True, slots=True)
class Index:
    """The entries as the matcher reads them."""

    indexed: tuple[_Indexed, ...]
    weights: dict[str, float]
    heaviest: float
    known_hosts: frozenset[str]
    by_length: dict[int, tuple[str, ...]]

    def weight(self, words: Iterable[str]) -> float:
        """How much words weigh together; a word that no entry has weighs most."""
        return sum(self.weights.get(word, self.heaviest) for word in words)


@dataclass(frozen=True, slots=True)
class _Question:
    line: str
    words: frozenset[str]  # those that tell something
    near: frozenset[str]  # among them: put in the place of a misspelt one
    length: int
    weight: float


def index_of(entries: tuple[Entry, ...]) -> Index:
    """Read the entries once. In: all of them. Out: the index."""
    hosts = frozenset(host for entry in entries for text in _texts(entry) for host in hosts_of(text))
    indexed = tuple(_indexed(entry, hosts) for entry in entries)
    count: dict[str, int] = defaultdict(int)
    for one in indexed:
        for word in one.strong | one.weak:
            count[word] += 1 if word in one.strong else 0
    heaviest = log(1 + len(entries))
    weights = {word: log(1 + len(entries) / (1 + often)) for word, often in count.items()}
    by_length: dict[int, list[str]] = defaultdict(list)
    for word in sorted(weights):
        by_length[len(word)].append(word)
    return Index(indexed, weights, heaviest, hosts, {size: tuple(found) for size, found in by_length.items()})


def _texts(entry: Entry) -> tuple[str, ...]:
    """The texts of an entry that are read word by word: its words, its title, how people say it."""
    return (*(said.text for said in entry.words), entry.title, *entry.names)


def _indexed(entry: Entry, hosts: frozenset[str]) -> _Indexed:
    texts = tuple(_text(text, hosts) for text in _texts(entry))
    strong = frozenset(word for text in texts for word in text.words)
    other = " ".join((entry.where, entry.cause, *entry.cure, *(writer.value for writer in entry.writers)))
    return _Indexed(entry, texts, strong, frozenset(words_of(other, hosts)) - strong)


def _text(text: str, hosts: frozenset[str]) -> _Text:
    parts = [words_of(part, hosts) for part in without_placeholders(text)]
    words = tuple(word for part in parts for word in part)
    return _Text(_line(words), tuple(_line(part) for part in parts if part), frozenset(words), len(words))


def _line(words: tuple[str, ...]) -> str:
    return f" {' '.join(words)} "


def search(question: str, index: Index) -> Answer:
    """Find the entries that a question is about.

    In: any text, of which the first `MOST_CHARACTERS` characters and `MOST_WORDS` words are looked at. Out: the
    hits, the best first; the same question always has the same answer.
    """
    text = question[:MOST_CHARACTERS]
    found = words_of(text, index.known_hosts)
    is_line = len(found) > _FEW_WORDS  # in a line of a log a number that no entry has is a port or an id
    typed = tuple(
        word for word in found[:MOST_WORDS] if word in index.weights or not (is_line and word.isdecimal())
    )
    corrections = _corrections(typed, index)
    asked = _question(tuple(corrections.get(word, word) for word in typed), corrections, index)
    numbers = _numbers(clean(text), len(found))
    hits = [hit for one in index.indexed if (hit := _hit(one, asked, numbers, index))]
    hits.sort(key=lambda hit: (-hit.rank, -round(hit.score, 6), _ORDER[hit.entry.kind], hit.entry.key))
    was_cut = len(question) > MOST_CHARACTERS or len(found) > MOST_WORDS
    return Answer(tuple(hits), tuple(corrections.items()), was_cut)


def _corrections(typed: tuple[str, ...], index: Index) -> dict[str, str]:
    """For words that no entry has: the known word that is like them but for a letter or two."""
    unknown = [
        word
        for word in dict.fromkeys(typed)
        if word not in index.weights and word not in STOP_WORDS and 4 <= len(word) <= _LONGEST_WORD
    ]
    if len(unknown) > _MOST_UNKNOWN:
        return {}
    found: dict[str, str] = {}
    for word in unknown:
        near = [
            known for size in range(len(word) - 1, len(word) + 2) for known in index.by_length.get(size, ())
        ]
        closest = get_close_matches(word, near, n=_MOST_NEAR, cutoff=0.8 if len(word) > 4 else 0.75)
        if closest:
            turned = [
                known for known in closest if sorted(known) == sorted(word)
            ]  # two letters changed places
            found[word] = (turned or closest)[0]
    return found


def _question(words: tuple[str, ...], corrections: dict[str, str], index: Index) -> _Question:
    telling = frozenset(words) - STOP_WORDS or frozenset(words)
    near = frozenset(corrections.values()) & telling
    return _Question(_line(words), telling, near, len(words), index.weight(telling))


def _numbers(text: str, length: int) -> frozenset[str]:
    """What in a text can only be a number of an entry: an alarm's id, OpenSSL's number, a code of its library."""
    found = {*_NAMED_NUMBER.findall(text), *_NAMED_ALARM.findall(text), *_LONG_CODE.findall(text)}
    if length <= _FEW_WORDS:
        found |= set(_FIVE_DIGITS.findall(text))
    if only := _ONLY_A_NUMBER.fullmatch(text):
        found.add(only.group(1))
    return frozenset(number.lstrip("0") if len(number) < 8 else number for number in found)


def _hit(one: _Indexed, asked: _Question, numbers: frozenset[str], index: Index) -> Hit | None:
    """How an entry was found, None when it was not."""
    mine = {number.casefold() for number in one.entry.numbers} & numbers
    if mine:
        return Hit(one.entry, Rank.NUMBER, 1.0, frozenset(mine) | (asked.words & one.strong))
    if not asked.words:
        return None
    strong, weak = asked.words & one.strong, asked.words & one.weak
    ranked = max(_found_by(one, asked, strong, weak, index), default=None)
    if ranked is None:
        return None
    rank, score = ranked
    score *= 1.0 if score >= _EXACTLY else _FACTOR.get(one.entry.kind, 1.0)
    if asked.near:  # an entry without the word that was meant must not come before one that has it
        score = (rank + score) / (Rank.PHRASE + 1)
        rank = Rank.NEAR
    return Hit(one.entry, rank, score, strong | weak)


def _found_by(
    one: _Indexed, asked: _Question, strong: frozenset[str], weak: frozenset[str], index: Index
) -> Iterator[tuple[Rank, float]]:
    """Every way in which the question finds the entry, with how well."""
    if not strong and not weak:
        return
    most_alike = 0.0
    for text in one.texts:
        shared = index.weight(text.words & asked.words)
        if not shared:
            continue
        whole = index.weight(text.words - STOP_WORDS)
        alike = shared / (asked.weight + whole - shared or 1)
        most_alike = max(most_alike, alike)
        tells_enough = text.length > _SHORT_PHRASE or shared >= asked.weight / 2
        is_in_it = text.length > 2 and tells_enough and _in_order(text.parts, asked.line)
        if asked.line in text.line:
            yield Rank.PHRASE, (1 + alike) / 2  # all that was asked stands in it
        elif is_in_it:
            yield Rank.PHRASE, alike / 2  # it stands in what was asked, beside other things
        elif text.length > 3 and shared >= _WHOLE_LINE * whole:
            yield Rank.MOST_WORDS, alike
    held = (index.weight(strong) + _WEAK * index.weight(weak)) / (asked.weight or 1)
    if strong | weak == asked.words:
        yield Rank.ALL_WORDS, held * (1 + most_alike) / 2
    elif held >= _MOST:
        yield Rank.MOST_WORDS, held * (1 + most_alike) / 2


def _in_order(parts: tuple[str, ...], line: str) -> bool:
    """Whether the parts of a text stand in a line, one after the other."""
    end = 0
    for part in parts:
        found = line.find(part, end)
        if found < 0:
            return False
        end = found + len(part) - 1  # the space after it is the one before the next
    return bool(parts)
