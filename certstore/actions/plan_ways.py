"""One order of a plan's steps, tried: its files, what each step came to, and what it costs."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from certstore.actions.attempts import TriedFile
from certstore.actions.check_files import file_name, pem_of
from certstore.actions.plan_steps import step_of
from certstore.actions.try_first import TriedStep, tried
from certstore.models import Lab, User
from certstore.pki.connections import Health
from certstore.pki.plan import Planned, Wanted, order
from certstore.pki.sniff import look_at
from certstore.reading.lab_state import LabView
from certstore.wording.plan import FILE_STEMS

MOST_PLANNED = 120  # six peers a side, relaxed and enforced again, come to fewer


@dataclass(frozen=True, slots=True)
class Way:
    """One order of the steps, and what it came to. Of each step, in order: `files`, `contents`, `tried`."""

    wanted: Wanted
    planned: tuple[Planned, ...]
    files: tuple[TriedFile | None, ...]
    contents: tuple[bytes, ...]
    tried: tuple[TriedStep | None, ...]  # None for what the simulator has no button for
    start: LabView
    at: datetime  # the lab's time before the first step

    @property
    def is_clean(self) -> bool:
        """Whether nothing is refused, and nothing is down but while a server restarts."""
        refused, _, down = self.cost
        return not refused and not down

    @property
    def cost(self) -> tuple[int, int, int]:
        """What is refused, what is down for everybody, what is down at all: the less the better."""
        done = [one for one in self.tried if one is not None]
        nobody = sum(_nobody_signs_in(one) for one in done)
        down = sum(verdict.health is Health.FAILS for one in done for verdict in one.after.state.all)
        return sum(not one.accepted for one in done), nobody, down


def try_way(lab: Lab, wanted: Wanted, user: User) -> Way:
    """Put the steps of a renewal into their order and try them. Nothing of it stays.

    In: the lab, what is wanted, who plans. Raises what `try_first.tried` raises.
    """
    planned = order(wanted)
    hosts = {one.id: one.host for one in wanted.servers}
    contents = tuple(pem_of(one.certificates).encode() if one.has_file else b"" for one in planned)
    files = tuple(_files(planned, contents, hosts))
    steps = [step_of(lab, one, file) for one, file in zip(planned, files, strict=True)]
    trial = tried(lab.pk, [step for step in steps if step], user, most=MOST_PLANNED)
    found = iter(trial.steps)
    outcomes = tuple(next(found) if step else None for step in steps)
    return Way(wanted, planned, files, contents, outcomes, trial.start, trial.at)


def _files(
    planned: Sequence[Planned], contents: Sequence[bytes], hosts: Mapping[str, str]
) -> Iterator[TriedFile | None]:
    """The file of each step that has one, named after what it is and where it goes; no name comes twice."""
    taken: set[str] = set()
    for one, content in zip(planned, contents, strict=True):
        if not content:
            yield None
            continue
        stem = FILE_STEMS[one.deed].format(host=hosts.get(one.server_id, ""))
        name = file_name(f"{stem}.x", ".pem", taken)
        taken.add(name)
        yield TriedFile(name, len(content), hashlib.sha256(content).hexdigest(), look_at(content))


def _nobody_signs_in(step: TriedStep) -> bool:
    """Whether every way in is down while the step's server restarts, or after it."""
    after = [one.health for one in step.after.state.sign_ins]
    down = {(one.kind, one.source, one.target) for one in step.during}
    ways = [(one.kind, one.source, one.target) for one in step.after.state.sign_ins]
    return bool(ways) and (all(way in down for way in ways) or all(one is Health.FAILS for one in after))
