"""S26: a private key or a password that is made, uploaded or typed here stands nowhere afterwards, in no writing.

Keys with known numbers are made for requests and for the training CA, and sent to every field that takes a file or a
text; a known password is typed. Then everything that is kept or was answered is searched for them. Each red run hides
one in one place and the search finds it. What lies on a disk is searched in `tests/reliability/test_keys_on_disk.py`.
"""

import base64
import json
import logging
import tempfile
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from django.apps import apps
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.core.cache.backends import locmem
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import reverse

from certstore.actions import labs
from certstore.models import CucmServer, Event, Lab, LabFile, RestorePoint, SigningRequest, User, Zone
from certstore.pki.csr import Typed
from certstore.pki.faults import CATALOGUE, KeyOf
from certstore.pki.forge import keys
from certstore.pki.forge.deliveries import DELIVERIES
from certstore.reading.lab_document import document_at, packed
from certstore.reading.training_ca import CHAINS, authority_of
from tests.box_dumps import real_server, system, tar_gz, traversal_server, xconfiguration, zipped
from tests.canaries import PASSWORD, Key, pem_of, traces, unpacked
from tests.keyring import ec_key, rsa_key
from tests.labs import FilledLab, content_of, fill_lab
from tests.pki.material import certificate as certificate_of_a_box

FIELDS = {**Typed(length="2048").as_texts(), "country": "GB", "state": "London", "organization": "Example"}


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


def everywhere(filled: FilledLab, answers: list[bytes], log: str) -> dict[str, bytes]:
    """Whatever is kept or was told, by the name of the place."""
    points = RestorePoint.objects.filter(lab=filled.lab)
    places = {
        **every_table(),
        "restore points": b"".join(as_bytes(document_at(point)) for point in points),
        "sessions": b"".join(as_bytes(one.get_decoded()) for one in Session.objects.all()),
        "answers": b"\n".join(answers),
        "log": log.encode(),
        "temporary files": b"\n".join(path.read_bytes() for path in temporary_files()),
        "caches": b"\n".join(value for one in vars(locmem)["_caches"].values() for value in one.values()),
    }
    if connection.vendor == "sqlite":
        places["the database's own bytes"] = connection.connection.serialize()
    return places


