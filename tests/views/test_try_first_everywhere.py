"""Try first beside every button that changes a verdict: right values are taken, and nothing of the lab is changed."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from certstore.actions import labs, restart, zones
from certstore.actions.steps import StepKind
from certstore.models import Lab, Node, TrustEntry
from certstore.pki.settings import TUNNEL_ALGORITHMS
from certstore.reading.lab_document import canonical, document_of
from certstore.views.try_first import ON_JABBER, ON_LAB, ON_SERVER, ON_UNIFIED_CM
from tests.labs import content_of
from tests.one_of_each import FIRST, LIST, ROOT, client_of, control_of, cucm_of, known_to, second_of
from tests.trying import everything, make_working


@pytest.fixture
def working(owner, made_servers) -> Lab:
    return make_working(owner, made_servers)


@pytest.fixture
def edge(working) -> Node:
    return working.nodes.get(kind=Node.Kind.EXPRESSWAY_E)


def text(answer):
    return " ".join(answer.content.decode().split())


def pem(name, content):
    return SimpleUploadedFile(name, content)


def of_lab(node, name):
    return pem(name, content_of(node.lab, name))


def rows(node):
    return list(TrustEntry.objects.filter(store__node=node).values_list("pk", flat=True))


SERVER_ZONE = {
    "name": "Another name",
    "username": "someone",
    "port": "7002",
    "subject-name": "other.example.com",
}
SIP = {
    "revocation-mode": "on",
    "use-ocsp": "no",
    "use-crls": "yes",
    "allow-downloads": "no",
    "fallback": "treat-as-revoked",
}
UNIFIED_CM = {"username": "axl", "password": "any", "tls-verify": "On"}

# Of each button of a server's page: its server (Expressway-E where nothing is said) and what its form sends.
ON_SERVERS = {
    StepKind.APPEND: lambda node: {"file": of_lab(node, "exp-e1-renewal-issuing-ca.pem")},
    StepKind.DELETE: lambda node: {"entry": rows(node)},
    StepKind.RESET_LIST: lambda node: {},
    StepKind.UPLOAD: lambda node: {"certificate": of_lab(node, "exp-e1.pem")},
    StepKind.RESET_CERTIFICATE: lambda node: {},
    StepKind.CLIENT_UPLOAD: lambda node: {"certificate": of_lab(node, "exp-e1.pem")},
    StepKind.CLIENT_RESET: lambda node: {},
    StepKind.CRL_UPLOAD: lambda node: {"crl": pem("list.pem", LIST)},
    StepKind.CRL_REMOVE: lambda node: {},
    StepKind.CSR_DISCARD: lambda node: {},
    StepKind.CLIENT_CSR_DISCARD: lambda node: {},
    StepKind.ACME: lambda node: {},
    StepKind.SWITCHES: lambda node: {"switch": "eku-checking", "position": "Off"},
    StepKind.RESTART: lambda node: {},
    StepKind.ZONE: lambda node: SERVER_ZONE,
    StepKind.ZONE_NEW: lambda node: SERVER_ZONE,
    StepKind.ZONE_CREDENTIAL: lambda node: {"password": "Another-1"},
    StepKind.ZONE_DELETE: lambda node: {"zone": "1"},
    StepKind.NAMES: lambda node: {"host": "other", "domain": "example.com"},
    StepKind.REVOCATION: lambda node: SIP,
    StepKind.TUNNEL_ALGORITHMS: lambda node: {"algorithm": TUNNEL_ALGORITHMS[1:]},
    StepKind.TUNNEL_RESET: lambda node: {},
    StepKind.CLUSTER_MAKE: lambda node: {"name": "exp-e.example.com"},
    StepKind.CLUSTER_MODE: lambda node: {
        "name": "exp-e.example.com",
        "mode": "enforcing",
        "peer-1": node.fqdn,
    },
    StepKind.CLUSTER_ADD: lambda node: {
        "new-host": "exp-e2",
        "new-domain": "example.com",
        "new-address": "192.0.2.72",
    },
    StepKind.CLUSTER_REMOVE: lambda node: {"peer": second_of(node).pk},
    StepKind.CLUSTER_PRIMARY: lambda node: {"peer": second_of(node).pk},
    StepKind.CLUSTER_DISSOLVE: lambda node: {},
    StepKind.CLUSTER_MAP: lambda node: {
        "mapping-name": "exp-e2.example.com",
        "mapping-address": "192.0.2.72",
    },
    StepKind.CUCM_SERVER_ADD: lambda node: UNIFIED_CM | {"address": cucm_of(node).fqdn},
    StepKind.CUCM_SERVER_SAVE: lambda node: (
        UNIFIED_CM | {"address": cucm_of(node).fqdn, "tls-verify": "Off", "row": known_to(node)}
    ),
    StepKind.CUCM_SERVER_REFRESH: lambda node: {},
    StepKind.CUCM_SERVER_DELETE: lambda node: {"entry": [known_to(node)]},
}
ON_LABS = {
    StepKind.TIME: lambda node: {"moment": "2031-01-01T00:00"},
    StepKind.RELEASE: lambda node: {"release": "X15.5"},
    StepKind.JUDGING: lambda node: {"same_subject": "refuse"},
    StepKind.SWITCHES: lambda node: {"eku-checking": "False", "server-eku-upload": "False"},
    StepKind.NAMES: lambda node: {
        f"{one.pk.hex}-{name}": value
        for one in node.lab.expressways
        for name, value in {"host": f"x{one.host}", "domain": one.domain, "address": one.address}.items()
    },
    StepKind.SENDS: lambda node: {f"{one.pk.hex}-sends": "leaf" for one in node.lab.expressways},
    StepKind.ORIGIN: lambda node: {f"{control_of(node).pk.hex}-origin": "False"},
    StepKind.DNS: lambda node: {"type": "A", "name": node.fqdn, "values": "192.0.2.99"},
    StepKind.DNS_RIGHT: lambda node: {"type": "A", "name": node.fqdn},
    StepKind.POINT_RESTORE: lambda node: {"number": node.lab.restore_points.get(name="start").number},
}
ON_SERVICES = {
    StepKind.CUCM_UPLOAD: lambda node: {"purpose": "tomcat", "file": pem("root.pem", ROOT.pem)},
    StepKind.CUCM_DELETE: lambda node: {"entry": rows(cucm_of(node))},
    StepKind.CUCM_REGENERATE: lambda node: {"certificate": "tomcat"},
    StepKind.CUCM_SIGN: lambda node: {"certificate": "tomcat"},
    StepKind.CUCM_CERTIFICATE_DELETE: lambda node: {"certificate": "tomcat-ecdsa"},
    StepKind.CUCM_SETTINGS: lambda node: {"server_entry": "192.0.2.200"},
    StepKind.CUCM_SERVICES: lambda node: {},
    StepKind.JABBER_UPLOAD: lambda node: {"file": pem("root.pem", ROOT.pem)},
    StepKind.JABBER_DELETE: lambda node: {"entry": rows(client_of(node))},
    StepKind.JABBER_TRUST: lambda node: {"edge": node.pk},
    StepKind.JABBER_SETTINGS: lambda node: {
        "domain": "other.example.com",
        "on_invalid_certificate": "PromptPerSession",
    },
}
BUTTONS = [
    *(("server", kind) for kind in ON_SERVERS),
    *(("lab", kind) for kind in ON_LABS),
    *(("service", kind) for kind in ON_SERVICES),
]
each_button = pytest.mark.parametrize(("where", "kind"), BUTTONS, ids=[f"{w}-{k}" for w, k in BUTTONS])


def prepared(node, where, kind):
    """What a lab in which everything works needs before a button stands on its page; the button's server."""
    if kind in (StepKind.SWITCHES, StepKind.CLIENT_UPLOAD, StepKind.CLIENT_RESET):
        labs.set_release(node.lab_id, "X15.5")
    elif where != "lab" or kind in (StepKind.DNS_RIGHT, StepKind.POINT_RESTORE):
        FIRST.get(kind, lambda _: None)(node)
    node = Node.objects.select_related("lab").get(pk=node.pk)
    if kind.startswith("cucm-server"):
        return control_of(node)
    if where == "service":
        return client_of(node) if kind.startswith("jabber") else cucm_of(node)
    return node


