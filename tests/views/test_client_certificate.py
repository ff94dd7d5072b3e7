"""Maintenance > Security > Client certificate, the copy check box, and the commands and the event of our column."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from certstore.actions import labs
from certstore.models import Attempt, Lab, Node, SlotName
from certstore.pki.decode import pem_text
from certstore.pki.forge.authority import root
from certstore.pki.forge.shape import CLIENT_AUTH, SERVER_AUTH
from certstore.reading.attempts import explanation_of
from certstore.reading.servers import client_slot_of, slot_state_of
from certstore.wording.evidence import Evidence
from tests import keyring
from tests.labs import fill_lab
from tests.pki.material import key_pem
from tests.pki.server_cases import END, FQDN, START

TOP = root("Example Client Root CA", keyring.rsa_key("root"), START, END)
PAGES = ("", "-upload", "-reset", "-decoded", "-pem")


def leaf(ekus):
    return TOP.leaf(FQDN, keyring.rsa_key("odd").public_key(), START, END, sans=[FQDN], ekus=ekus).pem


@pytest.fixture
def filled(client, db):
    filled = fill_lab("ann")
    labs.set_release(filled.lab.pk, "X15.5")
    client.force_login(filled.owner)
    files = {"file": SimpleUploadedFile("ca.pem", TOP.pem)}
    client.post(reverse("trusted-ca-append", args=[filled.node.pk]), files)
    return filled


def url(filled, name="client-certificate"):
    return reverse(name, args=[filled.node.pk])


def upload(client, filled, data, name="client-certificate-upload", **more):
    files = {
        "certificate": SimpleUploadedFile("client.pem", data),
        "key": SimpleUploadedFile("key.pem", key_pem()),
    }
    return client.post(url(filled, name), files | more)


def text(answer):
    return answer.content.decode()


def test_the_page_shows_the_copy_of_the_upgrade_and_its_pem(client, filled):
    answer = client.get(url(filled))
    assert "Upload client certificate data" in text(answer)
    assert text(client.get(url(filled, "client-certificate-pem"))) == pem_text(
        client_slot_of(filled.node).running.der
    )
    assert FQDN in text(client.get(url(filled, "client-certificate-decoded")))


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("method", ["get", "post"])
def test_before_x15_5_there_is_no_such_page_and_no_item_in_the_menu(client, filled, name, method):
    labs.set_release(filled.lab.pk, "X15.4")
    assert getattr(client, method)(url(filled, f"client-certificate{name}")).status_code in (404, 405)
    assert url(filled) not in text(client.get(url(filled, "server-certificate")))


def test_one_for_clients_only_is_taken_and_shown_after_the_restart(client, filled):
    answer = upload(client, filled, leaf([CLIENT_AUTH]))
    page = client.get(answer["Location"])
    assert "Client certificate updated" in text(page)
    assert "Not running yet" in text(page)
    assert client_slot_of(filled.node).installed.extended_key_usage == (CLIENT_AUTH,)
    client.post(url(filled, "restart"), {"confirmed": "yes"})
    assert client_slot_of(filled.node).running.extended_key_usage == (CLIENT_AUTH,)
    assert slot_state_of(filled.node).running.extended_key_usage != (CLIENT_AUTH,)


def test_one_for_servers_only_is_refused_with_its_reason_and_changes_nothing(client, filled):
    before = client_slot_of(filled.node).installation.pk
    answer = upload(client, filled, leaf([SERVER_AUTH]))
    assert answer.status_code == 422
    assert "A client certificate must allow TLS Web Client Authentication" in text(answer)
    assert client_slot_of(filled.node).installation.pk == before
    attempt = Attempt.objects.first()
    assert (attempt.page, attempt.code) == ("client-certificate", "client-certificate.no-client-auth")


def test_what_is_said_of_a_server_certificate_is_said_of_a_client_certificate_here(client, filled):
    upload(client, filled, leaf([CLIENT_AUTH]) * 2)
    headline = explanation_of(Attempt.objects.first()).headline
    assert headline.on_screen.text == "The file must hold the client certificate only"
    assert headline.on_screen.evidence is Evidence.OURS
    assert "Upload client certificate data" in headline.cure[-1]
    assert "server certificate" not in " ".join([headline.cause, *headline.cure]).casefold()


def test_the_attempt_has_its_page_its_ticket_and_its_row_in_the_history(client, filled):
    upload(client, filled, leaf([SERVER_AUTH]))
    attempt = Attempt.objects.first()
    pages = [reverse(name, args=[filled.lab.pk, attempt.pk]) for name in ("attempt", "attempt-ticket")]
    for address in (*pages, reverse("lab-history", args=[filled.lab.pk])):
        answer = client.get(address)
        assert answer.status_code == 200
        assert "Client certificate" in text(answer)


def test_reset_asks_first_and_then_loads_the_default(client, filled):
    asked = client.post(url(filled, "client-certificate-reset"))
    assert "Reset to the default client certificate?" in text(asked)
    answer = client.post(url(filled, "client-certificate-reset"), {"confirmed": "yes"})
    assert "was reset to default" in text(client.get(answer["Location"]))
    factory = Node.objects.select_related("factory_certificate").get(pk=filled.node.pk).factory_certificate
    assert client_slot_of(filled.node).installed.sha256 == factory.sha256


def test_a_lab_for_real_files_has_no_key_chooser_and_leaves_a_key_unread(client, filled):
    Lab.objects.filter(pk=filled.lab.pk).update(kind=Lab.Kind.REHEARSE)
    assert "Select the client private key file" not in text(client.get(url(filled)))
    upload(client, filled, leaf([CLIENT_AUTH]))
    assert (
        filled.node.slots.get(name=SlotName.CLIENT).installations.get(is_installed=True).key_origin
        == "unknown"
    )


def test_the_copy_check_box_is_there_from_x15_5_on_and_off(client, filled):
    page = text(client.get(url(filled, "server-certificate")))
    box = page.split('id="copy_as_client"')[1].split("/>")[0]
    assert "Copy server certificate file as client certificate" in page
    assert "checked" not in box
    labs.set_release(filled.lab.pk, "X15.4")
    assert "copy_as_client" not in text(client.get(url(filled, "server-certificate")))


@pytest.mark.parametrize("is_ticked", [True, False])
def test_the_copy_check_box_makes_it_the_client_certificate_too(client, filled, is_ticked):
    more = {"copy_as_client": "yes"} if is_ticked else {}
    answer = upload(client, filled, leaf([SERVER_AUTH, CLIENT_AUTH]), "server-certificate-upload", **more)
    assert answer.status_code == 302
    is_same = client_slot_of(filled.node).installed.sha256 == slot_state_of(filled.node).installed.sha256
    assert is_same is is_ticked


# Which command stands beside which page: TechNotes 225482 (X15.4, Expressway-E) and 225693 (X15.5, both).
@pytest.mark.parametrize(
    ("release", "kind", "page", "command"),
    [
        ("X15.4", "expressway-e", "server-certificate", "EnableServerEkuUpload: Off"),
        ("X15.4", "expressway-c", "server-certificate", ""),
        ("X15.3", "expressway-e", "server-certificate", ""),
        ("X15.5", "expressway-e", "server-certificate", ""),
        ("X15.5", "expressway-e", "client-certificate", "Checking Mode: On"),
        ("X15.5", "expressway-c", "client-certificate", "Checking Mode: On"),
    ],
)
def test_a_command_stands_where_it_matters(client, filled, release, kind, page, command):
    labs.set_release(filled.lab.pk, release)
    node = filled.lab.nodes.get(kind=kind)
    answer = text(client.get(reverse(page, args=[node.pk])))
    assert ("The product has a command for this" in answer) is bool(command)
    assert command in answer


def test_the_button_gives_the_command_and_keeps_a_point(client, filled):
    address = reverse("server-command", args=[filled.node.pk, "eku-checking"])
    answer = client.post(address, {"position": "Off"})
    assert answer["Location"] == url(filled) + "#command"
    assert Lab.objects.get(pk=filled.lab.pk).eku_checking is False
    assert filled.lab.restore_points.first().before == "lab.switch"
    assert "Set it to On" in text(client.get(url(filled)))


@pytest.mark.parametrize("position", ["", "on", "<b>"])
def test_another_position_is_refused_and_changes_nothing(client, filled, position):
    answer = client.post(
        reverse("server-command", args=[filled.node.pk, "eku-checking"]), {"position": position}
    )
    assert answer.status_code == 422
    assert "On or Off was expected" in text(answer)
    assert Lab.objects.get(pk=filled.lab.pk).eku_checking is True


@pytest.mark.parametrize("switch", ["server-eku-upload", "no-such-switch"])
def test_a_command_that_the_release_does_not_know_is_not_found(client, filled, switch):
    answer = client.post(reverse("server-command", args=[filled.node.pk, switch]), {"position": "On"})
    assert answer.status_code == 404


def test_acme_renews_at_the_press_of_a_button_on_expressway_e_alone(client, filled):
    page = text(client.get(url(filled, "server-certificate")))
    assert "ACME renewed the certificate, without clientAuth" in page
    answer = client.post(url(filled, "server-certificate-acme"))
    assert "No restart is needed" in text(client.get(answer["Location"]))
    assert slot_state_of(filled.node).running.extended_key_usage == (SERVER_AUTH,)
    control = filled.lab.nodes.get(kind=Node.Kind.EXPRESSWAY_C)
    assert client.post(reverse("server-certificate-acme", args=[control.pk])).status_code == 404


def test_acme_without_a_ca_says_so_and_changes_nothing(client, filled):
    filled.lab.ca_keys.all().delete()
    before = slot_state_of(filled.node).running
    answer = client.post(url(filled, "server-certificate-acme"))
    assert answer.status_code == 422
    assert "can no longer sign" in text(answer)
    assert slot_state_of(filled.node).running == before
