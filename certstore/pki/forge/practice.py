"""Practice files: a certificate with one fault of the catalogue, its CAs and their CRL, in one zip.

All of them bear the same names, so that the name of no file tells what is wrong.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from cryptography import x509

from certstore.pki.faults import Dates, Fault, Form, KeyOf, Names
from certstore.pki.forge import forms, keys
from certstore.pki.forge.archive import zipped
from certstore.pki.forge.authority import Authority, Made
from certstore.pki.forge.hierarchy import Span, Spans
from certstore.pki.forge.keys import PrivateKey, PublicKey
from certstore.pki.forge.large_key import large_rsa_key
from certstore.pki.forge.names import subject

CERTIFICATE, CAS, CRL, KEY = (
    "certificate.cer",
    "ca-certificates.pem",
    "revocation-list.pem",
    "private-key.pem",
)
PASSWORD = "practice"  # noqa: S105 - of a practice PFX, whose key was made for that file alone
NOBODYS_OID = "1.3.6.1.4.1.55555.2"


@dataclass(frozen=True, slots=True)
class Target:
    """Whom a practice certificate is for: a server's names and address, and the key that it holds."""

    host: str
    domain: str
    address: str
    names: tuple[str, ...]  # what a sound one has as alternative names, the FQDN first
    key: PublicKey

    @property
    def fqdn(self) -> str:
        """Host name and domain."""
        return f"{self.host}.{self.domain}"


def new_key(fault: Fault) -> PrivateKey | None:
    """The key for which the fault wants the certificate; None for the one that the server holds."""
    if fault.key is KeyOf.HELD:
        return None
    if fault.key is KeyOf.RSA_8192:
        return large_rsa_key()
    return keys.new_rsa_key(1024 if fault.key is KeyOf.RSA_1024 else 2048)


def certificate_of(
    fault: Fault, target: Target, issuer: Authority, key: PrivateKey | None, spans: Spans
) -> Made:
    """The certificate, with what is wrong in it.

    In: the fault, whom it is for, who issues it, the key of `new_key`, and when things are valid.
    """
    return issuer.leaf(
        _subject(fault, target, issuer),
        key.public_key() if key else target.key,
        *_span(fault, spans),
        sans=_alternative_names(fault, target),
        ekus=fault.ekus,
        digest=fault.digest,
    )


def archive_of(fault: Fault, made: Made, cas: Sequence[Made], crl: bytes, key: PrivateKey | None) -> bytes:
    """The zip: the certificate as the fault writes it, the CAs, the CRL of the one that issued (PEM), its key."""
    files = {
        CERTIFICATE: _written(fault.form, made, cas, key),
        CAS: b"".join(ca.pem for ca in cas),
        CRL: crl,
    }
    has_key_file = fault.has_private_key and fault.form is Form.PEM
    if key is not None and has_key_file:
        files[KEY] = forms.key_as_pem(key)
    return zipped(files)


def _span(fault: Fault, spans: Spans) -> Span:
    return {Dates.NOW: spans.now, Dates.OVER: spans.over, Dates.AHEAD: spans.ahead}[fault.dates]


def _subject(fault: Fault, target: Target, issuer: Authority) -> x509.Name:
    organisation = str(issuer.name.get_attributes_for_oid(x509.NameOID.ORGANIZATION_NAME)[0].value)
    named: dict[Names, str | None] = {
        Names.SHORT_CN: target.host,
        Names.OWN_LOST: _other_name(target),
        Names.NO_CN: None,
    }
    common_name = named.get(fault.names, target.fqdn)
    others = [(NOBODYS_OID, "north")] if fault.names is Names.UNKNOWN_OID else []
    return subject(common_name, organisation=organisation, others=others)


def _alternative_names(fault: Fault, target: Target) -> tuple[str, ...]:
    own = target.fqdn.lower()
    without = tuple(name for name in target.names if name.lower() != own)
    answers: dict[Names, tuple[str, ...]] = {
        Names.NO_SAN: (),
        Names.OWN_LOST: (_other_name(target), *without),
        Names.DOMAIN_LOST: (target.fqdn,),
        Names.ADDRESS: (*target.names, f"IP:{target.address}"),
        Names.WILDCARD: (*target.names, f"*.{target.domain}"),
    }
    return answers.get(fault.names, target.names)


def _other_name(target: Target) -> str:
    """A name in the same domain that no server of the lab has."""
    return f"mra-{target.host}"[:60] + f".{target.domain}"


def _written(form: Form, made: Made, cas: Sequence[Made], key: PrivateKey | None) -> bytes:
    """The file with the certificate."""
    if key is not None and form is Form.PKCS12:
        return forms.as_pkcs12(made, key, cas, PASSWORD)
    if key is not None and form is Form.WITH_KEY:
        return forms.key_as_pem(key) + made.pem
    if form is Form.PKCS7:
        return forms.as_pkcs7_der([made, *cas])
    if form is Form.CHAIN:
        return made.pem + b"".join(ca.pem for ca in cas)
    return _rewritten(form, made)


def _rewritten(form: Form, made: Made) -> bytes:
    """One certificate and nothing else, however it is written."""
    written = {
        Form.DER: made.der,
        Form.UTF16: forms.as_utf16(made.pem),
        Form.CRLF: forms.with_crlf(made.pem),
        Form.TEXT_AROUND: forms.with_text_around(made),
        Form.NO_LINE_FEED: made.pem.rstrip(b"\n"),
    }
    return written.get(form, made.pem)
