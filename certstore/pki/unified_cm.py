"""Expressway-C and Unified CM: each looks at the other's certificate, by release and settings.

The traffic server of Expressway-C asks on 8443 (UDS) and 6972 (TFTP), SIP on 5061. Unified CM's lists and
certificates are those that its services have loaded.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from certstore.pki import names
from certstore.pki.at_unified_cm import TFTP_PORT, looks_of_unified_cm
from certstore.pki.codes import Code
from certstore.pki.connections import Health, Kind, LogLine, Look, Reason, Verdict
from certstore.pki.facts import CertificateFacts
from certstore.pki.findings import Check, Finding, Severity, findings, refuse
from certstore.pki.peer_names import matched_name
from certstore.pki.purpose import CLIENT_AUTH, SERVER_AUTH, Purpose
from certstore.pki.refusals import Refused, Why, why_refused
from certstore.pki.releases import SameSubject
from certstore.pki.server_certificate import usage_names
from certstore.pki.settings import Sends
from certstore.pki.tls import Looker, look, look_for_name, sent_by
from certstore.pki.topology import Cucm, CucmLink, Expressway, Topology
from certstore.pki.traffic_server_log import lines_about_unified_cm
from certstore.pki.trust import TrustList

UDS_PORT, SIP_PORT = 8443, 5061


@dataclass(frozen=True, slots=True)
class Offered:
    """A certificate of Unified CM on a port, as Expressway-C looks at it there."""

    topology: Topology
    control: Expressway
    link: CucmLink
    port: int
    kind: str  # tomcat, tomcat-ECDSA, CallManager, CallManager-ECDSA
    look: Look

    @property
    def facts(self) -> dict[str, str | int]:
        """What every sentence about it names."""
        other, looker = self.link.cucm.fqdn, self.control.fqdn
        return {"other": other, "looker": looker, "kind": self.kind, "port": self.port}

    @property
    def refused(self) -> Refused | None:
        """Why the Expressway-C's list does not take its chain."""
        return why_refused(self.look.chain)


def issuer_is_trusted(offered: Offered) -> Finding | None:
    """A CA in the list of the Expressway-C ends the chain of the certificate.

    Source: TechNote 218018 and release notes X14.2: the traffic server, on every HTTPS request; Mobile and Remote
    Access guide X15.2: discovery and secure SIP where TLS verify mode is on.
    """
    refused = offered.refused
    if refused is None or refused.why is not Why.MISSING:
        return None
    missing = {"name": refused.name, "below": refused.below, "key_id": refused.key_id}
    return refuse(Code.UNIFIED_CM_NOT_TRUSTED, **missing, **offered.facts)


def is_not_self_signed(offered: Offered) -> Finding | None:
    """It is not its own issuer, or it is in the list itself.

    Source: TechNote 218018: ECDSA certificates, which X14.2 prefers, are often self-signed; then 8443 answers and
    6972 fails.
    """
    refused = offered.refused
    if refused is None or refused.why is not Why.SELF_SIGNED:
        return None
    return refuse(Code.UNIFIED_CM_SELF_SIGNED, name=refused.name, **offered.facts)


def no_other_of_its_name_is_above_it(offered: Offered) -> Finding | None:
    """No other certificate of the same subject stands above the right one in the list.

    Source: Mobile and Remote Access guide X15.2 and TechNote 118798, bug CSCun30200: of two self-signed
    certificates with one common name only one is trusted; TechNote 213872 of CAs.
    """
    refused = offered.refused
    if refused is None or refused.why is not Why.SAME_SUBJECT:
        return None
    return refuse(Code.UNIFIED_CM_SAME_SUBJECT, name=refused.name, **offered.facts)


def chain_is_in_force(offered: Offered) -> Finding | None:
    """The certificate and every CA above it have begun and have not ended.

    Source: TechNote 221624 (X14): the date has to be within the validity period.
    """
    refused = offered.refused
    if refused is None or refused.why is not Why.NOT_VALID:
        return None
    dates = {"name": refused.name, "start": refused.start, "end": refused.end}
    return refuse(Code.UNIFIED_CM_NOT_VALID, **dates, **offered.facts)


