"""What a new lab holds: real certificates for its servers' keys, and nothing that another lab has."""

import subprocess
from datetime import UTC, datetime
from itertools import pairwise

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from certstore.models import Certificate, Installation, LabFile, PublicKey
from certstore.pki.facts import decode_certificate
from certstore.pki.judge import judge_chain
from certstore.pki.releases import Role
from certstore.reading.rows import facts_of
from certstore.scenarios import expressway_pair
from certstore.scenarios.defaults import default_roots
from certstore.scenarios.expressway_pair import EXAMPLE_SERVERS, ServerPlan
from certstore.wording.labs import FILES

OF_ONE_SERVER = {
    "{}.cer",
    "{}.pem",
    "{}-issuing-ca.cer",
    "{}-issuing-ca.pem",
    "{}-root-ca.cer",
    "{}-root-ca.pem",
    "{}-ca-bundle.pem",
    "{}-renewal.pem",
    "{}-renewal-issuing-ca.cer",
    "{}-renewal-issuing-ca.pem",
}
HOSTS = ["exp-c1", "exp-e1"]
CLIENT_AUTH, SERVER_AUTH = "1.3.6.1.5.5.7.3.2", "1.3.6.1.5.5.7.3.1"


def content(lab, name):
    return bytes(lab.files.get(name=name).content)


def facts(lab, name):
    data = content(lab, name)
    if name.endswith(".pem"):
        data = x509.load_pem_x509_certificate(data).public_bytes(Encoding.DER)
    return decode_certificate(data)


def node(lab, host):
    return lab.nodes.get(host=host)


def test_a_new_lab_has_an_expressway_c_and_an_expressway_e_at_documentation_addresses(lab):
    assert [(one.kind, one.fqdn, one.address) for one in lab.expressways] == [
        ("expressway-c", "exp-c1.example.com", "192.0.2.11"),
        ("expressway-e", "exp-e1.example.com", "198.51.100.21"),
    ]


@pytest.mark.parametrize("host", HOSTS)
def test_a_new_list_holds_a_temporary_ca_and_the_two_public_roots(lab, host):
    entries = node(lab, host).trust_stores.get(name="ca").entries.select_related("certificate")
    subjects = [facts_of(entry.certificate).subject for entry in entries]
    assert [entry.position for entry in entries] == [1, 2, 3]
    assert subjects[0].startswith("O=Temporary CA ")
    assert subjects[1:] == [
        "O=Internet Security Research Group, CN=ISRG Root X1",
        "O=Digital Signature Trust Co., CN=DST Root CA X3",
    ]


def test_the_public_roots_are_the_real_ones():
    assert [root.sha256 for root in default_roots()] == [
        "96bcec06264976f37460779acf28c5a7cfe8a3c0aae11a8ffcee05c0bddf08c6",
        "0687260331a72403d909f105e69bcf0d32e1bd2493ffc6d9206d11bcd6770739",
    ]


@pytest.mark.parametrize("host", HOSTS)
def test_a_new_server_runs_the_certificate_that_its_temporary_ca_issued(lab, host):
    server = node(lab, host)
    installed = Installation.objects.get(slot__node=server, slot__name="server")
    assert (installed.is_installed, installed.is_running) == (True, True)
    assert (installed.source, installed.key_origin) == ("factory", "factory")
    leaf, ca = facts_of(installed.certificate), facts_of(server.factory_ca)
    assert judge_chain(leaf, [ca], lab.now()).code is None
    assert leaf.san_dns == (server.fqdn,)
    assert installed.key.spki_sha256 == leaf.spki_sha256
    assert (installed.certificate, installed.key) == (server.factory_certificate, server.factory_key)


def test_the_servers_have_temporary_cas_of_their_own(lab):
    cas = [facts_of(server.factory_ca) for server in lab.expressways]
    assert cas[0].subject != cas[1].subject
    assert cas[0].spki_sha256 != cas[1].spki_sha256


def test_the_files_have_the_same_names_in_every_lab(lab, other_lab):
    expected = {name.format(host) for name in OF_ONE_SERVER for host in HOSTS} | {"exp-c1-unified-cm-cas.pem"}
    assert set(lab.files.values_list("name", flat=True)) == expected
    assert set(other_lab.files.values_list("name", flat=True)) == expected


def test_every_file_is_described(lab):
    of_the_recipe = {what for what in FILES if not what.startswith("checked-")}
    assert set(lab.files.values_list("what", flat=True)) == of_the_recipe


def test_two_labs_share_no_name_and_no_key_but_those_of_the_public_roots(lab, other_lab):
    def names_and_keys(one):
        made = [facts(one, name) for name in one.files.values_list("name", flat=True)]
        made += [facts_of(row) for row in one.certificates.all()]
        public = {root.sha256 for root in default_roots()}
        made = [each for each in made if each.sha256 not in public]
        return {each.subject_hash for each in made} | {each.spki_sha256 for each in made}

    assert len(names_and_keys(lab)) >= 18
    assert not names_and_keys(lab) & names_and_keys(other_lab)