@pytest.fixture(autouse=True)
def own_temporary_folder(monkeypatch, tmp_path) -> None:
    """Whatever is written aside meanwhile lies in a folder of its own."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))


def temporary_files() -> list[Path]:
    return [path for path in Path(tempfile.gettempdir()).rglob("*") if path.is_file()]


# --- What is done -----------------------------------------------------------------------------------------


class Walker:
    """A person at work in a lab, who keeps every answer."""

    def __init__(self, client: Client, filled: FilledLab, key: Key) -> None:
        self.client, self.filled, self.key = client, filled, key
        self.pem = pem_of(key)
        self.lab, self.node = [filled.lab.pk], [filled.node.pk]
        self.cucm = [filled.lab.pk, filled.cucm.pk]
        self.control = filled.lab.nodes.get(kind="expressway-c")
        self.answers: list[bytes] = []
        self.addresses: list[str] = []

    def get(self, address: str):
        self.addresses.append(address)
        return self._keep(self.client.get(address))

    def post(self, address: str, fields: dict[str, object] | None = None, **files: bytes):
        sent = {name: SimpleUploadedFile(f"{name}.pem", content) for name, content in files.items()}
        return self._keep(self.client.post(address, {**(fields or {}), **sent}))

    def see(self, names: tuple[str, ...], args: list[object]) -> None:
        """Look at pages."""
        for name in names:
            self.get(reverse(name, args=args))

    def _keep(self, answer):
        assert answer.status_code < 500
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        self.answers += [body, *unpacked(body), repr(dict(answer.headers)).encode()]
        return answer

    # --- The steps ----------------------------------------------------------------------------------------

    def a_request_is_made_and_discarded(self) -> None:
        """A request, looked at everywhere; signed by the training CA; its key uploaded as well."""
        certificate = content_of(self.filled.lab, "exp-e1.pem")
        is_ec = isinstance(self.key, ec.EllipticCurvePrivateKey)
        choice = {"algorithm": "ecdsa", "length": "256"} if is_ec else {}
        for page, home in (("csr", "server-certificate"), ("client-csr", "client-certificate")):
            self.see((page,), self.node)
            for name in ("preview", "generate"):
                self.post(reverse(f"{page}-{name}", args=self.node), {**FIELDS, **choice})
            pending = SigningRequest.objects.get(slot__node=self.filled.node, state="pending")
            self.post(reverse(f"{home}-upload", args=self.node), certificate=certificate, key=self.pem)
            self.see((f"{page}-decoded", f"{page}-pem", f"{page}-download", home, "alarms"), self.node)
            self.the_training_ca_signs(str(pending.pk))
            self.post(reverse(f"{page}-discard", args=self.node), {"confirmed": "yes"})

    def the_training_ca_signs(self, pending: str) -> None:
        """Its CAs are made, with the key that is known; it signs, and everything is downloaded."""
        self.post(reverse("training-ca-make", args=self.lab))
        terms = {"ca": "public-issuing-2", "validity": "90", "server_auth": "on", "client_auth": "on"}
        signed = self.post(reverse("training-ca-sign", args=self.lab), {**terms, "pending": pending})
        assert signed.status_code == 302, signed.content.decode()
        issued = self.filled.lab.issued.first()
        self.see(("training-ca",), self.lab)
        for form in DELIVERIES:
            self.see(("training-ca-issued",), [*self.lab, issued.pk, form])
        for ca in self.filled.lab.ca_keys.filter(name__startswith="public-"):
            assert traces([self.key], {"opened": pem_of(authority_of(ca).key)}), (
                "it is this key that is sealed"
            )
            for form in ("ca.pem", "ca.cer", "revocation-list.pem", "revocation-list.crl"):
                self.client.get(reverse("training-ca-file", args=[*self.lab, ca.pk, form]))
                self.see(("training-ca-file",), [*self.lab, ca.pk, form]) if ca.name in CHAINS else None
        self.post(reverse("training-ca-sign", args=self.lab), {**terms, "pasted": self.pem.decode()})
        self.post(reverse("training-ca-sign", args=self.lab), terms, file=self.pem)
        held = reverse("training-ca-issue", args=[*self.lab, self.filled.node.pk])
        self.post(held, {**terms, "common_name": "x", "alternative_names": self.pem.decode()})

    def the_key_is_given_to_every_field(self) -> None:
        """To each form that takes a file, alone and behind a certificate; and to those that take a text."""
        certificate = content_of(self.filled.lab, "exp-e1.pem")
        ours, theirs = self.node, self.cucm
        fields = {
            "server-certificate-upload": (ours, "certificate"),
            "client-certificate-upload": (ours, "certificate"),
            "client-certificate-testing": (ours, "certificate"),
            "trusted-ca-append": (ours, "file"),
            "crl-upload": (ours, "crl"),
            "unified-cm-upload": (theirs, "file"),
            "jabber-upload": (self.lab, "file"),
            "lab-import": ([], "file"),
            "check-files": ([], "files"),
            "from-servers": ([], "files"),
            "lab-plan": (self.lab, "files"),
            "lab-check-after": (self.lab, "files"),
        }
        for name, (args, field) in fields.items():
            for content in (self.pem, certificate + self.pem):
                self.post(reverse(name, args=args), {"purpose": "tomcat"}, **{field: content})
        for name in ("server-certificate-upload", "client-certificate-upload"):
            self.post(reverse(name, args=ours), certificate=certificate, key=self.pem)
        self.post(reverse("try-on-server", args=[*ours, "upload"]), certificate=certificate, key=self.pem)
        self.post(reverse("try-on-server", args=[*ours, "append"]), file=self.pem)
        texts = {"do": "add:upload", "upload-server": str(ours[0])}
        self.post(reverse("lab-try", args=self.lab), texts, **{"upload-upload": certificate + self.pem})
        self.the_key_is_pasted_into_every_text()

    def the_key_is_pasted_into_every_text(self) -> None:
        """Beside what is refused as well, so that the page comes back with what was typed."""
        key, node, control = self.pem.decode(), self.node, [self.control.pk]
        texts = {
            reverse("box-report") + "?about=file.zip": {"words": key, "release": "X14.3"},
            reverse("check-files"): {"text": key, "trust": key, "at": "never"},
            reverse("releases"): {"pasted": key},
            reverse("lab-plan", args=self.lab): {"text": key, "issued": "none"},
            reverse("from-servers"): {"text1-text": key, "text1-name": "no_name"},
            reverse("lab-dns-answer", args=self.lab): {"type": "A", "name": "x", "values": key},
            reverse("csr-preview", args=node): {**FIELDS, "additional": key, "chat_aliases": key},
            reverse("csr-generate", args=node): {**FIELDS, "additional": key, "domains": key, "state": key},
            reverse("client-csr-generate", args=node): {**FIELDS, "additional": key, "domains": key},
            reverse("try-on-lab", args=[*self.lab, "dns"]): {"type": "A", "name": "x", "values": key},
            reverse("lab-try", args=self.lab): {
                "do": "add:zone",
                "zone-server": str(control[0]),
                "zone-peers": key,
            },
        }
        for address, fields in texts.items():
            self.post(address, fields)

    def servers_are_brought_in(self) -> None:
        """An archive with the key and the password in it, and the same as text; a lab is made of them."""
        lines = [*system("exp-e1"), *traversal_server(1, "exp-c1.rehearse.test")]
        lines.append(("Zones Zone 1 TraversalServer Authentication Password", PASSWORD))
        found = certificate_of_a_box()
        real = real_server("exp-e1", found, (found,), lines)
        archive = tar_gz(("certs/privkey.pem", self.pem), ("notes.txt", self.pem), *real.files.items())
        beside = {"text1-text": xconfiguration(*lines) + found.pem.decode() + self.pem.decode()}
        for given, files in (({}, {"files": archive}), (beside, {})):
            answer = self.post(reverse("from-servers"), given, **files)
            assert answer.status_code == 200, answer.context["error"]
        made = self.post(
            reverse("from-servers-lab"), {"carried": answer.context["carried"], "kind": "rehearse"}
        )
        assert made.status_code == 302, made.content.decode()
        self.see(("lab", "lab-files", "lab-export", "lab-check-after"), [made["Location"].split("/")[2]])

    def passwords_are_typed(self) -> None:
        """Of the zone on both sides, rightly and beside something that is refused; of the account."""
        zone = {"name": "MRA", "username": "traversal", "password": PASSWORD, "port": "7001"}
        control = [self.control.pk]
        for typed in (zone | {"peer-1": "exp-e1.example.com"}, zone | {"port": "none"}):
            self.post(reverse("zone", args=control), typed)
        for password in (PASSWORD, PASSWORD * 20):
            self.post(reverse("zone-credential", args=self.node), {"password": password})
        cucm = {"address": "cucm1.example.com", "username": "axl", "password": PASSWORD, "tls-verify": "Off"}
        row = CucmServer.objects.get(node=self.control)
        self.post(reverse("unified-cm-server-new", args=control), cucm)
        self.post(reverse("unified-cm-server", args=[*control, row.pk]), cucm)
        for args in (control, self.node):
            self.see(("zone", "zones", "zones-status", "event-log", "diagnostics", "diagnostic-log"), args)
        typed = {"new_password": PASSWORD, "new_password_again": PASSWORD}
        self.post(reverse("account"), typed)
        self.post(reverse("account"), {**typed, "old_password": "wrong"})

    def everything_is_looked_at(self) -> None:
        """The lab's pages, its attempts, its file; a copy of it."""
        made = self.post(reverse("lab-plan", args=self.lab), {"lab_file": "exp-e1.pem"})
        carried = {"carried": made.context["carried"], "for-0": str(self.filled.node.pk)}
        assert self.post(reverse("lab-plan-make", args=self.lab), carried).status_code == 302
        self.see(("lab-plan-made", "lab-plan-text"), [*self.lab, 1])
        self.post(reverse("lab-points-keep", args=self.lab), {"name": "kept"})
        self.post(reverse("lab-duplicate", args=self.lab))
        names = (
            "lab",
            "lab-history",
            "lab-points",
            "lab-files",
            "lab-try",
            "lab-plan",
            "lab-names",
            "training-ca",
            "jabber",
        )
        self.see((*names, "lab-export"), self.lab)
        self.see(("unified-cm",), self.cucm)
        for attempt in self.filled.lab.attempts.all():
            self.see(("attempt", "attempt-ticket", "attempt-certificates"), [*self.lab, attempt.pk])
        self.see(("home", "labs", "account"), [])

    def the_real_servers_request_is_imported(self) -> None:
        Lab.objects.filter(pk=self.filled.lab.pk).update(kind=Lab.Kind.REHEARSE)
        for name in ("csr-import", "client-csr-import"):
            self.post(reverse(name, args=self.node), {"pasted": self.pem.decode()})
            self.post(reverse(name, args=self.node), request=self.pem)
        self.see(("server-certificate", "client-certificate"), self.node)

    def others_look(self) -> None:
        """A stranger, one of the staff and nobody, at every page that was looked at."""
        for name, is_staff in (("stranger", False), ("staff", True), ("", False)):
            client = Client()
            if name:
                client.force_login(User.objects.create_user(name, is_staff=is_staff))
            for address in dict.fromkeys([*self.addresses, reverse("box-reports")]):
                self._keep(client.get(address))


