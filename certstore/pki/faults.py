"""The catalogue of faults: certificates and files that are wrong in one way each, and what a server says to them.

A fault is a sound practice file with one of its parts exchanged; `forge.practice` makes it. Its sentence stands in
`certstore.wording.faults`.
"""

from dataclasses import dataclass
from enum import StrEnum

from certstore.pki.codes import Code
from certstore.pki.purpose import CLIENT_AUTH, SERVER_AUTH
from certstore.pki.releases import Role

BOTH = frozenset(Role)
C_ONLY, E_ONLY = frozenset({Role.EXPRESSWAY_C}), frozenset({Role.EXPRESSWAY_E})


class Place(StrEnum):
    """Where a fault shows."""

    UPLOAD = "upload"  # on the page Server certificate, at the upload
    ZONE = "zone"  # after the restart
    TUNNELS = "tunnels"
    JABBER = "jabber"


class Names(StrEnum):
    """What is wrong with the names in the certificate."""

    SOUND = "sound"
    OWN_LOST = "own-lost"  # the server's own name stands nowhere
    DOMAIN_LOST = "domain-lost"  # the domains that Jabber asks for stand nowhere
    NO_SAN = "no-san"
    SHORT_CN = "short-cn"
    ADDRESS = "address"
    WILDCARD = "wildcard"
    NO_CN = "no-cn"
    UNKNOWN_OID = "unknown-oid"


class Dates(StrEnum):
    """When the certificate is valid."""

    NOW = "now"
    OVER = "over"
    AHEAD = "ahead"


class KeyOf(StrEnum):
    """Which key the certificate is for."""

    HELD = "held"  # the one that the server holds
    OTHER = "other"  # one that nobody has
    RSA_2048 = "rsa-2048"  # a new one that comes with the file
    RSA_1024 = "rsa-1024"
    RSA_8192 = "rsa-8192"


class Cas(StrEnum):
    """The CAs above the certificate, and which of them come along."""

    SOUND = "sound"
    NO_ISSUER = "no-issuer"  # the file with the CAs lacks the one that issued
    NEW_ISSUER = "new-issuer"  # below the lab's public root, and new
    UNKNOWN = "unknown"  # root and issuing CA are new
    ISSUER_OVER = "issuer-over"
    ISSUER_NO_CA = "issuer-no-ca"
    TOO_DEEP = "too-deep"
    NAME_FORBIDDEN = "name-forbidden"
    CROSS_SIGNED = "cross-signed"
    TWIN = "twin"


class Form(StrEnum):
    """How the file with the certificate is written."""

    PEM = "pem"
    DER = "der"
    PKCS7 = "pkcs7"
    PKCS12 = "pkcs12"
    CHAIN = "chain"
    UTF16 = "utf-16"
    CRLF = "crlf"
    TEXT_AROUND = "text-around"
    NO_LINE_FEED = "no-line-feed"
    WITH_KEY = "with-key"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One fault: all that is not the default is what is wrong."""

    name: str  # stable
    code: Code | None  # what the server answers; None: nothing, it takes the file
    place: Place = Place.UPLOAD
    roles: frozenset[Role] = BOTH  # of the servers on which it shows
    names: Names = Names.SOUND
    dates: Dates = Dates.NOW
    ekus: tuple[str, ...] = (SERVER_AUTH, CLIENT_AUTH)
    digest: str = "sha256"
    key: KeyOf = KeyOf.HELD
    cas: Cas = Cas.SOUND
    form: Form = Form.PEM
    is_revoked: bool = False

    @property
    def has_private_key(self) -> bool:
        """Whether a private key comes with it: then it is made for one download, and nothing of it is kept."""
        return self.key not in (KeyOf.HELD, KeyOf.OTHER)

    @property
    def needs_new_cas(self) -> bool:
        """Whether the CAs above it are its own: those of the lab stand in somebody's list already."""
        return self.cas is not Cas.SOUND


