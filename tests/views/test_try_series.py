"""The page of a series: steps are added, moved, removed and tried, and nothing is kept anywhere."""

import json
from html.parser import HTMLParser

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from certstore.actions import clusters
from certstore.actions.labs import make_lab
from certstore.actions.services import remove_services
from certstore.actions.steps import StepKind
from certstore.forms.steps import ASKS
from certstore.models import Lab, Node, TrustEntry
from certstore.pki.releases import Role
from certstore.scenarios.expressway_pair import ServerPlan
from certstore.wording import try_first as words
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


def test_every_kind_of_step_stands_under_one_heading_and_has_a_name():
    grouped = [kind for kinds in words.GROUPS.values() for kind in kinds]
    assert sorted(grouped) == sorted(StepKind) == sorted(words.STEPS) == sorted(ASKS)


def added(page, kind, **fields):
    """Add a step; its row once the series was tried."""
    answer = page.press(f"add:{kind}", **{f"{kind}-{name}": value for name, value in fields.items()})
    assert answer.status_code == 200, [
        panel.form.errors for panel in answer.context["panels"] if panel.is_open
    ]
    return answer


def came_to(page):
    """Of every step of the series: its name, its values and whether it was taken."""
    answer = page.press("run")
    assert answer.status_code == 200, answer.context["errors"]
    return [(row.name, row.what, row.accepted) for row in answer.context["rows"]]


def test_a_zone_is_deleted_made_anew_and_given_its_password(page, working, edge):
    before = everything()
    added(page, "zone-delete", server=edge.pk)
    added(
        page,
        "zone-new",
        server=edge.pk,
        name="Traversal zone",
        username="traversal",
        subject_name="exp-c1.example.com",
        port="7001",
    )
    answer = added(page, "zone-credential", server=edge.pk, password="Example-Password-1")
    assert "Example-Password-1" not in answer.content.decode()
    assert "fingerprint" in page.series
    added(page, "zone", server=edge.pk, username="someone")
    assert came_to(page) == [
        ("exp-e1: Delete the traversal zone", "", True),
        (
            "exp-e1: Create the traversal zone",
            "Traversal zone; traversal; exp-c1.example.com; port 7001",
            True,
        ),
        ("exp-e1: Set the password of the zone's user", "", True),
        ("exp-e1: Change the traversal zone", "someone", True),
    ]
    assert everything() == before


def test_a_wrong_password_takes_the_zone_down_and_the_right_one_brings_it_up(page, working, edge, control):
    for server, password in ((edge, "One-1"), (control, "Two-2"), (edge, "Two-2")):
        added(page, "zone-credential", server=server.pk, password=password)
    down = [[one.name for one in row.troubles] for row in page.press("run").context["rows"]]
    assert ["Traversal zone" in names for names in down] == [True, True, False]


@pytest.mark.parametrize("carried", ["", "x", "G" * 64, "0" * 63])
def test_a_password_is_needed_and_what_is_carried_has_to_be_a_fingerprint(page, edge, carried):
    assert page.press("add:zone-credential", **{"zone-credential-server": edge.pk}).status_code == 422
    added(page, "zone-credential", server=edge.pk, password="Any-1")
    series = json.loads(page.series)
    series["steps"][0]["typed"]["fingerprint"] = [carried]
    page.series = json.dumps(series)
    answer = page.press("run")
    assert answer.status_code == 422
    assert "Step 1 does not fit the lab any more" in text(answer)


def test_a_cluster_is_made_given_a_peer_and_loses_it_again(page, working, edge):
    second = {"host": "exp-e2", "domain": "example.com", "address": "192.0.2.72"}
    clusters.make(edge, "exp-e.example.com")
    added(page, "cluster-add", server=edge.pk, **second)
    added(page, "cluster-add", server=edge.pk, **second)
    added(page, "cluster-remove", server=edge.pk)
    assert came_to(page) == [
        ("exp-e1: Add a peer to the cluster", "exp-e2.example.com", True),
        ("exp-e1: Add a peer to the cluster", "exp-e2.example.com", False),
        ("exp-e1: Remove a peer from the cluster and the lab", "", False),
    ]


