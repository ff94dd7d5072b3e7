"""What a file is, by its content and never by its name.

`look_at` asks one question after the other; the first that knows the file answers. OpenSSL's reading comes
first: what it takes for a certificate is one, whatever else the file looks like.
"""

import binascii
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from certstore.pki.codes import Code
from certstore.pki.der_kinds import DerKind, is_cut_short, kind_of_beginning, kind_of_der, whole_element
from certstore.pki.pem import MOST_BLOCKS, PemFile, certificate_of_der, read_pem
from certstore.pki.pem_blocks import BASE64_CHARACTERS
from certstore.pki.pkcs7 import certificates_of_pkcs7
from certstore.pki.repair import repair


class FileKind(StrEnum):
    """What the content of a file is."""

    PEM_CERTIFICATE = "pem-certificate"  # at least one certificate that OpenSSL reads
    PEM_CRL = "pem-crl"
    DER_CERTIFICATE = "der-certificate"
    DER_CRL = "der-crl"
    PKCS7_DER = "pkcs7-der"
    PKCS7_PEM = "pkcs7-pem"
    PKCS12 = "pkcs12"
    CERTIFICATE_REQUEST_PEM = "certificate-request-pem"
    CERTIFICATE_REQUEST_DER = "certificate-request-der"
    PRIVATE_KEY = "private-key"
    ENCRYPTED_PRIVATE_KEY = "encrypted-private-key"
    PUBLIC_KEY = "public-key"
    OPENSSH_KEY = "openssh-key"
    OPENSSH_CERTIFICATE = "openssh-certificate"
    PGP = "pgp"
    UTF16 = "utf-16"
    HTML = "html"
    ZIP = "zip"
    WORD = "word"
    PDF = "pdf"
    BARE_BASE64 = "bare-base64"
    DAMAGED_PEM = "damaged-pem"
    EMPTY = "empty"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class FileContent:
    """One file, looked at.

    `code` is None exactly when the file holds a PEM certificate (or, on the trusted CA page, a PEM CRL) that
    OpenSSL reads and no private key. `certificates` and `crls` are DER and hold what could be read *whatever
    the form of the file*: when `code` is None they are what the server reads; otherwise they are what our
    column can explain and hand back as Base-64. `requests` (DER) are what stood in it, in whatever form.
    """

    kind: FileKind
    code: Code | None
    certificates: tuple[bytes, ...]
    crls: tuple[bytes, ...] = ()
    private_keys: int = 0
    facts: tuple[tuple[str, str | int], ...] = ()  # parameters of the code's sentence
    requests: tuple[bytes, ...] = ()


Question = Callable[[bytes], FileContent | None]

_UTF8_MARK = b"\xef\xbb\xbf"
_UTF16_MARKS = ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_ZIP_MARKS = (b"PK\x03\x04", b"PK\x05\x06")
_WORD_PART = b"word/document.xml"  # the names of a zip's parts stand in it uncompressed
_OLE_MARK = bytes.fromhex("d0cf11e0a1b11ae1")  # Word before 2007
_PDF_MARK = b"%PDF-"
_SSH2_MARK = b"---- BEGIN SSH2 "
_PUTTY_MARK = b"PuTTY-User-Key-File-"
_OPENSSH_LINE = re.compile(
    rb"(?:sk-)?(?:ssh-(?:rsa|dss|ed25519|ed448)|ecdsa-sha2-nistp\d{3})"
    rb"(-cert-v01)?(?:@openssh\.com)? AAAA"
)
# Looser than a block: a private key in a file that OpenSSL reads otherwise refuses the file all the same.
_KEY_LINE = re.compile(rb"BEGIN [A-Z0-9 ]{0,24}PRIVATE KEY")
_SHORTEST_BASE64 = 64
_DER_KINDS: dict[DerKind, tuple[FileKind, Code]] = {
    DerKind.CERTIFICATE: (FileKind.DER_CERTIFICATE, Code.FILE_DER_CERTIFICATE),
    DerKind.CRL: (FileKind.DER_CRL, Code.FILE_CRL),
    DerKind.REQUEST: (FileKind.CERTIFICATE_REQUEST_DER, Code.FILE_CERTIFICATE_REQUEST),
    DerKind.PKCS7: (FileKind.PKCS7_DER, Code.FILE_PKCS7_DER),
    DerKind.PKCS12: (FileKind.PKCS12, Code.FILE_PKCS12),
    DerKind.PRIVATE_KEY: (FileKind.PRIVATE_KEY, Code.FILE_PRIVATE_KEY),
    DerKind.ENCRYPTED_PRIVATE_KEY: (FileKind.ENCRYPTED_PRIVATE_KEY, Code.FILE_ENCRYPTED_PRIVATE_KEY),
    DerKind.PUBLIC_KEY: (FileKind.PUBLIC_KEY, Code.FILE_PUBLIC_KEY),
}
_WRAPPED_BY_BASE64 = (
    FileKind.PEM_CERTIFICATE,
    FileKind.PEM_CRL,
    FileKind.DER_CERTIFICATE,
    FileKind.DER_CRL,
    FileKind.PKCS7_DER,
    FileKind.PKCS7_PEM,
)


