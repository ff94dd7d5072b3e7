"""The traversal zone: Expressway-C opens a mutual TLS connection to Expressway-E, then signs in.

The order is that of the connection: the address in DNS, the port, Expressway-C looks at Expressway-E's certificate
and at its names, Expressway-E at Expressway-C's, then user name and password. The first thing that fails is why the
zone is down; what else would fail after it is told as well.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from certstore.pki.codes import Code
from certstore.pki.connections import Health, Kind, Look, Reason, Verdict
from certstore.pki.findings import Finding, Severity, note, refuse, warn
from certstore.pki.peer_findings import Names, reasons_of
from certstore.pki.peer_names import is_address, same_address
from certstore.pki.purpose import Purpose
from certstore.pki.releases import Switch
from certstore.pki.settings import ZoneSettings
from certstore.pki.tls import Looker, look, look_for_name, sent_by
from certstore.pki.topology import Expressway, Topology
from certstore.pki.zone_log import lines_of_login, lines_of_looks

VERY_LARGE_KEY = 8192  # bits


@dataclass(frozen=True, slots=True)
class Pair:
    """Both servers of a zone that somebody has set up, and the address that leads from one to the other."""

    topology: Topology
    control: Expressway
    client: ZoneSettings
    peer_address: str
    edge: Expressway


def judge_zone(topology: Topology, control: Expressway, peer_address: str) -> Verdict:
    """Whether the zone from an Expressway-C to one of its peers comes up.

    In: the deployment, the Expressway-C, one of its peer addresses as typed. Out: the verdict, with every reason,
    what each side found of the other's certificate and what each logs; OFF where the Expressway-C has no zone or no
    address; `target` is "" where the address leads to no Expressway-E. An 8192-bit key, or several addresses, warn.
    Source: Administrator Guide, Unified Communications; TechNotes 221624, 213872, 117811 and 118798; see the reasons.
    """
    client, typed = control.zone, peer_address.strip()
    if client is None or not typed:
        nothing = note(Code.ZONE_NOT_SET_UP, name=control.fqdn)
        return Verdict(Kind.ZONE, control.id, "", Health.OFF, (Reason(nothing, control.id, control.id),))
    addresses = (typed,) if is_address(typed) else topology.dns.addresses(typed)
    edge = _edge_at(topology, addresses)
    found = tuple(_on_the_way(topology, control, typed, addresses))
    if edge is None:
        return Verdict(Kind.ZONE, control.id, "", Health.FAILS, found)
    return _judged(Pair(topology, control, client, typed, edge), found)


def purpose_of_client(topology: Topology, edge: Expressway) -> Purpose:
    """What Expressway-E wants the certificate of Expressway-C to be good for.

    Source: TechNote 213872 (client authentication); Administrator Guide X15.5 and TechNote 225693 for the switch.
    """
    can_be_off = topology.release.has_switch(Switch.EKU_CHECKING, edge.role)
    return Purpose.EITHER if can_be_off and not topology.switches.eku_checking else Purpose.CLIENT


def looks_of(pair: Pair) -> tuple[Look, Look]:
    """What Expressway-C finds of Expressway-E's certificate, and what Expressway-E finds of Expressway-C's.

    The second is made however the first comes out: nobody gets as far, but it tells what would fail next.
    """
    control, edge, server = pair.control, pair.edge, pair.edge.zone
    cn_counts = pair.topology.cn_counts
    at_edge = _look(pair, control, edge, Purpose.SERVER)
    at_control = _look(pair, edge, control, purpose_of_client(pair.topology, edge))
    wanted = (server.verify_subject_name,) if server and server.verify_subject_name else ()
    return (
        look_for_name(at_edge, (pair.peer_address,), cn_counts),
        look_for_name(at_control, wanted, cn_counts),
    )


def _look(pair: Pair, by: Expressway, about: Expressway, purpose: Purpose) -> Look:
    """One server looks at what the other shows: a server certificate, or its client certificate."""
    rule, at = pair.topology.same_subject, pair.topology.at
    certificate = about.server if purpose is Purpose.SERVER else about.client
    looker = Looker(id=by.id, trust=by.trust, same_subject=rule, at=at, revocation=by.settings.revocation)
    sent = sent_by(certificate, about.trust, about.settings.sends, rule, at)
    return look(looker, about.id, certificate, sent, purpose)


def _judged(pair: Pair, on_the_way: Sequence[Reason]) -> Verdict:
    """The verdict on a zone whose address leads to an Expressway-E."""
    looks = looks_of(pair)
    tls = (*_of_edge(pair, looks[0]), *_of_control(pair, looks[1]))
    login, keys = tuple(_login(pair)), tuple(_large_keys(pair))
    reached = not _refused(on_the_way)
    lines = lines_of_looks(pair.control, pair.edge, pair.peer_address, looks) if reached else ()
    if reached and login and not _refused(tls):
        lines = lines_of_login(pair.control, pair.edge)
    reasons = (*on_the_way, *tls, *login, *keys)
    return Verdict(
        Kind.ZONE,
        pair.control.id,
        pair.edge.id,
        health_of(reasons),
        _first_cause_first(reasons),
        looks,
        lines,
    )


def health_of(reasons: Sequence[Reason]) -> Health:
    """How a connection is that somebody tries: it fails, works with a warning, or works."""
    severities = {reason.finding.severity for reason in reasons}
    if Severity.REFUSE in severities:
        return Health.FAILS
    return Health.WARNS if Severity.WARN in severities else Health.WORKS


def _refused(reasons: Sequence[Reason]) -> bool:
    return health_of(reasons) is Health.FAILS


def _first_cause_first(reasons: Sequence[Reason]) -> tuple[Reason, ...]:
    """What refuses in its order, then what only warns or tells."""
    return tuple(sorted(reasons, key=lambda reason: reason.finding.severity is not Severity.REFUSE))


def _edge_at(topology: Topology, addresses: Sequence[str]) -> Expressway | None:
    """The Expressway-E at the first of some addresses that leads to one."""
    return next(
        (edge for address in addresses for edge in topology.edges if same_address(edge.address, address)),
        None,
    )


def _on_the_way(
    topology: Topology, control: Expressway, typed: str, addresses: Sequence[str]
) -> Iterator[Reason]:
    """What keeps Expressway-C from reaching the port of an Expressway-E, or may.

    Source: TechNote 118798 for two addresses of one name; a port that differs: Administrator Guide.
    """
    edge = _edge_at(topology, addresses)
    looker = control.fqdn
    found: list[Finding] = []
    if not addresses:
        found.append(refuse(Code.ZONE_NO_ADDRESS, name=typed, looker=looker))
    elif edge is None:
        found.append(
            refuse(Code.ZONE_ADDRESS_LEADS_ELSEWHERE, name=typed, address=addresses[0], looker=looker)
        )
    if len(addresses) > 1:
        found.append(warn(Code.ZONE_SEVERAL_ADDRESSES, name=typed, count=len(addresses), looker=looker))
    yield from (Reason(one, control.id, control.id) for one in found)
    if edge is None or control.zone is None:
        return
    if edge.zone is None:
        yield Reason(refuse(Code.ZONE_NOT_SET_UP, name=edge.fqdn), control.id, edge.id)
    elif edge.zone.sip_port != control.zone.sip_port:
        ports = {"typed": control.zone.sip_port, "port": edge.zone.sip_port}
        yield Reason(refuse(Code.ZONE_PORT, looker=looker, other=edge.fqdn, **ports), control.id, control.id)


def _of_edge(pair: Pair, found: Look) -> Iterator[Reason]:
    """What Expressway-C has against Expressway-E's certificate: the chain, then the peer address."""
    control, edge = pair.control, pair.edge
    yield from reasons_of(found, Purpose.SERVER, Names(control.fqdn, edge.fqdn))
    if not found.matched:
        code, names = Code.ZONE_PEER_ADDRESS_NOT_IN_CERTIFICATE, {"looker": control.fqdn, "other": edge.fqdn}
        yield Reason(refuse(code, name=pair.peer_address, **names), control.id, edge.id)


