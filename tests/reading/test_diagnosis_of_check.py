"""What Check files rules out, leaves possible and asks for, made of the files as they were sorted."""

from cryptography.hazmat.primitives.serialization import Encoding

from certstore.pki.check_files import check
from certstore.pki.forge.requests import signing_request
from certstore.pki.material import look, sort_files
from certstore.pki.releases import Role, profile_for
from certstore.reading.diagnosis_of_check import Diagnosis, diagnosis_of
from tests.keyring import rsa_key
from tests.pki import material
from tests.pki.chains import END, HOST, LONG_AGO, NOW, START, below, leaf, root

TOP = root("Top")
CA, OLD_CA = below(TOP, "Issuing"), below(TOP, "Old issuing")
NAMES = [HOST, "example.test"]
NEW = CA.leaf(HOST, rsa_key("node").public_key(), START, END, sans=NAMES)
OLD = leaf(OLD_CA, HOST, key="old", sans=NAMES, start=LONG_AGO)
LIST_ASKED_FOR = 'Trusted CA certificate: "Show all (PEM file)"'


def diagnosed(*files: bytes, trust: bytes = b"", release: str = "", role: Role | None = None) -> Diagnosis:
    given = [look(f"{number}.pem", data) for number, data in enumerate(files)]
    if trust:
        given.append(look("list", trust, is_list=True))
    return diagnosis_of(check(sort_files(given), profile_for(release) if release else None, role, NOW))


def texts(diagnosis: Diagnosis) -> str:
    return "\n".join(one.text for one in diagnosis.possible)


def test_the_usual_case_leaves_the_list_and_the_request_open_and_says_where_they_are() -> None:
    found = diagnosed(NEW.pem, CA.pem, TOP.pem)
    assert {"format", "full names", "validity", "weak key or digest", "chain among the files"} <= set(
        found.ruled_out
    )
    assert [(one.tone, one.text) for one in found.possible] == [
        ("warn", "A CA of its chain may not be in the server's own list, which was not seen."),
        (
            "warn",
            "It may have been made from another request than the one that is pending, which was not seen.",
        ),
    ]
    assert LIST_ASKED_FOR in "\n".join(ask.text for ask in found.asks)
    assert {"restart", "firewall", "release", "role"} <= set(found.cant_tell)


def test_with_the_servers_own_list_nothing_of_the_chain_stays_open() -> None:
    found = diagnosed(NEW.pem, trust=CA.pem + TOP.pem)
    assert "a CA missing in the server's own list" in found.ruled_out
    missing = diagnosed(NEW.pem, CA.pem, trust=TOP.pem)
    assert [one.tone for one in missing.possible][:1] == ["bad"]
    assert "A CA of its chain is not in the server's own list: CN=Issuing." in texts(missing)


def test_the_newer_of_two_is_in_question_and_beside_the_older() -> None:
    found = diagnosed(OLD.pem, NEW.pem, CA.pem, OLD_CA.pem, TOP.pem)
    assert "validity" in found.ruled_out
    assert "lost or changed with the renewal, first of all: the CA." in texts(found)


def test_what_files_only_speak_for_is_no_failure_and_is_asked_about() -> None:
    found = diagnosed(OLD.pem, NEW.pem, CA.pem, OLD_CA.pem, TOP.pem)
    (hint,) = (one for one in found.possible if "the other Expressway and the peers" in one.text)
    assert hint.tone == "warn"
    assert "Their trusted CA lists" in [ask.what for ask in found.asks]


def test_a_request_for_the_same_key_rules_out_another_one() -> None:
    request = signing_request(HOST, rsa_key("node"), NAMES).public_bytes(Encoding.PEM)
    found = diagnosed(NEW.pem, CA.pem, TOP.pem, request)
    assert "made from another request" in found.ruled_out


def test_a_key_in_a_file_of_its_own_says_whether_it_is_protected_and_one_beside_other_things_does_not() -> (
    None
):
    alone = diagnosed(NEW.pem, material.key_pem())
    beside = diagnosed(NEW.pem, material.key_pem() + CA.pem)
    assert "private key protected" in alone.ruled_out
    assert "private key protected" in beside.cant_tell


def test_an_elliptic_key_is_possible_for_the_releases_that_do_not_know_it() -> None:
    elliptic = leaf(CA, HOST, sans=NAMES)
    assert "On: Expressway-C, Expressway-E, X14.0, X14.0.2, X14.2." in texts(diagnosed(elliptic.pem))
    assert "kind of key" in diagnosed(elliptic.pem, release="X14.3.4").ruled_out


def test_a_known_server_is_not_asked_for_and_is_asked_less() -> None:
    found = diagnosed(NEW.pem, CA.pem, TOP.pem, release="X14.3.4", role=Role.EXPRESSWAY_E)
    assert {"release", "role"}.isdisjoint(found.cant_tell)
    assert "a CA missing on Unified CM" not in found.cant_tell


def test_without_a_server_certificate_nothing_is_ruled_out_and_it_is_asked_for() -> None:
    found = diagnosed(TOP.pem)
    assert (found.subject, found.ruled_out, found.possible) == ("", (), ())
    assert found.asks[0].what == "The new server certificate, as the file that the CA sent"
    assert len(found.asks_first) + len(found.asks_further) == len(found.asks)
