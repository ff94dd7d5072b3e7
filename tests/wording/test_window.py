"""The words of the certificate window: which come from where, and commands that do what they say."""

import re
import subprocess

import pytest

from certstore.pki.facts import decode_certificate
from certstore.pki.pkcs7 import pkcs7_of
from certstore.pki.sniff import FileKind, look_at
from certstore.pki.window import Format, further_of
from certstore.wording import viewer, window
from certstore.wording.window import CHAIN_STEPS, FORMAT_STEPS, chain_step, fields_of, format_step
from certstore.wording.window_elsewhere import commands_for
from tests.pki.chains import HOST, below, leaf, root

ROOT = root("Root")
ISSUING = below(ROOT, "Issuing", path_length=0)
LEAF = leaf(ISSUING)

# File names that a shell, a program or a file system could take for something else.
HOSTILE = [
    "exp e1.cer",
    "-in.cer",
    "--help",
    "exp-e1.cer; touch ran",
    "$(touch ran).cer",
    "`touch ran`.cer",
    'it\'s "quoted".cer',
    "a|b&c>d<e.cer",
    "*.cer",
    "~.cer",
    "exp-e1.pem",
    ".pem",
    ".cer",
    "no-ending",
    "株式会社.cer",
    "\\u202E.cer",
    "!history.cer",
    "x" * 200 + ".cer",
]


def rows(made) -> dict[str, str]:
    known = decode_certificate(made.der)
    return {field.label: field.value for field in fields_of(known, further_of(known))}


def test_what_the_small_print_ascribes_to_cisco_stands_in_ciscos_steps():
    quoted = re.findall(r'"([^"]+)"', window.SMALL_PRINT)
    assert quoted == [
        "Details",
        "Copy to File",
        "Base-64 encoded",
        "Certification Path",
        "View Certificate",
    ]
    assert set(quoted) == {said.text for said in viewer.SENTENCES.values()}
    in_steps = set(re.findall(r'"([^"]+)"', " ".join(FORMAT_STEPS + CHAIN_STEPS)))
    assert in_steps - {"Choose File"} == set(quoted)


def test_the_formats_are_those_that_windows_offers():
    assert list(window.FORMATS.values()) == [
        "DER encoded binary X.509 (.CER)",
        "Base-64 encoded X.509 (.CER)",
        "Cryptographic Message Syntax Standard - PKCS #7 Certificates (.P7B)",
    ]
    assert [one.ending for one in Format] == [".cer", ".cer", ".p7b"]


def test_the_details_of_a_server_certificate():
    shown = rows(LEAF)
    assert shown["Version"] == "V3"
    assert shown["Subject Alternative Name"] == f"DNS Name={HOST}"
    assert shown["Enhanced Key Usage"] == (
        "Server Authentication (1.3.6.1.5.5.7.3.1), Client Authentication (1.3.6.1.5.5.7.3.2)"
    )
    assert shown["Public key"] == "ECDSA (256 bits)"
    assert shown["Valid to"] == "2027-11-23 12:00:00 UTC"
    assert shown["Key Usage"].startswith("Digital Signature")
    assert shown["Authority Key Identifier"].startswith("KeyID=")


def test_the_details_of_a_ca():
    shown = rows(ISSUING)
    assert shown["Basic Constraints"] == "Subject Type=CA, Path Length Constraint=0"
    assert "Certificate Signing" in shown["Key Usage"]
    assert "Enhanced Key Usage" not in shown
    assert "Subject Alternative Name" not in shown
    assert "Path Length Constraint=None" in rows(ROOT)["Basic Constraints"]


def test_a_thousand_names_are_cut():
    many = leaf(ISSUING, sans=[f"n{number}.example.test" for number in range(1000)])
    known = decode_certificate(many.der)
    field = next(field for field in fields_of(known, further_of(known)) if field.key == "names")
    assert len(field.lines) == window.MOST_LINES + 1
    assert field.lines[-1] == "and 900 more"


