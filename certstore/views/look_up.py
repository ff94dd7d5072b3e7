"""Look up: an on-screen sentence, an alarm, a log line or an OpenSSL error, in part, finds cause and cure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from certstore.views.page import render_page
from certstore.views.room import room_context
from certstore.wording import look_up as book
from certstore.wording.attempts import BASES
from certstore.wording.evidence import Evidence, Sentence
from certstore.wording.look_up.entry import Entry, Kind
from certstore.wording.look_up.page import EXAMPLES, KINDS, WORDS_ARE
from certstore.wording.look_up.text import MOST_CHARACTERS, MOST_WORDS, pieces

MOST_SHOWN = 20
OPEN_AT_FIRST = 3

Pieces = list[tuple[str, bool]]  # a text in parts, each with whether it was found


@dataclass(frozen=True, slots=True)
class ShownWords:
    """The words of an entry as they appear, and how sure these words are."""

    pieces: Pieces
    evidence: str
    source: str


@dataclass(frozen=True, slots=True)
class Link:
    """An entry that is only named."""

    key: str
    title: str
    note: str  # what tells it from others with its title; "" when none has


@dataclass(frozen=True, slots=True)
class Shown:
    """An entry as the page prints it."""

    key: str
    kind: str
    title: Pieces
    note: str
    words: tuple[ShownWords, ...]
    writers: str
    where: str
    cause: Pieces
    cure: tuple[str, ...]
    basis: str
    source: str
    codes: tuple[str, ...]
    related: tuple[Link, ...]
    is_open: bool


@require_safe
def look_up(request: HttpRequest) -> HttpResponse:
    """The search: `?q=` holds whatever was pasted; without it the index of everything, by kind."""
    question = request.GET.get("q", "")
    asked = bool(question.strip())
    answer = book.look_up(question)
    hits = answer.hits[:MOST_SHOWN]
    notes = book.told_apart()
    context = {
        "question": question[:MOST_CHARACTERS],
        "asked": asked,
        "most_characters": MOST_CHARACTERS,
        "most_words": MOST_WORDS,
        "hits": [
            _shown(hit.entry, hit.words, notes, is_open=place < OPEN_AT_FIRST)
            for place, hit in enumerate(hits)
        ],
        "total": len(answer.hits),
        "corrected": answer.corrected,
        "was_cut": answer.was_cut,
        "examples": EXAMPLES,
        "groups": [] if asked else list(_groups(notes)),
    }
    return render_page(request, "look_up", room_context(request, here="look-up") | context)


@require_safe
def look_up_entry(request: HttpRequest, key: str) -> HttpResponse:
    """One entry by itself, to be linked to; 404 where no entry has that key."""
    try:
        entry = book.entry_by_key(key)
    except KeyError:
        raise Http404 from None
    context = {"entry": _shown(entry, frozenset(), book.told_apart(), is_open=True), "title": entry.title}
    return render_page(request, "look_up_entry", room_context(request, here="look-up") | context)


def _groups(notes: Mapping[str, str]) -> Iterator[tuple[str, list[Link]]]:
    """Every entry under the heading of its kind; a word that stands on several pages is listed for each."""
    order = list(Kind)
    entries = sorted(book.all_entries(), key=lambda entry: order.index(entry.kind))
    for kind, of_it in groupby(entries, key=lambda entry: entry.kind):
        yield KINDS[kind][1], [_link(entry, notes) for entry in of_it]


def _shown(entry: Entry, found: frozenset[str], notes: Mapping[str, str], *, is_open: bool) -> Shown:
    return Shown(
        key=entry.key,
        kind=KINDS[entry.kind][0],
        title=_marked(entry.title, found),
        note=notes.get(entry.key, ""),
        words=tuple(_shown_words(said, found) for said in entry.words),
        writers=", ".join(writer.value for writer in entry.writers),
        where=entry.where,
        cause=_marked(entry.cause, found),
        cure=entry.cure,
        basis=BASES[entry.sure.basis],
        source=entry.sure.source,
        codes=tuple(code.value for code in entry.codes),
        related=tuple(_link(book.entry_by_key(key), notes) for key in entry.related),
        is_open=is_open,
    )


def _shown_words(said: Sentence, found: frozenset[str]) -> ShownWords:
    is_ours = said.evidence is Evidence.OURS
    return ShownWords(_marked(said.text, found), WORDS_ARE[said.evidence], "" if is_ours else said.source)


def _link(entry: Entry, notes: Mapping[str, str]) -> Link:
    return Link(entry.key, entry.title, notes.get(entry.key, ""))


def _marked(text: str, found: frozenset[str]) -> Pieces:
    """A text in parts; those whose words were found are to be marked. Neighbours that are alike are one part."""
    parts: Pieces = []
    for part, words in pieces(text):
        is_hit = bool(found.intersection(words))
        if parts and parts[-1][1] == is_hit:
            parts[-1] = (parts[-1][0] + part, is_hit)
        else:
            parts.append((part, is_hit))
    return parts
