"""Look up by words: an on-screen sentence, an alarm, a log line or an OpenSSL error finds cause and cure."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from certstore.wording.corrected import version
from certstore.wording.look_up import (
    alarms,
    alarms_services,
    cases,
    cases_more,
    clients,
    log_lines,
    log_lines_services,
    openssl_errors,
    ours,
    status_words,
    symptoms,
    tls_alerts,
)
from certstore.wording.look_up.entry import Entry, Kind
from certstore.wording.look_up.matching import Answer, Index, index_of, search

WRITTEN: tuple[Entry, ...] = (
    *symptoms.ENTRIES,
    *alarms.ENTRIES,
    *alarms_services.ENTRIES,
    *log_lines.ENTRIES,
    *log_lines_services.ENTRIES,
    *status_words.ENTRIES,
    *clients.ENTRIES,
    *openssl_errors.ENTRIES,
    *tls_alerts.ENTRIES,
    *cases.ENTRIES,
    *cases_more.ENTRIES,
)


def all_entries() -> tuple[Entry, ...]:
    """Every entry: those written here, then what is said about each code, then each word of a page."""
    return _book(version()).entries


def entry_by_key(key: str) -> Entry:
    """One entry. Raises KeyError with the key."""
    return _book(version()).by_key[key]


def told_apart() -> Mapping[str, str]:
    """What tells entries with one title from each other, by key: where a word stands, else the first sentence of
    the cause. Entries with a title of their own are left out."""
    return _book(version()).notes


@dataclass(frozen=True, slots=True)
class _Book:
    """Every entry, in the order in which they are looked at, and what is asked of them all."""

    entries: tuple[Entry, ...]
    by_key: Mapping[str, Entry]
    notes: Mapping[str, str]
    index: Index


@lru_cache(maxsize=2)
def _book(_version: int) -> _Book:
    """All of it, written once for the corrections that are in force."""
    entries = (*WRITTEN, *ours.explanations(), *ours.page_words())
    alike: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        alike[entry.title].append(entry)
    notes = {entry.key: _note(entry) for same in alike.values() if len(same) > 1 for entry in same}
    by_key = {entry.key: entry for entry in reversed(entries)}  # of two with one key the first
    return _Book(entries, MappingProxyType(by_key), MappingProxyType(notes), index_of(entries))


def _note(entry: Entry) -> str:
    if entry.kind is Kind.PAGE_WORD:
        return entry.where
    return entry.cause.partition(". ")[0].removesuffix(".")


def look_up(question: str) -> Answer:
    """The entries that a question is about, the best first. In: any text at all."""
    return search(question, _book(version()).index)
