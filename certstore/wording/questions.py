"""The form of what is said about a question: a sentence for each answer that it can have."""

from dataclasses import dataclass

from certstore.pki.rulings import Answer, Ruling
from certstore.wording.asks import Ask
from certstore.wording.evidence import Sentence


@dataclass(frozen=True, slots=True)
class Texts:
    """The sentences about one question; None where it never has that answer.

    They may name a ruling's facts, `{where}` (the roles and releases that mind), `{change}` (what was lost, in
    short) and `{and_more}`.
    """

    name: str
    ruled_out: Sentence | None = None
    found: Sentence | None = None  # possible, and the files show it
    left_open: Sentence | None = None  # possible, and nothing in the files speaks against it
    cant_tell: Sentence | None = None
    asks: tuple[Ask, ...] = ()
    asks_when_found: bool = False  # the files only speak for it: what is asked for would show it

    def of(self, ruling: Ruling) -> Sentence:
        """The sentence for a ruling. Raises KeyError for an answer that this question never has."""
        if ruling.answer is Answer.POSSIBLE:
            sentence = self.found if ruling.is_found else self.left_open
        else:
            sentence = self.ruled_out if ruling.answer is Answer.RULED_OUT else self.cant_tell
        if sentence is None:
            raise KeyError(ruling.question, ruling.answer)
        return sentence

    def parts(self) -> dict[str, Sentence]:
        """The sentences there are, by the kind of answer."""
        kinds = {
            "ruled-out": self.ruled_out,
            "found": self.found,
            "left-open": self.left_open,
            "cant-tell": self.cant_tell,
        }
        return {kind: sentence for kind, sentence in kinds.items() if sentence is not None}
