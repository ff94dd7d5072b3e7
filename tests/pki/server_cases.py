"""A sound server and a sound certificate, to be broken in one way at a time."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from certstore.pki.facts import decode_certificate
from certstore.pki.forge.authority import Authority, Made, root
from certstore.pki.keys import KeySource
from certstore.pki.releases import RELEASES, Role, SameSubject
from certstore.pki.server_certificate import judge_upload
from certstore.pki.server_upload import HeldKey, Judgement, KeyRule, Server
from certstore.pki.sniff import look_at
from certstore.pki.trust import ListInMemory
from tests import keyring

START = datetime(2026, 1, 1, tzinfo=UTC)
END = datetime(2036, 1, 1, tzinfo=UTC)
LEAF_END = datetime(2027, 6, 1, tzinfo=UTC)
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
FQDN = "exp-e1.example.com"


@dataclass(frozen=True)
class Pki:
    """A root, an issuing CA, and the server's key."""

    top: Authority
    issuing: Authority

    def leaf(self, name: Any = FQDN, **faults: Any) -> Made:
        """A server certificate; sound but for what is said."""
        faults.setdefault("sans", [FQDN])
        key = faults.pop("public_key", keyring.rsa_key("server").public_key())
        end = faults.pop("end", LEAF_END)
        return self.issuing.leaf(name, key, START, end, **faults)


def make_pki(**faults: Any) -> Pki:
    """The chain above a server certificate; `faults` are the issuing CA's."""
    top = root("Example Root CA", keyring.rsa_key("root"), START, END)
    issuing = top.intermediate("Example Issuing CA", keyring.rsa_key("issuing"), START, END, **faults)
    return Pki(top, issuing)


def server(pki: Pki, **changes: Any) -> Server:
    """A server that trusts the whole chain and holds the server's key."""
    trusted = changes.pop("trusted", [pki.top, pki.issuing])
    certificates = [decode_certificate(ca.der) for ca in trusted]
    held = HeldKey(decode_certificate(pki.leaf().der).spki_sha256, KeySource.FACTORY)
    sound = Server(
        role=Role.EXPRESSWAY_E,
        release=release("X14.3"),
        same_subject=SameSubject.FIRST,
        trust=ListInMemory(certificates),
        held=held,
        key_rule=KeyRule.HELD,
    )
    return replace(sound, **changes)


def release(name: str):
    """A profile by its name."""
    return next(one for one in RELEASES if one.name == name)


def judged(data: bytes, on: Server, key_file=None, at: datetime = NOW) -> Judgement:
    """What a server says to the bytes of a file."""
    return judge_upload(look_at(data), key_file, on, at)


def codes(judgement: Judgement) -> list[str]:
    """The codes of everything found."""
    return [finding.code.value for finding in judgement.findings]