def look_at(data: bytes) -> FileContent:
    """What the content of a file is, with what can be read of it.

    In: any bytes (the caller limits how many). Out: the kind, the code that names it unless it is a PEM
    certificate, the certificates, CRLs and requests in it. Facts: `certificates`, `crls`, `private_keys` how many
    were read; `unreadable` certificate blocks that were not, `not_looked_at` blocks beyond the cap; `line`
    where damaged text begins, `holds` what stands in a certificate's place (a DerKind). Never raises; takes
    time linear in the length of the bytes.
    Source: this project's decision 3, the content is looked at and OpenSSL reads what is PEM.
    """
    return _first(_QUESTIONS, data) or FileContent(FileKind.UNKNOWN, Code.FILE_UNKNOWN, ())


def _first(questions: Iterable[Question], data: bytes) -> FileContent | None:
    """The first answer."""
    return next((found for ask in questions if (found := ask(data)) is not None), None)


def _empty(data: bytes) -> FileContent | None:
    """Nothing, or white space only."""
    if data.removeprefix(_UTF8_MARK).strip(b" \t\r\n\v\f\0\x1a"):
        return None
    return FileContent(FileKind.EMPTY, Code.FILE_EMPTY, ())


def _pem(data: bytes) -> FileContent | None:
    """PEM blocks that OpenSSL reads."""
    file = read_pem(data)
    keys = max(file.private_keys + file.encrypted_private_keys, len(_KEY_LINE.findall(data)))
    if keys and file.blocks:
        return _with_private_key(file, keys)
    if file.certificates:
        return _content_of(FileKind.PEM_CERTIFICATE, None, file)
    if file.unreadable_certificates:
        return None
    return _other_blocks(file)


def _with_private_key(file: PemFile, keys: int) -> FileContent:
    """A file with a private key in it: refused whole where anything else stands beside the key."""
    beside = file.certificates or file.crls or file.requests or file.pkcs7 or file.unreadable
    kind, code = FileKind.PRIVATE_KEY, Code.FILE_PRIVATE_KEY
    if beside:
        code = Code.FILE_CONTAINS_PRIVATE_KEY
    elif file.openssh_keys:
        kind, code = FileKind.OPENSSH_KEY, Code.FILE_OPENSSH_KEY
    elif file.pgp_blocks:
        kind, code = FileKind.PGP, Code.FILE_PGP
    elif file.encrypted_private_keys and not file.private_keys:
        kind, code = FileKind.ENCRYPTED_PRIVATE_KEY, Code.FILE_ENCRYPTED_PRIVATE_KEY
    # Keys that only our looser reading found count as well.
    return _content_of(kind, code, replace(file, private_keys=keys, encrypted_private_keys=0))


