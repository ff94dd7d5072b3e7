"""Make a lab of it: what was checked can be uploaded again, with the same result."""

from datetime import timedelta

import pytest

from certstore.actions import labs, server_certificate
from certstore.actions.check_files import LabOfFiles, file_name, make_lab_of_files
from certstore.models import Lab, LabFile, TrustEntry, User
from certstore.models.clock import real_now
from certstore.pki.decode import pem_list
from certstore.pki.material import Material, look, sort_files
from certstore.pki.releases import Role
from certstore.scenarios.defaults import default_roots
from certstore.scenarios.servers_of_files import servers_of
from tests.labs import tried
from tests.pki import material as odd
from tests.pki.chains import NOW, below, facts, leaf, root

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("pooled_keys")]


def files(*, with_list: bool = False) -> Material:
    top = root("root")
    ca = below(top, "issuing")
    node = leaf(ca, "node.example.test", sans=["node.example.test", "example.test"])
    given = [look("my certs/node.crt", node.pem), look("ca.cer", ca.der), look("root.pem", top.pem)]
    if with_list:
        given.append(look("list.pem", pem_list([facts(top)]).encode()))
    return sort_files([*given, look("server.key", odd.key_pem()), look("note.txt", b"hello")])


def made(owner: User, found: Material, *, kind: Lab.Kind = Lab.Kind.REPRODUCE, at=NOW) -> Lab:
    servers = servers_of([one.certificate for one in found.leaves], None)
    return make_lab_of_files(owner, LabOfFiles(kind, "a case", "X14.3.4", servers, found, at))


def subjects(lab: Lab, role: Role) -> list[str]:
    rows = TrustEntry.objects.filter(store__node__lab=lab, store__node__kind=role.value)
    return [entry.certificate.facts["subject"] for entry in rows.select_related("certificate")]


def test_the_lab_is_what_was_checked(owner):
    lab = made(owner, files())
    assert (lab.kind, lab.name, lab.release, lab.owner) == (Lab.Kind.REPRODUCE, "a case", "X14.3.4", owner)
    assert lab.nodes.get(kind=Role.EXPRESSWAY_E.value).fqdn == "node.example.test"
    assert abs(lab.now() - NOW) < timedelta(seconds=60)
    assert lab.expires_at is not None
    assert timedelta(days=29) < lab.expires_at - real_now() <= timedelta(days=30)


def test_now_moves_no_clock(owner):
    assert made(owner, files(), at=None).clock_offset_s == 0


def test_the_cas_stand_in_both_lists_behind_the_default_ones(owner):
    lab = made(owner, files())
    for role in Role:
        assert subjects(lab, role)[-2:] == ["CN=issuing", "CN=root"]
        assert len(subjects(lab, role)) == 5


def test_a_trust_list_takes_the_place_of_the_list_of_the_server_in_question(owner):
    lab = made(owner, files(with_list=True))
    assert subjects(lab, Role.EXPRESSWAY_E) == ["CN=root"]
    assert len(subjects(lab, Role.EXPRESSWAY_C)) == 3


def test_a_ca_that_a_new_list_holds_already_is_not_added_twice(owner):
    known = default_roots()[0]
    found = sort_files([look("isrg.cer", known.der)])
    lab = made(owner, found)
    assert subjects(lab, Role.EXPRESSWAY_E).count(known.subject) == 1


def test_the_files_stand_there_under_plain_names_and_in_the_form_that_counts_and_no_example_does(owner):
    lab = made(owner, files(with_list=True))
    assert [(row.name, row.what) for row in lab.files.all()] == [
        ("node.pem", "checked-server-certificate"),
        ("ca.cer", "checked-intermediate-der"),
        ("root.pem", "checked-root"),
        ("list.pem", "checked-trust-list"),
    ]
    assert bytes(lab.files.get(name="ca.cer").content).startswith(b"\x30")


def test_the_file_is_taken_as_the_check_said(owner):
    lab = made(owner, files())
    node = lab.nodes.get(kind=Role.EXPRESSWAY_E.value)
    content = bytes(lab.files.get(name="node.pem").content)
    assert server_certificate.upload(node, tried(content), None, owner).outcome in ("accepted", "warned")


def test_nothing_of_a_key_or_of_a_file_of_no_use_is_kept(owner):
    made(owner, files())
    kept = b"".join(bytes(row.content) for row in LabFile.objects.all())
    assert b"PRIVATE KEY" not in kept
    assert b"hello" not in kept


def test_it_is_all_or_nothing(owner, monkeypatch):
    monkeypatch.setattr(labs, "MOST_LABS", 0)
    with pytest.raises(labs.TooManyLabs):
        made(owner, files())
    assert not Lab.objects.exists()


def test_its_history_says_so(owner):
    lab = made(owner, files())
    assert [(event.code, event.params) for event in lab.events.all()] == [
        ("lab.made-of-files", {"count": 3}),
        ("lab.made", {}),
    ]


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ("exp_e1.crt", "exp_e1.pem"),
        ("zip/inner/../../etc/passwd", "passwd.pem"),
        ('a"b\r\nX: y.pem', "a-b-X-y.pem"),
        ("übergang.cer", "bergang.pem"),
        ("...", "file.pem"),
        ("", "file.pem"),
        ("x" * 300, "x" * 70 + ".pem"),
    ],
    ids=["plain", "path", "header", "letters", "dots", "nothing", "long"],
)
def test_a_files_name_is_one_that_any_system_takes(given, name):
    assert file_name(given, ".pem") == name


def test_a_name_that_is_taken_gets_a_number():
    assert file_name("a.cer", ".pem", {"a.pem", "a-2.pem"}) == "a-3.pem"
