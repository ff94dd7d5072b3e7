"""What the checked files rule out, what they leave possible, and what to ask for, in words."""

from dataclasses import dataclass

from certstore.pki.check_files import Checked, LeafAnswers
from certstore.pki.check_pairs import renewal_pairs, request_pairs
from certstore.pki.codes import Code
from certstore.pki.diagnosis import Answer, Evidence, Ruling, Trust, diagnose
from certstore.pki.facts import CertificateFacts
from certstore.pki.material import Sort
from certstore.pki.sniff import FileKind
from certstore.wording.asks import Ask
from certstore.wording.diagnosis import asked_for, said

ASKS_SHOWN = 6


@dataclass(frozen=True, slots=True)
class Possible:
    """A reason that the files speak for, or leave open."""

    tone: str
    text: str


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """The three lists, about one server certificate, and what to ask the customer for."""

    subject: str
    ruled_out: tuple[str, ...]
    possible: tuple[Possible, ...]
    cant_tell: tuple[str, ...]
    asks: tuple[Ask, ...]

    @property
    def asks_first(self) -> tuple[Ask, ...]:
        """What the page asks for at once."""
        return self.asks[:ASKS_SHOWN]

    @property
    def asks_further(self) -> tuple[Ask, ...]:
        """What it asks for when one looks further."""
        return self.asks[ASKS_SHOWN:]


def diagnosis_of(checked: Checked) -> Diagnosis:
    """The diagnosis of the certificate in question: the newest of a renewal, else the first."""
    answers = _in_question(checked)
    rulings = diagnose(_evidence(checked, answers))
    return Diagnosis(
        subject=answers.leaf.certificate.subject if answers else "",
        ruled_out=tuple(said(one).name for one in rulings if one.answer is Answer.RULED_OUT),
        possible=tuple(_possible(one) for one in rulings if one.answer is Answer.POSSIBLE),
        cant_tell=tuple(said(one).name for one in rulings if one.answer is Answer.CANT_TELL),
        asks=asked_for(rulings),
    )


def _possible(ruling: Ruling) -> Possible:
    """Bad where the files show it; what they only speak for is still to be asked about."""
    words = said(ruling)
    return Possible("bad" if ruling.is_found and not words.asks else "warn", words.sentence.text)


def _in_question(checked: Checked) -> LeafAnswers | None:
    """The certificate that the diagnosis is about."""
    renewed = [new.sha256 for _, new in renewal_pairs(checked.material)]
    newest = [one for one in checked.leaves if renewed and one.leaf.certificate.sha256 == renewed[-1]]
    return next(iter((*newest, *checked.leaves)), None)


def _evidence(checked: Checked, answers: LeafAnswers | None) -> Evidence:
    """All that is at hand."""
    material = checked.material
    certificate = answers.leaf.certificate if answers else None
    return Evidence(
        at=checked.at,
        certificate=certificate,
        judged=answers.judgements if answers else (),
        trust=Trust.FILES if material.trust_list is None else Trust.LIST,
        request=next((asked for asked, facts in request_pairs(material) if facts is certificate), None),
        older=_older(checked, certificate),
        key=_key(checked),
        role=checked.role,
        release=checked.asked.release if checked.asked else None,
    )


def _older(checked: Checked, certificate: CertificateFacts | None) -> CertificateFacts | None:
    return next((old for old, new in renewal_pairs(checked.material) if new is certificate), None)


def _key(checked: Checked) -> FileKind | None:
    """What kind of private key file was among them; one with more in it does not say if it is protected."""
    contents = [item.given.content for item in checked.material.items if item.sort is Sort.PRIVATE_KEY]
    alone = (Code.FILE_PRIVATE_KEY, Code.FILE_ENCRYPTED_PRIVATE_KEY)
    return next((content.kind for content in contents if content.code in alone), None)
