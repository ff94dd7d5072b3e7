"""A catalogue of files that people choose when a certificate in Base-64 is asked for.

Each is built from one certificate and its private key (PEM both). What each one is, is typed by hand: `code`
None means that it is read as a certificate.
"""

import base64
import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, pkcs7, pkcs12

from certstore.pki.codes import Code
from certstore.pki.sniff import FileKind

Build = Callable[[bytes, bytes], bytes]
BEGIN, END = b"-----BEGIN CERTIFICATE-----", b"-----END CERTIFICATE-----"
SOME_DAY = datetime(2026, 11, 23, tzinfo=UTC)
BLANK_PAGE = b"<!DOCTYPE html>\n<html><head><title>Sign in</title></head><body>Sign in first.</body></html>\n"
TEXT_OF_OPENSSL = b"Certificate:\n    Data:\n        Version: 3 (0x2)\n        Serial Number:\n"
BAG_ATTRIBUTES = (
    b"Bag Attributes\n    friendlyName: node\n    localKeyID: 01\nsubject=CN = node\nissuer=CN = CA\n"
)


@dataclass(frozen=True, slots=True)
class OddFile:
    """One file: how it is built, and what it has to be named."""

    name: str
    build: Build
    kind: FileKind
    code: Code | None


def der_of(certificate: bytes) -> bytes:
    """The DER of a PEM certificate."""
    return base64.b64decode(body_of(certificate))


def body_of(certificate: bytes) -> bytes:
    """The Base-64 of a PEM certificate, in one line."""
    return b"".join(certificate.partition(BEGIN)[2].partition(END)[0].split())


def in_lines(certificate: bytes, length: int, prefix: bytes = b"", after_begin: bytes = b"\n") -> bytes:
    """The certificate with Base-64 lines of that length."""
    body = body_of(certificate)
    lines = [prefix + body[at : at + length] for at in range(0, len(body), length)]
    return BEGIN + after_begin + b"\n".join(lines) + b"\n" + END + b"\n"


def as_block(label: bytes, content: bytes) -> bytes:
    """DER in a PEM block of that label."""
    body = base64.encodebytes(content)
    return b"-----BEGIN " + label + b"-----\n" + body + b"-----END " + label + b"-----\n"


def in_every_line(certificate: bytes, prefix: bytes) -> bytes:
    """The certificate with something before each line."""
    return b"".join(prefix + line for line in certificate.splitlines(keepends=True))


def with_dashes(certificate: bytes, dashes: bytes) -> bytes:
    """The certificate with other characters for the five dashes."""
    return certificate.replace(b"-----", dashes)


def load(certificate: bytes, key: bytes):
    """The two as objects."""
    return x509.load_pem_x509_certificate(certificate), serialization.load_pem_private_key(key, None)


def pkcs7_file(certificate: bytes, encoding: Encoding) -> bytes:
    """A PKCS#7 file with the certificate in it."""
    return pkcs7.serialize_certificates([x509.load_pem_x509_certificate(certificate)], encoding)


def pkcs12_file(certificate: bytes, key: bytes) -> bytes:
    """A PKCS#12 file with certificate and key."""
    loaded, private = load(certificate, key)
    hidden = serialization.BestAvailableEncryption(b"secret")
    return pkcs12.serialize_key_and_certificates(b"node", private, loaded, None, hidden)


def request(certificate: bytes, key: bytes, encoding: Encoding) -> bytes:
    """A signing request for the certificate's subject."""
    loaded, private = load(certificate, key)
    builder = x509.CertificateSigningRequestBuilder().subject_name(loaded.subject)
    return builder.sign(private, hashes.SHA256()).public_bytes(encoding)


def crl(certificate: bytes, key: bytes, encoding: Encoding) -> bytes:
    """An empty revocation list of the certificate's subject."""
    loaded, private = load(certificate, key)
    builder = x509.CertificateRevocationListBuilder(loaded.subject, SOME_DAY, SOME_DAY)
    return builder.sign(private, hashes.SHA256()).public_bytes(encoding)


def key_as(key: bytes, encoding: Encoding, form: serialization.PrivateFormat, secret: bytes = b"") -> bytes:
    """The private key in another form."""
    private = serialization.load_pem_private_key(key, None)
    hidden = serialization.BestAvailableEncryption(secret) if secret else serialization.NoEncryption()
    return private.private_bytes(encoding, form, hidden)


def public_key(certificate: bytes, encoding: Encoding, form: PublicFormat) -> bytes:
    """The certificate's public key."""
    return x509.load_pem_x509_certificate(certificate).public_key().public_bytes(encoding, form)