@pytest.mark.parametrize("host", HOSTS)
@pytest.mark.parametrize("name", ["{}.pem", "{}-renewal.pem"])
def test_a_server_certificate_fits_the_held_key_and_the_rules(lab, host, name):
    leaf, server = facts(lab, name.format(host)), node(lab, host)
    assert leaf.spki_sha256 == server.factory_key.spki_sha256
    assert leaf.common_names == (server.fqdn,)
    assert leaf.san_dns == ((server.fqdn, "example.com") if host == "exp-e1" else (server.fqdn,))
    assert set(leaf.extended_key_usage) == {CLIENT_AUTH, SERVER_AUTH}
    assert (leaf.key_algorithm, leaf.key_bits, leaf.signature_digest) == ("RSA", 2048, "sha256")
    begins, ends = (datetime.fromisoformat(text) for text in (leaf.not_before, leaf.not_after))
    assert (ends - begins).days == 365


@pytest.mark.parametrize("host", HOSTS)
def test_the_cas_in_the_files_make_both_certificates_trusted(lab, host):
    root, now = facts(lab, f"{host}-root-ca.cer"), lab.now()
    first = [facts(lab, f"{host}-issuing-ca.cer"), root]
    second = [facts(lab, f"{host}-renewal-issuing-ca.cer"), root]
    certificate, renewal = facts(lab, f"{host}.pem"), facts(lab, f"{host}-renewal.pem")
    assert judge_chain(certificate, first, now).code is None
    assert judge_chain(renewal, second, now).code is None
    assert judge_chain(renewal, first, now).number == 20  # the new issuing CA has to be appended first
    assert renewal.not_after > certificate.not_after


@pytest.mark.parametrize("host", HOSTS)
@pytest.mark.parametrize("what", ["", "-issuing-ca", "-root-ca", "-renewal-issuing-ca"])
def test_both_forms_of_a_file_hold_the_same_certificate(lab, host, what):
    assert facts(lab, f"{host}{what}.cer") == facts(lab, f"{host}{what}.pem")


@pytest.mark.parametrize("host", HOSTS)
def test_openssl_reads_the_files_and_agrees(lab, host, openssl, tmp_path):
    for file in lab.files.filter(name__startswith=host):
        (tmp_path / file.name).write_bytes(bytes(file.content))
        form = "DER" if file.name.endswith(".cer") else "PEM"
        done = subprocess.run(
            [openssl, "x509", "-inform", form, "-in", tmp_path / file.name, "-noout", "-pubkey"],
            capture_output=True,
            check=True,
        )
        if file.what in {"server-certificate-der", "server-certificate-pem", "renewal-pem"}:
            held = x509.load_der_x509_certificate(bytes(node(lab, host).factory_certificate.der))
            spki = held.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
            assert done.stdout == spki
    trust = ["-no-CApath", "-no-CAstore", "-CAfile", tmp_path / f"{host}-ca-bundle.pem"]
    subprocess.run([openssl, "verify", *trust, tmp_path / f"{host}.pem"], check=True, capture_output=True)


def test_no_file_and_no_row_holds_a_private_key(lab):
    for row in LabFile.objects.all():
        assert b"PRIVATE KEY" not in bytes(row.content)
    assert {row.spki_sha256 for row in PublicKey.objects.all()} == {
        row.key.spki_sha256 for row in Installation.objects.filter(is_running=True)
    }


def test_nothing_of_a_new_lab_is_another_labs(lab, other_lab):
    for server in lab.expressways:
        rows = Certificate.objects.filter(entries__store__node=server) | Certificate.objects.filter(
            installations__slot__node=server
        )
        assert {row.lab_id for row in rows} == {lab.pk}


def test_servers_with_one_host_name_in_two_domains_get_files_of_their_own():
    plans = [
        ServerPlan(Role.EXPRESSWAY_C, "EXP", "inside.example", "192.0.2.1"),
        ServerPlan(Role.EXPRESSWAY_E, "exp", "outside.example", "192.0.2.2"),
    ]
    names = [[file.name for file in made.files] for made in expressway_pair.make(plans, datetime.now(UTC))]
    assert names[0][0] == "exp-c.cer"
    assert names[1][0] == "exp-e.cer"


@pytest.mark.usefixtures("pooled_keys")
def test_the_longest_host_name_still_fits_into_the_names_of_the_files():
    plan = ServerPlan(Role.EXPRESSWAY_E, "a" * 60, "a.b", "192.0.2.1")
    for file in expressway_pair.make([plan], datetime.now(UTC))[0].files:
        assert len(file.name) <= LabFile._meta.get_field("name").max_length


@pytest.mark.usefixtures("pooled_keys")
@pytest.mark.parametrize("year", [1951, 2049, 2050, 9999])
def test_a_pair_can_be_made_in_any_year(year):
    at = datetime(year, 12, 31, 23, 59, 59, tzinfo=UTC)
    made = expressway_pair.make(EXAMPLE_SERVERS[:1], at)[0]
    assert made.certificate.not_before[:4] == f"{year}"


def test_the_files_stand_in_the_order_of_the_servers(lab):
    hosts = [file.node.host for file in lab.files.select_related("node")]
    assert sum(before != after for before, after in pairwise(hosts)) == 1
    assert hosts[0] == "exp-c1"