def test_a_server_that_a_step_took_out_has_nothing_done_to_it(page, working, edge):
    clusters.make(edge, "exp-e.example.com")
    clusters.add_peer(edge, ServerPlan(Role.EXPRESSWAY_E, "exp-e2", "example.com", "192.0.2.72"))
    peer = working.nodes.get(host="exp-e2")
    added(page, "cluster-remove", server=peer.pk)
    added(page, "restart", server=peer.pk)
    gone, nothing = page.press("run").context["rows"]
    assert (gone.accepted, nothing.accepted) == (True, False)
    assert nothing.said == "This server is no longer in the lab then: a step before took it out."


def test_names_dns_tunnels_and_the_check_of_unified_cm_have_their_steps(page, working, edge, control):
    added(page, "names", server=edge.pk, host="other", domain="example.com")
    added(page, "names", server=edge.pk, host=control.host, domain=control.domain)
    added(page, "dns", type="A", name="cucm1.example.com", values="192.0.2.99")
    added(page, "dns-right", type="A", name="cucm1.example.com")
    added(page, "tunnel-reset", server=edge.pk)
    added(page, "origin", server=control.pk, is_on="False")
    added(page, "cluster-make", server=edge.pk, name="exp-e.example.com")
    assert came_to(page) == [
        ("exp-e1: Give another name", "other.example.com", True),
        ("exp-e1: Give another name", "exp-c1.example.com", False),
        ("Change an answer of the lab's DNS", "cucm1.example.com A: 192.0.2.99", True),
        ("Let the lab's DNS answer right again", "cucm1.example.com A", True),
        ("exp-e1: Reset the SSH configuration to its defaults", "", True),
        ("exp-c1: Set the check of Unified CM's certificates", "Off", True),
        ("exp-e1: Create a cluster", "exp-e.example.com", True),
    ]


def test_unified_cm_servers_are_looked_up_when_their_step_comes(page, working, control):
    row = control.cucm_servers.get()
    added(page, "cucm-server-save", row=row.pk, tls_verify="Off", address="")
    added(page, "cucm-server-refresh", server=control.pk)
    added(page, "dns", type="A", name="cucm1.example.com", values="")
    added(page, "cucm-server-save", row=row.pk, tls_verify="On", address="")
    added(page, "dns-right", type="A", name="cucm1.example.com")
    added(page, "cucm-server-delete", row=row.pk)
    added(
        page,
        "cucm-server-add",
        server=control.pk,
        address="cucm1.example.com",
        username="axl",
        tls_verify="On",
    )
    found = came_to(page)
    assert [taken for _, _, taken in found] == [True, True, True, False, True, True, True]
    assert found[0][:2] == (
        "exp-c1: Change a Unified CM server",
        f"{row.publisher_address}, TLS verify mode Off",
    )
    assert found[5][:2] == ("exp-c1: Delete Unified CM servers", row.publisher_address)


def test_unified_cm_and_jabber_have_steps_for_all_of_their_buttons(page, working, edge):
    cucm, client = (working.nodes.get(kind=kind) for kind in (Node.Kind.CUCM, Node.Kind.JABBER))
    entries = TrustEntry.objects.filter(store__node=client).values_list("pk", flat=True)
    added(page, "cucm-sign", server=cucm.pk, slot="tomcat")
    added(page, "cucm-regenerate", server=cucm.pk, slot="callmanager")
    added(page, "cucm-certificate-delete", server=cucm.pk, slot="tomcat-ecdsa")
    added(page, "cucm-settings", server=cucm.pk, server_entry="192.0.2.200")
    added(page, "cucm-services", server=cucm.pk)
    added(page, "jabber-delete", entry=list(entries))
    added(page, "jabber-trust", server=client.pk, edge=edge.pk)
    added(
        page,
        "jabber-settings",
        server=client.pk,
        domain="other.example.com",
        on_invalid_certificate="PromptPerSession",
    )
    page.press(
        "add:jabber-upload",
        **{"jabber-upload-server": client.pk, "jabber-upload-file": "exp-e1-renewal-issuing-ca.pem"},
    )
    found = came_to(page)
    assert [taken for _, _, taken in found] == [True] * 9
    assert [what for _, what, _ in found][:4] == ["tomcat", "CallManager", "tomcat-ECDSA", "192.0.2.200"]
    assert found[6][:2] == (
        "jabber: Trust the root of an Expressway-E's chain on the client's computer",
        "exp-e1",
    )


