"""The page of a Unified CM, as a person uses it."""

import pytest
from cryptography.hazmat.primitives import serialization
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from certstore.actions import trust_lists
from certstore.models import CaKey, Lab, Node, SlotName, StoreName, TrustEntry
from certstore.pki.codes import Code
from certstore.pki.sniff import look_at
from certstore.reading.unified_cm import certificate_in
from tests import keyring
from tests.labs import content_of, tried
from tests.long_lists import strangers_file
from tests.odd_files import ODD_FILES
from tests.poison import script_payloads

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
# An Expressway takes these; here a file is a certificate and nothing else.
TAKEN_WHOLE_OR_NOT = ("with a CRL", "after a block that nobody can read")
POSTS = ["upload", "delete", "change", "services", "settings"]


@pytest.fixture
def cucm(lab) -> Node:
    return lab.nodes.select_related("lab").get(kind=Node.Kind.CUCM)


def url(node, name="unified-cm", *more):
    return reverse(name, args=[node.lab_id, node.pk, *more])


def text(answer):
    return " ".join(answer.content.decode().split())


def upload(client, node, data, purpose="tomcat", name="ca.pem"):
    fields = {"purpose": purpose, "file": SimpleUploadedFile(name, data)}
    return client.post(url(node, "unified-cm-upload"), fields)


def rows(node, name="tomcat"):
    return list(TrustEntry.objects.filter(store__node=node, store__name=name).values_list("pk", flat=True))


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["page", "fragment"])
def test_the_owner_reads_it_and_a_stranger_does_not(cucm, owner_client, stranger_client, headers):
    assert owner_client.get(url(cucm), headers=headers).status_code == 200
    assert stranger_client.get(url(cucm), headers=headers).status_code == 404


def test_a_unified_cm_of_another_lab_is_none_of_mine(lab, other_lab, owner_client):
    theirs = other_lab.nodes.get(kind=Node.Kind.CUCM)
    assert owner_client.get(reverse("unified-cm", args=[lab.pk, theirs.pk])).status_code == 404


def test_an_expressway_is_no_unified_cm(lab, exp_c, owner_client):
    assert owner_client.get(reverse("unified-cm", args=[lab.pk, exp_c.pk])).status_code == 404


@pytest.mark.parametrize("name", POSTS)
def test_an_address_of_a_button_leads_to_the_page(cucm, owner_client, name):
    answer = owner_client.get(url(cucm, f"unified-cm-{name}"))
    assert (answer.status_code, answer["Location"]) == (302, url(cucm))


def test_the_lab_has_tabs_for_it_and_for_jabber(cucm, owner_client):
    page = text(owner_client.get(url(cucm)))
    assert f'<a href="{url(cucm)}" aria-current="page">' in page
    assert f'<a href="{reverse("jabber", args=[cucm.lab_id])}"' in page


def test_an_upload_says_what_unified_cm_says_and_what_it_waits_for(lab, cucm, owner_client):
    answer = upload(owner_client, cucm, content_of(lab, "exp-c1-ca-bundle.pem"), "callmanager")
    page = text(owner_client.get(answer["Location"]))
    assert "Success: Certificate Uploaded" in page
    assert "New in CallManager-trust: 2." in page
    assert "Something waits for the restart of the services." in page
    owner_client.post(url(cucm, "unified-cm-services"))
    page = text(owner_client.get(url(cucm)))
    assert "The services have loaded everything that is here." in page


def test_the_column_tells_which_ca_is_missing_and_when_the_chain_is_complete(
    working, working_cucm, owner_client
):
    page = text(owner_client.get(url(working_cucm)))
    assert "Complete in both lists." in page
    owner_client.post(
        url(working_cucm, "unified-cm-delete"), {"entry": rows(working_cucm)[-1:], "confirmed": "yes"}
    )
    assert "Complete until the restart of the services." in text(owner_client.get(url(working_cucm)))
    owner_client.post(url(working_cucm, "unified-cm-services"))
    page = text(owner_client.get(url(working_cucm)))
    assert "Not complete in both lists." in page
    assert "is not in tomcat-trust of cucm1.example.com" in page


