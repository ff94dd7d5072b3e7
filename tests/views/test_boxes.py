"""From real servers to a lab of them, and the same input again after the change."""

import json
import random
from functools import cache

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from certstore.actions import labs as lab_actions
from certstore.actions import server_certificate as server_certificate_actions
from certstore.actions.restart import restart
from certstore.models import Cluster, DnsRecord, Installation, Lab, Node, TrustEntry, Zone
from certstore.pki.decode import pem_text
from certstore.pki.releases import Role
from certstore.reading.lab_state import lab_view
from certstore.reading.topology import topology_of
from tests.box_dumps import (
    RealServer,
    cluster,
    pki,
    real_server,
    s_client,
    server_certificate,
    show_all_pem,
    show_decoded,
    system,
    tar_gz,
    traversal_client,
    traversal_server,
    xconfiguration,
)
from tests.labs import tried
from tests.pki.chains import facts
from tests.pki.material import key_pem
from tests.poison import poison

pytestmark = pytest.mark.django_db

FROM, MAKE = reverse("from-servers"), reverse("from-servers-lab")
EDGES, CONTROLS = (
    ("exp-e1.rehearse.test", "exp-e2.rehearse.test"),
    ("exp-c1.rehearse.test", "exp-c2.rehearse.test"),
)


@cache
def cas():
    return pki()


@cache
def own(fqdn: str, days: int = 400):
    return server_certificate(cas().issuing, fqdn, "exp-c.rehearse.test", "exp-e.rehearse.test", days=days)


