"""The Generate CSR page: what is typed, how it will appear in the request, what is refused, and the request itself.

Pure: the key comes from the caller, signs, and is the caller's to forget.
"""

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, fields, replace
from enum import StrEnum

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from certstore.pki import der, names
from certstore.pki.forge.keys import PrivateKey
from certstore.pki.forge.names import subject
from certstore.pki.forge.requests import signing_request
from certstore.pki.forge.shape import LEAF_USAGE
from certstore.pki.purpose import CLIENT_AUTH, SERVER_AUTH
from certstore.pki.releases import Release, Role

# XmppAddr of RFC 6120, 13.7.1.4: an other name that holds one UTF8String.
XMPP_ADDRESS = x509.ObjectIdentifier("1.3.6.1.5.5.7.8.5")
EMAIL = "1.2.840.113549.1.9.1"
COLLAB_EDGE = "collab-edge."
_UTF8_STRING = 0x0C


class CommonName(StrEnum):
    """What the Common Name is taken from."""

    SERVER = "server"  # FQDN of Expressway
    CLUSTER = "cluster"  # FQDN of Expressway cluster


class Alternative(StrEnum):
    """Which names of the cluster the request asks for besides."""

    NONE = "none"
    PEERS = "peers"  # FQDN of Expressway cluster plus FQDNs of all peers in the cluster


class NameFormat(StrEnum):
    """The form in which the names of a field stand in the request."""

    DNS = "dns"
    COLLAB_EDGE_DNS = "collab-edge-dns"  # DNS names with "collab-edge." before them
    XMPP_ADDRESS = "xmpp-address"


class KeyAlgorithm(StrEnum):
    """The kind of key."""

    RSA = "rsa"
    ECDSA = "ecdsa"  # in the guides from X14.3 on


# Source: Certificate Creation and Use guide X15.5, Generating a Certificate Signing Request.
KEY_LENGTHS: dict[KeyAlgorithm, tuple[int, ...]] = {
    KeyAlgorithm.RSA: (2048, 4096),
    KeyAlgorithm.ECDSA: (256, 384, 521),
}
DIGESTS = ("sha256", "sha384", "sha512")

# The formats that a field of names offers, the default first.
FORMATS: dict[str, tuple[NameFormat, ...]] = {
    "chat_format": (NameFormat.DNS, NameFormat.XMPP_ADDRESS),
    "domain_format": (NameFormat.DNS, NameFormat.COLLAB_EDGE_DNS),
    "federation_format": (NameFormat.DNS, NameFormat.XMPP_ADDRESS),
}


@dataclass(frozen=True, slots=True)
class Place:
    """The server that asks: its role and release, its name, and its cluster, where it is in one."""

    role: Role
    release: Release
    fqdn: str
    cluster: str = ""  # the cluster's name; "" for a server alone
    peers: tuple[str, ...] = ()  # the FQDNs of all its peers, this one among them
    is_clustered: bool = False


@dataclass(frozen=True, slots=True)
class Typed:
    """The fields of the page, as text."""

    common_name: str = CommonName.SERVER
    alternative: str = Alternative.NONE
    additional: str = ""
    chat_aliases: str = ""
    chat_format: str = NameFormat.DNS
    phone_profiles: str = ""  # Expressway-C only
    domains: str = ""  # Expressway-E only, as the two below
    domain_format: str = NameFormat.DNS
    federation: str = ""
    federation_format: str = NameFormat.DNS
    algorithm: str = KeyAlgorithm.RSA
    length: str = "4096"
    digest: str = "sha256"
    country: str = ""
    state: str = ""
    locality: str = ""
    organization: str = ""
    unit: str = ""
    email: str = ""

    def as_texts(self) -> dict[str, str]:
        """The fields by their names, as a row keeps them."""
        return {name: str(value) for name, value in asdict(self).items()}


FIELDS = tuple(field.name for field in fields(Typed))


@dataclass(frozen=True, slots=True)
class AlternativeName:
    """One alternative name of a request."""

    value: str
    is_xmpp: bool = False

    @property
    def text(self) -> str:
        """As the page shows it: "DNS:exp-e1.example.com"."""
        return f"{'XMPPAddress' if self.is_xmpp else 'DNS'}:{self.value}"

    def as_general_name(self) -> x509.GeneralName:
        """As it stands in the request."""
        if self.is_xmpp:
            return x509.OtherName(XMPP_ADDRESS, der.write(_UTF8_STRING, self.value.encode()))
        return x509.DNSName(self.value)


@dataclass(frozen=True, slots=True)
class Appearance:
    """The names as they will appear."""

    common_name: str
    alternative: tuple[AlternativeName, ...]


def defaults_for(place: Place) -> Typed:
    """The page as it opens: in a cluster its name is the Common Name.

    Source: Certificate Creation and Use guide, About This Guide (the recipe); RSA and SHA-256 are the guide's
    defaults, 4096 bits are remembered.
    """
    return Typed(common_name=CommonName.CLUSTER) if place.is_clustered else Typed()