def address_and_form(edge, where, kind):
    """Where a button is tried, and what its form sends."""
    on = prepared(edge, where, kind)
    edge = Node.objects.select_related("lab").get(pk=edge.pk)
    if where == "server":
        return reverse("try-on-server", args=[on.pk, kind]), ON_SERVERS[kind](edge)
    if where == "lab":
        return reverse("try-on-lab", args=[edge.lab_id, kind]), ON_LABS[kind](edge)
    return reverse("try-on-service", args=[edge.lab_id, on.pk, kind]), ON_SERVICES[kind](edge)


def test_every_button_is_tried_here():
    assert set(ON_SERVERS) == set(ON_SERVER)
    assert set(ON_LABS) == set(ON_LAB)
    assert set(ON_SERVICES) == set(ON_UNIFIED_CM) | set(ON_JABBER)


@each_button
def test_right_values_are_taken_and_the_lab_is_as_it_was(working, edge, owner_client, where, kind):
    address, form = address_and_form(edge, where, kind)
    before, document = everything(), canonical(document_of(Lab.objects.get(pk=working.pk)))
    answer = owner_client.post(address, form)
    assert answer.status_code == 200, answer.context["pressed"].why
    assert "It would be taken." in text(answer)
    assert "nothing was changed" in text(answer)
    assert canonical(document_of(Lab.objects.get(pk=working.pk))) == document
    assert everything() == before