def upload(name: str, data: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def control(number: int, peers: int = 1) -> RealServer:
    host = f"exp-c{number}"
    lines = [*system(host, address=f"10.0.0.1{number}"), *traversal_client(1, *EDGES[:peers])]
    lines += cluster("exp-c.rehearse.test", "10.0.0.11", "10.0.0.12") if peers > 1 else []
    return real_server(host, own(f"{host}.rehearse.test"), (cas().issuing, cas().root), lines)


def edge(number: int, peers: int = 1, subject: str = "exp-c.rehearse.test") -> RealServer:
    host = f"exp-e{number}"
    lines = [*system(host, address=f"10.9.0.2{number}"), *traversal_server(1, subject)]
    lines += cluster("exp-e.rehearse.test", *EDGES) if peers > 1 else []
    return real_server(host, own(f"{host}.rehearse.test"), (cas().root, cas().issuing), lines)


def archives(*servers: RealServer) -> dict[str, object]:
    return {"files": [upload(f"diagnostic_log_{one.host}.tar.gz", one.archive()) for one in servers]}


def four() -> dict[str, object]:
    return archives(control(1, 2), edge(1, 2), control(2, 2), edge(2, 2))


def made(client: Client, given: dict[str, object], **fields: str) -> Lab:
    """The lab that is made of what is given, without a correction."""
    found = client.post(FROM, given)
    assert found.status_code == 200, found.context["error"]
    answer = client.post(MAKE, {"carried": found.context["carried"], "kind": "rehearse", **fields})
    assert answer.status_code == 302
    return Lab.objects.get(pk=answer["Location"].split("/")[2])


def counts() -> dict[str, int]:
    return {model.__name__: model._default_manager.count() for model in apps.get_models()}


def rows_of(answer, server: int = 0) -> dict[str, str]:
    """What is printed of one recognised server."""
    return {row.title: row.text for row in answer.context["servers"][server][0].rows}


def lines(answer) -> dict[str, list[str]]:
    """What is still otherwise, by the server of the lab."""
    return {server.title: [text for _, text in server.lines] for server in answer.context["servers"]}


# --- What was recognised ---------------------------------------------------------------------------------------


def test_the_page_says_what_it_is_for_and_the_first_screen_leads_there(owner_client):
    assert b"before anything is stored" in owner_client.get(FROM).content
    for page in ("home", "labs"):
        assert FROM.encode() in owner_client.get(reverse(page)).content


def test_an_archive_is_shown_recognised_and_nothing_is_stored(owner_client):
    owner_client.get(FROM)
    before = counts()
    answer = owner_client.post(FROM, archives(edge(1)))
    assert answer.status_code == 200
    assert counts() == before
    # By hand, from the lines that `edge` writes.
    assert rows_of(answer) == {
        "Name": "exp-e1.rehearse.test",
        "Role": "Expressway-E",
        "Release": "X14.3.4",
        "Server certificate": "CN=exp-e1.rehearse.test, ends 6 Feb 2027",
        "Trust list": "CAs: 2, of these roots: 1",
        "Client certificate": "none: its release has no certificate of its own for that",
        "Traversal zone": "from inside 1: TLS verify subject name exp-c.rehearse.test, port 7001",
        "Cluster": "none",
        "DNS": "domain rehearse.test; servers 192.0.2.53",
    }
    server = answer.context["servers"][0][0]
    assert server.missing == ()
    assert "No Expressway-C was given" in answer.content.decode()


def test_files_by_themselves_are_put_together_by_the_name_in_theirs(owner_client):
    given = [upload(name, data) for one in (edge(1), control(1)) for name, data in one.files.items()]
    answer = owner_client.post(FROM, {"files": given})
    assert [server.title for server, _ in answer.context["servers"]] == [EDGES[0], CONTROLS[0]]


def test_pasted_text_is_a_server_and_says_what_is_missing(owner_client):
    text = show_all_pem(cas().root, cas().issuing) + show_decoded(own(EDGES[0]))
    answer = owner_client.post(FROM, {"text1-text": text, "text1-name": "EXP-E1.rehearse.test"})
    assert rows_of(answer)["Name"] == EDGES[0]
    assert rows_of(answer)["Server certificate"].startswith("printed only: ")
    missing = " ".join(text for _, text in answer.context["servers"][0][0].missing)
    assert "none can be rebuilt from that" in missing
    assert "Its role" in missing
    assert not answer.context["can_be_made"]


def test_a_handshake_and_an_archive_of_the_same_server_are_one(owner_client):
    given = archives(edge(1)) | {"text1-text": s_client(own(EDGES[0]), cas().issuing)}
    answer = owner_client.post(FROM, given)
    assert len(answer.context["servers"]) == 1
    assert answer.context["servers"][0][0].label == "diagnostic_log_exp-e1.tar.gz (exp-e1), Pasted text 1"


def test_another_server_can_be_added_to_those_that_were_recognised(owner_client):
    first = owner_client.post(FROM, archives(edge(1)))
    second = owner_client.post(FROM, archives(control(1)) | {"carried": first.context["carried"]})
    assert [server.title for server, _ in second.context["servers"]] == [EDGES[0], CONTROLS[0]]


def test_a_private_key_is_skipped_unread_with_the_advice_and_kept_nowhere(owner_client):
    secret = key_pem()
    data = tar_gz(("privkey.pem", secret), *edge(1).files.items())
    answer = owner_client.post(
        FROM, {"files": [upload("a.tar.gz", data), upload("mine.pem", own(EDGES[0]).pem + secret)]}
    )
    page = answer.content.decode()
    assert page.count("make a new key, have a new certificate issued") == 2
    assert "PRIVATE KEY" not in page
    assert secret.split(b"\n")[2].decode() not in answer.context["carried"]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({}, "Nothing was given"),
        ({"files": [("a.tar.gz", tar_gz(("ca.pem", b"x"))[:60])]}, "is cut short"),
        ({"files": [("a.zip", b"PK\x03\x04" + b"x" * 600)]}, "archive"),
        ({"files": [("a.txt", b"hello")]}, "Nothing of use was recognised in Files"),
        ({"files": [("privkey.pem", b"x")]}, "skipped unread"),
        ({"text1-text": "hello"}, "Nothing of use was recognised in Pasted text 1"),
        ({"text1-text": "x", "text1-name": "no_name"}, "fully qualified"),
        ({"text1-text": "x", "text1-role": "king"}, "Select a valid choice"),
        ({"carried": "{}"}, "not what was recognised any more"),
    ],
    ids=["nothing", "cut", "zip", "text", "key", "paste", "name", "role", "carried"],
)
def test_what_is_of_no_use_gets_a_clear_sentence_and_changes_nothing(owner_client, given, said):
    owner_client.get(FROM)
    before = counts()
    files = [upload(*file) for file in given.get("files", [])]
    answer = owner_client.post(FROM, given | {"files": files})
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert counts() == before