def _other_blocks(file: PemFile) -> FileContent | None:
    """Blocks that are readable and no certificates."""
    if file.crls:
        return _content_of(FileKind.PEM_CRL, Code.FILE_CRL, file)
    if file.pkcs7:
        found: tuple[bytes, ...] = ()
        for content in file.pkcs7:
            found += certificates_of_pkcs7(content, MOST_BLOCKS - len(found))
        return _content_of(FileKind.PKCS7_PEM, Code.FILE_PKCS7_PEM, replace(file, certificates=found))
    if file.requests:
        return _content_of(FileKind.CERTIFICATE_REQUEST_PEM, Code.FILE_CERTIFICATE_REQUEST, file)
    if file.public_keys:
        return _content_of(FileKind.PUBLIC_KEY, Code.FILE_PUBLIC_KEY, file)
    return _content_of(FileKind.PGP, Code.FILE_PGP, file) if file.pgp_blocks else None


def _content_of(kind: FileKind, code: Code | None, file: PemFile) -> FileContent:
    """The content with what was read of it."""
    facts = {
        "certificates": len(file.certificates),
        "crls": len(file.crls),
        "private_keys": file.private_keys + file.encrypted_private_keys,
        "unreadable": len(file.unreadable_certificates),
        "not_looked_at": file.not_looked_at,
    }
    told = tuple((name, count) for name, count in facts.items() if count)
    return FileContent(kind, code, file.certificates, file.crls, facts["private_keys"], told, file.requests)


def _der(data: bytes) -> FileContent | None:
    """DER (or, of PKCS#7 and PKCS#12, BER), told from its tags."""
    kind = kind_of_der(data)
    if kind is None:
        return _cut_der(data) if is_cut_short(data) else None
    named, code = _DER_KINDS[kind]
    if kind is DerKind.CERTIFICATE:
        certificate = certificate_of_der(data)
        if certificate is None:
            return FileContent(named, Code.FILE_UNREADABLE_CERTIFICATE, ())
        return FileContent(named, code, (certificate,))
    if kind is DerKind.CRL:
        return FileContent(named, code, (), (whole_element(data) or data,))
    if kind is DerKind.REQUEST:
        return FileContent(named, code, (), requests=(whole_element(data) or data,))
    if kind is DerKind.PKCS7:
        certificates = certificates_of_pkcs7(data, MOST_BLOCKS)
        return FileContent(named, code, certificates, facts=(("certificates", len(certificates)),))
    is_key = kind in (DerKind.PRIVATE_KEY, DerKind.ENCRYPTED_PRIVATE_KEY)
    return FileContent(named, code, (), private_keys=int(is_key))


def _cut_der(data: bytes) -> FileContent:
    """DER that ends before the length it states."""
    is_certificate = kind_of_beginning(data) is DerKind.CERTIFICATE
    kind = FileKind.DER_CERTIFICATE if is_certificate else FileKind.UNKNOWN
    return FileContent(kind, Code.FILE_TRUNCATED, ())


def _utf16(data: bytes) -> FileContent | None:
    """Text of two bytes a character, with or without its mark; a key in it counts more than that."""
    encoding = _utf16_encoding(data)
    if encoding is None:
        return None
    text = data.decode(encoding, errors="replace").removeprefix("\ufeff")
    inner = _first(_QUESTIONS_OF_TEXT, text.encode("utf-8", errors="replace"))
    return _wrapped(inner, FileKind.UTF16, Code.FILE_UTF16)


def _utf16_encoding(data: bytes) -> str | None:
    """Which of the two it is: by the mark, or because nearly every second byte is zero."""
    for mark, encoding in _UTF16_MARKS:
        if data.startswith(mark):
            return encoding
    sample = data[:256]
    if len(sample) >= 8:
        for start, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
            half, other = sample[start::2], sample[1 - start :: 2]
            if half.count(0) > 0.9 * len(half) and other.count(0) < 0.1 * len(other):
                return encoding
    return None