@each_button
def test_do_it_does_it_or_says_what_has_to_be_given_again(working, edge, owner_client, where, kind):
    address, form = address_and_form(edge, where, kind)
    answer = owner_client.post(address, form)
    pressed, events = answer.context["pressed"], working.events.count()
    if pressed.has_file or pressed.has_password:
        assert "Do it: choose the file again" in text(answer) or "type the password again" in text(answer)
        assert answer.context["does"] == ""
        return
    sent: dict[str, list[str]] = {}
    for name, value in pressed.fields:
        sent.setdefault(name, []).append(value)
    assert owner_client.post(answer.context["does"], sent).status_code == 302
    assert working.events.count() > events
    assert owner_client.get(answer.context["back"]).status_code == 200


@each_button
def test_the_button_stands_on_its_page(working, edge, owner_client, where, kind):
    address, form = address_and_form(edge, where, kind)
    page = owner_client.get(address)["Location"]
    if kind is StepKind.SWITCHES and where == "server":
        page = reverse("client-certificate", args=[edge.pk])
    if kind is StepKind.CUCM_SERVER_SAVE:
        page = reverse("unified-cm-server", args=[control_of(edge).pk, form["row"]])
    if kind is StepKind.POINT_RESTORE:
        page = reverse("lab-point-restore", args=[working.pk, form["number"]])
    if kind is StepKind.DNS_RIGHT:
        page += f"?type=A&name={edge.fqdn}"
    whole = owner_client.get(page).content.decode()
    assert f'formaction="{address}"' in whole
    frame, _, column = whole.partition('<aside class="column"')
    if where == "server":
        assert address not in frame, "what is ours stands outside the appliance frame"
        for name, _, _ in owner_client.get(page).context.get("tries", ()):
            assert whole.count(f'id="{name}"') == 1, name
    assert column