def chain_is_sound(offered: Offered) -> Finding | None:
    """OpenSSL takes the chain, and the certificate is good for a server.

    Source: our reading: the traffic server verifies with OpenSSL.
    """
    refused = offered.refused
    if refused is None or refused.why is not Why.OTHER:
        return None
    return refuse(Code.UNIFIED_CM_CHAIN_REFUSED, name=refused.name, number=refused.number, **offered.facts)


def has_the_address_clients_use(offered: Offered) -> Finding | None:
    """The address that clients are told to use is a name of the certificate.

    Source: TechNote 218018: the System > Server entry, be it a name or an IP address; "SNI (…) not in certificate".
    """
    if not offered.look.wanted or offered.look.matched:
        return None
    address = names.visible(offered.link.known_as)
    return refuse(Code.UNIFIED_CM_OTHER_NAME, address=address, **offered.facts)


def has_the_typed_address(offered: Offered) -> Finding | None:
    """With TLS verify mode on, the typed publisher address is a name of the certificate that discovery meets.

    Source: Mobile and Remote Access guide X15.2: the typed name has to be an alternative name.
    """
    typed, link = offered.link.publisher_address, offered.link
    if offered.port != UDS_PORT or not link.tls_verify:
        return None
    if matched_name(offered.look.certificate, (typed,), offered.topology.cn_counts):
        return None
    return refuse(Code.UNIFIED_CM_TYPED_NAME, address=names.visible(typed), **offered.facts)


def callmanager_has_both_usages(offered: Offered) -> Finding | None:
    """The certificate on 5061 allows server and client authentication.

    Source: TechNote 213872: Unified CM opens a second handshake, back to Expressway-C.
    """
    usage = offered.look.certificate.extended_key_usage
    if offered.port != SIP_PORT or usage is None or {SERVER_AUTH, CLIENT_AUTH} <= set(usage):
        return None
    return refuse(Code.UNIFIED_CM_ONE_USAGE, eku=usage_names(usage), **offered.facts)


CHECKS_OF_UNIFIED_CM: tuple[Check[Offered], ...] = (
    issuer_is_trusted,
    is_not_self_signed,
    no_other_of_its_name_is_above_it,
    chain_is_in_force,
    chain_is_sound,
    has_the_address_clients_use,
    has_the_typed_address,
    callmanager_has_both_usages,
)


def judge_unified_cm(topology: Topology, control: Expressway, link: CucmLink) -> Verdict:
    """Whether an Expressway-C and a Unified CM take each other's certificates.

    In: the deployment, the Expressway-C, its row of that Unified CM. Out: the verdict; each reason has the `port` it
    is met on. A reason that only warns (a certificate that mixed mode asks for) leaves it working. First comes what
    Expressway-C finds on 8443, then Unified CM's own look, then 6972 and 5061.
    Source: TechNotes 217748, 218018, 225476 and 225746; Mobile and Remote Access guide X15.2.
    """
    offered = tuple(_offered(topology, control, link))
    theirs = tuple(looks_of_unified_cm(topology, control, link.cucm))
    on_uds, on_tftp, on_sip = (
        [reason for one in offered if one.port == port for reason in _reasons(one)]
        for port in (UDS_PORT, TFTP_PORT, SIP_PORT)
    )
    of_cucm = [reason for _, found in theirs for reason in found]
    reasons = (*on_uds, *on_tftp, *of_cucm, *on_sip)
    return Verdict(
        Kind.UNIFIED_CM,
        control.id,
        link.cucm.id,
        Health.FAILS if _refuses(reasons) else Health.WORKS,
        reasons,
        (*(one.look for one in offered), *(seen for seen, _ in theirs)),
        _log_lines(topology, control, link, offered, theirs),
    )


