"""Real servers as they were recognised, and compared with a lab's, as the pages print them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from certstore.models import Installation, Lab, Node, SlotName, TrustEntry
from certstore.pki.boxes.box import Box, Origin
from certstore.pki.boxes.comparing import Compared, Expected, Found
from certstore.pki.boxes.decoded import Decoded
from certstore.pki.boxes.deployment import Deployment, Told
from certstore.pki.facts import CertificateFacts
from certstore.pki.moments import date_text, iso
from certstore.pki.releases import Role, profile_for
from certstore.reading.rows import facts_of
from certstore.wording import boxes as words


@dataclass(frozen=True, slots=True)
class Row:
    """One thing that is known of a server, or is not."""

    title: str
    text: str
    notes: tuple[str, ...] = ()
    is_known: bool = True


@dataclass(frozen=True, slots=True)
class ServerFound:
    """One recognised server."""

    title: str
    label: str
    role: str
    rows: tuple[Row, ...]
    missing: tuple[tuple[str, str], ...]  # the class of its sign, and what it says


def servers_found(deployment: Deployment, at: datetime) -> tuple[ServerFound, ...]:
    """Every recognised server in words. In: the servers, the moment at which certificates have ended or not."""
    return tuple(_server(box, iso(at)) for box in deployment.boxes)


def told_of(deployment: Deployment) -> tuple[tuple[str, str], ...]:
    """What does not fit between the servers: the class of a sign, and the sentence."""
    return tuple(_told(one) for one in deployment.told)


def _told(one: Told) -> tuple[str, str]:
    tone, text = words.MISFITS[one.misfit]
    role = (
        words.ROLES.get(Role(one.other if one.other in set(Role) else one.name), "") if _has_role(one) else ""
    )
    return tone, text.format(name=one.name, other=one.other, role=role)


def _has_role(one: Told) -> bool:
    return one.other in set(Role) or one.name in set(Role)


def _server(box: Box, now: str) -> ServerFound:
    """One server."""
    return ServerFound(
        title=box.fqdn or box.label,
        label=box.label,
        role=words.ROLES[box.role] if box.role else words.UNKNOWN_ROLE,
        rows=tuple(_rows(box, now)),
        missing=tuple(words.MISSING[what] for what in box.missing),
    )


def _rows(box: Box, now: str) -> Iterator[Row]:
    """All that is known of a server, in the order of the page."""
    said = box.configuration
    yield _row("name", box.fqdn, words.ORIGINS[box.name_from])
    yield _row("role", words.ROLES[box.role] if box.role else "", words.ORIGINS[box.role_from])
    yield _row("release", said.release, said.product)
    yield _row("server", *_certificate(box, now))
    yield _row("trust", *_trust(box, now))
    yield _row("client", _client(box))
    yield _row("zone", *_zone(box))
    yield _row("cluster", _cluster(box))
    yield _row("dns", _dns(box))


def _row(name: str, text: str = "", *notes: str) -> Row:
    return Row(words.ROWS[name], text or words.NOT_KNOWN, tuple(note for note in notes if note), bool(text))


def _certificate(box: Box, now: str) -> Iterator[str]:
    """The server's certificate, and what is to be said of it."""
    decoded = next(iter(box.decoded), None)
    if box.server is not None:
        yield _certificate_text(box.server)
        yield words.ENDED if box.server.not_after <= now else ""
    else:
        yield _decoded_text(decoded) if decoded else ""
    yield words.PRESENTED if box.is_presented else ""
    yield words.SENT_ABOVE.format(count=len(box.sent)) if box.sent else ""
    yield words.OTHER_CERTIFICATES.format(count=box.other_certificates) if box.other_certificates else ""
    yield words.UNREADABLE.format(count=box.unreadable) if box.unreadable else ""


def _client(box: Box) -> str:
    """The client certificate, where it was brought or cannot be there."""
    if box.client is not None:
        return _certificate_text(box.client)
    release = box.configuration.release
    has_none = bool(release) and not profile_for(release).release.has_client_store
    return words.NO_CLIENT_STORE if has_none else ""


def _certificate_text(facts: CertificateFacts) -> str:
    return f"{facts.subject or words.EMPTY_NAME}, ends {date_text(facts.not_after)}"


def _decoded_text(one: Decoded) -> str:
    bits = len(one.modulus) * 4
    return words.DECODED.format(
        subject=one.subject or words.EMPTY_NAME,
        serial=one.serial,
        ends=date_text(one.not_after) if one.not_after else words.NOT_KNOWN,
        key=words.DECODED_KEY.format(bits=bits) if bits else words.DECODED_OTHER_KEY,
    )


def _trust(box: Box, now: str) -> Iterator[str]:
    """The list in numbers."""
    if box.trust is None:
        return
    roots = sum(facts.is_self_issued for facts in box.trust)
    yield words.COUNTS.format(cas=len(box.trust), roots=roots)
    ended = sum(facts.not_after <= now for facts in box.trust)
    yield words.SOME_ENDED.format(count=ended) if ended else ""
    yield words.CRLS.format(count=len(box.crls)) if box.crls else ""
    yield words.LIST_GUESSED if box.is_list_guessed else ""


