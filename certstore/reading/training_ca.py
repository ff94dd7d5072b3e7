"""The training CAs of a lab as its page shows them: their rows, what they issued, and the files of both."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from cryptography import x509
from django.conf import settings

from certstore.models import CaKey, Issued, Lab, Node, SigningRequest, SlotName
from certstore.pki import names
from certstore.pki.faults import BY_NAME
from certstore.pki.forge import crl
from certstore.pki.forge.authority import Authority, Made
from certstore.pki.forge.hierarchy import Place, bundle_of
from certstore.pki.forge.practice import archive_of
from certstore.pki.moments import date_text, from_iso, iso
from certstore.pki.releases import profile_for
from certstore.pki.seal import NotOpened, unseal
from certstore.reading.rows import facts_of
from certstore.reading.servers import slot_state_of
from certstore.wording.training_ca import PRACTICE_FILE

ENTERPRISE, PUBLIC, PRACTICE = "enterprise-", "public-", "practice-"
ENTERPRISE_ISSUING = "enterprise-issuing"
# The CAs that sign requests, with the ones that come along: rows by their names.
CHAINS: dict[str, tuple[str, ...]] = {
    f"{PUBLIC}{Place.ISSUING}": (f"{PUBLIC}{Place.ISSUING}", f"{PUBLIC}{Place.ROOT}"),
    f"{PUBLIC}{Place.ISSUING_2}": (f"{PUBLIC}{Place.ISSUING_2}", f"{PUBLIC}{Place.ROOT}"),
    ENTERPRISE_ISSUING: (ENTERPRISE_ISSUING, f"{ENTERPRISE}root"),
}
CRL_DAYS = 7


@dataclass(frozen=True, slots=True)
class CaRow:
    """A CA on the page."""

    pk: int
    name: str  # of the row
    called: str  # its common name
    issuer: str
    ends: str
    may_sign: bool


@dataclass(frozen=True, slots=True)
class IssuedRow:
    """A certificate that was issued. What is wrong with it is told only where the lab tells."""

    pk: int
    called: str
    names: tuple[str, ...]
    issuer: str
    ends: str
    at: str
    is_practice: bool
    fault: str  # its name in the catalogue; "" for a sound one, and where nothing is told
    revoked: str  # the lab's date; "" while it is not, and where nothing is told


@dataclass(frozen=True, slots=True)
class HeldNames:
    """What a new certificate for the key of a server would be filled with."""

    common_name: str
    alternative_names: tuple[str, ...]


def tells_faults(lab: Lab) -> bool:
    """Whether the lab's pages say what is wrong with a practice file."""
    return lab.column == Lab.Explanations.OPEN


def authority_of(row: CaKey) -> Authority:
    """A training CA with its key, to sign with and to forget. Raises NotOpened where the key is lost."""
    secret = settings.SECRET_KEY.encode()
    key = unseal(bytes(row.sealed), secret, str(row.lab_id), row.certificate.sha256)
    return Authority(x509.load_der_x509_certificate(bytes(row.certificate.der)), key)


def can_sign(row: CaKey) -> bool:
    """Whether the key of a training CA is there and opens."""
    try:
        authority_of(row)
    except NotOpened:
        return False
    return True


def ca_rows(lab: Lab) -> list[CaRow]:
    """The CAs of a lab without those of practice files: the enterprise's, then the public-looking one's."""
    rows = lab.ca_keys.exclude(name__startswith=PRACTICE).select_related("certificate").order_by("pk")
    return [_ca_row(row) for row in rows]


def _ca_row(row: CaKey) -> CaRow:
    facts = facts_of(row.certificate)
    ends = date_text(facts.not_after)
    return CaRow(row.pk, row.name, called(facts.subject), called(facts.issuer), ends, row.name in CHAINS)


def called(page_name: str) -> str:
    """The common name out of a subject as pages print it, safe to show; all of it where there is none."""
    found = next((part for part in page_name.split(", ") if part.startswith("CN=")), page_name)
    return names.visible(found.removeprefix("CN="))


def title_of(issued: Issued) -> str:
    """What an issued certificate is called: its common name, else its first alternative name."""
    facts = facts_of(issued.certificate)
    return called(facts.subject) or names.visible(next(iter((*facts.san_dns, *facts.san_other)), ""))