def _offered(topology: Topology, control: Expressway, link: CucmLink) -> Iterator[Offered]:
    """What Unified CM shows on the ports on which Expressway-C looks at it.

    Source: TechNote 218018 and release notes X14.2 (8443 and 6972, unless VerifyOriginServer is off); Mobile and
    Remote Access guide X15.2 (TLS verify mode: discovery and the TLS zones). That 5061 is met in mixed mode only is
    our reading.
    """
    cucm = link.cucm
    verifies = _verifies(topology, control)
    if verifies or link.tls_verify:
        yield _seen(topology, control, link, UDS_PORT, *of_tomcat(topology, cucm))
    if verifies:
        yield _seen(topology, control, link, TFTP_PORT, *of_callmanager(topology, cucm))
    if link.tls_verify and cucm.settings.mixed_mode:
        yield _seen(
            topology, control, link, SIP_PORT, "CallManager", cucm.callmanager, cucm.callmanager_trust
        )


def _verifies(topology: Topology, control: Expressway) -> bool:
    """Whether the traffic server looks at certificates at all."""
    return topology.release.checks_cucm_certificates and control.settings.verifies_origin_server


def of_tomcat(topology: Topology, cucm: Cucm) -> tuple[str, CertificateFacts, TrustList]:
    """What Unified CM shows on 8443: the kind of certificate, the certificate, and the list it is sent from."""
    if cucm.tomcat_ecdsa is not None and _prefers_ecdsa(topology, cucm):
        return "tomcat-ECDSA", cucm.tomcat_ecdsa, cucm.tomcat_trust
    return "tomcat", cucm.tomcat, cucm.tomcat_trust


def of_callmanager(topology: Topology, cucm: Cucm) -> tuple[str, CertificateFacts, TrustList]:
    """The same for 6972."""
    if cucm.callmanager_ecdsa is not None and _prefers_ecdsa(topology, cucm):
        return "CallManager-ECDSA", cucm.callmanager_ecdsa, cucm.callmanager_trust
    return "CallManager", cucm.callmanager, cucm.callmanager_trust


def _prefers_ecdsa(topology: Topology, cucm: Cucm) -> bool:
    """Whether the two agree on an ECDSA certificate: X14.2, which began to check, began to prefer them too.

    Source: TechNote 218018.
    """
    return topology.release.checks_cucm_certificates and not cucm.settings.prefers_rsa


def _seen(
    topology: Topology,
    control: Expressway,
    link: CucmLink,
    port: int,
    kind: str,
    certificate: CertificateFacts,
    own_list: TrustList,
) -> Offered:
    rule, at = topology.same_subject, topology.at
    looker = Looker(id=control.id, trust=control.trust, same_subject=rule, at=at)
    sent = sent_by(certificate, own_list, Sends.CHAIN, SameSubject.OPENSSL, at)
    seen = look(looker, link.cucm.id, certificate, sent, Purpose.SERVER)
    if link.known_as and (port == SIP_PORT or _verifies(topology, control)):
        seen = look_for_name(seen, (link.known_as,), topology.cn_counts)
    return Offered(topology, control, link, port, kind, seen)


def _reasons(offered: Offered) -> tuple[Reason, ...]:
    found = findings(CHECKS_OF_UNIFIED_CM, offered)
    return tuple(Reason(finding, offered.control.id, offered.link.cucm.id) for finding in found)


def _refuses(reasons: Sequence[Reason]) -> bool:
    return any(reason.finding.severity is Severity.REFUSE for reason in reasons)


def _log_lines(
    topology: Topology,
    control: Expressway,
    link: CucmLink,
    offered: Sequence[Offered],
    theirs: Sequence[tuple[Look, tuple[Reason, ...]]],
) -> tuple[LogLine, ...]:
    """What Expressway-C writes; of a look that only discovery takes no line was published."""
    https = [(one.port, one.look) for one in offered if one.port != SIP_PORT and _verifies(topology, control)]
    sip = [(one.port, one.look) for one in offered if one.port == SIP_PORT]
    alerts = [(TFTP_PORT, seen) for seen, found in theirs if _refuses(found)]
    return lines_about_unified_cm(control, link, https, sip, alerts)
