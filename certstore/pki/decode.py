"""The texts behind "Show (decoded)" and "Show all (PEM file)"."""

import base64
from collections.abc import Iterable, Iterator
from datetime import datetime

from cryptography import x509
from cryptography.x509.oid import ExtensionOID, SignatureAlgorithmOID
from OpenSSL import crypto

from certstore.pki import der, names
from certstore.pki.extensions import authority_key_id, general_name
from certstore.pki.facts import (
    LARGEST_CERTIFICATE,
    LARGEST_CRL,
    CertificateFacts,
    CrlFacts,
    Undecodable,
    guarded,
)
from certstore.pki.frame import Frame, cut_certificate, cut_crl, serial_text

MOST_NAMES = 100
_COLUMNS = 64  # of Base-64 in PEM
_LONGEST_TEXT = 64 * 1024  # characters
_SAN_HEADING = "X509v3 Subject Alternative Name:"
_WITH_NAMES = frozenset(
    {
        ExtensionOID.SUBJECT_ALTERNATIVE_NAME,
        ExtensionOID.ISSUER_ALTERNATIVE_NAME,
        ExtensionOID.AUTHORITY_INFORMATION_ACCESS,
        ExtensionOID.SUBJECT_INFORMATION_ACCESS,
    }
)
# The tags of e-mail addresses, DNS names and URIs, and of strings inside other kinds of names.
_TEXTS = frozenset({0x81, 0x82, 0x86, 0x0C, 0x16})
_LINE_ENDS_TO_DOTS = bytes.maketrans(b"\r\n", b"..")
_MOST_ENTRIES = 100
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
SIGNATURE_ALGORITHMS = {
    SignatureAlgorithmOID.RSA_WITH_MD5: "md5WithRSAEncryption",
    SignatureAlgorithmOID.RSA_WITH_SHA1: "sha1WithRSAEncryption",
    SignatureAlgorithmOID.RSA_WITH_SHA256: "sha256WithRSAEncryption",
    SignatureAlgorithmOID.RSA_WITH_SHA384: "sha384WithRSAEncryption",
    SignatureAlgorithmOID.RSA_WITH_SHA512: "sha512WithRSAEncryption",
    SignatureAlgorithmOID.RSASSA_PSS: "rsassaPss",
    SignatureAlgorithmOID.ECDSA_WITH_SHA1: "ecdsa-with-SHA1",
    SignatureAlgorithmOID.ECDSA_WITH_SHA256: "ecdsa-with-SHA256",
    SignatureAlgorithmOID.ECDSA_WITH_SHA384: "ecdsa-with-SHA384",
    SignatureAlgorithmOID.ECDSA_WITH_SHA512: "ecdsa-with-SHA512",
    SignatureAlgorithmOID.ED25519: "ED25519",
    SignatureAlgorithmOID.ED448: "ED448",
}
_REASONS = {
    x509.ReasonFlags.unspecified: "Unspecified",
    x509.ReasonFlags.key_compromise: "Key Compromise",
    x509.ReasonFlags.ca_compromise: "CA Compromise",
    x509.ReasonFlags.affiliation_changed: "Affiliation Changed",
    x509.ReasonFlags.superseded: "Superseded",
    x509.ReasonFlags.cessation_of_operation: "Cessation Of Operation",
    x509.ReasonFlags.certificate_hold: "Certificate Hold",
    x509.ReasonFlags.privilege_withdrawn: "Privilege Withdrawn",
    x509.ReasonFlags.aa_compromise: "AA Compromise",
    x509.ReasonFlags.remove_from_crl: "Remove From CRL",
}


def decoded_certificate(data: bytes) -> str:
    """The text of "Show (decoded)": OpenSSL's own printing, safe to show.

    In: the DER of a certificate. Out: lines in which every character can be seen, at most 64 KiB, with the
    first 100 alternative names; "" for what is no certificate. Names are printed as OpenSSL 3.0 does, since
    pyOpenSSL asks for a layout in which "/CN=" inside a value looks like a name of its own. Never raises.
    """
    try:
        return guarded(_decoded_certificate, data, LARGEST_CERTIFICATE)
    except Undecodable:
        return ""


def _decoded_certificate(data: bytes) -> str:
    """OpenSSL's text with its names, line ends and length made safe."""
    frame = cut_certificate(data)
    loaded = crypto.load_certificate(crypto.FILETYPE_ASN1, _with_one_line_names(frame))
    text = crypto.dump_certificate(crypto.FILETYPE_TEXT, loaded).decode(errors="backslashreplace")
    return bounded(_with_few_alternative_names(_with_readable_names(text, frame).split("\n")))


