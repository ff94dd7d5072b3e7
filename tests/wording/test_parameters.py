"""The facts that a sentence names are those that its findings carry."""

import ast
from pathlib import Path

import pytest

from certstore import pki
from certstore.pki.codes import Code
from certstore.pki.keys import KeySource
from certstore.wording import explained
from certstore.wording.parameters import HELD, carried_by, in_words

MAKERS = {"refuse", "warn", "note"}


def findings_made():
    """Every `refuse(Code.X, a=…)` in pki: where it stands, its code, and the facts it is made with."""
    for path in sorted(Path(pki.__file__).parent.glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name) or not node.args:
                continue
            if node.func.id not in MAKERS or not isinstance(node.args[0], ast.Attribute):
                continue
            names = {keyword.arg for keyword in node.keywords}
            owner = node.args[0].value
            if None not in names and isinstance(owner, ast.Name) and owner.id == "Code":
                yield f"{path.name}:{node.lineno}", Code[node.args[0].attr], names


FINDINGS = list(findings_made())


def test_there_are_findings_to_look_at():
    assert len(FINDINGS) >= 15


@pytest.mark.parametrize(("where", "code", "facts"), FINDINGS)
def test_a_finding_carries_what_its_sentences_name(where, code, facts):
    assert carried_by(code) <= facts


def test_where_a_certificate_stands_is_said_in_words():
    places = [in_words({"depth": depth})["place"] for depth in (0, 1, 2)]
    assert places == [
        "the server certificate itself",
        "the CA that issued the server certificate",
        "the CA 2 steps above the server certificate",
    ]


def test_a_moment_is_said_as_a_person_reads_it():
    assert in_words({"end": "2031-07-31T12:00:00Z"})["end"] == "31 Jul 2031 12:00 UTC"
    assert in_words({"end": "2051-01-01"})["end"] == "2051-01-01"
    assert in_words({"end": "on 2031-07-31T12:00:00Z"})["end"] == "on 2031-07-31T12:00:00Z"
    assert in_words({"end": "9999-12-31T23:59:59Z"})["end"] == "31 Dec 9999 23:59 UTC"


@pytest.mark.parametrize("source", list(KeySource))
def test_a_mismatch_says_which_key_it_was_compared_with(source):
    told = explained(Code.KEY_MISMATCH, {"origin": source.value})
    assert f"another key than {HELD[source]}." in told.cause


@pytest.mark.parametrize("facts", [{}, {"origin": "nobody's"}, {"name": "", "depth": "1", "end": "soon"}])
def test_what_is_not_known_is_said_too(facts):
    told = in_words(facts)
    assert told["held"] == "the key of this server"
    assert told["name"] == "A certificate without a name"
    assert told["place"] == "part of the chain"
