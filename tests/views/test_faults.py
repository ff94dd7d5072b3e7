"""Each fault of the catalogue, asked for on the training CA's page and given to a server on its own pages."""

import subprocess

import pytest

from certstore.actions import labs
from certstore.models import Certificate, Lab, LabFile, Node, StoreName
from certstore.models.clock import shifted
from certstore.pki.facts import decode_certificate
from certstore.pki.faults import BY_NAME, CATALOGUE, Fault, Place
from certstore.pki.forge import practice
from certstore.pki.releases import Role
from certstore.reading.training_ca import made_of
from certstore.scenarios import WORKING
from certstore.scenarios.services import add_to_lists
from certstore.wording.faults import FAULTS, PLACES
from tests.needs import needs_openssl
from tests.training import append, found_in, practice_files, reasons, upload
from tests.zips import unpacked

# What the upload page answers: fault -> (outcome, what it is told). Typed by hand. Sources: TechNote 221624 for what
# the file is and for the chain; TechNote 218034 for chain files and keys; TechNotes 225482 and 213872 for extended key
# usages; Certificate Creation and Use guide X14.0.2 to X15.5 for names, weak and large keys and unknown attributes;
# OpenSSL's numbers 20, 2, 10, 9, 79, 25 and 48 for the chain; TechNotes 213872 and 218018 for the twin; our decisions
# for the rest (see the docstring of each rule).
AT_THE_UPLOAD: dict[str, tuple[str, set[str]]] = {
    "der": ("refused", {"file.der-certificate"}),
    "p7b": ("refused", {"file.pkcs7-der", "server-certificate.chain-file"}),
    "missing-intermediate": ("refused", {"chain.issuer-missing"}),
    "expired": ("refused", {"chain.expired"}),
    "not-yet-valid": ("refused", {"chain.not-yet-valid"}),
    "other-key": ("refused", {"key.mismatch"}),
    "no-client-auth": ("refused", {"server-certificate.no-client-auth"}),
    "client-only": ("refused", {"server-certificate.no-server-auth"}),
    "no-san": ("warned", {"server-certificate.no-san"}),
    "short-cn": ("refused", {"server-certificate.cn-not-fqdn"}),
    "ip-in-san": ("refused", {"server-certificate.san-not-fqdn"}),
    "wildcard": ("refused", {"server-certificate.wildcard"}),
    "no-cn": ("warned", {"server-certificate.no-cn"}),
    "sha-1": ("warned", {"server-certificate.weak-digest"}),
    "rsa-1024": ("warned", {"server-certificate.weak-key"}),
    "rsa-8192": ("warned", {"server-certificate.very-large-key"}),
    "unknown-oid": ("warned", {"server-certificate.unsupported-oid"}),
    "intermediate-expired": ("refused", {"chain.expired"}),
    "intermediate-not-ca": ("refused", {"chain.not-a-ca"}),
    "path-length": ("refused", {"chain.path-length"}),
    "name-constraints": ("refused", {"chain.name-constraint"}),
    "cross-sign-one-root": ("refused", {"chain.ca-issuer-missing"}),
    "same-subject-twin": ("depends", {"chain.depends-on-same-subject", "chain.issuer-missing"}),
    "revoked": ("warned", {"server-certificate.revoked-by-crl"}),
    "chain-in-one-file": ("refused", {"server-certificate.chain-file"}),
    "pfx": ("refused", {"file.pkcs12"}),
    "utf-16": ("refused", {"file.utf-16"}),
    "crlf": ("accepted", set()),
    "text-around": ("accepted", set()),
    "no-final-line-feed": ("accepted", set()),
    # Its key is one that no server holds: that comes second.
    "with-private-key": ("refused", {"file.contains-private-key", "key.mismatch"}),
}
# What is seen after the restart: fault -> (server, connection, code). Source: TechNote 221624, "Traversal Zone Down
# with TLS Negotiation Error", "Traversal Zone Up but SSH Tunnels Down", "Certificate Alarm on Jabber".
AFTER_THE_RESTART: dict[tuple[str, str], tuple[str, str]] = {
    ("new-intermediate", "expressway-c"): ("tunnels", "tunnels.ca-missing"),
    ("new-intermediate", "expressway-e"): ("tunnels", "tunnels.ca-missing"),
    ("peer-name-lost", "expressway-e"): ("zone", "zone.peer-address-not-in-certificate"),
    ("subject-name-lost", "expressway-c"): ("zone", "zone.subject-name-not-in-certificate"),
    ("unknown-ca", "expressway-c"): ("zone", "peer.chain-not-trusted"),
    ("unknown-ca", "expressway-e"): ("zone", "peer.chain-not-trusted"),
    ("domain-lost", "expressway-e"): ("jabber", "jabber.no-domain"),
}
# OpenSSL's own number for the chain, at the lab's time: X509_V_ERR_… of openssl/x509_vfy.h; 0 where the chain is sound
# and something else is wrong. Files that hold no single PEM certificate are not asked about.
OPENSSL: dict[str, int] = {
    "missing-intermediate": 20,
    "expired": 10,
    "not-yet-valid": 9,
    "intermediate-expired": 10,
    "intermediate-not-ca": 79,
    "path-length": 25,
    "name-constraints": 48,
    "cross-sign-one-root": 2,
    "same-subject-twin": 0,
    "other-key": 0,
    "no-client-auth": 0,
    "no-san": 0,
    "short-cn": 0,
    "ip-in-san": 0,
    "wildcard": 0,
    "no-cn": 0,
    "sha-1": 0,
    "rsa-1024": 0,
    "rsa-8192": 0,
    "unknown-oid": 0,
    "revoked": 0,
    "crlf": 0,
    "text-around": 0,
    "no-final-line-feed": 0,
}
KEPT = [fault.name for fault in CATALOGUE if not fault.has_private_key]
WITH_KEY = [fault.name for fault in CATALOGUE if fault.has_private_key]


