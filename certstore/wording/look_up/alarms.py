"""Alarms about certificates themselves, revocation lists and ACME. The others are in `alarms_services`."""

from certstore.pki.codes import Code
from certstore.wording.alarms import ALARMS
from certstore.wording.evidence import Sentence, Sure
from certstore.wording.look_up.entry import BOTH, E, Entry, Kind, Writer, documented, our_reading, shown
from certstore.wording.look_up.steps import NEW_CSR, RENEW_CERTIFICATE, RESTART
from certstore.wording.sources import paraphrased, seen

WHERE = "Status > Alarms"
TABLE = documented("AG-REF", note="the text, in its table of alarms. Cause and steps are in our words.")


def alarm(
    number: str,
    title: str,
    texts: tuple[str, ...],
    cause: str,
    cure: tuple[str, ...],
    *,
    writers: tuple[Writer, ...] = BOTH,
    names: tuple[str, ...] = (),
    codes: tuple[Code, ...] = (),
    related: tuple[str, ...] = (),
    sure: Sure = TABLE,
) -> Entry:
    """An alarm whose title and texts stand in the guide's table."""
    words = (*(seen(text, "AG-REF") for text in texts), seen(title, "AG-REF"))
    return _entry(number, title, words, cause, cure, writers, names, codes, related, sure)


def raised_here(
    *kept: str,
    cause: str,
    cure: tuple[str, ...],
    names: tuple[str, ...] = (),
    codes: tuple[Code, ...] = (),
    writers: tuple[Writer, ...] = BOTH,
    related: tuple[str, ...] = (),
    sure: Sure = TABLE,
) -> Entry:
    """An alarm that the simulator raises itself: its words are those of the alarms page."""
    first = ALARMS[kept[0]]
    texts = tuple(shown(ALARMS[name].description) for name in kept)
    words = (*texts, first.title)
    number = first.number or kept[0]
    return _entry(number, first.title.text, words, cause, cure, writers, names, codes, related, sure)


def _entry(
    number: str,
    title: str,
    words: tuple[Sentence, ...],
    cause: str,
    cure: tuple[str, ...],
    writers: tuple[Writer, ...],
    names: tuple[str, ...],
    codes: tuple[Code, ...],
    related: tuple[str, ...],
    sure: Sure,
) -> Entry:
    is_published = number.isdigit()
    return Entry(
        key=f"alarm-{number}",
        kind=Kind.ALARM,
        title=f"Alarm {number}: {title}" if is_published else f"Alarm: {title}",
        words=words,
        writers=writers,
        where=WHERE,
        cause=cause,
        cure=cure,
        sure=sure,
        numbers=(number,) if is_published else (),
        names=names,
        codes=codes,
        related=related,
    )


_CRL = (
    'Navigate to Maintenance > Security > CRL management and look at "Automatic CRL updates", the list of '
    'distribution points and "Daily update time (in UTC)".',
    "Or switch the automatic updates off there and upload the lists by hand.",
)
_ACME = (
    "Navigate to Maintenance > Security > Server certificate (for a domain: Domain certificates) and read "
    '"Last Sign Status" and "Last Deploy Status".',
    "Check that port 80 of the Expressway-E can be reached from outside while the challenge runs.",
    'Try by hand: "Sign CSR with ACME Provider", then "Deploy Pending Cert".',
)
_DOMAIN_CERTIFICATE = (
    "Navigate to Maintenance > Security > Domain certificates, open the domain and renew its certificate: "
    '"Generate CSR", have it signed, "Upload domain certificate data".',
    RESTART,
)
_CLIENT_CERTIFICATE = (
    'Navigate to Maintenance > Security > Client certificate and select "Generate CSR".',
    "Have it signed with client authentication in it. The server certificate is another store: look at its "
    "end as well.",
    'Upload it there: "Upload client certificate data".',
)
_REPLACE_CA = (
    "Navigate to Maintenance > Security > Trusted CA certificate and look at Expiration date and Validity.",
    'Get the CA\'s present certificate, append it ("Append CA certificate"), then delete the old one.',
    "Do the same on every other server and peer that has it.",
)

