"""The buttons of the training CA: make it, sign a request, make a practice file, revoke."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import load_der_public_key
from django.conf import settings

from certstore.actions.certificates import store_certificates
from certstore.actions.writing import lab_write, log_event
from certstore.models import CaKey, Issued, Lab, Node
from certstore.models.clock import shifted
from certstore.pki.facts import decode_certificate
from certstore.pki.faults import Cas, Fault
from certstore.pki.forge import crl, practice
from certstore.pki.forge.authority import Authority, Made
from certstore.pki.forge.hierarchy import Place, new_cas
from certstore.pki.forge.keys import PublicKey
from certstore.pki.forge.names import subject
from certstore.pki.forge.practice import Target
from certstore.pki.moments import iso
from certstore.pki.request_rules import Refusal, Refused, Wanted
from certstore.reading.rows import facts_of
from certstore.reading.servers import slot_state_of
from certstore.reading.training_ca import (
    ENTERPRISE_ISSUING,
    PRACTICE,
    PUBLIC,
    authority_of,
    called,
    can_sign,
    cas_of,
    crl_of,
    names_held,
    tells_faults,
    title_of,
)
from certstore.scenarios import public_ca, training_ca
from certstore.scenarios.lab_files import DAY
from certstore.scenarios.names import new_organisation

MOST_ISSUED = 200  # a lab keeps the newest
PUBLIC_ISSUING = f"{PUBLIC}{Place.ISSUING}"
ROOT = f"{PUBLIC}{Place.ROOT}"


@dataclass(frozen=True, slots=True)
class Terms:
    """How a certificate is to be issued."""

    ca: str  # a name of reading.training_ca.CHAINS
    days: int
    ekus: tuple[str, ...]


class NotIssued(Exception):
    """The CA does not sign; `refused` says why."""

    def __init__(self, refused: Refused) -> None:
        super().__init__(refused.why)
        self.refused = refused


def make(lab: Lab) -> None:
    """Make the training CAs of a lab, the own and the public-looking one, where they are missing or their keys are."""
    for ca in (ENTERPRISE_ISSUING, PUBLIC_ISSUING):
        ca_for(lab, ca)


def ca_for(lab: Lab, name: str) -> CaKey:
    """The row of an issuing CA; where it is missing, or its key is lost, all CAs of its kind are made.

    In: a lab that `access` allowed, a name of CHAINS. Keys are made before the lab is locked.
    """
    found = _usable(lab, name)
    if found is not None:
        return found
    now, secret = lab.now(), settings.SECRET_KEY.encode()
    own = training_ca.make_enterprise_ca(now) if name == ENTERPRISE_ISSUING else None
    public = {} if own else public_ca.make_public_ca(now)
    with lab_write(lab.pk) as locked:
        found = _usable(locked, name)  # somebody else may have been faster
        if found is None:
            if own:
                training_ca.put_into(locked, own, secret)
            public_ca.put_cas(locked, public, secret)
            log_event(locked, None, "training-ca.made", {}, now)
    return found or lab.ca_keys.select_related("certificate").get(name=name)


def _usable(lab: Lab, name: str) -> CaKey | None:
    row = lab.ca_keys.select_related("certificate").filter(name=name).first()
    return row if row is not None and can_sign(row) else None


def issue(lab: Lab, wanted: Wanted, terms: Terms) -> Issued:
    """Issue a certificate. In: names that `request_rules` has passed. Raises NotIssued where the CA's dates forbid."""
    row = ca_for(lab, terms.ca)
    issuer, now = authority_of(row), lab.now()
    begins, ends = shifted(now, -public_ca.HOUR), shifted(now, terms.days * DAY)
    _refuse_dates(row, now, ends)
    made = issuer.leaf(
        subject(wanted.common_name or None),
        _loaded(wanted.key.spki),
        begins,
        ends,
        sans=wanted.alternative_names,
        ekus=terms.ekus,
    )
    with lab_write(lab.pk) as locked:
        issued = _keep(locked, row, made, "", now)
        name = title_of(issued)
        ca = called(facts_of(row.certificate).subject)
        log_event(locked, None, "training-ca.issued", {"name": name, "ca": ca}, now)
    return issued


def _refuse_dates(row: CaKey, now: datetime, ends: datetime) -> None:
    """Raise NotIssued when a CA is not valid at a moment, or would end before its certificate."""
    begins, over = row.certificate.not_before, row.certificate.not_after
    facts: dict[str, str | int] = {"begins": begins[:10], "ends": over[:10]}
    if not begins <= iso(now) <= over:
        raise NotIssued(Refused(Refusal.CA_NOT_VALID, facts))
    if iso(ends) > over:
        raise NotIssued(Refused(Refusal.OUTLIVES_CA, facts))