@pytest.mark.parametrize(("column", "shows"), [("open", True), ("hints", False), ("off", False)])
def test_a_quiet_column_names_neither_the_missing_ca_nor_the_cure(lab, cucm, owner_client, column, shows):
    Lab.objects.filter(pk=lab.pk).update(explanations=column)
    page = text(owner_client.get(url(cucm)))
    assert ("What to do" in page) is shows


@pytest.mark.parametrize("odd", ODD_FILES, ids=lambda odd: odd.name)
def test_an_odd_file_is_refused_with_a_clear_sentence_and_changes_nothing(lab, cucm, owner_client, odd):
    key = keyring.rsa_key("odd").private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    try:
        data = odd.build(content_of(lab, "exp-c1-root-ca.pem"), key)
    except ValueError:  # one that wants a certificate of that very key
        return
    before = rows(cucm), lab.restore_points.count(), lab.events.count()
    answer = upload(owner_client, cucm, data)
    if odd.code in (None, Code.FILE_DER_CERTIFICATE) and odd.name not in TAKEN_WHOLE_OR_NOT:
        assert answer.status_code == 302
        assert len(rows(cucm)) > len(before[0])
        return
    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()
    assert b"PRIVATE KEY-----" not in answer.content
    assert (rows(cucm), lab.restore_points.count(), lab.events.count()) == before


def test_a_private_key_refuses_the_whole_file(lab, cucm, owner_client):
    key = keyring.rsa_key("odd").private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    answer = upload(owner_client, cucm, content_of(lab, "exp-c1-root-ca.pem") + key)
    assert answer.status_code == 422
    assert "holds a private key, so nothing of it was taken or kept" in text(answer)
    assert len(rows(cucm)) == 2


def test_what_is_no_purpose_and_no_file_is_said(lab, cucm, owner_client):
    root = content_of(lab, "exp-c1-root-ca.pem")
    for purpose in ("", "ca", "tomcat-loaded", "client-os", "\x00"):
        answer = upload(owner_client, cucm, root, purpose)
        assert answer.status_code == 422
        assert "Choose what the certificate is for" in text(answer)
    answer = owner_client.post(url(cucm, "unified-cm-upload"), {"purpose": "tomcat"})
    assert (answer.status_code, "No file was chosen." in text(answer)) == (422, True)


@pytest.mark.parametrize("number", range(len(list(script_payloads()))))
def test_a_name_that_is_an_attack_stands_there_as_text(cucm, owner_client, number):
    _, der = list(script_payloads())[number]
    assert upload(owner_client, cucm, der, name="<script>alert(1)</script>.cer").status_code in (302, 422)
    page = owner_client.get(url(cucm)).content
    assert b"<script>alert" not in page
    assert b"<img src" not in page


def test_deleting_asks_first(cucm, owner_client):
    first, *_ = before = rows(cucm)
    asking = owner_client.post(url(cucm, "unified-cm-delete"), {"entry": [first]})
    assert "Delete the ticked certificates?" in text(asking)
    assert rows(cucm) == before
    answer = owner_client.post(url(cucm, "unified-cm-delete"), {"entry": [first], "confirmed": "yes"})
    assert "Deleted: 1." in text(owner_client.get(answer["Location"]))
    assert rows(cucm) == before[1:]
    page = text(owner_client.get(url(cucm)))
    assert "Deleted; counts until the restart of the services" in page


def test_nothing_ticked_is_said(cucm, owner_client):
    answer = owner_client.post(url(cucm, "unified-cm-delete"), {"entry": ["x", "9" * 30]})
    assert (answer.status_code, "No row is ticked" in text(answer)) == (422, True)


def test_a_certificate_is_made_anew_signed_and_deleted(cucm, owner_client, pooled_keys):
    for wanted, said in (
        ("regenerate", "CallManager-ECDSA was made anew, self-signed."),
        ("sign", "CallManager-ECDSA was signed by"),
        ("delete", "CallManager-ECDSA was deleted."),
    ):
        fields = {"certificate": "callmanager-ecdsa", "do": wanted}
        answer = owner_client.post(url(cucm, "unified-cm-change"), fields)
        assert said in text(owner_client.get(answer["Location"]))


