"""The document that a lab goes back to when it is set back to its start."""

from certstore.models import Lab
from certstore.reading.lab_document import LAB_FIELDS, Document, document_of, unpacked

# Its clock goes back as well; its other fields stay what somebody set them to.
_KEPT = tuple(name for name in LAB_FIELDS if name != "clock_offset_s")


def start_of(lab: Lab) -> Document | None:
    """The start of a lab under the settings and the servers' names that it has now; None where none was kept.

    Zones and Unified CM follow those names, so that what worked at the start works again.
    """
    if lab.start is None:
        return None
    start = unpacked(bytes(lab.start))
    now = {server["id"]: server for server in document_of(lab)["servers"]}
    renamed: dict[str, str] = {}
    for server in start["servers"]:
        here = now.get(server["id"], server)
        renamed[_fqdn(server)] = _fqdn(here)
        server |= {name: here[name] for name in ("host", "domain", "address")}
    for server in start["servers"]:
        _rename(server, renamed)
    fields = {name: getattr(lab, name) for name in _KEPT} | {"clock_offset_s": start["lab"]["clock_offset_s"]}
    return start | {"lab": fields}


def _fqdn(server: Document) -> str:
    return f"{server['host']}.{server['domain']}" if server["domain"] else str(server["host"])


def _rename(server: Document, renamed: dict[str, str]) -> None:
    """Other names where a server's zone, its cluster or its Unified CMs name another server."""
    peer, zone = server["peer"], server["zone"]
    if peer is not None:
        peer["address"] = renamed.get(peer["address"], peer["address"])
    if zone is not None:
        zone["peers"] = [renamed.get(peer, peer) for peer in zone["peers"]]
        zone["verify_subject_name"] = renamed.get(zone["verify_subject_name"], zone["verify_subject_name"])
    for known in server["cucm_servers"]:
        for name in ("publisher_address", "known_as"):
            known[name] = renamed.get(known[name], known[name])
