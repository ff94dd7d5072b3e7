"""One event that stands for the ACME Certificate Service: a renewal that comes without client authentication.

The key is made and forgotten; that of the training CA is unsealed before the lab is locked, and never kept.
"""

from datetime import datetime

from django.conf import settings

from certstore.actions.certificates import store_certificates, store_public_key
from certstore.actions.server_certificate import install, keep_client_certificate
from certstore.actions.writing import lab_change, log_event
from certstore.models import Event, Installation, Lab, Node, Slot, SlotName
from certstore.models.clock import shifted
from certstore.pki.facts import CertificateFacts, decode_certificate
from certstore.pki.forge import keys
from certstore.pki.keys import KeySource, public_half_of_certificate
from certstore.pki.moments import iso
from certstore.pki.purpose import SERVER_AUTH
from certstore.pki.releases import Role, profile_for
from certstore.reading.servers import slot_state_of
from certstore.scenarios import training_ca
from certstore.scenarios.training_ca import EnterpriseCa

DAY = 86_400
DAYS_OF_ACME = 90


class NotRenewed(Exception):
    """ACME could not renew. `why` is the name of the sentence in `wording.commands` that says so."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def is_offered(node: Node, lab: Lab) -> bool:
    """Whether this event can happen to a server: an Expressway-E of a lab to practise in.

    Source: Certificate Creation and Use guide, ACME on Expressway-E (Expressway-C has none).
    """
    return node.kind == Role.EXPRESSWAY_E and lab.kind == Lab.Kind.PRACTISE


def renew(node: Node) -> Event:
    """Renew the running server certificate for the same names, without client authentication; it runs at once.

    Out: the event. Raises NotRenewed where nobody can sign, or for no name.
    Source: TechNote 225482 (the classic profile loses client authentication), and the guide about ACME: 90 days, no
    restart. The client certificate stays: no document says what the copy does with such a one.
    """
    ca = training_ca.opened(node.lab, settings.SECRET_KEY.encode())
    if ca is None:
        raise NotRenewed("commands.acme-no-ca")
    made = _issued(ca, slot_state_of(node).running, node.lab.now())
    with lab_change(node.lab_id, "acme.renewed") as lab:
        now = lab.now()
        if profile_for(lab.release).release.has_client_store:
            keep_client_certificate(node, iso(now))
        slot = Slot.objects.get(node=node, name=SlotName.SERVER)
        key = store_public_key(lab, public_half_of_certificate(made.der))
        row = store_certificates(lab, [made])[0]
        installed = install(slot, row, key, KeySource.UNKNOWN, source="acme", at=iso(now))
        slot.installations.filter(is_running=True).update(is_running=False)
        Installation.objects.filter(pk=installed.pk).update(is_running=True)
        return log_event(lab, node, "acme.renewed", {}, now)


def _issued(ca: EnterpriseCa, loaded: CertificateFacts, at: datetime) -> CertificateFacts:
    """A certificate for the same names and another key, for servers only."""
    names = list(loaded.san_dns or loaded.common_names)
    if not names:
        raise NotRenewed("commands.acme-no-name")
    made = ca.issuing.leaf(
        (loaded.common_names or tuple(names))[0],
        keys.new_rsa_key().public_key(),
        shifted(at, -DAY),
        shifted(at, DAYS_OF_ACME * DAY),
        sans=names,
        ekus=[SERVER_AUTH],
    )
    return decode_certificate(made.der)
