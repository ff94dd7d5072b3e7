"""Whether a certificate may be used as a server's or a client's, as OpenSSL asks it in a handshake."""

from collections.abc import Sequence
from enum import StrEnum

from cryptography import x509

from certstore.pki.facts import CertificateFacts
from certstore.pki.issuing import parse

CLIENT_AUTH = "1.3.6.1.5.5.7.3.2"
SERVER_AUTH = "1.3.6.1.5.5.7.3.1"


class Purpose(StrEnum):
    """What the certificate of the other side has to be good for."""

    SERVER = "server"
    CLIENT = "client"
    EITHER = "either"  # a client's, while the check of extended key usages is off (X15.5)


class Unsuited(StrEnum):
    """Why a certificate is not good for a purpose."""

    EXTENDED_KEY_USAGE = "extended-key-usage"
    KEY_USAGE = "key-usage"  # or Netscape's older extension of the same meaning


# Server Gated Cryptography of Microsoft and Netscape: OpenSSL takes either for server authentication.
_EXTENDED: dict[Purpose, frozenset[str]] = {
    Purpose.SERVER: frozenset({SERVER_AUTH, "1.3.6.1.4.1.311.10.3.3", "2.16.840.1.113730.4.1"}),
    Purpose.CLIENT: frozenset({CLIENT_AUTH}),
}
_USAGES: dict[Purpose, frozenset[str]] = {
    Purpose.SERVER: frozenset({"digitalSignature", "keyEncipherment", "keyAgreement"}),
    Purpose.CLIENT: frozenset({"digitalSignature", "keyAgreement"}),
}
_NETSCAPE_TYPE = "2.16.840.1.113730.1.1"
_NETSCAPE_BITS: dict[Purpose, int] = {Purpose.SERVER: 0x40, Purpose.CLIENT: 0x80}


def unsuited(certificate: CertificateFacts, purpose: Purpose, is_leaf: bool) -> Unsuited | None:
    """Why a certificate is not good for a purpose, or None where it is.

    In: the certificate, the purpose, whether it is the one that was shown or a CA above it. An extended key usage
    limits CAs as well; a certificate without the extension is limited in nothing.
    Source: OpenSSL crypto/x509/v3_purp.c, `check_purpose_ssl_server` and `check_purpose_ssl_client`. EITHER is what
    the Administrator Guide X15.5 and TechNote 225693 say of the switch that is off: server authentication is enough.
    """
    if purpose is Purpose.EITHER:
        as_client = unsuited(certificate, Purpose.CLIENT, is_leaf)
        return as_client and unsuited(certificate, Purpose.SERVER, is_leaf)
    extended = certificate.extended_key_usage
    if extended is not None and _EXTENDED[purpose].isdisjoint(extended):
        return Unsuited.EXTENDED_KEY_USAGE
    if is_leaf and not _key_may_be_used(certificate, purpose):
        return Unsuited.KEY_USAGE
    return None


def first_unsuited(chain: Sequence[CertificateFacts], purpose: Purpose) -> int | None:
    """The depth of the first certificate of a chain, from the leaf upwards, that is not good for a purpose."""
    found = (depth for depth, one in enumerate(chain) if unsuited(one, purpose, depth == 0))
    return next(found, None)


def _key_may_be_used(certificate: CertificateFacts, purpose: Purpose) -> bool:
    """Whether key usage and Netscape's certificate type, where they are there, allow it."""
    usage = certificate.key_usage
    if usage is not None and _USAGES[purpose].isdisjoint(usage):
        return False
    extensions = parse(certificate).certificate.extensions
    named = (found.value for found in extensions if found.oid.dotted_string == _NETSCAPE_TYPE)
    value = next(named, None)
    if not isinstance(value, x509.UnrecognizedExtension):
        return True
    # A BIT STRING: tag, length, number of unused bits, then the bits.
    return bool((value.value[3:4] or b"\0")[0] & _NETSCAPE_BITS[purpose])
