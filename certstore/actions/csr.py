"""The buttons round a signing request: Generate CSR, Discard CSR, and importing a real server's."""

from certstore.actions.certificates import store_public_key
from certstore.actions.writing import keep_point, lab_change, lab_write, log_event
from certstore.models import Event, Lab, Node, SigningRequest, Slot, SlotName
from certstore.pki.csr import KeyAlgorithm, Typed, make_request
from certstore.pki.csr_rules import problems
from certstore.pki.forge import keys
from certstore.pki.forge.keys import PrivateKey
from certstore.pki.keys import public_half_of_request
from certstore.pki.moments import iso
from certstore.pki.requests import RequestFacts, decode_request
from certstore.reading.csr import pending_row, place_of
from certstore.reading.servers import CLOSED

# Of each slot the newest stay, so that a certificate made from an older one can still be told apart.
REQUESTS_KEPT = 20


class RequestInProgress(Exception):
    """The server has a pending request: one at a time."""


class NotInOrder(Exception):
    """The fields are not those of a request; the page says which, so that this is for who asks without it."""


def generate(node: Node, slot: SlotName, typed: Typed) -> Event:
    """Generate CSR: make a key, sign the request with it, keep the request and the public half.

    In: the server, the slot that the certificate is for, fields in which `csr_rules.problems` finds nothing. Out: the
    event. The private key lives in this function and is never handed on. The running certificate stays as it is.
    Raises RequestInProgress, NotInOrder.
    """
    place = place_of(node, node.lab)
    if problems(typed, place):
        raise NotInOrder
    if pending_row(node, slot) is not None:  # before a key is made for nothing
        raise RequestInProgress
    request = decode_request(make_request(typed, place, _new_key(typed)))
    with lab_write(node.lab_id) as lab:
        return _keep(lab, node, slot, request, fields=typed.as_texts())


def _new_key(typed: Typed) -> PrivateKey:
    """A key of the kind and the length that were chosen."""
    bits = int(typed.length)
    return keys.new_ec_key(bits) if typed.algorithm == KeyAlgorithm.ECDSA else keys.new_rsa_key(bits)


def import_request(node: Node, slot: SlotName, request: RequestFacts) -> Event:
    """Take a real server's request as the pending one of a slot, in a lab for real files. Out: the event.

    One that was here before and was closed is pending again. Raises RequestInProgress.
    """
    with lab_write(node.lab_id) as lab:
        return _keep(lab, node, slot, request, is_imported=True)


def _keep(
    lab: Lab,
    node: Node,
    name: SlotName,
    request: RequestFacts,
    *,
    fields: dict[str, str] | None = None,
    is_imported: bool = False,
) -> Event:
    """Write a pending request of a locked lab. Raises RequestInProgress."""
    if pending_row(node, name) is not None:
        raise RequestInProgress
    code = _code(name, "imported" if is_imported else "generated")
    lab.is_left_as_it_is = True  # a request changes no connection and no alarm
    keep_point(lab, code)
    now, (slot, _) = lab.now(), Slot.objects.get_or_create(node=node, name=name)
    slot.requests.filter(sha256=request.sha256).delete()
    SigningRequest.objects.create(
        slot=slot,
        key=store_public_key(lab, public_half_of_request(request.der)),
        der=request.der,
        sha256=request.sha256,
        fields=fields or {},
        is_imported=is_imported,
        at_lab=iso(now),
    )
    kept = slot.requests.values_list("pk", flat=True)[:REQUESTS_KEPT]
    slot.requests.exclude(pk__in=list(kept)).delete()
    called = request.common_names[0] if request.common_names else node.fqdn
    return log_event(lab, node, code, {"name": called}, now)


def discard(node: Node, slot: SlotName) -> Event | None:
    """Discard CSR: a certificate made from it is refused from now on. Out: the event; None where nothing is pending."""
    if pending_row(node, slot) is None:
        return None
    code = _code(slot, "discarded")
    with lab_change(node.lab_id, code, is_left_as_it_is=True) as lab:
        close(node, slot, SigningRequest.State.DISCARDED, iso(lab.now()))
        return log_event(lab, node, code, {}, lab.now())


def _code(slot: SlotName, done: str) -> str:
    """The code of an event: that of a request for the client certificate is one of its own."""
    return f"client-csr.{done}" if slot is SlotName.CLIENT else f"csr.{done}"


def use_up(node: Node, slot: SlotName, at: str) -> None:
    """The pending request got its certificate, inside `lab_write`; `at` is lab time as ISO text."""
    close(node, slot, SigningRequest.State.USED, at)


def close(node: Node, slot: SlotName, state: str, at: str) -> None:
    """Close the pending request of a slot of a server whose lab is locked, and keep when."""
    row = pending_row(node, slot)
    if row is not None:
        row.state, row.fields = state, {**row.fields, CLOSED: at}
        row.save(update_fields=["state", "fields"])