@pytest.mark.parametrize(
    ("tab", "in_wizard", "step"),
    [("general", False, 1), ("details", False, 2), ("details", True, 3), ("path", False, 0)],
)
def test_where_one_is_in_the_four_steps(tab, in_wizard, step):
    assert format_step(tab=tab, in_wizard=in_wizard) == step


@pytest.mark.parametrize(
    ("tab", "is_ca", "has_chosen", "step"),
    [
        ("general", False, False, 1),
        ("path", False, False, 2),
        ("path", False, True, 3),
        ("general", True, False, 4),
        ("details", True, False, 4),
        ("details", False, False, 0),
    ],
)
def test_where_one_is_in_the_nine_steps(tab, is_ca, has_chosen, step):
    assert chain_step(tab=tab, is_ca=is_ca, has_chosen=has_chosen) == step
    assert len(CHAIN_STEPS) == 9


# The commands, typed into a shell


def run(command: str, folder) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(["/bin/sh", "-c", command], cwd=folder, capture_output=True)


def test_the_commands_of_the_source_read_as_people_know_them():
    der = commands_for("exp-e1.cer", FileKind.DER_CERTIFICATE, 1)
    assert der[0][1] == "openssl x509 -inform der -in exp-e1.cer -out exp-e1.pem"
    bundle = commands_for("exp-e1.p7b", FileKind.PKCS7_DER, 3)
    assert bundle[0][1] == "openssl pkcs7 -inform der -print_certs -in exp-e1.p7b -out exp-e1.pem"


@pytest.mark.parametrize("name", HOSTILE)
def test_the_command_for_der_works_whatever_the_file_is_called(openssl, tmp_path, name):
    (tmp_path / name).write_bytes(LEAF.der)
    before = {path.name for path in tmp_path.iterdir()}
    for _, command in commands_for(name, FileKind.DER_CERTIFICATE, 1):
        answer = run(command, tmp_path)
        assert answer.returncode == 0, answer.stderr
    new = {path.name for path in tmp_path.iterdir()} - before
    assert len(new) == 1, "one file was written, and nothing else ran"
    assert look_at((tmp_path / new.pop()).read_bytes()).certificates == (LEAF.der,)
    assert (tmp_path / name).read_bytes() == LEAF.der


@pytest.mark.parametrize("name", HOSTILE[:8])
@pytest.mark.parametrize("kind", [FileKind.PKCS7_DER, FileKind.PKCS7_PEM])
def test_the_command_for_a_bundle_takes_every_certificate_out(openssl, tmp_path, name, kind):
    data = pkcs7_of([LEAF.der, ISSUING.der])
    if kind is FileKind.PKCS7_PEM:
        convert = [openssl, "pkcs7", "-inform", "der"]
        data = subprocess.run(convert, input=data, capture_output=True, check=True).stdout
    (tmp_path / name).write_bytes(data)
    what_for, command = commands_for(name, kind, 2)[0]
    assert run(command, tmp_path).returncode == 0
    new = {path.name for path in tmp_path.iterdir()} - {name}
    assert len(new) == 1
    assert look_at((tmp_path / new.pop()).read_bytes()).certificates == (LEAF.der, ISSUING.der)
    assert "bundle" in what_for


@pytest.mark.parametrize("count", [1, 2])
def test_the_commands_for_base_64_work_and_leave_the_file_as_it_is(openssl, tmp_path, count):
    data = LEAF.pem + (ISSUING.pem if count == 2 else b"")
    (tmp_path / "e 1.pem").write_bytes(data)
    for _, command in commands_for("e 1.pem", FileKind.PEM_CERTIFICATE, count):
        assert run(command, tmp_path).returncode == 0
    assert (tmp_path / "e 1.pem").read_bytes() == data


def test_there_is_nothing_to_type_for_what_is_no_certificate():
    assert commands_for("a.pdf", FileKind.PDF, 0) == ()
    assert "certificate.cer" in commands_for("", FileKind.DER_CERTIFICATE, 1)[0][1]