@pytest.mark.parametrize(
    ("kind", "fields", "said"),
    [
        ("zone-new", {"name": "a\u202eb", "username": "x", "port": "7001"}, "cannot be shown"),
        ("zone-new", {"name": "Zone", "username": "", "port": "7001"}, "required"),
        ("zone", {"username": "a\u202eb"}, "cannot be shown"),
        ("names", {"host": "a.b", "domain": "example.com"}, "a.b"),
        ("cluster-make", {"name": "no domain"}, "is no name of a cluster"),
        ("dns-right", {"type": "A", "name": "a b"}, "a b"),
        ("origin", {"is_on": "maybe"}, "Select a valid choice"),
        ("cucm-server-save", {"row": "0", "tls_verify": "On"}, "Select a valid choice"),
        ("cucm-server-add", {"address": "a b", "username": "axl", "tls_verify": "On"}, "a b"),
        ("cucm-sign", {"slot": "none"}, "Select a valid choice"),
        ("cucm-certificate-delete", {"slot": "tomcat"}, "Select a valid choice"),
        ("cucm-settings", {"server_entry": "a b"}, "address"),
        ("jabber-trust", {"edge": "none"}, "Select a valid choice"),
    ],
)
def test_what_no_step_can_be_is_refused(page, working, edge, kind, fields, said):
    kinds = {"cucm": Node.Kind.CUCM, "jabber": Node.Kind.JABBER}
    on = working.nodes.get(kind=kinds.get(kind.partition("-")[0], edge.kind))
    if kind.startswith("cucm-server") or kind == "origin":
        on = working.nodes.get(kind=Node.Kind.EXPRESSWAY_C)
    typed = {f"{kind}-{name}": value for name, value in {"server": on.pk, **fields}.items()}
    answer = page.press(f"add:{kind}", **typed)
    assert answer.status_code == 422
    assert said in text(answer)
    assert names(answer) == []


class Inputs(HTMLParser):
    """Everything that the form of a page would send as it stands, with the first choice of every list."""

    def __init__(self, markup):
        super().__init__()
        self.found, self.list = {}, ""
        self.feed(markup)

    def handle_starttag(self, tag, attrs):
        of = dict(attrs)
        if tag == "select":
            self.list = of["name"]
        elif tag == "option" and self.list not in self.found:
            self.found[self.list] = of["value"]
        elif tag == "input" and of.get("type") not in ("file", "radio", "checkbox"):
            self.found[of["name"]] = of.get("value") or ""
        elif tag == "textarea":
            self.found[of["name"]] = ""


def test_a_step_takes_its_own_fields_out_of_all_that_the_page_sends(page, working, edge, owner_client):
    """Names of kinds begin alike: zone, zone-new, zone-credential; dns, dns-right."""
    whole = Inputs(owner_client.get(address(working)).content.decode()).found
    whole |= {
        "zone-server": str(edge.pk),
        "zone-subject_name": "other.example.com",
        "zone-credential-password": "Example-Password-1",
        "dns-name": "a.example.com",
        "dns-right-name": "b.example.com",
    }
    for kind in ("zone", "dns"):
        answer = owner_client.post(address(working), whole | {"series": page.series, "do": f"add:{kind}"})
        assert answer.status_code == 200, answer.context["errors"]
        page.series = answer.context["written"]
    zone, dns = (step["typed"] for step in json.loads(page.series)["steps"])
    assert sorted(zone) == ["peers", "port", "server", "subject_name", "username"]
    assert sorted(dns) == ["name", "type", "values"]
    assert "Example-Password-1" not in page.series
    assert came_to(page) == [
        ("exp-e1: Change the traversal zone", "other.example.com", True),
        ("Change an answer of the lab's DNS", "a.example.com A: -", True),
    ]