def _loaded(spki: bytes) -> PublicKey:
    """The public key, to put into a certificate. Raises NotIssued for a kind that is not signed."""
    key = load_der_public_key(spki)
    if not isinstance(key, rsa.RSAPublicKey | ec.EllipticCurvePublicKey):
        raise NotIssued(Refused(Refusal.KEY_KIND, {"algorithm": "key"}))
    return key


def _keep(lab: Lab, ca: CaKey, made: Made, fault: str, now: datetime, *, is_revoked: bool = False) -> Issued:
    """Write down what was issued, in a locked lab; of too many the oldest goes, with CAs of its own."""
    certificate = store_certificates(lab, [decode_certificate(made.der)])[0]
    at = iso(now)
    issued = Issued.objects.create(
        lab=lab,
        ca=ca,
        certificate=certificate,
        fault=fault,
        at_lab=at,
        revoked_at=at if is_revoked else "",
    )
    old = list(lab.issued.values_list("pk", "ca__name")[MOST_ISSUED:])
    lab.issued.filter(pk__in=[pk for pk, _ in old]).delete()
    for _, name in old:
        if name.startswith(PRACTICE):
            lab.ca_keys.filter(name__startswith=name.removesuffix(Place.ISSUING)).delete()
    return issued


def target_of(node: Node) -> Target:
    """Whom a practice certificate of a server is for, with the public half that the server has loaded."""
    loaded = slot_state_of(node).installation
    names = names_held(node).alternative_names
    return Target(node.host, node.domain, str(node.address), names, _loaded(bytes(loaded.key.spki)))


def practise(node: Node, fault: Fault) -> Issued:
    """Make a practice file without a private key, and keep it: its certificate, and CAs that are its own.

    In: the Expressway, a fault that shows on its role. Where the lab does not tell what is wrong, the CAs are new
    every time, so that they do not tell either. Raises NotIssued.
    """
    lab = node.lab
    shared = ca_for(lab, PUBLIC_ISSUING)
    now, target = lab.now(), target_of(node)
    _refuse_dates(shared, now, now)
    spans = public_ca.spans_at(now)
    own: dict[str, Authority] = {}
    issuer = authority_of(shared)
    if fault.needs_new_cas or not tells_faults(lab):
        root = lab.ca_keys.select_related("certificate").get(name=ROOT)
        cas = fault.cas if fault.needs_new_cas else Cas.UNKNOWN
        made_cas = new_cas(cas, new_organisation(), spans, node.domain, authority_of(root))
        own, issuer = public_ca.practice_names(made_cas), made_cas[Place.ISSUING]
    made = practice.certificate_of(fault, target, issuer, practice.new_key(fault), spans)
    with lab_write(lab.pk) as locked:
        rows = public_ca.put_cas(locked, own, settings.SECRET_KEY.encode())
        ca = _issuing(rows.values()) or shared
        issued = _keep(locked, ca, made, fault.name, now, is_revoked=fault.is_revoked)
        log_event(locked, node, "training-ca.practice", {}, now)
    return issued


def _issuing(rows: Iterable[CaKey]) -> CaKey | None:
    return next((row for row in rows if row.name.endswith(f"-{Place.ISSUING}")), None)


def practice_file(node: Node, fault: Fault) -> bytes | None:
    """A practice file with a private key that was made for it alone: new every time, and nothing is written.

    In: the Expressway, a fault whose `has_private_key` is true. Out: the zip; None where the lab's CA is not there.
    """
    lab = node.lab
    row = _usable(lab, PUBLIC_ISSUING)
    key = practice.new_key(fault)
    if row is None or key is None:
        return None
    now = lab.now()
    made = practice.certificate_of(fault, target_of(node), authority_of(row), key, public_ca.spans_at(now))
    cas = cas_of(Issued(lab=lab, ca=row))
    return practice.archive_of(fault, made, cas, crl.as_pem(crl_of(row, now)), key)


def revoke(lab_id: UUID, issued_id: int) -> bool:
    """Revoke a certificate that was issued: the next CRL of its CA names it. Out: False when it was already."""
    with lab_write(lab_id) as lab:
        now = lab.now()
        revoked = lab.issued.filter(pk=issued_id, revoked_at="").update(revoked_at=iso(now))
        if revoked:
            issued = lab.issued.select_related("certificate").get(pk=issued_id)
            log_event(lab, None, "training-ca.revoked", {"name": title_of(issued)}, now)
    return bool(revoked)
