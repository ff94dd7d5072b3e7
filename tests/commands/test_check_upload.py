"""`manage.py check_upload`: the verdicts of the pages with no lab and no database."""

import io
import json

import pytest
from django.core.management import call_command

from certstore.pki.forge.shape import SERVER_AUTH
from tests import keyring
from tests.pki.server_cases import END, START, make_pki

AT = "2026-11-23T12:00:00Z"


@pytest.fixture(scope="module")
def pki():
    return make_pki()


@pytest.fixture
def files(pki, tmp_path):
    """The usual files in a folder; a function that gives the path of one by its name."""
    contents = {
        "leaf.pem": pki.leaf().pem,
        "leaf.cer": pki.leaf().der,
        "root.pem": pki.top.pem,
        "issuing.pem": pki.issuing.pem,
        "junk.pem": b"nothing of the kind",
    }
    for name, data in contents.items():
        (tmp_path / name).write_bytes(data)
    return lambda name: str(tmp_path / name)


def run(*words, stdin="", monkeypatch=None):
    """Exit status, standard output and standard error of the command. No test here may touch a database."""
    out, err = io.StringIO(), io.StringIO()
    if monkeypatch is not None:
        monkeypatch.setattr("sys.stdin", io.StringIO(stdin))
    with pytest.raises(SystemExit) as ended:
        call_command("check_upload", *words, stdout=out, stderr=err)
    return ended.value.code, out.getvalue(), err.getvalue()


def trusted(files, *names):
    return [word for name in names for word in ("--trusted", files(name))]


def test_accepted_is_0_refused_is_1(files):
    whole = trusted(files, "root.pem", "issuing.pem")
    assert run("server-certificate", files("leaf.pem"), *whole, "--at", AT)[0] == 0
    assert run("server-certificate", files("leaf.pem"), *trusted(files, "root.pem"), "--at", AT)[0] == 1
    assert run("server-certificate", files("leaf.pem"), files("leaf.cer"), *whole, "--at", AT)[0] == 1


def test_what_cannot_be_understood_is_2_and_a_sentence(files):
    for words in (
        [],
        ["server-certificate"],
        ["server-certificate", files("gone.pem")],
        ["server-certificate", files("leaf.pem"), "--trusted", files("junk.pem")],
        ["server-certificate", files("leaf.pem"), "--at", "yesterday"],
        ["server-certificate", files("leaf.pem"), "--release", "the newest"],
    ):
        status, out, err = run(*words)
        assert (status, out) == (2, ""), words
        assert err.startswith("check_upload: "), words


def test_the_switch_of_x15_4_is_an_option_and_a_key(pki, files, tmp_path, monkeypatch):
    leaf = pki.leaf(ekus=[SERVER_AUTH]).pem
    (tmp_path / "server-only.pem").write_bytes(leaf)
    asked = ["server-certificate", files("server-only.pem"), *trusted(files, "root.pem", "issuing.pem")]
    asked += ["--release", "X15.4", "--at", AT]
    assert run(*asked)[0] == 1, "off, as shipped"
    assert run(*asked, "--server-eku-upload", "off")[0] == 1
    assert run(*asked, "--server-eku-upload", "on")[0] == 0
    assert run(*asked, "--server-eku-upload", "on", "--role", "expressway-c")[0] == 1
    case = {"leaf_pem": leaf.decode(), "trusted_pems": [pki.top.pem.decode(), pki.issuing.pem.decode()]}
    case |= {"time": AT, "release": "X15.4"}
    cases = [case | {"server_eku_upload": position} for position in ("on", "off", None)]
    stdin = "\n".join(json.dumps(one) for one in cases)
    status, out, _ = run("--batch", "-", stdin=stdin, monkeypatch=monkeypatch)
    assert status == 0
    assert [json.loads(line)["verdict"] for line in out.splitlines()] == ["accept", "reject", "reject"]


NO_POSITION = [
    ("yes", "“yes” is no position of the switch: expected on or off"),
    (True, "server_eku_upload is not a text"),
    (["on"], "server_eku_upload is not a text"),
]


