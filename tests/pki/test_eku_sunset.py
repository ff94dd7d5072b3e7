"""The end of client authentication: dates on both sides of each, the ways out, what breaks later."""

from datetime import UTC, date, datetime

import pytest

from certstore.pki.eku_sunset import (
    DATES,
    HIERARCHIES,
    Effect,
    Event,
    Part,
    Standing,
    Way,
    When,
    allows_client_auth,
    effects,
    hierarchy_standing,
    ways_out,
)
from certstore.pki.facts import decode_certificate
from certstore.pki.forge.shape import CLIENT_AUTH, SERVER_AUTH
from certstore.pki.releases import Role
from tests.pki.server_cases import LEAF_END, make_pki, release

C, E = Role.EXPRESSWAY_C, Role.EXPRESSWAY_E
DIGICERT, IDENTRUST = HIERARCHIES


@pytest.fixture(scope="module")
def pki():
    return make_pki()


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def standing(way: Way, now: str, name: str = "X14.3", role: Role = E, certificate=None) -> Standing:
    found = {one.way: one for one in ways_out(at(now), release(name), role, certificate)}
    return found[way].standing


# Every date, typed by hand from the list of events with its sources: first day, last day, who says so.
TYPED = {
    Event.SECTIGO_DEFAULT: ["2025-09-15", "2025-10-07", "2025-10-14"],
    Event.DIGICERT_DEFAULT: ["2025-10-01"],
    Event.LETS_ENCRYPT_CLIENT_OPENS: ["2025-10-01"],
    Event.X15_4: ["2026-02-01/2026-02-28"],
    Event.LETS_ENCRYPT_CLASSIC: ["2026-02-11"],
    Event.VALIDITY_200: ["2026-03-15"],
    Event.X15_5: ["2026-04-01/2026-04-30", "2026-05-01/2026-05-31"],
    Event.DIGICERT_ENDS: ["2026-05-15", "2027-03-01"],
    Event.SECTIGO_ENDS: ["2026-05-15", "2027-02-10"],
    Event.GODADDY_ENDS: ["2026-06-15"],
    Event.CHROME_NEW_CAS: ["2026-06-15"],
    Event.CHROME_LEAVES: ["2026-06-01/2026-06-30", "2027-03-01/2027-03-31", "2027-03-15"],
    Event.LETS_ENCRYPT_CLIENT_CLOSES: ["2026-07-08"],
    Event.VALIDITY_100: ["2027-03-15"],
    Event.VALIDITY_47: ["2029-03-15"],
}


@pytest.mark.parametrize("event", list(Event))
def test_a_date_is_the_one_that_its_sources_give(event):
    given = []
    for claim in DATES[event]:
        assert claim.sources
        given.append(f"{claim.first}/{claim.last}" if claim.is_month else str(claim.first))
    assert given == TYPED[event]


@pytest.mark.parametrize("event", list(Event))
def test_each_date_is_ahead_the_day_before_now_on_it_and_past_the_day_after(event):
    for claim in DATES[event]:
        before = date.fromordinal(claim.first.toordinal() - 1)
        after = date.fromordinal(claim.last.toordinal() + 1)
        days = (before, claim.first, claim.last, after)
        assert [claim.when(day) for day in days] == [When.AHEAD, When.NOW, When.NOW, When.PAST]


# DigiCert: 15 May 2026 by a blog, 1 March 2027 by DigiCert itself.
@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2026-05-14", Standing.OPEN),
        ("2026-05-15", Standing.DISPUTED),
        ("2027-02-28", Standing.DISPUTED),
        ("2027-03-01", Standing.OVER),
    ],
)
def test_a_hierarchy_whose_end_is_disputed_is_so_between_the_two_dates(day, expected):
    assert hierarchy_standing(date.fromisoformat(day), DIGICERT) is expected
    assert hierarchy_standing(date.fromisoformat(day), IDENTRUST) is Standing.UNKNOWN


@pytest.mark.parametrize(
    ("way", "now", "expected"),
    [
        (Way.OTHER_HIERARCHY, "2026-05-14T23:59:59", Standing.OPEN),
        (Way.OTHER_HIERARCHY, "2026-05-15T00:00:00", Standing.DISPUTED),
        (Way.OTHER_HIERARCHY, "2027-02-28T23:59:59", Standing.DISPUTED),
        (Way.OTHER_HIERARCHY, "2027-03-01T00:00:00", Standing.UNKNOWN),
        # X15.4: February 2026, no day given.
        (Way.X15_4, "2026-01-31T23:59:59", Standing.NOT_YET),
        (Way.X15_4, "2026-02-01T00:00:00", Standing.DISPUTED),
        (Way.X15_4, "2026-02-28T23:59:59", Standing.DISPUTED),
        (Way.X15_4, "2026-03-01T00:00:00", Standing.OPEN),
        # X15.5: April 2026 on its guides, May 2026 in the notes.
        (Way.X15_5, "2026-03-31T23:59:59", Standing.NOT_YET),
        (Way.X15_5, "2026-04-01T00:00:00", Standing.DISPUTED),
        (Way.X15_5, "2026-05-31T23:59:59", Standing.DISPUTED),
        (Way.X15_5, "2026-06-01T00:00:00", Standing.OPEN),
    ],
)
def test_a_way_stands_otherwise_on_the_two_sides_of_its_dates(way, now, expected):
    assert standing(way, now) is expected