def zipped(name: str, content: bytes) -> bytes:
    """A zip with one file in it."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return out.getvalue()


def without_line(certificate: bytes, number: int) -> bytes:
    """The certificate without one of its lines."""
    lines = certificate.splitlines(keepends=True)
    return b"".join(lines[:number] + lines[number + 1 :])


def harmless(name: str, build: Build) -> OddFile:
    """A file that is read as a certificate, odd as it looks."""
    return OddFile(name, build, FileKind.PEM_CERTIFICATE, None)


def damaged(name: str, code: Code, build: Build) -> OddFile:
    """A file that was a PEM certificate once."""
    return OddFile(name, build, FileKind.DAMAGED_PEM, code)


PKCS8 = serialization.PrivateFormat.PKCS8
TRADITIONAL = serialization.PrivateFormat.TraditionalOpenSSL
OPENSSH = serialization.PrivateFormat.OpenSSH
SPKI = PublicFormat.SubjectPublicKeyInfo

READ: tuple[OddFile, ...] = (
    harmless("as it should be", lambda c, k: c),
    harmless("line ends of Windows", lambda c, k: c.replace(b"\n", b"\r\n")),
    harmless("no line end after the last line", lambda c, k: c.rstrip()),
    harmless("byte order mark", lambda c, k: b"\xef\xbb\xbf" + c),
    harmless("two files with byte order marks joined", lambda c, k: 2 * (b"\xef\xbb\xbf" + c)),
    harmless("text before and after", lambda c, k: b"Dear all,\nplease install:\n\n" + c + b"\nRegards\n"),
    harmless("bag attributes", lambda c, k: BAG_ATTRIBUTES + c),
    harmless("decoded text before it", lambda c, k: TEXT_OF_OPENSSL + c),
    harmless("white space at the ends of lines", lambda c, k: c.replace(b"\n", b" \t\n")),
    harmless("no-break space at the ends of lines", lambda c, k: c.replace(b"\n", b"\xc2\xa0\n")),
    harmless("blank line after the first line", lambda c, k: in_lines(c, 64, after_begin=b"\n\n")),
    harmless("Base-64 indented, its outer lines not", lambda c, k: in_lines(c, 64, prefix=b"    ")),
    harmless("Base-64 in lines of 76", lambda c, k: in_lines(c, 76)),
    harmless("Base-64 in lines of 20", lambda c, k: in_lines(c, 20)),
    harmless("Base-64 in lines of 254", lambda c, k: in_lines(c, 254)),
    harmless("Base-64 in one line", lambda c, k: in_lines(c, 100_000)),
    harmless("old label", lambda c, k: c.replace(b"CERTIFICATE", b"X509 CERTIFICATE")),
    harmless(
        "label of OpenSSL's trusted form", lambda c, k: c.replace(b"CERTIFICATE", b"TRUSTED CERTIFICATE")
    ),
    harmless("the same twice", lambda c, k: c + c),
    harmless("with a CRL", lambda c, k: crl(c, k, Encoding.PEM) + c),
    harmless("with its request", lambda c, k: request(c, k, Encoding.PEM) + c),
    harmless("with a PKCS#7 block", lambda c, k: pkcs7_file(c, Encoding.PEM) + c),
    harmless("after a block that nobody can read", lambda c, k: as_block(b"CERTIFICATE", b"no") + c),
    harmless("Ctrl-Z at its end", lambda c, k: c + b"\x1a"),
)

OTHER: tuple[OddFile, ...] = (
    OddFile("nothing", lambda c, k: b"", FileKind.EMPTY, Code.FILE_EMPTY),
    OddFile("white space", lambda c, k: b"\r\n  \t\r\n", FileKind.EMPTY, Code.FILE_EMPTY),
    OddFile("DER", lambda c, k: der_of(c), FileKind.DER_CERTIFICATE, Code.FILE_DER_CERTIFICATE),
    OddFile("DER cut short", lambda c, k: der_of(c)[:-9], FileKind.DER_CERTIFICATE, Code.FILE_TRUNCATED),
    OddFile(
        "PKCS#7 in DER",
        lambda c, k: pkcs7_file(c, Encoding.DER),
        FileKind.PKCS7_DER,
        Code.FILE_PKCS7_DER,
    ),
    OddFile(
        "PKCS#7 in PEM", lambda c, k: pkcs7_file(c, Encoding.PEM), FileKind.PKCS7_PEM, Code.FILE_PKCS7_PEM
    ),
    OddFile("PKCS#12", lambda c, k: pkcs12_file(c, k), FileKind.PKCS12, Code.FILE_PKCS12),
    OddFile(
        "PKCS#12 in bare Base-64",
        lambda c, k: base64.encodebytes(pkcs12_file(c, k)),
        FileKind.PKCS12,
        Code.FILE_PKCS12,
    ),
    OddFile(
        "request",
        lambda c, k: request(c, k, Encoding.PEM),
        FileKind.CERTIFICATE_REQUEST_PEM,
        Code.FILE_CERTIFICATE_REQUEST,
    ),
    OddFile(
        "request with Microsoft's label",
        lambda c, k: request(c, k, Encoding.PEM).replace(b"CERTIFICATE REQ", b"NEW CERTIFICATE REQ"),
        FileKind.CERTIFICATE_REQUEST_PEM,
        Code.FILE_CERTIFICATE_REQUEST,
    ),
    OddFile(
        "request in DER",
        lambda c, k: request(c, k, Encoding.DER),
        FileKind.CERTIFICATE_REQUEST_DER,
        Code.FILE_CERTIFICATE_REQUEST,
    ),
    OddFile(
        "request quoted in a mail",
        lambda c, k: in_every_line(request(c, k, Encoding.PEM), b"> "),
        FileKind.CERTIFICATE_REQUEST_PEM,
        Code.FILE_CERTIFICATE_REQUEST,
    ),
    OddFile("CRL", lambda c, k: crl(c, k, Encoding.PEM), FileKind.PEM_CRL, Code.FILE_CRL),
    OddFile("CRL in DER", lambda c, k: crl(c, k, Encoding.DER), FileKind.DER_CRL, Code.FILE_CRL),
    OddFile("private key", lambda c, k: k, FileKind.PRIVATE_KEY, Code.FILE_PRIVATE_KEY),
    OddFile(
        "private key, old form",
        lambda c, k: key_as(k, Encoding.PEM, TRADITIONAL),
        FileKind.PRIVATE_KEY,
        Code.FILE_PRIVATE_KEY,
    ),
    OddFile(
        "private key in DER",
        lambda c, k: key_as(k, Encoding.DER, PKCS8),
        FileKind.PRIVATE_KEY,
        Code.FILE_PRIVATE_KEY,
    ),
    OddFile(
        "private key in DER, old form",
        lambda c, k: key_as(k, Encoding.DER, TRADITIONAL),
        FileKind.PRIVATE_KEY,
        Code.FILE_PRIVATE_KEY,
    ),
    OddFile(
        "private key, indented",
        lambda c, k: in_every_line(k, b"  "),
        FileKind.PRIVATE_KEY,
        Code.FILE_PRIVATE_KEY,
    ),
    OddFile(
        "encrypted private key",
        lambda c, k: key_as(k, Encoding.PEM, PKCS8, b"secret"),
        FileKind.ENCRYPTED_PRIVATE_KEY,
        Code.FILE_ENCRYPTED_PRIVATE_KEY,
    ),
    OddFile(
        "encrypted private key, old form",
        lambda c, k: key_as(k, Encoding.PEM, TRADITIONAL, b"secret"),
        FileKind.ENCRYPTED_PRIVATE_KEY,
        Code.FILE_ENCRYPTED_PRIVATE_KEY,
    ),
    OddFile(
        "encrypted private key in DER",
        lambda c, k: key_as(k, Encoding.DER, PKCS8, b"secret"),
        FileKind.ENCRYPTED_PRIVATE_KEY,
        Code.FILE_ENCRYPTED_PRIVATE_KEY,
    ),
    OddFile("certificate and key", lambda c, k: c + k, FileKind.PRIVATE_KEY, Code.FILE_CONTAINS_PRIVATE_KEY),
    OddFile("key and certificate", lambda c, k: k + c, FileKind.PRIVATE_KEY, Code.FILE_CONTAINS_PRIVATE_KEY),
    OddFile(
        "certificate and encrypted key",
        lambda c, k: c + key_as(k, Encoding.PEM, PKCS8, b"secret"),
        FileKind.PRIVATE_KEY,
        Code.FILE_CONTAINS_PRIVATE_KEY,
    ),
    OddFile(
        "certificate and indented key",
        lambda c, k: c + in_every_line(k, b"  "),
        FileKind.PRIVATE_KEY,
        Code.FILE_CONTAINS_PRIVATE_KEY,
    ),
    OddFile(
        "certificate and key, both quoted",
        lambda c, k: in_every_line(c + k, b"> "),
        FileKind.PRIVATE_KEY,
        Code.FILE_CONTAINS_PRIVATE_KEY,
    ),
    OddFile(
        "certificate and key in UTF-16",
        lambda c, k: (c + k).decode().encode("utf-16"),
        FileKind.PRIVATE_KEY,
        Code.FILE_CONTAINS_PRIVATE_KEY,
    ),
    OddFile(
        "public key",
        lambda c, k: public_key(c, Encoding.PEM, SPKI),
        FileKind.PUBLIC_KEY,
        Code.FILE_PUBLIC_KEY,
    ),
    OddFile(
        "public key in DER",
        lambda c, k: public_key(c, Encoding.DER, SPKI),
        FileKind.PUBLIC_KEY,
        Code.FILE_PUBLIC_KEY,
    ),
    OddFile(
        "OpenSSH private key",
        lambda c, k: key_as(k, Encoding.PEM, OPENSSH),
        FileKind.OPENSSH_KEY,
        Code.FILE_OPENSSH_KEY,
    ),
    OddFile(
        "OpenSSH public key",
        lambda c, k: public_key(c, Encoding.OpenSSH, PublicFormat.OpenSSH) + b" me@host\n",
        FileKind.OPENSSH_KEY,
        Code.FILE_OPENSSH_KEY,
    ),
    OddFile(
        "OpenSSH certificate",
        lambda c, k: b"ssh-rsa-cert-v01@openssh.com AAAAHHNzaC1yc2EtY2VydC12MDFAb3BlbnNzaC5jb20= me\n",
        FileKind.OPENSSH_CERTIFICATE,
        Code.FILE_OPENSSH_CERTIFICATE,
    ),
    OddFile(
        "PuTTY key",
        lambda c, k: b"PuTTY-User-Key-File-3: ssh-rsa\nEncryption: none\n",
        FileKind.OPENSSH_KEY,
        Code.FILE_OPENSSH_KEY,
    ),
    OddFile(
        "PGP public key",
        lambda c, k: (
            b"-----BEGIN PGP PUBLIC KEY BLOCK-----\n\nmQGi\n=abcd\n-----END PGP PUBLIC KEY BLOCK-----\n"
        ),
        FileKind.PGP,
        Code.FILE_PGP,
    ),
    OddFile(
        "UTF-16 with its mark", lambda c, k: c.decode().encode("utf-16"), FileKind.UTF16, Code.FILE_UTF16
    ),
    OddFile(
        "UTF-16 without its mark",
        lambda c, k: c.decode().encode("utf-16-le"),
        FileKind.UTF16,
        Code.FILE_UTF16,
    ),
    OddFile(
        "UTF-16, big end first", lambda c, k: c.decode().encode("utf-16-be"), FileKind.UTF16, Code.FILE_UTF16
    ),
    OddFile("sign-in page", lambda c, k: BLANK_PAGE, FileKind.HTML, Code.FILE_HTML),
    OddFile(
        "page with the certificate in it",
        lambda c, k: BLANK_PAGE.replace(b"Sign in first.", c.strip().replace(b"\n", b"<br>")),
        FileKind.HTML,
        Code.FILE_HTML,
    ),
    OddFile("zip", lambda c, k: zipped("node.pem", c), FileKind.ZIP, Code.FILE_ZIP),
    OddFile("Word document", lambda c, k: zipped("word/document.xml", c), FileKind.WORD, Code.FILE_WORD),
    OddFile(
        "Word document before 2007",
        lambda c, k: bytes.fromhex("d0cf11e0a1b11ae1") + bytes(504),
        FileKind.WORD,
        Code.FILE_WORD,
    ),
    OddFile("PDF", lambda c, k: b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n", FileKind.PDF, Code.FILE_PDF),
    OddFile("bare Base-64", lambda c, k: body_of(c), FileKind.BARE_BASE64, Code.FILE_BARE_BASE64),
    OddFile(
        "bare Base-64 in lines of Windows",
        lambda c, k: base64.encodebytes(der_of(c)).replace(b"\n", b"\r\n"),
        FileKind.BARE_BASE64,
        Code.FILE_BARE_BASE64,
    ),
    OddFile(
        "bare Base-64 of PKCS#7",
        lambda c, k: base64.b64encode(pkcs7_file(c, Encoding.DER)),
        FileKind.BARE_BASE64,
        Code.FILE_BARE_BASE64,
    ),
    OddFile(
        "bare Base-64 of the PEM file",
        lambda c, k: base64.b64encode(c),
        FileKind.BARE_BASE64,
        Code.FILE_BARE_BASE64,
    ),
    OddFile(
        "text", lambda c, k: b"Please find the certificate attached.\n", FileKind.UNKNOWN, Code.FILE_UNKNOWN
    ),
    OddFile("noise", lambda c, k: bytes(range(256)), FileKind.UNKNOWN, Code.FILE_UNKNOWN),
)

DAMAGED: tuple[OddFile, ...] = (
    damaged("em dashes", Code.FILE_LONG_DASHES, lambda c, k: with_dashes(c, "—-—".encode())),
    damaged("en dashes", Code.FILE_LONG_DASHES, lambda c, k: with_dashes(c, "–––––".encode())),
    damaged("em dashes of Windows-1252", Code.FILE_LONG_DASHES, lambda c, k: with_dashes(c, b"\x97\x97-")),
    damaged("quoted in a mail", Code.FILE_QUOTED, lambda c, k: in_every_line(c, b"> ")),
    damaged("quoted twice", Code.FILE_QUOTED, lambda c, k: in_every_line(c, b"> > ")),
    damaged(r"\n for line ends", Code.FILE_LITERAL_NEWLINES, lambda c, k: c.replace(b"\n", b"\\n")),
    damaged(
        "a string of JSON",
        Code.FILE_LITERAL_NEWLINES,
        lambda c, k: b'{"certificate": "' + c.replace(b"\n", b"\\r\\n") + b'"}',
    ),
    damaged("<br> for line ends", Code.FILE_BR_TAGS, lambda c, k: c.replace(b"\n", b"<br />\n")),
    damaged("indented", Code.FILE_INDENTED, lambda c, k: in_every_line(c, b"    ")),
    damaged("first line indented", Code.FILE_INDENTED, lambda c, k: b"\t" + c),
    damaged(
        "no-break spaces in front",
        Code.FILE_NO_BREAK_SPACES,
        lambda c, k: in_every_line(c, "\u00a0".encode()),
    ),
    damaged(
        "a no-break space between the words",
        Code.FILE_NO_BREAK_SPACES,
        lambda c, k: c.replace(b"BEGIN ", "BEGIN\u00a0".encode()),
    ),
    damaged("line ends of an old Mac", Code.FILE_HEADER_LINES, lambda c, k: c.replace(b"\n", b"\r")),
    damaged("all in one line", Code.FILE_HEADER_LINES, lambda c, k: c.replace(b"\n", b" ")),
    damaged("first line joined", Code.FILE_HEADER_LINES, lambda c, k: c.replace(BEGIN + b"\n", BEGIN)),
    damaged("last line joined", Code.FILE_HEADER_LINES, lambda c, k: c.replace(b"\n" + END, END)),
    damaged("four dashes", Code.FILE_HEADER_LINES, lambda c, k: with_dashes(c, b"----")),
    damaged("small letters", Code.FILE_HEADER_LINES, lambda c, k: c.replace(b"CERTIFICATE", b"certificate")),
    damaged("two labels", Code.FILE_HEADER_LINES, lambda c, k: c.replace(b"END ", b"END X509 ")),
    damaged("no first line", Code.FILE_HEADER_LINES, lambda c, k: without_line(c, 0)),
    damaged("no last line", Code.FILE_TRUNCATED, lambda c, k: c.partition(END)[0]),
    damaged("cut in the middle", Code.FILE_TRUNCATED, lambda c, k: c[: len(c) // 2]),
    damaged("a line is missing", Code.FILE_TRUNCATED, lambda c, k: without_line(c, 3)),
    damaged("a character is missing", Code.FILE_DAMAGED_BASE64, lambda c, k: c[:200] + c[201:]),
    damaged("a strange character", Code.FILE_DAMAGED_BASE64, lambda c, k: c[:200] + b"*" + c[201:]),
    damaged("every other line blank", Code.FILE_DAMAGED_BASE64, lambda c, k: c.replace(b"\n", b"\n\n")),
    damaged("cut bare Base-64", Code.FILE_TRUNCATED, lambda c, k: body_of(c)[: len(body_of(c)) // 8 * 4]),
    damaged(
        "another thing under its label",
        Code.FILE_UNREADABLE_CERTIFICATE,
        lambda c, k: as_block(b"CERTIFICATE", pkcs7_file(c, Encoding.DER)),
    ),
    damaged(
        "request under its label",
        Code.FILE_UNREADABLE_CERTIFICATE,
        lambda c, k: as_block(b"CERTIFICATE", request(c, k, Encoding.DER)),
    ),
    damaged("empty block", Code.FILE_UNREADABLE_CERTIFICATE, lambda c, k: BEGIN + b"\n" + END + b"\n"),
)

ODD_FILES: tuple[OddFile, ...] = (*READ, *OTHER, *DAMAGED)