def _zone(box: Box) -> Iterator[str]:
    """The end of the zone."""
    zone = box.zone
    if zone is None:
        return
    port = zone.sip_port or words.PORT_NOT_SAID
    if zone.role is Role.EXPRESSWAY_C:
        yield words.ZONE_PEERS.format(name=zone.name, peers=", ".join(zone.peers) or words.NONE, port=port)
    else:
        subject = zone.verify_subject_name or words.NONE
        yield words.ZONE_SUBJECT.format(name=zone.name, subject=subject, port=port)
    yield words.NO_VERIFY if zone.tls_verify is False else ""


def _cluster(box: Box) -> str:
    """The cluster, as configured."""
    said = box.configuration
    if not said.cluster_name and not said.cluster_peers:
        return words.NONE if box.has_configuration else ""
    peers = ", ".join(f"{number} {address}" for number, address in said.cluster_peers) or words.NONE
    return words.CLUSTER.format(name=said.cluster_name or words.CLUSTER_NAMELESS, peers=peers)


def _dns(box: Box) -> str:
    said = box.configuration
    if not said.domain and not said.dns_servers:
        return ""
    return words.DNS.format(
        domain=said.domain or words.NOT_KNOWN, servers=", ".join(said.dns_servers) or words.NONE
    )


# --- Check after the change -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ServerCompared:
    """One server of the lab, and what is still otherwise on the real one."""

    title: str
    kind: str
    label: str  # what was given of it; "" for nothing
    is_done: bool
    lines: tuple[tuple[str, str], ...]  # the class of a sign, and the sentence


def expected_of(lab: Lab) -> tuple[Expected, ...]:
    """The lab's servers as the real ones should end: what is loaded, the lists, the zone. Four queries.

    In: the lab. Out: its Expressways in its own order; one without a certificate, which no page makes, is left out.
    """
    nodes = list(lab.expressways.select_related("zone", "cluster").prefetch_related("zone__peers"))
    held: dict[tuple[object, str], list[Installation]] = {}
    rows = Installation.objects.filter(slot__node__in=nodes).select_related("certificate", "slot")
    for row in rows:
        held.setdefault((row.slot.node_id, row.slot.name), []).append(row)
    trusted: dict[object, list[CertificateFacts]] = {}
    entries = TrustEntry.objects.filter(store__node__in=nodes, store__name="ca", certificate__isnull=False)
    for entry in entries.select_related("certificate", "store"):
        if entry.certificate is not None:
            trusted.setdefault(entry.store.node_id, []).append(facts_of(entry.certificate))
    found = (_expected(lab, node, held, trusted.get(node.pk, ())) for node in nodes)
    return tuple(one for one in found if one is not None)


def _expected(
    lab: Lab,
    node: Node,
    held: dict[tuple[object, str], list[Installation]],
    trusted: Iterable[CertificateFacts],
) -> Expected | None:
    """One server."""
    servers = held.get((node.pk, SlotName.SERVER.value), [])
    loaded = next((row for row in servers if row.is_installed), None)
    if loaded is None:
        return None
    clients = held.get((node.pk, SlotName.CLIENT.value), [])
    client = next((facts_of(row.certificate) for row in clients if row.is_installed), None)
    zone = getattr(node, "zone", None)
    return Expected(
        fqdn=node.fqdn,
        role=Role(node.kind),
        server=facts_of(loaded.certificate),
        client=client,
        earlier=tuple(facts_of(row.certificate) for row in servers if row.pk != loaded.pk),
        trust=tuple(trusted),
        release=lab.release,
        cluster_name=node.cluster.fqdn if node.cluster else "",
        zone_peers=tuple(peer.address for peer in zone.peers.all()) if zone else (),
        zone_subject=zone.verify_subject_name if zone else "",
    )


def servers_compared(compared: Sequence[Compared]) -> tuple[ServerCompared, ...]:
    """What was found, in words."""
    return tuple(_compared(one) for one in compared)


def _compared(one: Compared) -> ServerCompared:
    """One server: what is otherwise first, what was not compared last."""
    host = one.expected.fqdn.partition(".")[0]
    lines = [_line(found, host) for found in one.found]
    if one.box is None:
        lines = [("off", words.NOT_GIVEN)]
    elif one.is_done:
        lines.insert(0, ("ok", words.AS_IN_THE_LAB))
    lines.sort(key=lambda line: line[0] == "off")
    return ServerCompared(
        title=one.expected.fqdn,
        kind=words.ROLES[one.expected.role],
        label=one.box.label if one.box else "",
        is_done=one.is_done,
        lines=tuple(lines),
    )


def _line(found: Found, host: str) -> tuple[str, str]:
    tone, text = words.DIFFERENCES[found.difference]
    names = {
        "name": words.ROLES.get(Role(found.name), "") if found.name in set(Role) else found.name,
        "other": words.ROLES.get(Role(found.other), "") if found.other in set(Role) else found.other,
    }
    shown = {key: value or words.EMPTY_NAME for key, value in names.items()}
    return tone, text.format(
        host=host, ends=date_text(found.ends) if found.ends else words.NOT_KNOWN, **shown
    )


def strangers_among(boxes: Iterable[Box]) -> tuple[str, ...]:
    """The real servers that are none of the lab's, in words."""
    return tuple(
        words.NOT_IN_THE_LAB.format(name=box.fqdn or box.host)
        if box.name_from is not Origin.NOTHING
        else words.NAMELESS.format(label=box.label)
        for box in boxes
    )
