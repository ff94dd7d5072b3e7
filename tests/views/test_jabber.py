"""The page of Jabber: what a person outside sees, and what phones do instead."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from certstore.actions import jabber as actions
from certstore.actions import trust_lists, trusted_ca, unified_cm
from certstore.models import DnsRecord, Lab, Node, SlotName, StoreName, TrustEntry
from certstore.pki.settings import ClientSettings, InvalidCertificate
from tests.labs import content_of, tried
from tests.long_lists import strangers_file

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def client_node(working) -> Node:
    return working.nodes.select_related("lab").get(kind=Node.Kind.JABBER)


def url(node, name="jabber", *more):
    return reverse(name, args=[node.lab_id, *more])


def text(answer):
    return " ".join(answer.content.decode().split())


def signed_in(client, node):
    answer = client.get(url(node), {"signed-in": "1"})
    assert answer.status_code == 200
    return text(answer)


def forget_the_root(node):
    """The computer no longer trusts the root of the Expressway-E's chain."""
    actions.delete(node, [node.trust_stores.get().entries.last().pk])


def refuse(node, domain="example.com"):
    """The client is set to refuse."""
    actions.set_settings(node, ClientSettings(domain, InvalidCertificate.REJECT))


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["page", "fragment"])
def test_the_owner_reads_it_and_a_stranger_does_not(client_node, owner_client, stranger_client, headers):
    assert owner_client.get(url(client_node), headers=headers).status_code == 200
    assert stranger_client.get(url(client_node), headers=headers).status_code == 404


def test_a_lab_without_jabber_has_no_such_page(working, client_node, owner_client):
    client_node.delete()
    assert owner_client.get(reverse("jabber", args=[working.pk])).status_code == 404


def test_nothing_is_shown_before_signing_in_and_nothing_is_written_by_it(working, client_node, owner_client):
    assert "Step by step" not in text(owner_client.get(url(client_node)))
    version = Lab.objects.get(pk=working.pk).version
    signed_in(owner_client, client_node)
    assert Lab.objects.get(pk=working.pk).version == version


def test_where_everything_works_the_person_is_signed_in(client_node, owner_client):
    page = signed_in(owner_client, client_node)
    assert "You are signed in, with phone services." in page
    assert page.count('st ok">Works</span>') == 14  # seven steps, for Jabber and for a phone
    assert "The client's log" not in page


def test_a_root_that_the_computer_does_not_know_makes_a_question_in_our_words(client_node, owner_client):
    forget_the_root(client_node)
    page = signed_in(owner_client, client_node)
    assert "Jabber cannot tell whether this server is the right one" in page
    assert "our words" in page
    assert "Cisco shows this question in pictures only" in page
    assert "The person is asked" in page
    assert "Fails, and nobody is asked" in page
    assert page.count("Not reached") == 5, "a phone gets no further"
    assert "Verification of identity: &#x27;https://exp-e1.example.com:8443&#x27; failed." in page


def test_one_button_trusts_the_root_and_cures_it(client_node, exp_e_of_working, owner_client):
    forget_the_root(client_node)
    answer = owner_client.post(url(client_node, "jabber-trust", exp_e_of_working.pk))
    assert "Root CA now." in text(owner_client.get(answer["Location"]))
    assert "You are signed in, with phone services." in signed_in(owner_client, client_node)
    again = owner_client.post(url(client_node, "jabber-trust", exp_e_of_working.pk))
    assert "Root CA already." in text(owner_client.get(again["Location"]))


def test_a_client_that_is_set_to_refuse_says_what_cisco_says(client_node, owner_client):
    forget_the_root(client_node)
    refuse(client_node)
    page = signed_in(owner_client, client_node)
    assert "<b>Certificate not valid</b>" in page
    assert "TechNote 221845" in page
    assert "LERR_JABBER_CERT &lt;15&gt;: Certificate Failure" in page
    assert "Jabber cannot tell whether" not in page


def test_a_domain_that_the_certificate_lacks_is_a_question_too(client_node, owner_client):
    actions.set_settings(client_node, ClientSettings("corp.example"))
    page = signed_in(owner_client, client_node)
    assert "Jabber cannot tell whether this server is the right one" in page
    assert "corp.example is no name of the certificate of exp-e1.example.com" in page
    assert "CN_NO_MATCH" in page


def test_without_an_srv_record_no_services_are_found(working, client_node, owner_client):
    DnsRecord.objects.create(lab=working, type="SRV", name="_collab-edge._tls.example.com", values=[])
    page = signed_in(owner_client, client_node)
    assert "<b>Cannot find your services automatically</b>" in page
    assert "ServiceDiscoveryNoSRVRecordsFound" in page
    assert page.count("Not reached") == 12


def test_a_tunnel_or_unified_cm_that_fails_is_a_server_that_cannot_be_talked_to(
    working, client_node, working_cucm, owner_client, pooled_keys
):
    unified_cm.regenerate(working_cucm, SlotName.CALLMANAGER_ECDSA)
    unified_cm.restart_services(working_cucm)
    page = signed_in(owner_client, client_node)
    assert "<b>Cannot communicate with the server</b>" in page
    assert "Why: Fetch the configuration" in page
    assert f'href="{reverse("unified-cm", args=[working.pk, working_cucm.pk])}">Unified CM cucm1' in page


