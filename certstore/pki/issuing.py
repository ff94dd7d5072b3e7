"""Whether one certificate may have issued another, as OpenSSL asks it, and which one OpenSSL would take."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from cryptography import x509

from certstore.pki import names, public_keys
from certstore.pki.facts import CertificateFacts
from certstore.pki.frame import cut_certificate

# The kind of key that makes a signature, by the first arcs of the signature's algorithm.
_KEY_OF_SIGNATURE = {
    "1.2.840.113549.1.1.": "RSA",
    "1.2.840.10045.4.": "ECDSA",
    "1.2.840.10040.4.": "DSA",
    "1.3.101.112": "Ed25519",
    "1.3.101.113": "Ed448",
}


@dataclass(frozen=True, slots=True)
class Parsed:
    """A certificate with what its facts leave out."""

    facts: CertificateFacts
    certificate: x509.Certificate  # with serial number 1 and empty names: those are in the facts
    signed: bytes  # what its signature is over


def parse(facts: CertificateFacts) -> Parsed:
    """Read a certificate again. It was decoded whole when its facts were made, so nothing can fail here."""
    read = _read_again if len(facts.der) <= _LARGEST_KEPT else _read
    return Parsed(facts, *read(facts.der))


def _read(der: bytes) -> tuple[x509.Certificate, bytes]:
    frame = cut_certificate(der)
    return x509.load_der_x509_certificate(frame.twin), frame.signed


# The state of a lab reads the same few CAs hundreds of times, and a certificate never changes.
_LARGEST_KEPT = 8 * 1024  # bytes
_read_again = lru_cache(maxsize=512)(_read)


def extension(parsed: Parsed, kind: type[x509.ExtensionType]) -> x509.ExtensionType | None:
    """The extension of one kind, or None."""
    return next(
        (found.value for found in parsed.certificate.extensions if isinstance(found.value, kind)), None
    )


def may_have_issued(issuer: CertificateFacts, subject: Parsed) -> bool:
    """Whether name, key identifier and kind of key fit; the signature is not looked at.

    Source: OpenSSL crypto/x509/v3_purp.c, `ossl_x509_likely_issued`.
    """
    return (
        issuer.subject_hash == subject.facts.issuer_hash
        and _key_identifier_fits(issuer, subject)
        and _kind_of_key_fits(issuer, subject)
    )


def ends_its_chain(certificate: Parsed) -> bool:
    """Whether OpenSSL takes a certificate for self-signed: it may have issued itself.

    Source: OpenSSL crypto/x509/v3_purp.c, EXFLAG_SS.
    """
    return may_have_issued(certificate.facts, certificate)


def has_signed(issuer: CertificateFacts, subject: Parsed) -> bool:
    """Whether the issuer's key verifies the subject's signature."""
    key = public_keys.load(parse(issuer).certificate)
    return public_keys.verifies(key, subject.certificate, subject.signed)


def has_not_signed(issuer: CertificateFacts, subject: Parsed) -> bool:
    """Whether the issuer's key is known not to have made the signature; not where only OpenSSL could tell."""
    digest = subject.facts.signature_digest
    can_be_told = digest not in ("", "md2", "md4") or issuer.key_algorithm in ("Ed25519", "Ed448")
    return can_be_told and not has_signed(issuer, subject)


def in_force(certificate: CertificateFacts, now: str) -> bool:
    """Whether a moment (ISO text) lies in the validity, whose first and last second count in.

    Source: RFC 5280, 4.1.2.5, and OpenSSL 4.0, which judges here; OpenSSL 3.0 counts the last second out.
    """
    return certificate.not_before <= now <= certificate.not_after


def taken_by_openssl(
    subject: Parsed, offered: Iterable[CertificateFacts], now: str
) -> CertificateFacts | None:
    """Which of the CAs with the right name OpenSSL takes as the issuer, or None.

    In: the certificate, the CAs in the list's order, the moment as ISO text. The first that fits and is in
    force; where none is in force, of those that fit the one that ends last.
    Source: OpenSSL crypto/x509/x509_lu.c, `X509_STORE_CTX_get1_issuer`.
    """
    latest: CertificateFacts | None = None
    for candidate in offered:
        if not may_have_issued(candidate, subject):
            continue
        if in_force(candidate, now):
            return candidate
        if latest is None or candidate.not_after > latest.not_after:
            latest = candidate
    return latest


def _key_identifier_fits(issuer: CertificateFacts, subject: Parsed) -> bool:
    """Source: OpenSSL crypto/x509/v3_purp.c, `X509_check_akid`."""
    named = extension(subject, x509.AuthorityKeyIdentifier)
    if not isinstance(named, x509.AuthorityKeyIdentifier):
        return True
    key_id = subject.facts.authority_key_id
    if key_id is not None and issuer.subject_key_id is not None and key_id != issuer.subject_key_id:
        return False
    serial = named.authority_cert_serial_number
    if serial is not None and serial != int(issuer.serial, 16):
        return False
    directory = (name for name in named.authority_cert_issuer or () if isinstance(name, x509.DirectoryName))
    first = next(directory, None)
    return first is None or names.fold_hash(first.value.public_bytes()) == issuer.issuer_hash


def _kind_of_key_fits(issuer: CertificateFacts, subject: Parsed) -> bool:
    """Source: OpenSSL crypto/x509/v3_purp.c, `check_sig_alg_match`; an algorithm unknown here fits."""
    algorithm = subject.certificate.signature_algorithm_oid.dotted_string
    wanted = next((kind for arcs, kind in _KEY_OF_SIGNATURE.items() if algorithm.startswith(arcs)), None)
    return wanted is None or wanted == issuer.key_algorithm
