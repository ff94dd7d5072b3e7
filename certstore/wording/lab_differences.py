"""What differs between two documents of a lab, in words. Pure: documents and names go in, sentences come out."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from certstore.pki.moments import moment_text
from certstore.wording.labs import KINDS, SAME_SUBJECT

MOST_NAMED = 30
_UNITS = (("day", 86_400), ("hour", 3_600), ("minute", 60), ("second", 1))
_NONE = "none"

# The settings that are on or off, as a page calls them.
_SWITCHES = {
    "cn_counts": "The Common Name counts",
    "server_eku_upload": "EnableServerEkuUpload",
    "eku_checking": "ExtendedKeyUsage Checking Mode",
}

Document = Mapping[str, Any]
Names = Mapping[str, str]


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
    sections = [Section("", tuple(_of_lab(before["lab"], after["lab"])))]
    for server in after["servers"]:
        was = servers.get(server["id"], server)
        sections.append(Section(_fqdn(server), tuple(_of_server(was, server, names))))
    return tuple(section for section in sections if section.lines)


def _of_lab(was: Document, now: Document) -> Iterator[str]:
    """Name, release, settings, time."""
    yield from _changed("Name", was["name"], now["name"])
    yield from _changed("Kind", KINDS[was["kind"]][0], KINDS[now["kind"]][0])
    yield from _changed("Release", was["release"], now["release"])
    rules = SAME_SUBJECT
    yield from _changed(
        "Two CAs with the same name", rules[was["same_subject"]][0], rules[now["same_subject"]][0]
    )
    for field, name in _SWITCHES.items():
        yield from _changed(name, _on(was[field]), _on(now[field]))
    yield from _changed("Explanations", was["explanations"], now["explanations"])
    yield from _changed("Lab time", shift(was["clock_offset_s"]), shift(now["clock_offset_s"]))


def _of_server(was: Document, now: Document, names: Names) -> Iterator[str]:
    """Names, certificates, the list, the restart."""
    yield from _changed("Name", _fqdn(was), _fqdn(now))
    yield from _changed("IP address", was["address"], now["address"])
    for slot in {**now["slots"], **was["slots"]}:
        before, held = was["slots"].get(slot, []), now["slots"].get(slot, [])
        called = "Client certificate" if slot == "client" else "Server certificate"
        loaded = [_held(one, "is_installed", names) for one in (before, held)]
        yield from _changed(f"{called} loaded", *loaded)
        shown = [_held(one, "is_running", names) for one in (before, held)]
        yield from _changed(f"{called} that callers see", *shown)
        if loaded[0] == loaded[1] and shown[0] == shown[1] and before != held:
            yield f"The same {called.lower()} was loaded anew, or its restart was done."
    for name in {**now["lists"], **was["lists"]}:
        yield from _of_list(was["lists"].get(name, []), now["lists"].get(name, []), names)
    yield from _changed("Last restart", _moment(was["restarted_at"]), _moment(now["restarted_at"]))


def _of_list(was: Sequence[Names], now: Sequence[Names], names: Names) -> Iterator[str]:
    """Which CAs and CRLs came and went, and whether what stayed stands in another order."""
    for kind, word in (("certificate", "CA certificates"), ("crl", "CRLs")):
        old = [entry[kind] for entry in was if kind in entry]
        new = [entry[kind] for entry in now if kind in entry]
        yield from _listed(f"New among the {word}", _not_in(new, old), names)
        yield from _listed(f"No longer among the {word}", _not_in(old, new), names)
        if _in_both(old, new) != _in_both(new, old):
            yield f"The {word} that stayed stand in another order."


def _not_in(these: Sequence[str], those: Sequence[str]) -> list[str]:
    there = frozenset(those)
    return [one for one in these if one not in there]


def _in_both(these: Sequence[str], those: Sequence[str]) -> list[str]:
    there = frozenset(those)
    return [one for one in these if one in there]


def _listed(what: str, hashes: Sequence[str], names: Names) -> Iterator[str]:
    """A line of names, bounded; none for none."""
    if not hashes:
        return
    told = "; ".join(_name(one, names) for one in hashes[:MOST_NAMED])
    rest = f"; and {len(hashes) - MOST_NAMED} more" if len(hashes) > MOST_NAMED else ""
    yield f"{what} ({len(hashes)}): {told}{rest}"


def _changed(what: str, was: str, now: str) -> Iterator[str]:
    if was != now:
        yield f"{what}: {was} → {now}"


def _held(slot: Iterable[Document], flag: str, names: Names) -> str:
    """The certificate of a slot that has a flag, by its name."""
    return next((_name(one["certificate"], names) for one in slot if one[flag]), _NONE)


def _name(sha256: str, names: Names) -> str:
    """What a certificate is called, with the beginning of its hash, for names are not unique."""
    begins = ":".join(sha256[at : at + 2] for at in range(0, 8, 2)).upper()
    return f"{names[sha256]} ({begins})" if names.get(sha256) else begins


def _fqdn(server: Document) -> str:
    return f"{server['host']}.{server['domain']}"


def _on(value: bool) -> str:
    return "on" if value else "off"


def _moment(text: str) -> str:
    return moment_text(text) if text else "never"


def shift(seconds: int) -> str:
    """How far a lab's clock is from real time, to the second."""
    rest, parts = abs(seconds), []
    for unit, length in _UNITS:
        count, rest = divmod(rest, length)
        if count:
            parts.append(f"{count} {unit}{'s' if count > 1 else ''}")
    way = "ahead of" if seconds > 0 else "behind"
    return f"{' '.join(parts)} {way} real time" if parts else "real time"