def test_a_lab_without_the_key_of_its_ca_is_told_of_the_new_one(lab, cucm, owner_client, pooled_keys):
    CaKey.objects.filter(lab=lab).delete()
    fields = {"certificate": "tomcat", "do": "sign"}
    answer = owner_client.post(url(cucm, "unified-cm-change"), fields)
    assert "So a new CA was made." in text(owner_client.get(answer["Location"]))


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"certificate": "server", "do": "sign"},
        {"certificate": "tomcat", "do": "steal"},
        {"certificate": "tomcat", "do": "delete"},
        {"certificate": "\x00", "do": "\x00"},
    ],
    ids=["nothing", "another slot", "another verb", "delete RSA", "NUL"],
)
def test_what_no_button_asks_for_is_refused(cucm, owner_client, fields):
    before = {slot: certificate_in(cucm, slot) for slot in ("tomcat", "callmanager")}
    answer = owner_client.post(url(cucm, "unified-cm-change"), fields)
    assert answer.status_code == 422
    assert {slot: certificate_in(cucm, slot) for slot in before} == before


@pytest.mark.parametrize(
    ("typed", "status"),
    [
        ("192.0.2.31", 302),
        ("cucm1", 302),
        ("2001:db8::31", 302),
        ("", 422),
        ("two words", 422),
        ("<b>", 422),
        ("x" * 254, 422),
        ("a\x00b", 422),
    ],
)
def test_the_server_entry_is_a_name_or_an_address(cucm, owner_client, typed, status):
    answer = owner_client.post(url(cucm, "unified-cm-settings"), {"server_entry": typed, "mixed_mode": "on"})
    assert answer.status_code == status
    cucm.refresh_from_db()
    expected = {"server_entry": typed, "mixed_mode": True} if status == 302 else {}
    assert cucm.settings == expected


def test_certificates_and_rows_are_shown_decoded_and_as_pem(cucm, owner_client):
    page = text(owner_client.get(url(cucm, "unified-cm-certificate", "tomcat")))
    assert "Signature Algorithm: sha256WithRSAEncryption" in page
    pem = owner_client.get(url(cucm, "unified-cm-certificate-pem", "tomcat-ecdsa"))
    assert look_at(pem.content).certificates == (certificate_in(cucm, SlotName.TOMCAT_ECDSA).der,)
    listed = owner_client.get(url(cucm, "unified-cm-list", "callmanager"))
    assert len(look_at(listed.content).certificates) == 2
    assert b"Certificate:" in owner_client.get(url(cucm, "unified-cm-entry", rows(cucm)[0])).content


def test_what_is_not_there_is_not_found(lab, other_lab, exp_c, cucm, owner_client):
    theirs = rows(other_lab.nodes.get(kind=Node.Kind.CUCM))[0]
    of_expressway = rows(exp_c, "ca")[0]
    for name, last in (
        ("unified-cm-certificate", "server"),
        ("unified-cm-certificate-pem", "x"),
        ("unified-cm-list", "tomcat-loaded"),
        ("unified-cm-entry", theirs),
        ("unified-cm-entry", of_expressway),
        ("unified-cm-entry", 10**18),
    ):
        assert owner_client.get(url(cucm, name, last)).status_code == 404


def test_queries_do_not_grow_with_the_lists(cucm, owner_client):
    owner_client.get(url(cucm))
    with CaptureQueriesContext(connection) as few:
        owner_client.get(url(cucm))
    for name in (StoreName.TOMCAT, StoreName.CALLMANAGER):
        trust_lists.upload(cucm, name, tried(strangers_file(60)), "cucm.uploaded")
    with CaptureQueriesContext(connection) as many:
        page = owner_client.get(url(cucm))
    assert page.content.count(b'name="entry"') > 120
    assert len(many) == len(few)
