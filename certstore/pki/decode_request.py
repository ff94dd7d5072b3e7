"""The text behind "Show (decoded)" of a signing request, in the layout of OpenSSL 3.0.

pyOpenSSL has no printer of requests any more, so this one prints what `openssl req -text` prints; a test holds the two
together.
"""

from collections.abc import Iterator

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from certstore.pki import der, names, public_keys
from certstore.pki.csr import XMPP_ADDRESS
from certstore.pki.decode import MOST_NAMES, SIGNATURE_ALGORITHMS, bounded, signature_lines
from certstore.pki.extensions import general_name
from certstore.pki.facts import Undecodable, guarded
from certstore.pki.forge.shape import KEY_USAGES
from certstore.pki.frame import cut_request
from certstore.pki.requests import LARGEST_REQUEST
from certstore.pki.server_certificate import USAGE_NAMES

# RFC 5280's names of the bits, and OpenSSL's words.
KEY_USAGE_WORDS = {
    "digitalSignature": "Digital Signature",
    "nonRepudiation": "Non Repudiation",
    "keyEncipherment": "Key Encipherment",
    "dataEncipherment": "Data Encipherment",
    "keyAgreement": "Key Agreement",
    "keyCertSign": "Certificate Sign",
    "cRLSign": "CRL Sign",
}
# A curve by its key size: OpenSSL's name, NIST's name.
CURVES: dict[int, tuple[str, str]] = {
    256: ("prime256v1", "P-256"),
    384: ("secp384r1", "P-384"),
    521: ("secp521r1", "P-521"),
}
_OCTETS_A_LINE = 15
_DEEP = " " * 20


def decoded_request(data: bytes) -> str:
    """The text of "Show (decoded)" of a request.

    In: its DER. Out: lines in which every character can be seen, at most 64 KiB, with the first 100 alternative
    names; "" for what is no request. Never raises.
    """
    try:
        return guarded(_decoded, data, LARGEST_REQUEST)
    except Undecodable:
        return ""


def _decoded(data: bytes) -> str:
    """The lines of one request."""
    frame = cut_request(data)
    request = x509.load_der_x509_csr(frame.twin)
    algorithm = request.signature_algorithm_oid
    return bounded(
        [
            "Certificate Request:",
            "    Data:",
            "        Version: 1 (0x0)",
            f"        Subject: {names.decoded_name(names.read_name(frame.subject))}",
            "        Subject Public Key Info:",
            *_public_key(frame.public_key, request),
            "        Attributes:",
            *(_extensions(request) if len(request.extensions) else ("            (none)",)),
            f"    Signature Algorithm: {SIGNATURE_ALGORITHMS.get(algorithm, algorithm.dotted_string)}",
            "    Signature Value:",
            *signature_lines(request.signature),
        ]
    )


def _public_key(info: bytes, request: x509.CertificateSigningRequest) -> Iterator[str]:
    """The public key: the numbers of an RSA or ECDSA key, of another kind its bytes."""
    key = public_keys.load(request)
    bits = f"                Public-Key: ({public_keys.bits_of_info(info)} bit)"
    if isinstance(key, rsa.RSAPublicKey):
        numbers = key.public_numbers()
        octets = numbers.n.to_bytes(numbers.n.bit_length() // 8 + 1)
        yield from ("            Public Key Algorithm: rsaEncryption", bits, "                Modulus:")
        yield from _octets(octets)
        yield f"                Exponent: {numbers.e} ({numbers.e:#x})"
    elif isinstance(key, ec.EllipticCurvePublicKey):
        yield from ("            Public Key Algorithm: id-ecPublicKey", bits, "                pub:")
        yield from _octets(key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint))
        name, nist = CURVES.get(key.key_size, (key.curve.name, ""))
        yield f"                ASN1 OID: {name}"
        yield from [f"                NIST CURVE: {nist}"] * bool(nist)
    else:
        yield f"            Public Key Algorithm: {public_keys.algorithm_of(info)}"
        yield from _octets(info)


def _octets(octets: bytes) -> Iterator[str]:
    """Octets in lines of fifteen."""
    for at in range(0, len(octets), _OCTETS_A_LINE):
        last = at + _OCTETS_A_LINE >= len(octets)
        yield f"{_DEEP}{octets[at : at + _OCTETS_A_LINE].hex(':')}{'' if last else ':'}"


def _extensions(request: x509.CertificateSigningRequest) -> Iterator[str]:
    """The extensions that are asked for."""
    yield "            Requested Extensions:"
    for extension in request.extensions:
        heading, text = _extension(extension.value)
        yield f"                {heading}: {'critical' if extension.critical else ''}"
        yield f"{_DEEP}{text}"


def _extension(value: x509.ExtensionType) -> tuple[str, str]:
    """What an extension is called, and what it says."""
    if isinstance(value, x509.SubjectAlternativeName):
        listed = [_alternative_name(name) for name in list(value)[:MOST_NAMES]]
        more = len(value) - len(listed)
        return "X509v3 Subject Alternative Name", ", ".join(listed) + (f", and {more} more" if more else "")
    if isinstance(value, x509.ExtendedKeyUsage):
        usages = (USAGE_NAMES.get(oid.dotted_string, oid.dotted_string) for oid in value)
        return "X509v3 Extended Key Usage", ", ".join(usages)
    if isinstance(value, x509.KeyUsage):
        asked = (word for name, word in KEY_USAGE_WORDS.items() if getattr(value, KEY_USAGES[name]))
        return "X509v3 Key Usage", ", ".join(asked)
    if isinstance(value, x509.BasicConstraints):
        return "X509v3 Basic Constraints", f"CA:{'TRUE' if value.ca else 'FALSE'}"
    return value.oid.dotted_string, value.public_bytes()[:64].hex(":").upper()


def _alternative_name(name: x509.GeneralName) -> str:
    """One alternative name as OpenSSL prints it; an XMPP address with its text."""
    if isinstance(name, x509.OtherName) and name.type_id == XMPP_ADDRESS:
        text = der.read(name.value).body().decode(errors="backslashreplace")
        return f"othername: XmppAddr::{names.visible(text)}"
    return general_name(name)
