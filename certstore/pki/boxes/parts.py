"""What one file or one pasted text brings of a server, by the file's name where the product gave it, else by content.

A diagnostic log archive holds `ca_NAME_TIME.pem` (the trusted CA list), `server_NAME_TIME.pem`, `xconf_dump_…txt`,
`xstat_dump_…txt` and what is of no use here. Source: Administrator Guide, Maintenance, "Files contained in the
diagnostic log archive"; that a client certificate would be called `client_…` is our reading of X15.5's `client.pem`.
"""

import re
from dataclasses import dataclass, field, replace
from enum import StrEnum

from certstore.pki.boxes.decoded import Decoded, decoded_certificates
from certstore.pki.boxes.lines import (
    Values,
    configuration_values,
    is_configuration,
    is_status,
    status_values,
)
from certstore.pki.facts import Undecodable, decode_certificate
from certstore.pki.material import has_name_lines, is_leaf
from certstore.pki.releases import Role
from certstore.pki.sniff import FileContent, FileKind, look_at


class Part(StrEnum):
    """What a file of the product's own naming is."""

    LIST = "list"
    SERVER = "server"
    CLIENT = "client"
    CONFIGURATION = "configuration"
    STATUS = "status"


@dataclass(frozen=True, slots=True)
class RawBox:
    """What was brought of one server, certificates and CRLs as DER that nobody has decoded yet."""

    label: str  # where it came from: an archive, a name in files' names, a box of the form
    hint: str = ""  # the server's name as the names of its files have it
    said_name: str = ""
    said_role: Role | None = None
    listed: tuple[bytes, ...] | None = None  # the trust list in its order; None where none was brought
    crls: tuple[bytes, ...] = ()
    servers: tuple[bytes, ...] = ()  # the first counts
    clients: tuple[bytes, ...] = ()
    sent: tuple[bytes, ...] = ()  # what stood above the server's certificate in a handshake
    is_presented: bool = False  # the server's certificate is what a handshake showed
    is_list_guessed: bool = False  # CAs that nothing says are the whole list
    decoded: tuple[Decoded, ...] = ()
    values: Values = field(default_factory=dict)
    private_keys: int = 0
    unreadable: int = 0

    @property
    def ders(self) -> tuple[bytes, ...]:
        """Every certificate and CRL in it."""
        return (*(self.listed or ()), *self.crls, *self.servers, *self.clients, *self.sent)

    @property
    def is_empty(self) -> bool:
        """Whether nothing of use was brought."""
        brought = (self.listed, self.crls, self.servers, self.clients, self.sent, self.decoded, self.values)
        return not any(brought)


_NAMED = re.compile(
    r"(?:(ca|server|client)(?:_(.{1,200}))?\.(?:pem|txt)|(xconf|xstat)_dump(?:_(.{1,200}))?\.txt)",
    re.IGNORECASE,
)
_STAMP = re.compile(r"_[0-9]{4}-[0-9]{2}-[0-9]{2}.*|_[0-9]{8}.*", re.DOTALL)
_PARTS = {
    "ca": Part.LIST,
    "server": Part.SERVER,
    "client": Part.CLIENT,
    "xconf": Part.CONFIGURATION,
    "xstat": Part.STATUS,
}
# What holds a private key by its name is not read at all.
_KEY_NAME = re.compile(r"(?:.*priv.*key.*|.*\.key|.*\.p12|.*\.pfx|.*_key\.pem)", re.IGNORECASE)
_HANDSHAKE = re.compile(rb"^(?:Certificate chain|CONNECTED\([0-9A-Fx]+\))[ \t]*\r?$", re.MULTILINE)


def part_named(name: str) -> tuple[Part, str] | None:
    """What a file is by the name that the product gives, and the server's name in it; None for another name.

    In: the last part of its path. A name that is taken is no more than a label: no path is made of it.
    """
    found = _NAMED.fullmatch(name)
    if found is None:
        return None
    host = _STAMP.sub("", found[2] or found[4] or "")
    return _PARTS[(found[1] or found[3]).lower()], host


def is_key_name(name: str) -> bool:
    """Whether a file is that of a private key by its name."""
    return bool(_KEY_NAME.fullmatch(name))


