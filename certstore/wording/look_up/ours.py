"""Our own sentences as entries: every explanation of a code, every word that stands on a simulated page.

They are adapted when somebody looks, not copied: a sentence that is corrected is found corrected.
"""

from collections.abc import Iterator

from certstore.pki.codes import Code
from certstore.wording import all_explanations, all_sentences
from certstore.wording.alarms import ALARMS
from certstore.wording.evidence import Basis, Evidence, Explanation, Sentence, Sure
from certstore.wording.how_sure import GROUPS, LEVELS
from certstore.wording.look_up.entry import BOTH, Entry, Kind, shown, visible

_PAGES = {
    "trusted-ca": "Maintenance > Security > Trusted CA certificate",
    "file": "Maintenance > Security > Server certificate or Trusted CA certificate",
}
_SERVER_CERTIFICATE = "Maintenance > Security > Server certificate"
# Words that have written entries of their own.
TOLD_ELSEWHERE = ("log_lines.", "log_details.")
_OF_ALARMS = frozenset(f"alarms.{name}-{part}" for name in ALARMS for part in ("title", "description"))
_NO_FAULT = "A word of the simulated pages, and no fault by itself."


def key_of_code(code: Code) -> str:
    """The key of the entry that explains a code."""
    return f"code-{code.value.replace('.', '-')}"


def key_of_sentence(name: str) -> str:
    """The key of the entry of a sentence, by its name in `all_sentences()`."""
    return f"words-{name.replace('.', '-').replace('_', '-')}"


def explanations() -> Iterator[Entry]:
    """An entry a code, with what the frame says to it."""
    for code, told in all_explanations().items():
        yield _of_code(code, told)


def page_words() -> Iterator[Entry]:
    """An entry a sentence of the pages that has a word in it; alarms and log lines have entries of their own."""
    for name, said in all_sentences().items():
        if name in _OF_ALARMS or name.startswith(TOLD_ELSEWHERE):
            continue
        if any(map(str.isalnum, said.text)):
            yield _of_sentence(name, said)


def _of_code(code: Code, told: Explanation) -> Entry:
    words = shown(told.on_screen)
    return Entry(
        key=key_of_code(code),
        kind=Kind.ON_SCREEN,
        title=words.text,
        words=(words,),
        writers=BOTH,
        where=_PAGES.get(code.value.partition(".")[0], _SERVER_CERTIFICATE),
        cause=visible(told.cause),
        cure=tuple(visible(step) for step in told.cure),
        sure=told.sure,
        names=(code.value,),
        codes=(code,),
    )


def _of_sentence(name: str, said: Sentence) -> Entry:
    words = shown(said)
    return Entry(
        key=key_of_sentence(name),
        kind=Kind.PAGE_WORD,
        title=words.text,
        words=(words,),
        writers=BOTH,
        where=GROUPS[name.partition(".")[0]],
        cause=_NO_FAULT,
        cure=(),
        sure=Sure(_basis(said), said.source or LEVELS[Evidence.OURS][1]),
    )


def _basis(said: Sentence) -> Basis:
    """How sure it is that the page has this word: as sure as the document that has it."""
    if said.evidence in (Evidence.SEEN, Evidence.PARAPHRASED):
        return Basis.SUPPORT if said.source.startswith("TechNote") else Basis.DOCUMENTED
    return Basis.OUR_READING
