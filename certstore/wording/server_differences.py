"""What differs on one server between two documents of a lab, in words."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from certstore.wording.differing import (
    MOST_NAMED,
    NONE,
    Document,
    Names,
    changed,
    enumerated,
    fqdn,
    in_both,
    listed,
    moment,
    named,
    not_in,
)
from certstore.wording.labs import SLOTS, STORES
from certstore.wording.settings_differences import of_settings

MODES = {"permissive": "Permissive", "enforcing": "Enforcing"}
_STATES = {"used": "Signing requests used", "discarded": "Signing requests discarded"}
# The lists of a server beside the trusted CA list.
_LISTS = {
    **STORES,
    "tomcat-loaded": "tomcat-trust as the services have it",
    "callmanager-loaded": "CallManager-trust as the services have it",
    "crl": "the revocation list file",
}
_ZONE_FIELDS = {
    "name": "Name of the zone",
    "username": "Username of the zone",
    "sip_port": "SIP port of the zone",
    "verify_subject_name": "TLS verify subject name of the zone",
}
_CUCM_FIELDS = {
    "publisher_address": "address",
    "username": "username",
    "known_as": "what clients are told",
}


def of_server(was: Document, now: Document, names: Names, hosts: Names) -> Iterator[str]:
    """What differs on a server.

    In: the server in both documents, the names of certificates and CRLs by SHA-256, of servers by id.
    """
    yield from changed("Name", fqdn(was), fqdn(now))
    yield from changed("IP address", was["address"], now["address"])
    for slot in {**now["slots"], **was["slots"]}:
        yield from _of_slot(slot, was["slots"].get(slot, []), now["slots"].get(slot, []), names)
    yield from _of_requests(was.get("requests", []), now.get("requests", []))
    for name in {**now["lists"], **was["lists"]}:
        yield from _of_list(name, was["lists"].get(name, []), now["lists"].get(name, []), names)
    yield from _of_zone(was.get("zone"), now.get("zone"))
    yield from _of_cucm_servers(was.get("cucm_servers", []), now.get("cucm_servers", []), hosts)
    yield from of_settings(
        now["kind"], was.get("settings", {}), now.get("settings", {}), fqdn(now), now["domain"]
    )
    yield from _of_peer(was.get("peer"), now.get("peer"))
    yield from _of_files(was["files"], now["files"])
    yield from changed("Last restart", moment(was["restarted_at"]), moment(now["restarted_at"]))


def _of_slot(slot: str, was: Sequence[Document], now: Sequence[Document], names: Names) -> Iterator[str]:
    """What is loaded, and what callers see."""
    called = f"Certificate {SLOTS[slot]}" if slot in SLOTS else f"{slot.capitalize()} certificate"
    loaded = [_held(one, "is_installed", names) for one in (was, now)]
    yield from changed(f"{called} loaded", *loaded)
    shown = [_held(one, "is_running", names) for one in (was, now)]
    yield from changed(f"{called} that callers see", *shown)
    if loaded[0] == loaded[1] and shown[0] == shown[1] and was != now:
        yield f"The same {called[0].lower()}{called[1:]} was loaded anew, or its restart was done."


def _held(slot: Iterable[Document], flag: str, names: Names) -> str:
    """The certificate of a slot that has a flag, by its name."""
    return next((named(one["certificate"], names) for one in slot if one[flag]), NONE)


def _of_requests(was: Sequence[Document], now: Sequence[Document]) -> Iterator[str]:
    """The pending signing request, and how many were used or discarded."""
    yield from changed("Signing request in progress", _pending(was), _pending(now))
    if _pending(was) == _pending(now) and _ders(was, "pending") != _ders(now, "pending"):
        yield "The signing request in progress is another one, made at the same moment."
    for state, what in _STATES.items():
        yield from changed(what, str(len(_ders(was, state))), str(len(_ders(now, state))))


def _pending(requests: Sequence[Document]) -> str:
    found = next((one for one in requests if one["state"] == "pending"), None)
    if found is None:
        return NONE
    return f"{'imported' if found['is_imported'] else 'generated'} {moment(found['at_lab'])}"


def _ders(requests: Sequence[Document], state: str) -> list[str]:
    return [one["der"] for one in requests if one["state"] == state]


def _of_list(name: str, was: Sequence[Names], now: Sequence[Names], names: Names) -> Iterator[str]:
    """Which CAs and CRLs came and went, and whether what stayed stands in another order."""
    where = f" of {_LISTS[name]}" if name in _LISTS else ""
    for kind, word in (("certificate", f"CA certificates{where}"), ("crl", f"CRLs{where}")):
        old = [entry[kind] for entry in was if kind in entry]
        new = [entry[kind] for entry in now if kind in entry]
        yield from listed(f"New among the {word}", not_in(new, old), names)
        yield from listed(f"No longer among the {word}", not_in(old, new), names)
        if in_both(old, new) != in_both(new, old):
            yield f"The {word} that stayed stand in another order."


def _of_zone(was: Document | None, now: Document | None) -> Iterator[str]:
    """The side of the traversal zone, field by field where there is one before and after."""
    if was is None or now is None:
        yield from changed("Zone", was["name"] if was else NONE, now["name"] if now else NONE)
        return
    for field, what in _ZONE_FIELDS.items():
        yield from changed(what, str(was[field]) or NONE, str(now[field]) or NONE)
    yield from changed(
        "Peer addresses of the zone", ", ".join(was["peers"]) or NONE, ", ".join(now["peers"]) or NONE
    )
    if was["password"] != now["password"]:
        yield "The password of the zone is another one."


def _of_cucm_servers(was: Sequence[Document], now: Sequence[Document], hosts: Names) -> Iterator[str]:
    """The Unified CMs that an Expressway-C knows."""
    before, after = ({one["cucm"]: one for one in rows} for rows in (was, now))
    for what, these, those in (("New", after, before), ("Deleted", before, after)):
        gone = [_host(one, hosts) for one in these if one not in those]
        if gone:
            yield enumerated(f"{what} among the Unified CM servers", gone[:MOST_NAMED], len(gone))
    for cucm in (one for one in after if one in before):
        yield from _of_cucm_server(f"Unified CM server {_host(cucm, hosts)}", before[cucm], after[cucm])


def _of_cucm_server(called: str, was: Document, now: Document) -> Iterator[str]:
    for field, what in _CUCM_FIELDS.items():
        yield from changed(f"{called}, {what}", was[field] or NONE, now[field] or NONE)
    yield from changed(f"{called}, TLS verify mode", _mode(was), _mode(now))


def _mode(known: Document) -> str:
    return "On" if known["tls_verify"] else "Off"


def _host(server_id: str, hosts: Names) -> str:
    return hosts.get(server_id, server_id)


def _of_peer(was: Mapping[str, Any] | None, now: Mapping[str, Any] | None) -> Iterator[str]:
    """The place in a cluster."""
    before, after = was or {}, now or {}
    yield from changed("Peer number", str(before.get("number", NONE)), str(after.get("number", NONE)))
    yield from changed("Peer address", before.get("address") or NONE, after.get("address") or NONE)
    modes = [MODES.get(one.get("running_tls_mode", ""), NONE) for one in (before, after)]
    yield from changed("TLS verification mode in effect", *modes)


def _of_files(was: Sequence[Document], now: Sequence[Document]) -> Iterator[str]:
    """The files of the lab that were made for the server."""
    before, after = ({one["name"]: one["sha256"] for one in files} for files in (was, now))
    came = [name for name in after if name not in before]
    went = [name for name in before if name not in after]
    other = [name for name in after if name in before and before[name] != after[name]]
    for what, names in (
        ("New files", came),
        ("Files that are gone", went),
        ("Files with other content", other),
    ):
        if names:
            yield enumerated(what, names[:MOST_NAMED], len(names))