@pytest.fixture
def working(owner, made_servers, pooled_keys) -> Lab:
    """A lab in which everything works."""
    return labs.make_lab(owner, Lab.Kind.PRACTISE, "Working", "X14.3", made=made_servers, recipe=WORKING)


def server(lab: Lab, role: str) -> Node:
    return lab.nodes.get(kind=role)


def other_than(node: Node) -> Node:
    return node.lab.expressways.exclude(pk=node.pk).get()


def test_the_table_knows_every_fault_and_every_role_on_which_it_shows():
    told = {name for name, _ in AFTER_THE_RESTART}
    assert set(AT_THE_UPLOAD) | told == {fault.name for fault in CATALOGUE}
    assert not set(AT_THE_UPLOAD) & told
    for fault in CATALOGUE:
        if fault.name in told:
            assert {role for name, role in AFTER_THE_RESTART if name == fault.name} == set(fault.roles)


@pytest.mark.parametrize("fault", CATALOGUE, ids=lambda fault: fault.name)
def test_a_fault_is_one_thing_that_is_not_as_it_should_be(fault):
    sound = Fault(name="", code=None)
    parts = ("names", "dates", "ekus", "digest", "key", "cas", "form", "is_revoked")
    wrong = [part for part in parts if getattr(fault, part) != getattr(sound, part)]
    carrier = {"key"} if fault.form.value in ("pkcs12", "with-key") else set()
    assert len(set(wrong) - carrier) == 1, wrong


def test_every_fault_and_place_has_its_sentence():
    assert list(FAULTS) == [fault.name for fault in CATALOGUE]
    assert set(PLACES) == set(Place)
    assert all(text.title and text.wrong.endswith((".", '".')) for text in FAULTS.values())


@pytest.mark.parametrize("name", list(AT_THE_UPLOAD))
def test_the_server_answers_a_fault_with_its_code(name, working, owner_client):
    node = server(working, "expressway-e")
    files = practice_files(owner_client, node, name)
    append(owner_client, node, files[practice.CAS])
    if name == "revoked":
        append(owner_client, node, files[practice.CRL])
    attempt = upload(owner_client, node, files)
    outcome, codes = AT_THE_UPLOAD[name]
    assert (attempt.outcome, found_in(attempt)) == (outcome, codes)
    code = BY_NAME[name].code
    assert (code.value in codes) if code else not codes


