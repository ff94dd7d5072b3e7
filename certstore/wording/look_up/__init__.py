"""Look up by words: an on-screen sentence, an alarm, a log line or an OpenSSL error finds cause and cure."""

from collections import defaultdict

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
from certstore.wording.look_up.matching import Answer, index_of, search

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
    return (*WRITTEN, *ours.explanations(), *ours.page_words())


def entry_by_key(key: str) -> Entry:
    """One entry. Raises KeyError with the key."""
    for entry in all_entries():
        if entry.key == key:
            return entry
    raise KeyError(key)


def told_apart() -> dict[str, str]:
    """What tells entries with one title from each other, by key: where a word stands, else the first sentence of
    the cause. Entries with a title of their own are left out."""
    alike: dict[str, list[Entry]] = defaultdict(list)
    for entry in all_entries():
        alike[entry.title].append(entry)
    return {entry.key: _note(entry) for same in alike.values() if len(same) > 1 for entry in same}


def _note(entry: Entry) -> str:
    if entry.kind is Kind.PAGE_WORD:
        return entry.where
    return entry.cause.partition(". ")[0].removesuffix(".")


def look_up(question: str) -> Answer:
    """The entries that a question is about, the best first. In: any text at all."""
    return search(question, index_of(all_entries()))
