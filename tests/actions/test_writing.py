"""A write to a lab is one transaction that locks the lab first; what happened is counted without a gap."""

import contextlib
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.http import Http404
from django.test.utils import CaptureQueriesContext

from certstore.actions import writing
from certstore.actions.writing import LabGone, lab_write, log_event
from certstore.models import Event, Lab, User

NOW = datetime(2027, 1, 14, 9, 4, tzinfo=UTC)


@pytest.fixture
def bare_lab(owner: User) -> Lab:
    return Lab.objects.create(owner=owner, name="bare")


@pytest.fixture
def strangers_lab(stranger: User) -> Lab:
    return Lab.objects.create(owner=stranger, name="a stranger's")


def version_of(lab):
    return Lab.objects.get(pk=lab.pk).version


def test_every_write_makes_the_version_one_higher(bare_lab, strangers_lab):
    with lab_write(bare_lab.pk) as lab:
        assert lab == bare_lab
    with lab_write(bare_lab.pk):
        pass
    assert version_of(bare_lab) == bare_lab.version + 2
    assert version_of(strangers_lab) == strangers_lab.version


def test_the_lab_is_locked_before_anything_else_is_asked(bare_lab):
    with CaptureQueriesContext(connection) as queries, lab_write(bare_lab.pk):
        pass
    asked = [query["sql"] for query in queries if "SAVEPOINT" not in query["sql"]]
    assert asked[0].startswith("SELECT")
    assert '"certstore_lab"' in asked[0]
    if connection.features.has_select_for_update:
        assert asked[0].endswith("FOR UPDATE")


@pytest.mark.django_db(transaction=True)
def test_it_is_one_transaction(bare_lab):
    with lab_write(bare_lab.pk):
        assert connection.in_atomic_block
    assert not connection.in_atomic_block


def test_an_exception_takes_everything_back(bare_lab):
    with contextlib.suppress(RuntimeError), lab_write(bare_lab.pk) as lab:
        log_event(lab, None, "lab.renamed", {}, NOW)
        raise RuntimeError
    assert version_of(bare_lab) == bare_lab.version
    assert not Event.objects.exists()


def test_a_write_can_be_tried_and_taken_back(bare_lab):
    with transaction.atomic():
        with lab_write(bare_lab.pk) as lab:
            log_event(lab, None, "lab.renamed", {}, NOW)
        transaction.set_rollback(True)
    assert not Event.objects.exists()


@pytest.mark.django_db
def test_a_lab_that_is_gone_answers_as_one_that_never_was():
    with pytest.raises(LabGone), lab_write(uuid4()):
        pytest.fail("nothing is written to a lab that is gone")
    assert issubclass(LabGone, Http404)


def test_events_are_counted_for_each_lab_on_its_own(bare_lab, strangers_lab):
    for lab in (bare_lab, strangers_lab, bare_lab):
        log_event(lab, None, "lab.renamed", {}, NOW)
    assert list(bare_lab.events.values_list("seq", flat=True)) == [2, 1]
    assert list(strangers_lab.events.values_list("seq", flat=True)) == [1]


def test_an_event_keeps_what_its_sentence_needs(bare_lab):
    log_event(bare_lab, None, "trusted-ca.appended", {"count": 3}, NOW)
    event = bare_lab.events.get()
    assert (event.code, event.params, event.at_lab) == (
        "trusted-ca.appended",
        {"count": 3},
        "2027-01-14T09:04:00Z",
    )


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("a\x00b", "a\N{REPLACEMENT CHARACTER}b"),
        ("half \ud800", "half ?"),
        ("x" * 10_000, "x" * writing.PARAMETER_CHARACTERS),
    ],
    ids=["NUL", "half a pair", "far too long"],
)
def test_a_hostile_text_in_an_event_is_made_storable(bare_lab, text, kept):
    log_event(bare_lab, None, "lab.server-named", {"fqdn": text}, NOW)
    assert bare_lab.events.get().params == {"fqdn": kept}


def test_only_the_newest_events_of_a_lab_are_kept(bare_lab, strangers_lab, monkeypatch):
    monkeypatch.setattr(writing, "EVENTS_KEPT", 3)
    log_event(strangers_lab, None, "lab.renamed", {}, NOW)
    for _ in range(5):
        log_event(bare_lab, None, "lab.renamed", {}, NOW)
    assert list(bare_lab.events.values_list("seq", flat=True)) == [5, 4, 3]
    assert strangers_lab.events.count() == 1
