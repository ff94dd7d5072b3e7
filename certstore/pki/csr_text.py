"""A signing request out of the text of "Show (decoded)", where a real server's PEM file is not at hand.

The text has everything that a request is made of but the types of its strings. So the request is written anew: where
the signature in the text verifies, it is the server's own to the byte; where it does not, names and key still are.
"""

import re
from collections.abc import Iterator
from ipaddress import ip_address

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from certstore.pki import der, names
from certstore.pki.csr import XMPP_ADDRESS
from certstore.pki.decode_request import CURVES, KEY_USAGE_WORDS
from certstore.pki.facts import Undecodable
from certstore.pki.forge.shape import key_usage_of
from certstore.pki.requests import RequestFacts, decode_request
from certstore.pki.server_certificate import USAGE_NAMES

MOST_CHARACTERS = 64 * 1024
_HEADING = "Certificate Request:"
_HEX = re.compile(r"^(?:[0-9a-f]{2}:?)+$", re.IGNORECASE)
_ATTRIBUTE = re.compile(r'\s*([A-Za-z0-9.]+) ?= ?("(?:[^"\\]|\\.)*"|[^,]*)(?:,|$)')
_ESCAPED = re.compile(r"\\([0-9A-Fa-f]{2})|\\(.)")
_OIDS_BY_WORD = {word: oid for oid, word in names.WORDS.items()}
_USAGES_BY_WORD = {word: oid for oid, word in USAGE_NAMES.items()}
_UTF8, _PRINTABLE = 0x0C, 0x13
_BIT_STRING, _OCTET_STRING, _ATTRIBUTES = 0x03, 0x04, 0xA0
_TRUE = bytes.fromhex("0101ff")
_EXTENSION_REQUEST = bytes.fromhex("06092a864886f70d01090e")
_SAN, _EKU, _USAGE, _BASIC = (bytes.fromhex(f"0603551d{last}") for last in ("11", "25", "0f", "13"))
_RSA_DIGESTS = {"sha1": "05", "sha256": "0b", "sha384": "0c", "sha512": "0d"}
_ECDSA_DIGESTS = {"SHA256": "02", "SHA384": "03", "SHA512": "04"}
_SIGNED_WITH = {
    **{
        f"{digest}WithRSAEncryption": bytes.fromhex(f"300d06092a864886f70d0101{last}0500")
        for digest, last in _RSA_DIGESTS.items()
    },
    **{
        f"ecdsa-with-{digest}": bytes.fromhex(f"300a06082a8648ce3d0403{last}")
        for digest, last in _ECDSA_DIGESTS.items()
    },
}


class _NoRequest(ValueError):
    """The text does not say enough."""


def request_in_text(text: str) -> RequestFacts | None:
    """The request that a text of "Show (decoded)" is of.

    In: any text of at most MOST_CHARACTERS. Out: the request, with `signature_is_valid` telling whether it is the
    server's own to the byte; None where the text is of no request. Never raises.
    """
    if _HEADING not in text or len(text) > MOST_CHARACTERS:
        return None
    lines = [line.strip() for line in text.partition(_HEADING)[2].splitlines()]
    try:
        found = [decode_request(one) for one in _written(lines)]
    except (ValueError, TypeError, UnsupportedAlgorithm, Undecodable):
        return None
    return next((one for one in found if one.signature_is_valid), found[0])


def _written(lines: list[str]) -> Iterator[bytes]:
    """The request as DER, once with each type of strings that a name usually has."""
    subject = _subject(_after(lines, "Subject:"))
    info, extensions = _public_key(lines), b"".join(_extensions(lines))
    asked = der.write(
        der.SEQUENCE, _EXTENSION_REQUEST + der.write(der.SET, der.write(der.SEQUENCE, extensions))
    )
    attributes = der.write(_ATTRIBUTES, asked if extensions else b"")
    algorithm = _SIGNED_WITH.get(
        _after(lines, "Signature Algorithm:"), _SIGNED_WITH["sha256WithRSAEncryption"]
    )
    signature = _hex_after(lines, "Signature Value:") or _hex_after(lines, "Signature Algorithm:")
    for name in (subject, _printable(subject)):
        signed = der.write(der.SEQUENCE, bytes.fromhex("020100") + name + info + attributes)
        yield der.write(der.SEQUENCE, signed + algorithm + der.write(_BIT_STRING, b"\0" + signature))


def _after(lines: list[str], label: str) -> str:
    """What stands behind a label on its line; "" where there is no such line."""
    return next((line.removeprefix(label).strip() for line in lines if line.startswith(label)), "")


def _hex_after(lines: list[str], label: str) -> bytes:
    """The octets in the lines below a label."""
    start = next((number for number, line in enumerate(lines) if line.startswith(label)), len(lines))
    octets = ""
    for line in lines[start + 1 :]:
        if not _HEX.fullmatch(line):
            break
        octets += line
    return bytes.fromhex(octets.replace(":", ""))