def test_more_servers_than_a_page_carries_are_refused(owner_client):
    files = [upload(f"xconf_dump_h{n}_x.txt", xconfiguration(*system(f"h{n}")).encode()) for n in range(13)]
    answer = owner_client.post(FROM, {"files": files})
    assert answer.status_code == 422
    assert "at most 12 servers" in answer.content.decode()
    assert owner_client.post(FROM, {"files": files[:12]}).status_code == 422, "read to its end"


def test_names_out_of_certificates_and_dumps_are_text(owner_client):
    evil = '"><script>window.ran=1</script>'
    dump = xconfiguration(
        ("SystemUnit Name", evil), ("Zones Zone 1 Name", evil), ("Zones Zone 1 Type", "TraversalServer")
    )
    answer = owner_client.post(FROM, {"text1-text": dump + "".join(poison_pems())})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "<script>window" not in page


def poison_pems():
    return [pem_text(der) for _, der in list(poison())[:20]]


def test_the_upload_of_somebody_who_is_not_signed_in_is_not_even_looked_at(owner, monkeypatch):
    client = Client(enforce_csrf_checks=True)  # the check reads the body before anybody asks who it is
    read: list[bytes] = []
    monkeypatch.setattr("certstore.forms.box_archives.BoxReader.feed", lambda self, data: read.append(data))
    client.get(reverse("sign-in"))
    token = {"csrfmiddlewaretoken": client.cookies["csrftoken"].value}
    answer = client.post(FROM, archives(edge(1)) | token)
    assert answer.status_code == 302
    assert reverse("sign-in") in answer["Location"]
    assert read == []
    client.force_login(owner)
    client.post(FROM, archives(edge(1)) | token)
    assert read != []


def test_the_page_takes_archives_and_others_do_not(owner_client, settings):
    assert 200 * 1024 * 1024 < settings.BODY_LIMITS["from-servers"] < 210 * 1024 * 1024
    assert settings.FILE_UPLOAD_MAX_MEMORY_SIZE < 20 * 1024 * 1024
    large = upload("a.tar.gz", tar_gz(("x.pcap", random.Random(1).randbytes(18 * 1024 * 1024))))
    assert owner_client.post(reverse("check-files"), {"files": [large]}).status_code == 413
    large.seek(0)
    assert owner_client.post(FROM, {"files": [large]}).status_code == 422


# --- The lab ---------------------------------------------------------------------------------------------------


def test_four_archives_make_a_lab_of_four_peers_in_one_go(owner_client, owner):
    lab = made(owner_client, four())
    assert (lab.owner, lab.kind, lab.release) == (owner, Lab.Kind.REHEARSE, "X14.3.4")
    assert lab.expires_at is not None
    names = [(node.kind, node.fqdn, node.address, node.peer_number) for node in lab.nodes.all()]
    assert names == [
        ("expressway-c", CONTROLS[0], "10.0.0.11", 1),
        ("expressway-c", CONTROLS[1], "10.0.0.12", 2),
        ("expressway-e", EDGES[0], "10.9.0.21", 1),
        ("expressway-e", EDGES[1], "10.9.0.22", 2),
    ]
    assert [(one.role, one.fqdn, one.tls_mode) for one in Cluster.objects.filter(lab=lab)] == [
        ("expressway-c", "exp-c.rehearse.test", "permissive"),
        ("expressway-e", "exp-e.rehearse.test", "permissive"),
    ]
    for node in lab.nodes.all():
        held = Installation.objects.get(slot__node=node, is_installed=True)
        assert held.is_running
        assert held.certificate.sha256 == facts(own(node.fqdn)).sha256
        listed = [entry.certificate.sha256 for entry in TrustEntry.objects.filter(store__node=node)]
        expected = [facts(cas().issuing).sha256, facts(cas().root).sha256]
        assert listed == (expected if node.kind == Node.Kind.EXPRESSWAY_C else expected[::-1])
    client_zone = Zone.objects.get(node__host="exp-c2")
    assert [peer.address for peer in client_zone.peers.all()] == list(EDGES)
    assert Zone.objects.get(node__host="exp-e2").verify_subject_name == "exp-c.rehearse.test"


def test_what_works_outside_works_in_the_lab(owner_client):
    lab = made(owner_client, four())
    state = lab_view(lab, lab.now()).state
    assert [one.health.value for one in state.zones] == ["works"] * 4
    assert [one.health.value for one in state.tunnels] == ["works"] * 4