@pytest.mark.parametrize(
    ("kind", "data", "said"),
    [
        ("zone", SERVER_ZONE | {"port": "80"}, "80"),
        ("zone", SERVER_ZONE | {"subject-name": ""}, "subject name"),
        ("zone-credential", {"password": ""}, "password"),
        ("zone-credential", {"password": "x" * 200}, "128"),
        ("zone-delete", {}, "elect"),
        ("names", {"host": "a.b", "domain": "example.com"}, "a.b"),
        ("names", {"host": "exp-c1", "domain": "example.com"}, "exp-c1.example.com"),
        ("revocation", SIP | {"fallback": "maybe"}, "maybe"),
        ("tunnel-algorithms", {}, "lgorithm"),
        ("tunnel-algorithms", {"algorithm": "none"}, "none"),
        ("cluster-make", {"name": "no domain"}, "no domain"),
        ("cluster-mode", {"name": "exp-e.example.com", "mode": "enforcing"}, "in no cluster"),
        ("cluster-remove", {"peer": "x"}, "peer"),
        ("cluster-primary", {"peer": "x"}, "peer"),
        ("cluster-dissolve", {}, "in no cluster"),
        ("cluster-map", {"mapping-name": "short", "mapping-address": "192.0.2.1"}, "short is no FQDN"),
        ("cluster-map", {"mapping-name": "a.example", "mapping-address": "x"}, "x is no IP address"),
        ("cluster-add", {"new-host": "a.b", "new-domain": "", "new-address": "x"}, "required"),
        ("switches", {"switch": "none", "position": "On"}, "no such command"),
        ("switches", {"switch": "eku-checking", "position": "On"}, "no such command"),
    ],
)
def test_what_the_real_page_refuses_is_refused_in_its_words(edge, owner_client, kind, data, said):
    before = everything()
    answer = owner_client.post(reverse("try-on-server", args=[edge.pk, kind]), data)
    assert answer.status_code == 422
    assert said in answer.context["pressed"].why
    assert everything() == before


@pytest.mark.parametrize(
    ("kind", "data", "said"),
    [
        ("cucm-server-add", {"address": "", "username": "axl", "tls-verify": "On"}, "address"),
        ("cucm-server-add", {"address": "a b", "username": "axl", "tls-verify": "On"}, "a b"),
        (
            "cucm-server-save",
            {"address": "a", "username": "axl", "tls-verify": "On", "row": "9" * 18},
            "not among",
        ),
        (
            "cucm-server-save",
            {"address": "a", "username": "axl", "tls-verify": "On", "row": "-1"},
            "not among",
        ),
        ("cucm-server-delete", {}, "Select at least one"),
    ],
)
def test_so_it_is_on_the_page_of_unified_cm_servers(edge, owner_client, kind, data, said):
    control = control_of(edge)
    answer = owner_client.post(reverse("try-on-server", args=[control.pk, kind]), data)
    assert answer.status_code == 422
    assert said in answer.context["pressed"].why


@pytest.mark.parametrize(
    ("address", "said"),
    [("nowhere.example.com", "nowhere.example.com"), ("cucm1.example.com", "already")],
)
def test_what_only_the_look_up_finds_is_told_as_a_refusal(edge, owner_client, address, said):
    form = UNIFIED_CM | {"address": address}
    answer = owner_client.post(reverse("try-on-server", args=[control_of(edge).pk, "cucm-server-add"]), form)
    assert answer.status_code == 200
    assert "It would be refused, and nothing would change." in text(answer)
    assert said in answer.context["row"].said


