"""What is known of one certificate or CRL, decoded once, at upload.

A certificate that cannot be decoded whole raises `Undecodable` and is never stored, so that no row can
break a page later.
"""

import hashlib
import warnings
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any, TypeVar

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from OpenSSL import crypto

from certstore.pki import names, public_keys
from certstore.pki.extensions import authority_key_id, read_extensions
from certstore.pki.frame import cut_certificate, cut_crl, revoked_serials

# cryptography warns where a serial number is not positive: the certificate's, or one in its issuer's
# identifier. Such certificates exist and load; nothing is to be done. `catch_warnings` is not for threads.
warnings.filterwarnings("ignore", message="Parsed a serial number which wasn't positive")

LARGEST_CERTIFICATE = 256 * 1024  # bytes
LARGEST_CRL = 16 * 1024 * 1024
# With more revoked serials than this the JSON leaves them out, and they are read from the DER again.
_MOST_SERIALS_IN_JSON = 1000

# Digests that cryptography no longer names.
_OLD_DIGESTS = {"1.2.840.113549.1.1.2": "md2", "1.2.840.113549.1.1.3": "md4"}

# Everything that cryptography and OpenSSL were seen to raise on 100 000 damaged certificates and more.
_REFUSALS = (
    ValueError,
    TypeError,
    KeyError,
    OverflowError,
    x509.InvalidVersion,
    x509.DuplicateExtension,
    x509.UnsupportedGeneralNameType,
    UnsupportedAlgorithm,
    InvalidSignature,
    crypto.Error,
)


class Undecodable(Exception):
    """The bytes are no certificate (or CRL) that can be shown whole."""


@dataclass(frozen=True, slots=True)
class CertificateFacts:
    """One certificate. Times are ISO text in UTC (`2031-07-31T12:00:00Z`, years 1 to 9999, sort as text)."""

    der: bytes
    sha256: str  # of the DER, lower-case hex, as every *_sha256
    subject: str  # as the trusted CA page prints it: "O=…, OU=…, CN=…"; "" when empty
    issuer: str
    subject_hash: str  # names.fold_hash of the DER of the name
    issuer_hash: str
    common_names: tuple[str, ...]
    serial: str  # hex pairs, upper case, as OpenSSL prints it: "0A", "00"; "-01" for a negative one
    not_before: str
    not_after: str
    is_self_issued: bool  # subject and issuer fold to the same name
    is_self_signed: bool  # and its own key verifies its signature
    is_ca: bool  # BasicConstraints present and CA:TRUE
    has_basic_constraints: bool
    path_length: int | None
    key_algorithm: str  # "RSA", "ECDSA", "DSA", "Ed25519", "Ed448", or the OID
    key_bits: int
    spki_sha256: str
    signature_digest: str  # "sha256", "sha1", "md5", … or "" where the algorithm has none of its own
    subject_key_id: str | None  # hex pairs with colons, upper case, as OpenSSL prints it
    authority_key_id: str | None
    san_dns: tuple[str, ...]
    san_other: tuple[str, ...]  # "IP Address:192.0.2.1", "email:…", "URI:…", as OpenSSL writes the prefix
    has_san: bool
    extended_key_usage: tuple[str, ...] | None  # dotted OIDs; None when the extension is absent
    key_usage: tuple[str, ...] | None  # RFC 5280 names: "keyCertSign", …; None when absent
    unknown_name_oids: tuple[str, ...]  # attribute types in subject or issuer that OpenSSL prints as numbers
    ca_issuers: tuple[str, ...]  # AIA "CA Issuers" URLs: shown as text, never fetched


@dataclass(frozen=True, slots=True)
class CrlFacts:
    """One certificate revocation list."""

    der: bytes
    sha256: str
    issuer: str
    issuer_hash: str
    this_update: str
    next_update: str | None
    revoked_serials: frozenset[str]  # hex text, as CertificateFacts.serial
    authority_key_id: str | None


Answer = TypeVar("Answer")


def decode_certificate(data: bytes) -> CertificateFacts:
    """Decode a certificate once and whole.

    In: DER; bytes after its end are left out, as OpenSSL leaves them. Out: every fact a page shows.
    Raises Undecodable, and nothing else, for everything that OpenSSL does not load and print or that
    this project cannot show.
    """
    return guarded(_read_certificate, data, LARGEST_CERTIFICATE)


def decode_crl(data: bytes) -> CrlFacts:
    """Decode a certificate revocation list once and whole. In: DER. Raises Undecodable and nothing else."""
    return guarded(_read_crl, data, LARGEST_CRL)


