"""A sentence and how sure it is. Every word that the appliance frame shows is one of these."""

from dataclasses import dataclass
from enum import StrEnum


class Evidence(StrEnum):
    """Where a text comes from."""

    SEEN = "seen"  # stands word for word in a Cisco document
    PARAPHRASED = "paraphrased"  # a Cisco document says the thing, the words are ours
    RECALLED = "recalled"  # remembered of the product, found in no document that was read
    OURS = "ours"  # nobody published one: written here


@dataclass(frozen=True, slots=True)
class Sentence:
    """A text, with its evidence. `{name}` in it is filled from a finding's facts."""

    text: str
    evidence: Evidence
    source: str = ""  # which document, which releases; "" only for OURS

    def fill(self, **facts: str | int) -> str:
        """The text with its parameters; a parameter that is not there stays visible as its name."""
        return self.text.format_map(_Visible(facts))

    @property
    def is_verbatim(self) -> bool:
        """Whether it may stand in the appliance frame without a mark."""
        return self.evidence is Evidence.SEEN


class _Visible(dict[str, str | int]):
    """Facts of which a missing one shows instead of raising: no page may fall over a sentence."""

    def __missing__(self, key: str) -> str:
        return "{" + key + "}"


class Basis(StrEnum):
    """How sure a result is (not its sentence)."""

    DOCUMENTED = "documented"  # a Cisco guide says that this is refused, warned about or accepted
    SUPPORT = "support"  # Cisco's support (TechNotes, bug notes) reports it
    OUR_READING = "our-reading"  # no document says; decided for this simulator


@dataclass(frozen=True, slots=True)
class Sure:
    """How sure a result is, and on which document and release that rests."""

    basis: Basis
    source: str  # document and releases; for OUR_READING why we read it so


@dataclass(frozen=True, slots=True)
class Explanation:
    """All that is said about one code."""

    on_screen: Sentence  # in the frame, after "File upload failed.: " where it refuses
    cause: str  # our column: what it is, what was expected
    cure: tuple[str, ...]  # steps, with the product's button words
    sure: Sure
