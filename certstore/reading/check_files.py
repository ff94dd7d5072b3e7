"""What Check files found, as its page and its ticket print it: codes translated at the last moment."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from certstore.pki.check_files import Answer, Checked, LeafAnswers, Row, Says, same_answer
from certstore.pki.codes import Code
from certstore.pki.findings import Finding, Severity
from certstore.pki.material import Item
from certstore.pki.moments import iso, moment_text
from certstore.pki.releases import Release
from certstore.reading.attempts import Explanation, Reason, Tried, explained_document, reason_of
from certstore.reading.comparisons import Comparison, comparisons_of
from certstore.reading.diagnosis_of_check import Diagnosis, diagnosis_of
from certstore.reading.documents import upload_document
from certstore.reading.files_of_check import FileRow, file_rows
from certstore.wording import check_files as words
from certstore.wording import explained


@dataclass(frozen=True, slots=True)
class Cell:
    """What one row of releases says on one role."""

    tone: str
    text: str
    anchor: str  # of the explanation


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row of releases with its cells, one a role."""

    releases: str
    is_asked: bool
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class LeafTable:
    """What is said to one server certificate."""

    number: int
    title: str
    subject: str
    as_it_is: Reason | None
    note: str  # what the table is about, where that is not the file as it is
    key: str
    rows: tuple[TableRow, ...]
    explanations: tuple[Explanation, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """All that the page prints."""

    files: tuple[FileRow, ...]
    leaves: tuple[LeafTable, ...]
    comparisons: tuple[Comparison, ...]
    diagnosis: Diagnosis
    roles: tuple[str, ...]
    judged_at: str
    trust: str
    more_leaves: str
    private_keys: int


def report_of(checked: Checked) -> Report:
    """The answers in words. No query."""
    material = checked.material
    leaves = tuple(_table(checked, number, leaf) for number, leaf in enumerate(checked.leaves, start=1))
    said = words.TRUST_NOT_GIVEN if material.trust_list is None else words.TRUST_GIVEN
    return Report(
        files=file_rows(checked),
        leaves=leaves,
        comparisons=comparisons_of(material),
        diagnosis=diagnosis_of(checked),
        roles=tuple(words.ROLES.values()),
        judged_at=moment_text(iso(checked.at)),
        trust=said.format(count=len(material.trusted)),
        more_leaves=words.NOT_JUDGED.format(count=checked.not_judged) if checked.not_judged else "",
        private_keys=material.private_keys,
    )


def _table(checked: Checked, number: int, answers: LeafAnswers) -> LeafTable:
    """One server certificate's answers, and an explanation for each different one."""
    item = checked.material.items[answers.leaf.item]
    name = item.given.name
    distinct = _distinct(checked, answers)
    anchors = [f"why-{number}-{place}" for place in range(1, len(distinct) + 1)]
    found = answers.as_it_is
    return LeafTable(
        number=number,
        title=name,
        subject=answers.leaf.certificate.subject,
        as_it_is=_reason(found, name) if found else None,
        note=_note(item, found),
        key=words.KEY_KNOWN if answers.key_is_of else words.KEY_NOT_KNOWN,
        rows=tuple(_row(row, checked, distinct, anchors) for row in answers.rows),
        explanations=tuple(
            _explanation(one, name, answers, anchor) for one, anchor in zip(distinct, anchors, strict=True)
        ),
    )


def _note(item: Item, found: Finding | None) -> str:
    if found is not None:
        return words.AS_IT_IS_TABLE
    return words.TEXT_TABLE if item.given.is_text and len(item.things) > 1 else ""


def _distinct(checked: Checked, answers: LeafAnswers) -> list[Answer]:
    """One answer of each kind, that of the release and role that were asked about first."""
    every = [answer for row in answers.rows for answer in row.answers]
    asked = checked.asked.release if checked.asked else None
    every.sort(key=lambda answer: (answer.release is not asked, answer.role is not checked.role))
    found: list[Answer] = []
    for answer in every:
        if not any(same_answer(answer, other) for other in found):
            found.append(answer)
    return found


def _row(row: Row, checked: Checked, distinct: Sequence[Answer], anchors: Sequence[str]) -> TableRow:
    """One row of the table."""
    asked = checked.asked
    is_asked = asked is not None and asked.release in row.releases
    text = releases_text(row.releases)
    if asked is not None and is_asked and asked.typed not in text.split():
        text = f"{text} ({asked.typed})"
    return TableRow(text, is_asked, tuple(_cell(answer, distinct, anchors) for answer in row.answers))


def releases_text(releases: Sequence[Release]) -> str:
    """Neighbouring releases by their names: "X14.0 to X15.3"."""
    first, last = releases[0].name, releases[-1].name
    return first if first == last else f"{first} to {last}"


def _cell(answer: Answer, distinct: Sequence[Answer], anchors: Sequence[str]) -> Cell:
    """What an answer says in a few words, and where it is explained."""
    place = next(number for number, other in enumerate(distinct) if same_answer(answer, other))
    return Cell(words.TONES[answer.says], says(answer), anchors[place])


def says(answer: Answer) -> str:
    """An answer in a few words: "refused: no clientAuth, and 2 more"."""
    return words.SAYS[answer.says].format(why=_why(answer))


def _why(answer: Answer) -> str:
    """The first reason in a few words, and how many more there are."""
    found = answer.judgement.findings
    if answer.says is Says.DEPENDS:
        found = tuple(one for one in found if one.code.value == "chain.depends-on-same-subject")
    elif answer.judgement.headline is not None:
        rest = tuple(one for one in found if one is not answer.judgement.headline)
        found = (answer.judgement.headline, *rest)
    told = [one for one in found if one.severity is not Severity.NOTE or answer.says is Says.DEPENDS]
    if not told:
        return ""
    first = words.SHORT.get(told[0].code) or explained(told[0].code, told[0].facts).on_screen.text
    more = len({one.code for one in told}) - 1
    return words.AND_MORE.format(why=first, count=more) if more else first


def _explanation(answer: Answer, name: str, answers: LeafAnswers, anchor: str) -> Explanation:
    """An answer explained as the upload page explains it."""
    document = upload_document(answer.judgement, lambda position: position)
    kind = answer.judgement.upload.content.kind
    outcome = answer.judgement.outcome.value
    told = explained_document(document, Tried("server-certificate", outcome, False, name, kind))
    further = tuple(reason for reason in told.further if reason.code != Code.KEY_NOT_CHECKED)  # told once
    return replace(told, further=further, where="; ".join(_where(answer, answers)), anchor=anchor)


def _where(answer: Answer, answers: LeafAnswers) -> Iterator[str]:
    """Which releases and roles give this answer."""
    for row in answers.rows:
        roles = [words.ROLES[one.role] for one in row.answers if same_answer(one, answer)]
        if roles:
            both = len(roles) == len(row.answers)
            yield releases_text(row.releases) + ("" if both else f" on {roles[0]}")


def _reason(found: Finding, file_name: str) -> Reason:
    """A finding in words."""
    stored = {"code": found.code.value, "severity": found.severity.value, "facts": dict(found.facts)}
    return reason_of(stored, file_name)
