"""The page of a series: steps are added, moved, removed and tried, and nothing is kept anywhere."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from certstore.actions import clusters
from certstore.actions.labs import make_lab
from certstore.actions.services import remove_services
from certstore.models import Lab, Node, TrustEntry
from tests.labs import content_of
from tests.pki.chains import root
from tests.trying import everything, make_working


@pytest.fixture
def working(owner, made_servers) -> Lab:
    return make_working(owner, made_servers)


@pytest.fixture
def control(working) -> Node:
    return working.nodes.get(kind=Node.Kind.EXPRESSWAY_C)


@pytest.fixture
def edge(working) -> Node:
    return working.nodes.get(kind=Node.Kind.EXPRESSWAY_E)


def address(lab):
    return reverse("lab-try", args=[lab.pk])


def text(answer):
    return " ".join(answer.content.decode().split())


class Page:
    """The page as a person has it: what it carried is sent along with the next button."""

    def __init__(self, client, lab):
        self.client, self.lab, self.series = client, lab, ""

    def press(self, do, **fields):
        data = {name.replace("__", "-"): value for name, value in fields.items()}
        answer = self.client.post(address(self.lab), {"series": self.series, "do": do, **data})
        self.series = answer.context["written"]
        return answer

    def add(self, node, kind, name=""):
        file = {f"{kind}__file": name} if name else {}
        return self.press(f"add:{kind}", **{f"{kind}__server": str(node.pk)}, **file)


def names(answer):
    return [one.name for one in answer.context["series"]]


@pytest.fixture
def page(working, owner_client):
    return Page(owner_client, working)


def test_an_empty_page_says_what_it_is_for_and_offers_every_step(working, owner_client):
    whole = text(owner_client.get(address(working)))
    assert "Here you try a series of steps before you do any of it" in whole
    assert "There is no step yet." in whole
    assert "add:append" in whole
    assert "add:restart" in whole
    assert "add:switches" not in whole, "X14.3 has none"


def test_steps_are_added_moved_and_removed(page, edge, control):
    page.add(edge, "append", "exp-e1-renewal-issuing-ca.pem")
    page.add(edge, "restart")
    answer = page.add(control, "restart")
    assert names(answer) == ["exp-e1: Append CA certificate", "exp-e1: Restart", "exp-c1: Restart"]
    assert names(page.press("up:3"))[1:] == ["exp-c1: Restart", "exp-e1: Restart"]
    assert names(page.press("down:1")) == [
        "exp-c1: Restart",
        "exp-e1: Append CA certificate",
        "exp-e1: Restart",
    ]
    assert names(page.press("remove:2")) == ["exp-c1: Restart", "exp-e1: Restart"]


def test_a_renewal_is_tried_in_two_orders_and_the_lab_stays_as_it_was(page, edge, control):
    before = everything()
    page.add(edge, "append", "exp-e1-renewal-issuing-ca.pem")
    page.add(edge, "upload", "exp-e1-renewal.pem")
    page.add(edge, "restart")
    page.add(control, "append", "exp-e1-renewal-issuing-ca.pem")
    wrong = page.press("run")
    down = [[one.name for one in row.troubles] for row in wrong.context["rows"]]
    assert down == [[], [], ["SSH tunnels", "MRA sign-in"], []]
    assert [one.name for one in wrong.context["rows"][3].difference.up] == down[2]
    page.press("up:4")
    page.press("up:3")
    right = page.press("run")
    assert [row.troubles for row in right.context["rows"]] == [(), (), (), ()]
    assert [row.accepted for row in right.context["rows"]] == [True] * 4
    during = [one.name for one in right.context["rows"][3].during]
    assert during == [
        "Client connection",
        "Traversal zone",
        "SSH tunnels",
        "MRA sign-in",
    ]
    assert everything() == before


def test_the_answer_can_be_copied_as_text(page, edge):
    page.add(edge, "reset-list")
    answer = page.press("run")
    told = answer.context["text"]
    assert told.startswith("Tried first: nothing of it was done.\n")
    assert "\n1. exp-e1: Reset to default CA certificate\n" in told
    assert "Traversal zone, exp-c1 to exp-e1, is down." in told
    assert max(map(len, told.splitlines())) <= 78
    assert 'id="trial-text"' in text(answer)


def test_a_file_of_ones_own_is_carried_in_the_page_and_nowhere_else(page, working, edge):
    before = everything()
    file = SimpleUploadedFile("mine.pem", root("Mine").pem)
    page.press("add:append", append__server=str(edge.pk), append__upload=file)
    answer = page.press("run")
    row = answer.context["rows"][0]
    assert (row.accepted, row.what, row.said) == (
        True,
        "mine.pem",
        "CA certificate appended. New in the list: 1.",
    )
    assert everything() == before


def test_a_file_with_a_private_key_is_not_taken(page, edge):
    key = b"-----BEGIN PRIVATE KEY-----\nc2VjcmV0\n-----END PRIVATE KEY-----\n"
    file = SimpleUploadedFile("both.pem", root("Mine").pem + key)
    answer = page.press("add:append", append__server=str(edge.pk), append__upload=file)
    assert answer.status_code == 422
    assert "There is a private key in both.pem." in text(answer)
    assert names(answer) == []
    assert b"c2VjcmV0" not in answer.content


def test_a_file_larger_than_the_button_takes_is_not_taken(page, edge):
    file = SimpleUploadedFile("large.pem", b"x" * (256 * 1024 + 1))
    answer = page.press("add:upload", upload__server=str(edge.pk), upload__upload=file)
    assert answer.status_code == 422
    assert "more than the 256 KiB" in text(answer)


def test_a_step_is_refused_with_its_reason_and_its_fields_stay_open(page, edge):
    answer = page.press("add:release", release__release="elephant")
    assert answer.status_code == 422
    assert "This is no Expressway release" in text(answer)
    assert [one.kind for one in answer.context["panels"] if one.is_open] == ["release"]
    assert 'value="elephant"' in text(answer)


def test_a_series_has_twenty_steps_at_most(page, edge):
    for _ in range(20):
        page.add(edge, "restart")
    answer = page.add(edge, "restart")
    assert answer.status_code == 422
    assert "A series has 20 steps at most." in text(answer)
    assert len(names(answer)) == 20
    assert page.press("run").status_code == 200


@pytest.mark.parametrize(
    "do",
    [
        "",
        "add:",
        "add:format-c",
        "up:1",
        "down:1",
        "remove:0",
        "remove:2",
        "remove:-1",
        "up:\N{SUPERSCRIPT TWO}",
        "x:1",
    ],
)
def test_a_button_that_is_none_changes_nothing(page, edge, do):
    page.add(edge, "restart")
    answer = page.press(do)
    assert answer.status_code == 422
    assert "This is no button of the page." in text(answer)
    assert names(answer) == ["exp-e1: Restart"]


def test_a_damaged_series_begins_anew(working, owner_client):
    answer = owner_client.post(address(working), {"series": "{", "do": "run"})
    assert answer.status_code == 422
    assert "came back damaged" in text(answer)


def test_nothing_to_try_is_said(working, owner_client):
    answer = owner_client.post(address(working), {"do": "run"})
    assert answer.status_code == 422
    assert "There is no step yet. Add one first." in text(answer)


def test_a_step_that_no_longer_fits_is_left_out_and_named(page, working, edge):
    entry = TrustEntry.objects.filter(store__node=edge, store__name="ca").last()
    page.press("add:delete", delete__entry=str(entry.pk))
    page.add(edge, "restart")
    entry.delete()
    answer = page.press("run")
    assert answer.status_code == 422
    assert "Step 1 does not fit the lab any more and was left out" in text(answer)
    assert names(answer) == ["exp-e1: Restart"]


def test_a_server_of_another_lab_is_none_of_the_series(page, other_lab):
    answer = page.add(other_lab.expressways.first(), "restart")
    assert answer.status_code == 422
    assert names(answer) == []


def test_mark_up_in_what_is_carried_is_text(page, working, edge):
    page.add(edge, "append", "exp-e1-ca-bundle.pem")
    series = json.loads(page.series)
    series["steps"][0]["lab_file"] = "<script>window.ran=1</script>"
    page.series = json.dumps(series)
    answer = page.press("run")
    assert answer.status_code == 422
    assert b"<script>window" not in answer.content


def test_the_page_asks_no_more_for_a_longer_list(working, edge, owner_client):
    with CaptureQueriesContext(connection) as before:
        owner_client.get(address(working))
    for name in ("exp-e1-renewal-issuing-ca.pem",):
        data = {"file": SimpleUploadedFile(name, content_of(working, name))}
        owner_client.post(reverse("trusted-ca-append", args=[edge.pk]), data)
    with CaptureQueriesContext(connection) as after:
        owner_client.get(address(working))
    assert len(after) == len(before)


def test_a_lab_of_real_files_has_the_page_as_well(owner, owner_client, made_servers):
    lab = make_lab(owner, Lab.Kind.REHEARSE, "Real", "X15.5", made=made_servers)
    answer = owner_client.get(address(lab))
    assert answer.status_code == 200
    assert lab.nodes.filter(kind=Node.Kind.EXPRESSWAY_E).get().host in text(answer)


def test_settings_and_unified_cm_have_their_steps(page, working, edge):
    cucm = working.nodes.get(kind=Node.Kind.CUCM)
    page.press("add:zone", zone__server=str(edge.pk), zone__subject_name="other.example.com")
    page.press("add:dns", dns__type="A", dns__name="new.example.com", dns__values="192.0.2.9")
    page.press(
        "add:tunnel-algorithms",
        **{"tunnel-algorithms-server": str(edge.pk), "tunnel-algorithms-names": "x509v3-rsa2048-sha256"},
    )
    page.press(
        "add:revocation",
        revocation__server=str(edge.pk),
        revocation__is_on="True",
        revocation__fallback="revoked",
    )
    page.press("add:sends", sends__server=str(edge.pk), sends__sends="leaf")
    page.press(
        "add:cucm-upload",
        **{
            "cucm-upload-server": str(cucm.pk),
            "cucm-upload-store": "tomcat",
            "cucm-upload-file": "exp-e1-renewal-issuing-ca.pem",
        },
    )
    entry = TrustEntry.objects.filter(store__node=cucm, store__name="tomcat").first()
    page.press("add:cucm-delete", **{"cucm-delete-entry": str(entry.pk)})
    page.press("add:cucm-services", **{"cucm-services-server": str(cucm.pk)})
    answer = page.press("run")
    assert answer.status_code == 200, answer.context["errors"]
    assert [(row.name, row.what, row.accepted) for row in answer.context["rows"]][:6] == [
        ("exp-e1: Change the traversal zone", "other.example.com", True),
        ("Change an answer of the lab's DNS", "new.example.com A: 192.0.2.9", True),
        ("exp-e1: Set the public key algorithms of the tunnels", "x509v3-rsa2048-sha256", True),
        ("exp-e1: Set certificate revocation checking", "On, revoked", True),
        ("exp-e1: Set what it sends of its chain", "Its certificate alone", True),
        (
            "cucm1: Upload to a trust store of Unified CM",
            "exp-e1-renewal-issuing-ca.pem, tomcat-trust",
            True,
        ),
    ]
    assert [row.accepted for row in answer.context["rows"]] == [True] * 8


@pytest.mark.parametrize(
    ("kind", "field", "value", "said"),
    [
        ("zone", "peers", "a b", "is no address"),
        ("zone", "peers", "a\na", "is no address"),
        ("zone", "port", "80", "greater than or equal to 1024"),
        ("zone", "subject_name", "a\u202eb", "cannot be shown"),
        ("tunnel-algorithms", "names", "none", "Select a valid choice"),
        ("sends", "sends", "nothing", "Select a valid choice"),
        ("revocation", "is_on", "maybe", "Select a valid choice"),
    ],
)
def test_what_no_setting_can_be_is_refused(page, edge, kind, field, value, said):
    answer = page.press(f"add:{kind}", **{f"{kind}-server": str(edge.pk), f"{kind}-{field}": value})
    assert answer.status_code == 422
    assert said in text(answer)
    assert names(answer) == []


def test_a_lab_without_unified_cm_has_no_step_for_it(owner, owner_client, made_servers):
    lab = make_lab(owner, Lab.Kind.REHEARSE, "Real", "X15.5", made=made_servers)
    remove_services(lab.pk)
    kinds = {panel.kind for panel in owner_client.get(address(lab)).context["panels"]}
    assert not kinds & {"cucm-upload", "cucm-delete", "cucm-services"}
    assert "switches" in kinds


def test_certificates_of_x15_5_revocation_lists_acme_and_clusters_have_their_steps(page, working, edge):
    clusters.make(edge, "exp-e.example.com")
    page.press("add:release", release__release="X15.5")
    file = {"upload-file": "exp-e1-renewal.pem", "upload-copy": "on"}
    page.press("add:append", append__server=str(edge.pk), append__file="exp-e1-renewal-issuing-ca.pem")
    page.press("add:upload", **{"upload-server": str(edge.pk), **file})
    page.press("add:acme", acme__server=str(edge.pk))
    page.press("add:crl-remove", **{"crl-remove-server": str(edge.pk)})
    page.press("add:client-reset", **{"client-reset-server": str(edge.pk)})
    page.press("add:cluster-mode", **{"cluster-mode-server": str(edge.pk), "cluster-mode-mode": "enforcing"})
    answer = page.press("run")
    assert [(row.name, row.what, row.accepted) for row in answer.context["rows"][2:]] == [
        (
            "exp-e1: Upload server certificate data",
            "exp-e1-renewal.pem, copied as client certificate",
            True,
        ),
        ("exp-e1: Let ACME renew the certificate, without client authentication", "", True),
        ("exp-e1: Remove revocation list", "", False),
        ("exp-e1: Reset to default client certificate", "", True),
        ("exp-e1: Set the TLS verification mode of the cluster", "Enforcing", True),
    ]


def test_what_a_lab_has_not_is_not_offered(owner, owner_client, made_servers):
    lab = make_lab(owner, Lab.Kind.REHEARSE, "Real", "X15.5", made=made_servers)
    kinds = {panel.kind for panel in owner_client.get(address(lab)).context["panels"]}
    assert {"cluster-mode", "acme"}.isdisjoint(kinds)
    assert {"client-upload", "crl-upload"} <= kinds