@pytest.mark.parametrize(
    ("of", "kind", "data", "said"),
    [
        (cucm_of, "cucm-sign", {"certificate": "none"}, "certificate"),
        (cucm_of, "cucm-upload", {"purpose": "none"}, "tomcat-trust or CallManager-trust"),
        (cucm_of, "cucm-settings", {"server_entry": "a b"}, "address"),
        (cucm_of, "cucm-delete", {}, "Select at least one"),
        (client_of, "jabber-trust", {"edge": "none"}, "Expressway-E"),
        (
            client_of,
            "jabber-settings",
            {"domain": "nodomain", "on_invalid_certificate": "PromptPerSession"},
            "nodomain",
        ),
    ],
    ids=["sign", "upload", "settings", "delete", "trust", "client"],
)
def test_so_it_is_on_the_pages_of_unified_cm_and_jabber(edge, owner_client, of, kind, data, said):
    address = reverse("try-on-service", args=[edge.lab_id, of(edge).pk, kind])
    answer = owner_client.post(address, data)
    assert answer.status_code == 422
    assert said in answer.context["pressed"].why


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        ("point-restore", {"number": "0"}),
        ("sends", {}),
        ("origin", {}),
        ("names", {}),
        ("dns", {"type": "A"}),
        ("dns-right", {"type": "X"}),
    ],
)
def test_and_on_the_pages_of_the_lab(working, owner_client, kind, data):
    assert owner_client.post(reverse("try-on-lab", args=[working.pk, kind]), data).status_code == 422


def test_a_button_that_a_role_or_a_release_has_not_is_not_found(working, edge, owner_client):
    control = control_of(edge)
    for node, kind in [
        (control, "zone-credential"),
        (control, "acme"),
        (edge, "cucm-server-add"),
        (edge, "client-upload"),
        (edge, "cucm-sign"),
    ]:
        assert owner_client.post(f"/n/{node.pk}/try/{kind}/").status_code == 404, kind
    for node, kind in [(cucm_of(edge), "jabber-upload"), (client_of(edge), "cucm-sign"), (edge, "restart")]:
        address = reverse("try-on-service", args=[working.pk, node.pk, kind])
        assert owner_client.post(address).status_code == 404, kind


def test_no_password_comes_back(edge, owner_client):
    answer = owner_client.post(
        reverse("try-on-server", args=[edge.pk, "zone-credential"]), {"password": "Some-Secret-1"}
    )
    assert b"Some-Secret-1" not in answer.content
    client_side = SERVER_ZONE | {"password": "Some-Secret-1", "peer-1": edge.fqdn}
    control = control_of(edge)
    answer = owner_client.post(reverse("try-on-server", args=[control.pk, "zone"]), client_side)
    assert answer.status_code == 200
    assert b"Some-Secret-1" not in answer.content
    assert "type the password again" in text(answer)


def test_no_answer_is_tried_as_no_answer(working, edge, owner_client):
    data = {"type": "A", "name": edge.fqdn, "values": edge.address, "none": "yes"}
    answer = owner_client.post(reverse("try-on-lab", args=[working.pk, "dns"]), data)
    assert "is down" in text(answer)
    owner_client.post(answer.context["does"], dict(answer.context["pressed"].fields))
    assert working.dns_records.get().values == []


def test_the_restart_of_the_services_tells_what_is_down_meanwhile(edge, owner_client):
    answer = owner_client.post(
        reverse("try-on-service", args=[edge.lab_id, cucm_of(edge).pk, "cucm-services"])
    )
    assert "While it restarts" in text(answer)


def test_mark_up_in_what_is_typed_is_text(edge, owner_client):
    bad = '"><script>1</script>'
    for kind, data in [("zone", SERVER_ZONE | {"name": bad}), ("names", {"host": bad, "domain": bad})]:
        answer = owner_client.post(reverse("try-on-server", args=[edge.pk, kind]), data)
        assert b"<script>1" not in answer.content


def test_a_zone_is_tried_with_what_is_typed_and_the_difference_told(edge, owner_client):
    answer = owner_client.post(reverse("try-on-server", args=[edge.pk, "zone"]), SERVER_ZONE)
    assert "Traversal zone</b>, exp-c1 to exp-e1: works now, then is down" in text(answer)
    zones.delete(edge)
    restart.restart(edge)
    gone = owner_client.post(reverse("try-on-server", args=[edge.pk, "zone"]), SERVER_ZONE)
    assert "no traversal zone" in text(gone)