@pytest.mark.parametrize(("column", "tells"), [("open", 1), ("hints", 0), ("off", 0)])
def test_a_quiet_column_gives_no_reason_away(working, client_node, owner_client, column, tells):
    forget_the_root(client_node)
    Lab.objects.filter(pk=working.pk).update(explanations=column)
    page = signed_in(owner_client, client_node)
    assert page.count("The client does not trust the certificate") == tells
    assert ("Look at what the Expressway-E shows" in page) is (column == "hints")


def test_a_ca_is_added_in_either_form_and_deleted_after_asking(working, client_node, owner_client):
    for name, said in (
        ("exp-c1-root-ca.cer", "The computer trusts 1 certificate more now."),
        ("exp-c1-root-ca.pem", "In the list already: 1."),
    ):
        upload = {"file": SimpleUploadedFile(name, content_of(working, name))}
        answer = owner_client.post(url(client_node, "jabber-upload"), upload)
        assert said in text(owner_client.get(answer["Location"]))
    rows = list(client_node.trust_stores.get().entries.values_list("pk", flat=True))
    asking = owner_client.post(url(client_node, "jabber-delete"), {"entry": rows[-1:]})
    assert "Delete the ticked certificates" in text(asking)
    owner_client.post(url(client_node, "jabber-delete"), {"entry": rows[-1:], "confirmed": "yes"})
    assert list(client_node.trust_stores.get().entries.values_list("pk", flat=True)) == rows[:-1]
    page = owner_client.get(url(client_node, "jabber-entry", rows[0]))
    assert b"Certificate:" in page.content


def test_what_is_no_certificate_is_refused(client_node, owner_client):
    before = client_node.trust_stores.get().entries.count()
    for fields in ({}, {"file": SimpleUploadedFile("a.pem", b"nothing")}):
        answer = owner_client.post(url(client_node, "jabber-upload"), fields)
        assert (answer.status_code, 'role="alert"' in answer.content.decode()) == (422, True)
    assert owner_client.post(url(client_node, "jabber-delete")).status_code == 422
    assert client_node.trust_stores.get().entries.count() == before


@pytest.mark.parametrize(
    ("domain", "behaviour", "status"),
    [
        ("corp.example", "RejectAndNotify", 302),
        ("CORP.example", "PromptPerSession", 302),
        ("corp", "PromptPerSession", 422),
        ("", "PromptPerSession", 422),
        ("192.0.2.1", "PromptPerSession", 422),
        ("<b>.example", "PromptPerSession", 422),
        ("corp.example", "Always", 422),
        ("corp.example", "", 422),
        ("corp\x00.example", "PromptPerSession", 422),
    ],
)
def test_the_client_is_set(client_node, owner_client, domain, behaviour, status):
    fields = {"domain": domain, "on_invalid_certificate": behaviour}
    answer = owner_client.post(url(client_node, "jabber-settings"), fields)
    assert answer.status_code == status
    assert b"<b>.example" not in answer.content
    client_node.refresh_from_db()
    assert client_node.settings.get("domain") == ("corp.example" if status == 302 else None)


@pytest.mark.parametrize("name", ["upload", "delete", "settings"])
def test_an_address_of_a_button_leads_to_the_page(client_node, owner_client, name):
    answer = owner_client.get(url(client_node, f"jabber-{name}"))
    assert (answer.status_code, answer["Location"]) == (302, url(client_node))


def test_an_expressway_e_without_a_root_of_its_own_has_none_to_trust(
    working, client_node, exp_e_of_working, owner_client
):
    rows = TrustEntry.objects.filter(store__node=exp_e_of_working)
    trusted_ca.delete(exp_e_of_working, list(rows.values_list("pk", flat=True)))
    answer = owner_client.post(url(client_node, "jabber-trust", exp_e_of_working.pk))
    assert (answer.status_code, "there is none to trust" in text(answer)) == (422, True)


def test_what_is_no_expressway_e_of_the_lab_is_not_found(working, other_lab, client_node, owner_client):
    control = working.nodes.get(kind=Node.Kind.EXPRESSWAY_C)
    theirs = other_lab.nodes.get(kind=Node.Kind.EXPRESSWAY_E)
    for node in (control, theirs, client_node):
        assert owner_client.post(url(client_node, "jabber-trust", node.pk)).status_code == 404


def test_queries_do_not_grow_with_the_list_or_the_reasons(working, client_node, owner_client):
    def queries():
        with CaptureQueriesContext(connection) as seen:
            signed_in(owner_client, client_node)
        return len(seen)

    queries()
    few = queries()
    trust_lists.upload(client_node, StoreName.CLIENT_OS, tried(strangers_file(60)), "jabber.uploaded")
    actions.set_settings(client_node, ClientSettings("corp.example"))
    assert queries() == few
