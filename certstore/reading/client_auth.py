"""The page My CA dropped clientAuth in words: what breaks, the ways out, the dates. Nothing is written here."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from certstore.pki.eku_sunset import (
    DATES,
    HIERARCHIES,
    Claim,
    Way,
    WayOut,
    effects,
    hierarchy_standing,
    ways_out,
)
from certstore.pki.facts import CertificateFacts
from certstore.pki.moments import date_text, iso
from certstore.pki.releases import Release, Role
from certstore.wording.attempts import BASES
from certstore.wording.client_auth import (
    EFFECTS,
    HIERARCHY_STANDINGS,
    OWN_STANDINGS,
    PARTS,
    STANDINGS,
    TOLD_EFFECTS,
    WAYS,
    ToldWay,
)
from certstore.wording.eku_sources import EVENTS, SOURCES, WHEN
from certstore.wording.evidence import Sure
from certstore.wording.releases import ROWS, Told


@dataclass(frozen=True, slots=True)
class BreakLine:
    """One part, and what it makes of such a certificate."""

    part: str
    tone: str
    word: str
    text: str
    sure: str


@dataclass(frozen=True, slots=True)
class WayLine:
    """One way out."""

    key: str
    told: ToldWay
    tone: str
    standing: str
    limits: tuple[str, ...]
    sure: str


@dataclass(frozen=True, slots=True)
class ClaimLine:
    """One date, who gives it, and where it stands."""

    on: str
    sources: str
    tone: str
    word: str


@dataclass(frozen=True, slots=True)
class DateLine:
    """What happens, with every date that is given for it."""

    what: str
    claims: tuple[ClaimLine, ...]

    @property
    def is_disputed(self) -> bool:
        """Whether the sources give different dates."""
        return len(self.claims) > 1


def today_of(now: datetime) -> date:
    """The day of a moment, in UTC."""
    return date.fromisoformat(iso(now)[:10])


def asked_of_it(release: Release, role: Role) -> tuple[Told, str]:
    """What a release asks of every server certificate on a role, and how sure that is."""
    field = "client_auth_on_c" if role is Role.EXPRESSWAY_C else "client_auth_on_e"
    told = next(row for row in ROWS if row.field == field).values[release.client_auth(role)]
    return told, _sure(told.sure)


def breaks_later(release: Release, role: Role) -> Iterator[BreakLine]:
    """What such a certificate breaks after the upload, on a server of that release and role."""
    for part, effect in effects(release, role).items():
        told = TOLD_EFFECTS[part, role, effect]
        yield BreakLine(PARTS[part], *EFFECTS[effect], told.text, _sure(told.sure))


def ways_in_words(
    now: datetime, release: Release, role: Role, certificate: CertificateFacts | None
) -> Iterator[WayLine]:
    """The ways out, each with how it stands now."""
    for way in ways_out(now, release, role, certificate):
        told = WAYS[way.way]
        tone, standing = _standing(way)
        limits = (*_hierarchies(now, way), *told.limits)
        yield WayLine(way.way.value, told, tone, standing, limits, _sure(told.sure))


def _standing(way: WayOut) -> tuple[str, str]:
    """How a way stands: the class of its sign, and the words."""
    tone, text = OWN_STANDINGS.get((way.way, way.standing), STANDINGS[way.standing])
    return tone, text.format(ends=date_text(way.ends) if way.ends else "")


def _hierarchies(now: datetime, way: WayOut) -> Iterator[str]:
    """Which hierarchies there are, and until when."""
    if way.way is not Way.OTHER_HIERARCHY:
        return
    for hierarchy in HIERARCHIES:
        claims = DATES[hierarchy.ends] if hierarchy.ends else ()
        until = " or ".join(_day(claim) for claim in claims)
        says = HIERARCHY_STANDINGS[hierarchy_standing(today_of(now), hierarchy)]
        yield f"{hierarchy.issuing} below {hierarchy.root}: {says.format(until=until)}."


def dates_in_words(now: datetime) -> list[DateLine]:
    """Every date there is, in the order in which they come, with where it stands now."""
    today = today_of(now)
    return [
        DateLine(EVENTS[event], tuple(_claim(claim, today) for claim in claims))
        for event, claims in sorted(DATES.items(), key=lambda item: item[1][0].first)
    ]


def _claim(claim: Claim, today: date) -> ClaimLine:
    sources: Sequence[str] = [SOURCES[source] for source in claim.sources]
    return ClaimLine(_day(claim), "; ".join(sources), *WHEN[claim.when(today)])


def _day(claim: Claim) -> str:
    """A day as it is printed, or a month."""
    text = date_text(claim.first.isoformat())
    return text.partition(" ")[2] if claim.is_month else text


def _sure(sure: Sure) -> str:
    """How sure something is, on one line."""
    return f"{BASES[sure.basis]}. {sure.source}"
