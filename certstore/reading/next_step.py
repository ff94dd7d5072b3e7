"""What to do next in a lab: the cure of its first cause, and what then works again."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from certstore.pki.connections import Health, LabState, Reason, Verdict
from certstore.pki.facts import CertificateFacts, CrlFacts
from certstore.pki.states import changes, state_of
from certstore.pki.topology import Cucm, Expressway, Topology
from certstore.pki.trust import TrustedCertificate, TrustList
from certstore.reading.ca_lists import CasInUse
from certstore.reading.causes import CA_MISSING, OF_WHO_SIGNED, Cause, Causes
from certstore.wording import connections as words
from certstore.wording import explained
from certstore.wording.attempts import BASES

_AT_THE_END = 1_000_000  # where what is appended stands: behind every row
_UP = (Health.WORKS, Health.WARNS)

Which = tuple[str, str, str]  # kind, source and target of a connection


@dataclass(frozen=True, slots=True)
class NextStep:
    """The first cause's cure."""

    number: int
    text: str
    is_new: bool  # about a certificate that the server was delivered with
    reason: Reason
    code: str
    sure: str
    works_again: tuple[Which, ...]


class _WithOneMore:
    """A list as it would be with one certificate appended."""

    def __init__(self, trust: TrustList, more: CertificateFacts) -> None:
        self._trust, self._more = trust, more

    def with_subject(self, subject_hash: str) -> Sequence[TrustedCertificate]:
        """The certificates of that subject, in the list's order."""
        found = self._trust.with_subject(subject_hash)
        if subject_hash != self._more.subject_hash:
            return found
        return [*found, TrustedCertificate(_AT_THE_END, self._more)]

    def crls_of(self, issuer_hash: str) -> Sequence[CrlFacts]:
        """The CRLs of that issuer, in the list's order."""
        return self._trust.crls_of(issuer_hash)


def next_step_of(
    topology: Topology, state: LabState, causes: Causes, cas: CasInUse, delivered: frozenset[str]
) -> NextStep | None:
    """The cure of the first cause that makes something fail, else of the first that warns; None where all is well.

    In: the deployment, its verdicts, their causes, the CAs in use, the Expressways that show the certificate they
    were delivered with (of which the list of the other side is not to blame). What then works again was judged with
    the CA in the list; for another cure it is what nothing else keeps down.
    """
    every = causes.all()
    cause = next((one for one in every if one.fails), every[0] if every else None)
    if cause is None:
        return None
    finding = cause.reason.finding
    told = explained(finding.code, finding.facts)
    is_new = finding.code in OF_WHO_SIGNED and cause.reason.about in delivered
    return NextStep(
        number=cause.number,
        text=_out_of_the_box(topology, cause) if is_new else _text(topology, cause, told.cure),
        is_new=is_new,
        reason=cause.reason,
        code=finding.code.value,
        sure=f"{BASES[told.sure.basis.value]}. {told.sure.source}",
        works_again=() if is_new else tuple(_works_again(topology, state, causes, cause, cas)),
    )


def _out_of_the_box(topology: Topology, cause: Cause) -> str:
    """That the other side's own certificate has to be replaced first."""
    servers = (*topology.controls, *topology.edges)
    about = next(server.host for server in servers if server.id == cause.reason.about)
    return words.OUT_OF_THE_BOX.format(about=about)


def _text(topology: Topology, cause: Cause, cure: Sequence[str]) -> str:
    """The cure in one sentence."""
    finding = cause.reason.finding
    if finding.code not in CA_MISSING:
        return cure[0]
    facts = {
        "name": words.short_name(str(finding.facts.get("name", ""))),
        "looker": str(finding.facts.get("looker", "")),
    }
    at_cucm = any(link.cucm.id == cause.reason.by for link in topology.cucms)
    return (words.UPLOAD_TO_CUCM if at_cucm else words.APPEND).format(**facts)


def _works_again(
    topology: Topology, state: LabState, causes: Causes, cause: Cause, cas: CasInUse
) -> list[Which]:
    """The connections that come up."""
    finding = cause.reason.finding
    if finding.code not in CA_MISSING:
        return [_which(verdict) for verdict in causes.cured_with(cause.reason)]
    ca = cas.known(str(finding.facts.get("name", "")), str(finding.facts.get("key_id", "")))
    if ca is None:
        return []
    after = state_of(with_ca(topology, cause.reason.by, ca))
    return [
        (one.kind.value, one.source, one.target)
        for one in changes(state, after)
        if one.after in _UP and one.before is not one.after
    ]


def _which(verdict: Verdict) -> Which:
    return (verdict.kind.value, verdict.source, verdict.target)


def with_ca(topology: Topology, server: str, ca: CertificateFacts) -> Topology:
    """A deployment in which one more CA is in the list of a server; of a Unified CM in both, and loaded."""
    client = topology.client
    return replace(
        topology,
        controls=tuple(_expressway(one, server, ca) for one in topology.controls),
        edges=tuple(_expressway(one, server, ca) for one in topology.edges),
        cucms=tuple(replace(link, cucm=_cucm(link.cucm, server, ca)) for link in topology.cucms),
        client=replace(client, trust=_WithOneMore(client.trust, ca))
        if client and client.id == server
        else client,
    )


def _expressway(one: Expressway, server: str, ca: CertificateFacts) -> Expressway:
    return replace(one, trust=_WithOneMore(one.trust, ca)) if one.id == server else one


def _cucm(one: Cucm, server: str, ca: CertificateFacts) -> Cucm:
    if one.id != server:
        return one
    tomcat, callmanager = (_WithOneMore(trust, ca) for trust in (one.tomcat_trust, one.callmanager_trust))
    return replace(one, tomcat_trust=tomcat, callmanager_trust=callmanager)