def walk_through(client: Client, filled: FilledLab, key: Key) -> list[bytes]:
    """All the steps; every answer comes back."""
    walker = Walker(client, filled, key)
    walker.a_request_is_made_and_discarded()
    walker.the_key_is_given_to_every_field()
    walker.servers_are_brought_in()
    walker.passwords_are_typed()
    walker.everything_is_looked_at()
    walker.the_real_servers_request_is_imported()
    walker.others_look()
    return walker.answers


@pytest.fixture
def filled(db) -> FilledLab:
    filled = fill_lab("ann")
    labs.set_release(filled.lab.pk, "X15.5")  # which has a page more that takes a key
    filled.lab.refresh_from_db()
    return filled


@pytest.fixture(params=["rsa", "ecdsa"])
def key(request, monkeypatch) -> Key:
    """The key that everything is made with from now on: its numbers are known here."""
    one = rsa_key("canary") if request.param == "rsa" else ec_key("canary")
    monkeypatch.setattr(keys, "new_rsa_key", lambda bits=2048: one)
    monkeypatch.setattr(keys, "new_ec_key", lambda bits=256: one)
    return one


def test_a_key_or_a_password_that_was_made_sent_or_typed_stands_nowhere(client, filled, key, caplog):
    caplog.set_level(logging.DEBUG)
    client.force_login(filled.owner)
    answers = walk_through(client, filled, key)
    places = everywhere(filled, answers, caplog.text)
    assert len(places) > 10
    kept = SigningRequest.objects.filter(slot__node=filled.node).first()
    public = key.public_key().public_numbers()
    known = public.n if isinstance(public, rsa.RSAPublicNumbers) else public.x
    octets = known.to_bytes((known.bit_length() + 7) // 8)
    assert octets in bytes(kept.der), "it was this key"
    assert octets in places["table certstore_signingrequest"], "what is there would be found"
    assert filled.owner.check_password(PASSWORD) is False
    assert User.objects.get(pk=filled.owner.pk).check_password(PASSWORD), "it was this password"
    assert traces([key, PASSWORD], places) == []


def test_a_practice_file_with_a_private_key_has_it_and_nothing_else_does(client, filled, key, caplog):
    caplog.set_level(logging.DEBUG)
    client.force_login(filled.owner)
    walker = Walker(client, filled, key)
    faults = [fault for fault in CATALOGUE if fault.has_private_key and fault.key is not KeyOf.RSA_8192]
    asked = {"server": str(filled.node.pk)}
    found = []
    for fault in faults:
        sent = client.post(
            reverse("training-ca-practice", args=walker.lab), {**asked, "fault": fault.name}, follow=True
        )
        found.append(sent.content)
        walker.see(("training-ca", "lab", "lab-files", "lab-export"), walker.lab)
    assert len(faults) > 1
    there = {fault.name: content for fault, content in zip(faults, found, strict=True)}
    in_plain = {fault.name for fault in faults if fault.name != "pfx"}
    assert set(traces([key], there)) == in_plain, "each has the key, packed; a PFX has it enciphered"
    places = everywhere(filled, walker.answers, caplog.text)
    assert traces([key], places) == []


# --- The red runs -----------------------------------------------------------------------------------------


def der_of(pem: bytes) -> bytes:
    return base64.b64decode(b"".join(pem.splitlines()[1:-1]))


def hide_in_fields(filled: FilledLab, pem: bytes) -> None:
    SigningRequest.objects.filter(slot__node=filled.node).update(fields={"key": pem.decode()})


def hide_in_file(filled: FilledLab, pem: bytes) -> None:
    LabFile.objects.filter(pk=filled.file.pk).update(content=der_of(pem))


def hide_in_log(filled: FilledLab, pem: bytes) -> None:
    logging.getLogger("certstore").warning("%s", der_of(pem).hex())


def hide_in_point(filled: FilledLab, pem: bytes) -> None:
    point = filled.lab.restore_points.first()
    document = document_at(point)
    document["lab"]["name"] = base64.b64encode(b"x" + der_of(pem)).decode()
    RestorePoint.objects.filter(pk=point.pk).update(document=packed(document))


def hide_in_session(filled: FilledLab, pem: bytes) -> None:
    session = SessionStore()
    session["typed"] = PASSWORD
    session.save()


def hide_in_event(filled: FilledLab, pem: bytes) -> None:
    Event.objects.filter(lab=filled.lab).update(params={"password": PASSWORD})


def hide_in_zone(filled: FilledLab, pem: bytes) -> None:
    Zone.objects.filter(node__lab=filled.lab).update(password=PASSWORD.encode().hex())


def hide_in_cache(filled: FilledLab, pem: bytes) -> None:
    cache.set("last-upload", pem)


def hide_in_a_file(filled: FilledLab, pem: bytes) -> None:
    with tempfile.NamedTemporaryFile(delete=False) as file:
        file.write(pem)


PLACES = {
    "PEM in a request's fields": ("table certstore_signingrequest", hide_in_fields),
    "DER in a file": ("table certstore_labfile", hide_in_file),
    "hex in a log": ("log", hide_in_log),
    "a restore point": ("restore points", hide_in_point),
    "a session": ("sessions", hide_in_session),
    "an event": ("table certstore_event", hide_in_event),
    "a zone": ("table certstore_zone", hide_in_zone),
    "a cache": ("caches", hide_in_cache),
    "a file written aside": ("temporary files", hide_in_a_file),
}


@pytest.mark.parametrize("place", PLACES)
def test_red_wherever_a_secret_is_hidden_it_is_found(client, filled, key, caplog, place):
    caplog.set_level(logging.DEBUG)
    client.force_login(filled.owner)
    walker = Walker(client, filled, key)
    walker.a_request_is_made_and_discarded()
    assert traces([key, PASSWORD], everywhere(filled, walker.answers, caplog.text)) == []
    name, hide = PLACES[place]
    hide(filled, pem_of(key))
    found = traces([key, PASSWORD], everywhere(filled, walker.answers, caplog.text))
    cache.clear()
    assert name in found
    assert "answers" not in found


def test_red_a_page_or_a_download_that_tells_it_is_found(filled, key):
    told = [b"<p>" + pem_of(key) + b"</p>", zipped(("a.txt", PASSWORD.encode()))]
    for one in told:
        assert "answers" in traces([key, PASSWORD], everywhere(filled, [one, *unpacked(one)], ""))
