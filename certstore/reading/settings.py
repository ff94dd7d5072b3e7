"""The settings of a server: from the row's JSON to values, and back to what differs from the defaults."""

from dataclasses import asdict, fields, replace
from enum import StrEnum
from typing import Any

from certstore.models import Node
from certstore.pki.settings import (
    ClientSettings,
    CucmSettings,
    ExpresswaySettings,
    Fallback,
    InvalidCertificate,
    Revocation,
    Sends,
)

Json = dict[str, Any]

# How a field comes back from JSON, where it is not what JSON gives.
_READ: dict[str, Any] = {
    "sends": Sends,
    "tunnel_algorithms": tuple,
    "revocation": lambda value: Revocation(**value | {"fallback": Fallback(value["fallback"])}),
    "on_invalid_certificate": InvalidCertificate,
}


def expressway_settings(node: Node) -> ExpresswaySettings:
    """What is set on an Expressway."""
    return replace(ExpresswaySettings(), **_values(node.settings, ExpresswaySettings))


def cucm_settings(node: Node) -> CucmSettings:
    """What is set on a Unified CM; its System > Server entry is its FQDN until somebody changes it."""
    return replace(CucmSettings(server_entry=node.fqdn), **_values(node.settings, CucmSettings))


def client_settings(node: Node) -> ClientSettings:
    """The person outside: signs in with the domain of the client's row until somebody changes it."""
    return replace(ClientSettings(domain=node.domain), **_values(node.settings, ClientSettings))


def changed(settings: Any, defaults: Any) -> Json:
    """What of some settings differs from their defaults, as JSON takes it: `Node.settings`."""
    here, there = asdict(settings), asdict(defaults)
    return {name: _plain(value) for name, value in here.items() if value != there[name]}


def _values(stored: Json, kind: type) -> Json:
    names = {field.name for field in fields(kind)}
    return {name: _READ.get(name, _same)(value) for name, value in stored.items() if name in names}


def _same(value: Any) -> Any:
    return value


def _plain(value: Any) -> Any:
    """A value as JSON takes it."""
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, dict):
        return {name: _plain(one) for name, one in value.items()}
    return list(value) if isinstance(value, tuple) else value
