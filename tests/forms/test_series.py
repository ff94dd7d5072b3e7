"""A series that comes back from a browser: what the page wrote, or a clear no."""

import json
from datetime import UTC, datetime

import pytest

from certstore.actions.steps import StepKind
from certstore.forms import series
from certstore.forms.carried import Damaged
from certstore.forms.series import Item, checked, is_too_much, read, written
from certstore.pki.material import look
from certstore.pki.names import visible
from tests.labs import content_of
from tests.pki.chains import root


def of_lab(exp_e, kind=StepKind.APPEND, name="exp-e1-ca-bundle.pem", **typed):
    return Item(kind, {"server": [str(exp_e.pk)], **typed}, name)


def with_file(exp_e, data, name="mine.pem"):
    return Item(StepKind.APPEND, {"server": [str(exp_e.pk)]}, "", look(visible(name), data))


def test_a_series_comes_back_as_it_was(lab, exp_e):
    items = [
        of_lab(exp_e),
        with_file(exp_e, root("Mine").pem),
        Item(StepKind.TIME, {"moment": ["2031-01-01T00:00"]}),
        with_file(exp_e, root("Another").pem, "other.pem"),
    ]
    back = read(written(items))
    assert [(one.kind, one.lab_file) for one in back] == [(one.kind, one.lab_file) for one in items]
    assert [one.typed for one in back] == [one.typed for one in items]
    assert [one.given and one.given.name for one in back] == [None, "mine.pem", None, "other.pem"]
    assert back[3].given.content.certificates == items[3].given.content.certificates


def test_of_a_file_nothing_but_public_material_is_carried():
    key = b"-----BEGIN PRIVATE KEY-----\nc2VjcmV0\n-----END PRIVATE KEY-----\n"
    text = written([Item(StepKind.APPEND, {}, "", look("a.pem", root("A").pem + key))])
    assert "c2VjcmV0" not in text
    assert read(text)[0].given.content.certificates == ()


def test_no_text_is_no_step():
    assert read("") == []


def document(**changed):
    step = {"kind": "restart", "typed": {}, "lab_file": "", "file": -1}
    whole = {"format": 1, "steps": [step], "files": json.dumps({"format": 1, "files": []})}
    return json.dumps(whole | changed)


def one_step(**changed):
    step = {"kind": "restart", "typed": {}, "lab_file": "", "file": -1} | changed
    return document(steps=[step])


HOSTILE = {
    "no JSON": "{",
    "a number": "1",
    "a list": "[]",
    "deep": "[" * 100_000,
    "another format": document(format=2),
    "no steps": document(steps=None),
    "21 steps": document(steps=json.loads(document())["steps"] * 21),
    "a step that is text": document(steps=["restart"]),
    "an unknown kind": one_step(kind="format-c"),
    "a kind that is a list": one_step(kind=["restart"]),
    "a file that is not there": one_step(file=0),
    "a file before the first": one_step(file=-2),
    "a file that is true": one_step(file=True),
    "a long name": one_step(lab_file="x" * (series.LONGEST_VALUE + 1)),
    "a name that is a number": one_step(lab_file=1),
    "fields that are a list": one_step(typed=[]),
    "too many fields": one_step(typed={str(number): [] for number in range(9)}),
    "values that are a text": one_step(typed={"server": "x"}),
    "a value that is a number": one_step(typed={"server": [1]}),
    "a long value": one_step(typed={"server": ["x" * (series.LONGEST_VALUE + 1)]}),
    "too many values": one_step(typed={"server": ["x"] * 1001}),
    "files that are none": document(files="[]"),
    "files that are a list": document(files=[]),
    "too long": " " * (series.LONGEST + 1),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_no_page_wrote_is_damaged(name):
    with pytest.raises(Damaged):
        read(HOSTILE[name])


def test_what_the_page_writes_itself_is_not():
    assert [one.kind for one in read(document())] == [StepKind.RESTART]


# --- Against the lab --------------------------------------------------------------------------------------


def test_a_step_that_fits_is_named_with_its_server_and_its_file(lab, exp_e):
    found = checked(lab, of_lab(exp_e))
    assert (found.name, found.what, found.why) == (
        "exp-e1: Append CA certificate",
        "exp-e1-ca-bundle.pem",
        "",
    )
    assert found.step.node_id == exp_e.pk
    assert found.step.file.sha256


def test_values_are_those_that_the_real_forms_give(lab):
    found = checked(lab, Item(StepKind.TIME, {"moment": ["2031-01-01T00:00"]}))
    assert found.step.values == {"moment": datetime(2031, 1, 1, tzinfo=UTC)}
    assert found.what == "1 Jan 2031 00:00 UTC"


def test_rows_to_delete_say_which_server(lab, exp_e):
    rows = list(exp_e.trust_stores.get().entries.all()[:2])
    found = checked(lab, Item(StepKind.DELETE, {"entry": [str(row.pk) for row in rows]}))
    assert found.step.node_id == exp_e.pk
    assert found.step.values == {"entries": [row.pk for row in rows]}
    assert found.what.endswith(", ISRG Root X1, ends 4 Jun 2035")


def no_fit(lab, item):
    found = checked(lab, item)
    assert found.step is None
    return found.why


def test_what_does_not_fit_says_why(lab, exp_c, exp_e, other_lab):
    theirs = other_lab.expressways.first()
    first, second = (node.trust_stores.get().entries.first().pk for node in (exp_c, exp_e))
    foreign = theirs.trust_stores.get().entries.first().pk
    assert "Select a valid choice" in no_fit(lab, of_lab(theirs))
    assert "Select a valid choice" in no_fit(lab, Item(StepKind.RESTART, {"server": ["\x00"]}))
    assert "has no file gone.pem" in no_fit(lab, of_lab(exp_e, name="gone.pem"))
    assert "has no file" in no_fit(lab, of_lab(exp_e, name="\x00"))
    assert "No file is chosen" in no_fit(lab, of_lab(exp_e, name=""))
    assert "No CA certificate is selected" in no_fit(lab, Item(StepKind.DELETE, {"entry": []}))
    assert "No CA certificate is selected" in no_fit(lab, Item(StepKind.DELETE, {"entry": ["x", "9" * 40]}))
    assert "several servers" in no_fit(lab, Item(StepKind.DELETE, {"entry": [str(first), str(second)]}))
    assert "no longer in the list" in no_fit(lab, Item(StepKind.DELETE, {"entry": [str(foreign)]}))
    assert "no Expressway release" in no_fit(lab, Item(StepKind.RELEASE, {"release": ["elephant"]}))
    assert "Write the time" in no_fit(lab, Item(StepKind.TIME, {"moment": ["tomorrow"]}))


def test_of_a_carried_file_that_cannot_be_read_a_server_takes_nothing(lab, exp_e):
    text = written([with_file(exp_e, content_of(lab, "exp-e1.pem"))])
    whole = json.loads(text)
    carried = json.loads(whole["files"])
    carried["files"][0]["certificates"] = []
    item = read(json.dumps(whole | {"files": json.dumps(carried)}))[0]
    assert checked(lab, item).step.file.content.code == "file.unreadable-certificate"


def test_files_of_more_than_a_page_carries_are_too_much(exp_e, monkeypatch):
    items = [with_file(exp_e, root("Mine").pem)]
    assert not is_too_much(items)
    monkeypatch.setattr("certstore.pki.material.MOST_BYTES", 10)
    assert is_too_much(items)
