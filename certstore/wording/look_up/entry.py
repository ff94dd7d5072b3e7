"""One thing that can be looked up: the words as they appear, their cause, their cure, and how sure that is."""

import re
from dataclasses import dataclass
from enum import StrEnum

from certstore.pki.codes import Code
from certstore.wording.evidence import Basis, Sentence, Sure
from certstore.wording.sources import cite_all

_PARAMETER = re.compile(r"\{(\w+)\}")


class Kind(StrEnum):
    """What a thing is, in the order in which the index lists them."""

    SYMPTOM = "symptom"
    ALARM = "alarm"
    LOG_LINE = "log-line"
    ON_SCREEN = "on-screen"
    CLIENT = "client"
    OPENSSL = "openssl"
    CASE = "case"
    PAGE_WORD = "page-word"


class Writer(StrEnum):
    """Who writes or shows it."""

    EXPRESSWAY_C = "Expressway-C"
    EXPRESSWAY_E = "Expressway-E"
    CUCM = "CUCM"
    JABBER = "Jabber"
    ENDPOINT = "an endpoint"
    OPENSSL = "OpenSSL"


C, E = Writer.EXPRESSWAY_C, Writer.EXPRESSWAY_E
BOTH = (C, E)


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry. In its words `<name>` stands for what differs each time, and `...` for what was left out."""

    key: str  # a slug; it never changes, because pages link to it
    kind: Kind
    title: str
    words: tuple[Sentence, ...]  # as they appear; () for a symptom that has no words of its own
    writers: tuple[Writer, ...]
    where: str  # the page or the log in which it is seen
    cause: str
    cure: tuple[str, ...]
    sure: Sure
    numbers: tuple[str, ...] = ()  # an alarm's id, OpenSSL's number, a code of its library
    names: tuple[str, ...] = ()  # how people say it
    codes: tuple[Code, ...] = ()
    related: tuple[str, ...] = ()  # keys of other entries


def visible(text: str) -> str:
    """A text whose parameters in braces are written as those of an entry: `{days}` becomes `<days>`."""
    return _PARAMETER.sub(r"<\1>", text)


def shown(said: Sentence) -> Sentence:
    """A sentence with its parameters as those of an entry; its evidence stays."""
    return Sentence(visible(said.text), said.evidence, said.source)


def documented(*keys: str, note: str = "") -> Sure:
    """A guide says so. In: keys of documents, and what they say in our words."""
    return Sure(Basis.DOCUMENTED, _told(keys, note))


def reported(*keys: str, note: str = "") -> Sure:
    """Support reports it. In: keys of documents, and what they say in our words."""
    return Sure(Basis.SUPPORT, _told(keys, note))


def our_reading(note: str, *keys: str) -> Sure:
    """No document says so. In: why we read it so, and the documents it starts from."""
    return Sure(Basis.OUR_READING, f"{note} {cite_all(*keys)}." if keys else note)


def _told(keys: tuple[str, ...], note: str) -> str:
    return f"{cite_all(*keys)}: {note}" if note else f"{cite_all(*keys)}."
