"""A lab twice, a lab as a file, and a lab out of a file; whatever is wrong with the file has a sentence."""

import base64
import json

import pytest
from cryptography.hazmat.primitives.serialization import Encoding
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from certstore.actions import labs, restart, server_certificate, trusted_ca
from certstore.actions.check_files import LabOfFiles, make_lab_of_files
from certstore.models import Attempt, Lab, Node
from certstore.pki.forge import authority, crl
from certstore.pki.forge.requests import signing_request
from certstore.pki.keys import KeySource
from certstore.pki.material import look, sort_files
from certstore.reading.lab_document import canonical, document_of
from certstore.scenarios.servers_of_files import servers_of
from tests.actions.test_points import bytes_of
from tests.changing import END, START
from tests.keyring import rsa_key
from tests.labs import content_of, tried


def text(answer):
    return " ".join(answer.content.decode().split())


@pytest.fixture
def used(lab, exp_e) -> Lab:
    """A lab in which things were done: another certificate, a CRL, names, settings, time."""
    root = authority.root("Own Root é", rsa_key("own"), START, END)
    trusted_ca.append(exp_e, tried(content_of(lab, "exp-e1-ca-bundle.pem")), lab.owner)
    trusted_ca.append(exp_e, tried(root.pem), lab.owner)
    trusted_ca.append(exp_e, tried(crl.as_pem(crl.revocation_list(root, [], START, END))), lab.owner)
    server_certificate.upload(exp_e, tried(content_of(lab, "exp-e1.pem")), None, lab.owner)
    restart.restart(exp_e)
    server_certificate.upload(exp_e, tried(content_of(lab, "exp-e1.pem")), None, lab.owner)
    labs.set_lab_time(lab.pk, END)
    labs.rename(lab.pk, "Week 48, the <b>second</b>")
    return lab


def without_ids(document):
    """A document but for the ids of its servers."""
    hosts = {server["id"]: server["host"] for server in document["servers"]}
    for server in document["servers"]:
        server["id"] = ""
        for known in server["cucm_servers"]:
            known["cucm"] = hosts[known["cucm"]]
    return document


def export(client, lab):
    return client.get(reverse("lab-export", args=[lab.pk]))


def upload(client, data, name="lab.json"):
    return client.post(reverse("lab-import"), {"file": SimpleUploadedFile(name, data)})


def newest(owner):
    return owner.labs.order_by("-created_at").exclude(name="Example lab").first()


# --- Duplicate --------------------------------------------------------------------------------------------


def test_a_duplicate_is_the_same_lab_under_another_name(used, owner_client, owner):
    before = bytes_of(used)
    assert "Duplicate" in text(owner_client.get(reverse("lab-duplicate", args=[used.pk])))
    assert owner.labs.count() == 1
    answer = owner_client.post(reverse("lab-duplicate", args=[used.pk]), follow=True)
    assert "This is the copy." in text(answer)
    copy = owner.labs.exclude(pk=used.pk).get()
    theirs, ours = without_ids(document_of(copy)), without_ids(json.loads(before))
    assert theirs["lab"].pop("name") == "Copy of Week 48, the <b>second</b>"
    ours["lab"].pop("name")
    assert theirs == ours
    assert bytes_of(used) == before
    assert [event.code for event in copy.events.all()] == ["lab.copied"]
    assert not Attempt.objects.filter(lab=copy).exists()


def test_a_duplicate_can_be_used_without_touching_the_first(used, owner_client, owner):
    owner_client.post(reverse("lab-duplicate", args=[used.pk]))
    copy = owner.labs.exclude(pk=used.pk).get()
    before = bytes_of(used)
    labs.reset_lab(copy.pk)
    labs.delete_lab(copy.pk)
    assert bytes_of(used) == before


def test_nobody_has_a_lab_more_than_allowed(used, owner_client, owner, monkeypatch):
    data = export(owner_client, used).content
    monkeypatch.setattr(labs, "MOST_LABS", 1)
    for answer in (owner_client.post(reverse("lab-duplicate", args=[used.pk])), upload(owner_client, data)):
        assert answer.status_code == 422
        assert "as many as one person can have" in text(answer)
    assert owner.labs.count() == 1


# --- Export and import ------------------------------------------------------------------------------------


