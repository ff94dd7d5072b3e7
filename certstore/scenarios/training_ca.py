"""The enterprise CA of a lab: made with it, it signs what its Unified CM and its learners need. Its keys are sealed."""

from dataclasses import dataclass
from datetime import datetime

from cryptography import x509
from cryptography.x509.oid import NameOID

from certstore.actions.certificates import store_certificates
from certstore.models import CaKey, Lab
from certstore.models.clock import shifted
from certstore.pki.facts import decode_certificate
from certstore.pki.forge import authority, keys
from certstore.pki.forge.authority import Authority
from certstore.pki.forge.names import subject
from certstore.pki.seal import NotOpened, SealedKey, seal, unseal
from certstore.scenarios.lab_files import DAY, YEAR
from certstore.scenarios.names import new_organisation

ENTERPRISE_ROOT, ENTERPRISE_ISSUING = "enterprise-root", "enterprise-issuing"


@dataclass(frozen=True, slots=True)
class EnterpriseCa:
    """A company's own CA in memory: root and issuing CA, with their keys."""

    organisation: str
    root: Authority
    issuing: Authority

    @property
    def bundle(self) -> bytes:
        """Both certificates in one PEM file."""
        return self.issuing.pem + self.root.pem


def make_enterprise_ca(at: datetime) -> EnterpriseCa:
    """Make one under a name that no other lab has; validity follows the lab's time. Takes two RSA keys."""
    organisation = new_organisation()
    top = authority.root(
        subject(f"{organisation} Root CA", organisation=organisation),
        keys.new_rsa_key(),
        shifted(at, -5 * YEAR),
        shifted(at, 15 * YEAR),
    )
    issuing = top.intermediate(
        subject(f"{organisation} Issuing CA", organisation=organisation),
        keys.new_rsa_key(),
        shifted(at, -2 * YEAR),
        shifted(at, 8 * YEAR - DAY),
        path_length=0,
    )
    return EnterpriseCa(organisation, top, issuing)


def opened(lab: Lab, secret: bytes) -> EnterpriseCa | None:
    """The enterprise CA of a lab with its keys, to sign with and to forget.

    In: the lab, the installation's secret. Out: None where it has none, or none that this secret opens: a lab that
    was copied or imported, for a key never leaves its lab; a secret that was changed.
    """
    rows = {row.name: row for row in lab.ca_keys.select_related("certificate")}
    try:
        top, issuing = (_opened(rows[name], secret) for name in (ENTERPRISE_ROOT, ENTERPRISE_ISSUING))
    except (KeyError, NotOpened):
        return None
    organisation = top.name.get_attributes_for_oid(NameOID.ORGANIZATION_NAME)[0].value
    return EnterpriseCa(str(organisation), top, issuing)


def _opened(row: CaKey, secret: bytes) -> Authority:
    key = unseal(bytes(row.sealed), secret, str(row.lab_id), row.certificate.sha256)
    return Authority(x509.load_der_x509_certificate(bytes(row.certificate.der)), key)


def put_into(lab: Lab, ca: EnterpriseCa, secret: bytes) -> None:
    """Write a lab's enterprise CA, in the place of one whose keys are lost.

    Its certificates, and its keys sealed with the installation's secret.
    """
    for name, one in ((ENTERPRISE_ROOT, ca.root), (ENTERPRISE_ISSUING, ca.issuing)):
        certificate = store_certificates(lab, [decode_certificate(one.der)])[0]
        key = one.key
        if not isinstance(key, SealedKey):
            raise TypeError(f"no key of this kind is sealed: {type(key).__name__}")
        sealed = seal(key, secret, str(lab.pk), certificate.sha256)
        CaKey.objects.update_or_create(
            lab=lab, name=name, defaults={"certificate": certificate, "sealed": sealed}
        )
