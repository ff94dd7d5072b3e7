"""The files that are made for one server of a lab: a certificate for its key, the CAs above it, a renewal.

Names and keys are the lab's own; the names of the files are the same in every lab. A CA's key signs what is
made here and is thrown away.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from cryptography import x509

from certstore.models.clock import shifted
from certstore.pki.forge import authority, keys
from certstore.pki.forge.authority import Authority, Made
from certstore.pki.forge.keys import PublicKey
from certstore.pki.forge.names import subject
from certstore.pki.releases import Role
from certstore.scenarios.names import new_organisation

DAY = 86400
YEAR = 365 * DAY

# What the CAs of a server call themselves: a company's own above an Expressway-C, a public one above an E.
_CA_WORDS = {Role.EXPRESSWAY_C: "Enterprise ", Role.EXPRESSWAY_E: ""}


@dataclass(frozen=True, slots=True)
class MadeFile:
    """One file: its name, what it is (a key of `wording.labs.FILES`) and its bytes."""

    name: str
    what: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Owner:
    """Whom the files are for: a server's role, names and public key, and how the files' names begin."""

    role: Role
    host: str
    domain: str
    stem: str
    key: PublicKey
    cluster: str = ""  # the name of its cluster

    @property
    def fqdn(self) -> str:
        """Host name and domain: the Common Name of its certificates, unless it is in a cluster."""
        return f"{self.host}.{self.domain}"


def make_files(owner: Owner, at: datetime) -> tuple[MadeFile, ...]:
    """Every file of one server, in the order of the page.

    In: whom they are for, and the lab's time, to which all validity is relative. Takes three new RSA keys.
    """
    organisation = new_organisation()
    root = authority.root(
        _ca_name(owner, organisation, "Root CA"),
        keys.new_rsa_key(),
        shifted(at, -5 * YEAR),
        shifted(at, 15 * YEAR),
    )
    issuing = _issuing_ca(root, _ca_name(owner, organisation, "Issuing CA 1"), at, begun=4 * YEAR)
    new_issuing = _issuing_ca(root, _ca_name(owner, organisation, "Issuing CA 2"), at, begun=60 * DAY)
    certificate = _server_certificate(issuing, owner, organisation, shifted(at, -30 * DAY))
    renewal = _server_certificate(new_issuing, owner, organisation, shifted(at, -DAY))
    return (
        *_both_forms(f"{owner.stem}", "server-certificate", certificate),
        *_both_forms(f"{owner.stem}-issuing-ca", "issuing-ca", issuing),
        *_both_forms(f"{owner.stem}-root-ca", "root-ca", root),
        MadeFile(f"{owner.stem}-ca-bundle.pem", "ca-bundle-pem", issuing.pem + root.pem),
        MadeFile(f"{owner.stem}-renewal.pem", "renewal-pem", renewal.pem),
        *_both_forms(f"{owner.stem}-renewal-issuing-ca", "renewal-issuing-ca", new_issuing),
    )


def _ca_name(owner: Owner, organisation: str, what: str) -> x509.Name:
    return subject(f"{organisation} {_CA_WORDS[owner.role]}{what}", organisation=organisation)


def _issuing_ca(root: Authority, name: x509.Name, at: datetime, *, begun: int) -> Authority:
    """A CA that began so many seconds ago and lasts eight years."""
    begins = shifted(at, -begun)
    return root.intermediate(name, keys.new_rsa_key(), begins, shifted(begins, 8 * YEAR), path_length=0)


def _server_certificate(issuer: Authority, owner: Owner, organisation: str, begins: datetime) -> Made:
    """A certificate of one year for the key that the server holds; that of an E names its domain as well.

    Source: Certificate Creation and Use guide X14: of a peer the CN is the cluster's name, which stands among the
    alternative names as well.
    """
    sans = [owner.fqdn, *([owner.cluster] if owner.cluster else [])]
    sans += [owner.domain] if owner.role is Role.EXPRESSWAY_E else []
    name = subject(owner.cluster or owner.fqdn, organisation=organisation)
    return issuer.leaf(name, owner.key, begins, shifted(begins, YEAR), sans=sans)


def _both_forms(stem: str, what: str, made: Made) -> Iterator[MadeFile]:
    """A certificate as a binary file, which the appliance refuses, and as Base-64."""
    yield MadeFile(f"{stem}.cer", f"{what}-der", made.der)
    yield MadeFile(f"{stem}.pem", f"{what}-pem", made.pem)