def test_a_lab_of_one_side_has_the_other_in_its_place_under_the_name_that_the_zone_knows(owner_client):
    lines_of_edge = [*system("exp-e1"), *traversal_server(1, "inside.rehearse.test", port="7005")]
    only_edge = real_server("exp-e1", own(EDGES[0]), (cas().root,), lines_of_edge)
    lab = made(owner_client, archives(only_edge))
    other = lab.nodes.get(kind=Node.Kind.EXPRESSWAY_C)
    assert other.fqdn == "inside.rehearse.test"
    assert other.zone.sip_port == 7005, "the port of the end that was brought"
    assert [peer.address for peer in other.zone.peers.all()] == [EDGES[0]]
    only_inner = made(owner_client, archives(control(1)))
    assert only_inner.nodes.get(kind=Node.Kind.EXPRESSWAY_E).fqdn == EDGES[0]


def test_a_peer_that_no_server_is_called_is_answered_by_the_labs_dns(owner_client):
    inner = real_server(
        "exp-c1",
        own(CONTROLS[0]),
        (cas().root,),
        [*system("exp-c1"), *traversal_client(1, "edge.public.test")],
    )
    lab = made(owner_client, archives(inner, edge(1)))
    (record,) = DnsRecord.objects.filter(lab=lab)
    assert (record.type, record.name, record.values) == ("A", "edge.public.test", ["10.9.0.21"])
    assert topology_of(lab, lab.now()).dns.addresses("edge.public.test") == ("10.9.0.21",)


def test_there_is_no_unified_cm_and_no_example_file_in_it(owner_client):
    lab = made(owner_client, four())
    assert not lab.nodes.exclude(kind__in=[role.value for role in Role])
    assert {file.what for file in lab.files.all()} == {"checked-server-certificate", "checked-trust-list"}
    assert owner_client.get(reverse("lab-files", args=[lab.pk])).status_code == 200


def test_the_start_of_the_lab_is_what_was_brought(owner_client):
    lab = made(owner_client, archives(edge(1), control(1)))
    node = lab.nodes.get(host="exp-e1")
    TrustEntry.objects.filter(store__node=node).delete()
    lab_actions.reset_lab(lab.pk)
    assert TrustEntry.objects.filter(store__node=node).count() == 2


def test_every_page_of_the_lab_opens_and_it_can_be_exported_and_imported(owner_client):
    lab = made(owner_client, four())
    for name in ("lab", "lab-settings", "lab-history", "lab-points", "lab-check-after"):
        assert owner_client.get(reverse(name, args=[lab.pk])).status_code == 200
    for node in lab.nodes.all():
        for name in ("trusted-ca", "server-certificate", "alarms"):
            assert owner_client.get(reverse(name, args=[node.pk])).status_code == 200
    exported = owner_client.get(reverse("lab-export", args=[lab.pk]))
    answer = owner_client.post(reverse("lab-import"), {"file": upload("lab.json", exported.content)})
    assert answer.status_code == 302, answer.content.decode()[:2000]


def test_corrections_are_taken_and_a_wrong_one_stays_as_it_was_typed(owner_client):
    found = owner_client.post(FROM, {"text1-text": own(EDGES[0]).pem.decode()})
    carried = {"carried": found.context["carried"], "kind": "reproduce", "release": "15.2"}
    wrong = owner_client.post(MAKE, carried | {"box1-name": "no name", "box1-role": "expressway-e"})
    assert wrong.status_code == 422
    assert "no name" in wrong.content.decode()
    bad_release = owner_client.post(MAKE, carried | {"release": "newest", "box1-name": "", "box1-role": ""})
    assert bad_release.status_code == 422
    assert Lab.objects.count() == 0
    right = owner_client.post(
        MAKE, carried | {"box1-name": "Edge.rehearse.test", "box1-role": "expressway-e"}
    )
    lab = Lab.objects.get()
    assert right["Location"] == reverse("lab", args=[lab.pk])
    assert (lab.kind, lab.release) == (Lab.Kind.REPRODUCE, "15.2")
    assert lab.nodes.get(kind=Node.Kind.EXPRESSWAY_E).fqdn == "edge.rehearse.test"


