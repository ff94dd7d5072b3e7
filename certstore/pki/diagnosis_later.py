"""Why something does not work though the upload was accepted.

Most of it is not in any file that a person sends: those rules say so, and `wording/diagnosis.py` says what to
ask for. A certificate that was used before makes some of it likely, and nothing of it impossible.
"""

from datetime import timedelta

from certstore.pki.codes import Code
from certstore.pki.compared_names import domains_of, names_of
from certstore.pki.comparing import Change, Difference, Weight, compare_renewal
from certstore.pki.moments import from_iso
from certstore.pki.names import visible
from certstore.pki.purpose import CLIENT_AUTH
from certstore.pki.releases import Role
from certstore.pki.rulings import Evidence, Question, Rule, Ruling, cant_tell, possible, ruled_out

# So soon after its begin a certificate is not valid yet for a server whose clock is behind.
JUST_BEGUN = timedelta(days=1)
_NAMES_GONE = (Change.OWN_NAME_LOST, Change.NAMES_LOST, Change.DOMAIN_LOST)
_CA_CHANGED = (Change.ISSUER_CHANGED, Change.AUTHORITY_KEY_CHANGED)


def nothing_was_lost_with_the_renewal(evidence: Evidence) -> Ruling:
    """The certificate has everything that the one before had. Facts: `count`, and the first `change`.

    Source: TechNote 218034: the same names, both usages, the same CA.
    """
    if evidence.certificate is None or evidence.older is None:
        return cant_tell(Question.RENEWAL)
    found = compare_renewal(evidence.older, evidence.certificate)
    lost = [difference for difference in found if difference.severity is Weight.BREAKS]
    if not lost:
        return ruled_out(Question.RENEWAL)
    return possible(Question.RENEWAL, count=len(lost), change=lost[0].change.value)


def was_restarted(_: Evidence) -> Ruling:
    """Whether the server was restarted after the upload stands in no file.

    Source: Certificate Creation and Use guide, requirements for Unified Communications: a restart is needed.
    """
    return cant_tell(Question.RESTART)


def peers_lists_have_every_ca(evidence: Evidence) -> Ruling:
    """The other side's lists are not at hand; a CA that is new speaks for its missing there. Facts: `name`.

    Source: TechNotes 221624 (zone, tunnels) and 213872 (lists are not replicated).
    """
    return _new_ca(evidence, Question.PEERS_LISTS)


def cucm_lists_have_every_ca(evidence: Evidence) -> Ruling | None:
    """The same of Unified CM's tomcat-trust and CallManager-trust, which an Expressway-C's CAs go into.

    Source: TechNotes 217748 and 225746.
    """
    return None if evidence.role is Role.EXPRESSWAY_E else _new_ca(evidence, Question.CUCM_LISTS)


def clients_trust_the_ca(evidence: Evidence) -> Ruling | None:
    """The same of phones, whose list is in their firmware, and of what Jabber runs on. Expressway-E's only.

    Source: TechNote 213872; Mobile and Remote Access guide X15.2.
    """
    return None if evidence.role is Role.EXPRESSWAY_C else _new_ca(evidence, Question.CLIENTS_LISTS)


def _new_ca(evidence: Evidence, question: Question) -> Ruling:
    """Possible where another CA has issued than before."""
    if evidence.certificate is None or evidence.changed(*_CA_CHANGED) is None:
        return cant_tell(question)
    return possible(question, name=visible(evidence.certificate.issuer) or "-")


def _lost(question: Question, difference: Difference | None) -> Ruling:
    """Possible where names are lost. Facts: `names`, and how many `more`."""
    if difference is None:
        return cant_tell(question)
    return possible(question, names=", ".join(difference.before.shown), more=difference.before.more)


def peer_address_is_a_name(evidence: Evidence) -> Ruling | None:
    """What the Expressway-C's zone has as peer address is not at hand; a lost name of the Expressway-E may be it.

    Source: TechNotes 221624 and 117811.
    """
    if evidence.role is Role.EXPRESSWAY_C:
        return None
    return _lost(Question.PEER_ADDRESS, evidence.changed(*_NAMES_GONE))


def subject_name_is_a_name(evidence: Evidence) -> Ruling | None:
    """The same of the Expressway-E's TLS verify subject name and the names of the Expressway-C.

    Source: TechNotes 221624 and 212475.
    """
    if evidence.role is Role.EXPRESSWAY_E:
        return None
    return _lost(Question.SUBJECT_NAME, evidence.changed(*_NAMES_GONE))