def lengths_for(release: Release) -> dict[KeyAlgorithm, tuple[int, ...]]:
    """The kinds of key that a release offers, with their lengths in bits."""
    if release.takes_ecdsa:
        return dict(KEY_LENGTHS)
    return {KeyAlgorithm.RSA: KEY_LENGTHS[KeyAlgorithm.RSA]}


def name_fields(role: Role) -> tuple[tuple[str, str], ...]:
    """The fields of names that a role has, each with the field of its format ("" where there is none).

    Source: Certificate Creation and Use guide; Administrator Guide, Unified Communications.
    """
    both = (("additional", ""), ("chat_aliases", "chat_format"))
    if role is Role.EXPRESSWAY_C:
        return (*both, ("phone_profiles", ""))
    return (*both, ("domains", "domain_format"), ("federation", "federation_format"))


def fields_for(role: Role) -> tuple[str, ...]:
    """The fields that the page of a role has, by their names."""
    here = {name for pair in name_fields(role) for name in pair}
    elsewhere = {name for one in Role for pair in name_fields(one) for name in pair} - here
    return tuple(name for name in FIELDS if name not in elsewhere)


def listed(text: str) -> tuple[str, ...]:
    """The names of a field: separated by commas, or by line ends as they come out of a copied list."""
    return tuple(name for part in text.replace("\n", ",").split(",") if (name := part.strip()))


def appearance(typed: Typed, place: Place) -> Appearance:
    """The Common Name and the alternative names as they will appear, whatever was typed.

    The Common Name and the server's own name are always among the alternative ones; each name stands once.
    Source: TechNote 215405, the CN is always added as a SAN; About This Guide, the recipe for clusters.
    """
    common_name = place.fqdn
    if place.is_clustered and typed.common_name == CommonName.CLUSTER:
        common_name = place.cluster
    every = [AlternativeName(common_name), AlternativeName(place.fqdn)]
    if place.is_clustered and typed.alternative == Alternative.PEERS:
        every += [AlternativeName(name) for name in (place.cluster, *place.peers)]
    every += _typed_names(typed, place.role)
    once: dict[tuple[str, bool], AlternativeName] = {}
    for name in every:
        if name.value:
            once.setdefault((name.value.casefold(), name.is_xmpp), name)
    return Appearance(common_name, tuple(once.values()))


def _typed_names(typed: Typed, role: Role) -> Iterator[AlternativeName]:
    """The names of the fields that the role has, in the form chosen for each field."""
    for field, format_field in name_fields(role):
        chosen = getattr(typed, format_field) if format_field else NameFormat.DNS
        for name in listed(getattr(typed, field)):
            if chosen == NameFormat.COLLAB_EDGE_DNS:
                yield AlternativeName(COLLAB_EDGE + name)
            else:
                yield AlternativeName(name, chosen == NameFormat.XMPP_ADDRESS)


def prefilled(place: Place, loaded_subject: bytes, loaded_names: Iterable[str]) -> Typed:
    """The page filled from the loaded certificate, so that no name of it is lost.

    In: the server, the certificate's subject as DER, its common and its DNS names. Out: what is not there by
    itself stands among the additional names.
    """
    blank = defaults_for(place)
    by_type = {attribute.type: attribute.text for attribute in names.read_name(loaded_subject)}
    there = {name.value.casefold() for name in appearance(blank, place).alternative}
    missing = {name.casefold(): name for name in loaded_names if name.casefold() not in there}
    return replace(
        blank,
        additional=", ".join(missing.values()),
        country=by_type.get("2.5.4.6", ""),
        state=by_type.get("2.5.4.8", ""),
        locality=by_type.get("2.5.4.7", ""),
        organization=by_type.get(names.ORGANIZATION, ""),
        unit=by_type.get(names.ORGANIZATIONAL_UNIT, ""),
        email=by_type.get(EMAIL, ""),
    )


def make_request(typed: Typed, place: Place, key: PrivateKey) -> bytes:
    """The signed request, as DER.

    In: fields in which `csr_rules.problems` finds nothing, the server, the new key. Key usage and extended key
    usage are what every request of the product asks for.
    Source: Cisco Validated Design 14, table 7-19; Certificate Creation and Use guide X15.5 (both usages). That on X15.5
    the requests of both pages, for the server and for the client certificate, still ask for both is our reading.
    """
    seen = appearance(typed, place)
    others = [(EMAIL, typed.email.strip())] if typed.email.strip() else []
    name = subject(
        seen.common_name,
        country=typed.country.strip().upper() or None,
        state=typed.state.strip() or None,
        locality=typed.locality.strip() or None,
        organisation=typed.organization.strip() or None,
        units=[unit] if (unit := typed.unit.strip()) else [],
        others=others,
    )
    made = signing_request(
        name,
        key,
        [one.as_general_name() for one in seen.alternative],
        ekus=(SERVER_AUTH, CLIENT_AUTH),
        key_usage=LEAF_USAGE,
        digest=typed.digest,
    )
    return made.public_bytes(Encoding.DER)