def test_an_export_is_a_download_that_no_cache_keeps(used, owner_client):
    answer = export(owner_client, used)
    assert answer["Content-Type"] == "application/json"
    assert answer["Content-Disposition"] == 'attachment; filename="week-48-the-bsecondb.json"'
    assert answer["Cache-Control"] == "no-store"
    assert json.loads(answer.content)["format"] == 2


def test_the_name_of_a_case_is_not_in_the_name_of_its_file(used, owner_client):
    Lab.objects.filter(pk=used.pk).update(kind=Lab.Kind.REPRODUCE)
    assert export(owner_client, used)["Content-Disposition"] == 'attachment; filename="lab.json"'


def test_exported_imported_and_exported_again_it_is_the_same_but_for_ids(
    used, owner_client, stranger, stranger_client
):
    first = export(owner_client, used).content
    answer = upload(stranger_client, first)
    assert answer.status_code == 302, text(answer)
    copy = stranger.labs.get()
    assert [event.code for event in copy.events.all()] == ["lab.imported"]
    second = export(stranger_client, copy).content
    assert without_ids(json.loads(first)) == without_ids(json.loads(second))
    assert len(first) == len(second)
    assert first == canonical(json.loads(first))


def test_a_lab_made_of_checked_files_comes_back_with_them(owner, owner_client, stranger, stranger_client):
    authority_of = authority.root("Checked Root", rsa_key("own"), START, END)
    revoked = crl.as_pem(crl.revocation_list(authority_of, [], START, END))
    asked = signing_request("exp-e1.example.com", rsa_key("asked"), ["exp-e1.example.com"])
    given = [("Root_CA (1).CER", authority_of.der), ("revoked.crl", revoked)]
    given.append(("request.txt", asked.public_bytes(Encoding.PEM)))
    found = sort_files([look(name, data) for name, data in given])
    wanted = LabOfFiles(Lab.Kind.REHEARSE, "Of files", "X14.3", servers_of([], None), found, None)
    lab = make_lab_of_files(owner, wanted)
    assert upload(stranger_client, export(owner_client, lab).content).status_code == 302
    held = dict(lab.files.values_list("name", "what"))
    assert set(held.values()) == {"checked-root-der", "checked-crl", "checked-request"}
    assert dict(stranger.labs.get().files.values_list("name", "what")) == held


def test_every_page_of_an_imported_lab_opens(used, owner_client, stranger, stranger_client):
    upload(stranger_client, export(owner_client, used).content)
    copy = stranger.labs.get()
    for name in ("lab", "lab-files", "lab-history", "lab-settings", "lab-time", "lab-points"):
        assert stranger_client.get(reverse(name, args=[copy.pk])).status_code == 200
    for node in copy.expressways:
        for name in ("trusted-ca", "server-certificate", "alarms", "trusted-ca-decoded"):
            assert stranger_client.get(reverse(name, args=[node.pk])).status_code == 200
    labs.reset_lab(copy.pk)


def test_an_imported_case_ends_after_its_days(used, owner_client, stranger, stranger_client):
    Lab.objects.filter(pk=used.pk).update(kind=Lab.Kind.REPRODUCE)
    upload(stranger_client, export(owner_client, used).content)
    assert stranger.labs.get().expires_at is not None


# --- Hostile files ----------------------------------------------------------------------------------------


def set_to(*path_and_value):
    """A change of a document: the value at a path."""
    *path, last, value = path_and_value

    def change(document):
        place = document
        for step in path:
            place = place[step]
        place[last] = value

    return change


def removed(*path):
    """A change of a document: what stands at a path goes."""
    *before, last = path

    def change(document):
        place = document
        for step in before:
            place = place[step]
        del place[last]

    return change


def exchanged_certificate(document):
    """Two certificates under each other's hash."""
    held = document["carried"]["certificates"]
    first, second = sorted(held)[:2]
    held[first], held[second] = held[second], held[first]


def rubbish_in(part):
    def change(document):
        held = document["carried"][part]
        held[min(held)] = base64.b64encode(b"rubbish").decode()

    return change


def not_base64(document):
    held = document["carried"]["certificates"]
    held[min(held)] = "é!"


def private_key_in_a_file(document):
    held = document["carried"]["files"]
    content = base64.b64decode(held[min(held)]) + b"-----BEGIN PRIVATE KEY-----\n"
    held[min(held)] = base64.b64encode(content).decode()


def stranger_carried(document):
    document["carried"]["certificates"]["0" * 64] = ""