_CERTIFICATES = (
    raised_here(
        "15028",
        cause="A server certificate was uploaded, and the server was not restarted since. It goes on showing "
        "the old one to its callers.",
        cure=(RESTART, "In a cluster, restart one peer after the other."),
        names=("uploaded the certificate but the old one is still shown", "old certificate still presented"),
        related=("alarm-15022", "alarm-20020"),
    ),
    alarm(
        "15022",
        "Restart required",
        (
            "Domain certificate configuration has been changed, however a restart is required for this to take "
            "effect.",
        ),
        "A certificate of a domain (multitenancy) was changed and the server was not restarted since.",
        (RESTART,),
        writers=(E,),
        related=("alarm-15028",),
    ),
    raised_here(
        "40052",
        cause="The server certificate's subject has no Common Name. The upload went through with a warning; "
        "Mobile and Remote Access, Jabber Guest and the CMS web proxy are among what does not work.",
        cure=NEW_CSR,
        names=("certificate has no common name", "CN missing", "no CN"),
        codes=(Code.NO_CN,),
    ),
    raised_here(
        "40068",
        "40068-today",
        cause="The server certificate has ended, or ends today. Whoever checks it refuses the connection.",
        cure=RENEW_CERTIFICATE,
        names=("certificate expired", "server certificate has run out"),
        related=("alarm-40069", "openssl-10", "alarm-40078"),
    ),
    raised_here(
        "40069",
        cause="The server certificate ends soon. On which day the alarm is raised first is not published; 21 "
        "days ahead is our reading.",
        cure=RENEW_CERTIFICATE,
        names=("certificate is about to expire", "certificate runs out soon", "renew the certificate"),
        related=("alarm-40068", "alarm-40079"),
    ),
    raised_here(
        "trust-store-expired",
        cause="A CA certificate in the trusted CA list has ended: certificates below it are refused.",
        cure=_REPLACE_CA,
        sure=our_reading(
            "That such an alarm exists since X14.0.1 is in the release notes; its number and its words are "
            "published nowhere.",
            "RN1401",
            "RN1402",
        ),
        names=("CA certificate expired", "trust store certificate expired"),
        codes=(Code.CA_EXPIRED, Code.CHAIN_EXPIRED),
    ),
    raised_here(
        "trust-store-expiring",
        cause="A CA certificate in the trusted CA list ends within 21 days.",
        cure=_REPLACE_CA,
        sure=our_reading(
            "That such an alarm exists since X14.0.1 is in the release notes; its number and its words are "
            "published nowhere.",
            "RN1401",
            "RN1402",
        ),
        names=("CA certificate is about to expire",),
        codes=(Code.CA_EXPIRED,),
    ),
    alarm(
        "40075",
        "Domain certificate validity",
        ("Following domain certificates have expired: <domains>",),
        "Certificates of these domains (multitenancy) have ended. In the list of alarms since X15.3.",
        _DOMAIN_CERTIFICATE,
        writers=(E,),
        related=("alarm-40076",),
    ),
    alarm(
        "40076",
        "Domain certificate validity",
        ("Following domain certificates listed are about to expire: <domains>",),
        "Certificates of these domains (multitenancy) end soon. In the list of alarms since X15.3.",
        _DOMAIN_CERTIFICATE,
        writers=(E,),
        related=("alarm-40075",),
    ),
    raised_here(
        "40078",
        cause=(
            "From X15.5 on a server has two certificates. The one it shows as a client has ended; the upgrade "
            "made it as a copy of the server certificate."
        ),
        cure=_CLIENT_CERTIFICATE,
        related=("alarm-40079", "alarm-40068"),
    ),
    raised_here(
        "40079",
        cause=(
            "From X15.5 on a server has two certificates. The one it shows as a client ends within 21 days; the "
            "text counts down."
        ),
        cure=_CLIENT_CERTIFICATE,
        related=("alarm-40078", "alarm-40069"),
    ),
    alarm(
        "40066",
        "HSM certificate is not used",
        ("An HSM certificate is installed but not in use",),
        "The server has a certificate whose key is in a hardware security module, but works with another one.",
        ("Navigate to Maintenance > Security > HSM configuration and look at its state.", RESTART),
    ),
)