def _of_control(pair: Pair, found: Look) -> Iterator[Reason]:
    """What Expressway-E has against Expressway-C's certificate: the chain, then the TLS verify subject name."""
    control, edge = pair.control, pair.edge
    yield from reasons_of(found, purpose_of_client(pair.topology, edge), Names(edge.fqdn, control.fqdn))
    if edge.zone is None:
        return
    if not found.wanted:
        yield Reason(
            refuse(Code.ZONE_NO_SUBJECT_NAME, looker=edge.fqdn, other=control.fqdn), edge.id, edge.id
        )
    elif not found.matched:
        code, names = Code.ZONE_SUBJECT_NAME_NOT_IN_CERTIFICATE, {"looker": edge.fqdn, "other": control.fqdn}
        yield Reason(refuse(code, name=found.wanted[0], **names), edge.id, control.id)


def _login(pair: Pair) -> Iterator[Reason]:
    """User name and password of the zone, which Expressway-E compares when TLS has come up.

    Source: TechNote 117811 (a wrong password fails the zone, and is no fault of a certificate).
    """
    ours, theirs = pair.client, pair.edge.zone
    if theirs is None:
        return
    is_right = ours.username != "" and ours.password != ""
    if not (is_right and (ours.username, ours.password) == (theirs.username, theirs.password)):
        found = refuse(Code.ZONE_CREDENTIALS, looker=pair.edge.fqdn, other=pair.control.fqdn)
        yield Reason(found, pair.edge.id, pair.control.id)


def _large_keys(pair: Pair) -> Iterator[Reason]:
    """Source: Certificate Creation and Use guide, troubleshooting: zones "may not" become active."""
    shown = ((pair.edge, pair.edge.server, pair.control), (pair.control, pair.control.client, pair.edge))
    for server, certificate, looker in shown:
        if certificate.key_algorithm == "RSA" and certificate.key_bits >= VERY_LARGE_KEY:
            found = warn(Code.ZONE_VERY_LARGE_KEY, other=server.fqdn, bits=certificate.key_bits)
            yield Reason(found, looker.id, server.id)
