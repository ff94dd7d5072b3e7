"""Mutated files through the upload views: no 500, and no page that a stored one breaks later."""

import base64
import os
import random

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from certstore.models import TrustEntry
from tests.labs import content_of, fill_lab

# 40 ms each, most of it the page that answers. MUTANTS=10000 makes the full round, which takes seven minutes.
ROUNDS = int(os.environ.get("MUTANTS", "1000"))
SEED = 20261123


def mutated(data: bytes, rng: random.Random) -> bytes:
    """The bytes with one to three of them changed, cut out or put in."""
    changed = bytearray(data)
    for _ in range(rng.randint(1, 3)):
        place = rng.randrange(len(changed))
        kind = rng.random()
        if kind < 0.7:
            changed[place] = rng.randrange(256)
        elif kind < 0.85:
            del changed[place : place + rng.randint(1, 4)]
        else:
            changed[place:place] = rng.randbytes(rng.randint(1, 4))
    return bytes(changed)


def as_pem(der: bytes) -> bytes:
    body = base64.encodebytes(der)
    return b"-----BEGIN CERTIFICATE-----\n" + body + b"-----END CERTIFICATE-----\n"


@pytest.fixture
def filled(client, db):
    filled = fill_lab("ann")
    client.force_login(filled.owner)
    return filled


def test_mutants_give_no_500_and_what_is_stored_can_be_shown(client, filled):
    # The server's answer to any input is 302 or 422; an exception would leave the client as an exception.
    rng = random.Random(SEED)
    der = content_of(filled.lab, "exp-e1-issuing-ca.cer")
    leaf = content_of(filled.lab, "exp-e1.cer")
    trusted, server = (
        reverse("trusted-ca-append", args=[filled.node.pk]),
        reverse("server-certificate-upload", args=[filled.node.pk]),
    )
    stored = 0
    for number in range(ROUNDS):
        if number % 2:
            data = as_pem(mutated(der if number % 4 == 1 else leaf, rng))
        else:
            data = mutated(as_pem(der if number % 4 == 0 else leaf), rng)
        page, field = (server, "certificate") if number % 5 == 0 else (trusted, "file")
        answer = client.post(page, {field: SimpleUploadedFile("m.pem", data)})
        assert answer.status_code in (302, 422), (number, answer.status_code)
        if stored < 200 and answer.status_code == 302 and page == trusted:
            stored += 1
        if number % 250 == 249:
            show_everything(client, filled)
            TrustEntry.objects.filter(store__node=filled.node).delete()
    assert stored > 5, "too few mutants were taken for this test to say anything"


def show_everything(client, filled) -> None:
    """Every page that shows what is stored."""
    node, lab = filled.node.pk, filled.lab.pk
    for name in ("trusted-ca", "trusted-ca-decoded", "trusted-ca-pem", "server-certificate", "alarms"):
        assert client.get(reverse(name, args=[node])).status_code == 200
    for entry in TrustEntry.objects.filter(store__node=filled.node)[:50]:
        assert client.get(reverse("trusted-ca-entry", args=[node, entry.pk])).status_code == 200
    assert client.get(reverse("lab-history", args=[lab])).status_code == 200
    for attempt in filled.lab.attempts.all()[:20]:
        assert client.get(reverse("attempt", args=[lab, attempt.pk])).status_code == 200
        assert client.get(reverse("attempt-ticket", args=[lab, attempt.pk])).status_code == 200