def _with_one_line_names(frame: Frame) -> bytes:
    """The certificate with a dot for each line end in its alternative names and its authority's addresses.

    OpenSSL prints a dot for any other sign that cannot be seen, but line ends as they are, so that a name
    could write lines of its own.
    """
    whole = frame.whole
    for extension in x509.load_der_x509_certificate(frame.twin).extensions:
        if extension.oid in _WITH_NAMES:
            raw = extension.value.public_bytes()
            whole = whole.replace(raw, _on_one_line(der.read(raw), depth=4))
    return whole


def _on_one_line(element: der.Element, depth: int) -> bytes:
    """An element of the same length with dots for line ends, in names that lie no deeper than they may."""
    if element.tag in _TEXTS:
        return der.write(element.tag, element.body().translate(_LINE_ENDS_TO_DOTS))
    if element.tag & 0x20 and depth:
        return der.write(element.tag, b"".join(_on_one_line(part, depth - 1) for part in element.parts()))
    return element.whole()


def _with_readable_names(text: str, frame: Frame) -> str:
    """The text with issuer and subject in the layout of OpenSSL 3.0."""
    for heading, name in (("Issuer", frame.issuer), ("Subject", frame.subject)):
        before, _, after = text.partition(f"\n        {heading}:")
        line = f"\n        {heading}: {names.decoded_name(names.read_name(name))}"
        text = before + line + after[after.index("\n") :]
    return text


def _with_few_alternative_names(lines: list[str]) -> list[str]:
    """The lines with no more than the first 100 alternative names."""
    for number, line in enumerate(lines[:-1]):
        if line.strip().startswith(_SAN_HEADING):
            listed = lines[number + 1].split(", ")
            if len(listed) > MOST_NAMES:
                more = len(listed) - MOST_NAMES
                lines[number + 1] = ", ".join(listed[:MOST_NAMES]) + f", and {more} more"
            break
    return lines


def decoded_crl(facts: CrlFacts) -> str:
    """The text of "Show (decoded)" of a CRL.

    In: its facts. Out: lines in which every character can be seen, at most 64 KiB, with the first 100 revoked
    serial numbers and the number of the others. Never raises.
    """
    try:
        return guarded(_decoded_crl, facts.der, LARGEST_CRL)
    except Undecodable:
        return ""


def _decoded_crl(data: bytes) -> str:
    """The lines of one CRL."""
    crl = x509.load_der_x509_crl(data)
    frame = cut_crl(data)
    issuer = names.decoded_name(names.read_name(frame.issuer))
    lines = [
        "Certificate Revocation List (CRL):",
        f"        Version {frame.version} ({frame.version - 1:#x})",
        f"        Signature Algorithm: {_algorithm(crl)}",
        f"        Issuer: {issuer}",
        f"        Last Update: {_moment(crl.last_update_utc)}",
        f"        Next Update: {_moment(crl.next_update_utc) if crl.next_update_utc else 'NONE'}",
        *_extensions(crl),
        *_entries(crl),
        f"    Signature Algorithm: {_algorithm(crl)}",
        "    Signature Value:",
        *signature_lines(crl.signature),
    ]
    return bounded(lines)


def _algorithm(crl: x509.CertificateRevocationList) -> str:
    """OpenSSL's word for the signature algorithm, or its number."""
    return SIGNATURE_ALGORITHMS.get(crl.signature_algorithm_oid, crl.signature_algorithm_oid.dotted_string)


def _moment(moment: datetime) -> str:
    """A moment as OpenSSL prints it, in English whatever the locale: "Jan  1 00:00:00 2030 GMT"."""
    time = f"{moment.hour:02}:{moment.minute:02}:{moment.second:02}"
    return f"{_MONTHS[moment.month - 1]} {moment.day:2} {time} {moment.year} GMT"