def test_the_day_is_the_one_in_utc_whatever_zone_the_moment_is_in():
    late = datetime.fromisoformat("2027-02-28T20:00:00-05:00")
    found = {one.way: one.standing for one in ways_out(late, release("X14.3"), E, None)}
    assert found[Way.OTHER_HIERARCHY] is Standing.UNKNOWN


# Release, role: the private CA, X15.4, X15.5. TechNotes 225482 and 225693; phones outside: TechNote 213872.
BY_SERVER = [
    ("X14.3", C, Standing.OPEN, Standing.PARTLY, Standing.OPEN),
    ("X14.3", E, Standing.PARTLY, Standing.OPEN, Standing.OPEN),
    ("X15.3", E, Standing.PARTLY, Standing.OPEN, Standing.OPEN),
    ("X15.4", C, Standing.OPEN, Standing.PARTLY, Standing.OPEN),
    ("X15.4", E, Standing.PARTLY, Standing.THERE, Standing.OPEN),
    ("X15.5", C, Standing.OPEN, Standing.OVER, Standing.THERE),
    ("X15.5", E, Standing.PARTLY, Standing.OVER, Standing.THERE),
]


@pytest.mark.parametrize(("name", "role", "private", "older", "newer"), BY_SERVER)
def test_a_way_stands_by_release_and_role(name, role, private, older, newer):
    found = [standing(way, "2026-11-25", name, role) for way in (Way.PRIVATE_CA, Way.X15_4, Way.X15_5)]
    assert found == [private, older, newer]


def test_the_present_certificate_can_be_kept_to_its_last_second(pki):
    both = decode_certificate(pki.leaf().der)
    end = LEAF_END.isoformat()[:19]
    assert standing(Way.KEEP, end, certificate=both) is Standing.OPEN
    assert standing(Way.KEEP, end[:-2] + "01", certificate=both) is Standing.OVER


@pytest.mark.parametrize(
    ("ekus", "allows", "expected"),
    [
        ([SERVER_AUTH, CLIENT_AUTH], True, Standing.OPEN),
        ([CLIENT_AUTH], True, Standing.OPEN),
        (None, True, Standing.OPEN),
        ([SERVER_AUTH], False, Standing.UNKNOWN),
    ],
    ids=["both", "client", "no-extension", "server"],
)
def test_only_a_certificate_that_allows_it_is_one_to_keep(pki, ekus, allows, expected):
    certificate = decode_certificate(pki.leaf(ekus=ekus).der)
    assert allows_client_auth(certificate) is allows
    assert standing(Way.KEEP, "2026-11-25", certificate=certificate) is expected


def test_without_a_certificate_nobody_can_tell_how_long_it_may_be_kept():
    assert standing(Way.KEEP, "2026-11-25") is Standing.UNKNOWN


WORKS, FAILS, BY_SWITCH, BY_CLIENT = list(Effect)
# Traversal zone, SSH tunnels, SIP SERVICE, neighbor zones, cluster database. TechNotes 225482 (cases 29, 32 and 33
# of the collected ones), 225693 (test cases 1, 2) and 213872.
BREAKS = [
    ("X14.3", C, [FAILS, FAILS, WORKS, FAILS, FAILS]),
    ("X14.3", E, [WORKS, WORKS, FAILS, FAILS, FAILS]),
    ("X15.3", C, [FAILS, FAILS, WORKS, FAILS, FAILS]),
    ("X15.3", E, [WORKS, WORKS, FAILS, FAILS, FAILS]),
    ("X15.4", C, [FAILS, FAILS, WORKS, FAILS, WORKS]),
    ("X15.4", E, [WORKS, WORKS, WORKS, FAILS, WORKS]),
    ("X15.5", C, [BY_SWITCH, FAILS, WORKS, BY_CLIENT, WORKS]),
    ("X15.5", E, [WORKS, WORKS, WORKS, BY_CLIENT, WORKS]),
]


@pytest.mark.parametrize(("name", "role", "expected"), BREAKS)
def test_what_breaks_later_is_what_the_notes_say(name, role, expected):
    found = effects(release(name), role)
    assert list(found) == list(Part)
    assert list(found.values()) == expected