def sign_in_domain_is_a_name(evidence: Evidence) -> Ruling | None:
    """A domain of the Expressway-E was lost, or no name looks like one. Facts: `names`, and how many `more`.

    Which domain users sign in with is not at hand, so that it is never ruled out.
    Source: TechNote 221624 (X14): the domain, or with "collab-edge." before it, is one of the names.
    """
    if evidence.role is Role.EXPRESSWAY_C:
        return None
    lost = evidence.changed(Change.DOMAIN_LOST)
    if lost is None and evidence.certificate is not None and not domains_of(evidence.certificate):
        names = [visible(name) for name in names_of(evidence.certificate)]
        more = max(0, len(names) - 5)
        return possible(Question.JABBER_DOMAIN, names=", ".join(names[:5]) or "none", more=more)
    return _lost(Question.JABBER_DOMAIN, lost)


def phone_profiles_are_names(evidence: Evidence) -> Ruling | None:
    """The names of secure phone profiles are not at hand; a lost name of the Expressway-C may be one.

    Source: Mobile and Remote Access guide X15.2, troubleshooting.
    """
    if evidence.role is Role.EXPRESSWAY_E:
        return None
    return _lost(Question.PHONE_PROFILES, evidence.changed(Change.NAMES_LOST))


def other_side_is_sound(_: Evidence) -> Ruling:
    """The certificate of the Expressway on the other side is not at hand.

    Source: TechNote 221624 (X14): both certificates are checked, each by the other side.
    """
    return cant_tell(Question.PEER_CERTIFICATE)


def cucm_is_sound(evidence: Evidence) -> Ruling | None:
    """The certificates of Unified CM, which an Expressway-C checks, are not at hand.

    Source: TechNotes 218018 and 225476.
    """
    return None if evidence.role is Role.EXPRESSWAY_E else cant_tell(Question.CUCM_CERTIFICATE)


def other_side_has_the_release(evidence: Evidence) -> Ruling | None:
    """Asked where client authentication is missing: then both Expressways need the release that copes with it.

    Source: TechNote 225482: both servers to X15.4 or later.
    """
    usage = evidence.certificate.extended_key_usage if evidence.certificate else None
    return cant_tell(Question.PEER_RELEASE) if usage is not None and CLIENT_AUTH not in usage else None


def is_not_revoked(evidence: Evidence) -> Ruling:
    """A CRL at hand revokes it; that none does rules nothing out, since nothing is fetched. Facts: `name`.

    Source: Administrator Guide, managing security: revocation is checked where it is switched on.
    """
    for _, finding in evidence.found(lambda finding: finding.code is Code.REVOKED_BY_CRL):
        return possible(Question.REVOKED, **finding.facts)
    return cant_tell(Question.REVOKED)


def clock_is_right(evidence: Evidence) -> Ruling:
    """The server's clock is not at hand; a certificate that has just begun speaks for it. Facts: `start`.

    Source: Administrator Guide, alarm 25022; how soon is soon is our reading.
    """
    certificate = evidence.certificate
    if certificate is None:
        return cant_tell(Question.CLOCK)
    since = evidence.at - from_iso(certificate.not_before)
    just_begun = timedelta(0) <= since < JUST_BEGUN
    return possible(Question.CLOCK, start=certificate.not_before) if just_begun else cant_tell(Question.CLOCK)


def dns_is_right(_: Evidence) -> Ruling:
    """No certificate shows what names resolve to, there and back.

    Source: Administrator Guide, SSH tunnels and alarms 25030 and 25031.
    """
    return cant_tell(Question.DNS)


def firewall_lets_it_through(_: Evidence) -> Ruling:
    """No certificate shows which ports are open.

    Source: Administrator Guide, SSH tunnels and alarm 35014; TechNote 212475, issue 4.
    """
    return cant_tell(Question.FIREWALL)


def zone_password_is_right(_: Evidence) -> Ruling:
    """No certificate shows the user name and password of a zone.

    Source: TechNote 117811: the zone fails just the same.
    """
    return cant_tell(Question.ZONE_PASSWORD)


RULES: tuple[Rule, ...] = (
    nothing_was_lost_with_the_renewal,
    was_restarted,
    peers_lists_have_every_ca,
    cucm_lists_have_every_ca,
    clients_trust_the_ca,
    peer_address_is_a_name,
    subject_name_is_a_name,
    sign_in_domain_is_a_name,
    phone_profiles_are_names,
    other_side_is_sound,
    cucm_is_sound,
    other_side_has_the_release,
    is_not_revoked,
    clock_is_right,
    dns_is_right,
    firewall_lets_it_through,
    zone_password_is_right,
)
