"""Check files: what every release would say to these files, on Expressway-C and on Expressway-E.

The engine is the one of the upload pages; here it is only asked for each release, role and switch, and
neighbouring releases that say the same are put together.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from certstore.pki.codes import Code
from certstore.pki.facts import CertificateFacts
from certstore.pki.findings import Finding, Severity, refuse
from certstore.pki.keys import KeySource
from certstore.pki.material import Item, Leaf, Material, Sort
from certstore.pki.moments import iso
from certstore.pki.releases import (
    AS_SHIPPED,
    DEFAULT_RELEASE,
    RELEASES,
    ProfileChoice,
    Release,
    Role,
    Switches,
)
from certstore.pki.server_certificate import judge_for_each
from certstore.pki.server_upload import HeldKey, Judgement, KeyRule, Outcome, Server
from certstore.pki.sniff import FileContent, FileKind
from certstore.pki.trust import ListInMemory, TrustList
from certstore.pki.trusted_ca import DecodedFile, ListState, judge_append, state_of_list

MOST_JUDGED = 10  # server certificates; each is judged for every release, role and switch
SWITCHED_ON = Switches(server_eku_upload=True)


class Says(StrEnum):
    """What a release says to a server certificate."""

    ACCEPTED = "accepted"
    WARNED = "warned"
    REFUSED = "refused"
    DEPENDS = "depends"
    BY_SWITCH = "by-switch"  # refused as shipped, accepted with the switch on


@dataclass(frozen=True, slots=True)
class Answer:
    """What one release says on one role."""

    role: Role
    release: Release
    judgement: Judgement
    switched: Judgement | None = None  # with the switch on, where that changes what it says

    @property
    def says(self) -> Says:
        """The outcome in one word."""
        by_switch = self.switched is not None and self.switched.accepted and not self.judgement.accepted
        return Says.BY_SWITCH if by_switch else Says(self.judgement.outcome.value)


@dataclass(frozen=True, slots=True)
class Row:
    """Neighbouring releases that say the same, oldest first."""

    releases: tuple[Release, ...]
    answers: tuple[Answer, ...]  # those that are told, of one release: one a role, in the order of Role
    every: tuple[Answer, ...]  # of all the releases


@dataclass(frozen=True, slots=True)
class LeafAnswers:
    """What is said to one server certificate."""

    leaf: Leaf
    as_it_is: (
        Finding | None
    )  # why no release takes the file as it is; the rows are about the certificate alone
    rows: tuple[Row, ...]
    key_is_of: str | None  # SHA-256 of the request that its key belongs to

    @property
    def judgements(self) -> tuple[Judgement, ...]:
        """Every judgement that was made of it: of each release, role and, where it matters, switch."""
        every = [answer for row in self.rows for answer in row.every]
        switched = [answer.switched for answer in every if answer.switched is not None]
        return (*(answer.judgement for answer in every), *switched)


@dataclass(frozen=True, slots=True)
class Checked:
    """All that is said to the files."""

    material: Material
    asked: ProfileChoice | None  # None: every release alike
    role: Role | None  # None: not known
    at: datetime
    leaves: tuple[LeafAnswers, ...]  # of the first MOST_JUDGED
    appended: tuple[tuple[Finding, ...], ...]  # a place for each item: what the Trusted CA page warns about

    @property
    def now(self) -> str:
        """The moment as ISO text, as certificate times."""
        return iso(self.at)

    @property
    def not_judged(self) -> int:
        """How many server certificates were too many."""
        return len(self.material.leaves) - len(self.leaves)


def check(material: Material, asked: ProfileChoice | None, role: Role | None, at: datetime) -> Checked:
    """Judge files for every release and both roles.

    In: the sorted files, the release as somebody typed it (None for none), the role if it is known, an aware
    moment. Out: the answers. CAs among the files count as trusted unless there is a trust list.
    """
    trust = ListInMemory(material.trusted, material.crls)
    return Checked(
        material=material,
        asked=asked,
        role=role,
        at=at,
        leaves=tuple(_answers(leaf, material, trust, asked, at) for leaf in material.leaves[:MOST_JUDGED]),
        appended=_appended(material, asked.release if asked else DEFAULT_RELEASE, at),
    )


def _answers(
    leaf: Leaf, material: Material, trust: TrustList, asked: ProfileChoice | None, at: datetime
) -> LeafAnswers:
    """Every release's answers to one server certificate."""
    matching = [one for one in material.requests if one.spki_sha256 == leaf.certificate.spki_sha256]
    held = HeldKey(matching[0].spki_sha256, KeySource.IMPORTED) if matching else None
    every = iter(_asked_of_all(leaf.certificate, trust, held, at))
    pairs = [tuple(next(every) for _ in Role) for _ in RELEASES]
    return LeafAnswers(
        leaf=leaf,
        as_it_is=_as_it_is(material.items[leaf.item]),
        rows=tuple(_merged(pairs, asked.release if asked else None)),
        key_is_of=matching[0].sha256 if matching else None,
    )


