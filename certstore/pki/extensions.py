"""The extensions of a certificate, as the plain values that pages and rules read."""

from collections.abc import Iterable
from typing import TypedDict, TypeVar

from cryptography import x509
from cryptography.x509.oid import AuthorityInformationAccessOID

from certstore.pki import names

# RFC 5280, 4.2.1.3, in its order; cryptography says content_commitment for nonRepudiation.
_KEY_USAGES = {
    "digitalSignature": "digital_signature",
    "nonRepudiation": "content_commitment",
    "keyEncipherment": "key_encipherment",
    "dataEncipherment": "data_encipherment",
    "keyAgreement": "key_agreement",
    "keyCertSign": "key_cert_sign",
    "cRLSign": "crl_sign",
}
_AGREEMENT_USAGES = {"encipherOnly": "encipher_only", "decipherOnly": "decipher_only"}
_PREFIXES: dict[type[x509.GeneralName], str] = {
    x509.DNSName: "DNS",
    x509.IPAddress: "IP Address",
    x509.RFC822Name: "email",
    x509.UniformResourceIdentifier: "URI",
}


Value = TypeVar("Value", bound=x509.ExtensionType)


class ExtensionFacts(TypedDict):
    """What a certificate's extensions say; the fields are those of CertificateFacts."""

    is_ca: bool
    has_basic_constraints: bool
    path_length: int | None
    subject_key_id: str | None
    authority_key_id: str | None
    san_dns: tuple[str, ...]
    san_other: tuple[str, ...]
    has_san: bool
    extended_key_usage: tuple[str, ...] | None
    key_usage: tuple[str, ...] | None
    ca_issuers: tuple[str, ...]


def read_extensions(extensions: x509.Extensions) -> ExtensionFacts:
    """Read the extensions that pages and rules ask for. Raises what cryptography raises for broken ones."""
    basic = _value(extensions, x509.BasicConstraints)
    alternative = _value(extensions, x509.SubjectAlternativeName)
    subject_key = _value(extensions, x509.SubjectKeyIdentifier)
    extended = _value(extensions, x509.ExtendedKeyUsage)
    usage = _value(extensions, x509.KeyUsage)
    dns, other = _alternative_names(alternative or ())
    return ExtensionFacts(
        is_ca=basic is not None and basic.ca,
        has_basic_constraints=basic is not None,
        path_length=basic.path_length if basic else None,
        subject_key_id=_pairs(subject_key.digest) if subject_key else None,
        authority_key_id=authority_key_id(extensions),
        san_dns=dns,
        san_other=other,
        has_san=alternative is not None,
        extended_key_usage=tuple(oid.dotted_string for oid in extended) if extended is not None else None,
        key_usage=_key_usage(usage) if usage else None,
        ca_issuers=_ca_issuers(_value(extensions, x509.AuthorityInformationAccess) or ()),
    )


def authority_key_id(extensions: x509.Extensions) -> str | None:
    """The key identifier of the issuer; None where there is none, or only its name and serial number."""
    authority_key = _value(extensions, x509.AuthorityKeyIdentifier)
    if authority_key is None or authority_key.key_identifier is None:
        return None
    return _pairs(authority_key.key_identifier)


def _value(extensions: x509.Extensions, kind: type[Value]) -> Value | None:
    """The value of the extension of one kind, if it is there; there is never more than one."""
    # The classes are abstract ones, and asking `isinstance` of each costs more than the whole certificate.
    return next((found.value for found in extensions if type(found.value) is kind), None)


def _pairs(identifier: bytes) -> str:
    """Hex pairs with colons, upper case, as OpenSSL prints identifiers; cut where it is absurdly long."""
    return names.visible(identifier[:128].hex(":").upper())


def _key_usage(usage: x509.KeyUsage) -> tuple[str, ...]:
    """The key usages that are set. Two of them exist only beside keyAgreement."""
    asked = _KEY_USAGES | (_AGREEMENT_USAGES if usage.key_agreement else {})
    return tuple(name for name, attribute in asked.items() if getattr(usage, attribute))


def _ca_issuers(access: Iterable[x509.AccessDescription]) -> tuple[str, ...]:
    """The addresses where the issuer's certificate is said to lie."""
    return tuple(
        names.visible(str(description.access_location.value))
        for description in access
        if description.access_method == AuthorityInformationAccessOID.CA_ISSUERS
        and isinstance(description.access_location, x509.UniformResourceIdentifier)
    )


def _alternative_names(alternative: Iterable[x509.GeneralName]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The DNS names without a prefix, and the others with the prefix that OpenSSL writes."""
    dns: list[str] = []
    other: list[str] = []
    for name in alternative:
        if isinstance(name, x509.DNSName):
            dns.append(names.visible(name.value))
        else:
            other.append(general_name(name))
    return tuple(dns), tuple(other)


def general_name(name: x509.GeneralName) -> str:
    """One general name, made visible, with OpenSSL's prefix."""
    if isinstance(name, x509.DirectoryName):
        return "DirName:" + names.full_name(names.read_name(name.value.public_bytes()))
    if isinstance(name, x509.OtherName):
        return f"othername:{name.type_id.dotted_string}"
    if isinstance(name, x509.RegisteredID):
        return f"Registered ID:{name.value.dotted_string}"
    return names.visible(f"{_PREFIXES[type(name)]}:{name.value}")