def box_of_part(label: str, part: Part, data: bytes) -> RawBox:
    """What a file of the product's own naming brings."""
    if part in (Part.CONFIGURATION, Part.STATUS):
        text = data.decode("utf-8", "replace")
        read = configuration_values if part is Part.CONFIGURATION else status_values
        return RawBox(label, values=read(text))
    content = look_at(data)
    if _holds_a_key(content):
        return RawBox(label, private_keys=1)
    found = RawBox(label, unreadable=_unreadable(content))
    if part is Part.LIST:
        return replace(found, listed=content.certificates, crls=content.crls)
    if part is Part.SERVER:
        return replace(found, servers=content.certificates[:1], sent=content.certificates[1:])
    return replace(found, clients=content.certificates[:1])


def box_of_content(label: str, data: bytes) -> RawBox:
    """What a pasted text, or a file of any name, brings: all that is recognised in it, one beside the other.

    A certificate under a line with its name is of "Show all (PEM file)"; one in the output of `openssl s_client` is
    what the server shows; otherwise a server's certificate is its own, and CAs are taken for its list.
    """
    text = data.decode("utf-8", "replace")
    values: Values = status_values(text) if is_status(text) else {}
    values |= configuration_values(text) if is_configuration(text) else {}
    content = look_at(data)
    found = RawBox(label, decoded=decoded_certificates(text), values=values)
    if _holds_a_key(content):
        return replace(found, private_keys=max(1, content.private_keys))
    found = replace(found, crls=content.crls, unreadable=_unreadable(content))
    if not content.certificates:
        return found
    if _HANDSHAKE.search(data):
        first, *above = content.certificates
        above = [der for der in dict.fromkeys(above) if der != first]
        return replace(found, servers=(first,), sent=tuple(above), is_presented=True)
    return _sorted(found, content, data)


def _sorted(found: RawBox, content: FileContent, data: bytes) -> RawBox:
    """Certificates that no handshake showed: a whole list, or a server's certificate and CAs."""
    if content.code is None and has_name_lines(data):
        return replace(found, listed=content.certificates)
    own, cas = _own_and_cas(content.certificates)
    listed = cas or (() if content.crls else None)
    return replace(found, servers=own, listed=listed, is_list_guessed=listed is not None)


def _own_and_cas(ders: tuple[bytes, ...]) -> tuple[tuple[bytes, ...], tuple[bytes, ...]]:
    """A server's certificates, and the others; what cannot be decoded stays among the others and is told there."""
    decoded = {}
    for der in ders:
        try:
            decoded[der] = decode_certificate(der)
        except Undecodable:
            continue
    issuers = frozenset(facts.issuer_hash for facts in decoded.values() if not facts.is_self_issued)
    own = tuple(der for der, facts in decoded.items() if is_leaf(facts, issuers))
    return own, tuple(der for der in ders if der not in own)


def _holds_a_key(content: FileContent) -> bool:
    """Whether a private key is in it: whatever else it holds is not taken, by this project's decision 5."""
    return content.private_keys > 0 or content.kind is FileKind.PKCS12


def _unreadable(content: FileContent) -> int:
    facts = dict(content.facts)
    return int(facts.get("unreadable", 0)) + int(facts.get("not_looked_at", 0))


def merged(first: RawBox, second: RawBox) -> RawBox:
    """Two things brought of the same server as one; what is said twice is taken from the first."""
    lists = [box.listed for box in (first, second) if box.listed is not None]
    sure = [box.listed for box in (first, second) if box.listed is not None and not box.is_list_guessed]
    listed = tuple(dict.fromkeys(der for some in (sure or lists) for der in some)) if lists else None
    return RawBox(
        label=first.label,
        hint=first.hint or second.hint,
        said_name=first.said_name or second.said_name,
        said_role=first.said_role or second.said_role,
        listed=listed,
        crls=tuple(dict.fromkeys((*first.crls, *second.crls))),
        servers=tuple(dict.fromkeys((*first.servers, *second.servers))),
        clients=tuple(dict.fromkeys((*first.clients, *second.clients))),
        sent=tuple(dict.fromkeys((*first.sent, *second.sent))),
        is_presented=first.is_presented if first.servers else second.is_presented,
        is_list_guessed=bool(lists) and not sure,
        decoded=tuple(dict.fromkeys((*first.decoded, *second.decoded))),
        values=second.values | first.values,
        private_keys=first.private_keys + second.private_keys,
        unreadable=first.unreadable + second.unreadable,
    )
