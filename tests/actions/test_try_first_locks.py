"""While something is tried nobody else writes to the lab; afterwards everybody may, whatever happened."""

import fcntl
import threading
from pathlib import Path

import pytest
from django.db import OperationalError, connection, connections, transaction

from certstore.actions import labs, steps
from certstore.actions.steps import Step, StepKind
from certstore.actions.try_first import tried
from certstore.models import Lab, User, writer

pytestmark = pytest.mark.django_db(transaction=True)

SET_RELEASE = Step(StepKind.RELEASE, values={"release": "X15.5"})


@pytest.fixture
def bare_lab(transactional_db) -> Lab:
    return Lab.objects.create(owner=User.objects.create_user("ann"), name="bare")


def in_the_middle(monkeypatch, look):
    """Have something done after the step's own action, before anything is taken back."""
    does = steps.DO[StepKind.RELEASE]

    def act(trying):
        answer = does(trying)
        look()
        return answer

    monkeypatch.setitem(steps.DO, StepKind.RELEASE, act)


@pytest.mark.parametrize("fails", [False, True], ids=["it ends", "it raises"])
def test_the_queue_of_writers_is_held_while_it_is_tried_and_left_after(
    bare_lab, tmp_path, monkeypatch, fails
):
    if connection.vendor != "sqlite":
        pytest.skip("only SQLite has the queue")
    file = tmp_path / "lab.sqlite3"
    monkeypatch.setattr(writer, "database_file", lambda: file)
    held = []

    def look():
        held.append(not is_free(Path(f"{file}.queue")))
        if fails:
            raise ZeroDivisionError

    in_the_middle(monkeypatch, look)
    if fails:
        with pytest.raises(ZeroDivisionError):
            tried(bare_lab.pk, [SET_RELEASE], bare_lab.owner)
    else:
        tried(bare_lab.pk, [SET_RELEASE], bare_lab.owner)
    assert held == [True]
    assert is_free(Path(f"{file}.queue"))
    assert not connection.in_atomic_block


def is_free(queue):
    with queue.open("a") as opened:
        try:
            fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
    return True


def test_the_lab_is_locked_and_others_see_it_as_it_was(bare_lab, monkeypatch):
    if not connection.features.has_select_for_update_nowait:
        pytest.skip("only a database with locks of rows can be asked")
    seen = []

    def somebody_else():
        seen.append(Lab.objects.get(pk=bare_lab.pk).release)
        try:
            with transaction.atomic():
                Lab.objects.select_for_update(nowait=True).get(pk=bare_lab.pk)
        except OperationalError:
            seen.append("locked")
        connections.close_all()

    def look():
        thread = threading.Thread(target=somebody_else)
        thread.start()
        thread.join()

    in_the_middle(monkeypatch, look)
    trial = tried(bare_lab.pk, [SET_RELEASE], bare_lab.owner)
    assert trial.steps[0].after.topology.release.name == "X15.5"
    assert seen == ["X14.3", "locked"]
    look()
    assert seen[2:] == ["X14.3"]


def test_a_write_right_after_finds_the_lab_as_it_was_before(bare_lab):
    tried(bare_lab.pk, [SET_RELEASE], bare_lab.owner)
    labs.set_cn_counts(bare_lab.pk, True)
    lab = Lab.objects.get(pk=bare_lab.pk)
    assert (lab.release, lab.cn_counts, lab.version) == ("X14.3", True, 2)
    assert list(lab.events.values_list("seq", "code")) == [(1, "lab.cn-counts")]
