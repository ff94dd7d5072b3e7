"""The pages of a deployment: what is in them is complete, and the states follow from the verdicts."""

import pytest

from certstore.pki.connections import Health
from certstore.pki.settings import TUNNEL_ALGORITHMS
from certstore.wording import (
    administration,
    all_sentences,
    cucm_servers,
    diagnostic_log,
    dns_page,
    event_log,
    overview,
    secure_traversal_test,
    sentence,
    sip,
    ssh_configuration,
    tunnels_status,
    unified_communications,
    zones,
    zones_status,
)
from certstore.wording.evidence import Evidence
from certstore.wording.menu import path_to

MODULES = (
    zones,
    zones_status,
    unified_communications,
    tunnels_status,
    event_log,
    diagnostic_log,
    cucm_servers,
    secure_traversal_test,
    ssh_configuration,
    dns_page,
    administration,
    overview,
    sip,
)
FORMS = (zones, cucm_servers, ssh_configuration, dns_page, sip)


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.__name__.rpartition(".")[2])
def test_every_page_has_a_title_and_its_sentences_are_registered(module):
    page = module.__name__.rpartition(".")[2]
    assert module.SENTENCES["title"].text
    assert {f"{page}.{key}" for key in module.SENTENCES} <= set(all_sentences())


@pytest.mark.parametrize("module", FORMS, ids=lambda module: module.__name__.rpartition(".")[2])
def test_every_form_can_be_saved_says_so_and_says_when_nothing_changed(module):
    assert {"save", "saved", "nothing-changed"} <= set(module.SENTENCES)


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.__name__.rpartition(".")[2])
def test_what_a_page_answers_is_a_sentence(module):
    for key, said in module.SENTENCES.items():
        if key.startswith(("refused", "missing", "warned", "help-")):
            assert said.text.endswith("."), key


def test_no_refusal_of_ours_is_passed_off_as_the_product_s():
    refusals = [said for key, said in all_sentences().items() if ".refused" in key or ".missing-" in key]
    assert len(refusals) > 25
    assert {said.evidence for said in refusals} <= {Evidence.OURS, Evidence.PARAPHRASED}


@pytest.mark.parametrize(
    ("healths", "text"),
    [
        ([], "Off"),
        ([Health.OFF], "Off"),
        ([Health.WORKS], "Active"),
        ([Health.WARNS, Health.WORKS], "Active"),
        ([Health.FAILS], "Failed"),
        ([Health.FAILS, Health.FAILS, Health.OFF], "Failed"),
        ([Health.WORKS, Health.FAILS], "1 of 2 Active"),
        ([Health.WORKS, Health.OFF], "Active"),
    ],
)
def test_the_state_of_a_zone_is_that_of_its_peers(healths, text):
    key, told = zones_status.state_of(healths)
    assert sentence(key).fill(**told) == text


@pytest.mark.parametrize(
    ("health", "text"), [(Health.WORKS, "Active"), (Health.FAILS, "Failed"), (Health.OFF, "Inactive")]
)
def test_the_state_of_a_tunnel_has_its_word(health, text):
    assert sentence(tunnels_status.state_of(health)).text == text


def test_every_algorithm_of_the_tunnels_has_its_choice():
    assert set(TUNNEL_ALGORITHMS) <= set(ssh_configuration.SENTENCES)


@pytest.mark.parametrize(
    ("slug", "kind", "words"),
    [
        ("zones-status", "expressway-e", "Status > Zones"),
        ("unified-communications-status", "expressway-c", "Status > Unified Communications"),
        ("event-log", "expressway-c", "Status > Logs > Event Log"),
        ("zones", "expressway-e", "Configuration > Zones"),
        (
            "unified-cm-servers",
            "expressway-c",
            "Configuration > Unified Communications > Unified CM servers",
        ),
        ("dns", "expressway-e", "System > DNS"),
        ("administration", "expressway-c", "System > Administration"),
        ("secure-traversal-test", "expressway-c", "Maintenance > Security > Secure traversal test"),
        ("unified-cm-servers", "expressway-e", ""),
        ("secure-traversal-test", "expressway-e", ""),
    ],
)
def test_a_page_is_where_the_product_has_it(slug, kind, words):
    assert " > ".join(sentence(f"menu.{entry.slug}").text for entry in path_to(slug, kind)) == words