def test_what_has_no_name_makes_no_lab(owner_client):
    found = owner_client.post(FROM, {"text1-text": show_all_pem(cas().root)})
    answer = owner_client.post(MAKE, {"carried": found.context["carried"], "kind": "rehearse"})
    assert answer.status_code == 422
    assert "the name and the role of every server" in answer.content.decode()
    assert Lab.objects.count() == 0


def test_one_lab_too_many_is_said(owner_client, monkeypatch):
    monkeypatch.setattr(lab_actions, "MOST_LABS", 0)
    found = owner_client.post(FROM, archives(edge(1)))
    answer = owner_client.post(MAKE, {"carried": found.context["carried"], "kind": "rehearse"})
    assert answer.status_code == 422
    assert "as many as one person can have" in answer.content.decode()


def test_a_carried_text_of_any_shape_is_refused_and_nothing_breaks(owner_client):
    found = owner_client.post(FROM, archives(edge(1)))
    whole = json.loads(found.context["carried"])
    box = whole["boxes"][0]
    broken = [
        "x" * 8_000_000,
        "[" * 100_000,
        "null",
        json.dumps(whole | {"format": 2}),
        json.dumps(whole | {"pool": ["not base64"]}),
        json.dumps(whole | {"pool": "text"}),
        json.dumps(whole | {"boxes": [None]}),
        json.dumps(whole | {"boxes": [box] * 13}),
        *[
            json.dumps(whole | {"boxes": [box | wrong]})
            for wrong in (
                {"listed": [-1]},
                {"listed": [10_000]},
                {"servers": [True]},
                {"role": "king"},
                {"label": 1},
                {"values": []},
                {"values": {"a": 1}},
                {"keys": -1},
                {"decoded": [{"subject": 1}]},
                {
                    "decoded": [
                        dict.fromkeys(("subject", "issuer", "serial", "modulus", "not_before"), "")
                        | {"not_after": "2026-99-01T00:00:00Z", "san_dns": []}
                    ]
                },
            )
        ],
    ]
    for text in broken:
        answer = owner_client.post(MAKE, {"carried": text, "kind": "rehearse"})
        assert answer.status_code in (422, 413), text[:80]
    assert Lab.objects.count() == 0


# --- Check after the change ------------------------------------------------------------------------------------


@pytest.fixture
def lab(owner_client) -> Lab:
    return made(owner_client, archives(control(1), edge(1), edge(2)))


def after(client: Client, lab: Lab, given: dict[str, object]):
    return client.post(reverse("lab-check-after", args=[lab.pk]), given)


def test_the_same_again_is_as_in_the_lab(owner_client, lab):
    before = counts()
    answer = after(owner_client, lab, archives(control(1), edge(1), edge(2)))
    assert answer.status_code == 200
    assert {tuple(said) for said in lines(answer).values()} == {
        ("Everything that was given is as in the lab.",)
    }
    assert counts() == before


def test_a_ca_that_is_still_lacking_is_named(owner_client, lab):
    files = dict(edge(2).files)
    name = next(name for name in files if name.startswith("ca_"))
    files[name] = cas().root.pem + cas().other.pem
    answer = after(owner_client, lab, archives(RealServer("exp-e2", files)))
    assert lines(answer) == {
        CONTROLS[0]: ["Nothing was given of this server."],
        EDGES[0]: ["Nothing was given of this server."],
        EDGES[1]: [
            "exp-e2 still lacks Issuing CA 4",
            "exp-e2 has Outer Root in its list, and the lab has not",
        ],
    }


def test_the_old_certificate_is_told_from_another_and_what_is_shown_from_what_is_held(owner_client, lab):
    node = lab.nodes.get(host="exp-e1")
    old = own(EDGES[0])
    new = own(EDGES[0], days=500)
    _load(lab, node, new)
    held = after(owner_client, lab, {"files": [upload("server_exp-e1_x.pem", old.pem)]})
    assert (
        lines(held)[EDGES[0]][0]
        == "exp-e1 still holds the old certificate (ends 6 Feb 2027): not uploaded yet?"
    )
    shown = after(owner_client, lab, {"text1-text": s_client(old)})
    assert lines(shown)[EDGES[0]][0] == "exp-e1 shows the old certificate (ends 6 Feb 2027): restart?"
    printed = after(owner_client, lab, {"text1-text": show_decoded(old)})
    assert (
        lines(printed)[EDGES[0]][0]
        == "exp-e1 still holds the old certificate (ends 6 Feb 2027): not uploaded yet?"
    )
    right = after(owner_client, lab, {"text1-text": show_decoded(new)})
    assert lines(right)[EDGES[0]][0] == "Everything that was given is as in the lab."
    other = after(owner_client, lab, {"text1-text": s_client(own(EDGES[0], days=30))})
    assert "shows another certificate than the lab" in lines(other)[EDGES[0]][0]


