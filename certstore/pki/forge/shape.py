"""What one certificate is to look like, and what is to be wrong with it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypedDict

from cryptography import x509

from certstore.pki.forge.keys import PrivateKey
from certstore.pki.forge.names import alternative_name

SERVER_AUTH = "1.3.6.1.5.5.7.3.1"
CLIENT_AUTH = "1.3.6.1.5.5.7.3.2"
UNKNOWN_EXTENSION = x509.ObjectIdentifier("1.3.6.1.4.1.55555.1")

# RFC 5280's names of the bits, and cryptography's.
KEY_USAGES = {
    "digitalSignature": "digital_signature",
    "nonRepudiation": "content_commitment",
    "keyEncipherment": "key_encipherment",
    "dataEncipherment": "data_encipherment",
    "keyAgreement": "key_agreement",
    "keyCertSign": "key_cert_sign",
    "cRLSign": "crl_sign",
}
CA_USAGE = ("digitalSignature", "keyCertSign", "cRLSign")
LEAF_USAGE = ("digitalSignature", "keyEncipherment")


class Faults(TypedDict, total=False):
    """Everything that can be set, or broken, beside names, key and times; see `Shape` for the meaning."""

    ca: bool
    basic_constraints: bool
    path_length: int | None
    key_usage: Sequence[str] | None
    ekus: Sequence[str] | None
    sans: Sequence[str | x509.GeneralName]
    permitted_dns: Sequence[str]
    excluded_dns: Sequence[str]
    subject_key_id: bool | bytes
    authority_key_id: bool | bytes
    unknown_extension: bool | None
    extensions: Sequence[tuple[x509.ExtensionType, bool]]
    digest: str
    sign_with: PrivateKey | None
    issuer_name: x509.Name | None
    serial: int | None


@dataclass(frozen=True, slots=True)
class Shape:
    """One certificate's extensions and signature. The defaults are those of a sound certificate."""

    ca: bool = False
    basic_constraints: bool = True  # False leaves the extension out
    path_length: int | None = None
    key_usage: Sequence[str] | None = LEAF_USAGE  # RFC 5280 names; None leaves the extension out
    ekus: Sequence[str] | None = None  # dotted OIDs; None leaves the extension out
    sans: Sequence[str | x509.GeneralName] = ()
    permitted_dns: Sequence[str] = ()  # name constraints; none of either leaves the extension out
    excluded_dns: Sequence[str] = ()
    subject_key_id: bool | bytes = True  # True: of the key; False leaves it out; bytes: these
    authority_key_id: bool | bytes = True  # True: the issuer's; False leaves it out; bytes: these
    unknown_extension: bool | None = None  # one that nobody knows: True critical, False not
    extensions: Sequence[tuple[x509.ExtensionType, bool]] = ()  # further ones, with their criticality
    digest: str = "sha256"  # "sha1" and "md5" with RSA keys only
    sign_with: PrivateKey | None = None  # another key than the issuer's: the signature does not verify
    issuer_name: x509.Name | None = None  # another issuer name than the issuer's subject
    serial: int | None = None  # None: a random one


CA_SHAPE = Shape(ca=True, key_usage=CA_USAGE)
LEAF_SHAPE = Shape(ekus=(SERVER_AUTH, CLIENT_AUTH))


def extensions_of(
    shape: Shape, own_key_id: bytes, issuer_key_id: bytes | None
) -> list[tuple[x509.ExtensionType, bool]]:
    """The extensions of a shape with their criticality, in the usual order.

    In: the shape, the key identifiers of the certificate's own key and of its issuer (None: it has none).
    """
    made: list[tuple[x509.ExtensionType, bool]] = []
    if shape.basic_constraints:
        made.append((x509.BasicConstraints(shape.ca, shape.path_length if shape.ca else None), True))
    if shape.key_usage is not None:
        made.append((key_usage_of(shape.key_usage), True))
    if shape.ekus is not None:
        made.append((x509.ExtendedKeyUsage([x509.ObjectIdentifier(oid) for oid in shape.ekus]), False))
    if shape.sans:
        made.append((x509.SubjectAlternativeName([alternative_name(name) for name in shape.sans]), False))
    if shape.permitted_dns or shape.excluded_dns:
        made.append((_name_constraints(shape), True))
    made += _key_identifiers(shape, own_key_id, issuer_key_id)
    if shape.unknown_extension is not None:
        made.append((x509.UnrecognizedExtension(UNKNOWN_EXTENSION, b"\x05\x00"), shape.unknown_extension))
    return made + list(shape.extensions)


def key_usage_of(names: Sequence[str]) -> x509.KeyUsage:
    """The extension with these key usages, by RFC 5280's names."""
    wanted = {KEY_USAGES[name] for name in names}
    bits = {bit: bit in wanted for bit in KEY_USAGES.values()}
    return x509.KeyUsage(**bits, encipher_only=False, decipher_only=False)


def _name_constraints(shape: Shape) -> x509.NameConstraints:
    permitted = [x509.DNSName(name) for name in shape.permitted_dns]
    excluded = [x509.DNSName(name) for name in shape.excluded_dns]
    return x509.NameConstraints(permitted or None, excluded or None)


def _key_identifiers(
    shape: Shape, own_key_id: bytes, issuer_key_id: bytes | None
) -> list[tuple[x509.ExtensionType, bool]]:
    made: list[tuple[x509.ExtensionType, bool]] = []
    own = own_key_id if shape.subject_key_id is True else shape.subject_key_id
    if own:
        made.append((x509.SubjectKeyIdentifier(own), False))
    issuer = issuer_key_id if shape.authority_key_id is True else shape.authority_key_id
    if issuer:
        made.append((x509.AuthorityKeyIdentifier(issuer, None, None), False))
    return made
