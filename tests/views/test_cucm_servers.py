"""Configuration > Unified Communications > Unified CM servers: looked up through the lab's DNS, checked when On."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from certstore.actions import dns, trusted_ca
from certstore.models import CucmServer, Node, TrustEntry
from certstore.pki.dns import Question, RecordType
from tests.labs import content_of, tried

CUCM = "cucm1.example.com"


def text_of(answer):
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def rows(lab):
    return list(
        CucmServer.objects.filter(node__lab=lab).values_list(
            "publisher_address", "username", "tls_verify", "known_as"
        )
    )


def state(lab):
    return rows(lab), lab.events.count(), lab.restore_points.count()


def add(client, node, **changed):
    typed = {"address": CUCM, "username": "axladmin", "password": "secret", "tls-verify": "On"} | {
        key.replace("_", "-"): value for key, value in changed.items()
    }
    return client.post(reverse("unified-cm-server-new", args=[node.pk]), typed, follow=True)


def listed(client, node):
    return text_of(client.get(reverse("unified-cm-servers", args=[node.pk])))


@pytest.fixture
def control(exp_c):
    """An Expressway-C that knows no Unified CM and trusts the CAs of the lab's."""
    exp_c.cucm_servers.all().delete()
    trusted_ca.append(exp_c, tried(content_of(exp_c.lab, "exp-c1-unified-cm-cas.pem")), exp_c.lab.owner)
    return exp_c


def test_the_list_shows_each_server_its_mode_its_address_and_whether_its_certificate_is_taken(
    owner_client, exp_c
):
    text = listed(owner_client, exp_c)
    assert f"{CUCM} On {CUCM} Failed" in text
    trusted_ca.append(exp_c, tried(content_of(exp_c.lab, "exp-c1-unified-cm-cas.pem")), exp_c.lab.owner)
    assert f"{CUCM} On {CUCM} Active: the certificate is trusted" in listed(owner_client, exp_c)
    CucmServer.objects.update(tls_verify=False)
    assert f"{CUCM} Off {CUCM} Active: the certificate is not checked" in listed(owner_client, exp_c)


def test_a_server_is_added_as_typed_and_its_password_is_kept_nowhere(owner_client, control, lab):
    answer = add(owner_client, control, address=CUCM.upper(), password="a secret")
    assert f"The Unified CM {CUCM.upper()} was added." in text_of(answer)
    assert rows(lab) == [(CUCM.upper(), "axladmin", True, CUCM)]
    assert b"a secret" not in answer.content
    assert "a secret" not in str(list(lab.events.values()))


def test_without_trust_it_is_refused_while_the_mode_is_on_and_taken_while_it_is_off(
    owner_client, control, lab
):
    TrustEntry.objects.filter(store__node=control).delete()
    before = state(lab)
    answer = add(owner_client, control)
    assert answer.status_code == 422
    assert f"The Tomcat certificate of {CUCM} is not trusted:" in text_of(answer)
    assert state(lab) == before
    assert add(owner_client, control, tls_verify="Off").status_code == 200
    assert rows(lab) == [(CUCM, "axladmin", False, CUCM)]


def test_a_name_that_only_dns_knows_is_refused_while_the_mode_is_on(owner_client, control, lab):
    dns.answer(lab.pk, Question.of(RecordType.A, "voice.example.com"), ["192.0.2.31"])
    before = state(lab)
    answer = add(owner_client, control, address="voice.example.com")
    assert answer.status_code == 422
    assert "The Tomcat certificate of voice.example.com does not bear that address." in text_of(answer)
    assert state(lab) == before
    assert add(owner_client, control, address="voice.example.com", tls_verify="Off").status_code == 200


def test_an_ip_address_leads_there_and_is_no_name_of_the_certificate(owner_client, control):
    assert "does not bear that address" in text_of(add(owner_client, control, address="192.0.2.31"))
    assert add(owner_client, control, address="192.0.2.31", tls_verify="Off").status_code == 200


def test_the_same_unified_cm_by_another_name_is_refused(owner_client, control, lab):
    add(owner_client, control)
    before = state(lab)
    answer = add(owner_client, control, address="192.0.2.31", tls_verify="Off")
    assert answer.status_code == 422
    assert f"{CUCM} was added already." in text_of(answer)
    assert state(lab) == before


REFUSED = [
    ({"address": ""}, "There is no address."),
    ({"address": "two words"}, "That is no host name and no IP address: two words."),
    ({"address": "a\u202eb"}, r"That is no host name and no IP address: a\u202Eb."),
    ({"address": "x" * 254}, "That is no host name and no IP address: xxx"),
    ({"address": "nobody.example.com"}, f"Its Unified CM is {CUCM}."),
    ({"address": "exp-e1.example.com"}, "The lab has no Unified CM of that address: exp-e1.example.com."),
    ({"username": ""}, "There is no user name."),
    ({"username": "u" * 129}, "is no user name that can be stored"),
    ({"username": "\x00"}, r"\u0000 is no user name that can be stored"),
    ({"tls_verify": "Perhaps"}, "TLS verify mode is On or Off, not Perhaps."),
]


@pytest.mark.parametrize(("typed", "said"), REFUSED, ids=range(len(REFUSED)))
def test_what_cannot_be_kept_is_refused_and_changes_nothing(owner_client, control, lab, typed, said):
    before = state(lab)
    answer = add(owner_client, control, **typed)
    assert answer.status_code == 422
    assert said in text_of(answer)
    assert state(lab) == before


