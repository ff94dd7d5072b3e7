"""What a file or a pasted text brings, by its name or by its content."""

import subprocess
from pathlib import Path

import pytest

from certstore.pki.boxes.decoded import decoded_certificates
from certstore.pki.boxes.parts import (
    Part,
    RawBox,
    box_of_content,
    box_of_part,
    is_key_name,
    merged,
    part_named,
)
from tests.box_dumps import (
    pki,
    s_client,
    server_certificate,
    show_all_pem,
    show_decoded,
    system,
    xconfiguration,
    xstatus,
)
from tests.needs import needs_openssl
from tests.pki.chains import facts
from tests.pki.material import key_pem


@pytest.fixture(scope="module")
def cas():
    return pki()


@pytest.fixture(scope="module")
def own(cas):
    return server_certificate(cas.issuing, "exp-e1.rehearse.test", "rehearse.test")


# The names of the archive's files: Administrator Guide, "Files contained in the diagnostic log archive".
@pytest.mark.parametrize(
    ("name", "part"),
    [
        ("ca_exp-e1_2026-11-20_09:15:00.pem", (Part.LIST, "exp-e1")),
        ("server_exp-e1_2026-11-20_09_15_00.pem", (Part.SERVER, "exp-e1")),
        ("client_exp-e1_20261120091500.pem", (Part.CLIENT, "exp-e1")),
        ("xconf_dump_exp-e1_2026-11-20_09:15:00.txt", (Part.CONFIGURATION, "exp-e1")),
        ("xstat_dump_exp-e1.txt", (Part.STATUS, "exp-e1")),
        ("XCONF_DUMP_E1.TXT", (Part.CONFIGURATION, "E1")),
        ("server.pem", (Part.SERVER, "")),
        ("ca.pem", (Part.LIST, "")),
        ("xconf_dump_exp-e1.xml", None),
        ("loggingsnapshot_exp-e1.txt", None),
        ("eth0_diagnostic_logging_tcpdump0_exp-e1.pcap", None),
        ("my_server_x.pem", None),
        ("privkey.pem", None),
        ("", None),
    ],
)
def test_a_file_is_known_by_the_name_that_the_product_gives(name, part):
    assert part_named(name) == part


@pytest.mark.parametrize(
    "name", ["privkey.pem", "clientprivkey.pem", "PrivateKey_1.txt", "a.key", "a.pfx", "x_key.pem"]
)
def test_a_private_key_is_known_by_its_name(name):
    assert is_key_name(name)


def test_a_certificate_is_no_key_by_its_name():
    assert not any(is_key_name(name) for name in ("server_keyhost.pem", "ca.pem", "xconf_dump_key.txt"))


def test_the_list_of_an_archive_keeps_its_order(cas):
    found = box_of_part("a", Part.LIST, cas.other.pem + cas.root.pem)
    assert found.listed == (cas.other.der, cas.root.der)
    assert not found.is_list_guessed


def test_of_a_servers_file_the_first_certificate_is_its_own(cas, own):
    found = box_of_part("a", Part.SERVER, own.pem + cas.issuing.pem)
    assert (found.servers, found.sent) == ((own.der,), (cas.issuing.der,))
    assert box_of_part("a", Part.CLIENT, own.pem).clients == (own.der,)


def test_a_file_with_a_private_key_in_it_is_dropped_whole(own):
    found = box_of_part("a", Part.SERVER, own.pem + key_pem())
    assert (found.servers, found.private_keys) == ((), 1)
    pasted = box_of_content("a", own.pem + key_pem())
    assert (pasted.servers, pasted.private_keys) == ((), 1)
    assert pasted.is_empty


def test_configuration_and_status_bring_values():
    found = box_of_part("a", Part.CONFIGURATION, xconfiguration(*system("exp-e1")).encode())
    assert found.values["systemunit name"] == "exp-e1"
    assert box_of_part("a", Part.STATUS, xstatus().encode()).values["systemunit product"] == "TANDBERG VCS"


