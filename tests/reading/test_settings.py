"""The settings of a server: its row holds what differs from the defaults and nothing else."""

import json

import pytest

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
from certstore.reading.settings import changed, client_settings, cucm_settings, expressway_settings


def node(settings=None) -> Node:
    """A server that is nowhere."""
    return Node(host="cucm1", domain="example.com", settings=settings or {})


def test_a_server_where_nobody_changed_anything_has_the_defaults():
    assert expressway_settings(node()) == ExpresswaySettings()
    assert cucm_settings(node()) == CucmSettings(server_entry="cucm1.example.com")
    assert client_settings(node()) == ClientSettings(domain="example.com")


@pytest.mark.parametrize(
    ("settings", "stored"),
    [
        (ExpresswaySettings(), {}),
        (ExpresswaySettings(sends=Sends.LEAF), {"sends": "leaf"}),
        (
            ExpresswaySettings(tunnel_algorithms=("x509v3-rsa2048-sha256",), verifies_origin_server=False),
            {"tunnel_algorithms": ["x509v3-rsa2048-sha256"], "verifies_origin_server": False},
        ),
        (
            ExpresswaySettings(revocation=Revocation(is_on=True, fallback=Fallback.REVOKED)),
            {
                "revocation": {
                    "is_on": True,
                    "uses_ocsp": True,
                    "uses_crls": True,
                    "downloads_crls": True,
                    "fallback": "revoked",
                }
            },
        ),
    ],
    ids=["nothing", "leaf", "tunnels", "revocation"],
)
def test_an_expressway_goes_into_its_row_and_back(settings, stored):
    assert changed(settings, ExpresswaySettings()) == stored
    assert expressway_settings(node(json.loads(json.dumps(stored)))) == settings


@pytest.mark.parametrize(
    ("settings", "stored"),
    [
        (CucmSettings("cucm1.example.com"), {}),
        (CucmSettings("192.0.2.31", mixed_mode=True), {"server_entry": "192.0.2.31", "mixed_mode": True}),
        (CucmSettings("cucm1.example.com", prefers_rsa=True), {"prefers_rsa": True}),
    ],
    ids=["nothing", "entry and mode", "RSA"],
)
def test_a_unified_cm_goes_into_its_row_and_back(settings, stored):
    assert changed(settings, CucmSettings("cucm1.example.com")) == stored
    assert cucm_settings(node(stored)) == settings


def test_a_client_goes_into_its_row_and_back():
    settings = ClientSettings("corp.example", InvalidCertificate.REJECT)
    stored = changed(settings, ClientSettings("example.com"))
    assert stored == {"domain": "corp.example", "on_invalid_certificate": "RejectAndNotify"}
    assert client_settings(node(json.loads(json.dumps(stored)))) == settings


def test_what_no_setting_is_called_is_passed_over():
    assert cucm_settings(node({"prefers_rsa": True, "sends": "leaf", "x": 1})).prefers_rsa
