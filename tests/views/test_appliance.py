"""The appliance frame: menu, the way here, alarms, the bar at the bottom, and the page for what is not simulated."""

import re

import pytest
from django.http import Http404
from django.test import Client, RequestFactory

from certstore.actions.writing import lab_change
from certstore.models import Lab, Node, Zone
from certstore.views.appliance import Appliance, Bar, Item, appliance_context
from certstore.wording import sentence
from certstore.wording.evidence import Evidence
from certstore.wording.menu import MENU, SENTENCES, Entry, path_to
from certstore.wording.sources import ours

pytestmark = pytest.mark.django_db


def frame_of(node: Node, page: str = "trusted_ca", alarms: str = "") -> Appliance:
    request = RequestFactory().get("/")
    return appliance_context(request, node, node.lab.now(), page=page, alarms=alarms)["appliance"]


def flat(items: tuple[Item, ...]) -> list[Item]:
    return [found for item in items for found in (item, *flat(item.items))]


def slugs(entries: tuple[Entry, ...] = MENU) -> list[str]:
    return [slug for entry in entries for slug in (entry.slug, *slugs(entry.below))]


def test_every_menu_item_has_a_word_seen_in_a_document_and_no_word_is_left_over() -> None:
    assert sorted(slugs()) == sorted(SENTENCES)
    remembered = {slug: said.evidence for slug, said in SENTENCES.items() if not said.is_verbatim}
    assert remembered == {"logs": Evidence.RECALLED, "dns": Evidence.RECALLED}


def test_the_way_to_the_page_is_the_path_of_the_menu(exp_e: Node) -> None:
    words = [sentence(item.key).text for item in frame_of(exp_e).path]
    assert words == ["Maintenance", "Security", "Trusted CA certificate"]


def test_the_menu_marks_the_way_to_the_page_and_nothing_else(exp_e: Node) -> None:
    current = [item.key for item in flat(frame_of(exp_e, "server_certificate").menu) if item.is_current]
    assert current == ["menu.maintenance", "menu.security", "menu.server-certificate"]


@pytest.mark.parametrize(
    ("kind", "has", "has_not"),
    [
        (Node.Kind.EXPRESSWAY_E, "menu.domain-certificates", "menu.secure-traversal-test"),
        (Node.Kind.EXPRESSWAY_C, "menu.secure-traversal-test", "menu.domain-certificates"),
    ],
)
def test_each_kind_of_server_has_its_own_items(lab: Lab, kind: str, has: str, has_not: str) -> None:
    keys = [item.key for item in flat(frame_of(lab.nodes.get(kind=kind)).menu)]
    assert has in keys
    assert has_not not in keys


def test_only_what_is_simulated_leads_to_a_page_of_its_own(exp_e: Node) -> None:
    honest = [item for item in flat(frame_of(exp_e).menu) if "/not-simulated/" in item.address]
    leaves = [item for item in flat(frame_of(exp_e).menu) if not item.items]
    assert {item.key for item in leaves if item not in honest} == {
        "menu.overview",
        "menu.zones-status",
        "menu.unified-communications-status",
        "menu.alarms",
        "menu.administration",
        "menu.clustering",
        "menu.dns",
        "menu.sip",
        "menu.zones",
        "menu.ssh-configuration",
        "menu.event-log",
        "menu.diagnostics",
        "menu.trusted-ca",
        "menu.server-certificate",
        "menu.crl-management",
        "menu.client-certificate-testing",
        "menu.restart",
    }
    assert not any(item.is_simulated for item in honest if not item.items)


def test_every_menu_item_answers(owner_client: Client, exp_e: Node, exp_c: Node) -> None:
    for node in (exp_e, exp_c):
        answers = {
            item.address: owner_client.get(item.address).status_code for item in flat(frame_of(node).menu)
        }
        assert set(answers.values()) == {200}, answers


def test_the_honest_page_is_called_as_the_page_it_stands_for(owner_client: Client, exp_e: Node) -> None:
    text = owner_client.get(f"/n/{exp_e.pk}/not-simulated/ciphers/").content.decode()
    assert "<h1>Ciphers</h1>" in text
    assert "This page is not simulated yet." in text


def test_an_item_that_this_server_does_not_have_is_not_found(owner_client: Client, exp_c: Node) -> None:
    for slug in ("domain-certificates", "nothing-of-the-kind"):
        assert owner_client.get(f"/n/{exp_c.pk}/not-simulated/{slug}/").status_code == 404
    with pytest.raises(Http404):
        frame_of(exp_c, "nothing_of_the_kind")


def test_alarms_show_only_while_there_are_any(owner_client: Client, exp_e: Node) -> None:
    assert frame_of(exp_e, alarms="ab").alarm_count == 2
    icon = f'class="alarm" href="/n/{exp_e.pk}/alarms/"'
    text = owner_client.get(f"/n/{exp_e.pk}/trusted-ca/").content.decode()
    assert icon in text  # the DST Root CA X3 of every new server has expired, and its tunnels are down
    with lab_change(exp_e.lab_id, "trusted-ca.deleted"):
        exp_e.trust_stores.get(name="ca").entries.all().delete()
        Zone.objects.filter(node__lab=exp_e.lab).delete()
    assert icon not in owner_client.get(f"/n/{exp_e.pk}/trusted-ca/").content.decode()


def test_the_frame_says_what_it_is_and_whose(owner_client: Client, exp_e: Node) -> None:
    text = owner_client.get(f"/n/{exp_e.pk}/trusted-ca/").content.decode()
    words = " ".join(re.sub(r"<[^>]+>", " ", text).split())
    assert "Expressway-E exp-e1.example.com SIMULATED" in words
    for label in ("User", "Access", "System host name", "System time", "Language", "S/N", "Version"):
        assert f"{label} (our wording)" in words
    assert "X14.3" in words


def test_a_bar_points_at_what_the_evidence_page_says_of_its_sentence() -> None:
    assert Bar("ok", "trusted_ca.accepted").evidence_anchor == "trusted_ca.accepted"
    assert Bar("bad", ours("No."), anchor="format.der").evidence_anchor == "format.der"
    assert Bar("bad", ours("No.")).evidence_anchor == ""


def test_the_path_to_what_is_not_there_is_empty() -> None:
    assert path_to("status", "expressway-c") == (MENU[0],)
    assert path_to("", "expressway-c") == ()