def _subject(text: str) -> bytes:
    """The subject as DER: each attribute in a set of its own."""
    parts, at = [], 0
    while at < len(text):
        match = _ATTRIBUTE.match(text, at)
        if match is None or match.end() == at:
            raise _NoRequest
        at = match.end()
        word = match.group(1)
        oid = x509.ObjectIdentifier(_OIDS_BY_WORD.get(word, word))
        parts.append(x509.NameAttribute(oid, _unescaped(match.group(2).strip())))
    return x509.Name(parts).public_bytes()


def _unescaped(text: str) -> str:
    r"""A value without OpenSSL's quotes, `\C3\96` as the letter it is."""
    if text.startswith('"') and text.endswith('"') and len(text) > 1:
        text = text[1:-1]
    octets, at = b"", 0
    for match in _ESCAPED.finditer(text):
        octets += text[at : match.start()].encode()
        octets += bytes.fromhex(match.group(1)) if match.group(1) else match.group(2).encode()
        at = match.end()
    return (octets + text[at:].encode()).decode()


def _printable(name: bytes) -> bytes:
    """The same name with PrintableStrings, as older tools write them."""
    sets = []
    for attribute in names.read_name(name):
        tag = _PRINTABLE if attribute.tag == _UTF8 and attribute.value.isascii() else attribute.tag
        pair = der.write(der.SEQUENCE, attribute.oid + der.write(tag, attribute.value))
        sets.append(der.write(der.SET, pair))
    return der.write(der.SEQUENCE, b"".join(sets))


def _public_key(lines: list[str]) -> bytes:
    """The SubjectPublicKeyInfo, from the numbers in the text."""
    key: rsa.RSAPublicKey | ec.EllipticCurvePublicKey
    if point := _hex_after(lines, "pub:"):
        curves: dict[str, ec.EllipticCurve] = {
            CURVES[256][0]: ec.SECP256R1(),
            CURVES[384][0]: ec.SECP384R1(),
            CURVES[521][0]: ec.SECP521R1(),
        }
        curve = curves.get(_after(lines, "ASN1 OID:"))
        if curve is None:
            raise _NoRequest
        key = ec.EllipticCurvePublicKey.from_encoded_point(curve, point)
    else:
        modulus = _hex_after(lines, "Modulus:")
        exponent = _after(lines, "Exponent:").partition(" ")[0]
        if not modulus or not exponent.isascii() or not exponent.isdigit() or len(exponent) > 10:
            raise _NoRequest
        key = rsa.RSAPublicNumbers(int(exponent), int.from_bytes(modulus)).public_key()
    return key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


def _extensions(lines: list[str]) -> Iterator[bytes]:
    """The extensions that the text names, as DER, in its order; one that is not known here is left out."""
    for number, line in enumerate(lines[:-1]):
        heading, _, critical = line.partition(": ")
        oid, value = _extension(heading.rstrip(":"), lines[number + 1])
        if value is not None:
            flag = _TRUE if critical.strip() == "critical" else b""
            octets = der.write(_OCTET_STRING, value.public_bytes())
            yield der.write(der.SEQUENCE, oid + flag + octets)


def _extension(heading: str, text: str) -> tuple[bytes, x509.ExtensionType | None]:
    """One extension by its heading and the line below it."""
    listed = [one.strip() for one in text.split(", ") if one.strip()]
    if heading == "X509v3 Subject Alternative Name":
        return _SAN, x509.SubjectAlternativeName([_general_name(one) for one in listed])
    if heading == "X509v3 Extended Key Usage":
        usages = [x509.ObjectIdentifier(_USAGES_BY_WORD.get(one, one)) for one in listed]
        return _EKU, x509.ExtendedKeyUsage(usages)
    if heading == "X509v3 Key Usage":
        words = {word: name for name, word in KEY_USAGE_WORDS.items()}
        return _USAGE, key_usage_of([words[one] for one in listed if one in words])
    if heading == "X509v3 Basic Constraints" and text.startswith("CA:"):
        return _BASIC, x509.BasicConstraints(ca=text.startswith("CA:TRUE"), path_length=None)
    return b"", None


def _general_name(text: str) -> x509.GeneralName:
    """One alternative name as OpenSSL prints it."""
    kind, _, value = text.partition(":")
    if kind == "DNS":
        return x509.DNSName(value)
    if kind == "IP Address":
        return x509.IPAddress(ip_address(value))
    if kind == "email":
        return x509.RFC822Name(value)
    if kind == "URI":
        return x509.UniformResourceIdentifier(value)
    if kind == "othername" and value.strip().startswith("XmppAddr::"):
        address = value.strip().removeprefix("XmppAddr::")
        return x509.OtherName(XMPP_ADDRESS, der.write(_UTF8, address.encode()))
    raise _NoRequest