def row_twice(document):
    rows = document["servers"][0]["lists"]["ca"]
    rows.append(rows[0])


def two_of_one_name(document):
    first, second = document["servers"][:2]
    second["host"], second["domain"] = first["host"].upper(), first["domain"]


def file_twice(document):
    first, second = document["servers"][:2]
    second["files"][0]["name"] = first["files"][0]["name"]


def nothing_runs(document):
    for server in document["servers"]:
        for held in server["slots"].get("server", ()):
            held["is_running"] = False


SERVER = ("servers", 0)
HELD = (*SERVER, "slots", "server", 0)

# What is wrong with a file, and a part of the sentence that says so.
WRONG = {
    "another format": (set_to("format", 3), "was written in format 3, and this release reads formats 1 to 2"),
    "a format that is no number": (set_to("format", "1"), "format is not a whole number"),
    "a format that is true": (set_to("format", True), "format is not a whole number"),
    "another document": (set_to("document", "shopping list"), "no lab of this program"),
    "no servers": (removed("servers"), "The file is not an object with exactly these fields"),
    "a field more": (set_to("lab", "owner", "eve"), "lab is not an object with exactly these fields"),
    "a name with a bidirectional mark": (set_to("lab", "name", "a\u202eb"), "lab.name: A name cannot hold"),
    "a name far too long": (set_to("lab", "name", "x" * 1001), "lab.name is not a text of at most 1000"),
    "a name a little too long": (set_to("lab", "name", "x" * 121), "lab.name: Ensure this value has at most 120"),
    "a name with NUL": (set_to("lab", "name", "a\0b"), "lab.name:"),
    "a name that is a list": (set_to("lab", "name", ["x"]), "lab.name is not a text"),
    "no release": (set_to("lab", "release", "Windows 95"), "lab.release: This is no Expressway release"),
    "another kind": (set_to("lab", "kind", "root"), "lab.kind is not one of practise, rehearse, reproduce"),
    "another recipe": (set_to("lab", "recipe", "cluster"), "lab.recipe is not one of expressway-pair"),
    "another rule": (set_to("lab", "same_subject", "last"), "lab.same_subject: Select a valid choice"),
    "a clock beyond its end": (set_to("lab", "clock_offset_s", 10**12), "lab.clock_offset_s is not a whole number"),
    "a clock with a fraction": (set_to("lab", "clock_offset_s", 1.5), "lab.clock_offset_s is not a whole number"),
    "a switch that is a number": (set_to("lab", "cn_counts", 1), "lab.cn_counts is not true or false"),
    "no server at all": (set_to("servers", []), "servers is not a list of 1 to 16 entries"),
    "too many servers": (set_to("servers", [{}] * 17), "servers is not a list of 1 to 16 entries"),
    "a server that is a text": (set_to("servers", ["exp"]), "servers[0] is not an object"),
    "a CUCM": (set_to(*SERVER, "kind", "cucm"), "servers[0].kind is not one of"),
    "a host name that is none": (set_to(*SERVER, "host", "a b"), "is no fully qualified domain name"),
    "a domain of mark-up": (set_to(*SERVER, "domain", "<b>.example"), "is no fully qualified domain name"),
    "no address": (set_to(*SERVER, "address", "evil.example"), "servers[0].address: Enter a valid IPv4"),
    "two servers of one name": (two_of_one_name, "cannot have the same host name and domain"),
    "a restart at no moment": (set_to(*SERVER, "restarted_at", "2027-02-31T00:00:00Z"), "restarted_at is not a moment"),
    "a restart that is nothing": (set_to(*SERVER, "restarted_at", 0), "restarted_at is not a moment"),
    "a factory CA that is nothing": (set_to(*SERVER, "factory", "ca", ""), "factory.ca is not a SHA-256"),
    "another list": (set_to(*SERVER, "lists", {"tomcat": []}), "lists is not an object with exactly these fields: ca"),
    "no slot": (set_to(*SERVER, "slots", {}), "slots is not an object with exactly these fields: server"),
    "an empty slot": (set_to(*SERVER, "slots", "server", []), "slots.server is not a list of 1 to 2 entries"),
    "a row that is no hash": (set_to(*SERVER, "lists", "ca", 0, "certificate", "AB"), "is not a SHA-256"),
    "a row twice": (row_twice, "A row of servers[0].lists.ca stands there twice"),
    "nothing runs": (nothing_runs, "of which one is loaded and one runs"),
    "a key from nowhere": (set_to(*HELD, "key_origin", "stolen"), "key_origin is not one of"),
    "a source from nowhere": (set_to(*HELD, "source", "x"), "source is not one of"),
    "loaded at no moment": (set_to(*HELD, "at_lab", "today"), "at_lab is not a moment"),
    "a file name that climbs": (set_to(*SERVER, "files", 0, "name", "../x.pem"), "files[0].name is not a file name"),
    "a file name with a quote": (set_to(*SERVER, "files", 0, "name", 'x".pem'), "files[0].name is not a file name"),
    "a file name twice": (file_twice, "A name among the files of the servers stands there twice"),
    "a file of another kind": (set_to(*SERVER, "files", 0, "what", "key"), "files[0].what is not one of"),
    "certificates under each other's hash": (exchanged_certificate, "is not what its SHA-256 says"),
    "a certificate that is none": (rubbish_in("certificates"), "cannot be read as the certificate"),
    "a CRL that is none": (rubbish_in("crls"), "cannot be read as the CRL"),
    "a public key that is none": (rubbish_in("public_keys"), "cannot be read as the public key"),
    "a file that is none": (rubbish_in("files"), "cannot be read as the file"),
    "a private key in a file": (private_key_in_a_file, "cannot be read as the file"),
    "no Base-64": (not_base64, "is not Base-64"),
    "a certificate that nothing names": (stranger_carried, "The file carries the certificate 000000"),
    "nothing carried": (set_to("carried", "certificates", {}), "and the file does not carry it"),
    "carried as a list": (set_to("carried", "crls", []), "carried.crls is not an object"),
}  # fmt: skip


