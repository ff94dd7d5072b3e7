"""How the servers of an imported lab are set and joined: settings, zones, Unified CMs, DNS; each value looked at."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from certstore.actions.cluster_mapping import MOST_MAPPED
from certstore.forms.lab_shapes import (
    Defect,
    a_list,
    a_mapping,
    a_moment,
    a_number,
    a_switch,
    a_text,
    an_object,
    bytes_in,
    one_of,
    wrong,
)
from certstore.models import Cluster, Node, SigningRequest, SlotName, StoreName
from certstore.pki.dns import RecordType
from certstore.pki.facts import Undecodable
from certstore.pki.names import is_fqdn, visible
from certstore.pki.peer_names import plain_address
from certstore.pki.releases import Role
from certstore.pki.requests import decode_request
from certstore.pki.settings import TUNNEL_ALGORITHMS, Fallback, InvalidCertificate, Sends
from certstore.reading.lab_document import CUCM_FIELDS, REQUEST_FIELDS, ZONE_FIELDS, Document
from certstore.wording import lab_import as words

MOST_PEERS, MOST_RECORDS, MOST_VALUES = 6, 200, 10
MOST_REQUESTS, MOST_FIELDS, LONGEST_FIELD = 40, 30, 12_000
LONGEST_NAME, LONGEST_USER, LONGEST_ZONE = 253, 128, 50

LISTS_OF: Mapping[Node.Kind, tuple[str, ...]] = {
    Node.Kind.EXPRESSWAY_C: (StoreName.CA.value,),
    Node.Kind.EXPRESSWAY_E: (StoreName.CA.value,),
    Node.Kind.CUCM: (
        StoreName.TOMCAT.value,
        StoreName.TOMCAT_LOADED.value,
        StoreName.CALLMANAGER.value,
        StoreName.CALLMANAGER_LOADED.value,
    ),
    Node.Kind.JABBER: (StoreName.CLIENT_OS.value,),
}
OPTIONAL_LISTS: Mapping[Node.Kind, tuple[str, ...]] = {
    Node.Kind.EXPRESSWAY_C: (StoreName.CRL.value,),
    Node.Kind.EXPRESSWAY_E: (StoreName.CRL.value,),
    Node.Kind.CUCM: (),
    Node.Kind.JABBER: (),
}
SLOTS_OF: Mapping[Node.Kind, tuple[str, ...]] = {
    Node.Kind.EXPRESSWAY_C: (SlotName.SERVER.value,),
    Node.Kind.EXPRESSWAY_E: (SlotName.SERVER.value,),
    Node.Kind.CUCM: (SlotName.TOMCAT.value, SlotName.CALLMANAGER.value),
    Node.Kind.JABBER: (),
}
OPTIONAL_SLOTS: Mapping[Node.Kind, tuple[str, ...]] = {
    Node.Kind.EXPRESSWAY_C: (SlotName.CLIENT.value,),
    Node.Kind.EXPRESSWAY_E: (SlotName.CLIENT.value,),
    Node.Kind.CUCM: (SlotName.TOMCAT_ECDSA.value, SlotName.CALLMANAGER_ECDSA.value),
    Node.Kind.JABBER: (),
}
# Slots that a certificate can be deleted from.
MAY_END = (SlotName.TOMCAT_ECDSA.value, SlotName.CALLMANAGER_ECDSA.value)

_SALT = re.compile(r"[0-9a-f]{32}")
_FINGERPRINT = re.compile(r"([0-9a-f]{64})?")

Read = Callable[[Any, str], Any]


def a_salt(value: Any, where: str) -> str:
    """What the fingerprints of a lab's zone passwords are made with."""
    if not isinstance(value, str) or not _SALT.fullmatch(value):
        raise wrong(where, words.A_SALT)
    return value


def dns_records(value: Any) -> list[Document]:
    """The answers of the DNS that somebody changed, each question once."""
    records = []
    for at, given in enumerate(a_list(value, "dns", MOST_RECORDS)):
        where = f"dns[{at}]"
        one = an_object(given, where, ("type", "name", "values"))
        values = a_list(one["values"], f"{where}.values", MOST_VALUES)
        records.append(
            {
                "type": one_of(one["type"], f"{where}.type", [kind.value for kind in RecordType]),
                "name": _a_line(one["name"], f"{where}.name"),
                "values": [_a_line(text, f"{where}.values[{number}]") for number, text in enumerate(values)],
            }
        )
    if len({(one["type"], one["name"]) for one in records}) < len(records):
        raise Defect(words.TWICE.format(where="A question of dns"))
    return sorted(records, key=lambda one: (one["type"], one["name"]))