@pytest.mark.parametrize(("position", "said"), NO_POSITION, ids=["word", "bool", "list"])
def test_a_switch_that_is_neither_on_nor_off_is_misuse(pki, monkeypatch, position, said):
    line = json.dumps({"leaf_pem": pki.leaf().pem.decode(), "server_eku_upload": position})
    status, out, _ = run("--batch", "-", stdin=line, monkeypatch=monkeypatch)
    assert (status, json.loads(out)["error"]) == (2, f"line 1: {said}")


def test_json_has_these_keys_and_no_others(files):
    status, out, _ = run("server-certificate", files("leaf.cer"), "--json", "--at", AT)
    line = json.loads(out)
    assert status == 1
    assert set(line) == {"file", "kind", "verdict", "code", "codes", "message"}
    assert (line["kind"], line["verdict"], line["code"]) == (
        "der-certificate",
        "reject",
        "file.der-certificate",
    )
    assert line["codes"][0] == line["code"]
    assert line["message"].startswith("File upload failed.: ")


def test_a_ca_file_is_judged_as_the_other_page_judges(files):
    status, out, _ = run("trusted-ca", files("root.pem"), files("issuing.pem"), "--json", "--at", AT)
    assert status == 0
    assert [json.loads(line)["verdict"] for line in out.splitlines()] == ["accept", "accept"]
    assert run("trusted-ca", files("leaf.cer"), "--at", AT)[0] == 1


def test_the_moment_may_be_in_any_zone(files):
    whole = trusted(files, "root.pem", "issuing.pem")
    before = START.replace(year=2025, month=12, day=31, hour=23).isoformat()
    assert run("server-certificate", files("leaf.pem"), *whole, "--at", before)[0] == 1
    assert run("server-certificate", files("leaf.pem"), *whole, "--at", "2026-01-01T00:30:00-01:00")[0] == 0


def test_batch_answers_a_line_each_with_these_keys(pki, monkeypatch):
    wrong_twin = pki.top.intermediate("Example Issuing CA", keyring.rsa_key("other"), START, END)
    case = {"leaf_pem": pki.leaf().pem.decode(), "time": AT, "judge": ["chain"]}
    good = [pki.top.pem.decode(), pki.issuing.pem.decode()]
    twins = [wrong_twin.pem.decode(), *good]
    cases = [
        {"id": 1, **case, "trusted_pems": good},
        {"id": "two", **case, "trusted_pems": good[:1]},
        {"id": 3, **case, "trusted_pems": twins, "same_subject": "first"},
        {"id": 4, **case, "trusted_pems": twins, "same_subject": "openssl"},
        {"id": 5, **case, "leaf_pem": "\ud800 no certificate", "trusted_pems": good},
    ]
    stdin = "\n".join(json.dumps(one) for one in cases)
    status, out, _ = run("--batch", "-", stdin=stdin, monkeypatch=monkeypatch)
    lines = [json.loads(line) for line in out.splitlines()]
    assert status == 0
    keys = {"id", "verdict", "code", "codes", "depth", "openssl_error", "message"}
    assert all(set(line) == keys for line in lines)
    found = [(line["id"], line["verdict"], line["openssl_error"], line["depth"]) for line in lines]
    assert found == [
        (1, "accept", None, 2),
        ("two", "reject", 20, 0),
        (3, "reject", 20, 0),
        (4, "accept", None, 2),
        (5, "reject", None, None),
    ]


def test_a_batch_line_that_is_no_case_says_so_in_its_place_and_the_others_are_judged(pki, monkeypatch):
    case = json.dumps({"id": 1, "leaf_pem": pki.leaf().pem.decode(), "trusted_pems": [], "time": AT})
    stdin = "\n".join(["{nonsense", case, "[]", '{"id": 2}', '{"leaf_pem": "x", "judge": "all"}'])
    status, out, _ = run("--batch", "-", stdin=stdin, monkeypatch=monkeypatch)
    lines = [json.loads(line) for line in out.splitlines()]
    assert status == 2
    assert ["error" in line for line in lines] == [True, False, True, True, True]
