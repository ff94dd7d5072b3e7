"""The labs of a person at a glance: what was changed last, what their servers show, what ends. Never writes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from certstore.models import Event, Lab
from certstore.models.clock import shifted
from certstore.pki.moments import days_between, iso
from certstore.reading.alarms import DAYS_AHEAD
from certstore.reading.presented import DAY, Presented, presented_by
from certstore.reading.start_here import begins_new

DAYS_BEFORE_DELETION = 7


@dataclass(frozen=True, slots=True)
class Glance:
    """A lab, its own time, and its servers with what they show to callers."""

    lab: Lab
    now: datetime
    servers: tuple[Presented, ...]


@dataclass(frozen=True, slots=True)
class Ending:
    """A certificate that a server shows and that ends soon, or has ended. `days` are left in its lab's time."""

    glance: Glance
    server: Presented
    days: int
    has_ended: bool


def glances_at(labs: QuerySet[Lab]) -> list[Glance]:
    """These labs, the one that was changed last first: two queries, whatever their number.

    In: labs that `access` handed out. A lab in which nothing happened yet counts from when it was made.
    """
    newest = Event.objects.filter(lab=OuterRef("pk")).order_by("-seq").values("at_real")[:1]
    changed_at = Coalesce(Subquery(newest), "created_at")
    found = list(labs.annotate(changed_at=changed_at).order_by("-changed_at", "-created_at", "pk"))
    servers = presented_by(found)
    return [
        Glance(lab, lab.now(), tuple(server for server in servers if server.lab_id == lab.pk))
        for lab in found
    ]


def endings_among(glances: Sequence[Glance]) -> list[Ending]:
    """The certificates that end within the days in which the product warns, each by its own lab's clock.

    Out: those with the fewest days left first.
    """
    return sorted(_endings(glances), key=lambda ending: (ending.days, ending.server.ends))


def _endings(glances: Sequence[Glance]) -> Iterator[Ending]:
    for glance in glances:
        ahead = shifted(glance.now, DAYS_AHEAD * DAY)
        for server in glance.servers:
            if server.ends_by(ahead):
                days = days_between(iso(glance.now), server.ends)
                yield Ending(glance, server, days, has_ended=server.ends_by(glance.now))


def deleted_soon(glances: Sequence[Glance], real: datetime) -> list[Lab]:
    """The labs that are deleted within a week of a real moment, the nearest end first."""
    ahead = shifted(real, DAYS_BEFORE_DELETION * DAY)
    ending = ((glance.lab.expires_at, glance.lab) for glance in glances if glance.lab.expires_at)
    return [lab for at, lab in sorted(ending, key=lambda pair: pair[0]) if at <= ahead]


def first_task_lab(glances: Sequence[Glance]) -> Lab | None:
    """The lab to do the first task in: the one with new servers that was changed last, or None."""
    return next((glance.lab for glance in glances if begins_new(glance.lab)), None)


def practise_lab(glances: Sequence[Glance]) -> Lab | None:
    """The lab to practise in: the Practise lab that was changed last, or None."""
    labs = (glance.lab for glance in glances if glance.lab.kind == Lab.Kind.PRACTISE)
    return next(labs, None)