def joints_of(where: str, kind: str, given: Document) -> Document:
    """The settings of one server, its side of the zone and the Unified CMs that it knows."""
    if not given:
        return {}
    is_expressway = kind in (Node.Kind.EXPRESSWAY_C, Node.Kind.EXPRESSWAY_E)
    if given["zone"] is not None and not is_expressway:
        raise wrong(f"{where}.zone", words.NO_ZONE_HERE)
    known = a_list(
        given["cucm_servers"], f"{where}.cucm_servers", 10 if kind == Node.Kind.EXPRESSWAY_C else 0
    )
    return {
        "settings": _settings(given["settings"], f"{where}.settings", _SETTINGS[Node.Kind(kind)]),
        "zone": None if given["zone"] is None else _zone(given["zone"], f"{where}.zone"),
        "cucm_servers": [_cucm(one, f"{where}.cucm_servers[{at}]") for at, one in enumerate(known)],
        "requests": _requests(given["requests"], f"{where}.requests", is_expressway),
        "peer": None if given["peer"] is None else _peer(given["peer"], f"{where}.peer"),
    }


def known_servers_are_there(servers: Sequence[Document]) -> None:
    """Every Unified CM that some Expressway-C knows is a server of the file, and no id stands there twice."""
    kinds = {server["id"]: server["kind"] for server in servers}
    if len(kinds) < len(servers):
        raise Defect(words.TWICE.format(where="An id of the servers"))
    for server in servers:
        known = [one["cucm"] for one in server.get("cucm_servers", ())]
        if any(kinds.get(one) != Node.Kind.CUCM for one in known) or len(set(known)) < len(known):
            raise wrong(f"cucm_servers of {visible(server['host'], 63)}", words.A_CUCM)
    if sum(kind == Node.Kind.JABBER for kind in kinds.values()) > 1:
        raise Defect(words.TWICE.format(where="A server of the kind jabber"))


def clusters_of(value: Any, servers: Sequence[Document]) -> list[Document]:
    """The clusters, one a role at most, in the order of their roles; every peer's is there."""
    clusters = []
    for at, given in enumerate(a_list(value, "clusters", 2)):
        where = f"clusters[{at}]"
        one = a_mapping(given, where, ("role", "fqdn", "tls_mode"), ("address_mapping",))
        clusters.append(
            {
                "role": one_of(one["role"], f"{where}.role", [role.value for role in Role]),
                "fqdn": _a_line(one["fqdn"], f"{where}.fqdn"),
                "tls_mode": one_of(one["tls_mode"], f"{where}.tls_mode", Cluster.TlsMode.values),
                "address_mapping": _address_mapping(one.get("address_mapping", {}), where),
            }
        )
    roles = [one["role"] for one in clusters]
    peers = {server["kind"] for server in servers if server.get("peer") is not None}
    if len(set(roles)) < len(roles) or not peers <= set(roles):
        raise wrong("clusters", words.A_CLUSTER)
    return sorted(clusters, key=lambda one: one["role"])


def _address_mapping(value: Any, where: str) -> dict[str, str]:
    """Cluster address mapping: IP addresses by FQDNs in lower case."""
    where = f"{where}.address_mapping"
    if not isinstance(value, dict) or len(value) > MOST_MAPPED:
        raise wrong(where, words.A_MAPPING.format(limit=MOST_MAPPED))
    for name, address in value.items():
        is_name = len(name) <= LONGEST_NAME and is_fqdn(name) and name == name.lower().rstrip(".")
        if not (is_name and isinstance(address, str) and address and plain_address(address) == address):
            raise wrong(where, words.A_MAPPING.format(limit=MOST_MAPPED))
    return dict(value)


def _peer(value: Any, where: str) -> Document:
    given = an_object(value, where, ("number", "address", "running_tls_mode"))
    modes = ("", *Cluster.TlsMode.values)
    return {
        "number": a_number(given["number"], f"{where}.number", 1, MOST_PEERS),
        "address": _a_line(given["address"], f"{where}.address"),
        "running_tls_mode": one_of(given["running_tls_mode"], f"{where}.running_tls_mode", modes),
    }


def _requests(value: Any, where: str, is_expressway: bool) -> list[Document]:
    """The signing requests of a server, each decoded anew; one a slot is pending."""
    requests, pending = [], []
    for at, given in enumerate(a_list(value, where, MOST_REQUESTS if is_expressway else 0)):
        place = f"{where}[{at}]"
        one = an_object(given, place, ("slot", "der", *REQUEST_FIELDS))
        data = bytes_in(one["der"], f"{place}.der")
        try:
            whole = decode_request(data).der == data
        except Undecodable:
            whole = False
        if not whole:
            raise wrong(f"{place}.der", words.A_REQUEST)
        slot = one_of(one["slot"], f"{place}.slot", (SlotName.SERVER.value, SlotName.CLIENT.value))
        state = one_of(one["state"], f"{place}.state", SigningRequest.State.values)
        pending += [slot] if state == SigningRequest.State.PENDING else []
        requests.append(
            {
                "slot": slot,
                "der": one["der"],
                "fields": _fields(one["fields"], f"{place}.fields"),
                "is_imported": a_switch(one["is_imported"], f"{place}.is_imported"),
                "state": state,
                "at_lab": a_moment(one["at_lab"], f"{place}.at_lab"),
            }
        )
    twice = len({(one["slot"], one["der"]) for one in requests}) < len(requests)
    if twice or len(set(pending)) < len(pending):
        raise Defect(words.TWICE.format(where=f"A request of {where}"))
    return requests


