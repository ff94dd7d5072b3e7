"""What differs in the settings of a server between two documents of a lab: they hold what is no default."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from certstore.pki.settings import CucmSettings, ExpresswaySettings, InvalidCertificate
from certstore.wording.differing import Document, changed
from certstore.wording.servers_behave import SENDS
from certstore.wording.switches import POSITIONS

# What each setting is called.
_WHAT: dict[str, str] = {
    "sends": "What it sends of its chain",
    "tunnel_algorithms": "Public key algorithms of the SSH tunnels",
    "verifies_origin_server": "VerifyOriginServer",
    "server_entry": "System > Server entry",
    "mixed_mode": "Mixed mode",
    "prefers_rsa": "RSA preferred (cipher preference)",
    "domain": "Domain that the person signs in with",
    "on_invalid_certificate": "Certificates that are not valid",
}
_REVOCATION: dict[str, str] = {
    "is_on": "Certificate revocation checking",
    "uses_ocsp": "Revocation checking by OCSP",
    "uses_crls": "Revocation checking by CRLs",
    "downloads_crls": "CRL downloads",
    "fallback": "Fallback behavior of revocation checking",
}


def of_settings(kind: str, was: Document, now: Document, fqdn: str, domain: str) -> Iterator[str]:
    """What differs in the settings of a server.

    In: its kind, its settings in both documents, its name and domain, which some defaults are.
    """
    defaults = _defaults(kind, fqdn, domain)
    for name in dict.fromkeys((*defaults, *was, *now)):
        before, after = (stored.get(name, defaults.get(name)) for stored in (was, now))
        if name == "revocation":
            yield from _of_revocation(before or {}, after or {})
        else:
            yield from changed(_WHAT.get(name, name), _told(before), _told(after))


def _defaults(kind: str, fqdn: str, domain: str) -> dict[str, Any]:
    """What is set where nobody changed anything."""
    if kind == "unified-cm":
        return asdict(CucmSettings(server_entry=fqdn))
    if kind == "jabber":
        return {"domain": domain, "on_invalid_certificate": InvalidCertificate.PROMPT}
    return asdict(ExpresswaySettings())


def _of_revocation(was: Document, now: Document) -> Iterator[str]:
    for name, what in _REVOCATION.items():
        yield from changed(what, _told(was.get(name)), _told(now.get(name)))


def _told(value: object) -> str:
    """A value as a page has it."""
    if isinstance(value, bool):
        return POSITIONS[value]
    if isinstance(value, list | tuple):
        return ", ".join(str(one) for one in value)
    return SENDS[str(value)][0] if value in SENDS else str(value)