def test_mark_up_is_shown_as_text(owner_client, control, lab):
    answer = add(owner_client, control, address='"><img/src=x>', username='"><img/src=x>')
    assert answer.status_code == 422
    assert b"<img" not in answer.content
    add(owner_client, control, username='"><img/src=x>')
    assert rows(lab)[0][1] == '"><img/src=x>'
    row = CucmServer.objects.get(node=control)
    address = reverse("unified-cm-server", args=[control.pk, row.pk])
    assert b"<img" not in owner_client.get(address).content


def test_a_row_is_changed_and_where_nothing_differs_nothing_is_logged(owner_client, control, lab):
    add(owner_client, control)
    row = CucmServer.objects.get(node=control)
    address = reverse("unified-cm-server", args=[control.pk, row.pk])
    typed = {"address": CUCM, "username": "another", "tls-verify": "Off"}
    assert "was saved" in text_of(owner_client.post(address, typed, follow=True))
    assert rows(lab) == [(CUCM, "another", False, CUCM)]
    before = state(lab)
    assert "Nothing was changed." in text_of(owner_client.post(address, typed))
    assert state(lab) == before
    assert owner_client.post(address, typed | {"username": ""}).status_code == 422
    assert state(lab) == before


def refresh(client, node):
    return client.post(reverse("unified-cm-server-refresh", args=[node.pk]), follow=True)


def test_refreshing_copies_what_clients_are_told(owner_client, control, lab):
    add(owner_client, control)
    cucm = lab.nodes.get(kind=Node.Kind.CUCM)
    cucm.settings = {"server_entry": "192.0.2.31"}
    cucm.save()
    assert rows(lab)[0][3] == CUCM
    assert "Servers were looked up again: 1." in text_of(refresh(owner_client, control))
    assert rows(lab)[0][3] == "192.0.2.31"
    assert lab.events.filter(code="cucm-server.refreshed", params={"count": 1}).exists()


def test_refreshing_is_refused_while_the_certificate_is_not_trusted(owner_client, control, lab):
    add(owner_client, control)
    TrustEntry.objects.filter(store__node=control).delete()
    before = state(lab)
    answer = refresh(owner_client, control)
    assert answer.status_code == 422
    assert "is not trusted" in text_of(answer)
    assert state(lab) == before
    CucmServer.objects.update(tls_verify=False)
    assert refresh(owner_client, control).status_code == 200


def test_refreshing_is_refused_once_the_address_leads_nowhere(owner_client, control, lab):
    add(owner_client, control)
    dns.answer(lab.pk, Question.of(RecordType.A, CUCM), [])
    before = state(lab)
    assert refresh(owner_client, control).status_code == 422
    assert state(lab) == before


def test_deleting_asks_first_and_takes_only_the_ticked_rows_of_this_server(
    owner_client, control, lab, other_lab
):
    add(owner_client, control)
    address = reverse("unified-cm-server-delete", args=[control.pk])
    assert "No server was selected." in text_of(owner_client.post(address))
    theirs = CucmServer.objects.get(node__lab=other_lab).pk
    mine = CucmServer.objects.get(node=control).pk
    owner_client.post(address, {"entry": [theirs], "confirmed": "yes"})
    assert CucmServer.objects.filter(pk=theirs).exists()
    assert "Delete the selected servers?" in text_of(owner_client.post(address, {"entry": [mine]}))
    assert rows(lab)
    done = owner_client.post(address, {"entry": [mine], "confirmed": "yes"}, follow=True)
    assert "Unified CM servers deleted: 1." in text_of(done)
    assert rows(lab) == []


def test_an_expressway_e_has_no_such_page(owner_client, exp_e):
    assert owner_client.get(reverse("unified-cm-servers", args=[exp_e.pk])).status_code == 404
    for name in ("unified-cm-server-new", "unified-cm-server-refresh", "unified-cm-server-delete"):
        assert owner_client.get(reverse(name, args=[exp_e.pk])).status_code == 404
        assert owner_client.post(reverse(name, args=[exp_e.pk])).status_code == 404


def test_a_row_of_another_lab_is_no_row_of_mine(owner_client, exp_c, other_lab):
    theirs = CucmServer.objects.get(node__lab=other_lab).pk
    for row in (theirs, 2**63):
        address = reverse("unified-cm-server", args=[exp_c.pk, row])
        assert owner_client.get(address).status_code == 404
        assert owner_client.post(address, {"address": CUCM}).status_code == 404


def test_the_queries_do_not_grow_with_the_servers(owner_client, exp_c, lab):
    address = reverse("unified-cm-servers", args=[exp_c.pk])
    with CaptureQueriesContext(connection) as one:
        owner_client.get(address)
    for number in range(2, 6):
        cucm = lab.nodes.get(kind=Node.Kind.CUCM, host="cucm1")
        installations = [
            installation for slot in cucm.slots.all() for installation in slot.installations.all()
        ]
        stores = list(cucm.trust_stores.all())
        cucm.pk, cucm.host, cucm.address = None, f"cucm{number}", f"192.0.2.{40 + number}"
        cucm._state.adding = True
        cucm.id = type(cucm)._meta.pk.get_default()
        cucm.save()
        for store in stores:
            cucm.trust_stores.create(name=store.name)
        for installation in installations:
            slot, _ = cucm.slots.get_or_create(name=installation.slot.name)
            installation.pk, installation.slot = None, slot
            installation.save()
        exp_c.cucm_servers.create(cucm=cucm, publisher_address=cucm.fqdn, known_as=cucm.fqdn)
    with CaptureQueriesContext(connection) as five:
        answer = owner_client.get(address)
    assert "cucm5.example.com" in text_of(answer)
    assert len(five) == len(one)