@pytest.mark.parametrize(("name", "role"), list(AFTER_THE_RESTART))
def test_after_the_restart_the_connection_fails_for_what_is_wrong_and_nothing_else(
    name, role, working, owner_client
):
    node = server(working, role)
    files = practice_files(owner_client, node, name)
    append(owner_client, node, files[practice.CAS])
    root = made_of(working.ca_keys.get(name="public-root"))
    if name == "new-intermediate":
        append(owner_client, other_than(node), root.pem)
    elif name != "unknown-ca":
        append(owner_client, other_than(node), files[practice.CAS])
    if name == "domain-lost":
        client = working.nodes.get(kind=Node.Kind.JABBER)
        add_to_lists(working, client, (StoreName.CLIENT_OS,), [decode_certificate(root.der)])
    attempt = upload(owner_client, node, files)
    assert (attempt.outcome, found_in(attempt)) == ("accepted", set())
    connection, code = AFTER_THE_RESTART[name, role]
    assert reasons(node)[connection] - {"jabber.phones-fail"} == {code}
    assert BY_NAME[name].code.value == code
    assert BY_NAME[name].place.value == connection


@needs_openssl
@pytest.mark.parametrize("name", list(OPENSSL))
def test_openssl_says_the_same_of_the_chain(name, working, owner_client, openssl, tmp_path):
    files = practice_files(owner_client, server(working, "expressway-e"), name)
    for file, content in files.items():
        (tmp_path / file).write_bytes(content)
    command = [openssl, "verify", "-attime", str(int(working.now().timestamp())), "-auth_level", "0"]
    command += ["-CAfile", str(tmp_path / practice.CAS), str(tmp_path / practice.CERTIFICATE)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    said = done.stdout + done.stderr
    if OPENSSL[name]:
        assert f"error {OPENSSL[name]} at" in said
    else:
        assert (done.returncode, "OK" in said) == (0, True), said


@pytest.mark.parametrize("role", list(Role))
def test_a_sound_certificate_of_the_same_making_is_taken(role, working, owner_client):
    """The faults are the reason: the same file without one is accepted, and everything goes on working."""
    node = server(working, role.value)
    files = practice_files(owner_client, node, "crlf")
    append(owner_client, node, files[practice.CAS])
    append(owner_client, other_than(node), files[practice.CAS])
    attempt = upload(owner_client, node, files)
    assert (attempt.outcome, found_in(attempt)) == ("accepted", set())
    assert reasons(node)["zone"] == set() == reasons(node)["tunnels"]


@pytest.mark.parametrize("name", WITH_KEY)
def test_a_practice_file_with_a_private_key_leaves_no_row(name, working, owner_client):
    node = server(working, "expressway-e")
    practice_files(owner_client, node, "crlf")
    before = (
        working.issued.count(),
        Certificate.objects.count(),
        working.ca_keys.count(),
        LabFile.objects.count(),
    )
    one, two = practice_files(owner_client, node, name), practice_files(owner_client, node, name)
    after = (
        working.issued.count(),
        Certificate.objects.count(),
        working.ca_keys.count(),
        LabFile.objects.count(),
    )
    assert after == before
    assert one[practice.CERTIFICATE] != two[practice.CERTIFICATE]  # new every time


@pytest.mark.parametrize("name", KEPT)
def test_no_private_key_comes_with_the_others(name, working, owner_client):
    files = practice_files(owner_client, server(working, sorted(BY_NAME[name].roles)[-1].value), name)
    assert set(files) == {practice.CERTIFICATE, practice.CAS, practice.CRL}
    assert not [file for file, content in files.items() if b"PRIVATE KEY" in content]


def test_a_kept_practice_file_comes_again_as_it_was(working, owner_client):
    node = server(working, "expressway-e")
    first = practice_files(owner_client, node, "path-length")
    labs.set_lab_time(working.pk, shifted(working.now(), 86_400))
    again = owner_client.get(f"/labs/{working.pk}/ca/issued/{working.issued.get().pk}/practice.zip")
    files = unpacked(again.content)
    assert files[practice.CERTIFICATE] == first[practice.CERTIFICATE]
    assert files[practice.CAS] == first[practice.CAS]
