"""S26: a private key that is made or uploaded here stands nowhere afterwards, in no writing.

Keys with known numbers are made for a request and uploaded; then everything that is kept or was answered is searched
for them. Each red run hides a key in one place and the search finds it.
"""

import base64
import json
import logging
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import reverse

from certstore.models import Lab, LabFile, RestorePoint, SigningRequest
from certstore.pki.csr import Typed
from certstore.pki.forge import keys
from certstore.reading.lab_document import document_at, packed
from tests.keyring import ec_key, rsa_key
from tests.labs import FilledLab, content_of, fill_lab

FIELDS = {**Typed(length="2048").as_texts(), "country": "GB", "state": "London", "organization": "Example"}
SHORTEST = 16  # bytes of a number that are searched for: nobody's by chance

Key = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey


# --- What is searched for ---------------------------------------------------------------------------------


def numbers_of(key: Key) -> list[int]:
    """The secret numbers of a key."""
    private = key.private_numbers()
    if isinstance(private, rsa.RSAPrivateNumbers):
        return [private.p, private.q, private.d]
    return [private.private_value]


def writings_of(key: Key) -> Iterator[bytes]:
    """Every way in which a piece of the key could be written down."""
    for number in numbers_of(key):
        whole = number.to_bytes((number.bit_length() + 7) // 8)
        piece = whole[: max(SHORTEST, len(whole) // 4)]
        yield piece
        yield piece.hex().encode()
        yield piece.hex().upper().encode()
        yield piece.hex(":").encode()
        yield str(number).encode()
        for before in range(3):  # Base-64 at each alignment, without the letters that neighbours change
            text = base64.b64encode(b"\0" * before + piece)
            yield text[4:-4]
    for form in (PrivateFormat.PKCS8, PrivateFormat.TraditionalOpenSSL):
        yield from (
            line
            for line in key.private_bytes(Encoding.PEM, form, NoEncryption()).splitlines()[2:-2]
            if len(line) == 64 and line not in public_lines(key)
        )


def public_lines(key: Key) -> bytes:
    """Lines of Base-64 that tell no secret: the public half as it may stand in a request."""
    private = key.private_numbers()
    if isinstance(private, rsa.RSAPrivateNumbers):
        # The modulus stands at the front of both forms; what is kept of a key holds it as well.
        modulus = private.public_numbers.n.to_bytes(private.public_numbers.n.bit_length() // 8 + 1)
        return b"".join(base64.b64encode(b"\0" * before + modulus) for before in range(3))
    return b""


def traces(key: Key, places: dict[str, bytes]) -> list[str]:
    """The places in which something of the key stands."""
    searched = list(writings_of(key))
    assert len(searched) > 5
    return [
        name
        for name, content in places.items()
        if any(one in content or one in b"".join(content.split()) for one in searched)
    ]


# --- Where it is searched for -----------------------------------------------------------------------------


def as_bytes(value: object) -> bytes:
    if isinstance(value, bytes | memoryview):
        return bytes(value)
    return json.dumps(value, default=str, ensure_ascii=False).encode("utf-8", "replace")


def every_table() -> dict[str, bytes]:
    """Every row of every table, sessions among them."""
    return {
        f"table {model._meta.db_table}": b"\n".join(
            as_bytes(value) for row in model._default_manager.values_list() for value in row
        )
        for model in apps.get_models()
    }


def everywhere(filled: FilledLab, answers: list[bytes], log: str, new_files: list[Path]) -> dict[str, bytes]:
    """Whatever is kept or was told, by the name of the place."""
    points = RestorePoint.objects.filter(lab=filled.lab)
    places = {
        **every_table(),
        "restore points": b"".join(as_bytes(document_at(point)) for point in points),
        "answers": b"\n".join(answers),
        "log": log.encode(),
        "temporary files": b"\n".join(path.read_bytes() for path in new_files),
    }
    if connection.vendor == "sqlite":
        places["the database's own bytes"] = connection.connection.serialize()
    return places


def temporary_files() -> set[Path]:
    return {path for path in Path(tempfile.gettempdir()).glob("*") if path.is_file()}


# --- What is done -----------------------------------------------------------------------------------------


def walk_through(client: Client, filled: FilledLab, key: Key) -> list[bytes]:
    """Make a request, look at it everywhere, discard it, upload the key itself; every answer comes back."""
    node = [filled.node.pk]
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())

    def upload(**files: bytes):
        sent = {name: SimpleUploadedFile(f"{name}.pem", content) for name, content in files.items()}
        return client.post(reverse("server-certificate-upload", args=node), sent)

    certificate = content_of(filled.lab, "exp-e1.pem")
    choice = {"algorithm": "ecdsa", "length": "256"} if isinstance(key, ec.EllipticCurvePrivateKey) else {}
    answers = [client.get(reverse("csr", args=node))]
    answers += [
        client.post(reverse(name, args=node), {**FIELDS, **choice})
        for name in ("csr-preview", "csr-generate")
    ]
    assert SigningRequest.objects.get(slot__node=filled.node).state == "pending"
    answers += [upload(certificate=certificate, key=pem)]
    names = ("csr-decoded", "csr-pem", "csr-download", "server-certificate", "alarms")
    answers += [client.get(reverse(name, args=node)) for name in names]
    answers += [client.post(reverse("csr-discard", args=node), {"confirmed": "yes"})]
    answers += [
        upload(certificate=certificate, key=pem),
        upload(certificate=pem),
        upload(certificate=certificate + pem),
    ]
    lab = [filled.lab.pk]
    for name in ("lab", "lab-history", "lab-points", "lab-files"):
        answers.append(client.get(reverse(name, args=lab)))
    answers += [
        client.get(reverse("attempt", args=[*lab, attempt.pk])) for attempt in filled.lab.attempts.all()
    ]
    Lab.objects.filter(pk=filled.lab.pk).update(kind=Lab.Kind.REHEARSE)
    answers += [client.post(reverse("csr-import", args=node), {"pasted": pem.decode()})]
    exported = client.get(reverse("lab-export", args=lab))
    bodies = [
        b"".join(one.streaming_content) if one.streaming else one.content for one in (*answers, exported)
    ]
    return [*bodies, *(repr(dict(one.headers)).encode() for one in answers)]


@pytest.fixture
def filled(db) -> FilledLab:
    return fill_lab("ann")


@pytest.fixture(params=["rsa", "ecdsa"])
def key(request, monkeypatch) -> Key:
    """The key that the next request is made with: its numbers are known here."""
    one = rsa_key("canary") if request.param == "rsa" else ec_key("canary")
    monkeypatch.setattr(keys, "new_rsa_key", lambda bits=2048: one)
    monkeypatch.setattr(keys, "new_ec_key", lambda bits=256: one)
    return one


def test_a_key_that_was_made_and_uploaded_stands_nowhere(client, filled, key, caplog):
    caplog.set_level(logging.DEBUG)
    client.force_login(filled.owner)
    before = temporary_files()
    answers = walk_through(client, filled, key)
    places = everywhere(filled, answers, caplog.text, sorted(temporary_files() - before))
    assert len(places) > 10
    kept = SigningRequest.objects.get(slot__node=filled.node)
    public = key.public_key().public_numbers()
    known = public.n if isinstance(public, rsa.RSAPublicNumbers) else public.x
    octets = known.to_bytes((known.bit_length() + 7) // 8)
    assert octets in bytes(kept.der), "it was this key"
    assert octets in places["table certstore_signingrequest"], "what is there would be found"
    assert traces(key, places) == []


PLACES = {
    "PEM in a request's fields": (
        "table certstore_signingrequest",
        lambda filled, pem: hide_in_fields(filled, pem),
    ),
    "DER in a file": ("table certstore_labfile", lambda filled, pem: hide_in_file(filled, pem)),
    "hex in a log": (
        "log",
        lambda filled, pem: logging.getLogger("certstore").warning("%s", der_of(pem).hex()),
    ),
    "a restore point": ("restore points", lambda filled, pem: hide_in_point(filled, pem)),
}


def der_of(pem: bytes) -> bytes:
    return base64.b64decode(b"".join(pem.splitlines()[1:-1]))


def hide_in_fields(filled: FilledLab, pem: bytes) -> None:
    SigningRequest.objects.filter(slot__node=filled.node).update(fields={"key": pem.decode()})


def hide_in_file(filled: FilledLab, pem: bytes) -> None:
    LabFile.objects.filter(pk=filled.file.pk).update(content=der_of(pem))


def hide_in_point(filled: FilledLab, pem: bytes) -> None:
    point = filled.lab.restore_points.first()
    document = document_at(point)
    document["lab"]["name"] = base64.b64encode(b"x" + der_of(pem)).decode()
    RestorePoint.objects.filter(pk=point.pk).update(document=packed(document))


@pytest.mark.parametrize("place", PLACES)
def test_red_wherever_a_key_is_hidden_it_is_found(client, filled, key, caplog, place):
    caplog.set_level(logging.DEBUG)
    client.force_login(filled.owner)
    answers = walk_through(client, filled, key)
    name, hide = PLACES[place]
    hide(filled, key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    assert name in traces(key, everywhere(filled, answers, caplog.text, []))
    assert "answers" not in traces(key, everywhere(filled, answers, caplog.text, []))