def _fields(value: Any, where: str) -> dict[str, str]:
    """What was typed into a request's form: texts by short names."""
    if not isinstance(value, dict) or len(value) > MOST_FIELDS:
        raise wrong(where, words.SOME_OF.format(fields="the fields of a request"))
    return {
        a_text(name, where, 40): a_text(text, f"{where}.{visible(name, 40)}", LONGEST_FIELD)
        for name, text in value.items()
    }


def _zone(value: Any, where: str) -> Document:
    given = an_object(value, where, (*ZONE_FIELDS, "peers"))
    if not isinstance(given["password"], str) or not _FINGERPRINT.fullmatch(given["password"]):
        raise wrong(f"{where}.password", words.A_HASH)
    peers = a_list(given["peers"], f"{where}.peers", MOST_PEERS)
    return {
        "name": _a_line(given["name"], f"{where}.name", LONGEST_ZONE),
        "username": _a_line(given["username"], f"{where}.username", LONGEST_USER),
        "password": given["password"],
        "sip_port": a_number(given["sip_port"], f"{where}.sip_port", 1, 65535),
        "verify_subject_name": _a_line(
            given["verify_subject_name"], f"{where}.verify_subject_name", LONGEST_USER
        ),
        "peers": [_a_line(peer, f"{where}.peers[{at}]") for at, peer in enumerate(peers)],
    }


def _cucm(value: Any, where: str) -> Document:
    given = an_object(value, where, ("cucm", *CUCM_FIELDS))
    return {
        "cucm": a_text(given["cucm"], f"{where}.cucm", 36),
        "publisher_address": _a_line(given["publisher_address"], f"{where}.publisher_address"),
        "username": _a_line(given["username"], f"{where}.username", LONGEST_USER),
        "tls_verify": a_switch(given["tls_verify"], f"{where}.tls_verify"),
        "known_as": _a_line(given["known_as"], f"{where}.known_as"),
    }


def _a_line(value: Any, where: str, most: int = LONGEST_NAME) -> str:
    """A text on one line in which every character can be seen."""
    text = a_text(value, where, most)
    if visible(text, most) != text:
        raise wrong(where, words.A_LINE)
    return text


def _settings(value: Any, where: str, known: Mapping[str, Read]) -> Document:
    """Settings that differ from their defaults: only those that a server of this kind has."""
    if not isinstance(value, dict) or not value.keys() <= known.keys():
        raise wrong(where, words.SOME_OF.format(fields=", ".join(known) or "none"))
    return {name: known[name](one, f"{where}.{name}") for name, one in value.items()}


def _revocation(value: Any, where: str) -> Document:
    switches = ("is_on", "uses_ocsp", "uses_crls", "downloads_crls")
    given = an_object(value, where, (*switches, "fallback"))
    fallback = one_of(given["fallback"], f"{where}.fallback", [one.value for one in Fallback])
    return {name: a_switch(given[name], f"{where}.{name}") for name in switches} | {"fallback": fallback}


def _algorithms(value: Any, where: str) -> list[str]:
    given = a_list(value, where, len(TUNNEL_ALGORITHMS))
    return [one_of(one, f"{where}[{at}]", TUNNEL_ALGORITHMS) for at, one in enumerate(given)]


_EXPRESSWAY: Mapping[str, Read] = {
    "sends": lambda value, where: one_of(value, where, [one.value for one in Sends]),
    "tunnel_algorithms": _algorithms,
    "verifies_origin_server": a_switch,
    "revocation": _revocation,
}
_SETTINGS: Mapping[Node.Kind, Mapping[str, Read]] = {
    Node.Kind.EXPRESSWAY_C: _EXPRESSWAY,
    Node.Kind.EXPRESSWAY_E: _EXPRESSWAY,
    Node.Kind.CUCM: {"server_entry": _a_line, "mixed_mode": a_switch, "prefers_rsa": a_switch},
    Node.Kind.JABBER: {
        "domain": _a_line,
        "on_invalid_certificate": lambda value, where: one_of(
            value, where, [one.value for one in InvalidCertificate]
        ),
    },
}
