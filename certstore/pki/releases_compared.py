"""What every release would say to one certificate, and where the answer changes from one to the next."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby

from certstore.pki.decode import pem_text
from certstore.pki.facts import CertificateFacts, Undecodable, decode_certificate
from certstore.pki.releases import RELEASES, Release, Role, SameSubject, Switch, Switches
from certstore.pki.server_certificate import judge_certificate_itself, judge_for_each
from certstore.pki.server_upload import Judgement, Outcome, Server
from certstore.pki.sniff import FileContent, look_at
from certstore.pki.trust import ListInMemory

LOOKED_AT = 20  # certificates of a file among which the server's own is looked for

_POSITIONS = (False, True)


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

    In: the certificate, an aware moment. Out: stretches, the oldest first, each with a verdict a role. Takes
    as many judgements as there are releases and roles, and asks no chain.
    """
    return _stretches(
        [tuple(verdict_on(certificate, release, role, at) for role in Role) for release in RELEASES]
    )


def verdict_on(certificate: CertificateFacts, release: Release, role: Role, at: datetime) -> Verdict:
    """What one release and role would say to a certificate, whoever signed it and whose key it is for."""
    content = as_file(certificate)
    off, on = (
        judge_certificate_itself(content, _server(release, role, is_on=is_on), at) for is_on in _POSITIONS
    )
    return _verdict(release, role, off, on)


def _server(release: Release, role: Role, *, is_on: bool) -> Server:
    """A server of which nothing is known but its release, its role and its switch."""
    switches = Switches(server_eku_upload=is_on)
    return Server(role, release, release.same_subject, ListInMemory([]), switches=switches)


def server_under_each(
    certificate: CertificateFacts, server: Server, own_rule: SameSubject | None, at: datetime
) -> tuple[Stretch, ...]:
    """What a server would say to a certificate, its chain and its key included, if it ran each release.

    In: the certificate, the server, its rule for CAs of the same subject where that is not the release's
    own, an aware moment. Out: stretches, the oldest first, each with one verdict.
    """
    off, on = (
        judge_for_each(
            as_file(certificate),
            [
                replace(
                    server,
                    release=release,
                    same_subject=own_rule or release.same_subject,
                    switches=replace(server.switches, server_eku_upload=is_on),
                )
                for release in RELEASES
            ],
            at,
        )
        for is_on in _POSITIONS
    )
    return _stretches(
        [(_verdict(release, server.role, *pair),) for release, *pair in zip(RELEASES, off, on, strict=True)]
    )


def _verdict(release: Release, role: Role, off: Judgement, on: Judgement) -> Verdict:
    """The verdict of a release; one without the switch has a single judgement."""
    return Verdict(release, role, off, on if release.has_switch(Switch.SERVER_EKU_UPLOAD, role) else None)


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