def _asked_of_all(
    certificate: CertificateFacts, trust: TrustList, held: HeldKey | None, at: datetime
) -> Iterator[Answer]:
    """The answer of each release on each role, as shipped and with the switch on."""
    servers = [
        Server(role, release, release.same_subject, trust, held, KeyRule.REAL_FILES, switches)
        for release in RELEASES
        for role in Role
        for switches in (AS_SHIPPED, SWITCHED_ON)
    ]
    judgements = judge_for_each(alone(certificate), servers, at)
    for server, shipped, switched in zip(servers[::2], judgements[::2], judgements[1::2], strict=True):
        differs = _gist(switched) != _gist(shipped)
        yield Answer(server.role, server.release, shipped, switched if differs else None)


def alone(certificate: CertificateFacts) -> FileContent:
    """A certificate as a file of its own, in Base-64 (PEM)."""
    facts = (("certificates", 1),)
    return FileContent(FileKind.PEM_CERTIFICATE, None, (certificate.der,), facts=facts)


def _as_it_is(item: Item) -> Finding | None:
    """Why the Server certificate page refuses the file for its form or for what else it holds."""
    content, facts = item.given.content, dict(item.given.content.facts)
    if content.code is not None:
        return refuse(content.code, **facts)
    count = int(facts.get("certificates", len(content.certificates)))
    return refuse(Code.CHAIN_FILE, certificates=count) if count > 1 and not item.given.is_text else None


def _merged(pairs: Sequence[tuple[Answer, ...]], asked: Release | None) -> list[Row]:
    """The releases in rows; a row is told by the release that was asked about, else by its newest."""
    rows: list[list[tuple[Answer, ...]]] = []
    for pair in pairs:
        if rows and _gists(rows[-1][-1]) == _gists(pair):
            rows[-1].append(pair)
        else:
            rows.append([pair])
    return [
        Row(
            releases=tuple(pair[0].release for pair in row),
            answers=next((pair for pair in row if pair[0].release is asked), row[-1]),
            every=tuple(answer for pair in row for answer in pair),
        )
        for row in rows
    ]


Gist = tuple[Outcome, tuple[tuple[Code, Severity], ...]]


def _gist(judgement: Judgement) -> Gist:
    """What two judgements have to have in common to be the same answer."""
    return judgement.outcome, tuple((found.code, found.severity) for found in judgement.findings)


def _gists(answers: Sequence[Answer]) -> list[tuple[Gist, Gist | None]]:
    return [
        (_gist(answer.judgement), _gist(answer.switched) if answer.switched else None) for answer in answers
    ]


def same_answer(one: Answer, other: Answer) -> bool:
    """Whether two answers are explained in the same words."""
    return one.says is other.says and _gist(one.judgement) == _gist(other.judgement)


def _appended(material: Material, release: Release, at: datetime) -> tuple[tuple[Finding, ...], ...]:
    """What the Trusted CA certificate page would warn about, file after file, as if appended in their order."""
    state = ListState() if material.trust_list is None else state_of_list(material.trust_list, material.crls)
    told = []
    for item in material.items:
        found, state = _append(item, material, state, release, at)
        told.append(found)
    return tuple(told)


def _append(
    item: Item, material: Material, state: ListState, release: Release, at: datetime
) -> tuple[tuple[Finding, ...], ListState]:
    """What is said to the CAs and CRLs of one file, and the list as it is then."""
    leaves = {leaf.certificate.sha256 for leaf in material.leaves}
    cas = tuple(facts for facts in item.certificates if facts.sha256 not in leaves)
    if not cas and not item.crls:
        return (), state
    is_list = item.sort is Sort.TRUST_LIST
    before = ListState() if is_list else state
    content = FileContent(FileKind.PEM_CERTIFICATE if cas else FileKind.PEM_CRL, None, ())
    judgement = judge_append(
        DecodedFile(content, cas, item.crls, 0, 0), before, release, release.same_subject, at
    )
    told = tuple(found for found in judgement.findings if found.severity is not Severity.NOTE)
    return told, state if is_list else _with(state, judgement.append.new)


def _with(state: ListState, new: Sequence[CertificateFacts]) -> ListState:
    """A list after some certificates were appended to it."""
    added = state_of_list(new, ())
    places = {key: (state.certificates + place, name) for key, (place, name) in added.subjects.items()}
    return ListState(
        certificates=state.certificates + added.certificates,
        sha256s=state.sha256s | added.sha256s,
        subjects=places | dict(state.subjects),
        common_names=dict(added.common_names) | dict(state.common_names),
    )