# The six troubles of the source document first, then what else CAs, tools and people do.
CATALOGUE: tuple[Fault, ...] = (
    Fault(name="der", code=Code.FILE_DER_CERTIFICATE, form=Form.DER),
    Fault(name="p7b", code=Code.FILE_PKCS7_DER, form=Form.PKCS7),
    Fault(name="missing-intermediate", code=Code.CHAIN_ISSUER_MISSING, cas=Cas.NO_ISSUER),
    Fault(name="new-intermediate", code=Code.TUNNELS_CA_MISSING, place=Place.TUNNELS, cas=Cas.NEW_ISSUER),
    Fault(
        name="peer-name-lost",
        code=Code.ZONE_PEER_ADDRESS_NOT_IN_CERTIFICATE,
        place=Place.ZONE,
        roles=E_ONLY,
        names=Names.OWN_LOST,
    ),
    Fault(
        name="subject-name-lost",
        code=Code.ZONE_SUBJECT_NAME_NOT_IN_CERTIFICATE,
        place=Place.ZONE,
        roles=C_ONLY,
        names=Names.OWN_LOST,
    ),
    Fault(name="unknown-ca", code=Code.PEER_CHAIN_NOT_TRUSTED, place=Place.ZONE, cas=Cas.UNKNOWN),
    Fault(
        name="domain-lost",
        code=Code.JABBER_NO_DOMAIN,
        place=Place.JABBER,
        roles=E_ONLY,
        names=Names.DOMAIN_LOST,
    ),
    Fault(name="expired", code=Code.CHAIN_EXPIRED, dates=Dates.OVER),
    Fault(name="not-yet-valid", code=Code.CHAIN_NOT_YET_VALID, dates=Dates.AHEAD),
    Fault(name="other-key", code=Code.KEY_MISMATCH, key=KeyOf.OTHER),
    Fault(name="no-client-auth", code=Code.NO_CLIENT_AUTH, ekus=(SERVER_AUTH,)),
    Fault(name="client-only", code=Code.NO_SERVER_AUTH, ekus=(CLIENT_AUTH,)),
    Fault(name="no-san", code=Code.NO_SAN, names=Names.NO_SAN),
    Fault(name="short-cn", code=Code.CN_NOT_FQDN, names=Names.SHORT_CN),
    Fault(name="ip-in-san", code=Code.SAN_NOT_FQDN, names=Names.ADDRESS),
    Fault(name="wildcard", code=Code.WILDCARD, names=Names.WILDCARD),
    Fault(name="no-cn", code=Code.NO_CN, names=Names.NO_CN),
    Fault(name="sha-1", code=Code.WEAK_DIGEST, digest="sha1"),
    Fault(name="rsa-1024", code=Code.WEAK_KEY, key=KeyOf.RSA_1024),
    Fault(name="rsa-8192", code=Code.VERY_LARGE_KEY, key=KeyOf.RSA_8192),
    Fault(name="unknown-oid", code=Code.UNSUPPORTED_OID, names=Names.UNKNOWN_OID),
    Fault(name="intermediate-expired", code=Code.CHAIN_EXPIRED, cas=Cas.ISSUER_OVER),
    Fault(name="intermediate-not-ca", code=Code.CHAIN_NOT_A_CA, cas=Cas.ISSUER_NO_CA),
    Fault(name="path-length", code=Code.CHAIN_PATH_LENGTH, cas=Cas.TOO_DEEP),
    Fault(name="name-constraints", code=Code.CHAIN_NAME_CONSTRAINT, cas=Cas.NAME_FORBIDDEN),
    Fault(name="cross-sign-one-root", code=Code.CHAIN_CA_ISSUER_MISSING, cas=Cas.CROSS_SIGNED),
    Fault(name="same-subject-twin", code=Code.CHAIN_DEPENDS_ON_SAME_SUBJECT, cas=Cas.TWIN),
    Fault(name="revoked", code=Code.REVOKED_BY_CRL, is_revoked=True),
    Fault(name="chain-in-one-file", code=Code.CHAIN_FILE, form=Form.CHAIN),
    Fault(name="pfx", code=Code.FILE_PKCS12, key=KeyOf.RSA_2048, form=Form.PKCS12),
    Fault(name="utf-16", code=Code.FILE_UTF16, form=Form.UTF16),
    Fault(name="crlf", code=None, form=Form.CRLF),
    Fault(name="text-around", code=None, form=Form.TEXT_AROUND),
    Fault(name="no-final-line-feed", code=None, form=Form.NO_LINE_FEED),
    Fault(
        name="with-private-key",
        code=Code.FILE_CONTAINS_PRIVATE_KEY,
        key=KeyOf.RSA_2048,
        form=Form.WITH_KEY,
    ),
)

BY_NAME: dict[str, Fault] = {fault.name: fault for fault in CATALOGUE}
SIX_TROUBLES = 12  # so many, from the beginning, feed the source document's six troubles


def for_role(role: Role) -> tuple[Fault, ...]:
    """The faults that show on a server of that role, in the catalogue's order."""
    return tuple(fault for fault in CATALOGUE if role in fault.roles)
