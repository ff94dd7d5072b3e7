"""Every thing that can be made or can happen in a lab has its words."""

import ast
from pathlib import Path

import pytest

from certstore.models import Attempt, Lab
from certstore.pki.releases import SameSubject
from certstore.wording import labs as words

ACTIONS = Path(__file__).parents[2] / "certstore" / "actions"


def logged_codes():
    """Every code that an action hands to `log_event` as it stands there."""
    for path in ACTIONS.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "log_event":
                for inner in ast.walk(node.args[2]):
                    if isinstance(inner, ast.Constant) and "." in str(inner.value):
                        yield inner.value


def test_every_kind_rule_and_outcome_has_its_words():
    assert set(words.KINDS) == set(Lab.Kind.values)
    assert set(words.SAME_SUBJECT) == {rule.value for rule in SameSubject}
    assert set(words.OUTCOME_STATES) == set(Attempt.Outcome.values)


def test_everything_that_an_action_writes_down_has_a_sentence():
    assert set(logged_codes()) >= {"lab.made", "lab.reset", "lab.release"}
    assert not set(logged_codes()) - set(words.EVENTS)


@pytest.mark.parametrize(
    ("code", "params", "sentence"),
    [
        ("lab.time", {"to": "2038-01-19T03:14:08Z"}, "Lab time was set to 19 Jan 2038 03:14 UTC."),
        (
            "lab.same-subject",
            {"rule": "refuse"},
            "The same-name setting was changed: The second one is not taken.",
        ),
        ("trusted-ca.appended", {"count": 3}, "CA certificate appended. New in the list: 3."),
        ("lab.release", {}, "The release was set to {release}."),
        ("not.yet.written", {}, "not.yet.written"),
    ],
)
def test_an_event_is_a_sentence(code, params, sentence):
    assert words.event_sentence(code, params) == sentence
