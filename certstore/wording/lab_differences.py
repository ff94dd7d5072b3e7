"""What differs between two documents of a lab, in words. Pure: documents and names go in, sentences come out."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from certstore.wording.boxes import ROLES
from certstore.wording.differing import NONE, Document, Names, changed, fqdn
from certstore.wording.labs import KINDS, SAME_SUBJECT
from certstore.wording.server_differences import MODES, of_server

NEW_SERVER = "This server was not in the lab before."
GONE_SERVER = "This server is no longer in the lab."
OTHERWISE = "What is kept of it besides differs."
_UNITS = (("day", 86_400), ("hour", 3_600), ("minute", 60), ("second", 1))

# The settings that are on or off, as a page calls them.
_SWITCHES = {
    "cn_counts": "The Common Name counts",
    "server_eku_upload": "EnableServerEkuUpload",
    "eku_checking": "ExtendedKeyUsage Checking Mode",
}


@dataclass(frozen=True, slots=True)
class Section:
    """What differs in one place: the lab, or one of its servers."""

    heading: str  # "" for the lab itself
    lines: tuple[str, ...]


def differences(before: Document, after: Document, names: Names) -> tuple[Section, ...]:
    """What changed from one document of a lab to another.

    In: the two documents, and the names of certificates and CRLs by SHA-256 (one without a name shows how its
    hash begins). Out: the lab and its servers, those without a difference left out; () when the documents say the
    same. Of many names the first ones stand there, and how many more there are.
    """
    servers = {server["id"]: server for server in before["servers"]}
    there = {server["id"] for server in after["servers"]}
    hosts = {server["id"]: fqdn(server) for one in (before, after) for server in one["servers"]}
    whole = [
        *_of_lab(before["lab"], after["lab"]),
        *_of_dns(before.get("dns", []), after.get("dns", [])),
        *_of_clusters(before.get("clusters", []), after.get("clusters", [])),
    ]
    sections = [Section("", tuple(whole))]
    for server in after["servers"]:
        was = servers.get(server["id"])
        lines = tuple(of_server(was, server, names, hosts)) if was else (NEW_SERVER,)
        rest = (OTHERWISE,) if was and was != server and not lines else ()
        sections.append(Section(fqdn(server), lines + rest))
    sections += [
        Section(fqdn(server), (GONE_SERVER,)) for server in before["servers"] if server["id"] not in there
    ]
    return tuple(section for section in sections if section.lines)


def _of_lab(was: Document, now: Document) -> Iterator[str]:
    """Name, release, settings, time."""
    yield from changed("Name", was["name"], now["name"])
    yield from changed("Kind", KINDS[was["kind"]][0], KINDS[now["kind"]][0])
    yield from changed("Release", was["release"], now["release"])
    rules = SAME_SUBJECT
    yield from changed(
        "Two CAs with the same name", rules[was["same_subject"]][0], rules[now["same_subject"]][0]
    )
    for field, name in _SWITCHES.items():
        yield from changed(name, _on(was[field]), _on(now[field]))
    yield from changed("Explanations", was["explanations"], now["explanations"])
    yield from changed("Lab time", shift(was["clock_offset_s"]), shift(now["clock_offset_s"]))


def _of_dns(was: Sequence[Document], now: Sequence[Document]) -> Iterator[str]:
    """What the lab's DNS answers otherwise than it would be right."""
    before, after = ({f"{one['type']} {one['name']}": one["values"] for one in rows} for rows in (was, now))
    for question in dict.fromkeys((*before, *after)):
        yield from changed(
            f"DNS answer to {question}", _answer(before.get(question)), _answer(after.get(question))
        )


def _answer(values: Sequence[str] | None) -> str:
    return "right" if values is None else ", ".join(values) or "no answer"


def _of_clusters(was: Sequence[Document], now: Sequence[Document]) -> Iterator[str]:
    """The cluster of each role."""
    before, after = ({one["role"]: one for one in rows} for rows in (was, now))
    for role, name in ROLES.items():
        old, new = before.get(role.value, {}), after.get(role.value, {})
        yield from changed(f"Cluster of {name}", old.get("fqdn") or NONE, new.get("fqdn") or NONE)
        modes = [MODES.get(one.get("tls_mode", ""), NONE) for one in (old, new)]
        yield from changed(f"TLS verification mode of {name}", *modes)
        mapped = [_mapping(one.get("address_mapping", {})) for one in (old, new)]
        yield from changed(f"Cluster address mapping of {name}", *mapped)


def _mapping(rows: Mapping[str, str]) -> str:
    """The rows of a cluster address mapping."""
    return ", ".join(f"{fqdn} {address}" for fqdn, address in sorted(rows.items())) or NONE


def _on(value: bool) -> str:
    return "on" if value else "off"


def shift(seconds: int) -> str:
    """How far a lab's clock is from real time, to the second."""
    rest, parts = abs(seconds), []
    for unit, length in _UNITS:
        count, rest = divmod(rest, length)
        if count:
            parts.append(f"{count} {unit}{'s' if count > 1 else ''}")
    way = "ahead of" if seconds > 0 else "behind"
    return f"{' '.join(parts)} {way} real time" if parts else "real time"
