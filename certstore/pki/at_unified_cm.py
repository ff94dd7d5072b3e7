"""The certificate of Expressway-C as Unified CM takes it: in tomcat-trust and in CallManager-trust."""

from collections.abc import Iterator
from dataclasses import dataclass

from certstore.pki.codes import Code
from certstore.pki.connections import Look, Reason
from certstore.pki.eku_sunset import allows_client_auth
from certstore.pki.findings import Check, Finding, findings, refuse, warn
from certstore.pki.purpose import Purpose
from certstore.pki.refusals import Refused, Why, why_refused
from certstore.pki.releases import SameSubject
from certstore.pki.server_certificate import usage_names
from certstore.pki.tls import Looker, look
from certstore.pki.topology import Cucm, Expressway, Topology
from certstore.pki.trust import TrustList

TFTP_PORT = 6972


@dataclass(frozen=True, slots=True)
class Shown:
    """The client certificate of Expressway-C as one of Unified CM's lists takes it."""

    control: Expressway
    cucm: Cucm
    store: str  # tomcat-trust, CallManager-trust
    trust: TrustList
    look: Look

    @property
    def facts(self) -> dict[str, str | int]:
        """What every sentence about it names."""
        other, looker = self.control.fqdn, self.cucm.fqdn
        return {"other": other, "looker": looker, "store": self.store, "port": TFTP_PORT}

    @property
    def refused(self) -> Refused | None:
        """Why the list does not take its chain."""
        return why_refused(self.look.chain)


def cucm_has_every_ca(shown: Shown) -> Finding | None:
    """Every CA of Expressway-C's chain is in tomcat-trust and in CallManager-trust.

    Source: TechNote 217748: root and intermediates, in both, from X14.0.2 on, whether or not TLS verify mode
    is on; Mobile and Remote Access guide X15.2 asks for the root alone.
    """
    refused = shown.refused
    if refused is None or refused.why is not Why.MISSING:
        return None
    missing = {"name": refused.name, "below": refused.below, "key_id": refused.key_id}
    return refuse(Code.UNIFIED_CM_CA_MISSING, **missing, **shown.facts)


def cucm_takes_the_chain(shown: Shown) -> Finding | None:
    """Unified CM finds nothing else wrong with Expressway-C's chain.

    Source: our reading: who checks a certificate refuses one that has ended, or that nobody it trusts signed.
    """
    refused = shown.refused
    if refused is None or refused.why is Why.MISSING or may_act_as_client(shown) is not None:
        return None
    return refuse(Code.UNIFIED_CM_REFUSES, name=refused.name, number=refused.number, **shown.facts)


def may_act_as_client(shown: Shown) -> Finding | None:
    """The certificate that Expressway-C shows allows client authentication.

    Source: our reading: Expressway-C is the client of these connections; Administrator Guide X15.5: it shows
    its client certificate there.
    """
    usage = shown.look.certificate.extended_key_usage
    if usage is None or allows_client_auth(shown.look.certificate):
        return None
    return refuse(Code.UNIFIED_CM_NO_CLIENT_AUTH, eku=usage_names(usage), **shown.facts)


def is_stored_in_mixed_mode(shown: Shown) -> Finding | None:
    """In mixed mode the certificate of Expressway-C itself is in both lists.

    Source: Mobile and Remote Access guide X15.2, requirements. TechNote 225746 cures a cluster in mixed mode
    with the CAs alone, so that a missing one is told and fails nothing is our reading.
    """
    if not shown.cucm.settings.mixed_mode:
        return None
    certificate = shown.look.certificate
    same_name = shown.trust.with_subject(certificate.subject_hash)
    if any(trusted.facts.sha256 == certificate.sha256 for trusted in same_name):
        return None
    return warn(Code.UNIFIED_CM_NOT_STORED, **shown.facts)


CHECKS_AT_UNIFIED_CM: tuple[Check[Shown], ...] = (
    cucm_has_every_ca,
    cucm_takes_the_chain,
    may_act_as_client,
    is_stored_in_mixed_mode,
)


def looks_of_unified_cm(
    topology: Topology, control: Expressway, cucm: Cucm
) -> Iterator[tuple[Look, tuple[Reason, ...]]]:
    """How Unified CM finds the certificate that Expressway-C shows it: by tomcat-trust, then by CallManager-trust.

    In: the deployment, the two servers. Out: each look with its reasons; nothing where the release shows none.
    What Expressway-C sends of its chain does not help: the documents want all of it in both. CAs of the same subject
    are told apart by their keys: that the name alone counts is said of Expressway only (TechNote 213872).
    """
    if not topology.release.shows_cucm_its_certificate:
        return
    for store, trust in (("tomcat-trust", cucm.tomcat_trust), ("CallManager-trust", cucm.callmanager_trust)):
        looker = Looker(id=cucm.id, trust=trust, same_subject=SameSubject.OPENSSL, at=topology.at)
        seen = look(looker, control.id, control.client, (), Purpose.CLIENT)
        found = findings(CHECKS_AT_UNIFIED_CM, Shown(control, cucm, store, trust, seen))
        yield seen, tuple(Reason(finding, cucm.id, control.id) for finding in found)