def _extensions(crl: x509.CertificateRevocationList) -> Iterator[str]:
    """The extensions of the whole list."""
    if not len(crl.extensions):
        return
    yield "        CRL extensions:"
    for extension in crl.extensions:
        critical = "critical" if extension.critical else ""
        if isinstance(extension.value, x509.CRLNumber):
            yield from (
                f"            X509v3 CRL Number: {critical}",
                f"                {_number(extension.value)}",
            )
        elif isinstance(extension.value, x509.AuthorityKeyIdentifier):
            yield f"            X509v3 Authority Key Identifier: {critical}"
            yield f"                {authority_key_id(crl.extensions) or ''}"
        elif isinstance(extension.value, x509.IssuingDistributionPoint):
            yield f"            X509v3 Issuing Distribution Point: {critical}"
            yield "                Full Name:"
            yield from (f"                  {general_name(name)}" for name in extension.value.full_name or ())
        else:
            yield f"            {extension.oid.dotted_string}: {critical}"
            yield f"                {extension.value.public_bytes()[:64].hex(':').upper()}"


def _number(number: x509.CRLNumber) -> str:
    """The number of a CRL: decimal, and hex where it is so long that OpenSSL prints hex."""
    value = number.crl_number
    return str(value) if value.bit_length() < 128 else f"{value:#X}"[:256]


def _entries(crl: x509.CertificateRevocationList) -> Iterator[str]:
    """The first revoked certificates, and how many more there are."""
    if not len(crl):
        yield "No Revoked Certificates."
        return
    yield "Revoked Certificates:"
    for _, entry in zip(range(_MOST_ENTRIES), crl, strict=False):
        yield f"    Serial Number: {_serial(entry.serial_number)}"
        yield f"        Revocation Date: {_moment(entry.revocation_date_utc)}"
        if reason := _reason(entry):
            yield "        CRL entry extensions:"
            yield "            X509v3 CRL Reason Code: "
            yield f"                {reason}"
    if len(crl) > _MOST_ENTRIES:
        yield f"    and {len(crl) - _MOST_ENTRIES} more"


def _serial(number: int) -> str:
    """A serial number in the text that CertificateFacts.serial uses."""
    return serial_text(number.to_bytes(number.bit_length() // 8 + 1, signed=True))


def _reason(entry: x509.RevokedCertificate) -> str:
    """Why a certificate was revoked; "" where nothing readable says so."""
    try:
        reason = entry.extensions.get_extension_for_class(x509.CRLReason).value.reason
    except (x509.ExtensionNotFound, ValueError, TypeError, x509.DuplicateExtension):
        return ""
    return _REASONS.get(reason, "")


def signature_lines(signature: bytes) -> Iterator[str]:
    """The signature in lines of 18 octets."""
    for at in range(0, min(len(signature), 2048), 18):
        line = signature[at : at + 18].hex(":")
        yield f"        {line}{':' if at + 18 < len(signature) else ''}"


def bounded(lines: Iterable[str]) -> str:
    """Lines as one text in which every character can be seen; cut after 64 KiB, with "…" as its last line."""
    kept: list[str] = []
    room = _LONGEST_TEXT
    for line in lines:
        shown = names.visible(line, limit=_LONGEST_TEXT)
        room -= len(shown) + 1
        if room < 0:
            kept.append("…")
            break
        kept.append(shown)
    return "\n".join(kept).rstrip("\n") + "\n"


def pem_text(data: bytes, label: str = "CERTIFICATE") -> str:
    """DER as Base-64 PEM, 64 columns. The label of a CRL is "X509 CRL"."""
    text = base64.b64encode(data).decode()
    columns = "\n".join(text[at : at + _COLUMNS] for at in range(0, len(text), _COLUMNS))
    return f"-----BEGIN {label}-----\n{columns}\n-----END {label}-----\n"


def pem_list(entries: Iterable[CertificateFacts | CrlFacts]) -> str:
    """The text of "Show all (PEM file)": each block after a line with its name, without OU.

    In: the list, in its order. Out: a file that can be appended elsewhere as it is: no name, whatever it
    holds, starts a line or a block of its own. A CRL stands under its issuer's name.
    Source: TechNote 217748.
    """
    return "".join(_named_block(entry) for entry in entries)


def _named_block(entry: CertificateFacts | CrlFacts) -> str:
    """One block with the line before it."""
    if isinstance(entry, CertificateFacts):
        name, label = cut_certificate(entry.der).subject, "CERTIFICATE"
    else:
        name, label = cut_crl(entry.der).issuer, "X509 CRL"
    line = names.page_name_without_ou(names.read_name(name)) or "-"
    # A reader that looks for dashes anywhere in a line must not find the start of a block in a name.
    return line.replace("-----", "\\u002D----") + "\n" + pem_text(entry.der, label)