def _load(lab: Lab, node: Node, certificate) -> None:
    """Load a certificate in the lab and restart the server."""
    attempt = server_certificate_actions.upload(node, tried(certificate.pem), None, lab.owner)
    assert attempt.outcome == "accepted", attempt.code
    restart(node)


def test_zone_and_role_and_cluster_are_compared(owner_client, lab):
    dump = xconfiguration(
        *system("exp-c1"), *traversal_client(1, "old-e.rehearse.test"), *cluster("c.test", "x")
    )
    other = xconfiguration(*system("exp-e1"), *traversal_server(1, ""))
    swapped = xconfiguration(*system("exp-e2"), *traversal_client(1, "x.test"))
    given = {"text1-text": dump, "text2-text": other, "text3-text": swapped}
    said = lines(after(owner_client, lab, given))
    assert said[CONTROLS[0]][:2] == [
        "exp-c1 has the cluster name c.test; in the lab it is (empty)",
        "exp-c1 has the zone peers old-e.rehearse.test; in the lab they are exp-e1.rehearse.test",
    ]
    assert said[EDGES[0]][0] == (
        "exp-e1 has the TLS verify subject name (empty); in the lab it is exp-c.rehearse.test"
    )
    assert said[EDGES[1]][0] == "exp-e2 is an Expressway-C by its zone, and an Expressway-E in the lab"
    assert said[CONTROLS[0]][-2:] == [
        "Its server certificate was not given, so it was not compared",
        "Its trust list was not given, so it was not compared",
    ]


def test_files_by_themselves_find_their_server_by_the_host_name_in_theirs(owner_client, lab):
    listed = upload("ca_EXP-E2_2026-11-20_09:15:00.pem", cas().root.pem)
    alone = after(owner_client, lab, {"files": [listed]})
    assert lines(alone)[EDGES[1]][0] == "exp-e2 still lacks Issuing CA 4"
    files = {name: data for name, data in edge(2).files.items() if not name.startswith("ca_")}
    listed.seek(0)
    beside = archives(RealServer("exp-e2", files))["files"]
    assert isinstance(beside, list)
    both = after(owner_client, lab, {"files": [listed, *beside]})
    assert lines(both)[EDGES[1]] == ["exp-e2 still lacks Issuing CA 4"]
    assert both.context["strangers"] == ()
    unknown = after(owner_client, lab, {"files": [upload("ca_other.pem", cas().root.pem)]})
    assert unknown.context["strangers"] == ("other is no server of this lab, by its name.",)


def test_a_server_of_another_lab_is_told(owner_client, lab):
    answer = after(owner_client, lab, archives(control(2)))
    assert answer.context["strangers"] == ("exp-c2.rehearse.test is no server of this lab, by its name.",)
    nameless = after(owner_client, lab, {"text1-text": show_all_pem(cas().root)})
    assert "no name was recognised" in nameless.context["strangers"][0]


def test_nothing_given_is_said(owner_client, lab):
    answer = after(owner_client, lab, {})
    assert answer.status_code == 422
    assert "Nothing was given" in answer.content.decode()


def test_the_page_asks_no_more_of_the_database_for_more_servers(owner_client, lab):
    def asked(where: Lab, *servers: RealServer) -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert after(owner_client, where, archives(*servers)).status_code == 200
        return len(queries)

    large = made(owner_client, four())
    asked(lab, edge(1))
    assert asked(lab, edge(1)) == asked(large, edge(1, 2), edge(2, 2), control(1, 2), control(2, 2))


def test_a_stranger_compares_nothing(stranger_client, lab):
    assert after(stranger_client, lab, archives(edge(1))).status_code == 404
