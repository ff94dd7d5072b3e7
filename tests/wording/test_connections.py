"""The words of connections are complete, and say what a person can read aloud."""

import pytest

from certstore.pki.connections import Health, Kind, StepName
from certstore.wording import connections as words
from certstore.wording import lab_picture
from certstore.wording.labs import event_sentence, event_tone


def test_every_kind_health_and_step_has_its_words():
    for table in (words.NAMES, words.CHECKED, words.WHAT_IT_IS, lab_picture.LABELS):
        assert set(table) == set(Kind)
    for table in (words.SAYS, words.BECAME):
        assert set(table) == set(Kind)
        assert all(set(of_kind) == set(Health) for of_kind in table.values())
    assert set(words.STEPS) == set(StepName)
    assert set(words.TONES) == set(words.STEP_STATES) == set(Health)
    assert set(words.SIGNS) == set(words.TONES.values())


@pytest.mark.parametrize(
    ("subject", "name"),
    [
        ("O=Example, CN=Example Issuing CA 4", "Example Issuing CA 4"),
        ("CN=Example Root CA G2", "Example Root CA G2"),
        ("CN=Example, Inc. CA, O=Example", "Example, Inc. CA"),
        ("O=No common name", "O=No common name"),
        ("emailAddress=CN=fake, CN=real", "real"),
        ("", "-"),
    ],
)
def test_the_short_name_of_a_subject(subject, name):
    assert words.short_name(subject) == name


@pytest.mark.parametrize(("number", "sign"), [(0, ""), (1, "①"), (2, "②"), (20, "⑳"), (21, "(21)")])
def test_a_cause_has_a_sign_for_its_number(number, sign):
    assert words.circled(number) == sign


@pytest.mark.parametrize(
    ("code", "kind", "sentence"),
    [
        ("connection.fails", "tunnels", "SSH tunnels failed: exp-c1 to exp-e1."),
        ("connection.works", "tunnels", "SSH tunnels came up: exp-c1 to exp-e1."),
        ("connection.fails", "zone", "Traversal zone failed: exp-c1 to exp-e1."),
        ("connection.warns", "sign-in", "MRA sign-in works after a warning: exp-c1 to exp-e1."),
    ],
)
def test_what_became_of_a_connection_is_a_sentence(code, kind, sentence):
    params = {"kind": kind, "cause": "x", "source": "exp-c1", "target": "exp-e1", "target_id": "1"}
    assert event_sentence(code, params) == sentence


def test_a_connection_to_nowhere_is_a_sentence_too():
    params = {"kind": "zone", "source": "exp-c1", "target": "", "target_id": ""}
    assert event_sentence("connection.fails", params) == "Traversal zone failed: exp-c1 to no server."


@pytest.mark.parametrize(
    ("code", "tone"),
    [
        ("connection.works", "ok"),
        ("connection.warns", "warn"),
        ("connection.fails", "bad"),
        ("connection.off", "off"),
        ("alarm.raised", "warn"),
        ("alarm.lowered", "ok"),
        ("server-certificate.refused", "bad"),
        ("trusted-ca.appended", "ok"),
        ("lab.renamed", ""),
    ],
)
def test_an_event_has_a_sign_where_it_is_good_or_bad(code, tone):
    assert event_tone(code) == tone