def _wrapped(inner: FileContent | None, kind: FileKind, code: Code) -> FileContent:
    """A form that a certificate may be packed in, with what is inside; a private key keeps its own name."""
    if inner is None:
        return FileContent(kind, code, ())
    if inner.private_keys:
        return inner
    return FileContent(kind, code, inner.certificates, inner.crls, facts=inner.facts, requests=inner.requests)


def _document(data: bytes) -> FileContent | None:
    """A document or an archive, by the bytes that it starts with."""
    if data.startswith(_ZIP_MARKS):
        is_word = _WORD_PART in data
        kind, code = (FileKind.WORD, Code.FILE_WORD) if is_word else (FileKind.ZIP, Code.FILE_ZIP)
        return FileContent(kind, code, ())
    if data.startswith(_OLE_MARK):
        return FileContent(FileKind.WORD, Code.FILE_WORD, ())
    if _PDF_MARK in data[:1024]:
        return FileContent(FileKind.PDF, Code.FILE_PDF, ())
    start = data[:2048].removeprefix(_UTF8_MARK).lstrip().lower()
    if start.startswith(b"<") and (b"<html" in start or b"<!doctype html" in start):
        return _wrapped(_damaged(data), FileKind.HTML, Code.FILE_HTML)
    return None


def _openssh(data: bytes) -> FileContent | None:
    """A key or a certificate as OpenSSH (or PuTTY) writes it."""
    start = data[:2048].removeprefix(_UTF8_MARK).lstrip()
    found = _OPENSSH_LINE.match(start)
    if found is not None and found[1]:
        return FileContent(FileKind.OPENSSH_CERTIFICATE, Code.FILE_OPENSSH_CERTIFICATE, ())
    if found is not None or start.startswith(_SSH2_MARK):
        return FileContent(FileKind.OPENSSH_KEY, Code.FILE_OPENSSH_KEY, ())
    if start.startswith(_PUTTY_MARK):
        return FileContent(FileKind.OPENSSH_KEY, Code.FILE_OPENSSH_KEY, (), private_keys=1)
    return None


def _damaged(data: bytes) -> FileContent | None:
    """Text that was PEM before something happened to it, with the certificates that can be got back."""
    if b"-----BEGIN PGP " in data:
        return FileContent(FileKind.PGP, Code.FILE_PGP, ())
    repaired = repair(data)
    if repaired is None:
        return None
    file = repaired.file
    keys = file.private_keys + file.encrypted_private_keys
    if keys:
        return _with_private_key(file, keys)
    if not file.certificates and not file.unreadable and (other := _other_blocks(file)):
        return other
    code = repaired.damages[0] if repaired.damages else Code.FILE_UNREADABLE_CERTIFICATE
    content = _content_of(FileKind.DAMAGED_PEM, code, file)
    holds = [("holds", block.holds.value) for block in file.unreadable_certificates if block.holds]
    return replace(content, facts=(*content.facts, ("line", repaired.line), *holds[:1]))


def _bare_base64(data: bytes) -> FileContent | None:
    """Base-64 without the lines round it: of DER, or of a whole PEM file."""
    packed = data.removeprefix(_UTF8_MARK).translate(None, b" \t\r\n")
    if len(packed) < _SHORTEST_BASE64 or packed.translate(None, BASE64_CHARACTERS):
        return None
    text = packed.rstrip(b"=")
    try:
        content = binascii.a2b_base64(text + b"=" * (-len(text) % 4))
    except binascii.Error:
        return None
    inner = _first((_pem, _der), content)
    if inner is None or inner.kind not in _WRAPPED_BY_BASE64:
        return inner
    if inner.code is Code.FILE_TRUNCATED:
        return replace(inner, kind=FileKind.DAMAGED_PEM)
    return _wrapped(inner, FileKind.BARE_BASE64, Code.FILE_BARE_BASE64)


_QUESTIONS: tuple[Question, ...] = (
    _empty,
    _pem,
    _der,
    _utf16,
    _document,
    _openssh,
    _damaged,
    _bare_base64,
)
_QUESTIONS_OF_TEXT: tuple[Question, ...] = (_pem, _damaged, _bare_base64)