def issued_rows(lab: Lab) -> list[IssuedRow]:
    """What was issued, the newest first. Two queries, whatever their number."""
    tells = tells_faults(lab)
    rows = lab.issued.select_related("certificate", "ca__certificate")
    return [_issued_row(row, tells=tells) for row in rows]


def _issued_row(row: Issued, *, tells: bool) -> IssuedRow:
    facts = facts_of(row.certificate)
    is_open = tells or not row.fault
    return IssuedRow(
        pk=row.pk,
        called=title_of(row) if is_open else PRACTICE_FILE.format(number=row.pk),
        names=(*facts.san_dns, *facts.san_other) if is_open else (),
        issuer=called(facts.issuer),
        ends=date_text(facts.not_after) if is_open else "",
        at=date_text(row.at_lab),
        is_practice=bool(row.fault),
        fault=row.fault if is_open else "",
        revoked=date_text(row.revoked_at) if row.revoked_at and is_open else "",
    )


def pending_requests(lab: Lab) -> list[SigningRequest]:
    """The pending requests of the lab's Expressways, each with its slot and server; of a server that of its server
    certificate first. One for a client certificate counts where the release has such a certificate.
    """
    rows = SigningRequest.objects.filter(slot__node__lab=lab, state=SigningRequest.State.PENDING)
    if not profile_for(lab.release).release.has_client_store:
        rows = rows.filter(slot__name=SlotName.SERVER)
    return list(
        rows.select_related("slot__node").order_by("slot__node__kind", "slot__node__host", "-slot__name")
    )


def names_held(node: Node) -> HeldNames:
    """The names of the certificate that a server has loaded, with its own name added where it lacks."""
    loaded = slot_state_of(node, SlotName.SERVER).installed
    wanted = [node.fqdn, *loaded.san_dns]
    if node.kind == Node.Kind.EXPRESSWAY_E and node.domain:
        wanted.append(node.domain)
    first: dict[str, str] = {}
    for name in wanted:
        first.setdefault(name.lower(), name)
    return HeldNames(node.fqdn, tuple(first.values()))


def made_of(row: Issued | CaKey) -> Made:
    """A certificate as the forge hands it to its forms."""
    return Made(x509.load_der_x509_certificate(bytes(row.certificate.der)))


def cas_of(issued: Issued) -> list[Made]:
    """The CAs that come along with a certificate, the one that issued it first."""
    wanted = _chain_names(issued)
    rows = issued.lab.ca_keys.filter(name__in=wanted).select_related("certificate")
    by_name = {row.name: made_of(row) for row in rows}
    return [by_name[name] for name in wanted if name in by_name]


def _chain_names(issued: Issued) -> Sequence[str]:
    if not issued.fault:
        return CHAINS[issued.ca.name]
    places = bundle_of(BY_NAME[issued.fault].cas)
    prefix = issued.ca.name.removesuffix(Place.ISSUING)
    own = [f"{prefix}{place.value}" for place in places]
    there = set(issued.lab.ca_keys.filter(name__in=own).values_list("name", flat=True))
    return [name if name in there else f"{PUBLIC}{name.removeprefix(prefix)}" for name in own]


def practice_archive(issued: Issued, at: datetime) -> bytes:
    """The zip of a practice file that was kept, its CRL made at a moment of the lab. Raises NotOpened."""
    cas = cas_of(issued)
    revocations = crl.as_pem(crl_of(issued.ca, at))
    return archive_of(BY_NAME[issued.fault], made_of(issued), cas, revocations, None)


def crl_of(row: CaKey, at: datetime) -> x509.CertificateRevocationList:
    """The CRL of a training CA at a moment of the lab. Raises NotOpened where its key is lost."""
    rows = row.issued.exclude(revoked_at="").filter(revoked_at__lte=iso(at)).select_related("certificate")
    revoked = {made_of(one).certificate.serial_number: from_iso(one.revoked_at) for one in rows}
    ends = at + timedelta(days=CRL_DAYS)
    number = max(int(at.timestamp()), 1)  # grows with the lab's clock, and needs no row
    return crl.revocation_list(authority_of(row), [], at, ends, number=number, further=revoked)
