"""What is said about a question and its answer, and what to ask for where the files cannot tell."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from certstore.pki.rulings import Answer, Question, Ruling
from certstore.wording import asks
from certstore.wording.asks import Ask
from certstore.wording.comparing import in_short
from certstore.wording.diagnosis_later import LATER
from certstore.wording.diagnosis_upload import UPLOAD
from certstore.wording.evidence import Sentence
from certstore.wording.parameters import in_words
from certstore.wording.questions import Texts

ANSWERS: dict[Answer, str] = {
    Answer.RULED_OUT: "Ruled out",
    Answer.POSSIBLE: "Possible",
    Answer.CANT_TELL: "Can't be told from these files",
}
_ROLES = {"expressway-c": "Expressway-C", "expressway-e": "Expressway-E"}
_NOWHERE = "no server that was asked, but zones and tunnels ask for it"

TEXTS: dict[Question, Texts] = {**UPLOAD, **LATER}


@dataclass(frozen=True, slots=True)
class Said:
    """A ruling in words."""

    name: str  # of the question, for a short list
    sentence: Sentence
    asks: tuple[Ask, ...]


def said(ruling: Ruling) -> Said:
    """A ruling in words.

    In: a ruling. Out: the question's name, the sentence with the ruling's facts filled in, and what to ask for
    (nothing where it is ruled out, or found in the files themselves).
    """
    texts = TEXTS[ruling.question]
    sentence = texts.of(ruling)
    known = _known(ruling.facts)
    wanted = (
        ()
        if ruling.answer is Answer.RULED_OUT or (ruling.is_found and not texts.asks_when_found)
        else texts.asks
    )
    return Said(texts.name, replace(sentence, text=sentence.fill(**known)), wanted)


def _known(facts: Mapping[str, str | int]) -> dict[str, str | int]:
    """The facts as the sentences name them."""
    roles = [_ROLES.get(role, role) for role in str(facts.get("roles", "")).split(", ") if role]
    where = ", ".join([*roles, *filter(None, [str(facts.get("releases", ""))])])
    more = facts.get("more")
    return {
        **in_words(facts),
        "where": where or _NOWHERE,
        "change": in_short(str(facts.get("change", ""))),
        "and_more": f" and {more} more" if more else "",
    }


def asked_for(rulings: Iterable[Ruling]) -> tuple[Ask, ...]:
    """All that is to be asked for, each thing once, in the order of the rulings."""
    return tuple(dict.fromkeys(ask for ruling in rulings for ask in said(ruling).asks))


def _named() -> dict[str, Sentence]:
    """Every sentence under the name of its question and answer."""
    return {
        f"{question.value}-{part}": sentence
        for question, texts in TEXTS.items()
        for part, sentence in texts.parts().items()
    }


SENTENCES: dict[str, Sentence] = {
    **_named(),
    **{f"ask-{name}": place for name, place in asks.SENTENCES.items()},
}
