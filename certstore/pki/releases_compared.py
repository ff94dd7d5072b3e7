"""What every release would say to one certificate, and where the answer changes from one to the next."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby

from certstore.pki.decode import pem_text
from certstore.pki.facts import CertificateFacts, Undecodable, decode_certificate
from certstore.pki.releases import AS_SHIPPED, RELEASES, Release, Role, SameSubject, Switch, Switches
from certstore.pki.server_certificate import judge_certificate_itself, judge_for_each
from certstore.pki.server_upload import Judgement, Outcome, Server
from certstore.pki.sniff import FileContent, look_at
from certstore.pki.trust import ListInMemory

LOOKED_AT = 20  # certificates of a file among which the server's own is looked for


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one release says on one role: with its upload switch off, and with it on where it has one."""

    release: Release
    role: Role
    judgement: Judgement
    switched_on: Judgement | None  # None where the release has no such switch on this role

    @property
    def is_by_switch(self) -> bool:
        """Whether the switch decides."""
        return self.switched_on is not None and self.switched_on.accepted != self.judgement.accepted

    @property
    def says(self) -> tuple[Outcome, bool, tuple[str, ...]]:
        """What makes two verdicts the same: outcome, whether the switch decides, the codes of what was found."""
        codes = tuple(finding.code.value for finding in self.judgement.findings)
        return self.judgement.outcome, self.is_by_switch, codes


@dataclass(frozen=True, slots=True)
class Stretch:
    """Releases in a row that say the same, with the verdicts of the first: one a role."""

    first: Release
    last: Release
    verdicts: tuple[Verdict, ...]


def certificate_under_each(certificate: CertificateFacts, at: datetime) -> tuple[Stretch, ...]:
    """What every release and role would say to a certificate, whoever signed it and whose key it is for.

    In: the certificate, an aware moment. Out: stretches, the oldest first, each with a verdict a role. Takes a
    judgement for each release, role and position of its switch; decodes once and asks no chain.
    """
    verdicts = iter(_by_itself(certificate, [(release, role) for release in RELEASES for role in Role], at))
    return _stretches([tuple(next(verdicts) for _ in Role) for _ in RELEASES])


def verdict_on(certificate: CertificateFacts, release: Release, role: Role, at: datetime) -> Verdict:
    """What one release and role would say to a certificate, whoever signed it and whose key it is for."""
    return next(_by_itself(certificate, [(release, role)], at))


def _by_itself(
    certificate: CertificateFacts, asked: Sequence[tuple[Release, Role]], at: datetime
) -> Iterator[Verdict]:
    """A verdict for each release and role, on a server of which nothing else is known."""
    servers = [
        Server(role, release, release.same_subject, ListInMemory([]), switches=switches)
        for release, role in asked
        for switches in _positions(release, role, AS_SHIPPED)
    ]
    return _verdicts(asked, judge_certificate_itself(as_file(certificate), servers, at))


def server_under_each(
    certificate: CertificateFacts, server: Server, own_rule: SameSubject | None, at: datetime
) -> tuple[Stretch, ...]:
    """What a server would say to a certificate, its chain and its key included, if it ran each release.

    In: the certificate, the server, its rule for CAs of the same subject where that is not the release's
    own, an aware moment. Out: stretches, the oldest first, each with one verdict.
    """
    asked = [(release, server.role) for release in RELEASES]
    servers = [
        replace(server, release=release, same_subject=own_rule or release.same_subject, switches=switches)
        for release, role in asked
        for switches in _positions(release, role, server.switches)
    ]
    judgements = judge_for_each(as_file(certificate), servers, at)
    return _stretches([(verdict,) for verdict in _verdicts(asked, judgements)])


def _positions(release: Release, role: Role, switches: Switches) -> tuple[Switches, ...]:
    """The upload switch off and, where that release has it on that role, on."""
    off, on = (replace(switches, server_eku_upload=is_on) for is_on in (False, True))
    return (off, on) if release.has_switch(Switch.SERVER_EKU_UPLOAD, role) else (off,)


def _verdicts(asked: Sequence[tuple[Release, Role]], judgements: Iterable[Judgement]) -> Iterator[Verdict]:
    """The judgements, one or two for each release and role, as verdicts."""
    found = iter(judgements)
    for release, role in asked:
        pair = [next(found) for _ in _positions(release, role, AS_SHIPPED)]
        yield Verdict(release, role, pair[0], pair[1] if len(pair) > 1 else None)


def _stretches(rows: Sequence[tuple[Verdict, ...]]) -> tuple[Stretch, ...]:
    """Releases in a row with the same verdicts, as one each."""
    found = []
    for _, same in groupby(rows, key=lambda row: [verdict.says for verdict in row]):
        together = list(same)
        found.append(Stretch(together[0][0].release, together[-1][0].release, together[0]))
    return tuple(found)


def as_file(certificate: CertificateFacts) -> FileContent:
    """A certificate as the Base-64 file in which it would be uploaded."""
    return look_at(pem_text(certificate.der).encode("ascii"))


def server_certificate_among(content: FileContent) -> CertificateFacts | None:
    """The certificate of a file that is most likely the server's: the first that is no CA, else the first.

    In: a file that was looked at, of any form. Out: None where no certificate could be read.
    """
    found = []
    for der in content.certificates[:LOOKED_AT]:
        try:
            found.append(decode_certificate(der))
        except Undecodable:
            continue
    return next((facts for facts in found if not facts.is_ca), found[0] if found else None)