_REVOCATION = (
    alarm(
        "40001",
        "Security alert",
        ("No CRL distribution points have been defined for automatic updates",),
        "Automatic CRL updates are on, but no address is listed to fetch from.",
        _CRL,
        related=("alarm-40002", "alarm-40006", "alarm-40007"),
    ),
    alarm(
        "40002",
        "Security alert",
        ("Automatic updating of CRL files has failed",),
        "The daily fetch of revocation lists failed. An expired list counts every certificate of its CA as "
        "revoked where revocation is checked.",
        _CRL,
        related=("alarm-40006", "openssl-12"),
    ),
    alarm(
        "40006",
        "Security alert",
        ("Unable to download CRL update",),
        "One of the listed addresses could not be fetched: name, port, proxy or the file behind it.",
        _CRL,
        related=("alarm-40002", "openssl-3"),
    ),
    alarm(
        "40007",
        "Security alert",
        ("Failed to find configuration file for CRL automatic updates",),
        "Automatic CRL updates are on, but their settings are missing.",
        _CRL,
        related=("alarm-40001",),
    ),
    alarm(
        "40009",
        "Restart required",
        (
            "HTTPS client certificates validation mode has changed, however a restart is required for this to "
            "take effect",
        ),
        '"Client certificate-based security" under System > Administration was changed and the server was '
        "not restarted since.",
        (
            "Before the restart make sure that your own client certificate is accepted: Maintenance > Security "
            '> Client certificate testing, "Check certificate".',
            RESTART,
        ),
    ),
    alarm(
        "40029",
        "LDAP server CA certificate is missing",
        (
            "A valid CA certificate for the LDAP database has not been uploaded; this is required for "
            "connections via TLS",
        ),
        "The LDAP server is to be reached with TLS, and the CA that signed its certificate is not in the "
        "trusted CA list.",
        (
            "Navigate to Maintenance > Security > Trusted CA certificate, select the CA's file and then "
            '"Append CA certificate". For LDAP its CRL belongs into that list too where CRLs are checked.',
        ),
    ),
)

_AUTOMATIC = (
    alarm(
        "40061",
        "ACME auto-sign failure",
        ("A failure was detected while running the auto-sign command for the server certificate",),
        "The scheduled signing by the ACME provider (Let's Encrypt) failed.",
        _ACME,
        writers=(E,),
        names=("Let's Encrypt renewal failed",),
        related=("alarm-40063", "alarm-40062"),
    ),
    alarm(
        "40062",
        "ACME auto-sign failure",
        ("... for SNI domains [ <domain> ]",),
        "The scheduled signing of a domain's certificate by the ACME provider failed.",
        _ACME,
        writers=(E,),
        names=("A failure was detected while running the auto-sign command for SNI domains [ <domain> ]",),
        related=("alarm-40061", "alarm-40064"),
    ),
    alarm(
        "40063",
        "ACME auto-deploy failure",
        ("A failure was detected while running the auto-deploy command for the server certificate",),
        "A signed certificate came back from the ACME provider and could not be put into use.",
        (*_ACME, "Check that the provider's CA certificates are in Trusted CA certificate."),
        writers=(E,),
        related=("alarm-40061", "alarm-40064"),
    ),
    alarm(
        "40064",
        "ACME auto-deploy failure",
        ("... for SNI domains [ <domain> ]",),
        "A signed certificate for a domain came back from the ACME provider and could not be put into use.",
        _ACME,
        writers=(E,),
        names=("A failure was detected while running the auto-deploy command for SNI domains [ <domain> ]",),
        related=("alarm-40063", "alarm-40062"),
    ),
)

_DEFAULTS = Entry(
    key="alarm-defaults",
    kind=Kind.ALARM,
    title="Alarms 40003, 40005 and 40008: a password or the SSH key is still the default one",
    words=(
        paraphrased("The root password is the default one", "AG-REF"),
        paraphrased("The admin password is the default one", "AG-REF"),
        paraphrased("The SSH service uses the default key", "AG-REF"),
    ),
    writers=BOTH,
    where=WHERE,
    cause="40003 is about the root password, 40005 about the admin password, 40008 about the SSH key. An alarm "
    "for a default server certificate does not exist in any list of X14 or X15.",
    cure=("Set passwords of your own, and a key of your own, as the alarm's own solution says.",),
    sure=documented("AG-REF", note="the numbers. Their words are not quoted here."),
    numbers=("40003", "40005", "40008"),
    names=("default server certificate in use", "default password"),
)

ENTRIES: tuple[Entry, ...] = (*_CERTIFICATES, *_REVOCATION, *_AUTOMATIC, _DEFAULTS)
