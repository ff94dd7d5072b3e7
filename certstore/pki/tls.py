"""One side of a TLS connection looks at the certificate of the other: its chain, its purpose, its names."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from certstore.pki.candidates import remembered
from certstore.pki.connections import Look
from certstore.pki.depends import judge_with_twins
from certstore.pki.facts import CertificateFacts
from certstore.pki.handshake import UNCHECKED, Terms, verdict_on
from certstore.pki.peer_names import matched_name
from certstore.pki.purpose import Purpose
from certstore.pki.releases import SameSubject
from certstore.pki.settings import Revocation, Sends
from certstore.pki.trust import TrustList
from certstore.pki.walk import climbed

# The TLS alerts that OpenSSL sends for its numbers; for any other it is the last one.
_ALERTS: dict[str, frozenset[int]] = {
    "unknown_ca": frozenset({2, 3, 18, 19, 20, 21, 22, 25, 33, 79}),
    "certificate_expired": frozenset({10, 12}),
    "certificate_revoked": frozenset({23}),
    "bad_certificate": frozenset({4, 5, 6, 9, 11, 13, 14, 15, 16, 27, 28, 29, 62, 63, 64, 66, 67, 68, 94}),
    "decrypt_error": frozenset({7, 8}),
    "unsupported_certificate": frozenset({26}),
    "internal_error": frozenset({1, 17, 69, 70}),
    "handshake_failure": frozenset({50}),
}
_ANY_OTHER = "certificate_unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Looker:
    """Who looks at a certificate, and by what it judges."""

    id: str
    trust: TrustList
    same_subject: SameSubject
    at: datetime
    revocation: Revocation = UNCHECKED


def alert_of(number: int) -> str:
    """The TLS alert that OpenSSL sends for one of its numbers ("unknown_ca"); "" for 0.

    Source: OpenSSL ssl/statem/statem_lib.c, `x509table`; measured with OpenSSL 3.0.19 and 4.0.3.
    """
    if number == 0:
        return ""
    return next((alert for alert, numbers in _ALERTS.items() if number in numbers), _ANY_OTHER)


def sent_by(
    certificate: CertificateFacts, trust: TrustList, sends: Sends, rule: SameSubject, at: datetime
) -> tuple[CertificateFacts, ...]:
    """What a server sends after its certificate.

    In: the certificate, the server's own list, what it is set to send, the rule for CAs of the same subject, an aware
    moment. Out: what the list gives above the certificate, as far as it goes, the root included; nothing where the
    server sends its certificate alone.
    Source: OpenSSL ssl/statem/statem_lib.c, `ssl_add_cert_chain`; that Expressway does so is a decision of this
    project (7), on TechNote 212475, issue 3.
    """
    if sends is Sends.LEAF:
        return ()
    asked = remembered(trust)

    def above() -> tuple[CertificateFacts, ...]:
        return climbed(certificate, asked, rule, at, verdict_on(certificate, asked, rule, at))[1:]

    return asked.once(("sent", certificate.sha256, rule, at), above)


def look(
    looker: Looker,
    about: str,
    certificate: CertificateFacts,
    sent: Sequence[CertificateFacts],
    purpose: Purpose,
) -> Look:
    """How one side finds the certificate of the other.

    In: who looks, the id of the server whose certificate it is, the certificate, what was sent after it, what it has
    to be good for. Out: the look, without names. What is asked of the list does not grow with the list.
    """
    terms = Terms(tuple(sent), purpose, looker.revocation)
    chain = judge_with_twins(certificate, looker.trust, looker.same_subject, looker.at, terms)
    return Look(
        by=looker.id,
        about=about,
        certificate=certificate,
        chain=chain,
        sent=tuple(sent),
        number=chain.verdict.number,
        depth=chain.verdict.depth,
        alert=alert_of(chain.verdict.number),
    )


def look_for_name(found: Look, wanted: Sequence[str], cn_counts: bool) -> Look:
    """The same look, and the names of which one has to be in the certificate.

    In: a look, the names as typed, whether CNs count beside alternative names. Out: `matched` is the one that is
    there, or "". A wrong name sends no alert: the product closes the connection.
    Source: TechNote 212475 (a line of its own, "Peer's TLS certificate identity was unacceptable"); that no alert is
    sent is our reading.
    """
    return replace(found, wanted=tuple(wanted), matched=matched_name(found.certificate, wanted, cn_counts))


def is_accepted(found: Look) -> bool:
    """Whether the looker goes on: the chain is taken, and so is the name where one is wanted."""
    return found.number == 0 and (not found.wanted or found.matched != "")