def guarded(read: Callable[[bytes], Answer], data: bytes, largest: int) -> Answer:
    """Read, and turn everything that damaged bytes are known to cause into Undecodable.

    In: the reader, its bytes, and the size in bytes above which it is not tried. Out: what the reader gives.
    """
    if len(data) > largest:
        raise Undecodable("larger than anything that is shown")
    try:
        return read(data)
    except _REFUSALS as error:
        raise Undecodable(type(error).__name__) from error
    except BaseException as error:
        # A panic in cryptography's Rust is no Exception, and its class can only be told by its name.
        if type(error).__name__ != "PanicException":
            raise
        raise Undecodable("PanicException") from error


def _read_certificate(data: bytes) -> CertificateFacts:
    """Every fact of one certificate; raises whatever the libraries raise."""
    frame = cut_certificate(data)
    loaded = crypto.load_certificate(crypto.FILETYPE_ASN1, frame.whole)
    crypto.dump_certificate(crypto.FILETYPE_TEXT, loaded)  # what "Show (decoded)" will print
    certificate = x509.load_der_x509_certificate(frame.twin)
    subject, issuer = names.read_name(frame.subject), names.read_name(frame.issuer)
    subject_hash, issuer_hash = names.folded(subject), names.folded(issuer)
    public_key = public_keys.load(certificate)
    key = public_keys.describe(public_key, frame.public_key, public_keys.bits_of(loaded))
    return CertificateFacts(
        der=frame.whole,
        sha256=hashlib.sha256(frame.whole).hexdigest(),
        subject=names.page_name(subject),
        issuer=names.page_name(issuer),
        subject_hash=subject_hash,
        issuer_hash=issuer_hash,
        common_names=names.common_names(subject),
        serial=frame.serial,
        not_before=_moment(certificate.not_valid_before_utc),
        not_after=_moment(certificate.not_valid_after_utc),
        is_self_issued=subject_hash == issuer_hash,
        is_self_signed=subject_hash == issuer_hash
        and public_keys.verifies(public_key, certificate, frame.signed),
        key_algorithm=key.algorithm,
        key_bits=key.bits,
        spki_sha256=key.spki_sha256,
        signature_digest=signature_digest(certificate),
        unknown_name_oids=names.unknown_types(subject + issuer),
        **read_extensions(certificate.extensions),
    )


def _moment(moment: datetime) -> str:
    """A moment as text that sorts; `strftime` would write the year 1 with one digit."""
    return moment.replace(tzinfo=None).isoformat(timespec="seconds") + "Z"


def signature_digest(certificate: public_keys.Signed) -> str:
    """The name of the digest that was signed, "" where the algorithm has none of its own or is unknown."""
    try:
        digest = certificate.signature_hash_algorithm
    except UnsupportedAlgorithm:
        return _OLD_DIGESTS.get(certificate.signature_algorithm_oid.dotted_string, "")
    return digest.name if digest else ""


def _read_crl(data: bytes) -> CrlFacts:
    """Every fact of one CRL; raises whatever the libraries raise."""
    frame = cut_crl(data)
    whole = frame.whole
    crl = x509.load_der_x509_crl(whole)
    crypto.X509Store().add_crl(crl)  # OpenSSL takes it too
    issuer = names.read_name(frame.issuer)
    return CrlFacts(
        der=whole,
        sha256=hashlib.sha256(whole).hexdigest(),
        issuer=names.page_name(issuer),
        issuer_hash=names.folded(issuer),
        this_update=_moment(crl.last_update_utc),
        next_update=_moment(crl.next_update_utc) if crl.next_update_utc else None,
        revoked_serials=revoked_serials(frame),
        authority_key_id=authority_key_id(crl.extensions),
    )


def to_json(facts: CertificateFacts | CrlFacts) -> dict[str, Any]:
    """The facts as JSON's own types, without the DER, which has a column of its own.

    Of a CRL with more than 1 000 revoked serials these are left out: `crl_from_json` reads them again.
    """
    values = {field.name: getattr(facts, field.name) for field in fields(facts) if field.name != "der"}
    serials = values.get("revoked_serials")
    if serials is not None:
        values["revoked_serials"] = sorted(serials) if len(serials) <= _MOST_SERIALS_IN_JSON else None
    return {name: list(value) if isinstance(value, tuple) else value for name, value in values.items()}


def from_json(data: bytes, values: Mapping[str, Any]) -> CertificateFacts:
    """The facts of a certificate that was decoded before. In: its DER and what `to_json` gave."""
    return CertificateFacts(der=data, **_with_tuples(values))


def _with_tuples(values: Mapping[str, Any]) -> dict[str, Any]:
    """Values out of JSON, its lists as tuples again."""
    return {name: tuple(value) if isinstance(value, list) else value for name, value in values.items()}


def crl_from_json(data: bytes, values: Mapping[str, Any]) -> CrlFacts:
    """The facts of a CRL that was decoded before. In: its DER and what `to_json` gave."""
    listed = values["revoked_serials"]
    serials = revoked_serials(cut_crl(data)) if listed is None else frozenset(listed)
    return CrlFacts(der=data, **{**values, "revoked_serials": serials})