def test_show_all_pem_is_the_whole_list(cas):
    found = box_of_content("a", show_all_pem(cas.root, cas.issuing).encode())
    assert found.listed == (cas.root.der, cas.issuing.der)
    assert not found.is_list_guessed


def test_show_pem_is_the_servers_certificate_and_no_list(own):
    found = box_of_content("a", own.pem)
    assert (found.servers, found.listed) == ((own.der,), None)
    assert not found.is_presented


def test_cas_that_nothing_names_a_list_are_taken_for_one_and_that_is_marked(cas, own):
    found = box_of_content("a", own.pem + cas.issuing.pem + cas.root.pem)
    assert found.servers == (own.der,)
    assert found.listed == (cas.issuing.der, cas.root.der)
    assert found.is_list_guessed


def test_what_a_handshake_showed_is_no_list(cas, own):
    found = box_of_content("a", s_client(own, cas.issuing, cas.root).encode())
    assert found.is_presented
    assert (found.servers, found.sent, found.listed) == ((own.der,), (cas.issuing.der, cas.root.der), None)


def test_one_text_can_bring_everything(own):
    text = xconfiguration(*system("exp-e1")) + xstatus("X15.3") + own.pem.decode()
    found = box_of_content("a", text.encode())
    assert found.servers == (own.der,)
    assert found.values["systemunit name"] == "exp-e1"
    assert found.values["systemunit software version"] == "X15.3"


def test_show_decoded_says_what_the_certificate_is_and_brings_none(own):
    found = box_of_content("a", show_decoded(own).encode())
    assert found.servers == ()
    (one,) = found.decoded
    known = facts(own)
    assert (one.serial, one.not_before, one.not_after) == (known.serial, known.not_before, known.not_after)
    assert one.san_dns == ("exp-e1.rehearse.test", "rehearse.test")
    assert "exp-e1.rehearse.test" in one.subject
    assert "Issuing CA 4" in one.issuer
    assert len(one.modulus) == 512, "2048 bits"


@needs_openssl
def test_so_does_what_openssl_itself_prints(openssl, own, tmp_path: Path):
    file = tmp_path / "own.pem"
    file.write_bytes(own.pem)
    command = [openssl, "x509", "-inform", "PEM", "-text", "-noout", "-in", str(file)]
    printed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    (one,) = decoded_certificates(printed)
    known = facts(own)
    assert (one.serial, one.not_after, one.san_dns) == (known.serial, known.not_after, known.san_dns)


def test_a_short_serial_is_printed_otherwise_and_read_the_same():
    text = "Certificate:\n    Data:\n    Serial Number: 4660 (0x1234)\n    Not After : Jan  2 03:04:05 2027 GMT\n"
    (one,) = decoded_certificates(text)
    assert (one.serial, one.not_after) == ("1234", "2027-01-02T03:04:05Z")


@pytest.mark.parametrize(
    "text", ["", "Certificate:", "Certificate:\n Subject: CN=x\n", "Serial Number: 1 (0x1)"]
)
def test_a_text_that_prints_no_certificate_brings_none(text):
    assert decoded_certificates(text) == ()


def test_two_pieces_of_one_server_are_put_together(cas, own):
    handshake = box_of_content("b", s_client(own).encode())
    archive = RawBox("a", listed=(cas.root.der,), values={"systemunit name": "exp-e1"})
    found = merged(archive, handshake)
    assert (found.label, found.listed, found.servers) == ("a", (cas.root.der,), (own.der,))
    assert found.is_presented
    assert found.values == {"systemunit name": "exp-e1"}


def test_a_list_that_is_sure_wins_over_one_that_is_guessed(cas):
    guessed = RawBox("a", listed=(cas.other.der,), is_list_guessed=True)
    sure = RawBox("b", listed=(cas.root.der,))
    found = merged(guessed, sure)
    assert (found.listed, found.is_list_guessed) == ((cas.root.der,), False)


@pytest.mark.parametrize(
    "data", [b"", b"\x00", b"\xff\xfe\x00", b"-----BEGIN CERTIFICATE-----\nAAAA", b"hello"]
)
def test_what_is_nothing_brings_nothing(data):
    assert box_of_content("a", data).is_empty