@pytest.mark.parametrize("change", WRONG)
def test_whatever_is_wrong_with_a_file_has_a_sentence_and_makes_nothing(used, owner_client, owner, change):
    document = json.loads(export(owner_client, used).content)
    spoil, says = WRONG[change]
    spoil(document)
    before = bytes_of(used)
    answer = upload(owner_client, json.dumps(document).encode())
    assert answer.status_code == 422
    assert says in text(answer).replace("&#x27;", "'"), text(answer)[:3000]
    assert owner.labs.count() == 1
    assert Node.objects.filter(lab__owner=owner).count() == 4
    assert bytes_of(used) == before


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "the file is not JSON"),
        (b"\xff\xfe\x00", "the file is not JSON"),
        (b"[" * 50_000, "the file is not JSON"),
        (b"[" * 100_000 + b"]" * 100_000, "more parts than any lab can have"),
        (b"[" + b"1," * 100_000 + b"1]", "more parts than any lab can have"),
        (b'{"format": ' + b"9" * 5000 + b"}", "the file is not JSON"),
        (b'"\\ud800"', "no lab of this program"),
        (b"null", "no lab of this program"),
        (b'{"document": "expressway-lab"}', "format is not a whole number"),
        (b"-----BEGIN CERTIFICATE-----\n", "the file is not JSON"),
    ],
    ids=["empty", "no text", "deep", "deeper", "wide", "long number", "half a pair", "null", "bare", "PEM"],
)
def test_a_file_that_is_no_lab_is_told_so(owner_client, owner, data, says):
    answer = upload(owner_client, data)
    assert answer.status_code == 422
    assert says in text(answer)
    assert owner.labs.count() == 0


def test_no_file_and_too_large_a_file_are_told_so(owner_client, monkeypatch):
    answer = owner_client.post(reverse("lab-import"))
    assert answer.status_code == 422
    assert "Choose a file first" in text(answer)
    monkeypatch.setattr("certstore.forms.lab_import.LARGEST_FILE", 10)
    assert "The file is larger than" in text(upload(owner_client, b" " * 11))


def test_a_body_beyond_the_limit_is_not_even_read(owner_client):
    answer = owner_client.post(reverse("lab-import"), CONTENT_LENGTH=str(17 * 1024 * 1024))
    assert answer.status_code == 413


def test_every_origin_of_a_key_can_be_imported(used, owner_client, stranger, stranger_client):
    document = json.loads(export(owner_client, used).content)
    for origin in KeySource:
        document["servers"][0]["slots"]["server"][0]["key_origin"] = origin.value
        assert upload(stranger_client, json.dumps(document).encode()).status_code == 302
    assert stranger.labs.count() == len(KeySource)
