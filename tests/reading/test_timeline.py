"""The line of a lab's time: what ends when, what that breaks, and why; typed by hand."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from certstore.actions.labs import make_lab
from certstore.models import Lab
from certstore.pki.connections import Health
from certstore.pki.facts import decode_crl
from certstore.pki.forge import crl
from certstore.pki.moments import iso
from certstore.pki.states import state_of
from certstore.reading import timeline as reading
from certstore.reading.timeline import MOST_MOMENTS, Turn, stops_of, timeline
from certstore.reading.topology import topology_of
from certstore.scenarios import WORKING
from certstore.scenarios.expressway_pair import EXAMPLE_SERVERS
from tests.pki.chains import END, NOW, START, below, root
from tests.pki.deployments import client, control, deployment, edge, of_edge
from tests.pki.zones import EVERY_CA, PUBLIC_ROOT

CA_3 = below(PUBLIC_ROOT, "Issuing CA 3", end=datetime(2027, 7, 31, 12, tzinfo=UTC))
CA_3_AGAIN = below(PUBLIC_ROOT, "Issuing CA 3", start=datetime(2027, 8, 5, 6, tzinfo=UTC), end=END)


def line(*more_cas, crls=(), tells_why=True):
    """The line of a deployment whose Expressway-E has its certificate from Issuing CA 3."""
    cas = (*EVERY_CA, CA_3, *more_cas)
    whole = deployment(control(cas=cas, crls=crls), edge(of_edge(issuer=CA_3), cas))
    return stops_of(whole, tells_why=tells_why)


def told(stops):
    """When, what, and what it does."""
    return [(iso(one.moment), one.turn.value, one.what) for one in stops]


def names(lines):
    return [f"{one.name}, {one.between}" for one in lines]


def test_the_end_of_an_issuing_ca_breaks_what_looks_at_it_and_is_named():
    first, last = line()
    assert told([first])[0] == ("2027-07-31T12:00:01Z", "breaks", "Issuing CA 3 ends")
    assert names(first.difference.down) == [
        "Traversal zone, exp-c1 to exp-e1",
        "SSH tunnels, exp-c1 to exp-e1",
        "MRA sign-in, Jabber to exp-e1",
    ]
    assert names(first.difference.other) == ["Client connection, Jabber to exp-e1"]
    assert first.difference.down[0].why == (
        "exp-c1.example.com does not accept the certificate of exp-e1.example.com: a certificate of its chain has "
        "expired"
    )
    assert iso(last.moment) == "2027-11-23T12:00:01Z"


def test_its_successor_brings_back_what_it_broke_from_the_day_on_which_it_begins():
    breaks, returns, _ = line(CA_3_AGAIN)
    assert told([breaks, returns]) == [
        ("2027-07-31T12:00:01Z", "breaks", "Issuing CA 3 ends"),
        ("2027-08-05T06:00:00Z", "returns", "Issuing CA 3 begins"),
    ]
    assert names(returns.difference.up) == names(breaks.difference.down)


def test_the_second_before_everything_still_works():
    whole = deployment(control(cas=(*EVERY_CA, CA_3)), edge(of_edge(issuer=CA_3), (*EVERY_CA, CA_3)))
    last = state_of(replace(whole, at=line()[0].moment - timedelta(seconds=1)))
    assert {one.health for one in last.all} == {Health.WORKS}


def listed(count):
    """CRLs of the public root, one ending each day."""
    days = (NOW + timedelta(days=number) for number in range(1, count + 1))
    return [decode_crl(crl.as_der(crl.revocation_list(PUBLIC_ROOT, [], START, day))) for day in days]


def test_the_end_of_a_crl_is_on_the_line_and_breaks_nothing_where_nobody_asks_it():
    first = line(crls=listed(1))[0]
    assert told([first]) == [("2026-11-24T12:00:01Z", "nothing", "the CRL of CN=Public Root ends")]


def test_the_line_ends_after_so_many_moments():
    assert len(line(crls=listed(MOST_MOMENTS + 5))) == MOST_MOMENTS


def test_and_sooner_where_there_are_many_connections(monkeypatch):
    monkeypatch.setattr(reading, "MOST_VERDICTS", 1)
    assert len(line(crls=listed(MOST_MOMENTS))) == reading.FEWEST_MOMENTS


def test_what_ends_in_eleven_years_is_not_on_it():
    late = root("Late Root", end=datetime(2037, 12, 1, tzinfo=UTC))
    whole = deployment(control(), edge(), client=client((late,)))
    assert all(one.moment.year < 2037 for one in stops_of(whole, tells_why=True))


def test_where_our_column_tells_nothing_the_line_says_when_and_not_why():
    first = line(tells_why=False)[0]
    assert first.turn is Turn.BREAKS
    assert first.what == ""
    assert {one.why for one in first.difference.down} == {""}


@pytest.fixture
def working(owner, made_servers):
    return make_lab(
        owner, Lab.Kind.PRACTISE, "W", "X14.3", EXAMPLE_SERVERS, made=made_servers, recipe=WORKING
    )


def test_the_line_asks_the_database_no_more_than_one_look_at_the_lab(working):
    with CaptureQueriesContext(connection) as once:
        topology_of(working, working.now())
    with CaptureQueriesContext(connection) as queries:
        stops = timeline(working, working.now(), tells_why=True)
    assert stops[0].turn is Turn.BREAKS
    assert len(queries) == len(once)


def test_of_a_lab_far_ahead_nothing_is_left_to_end(working):
    assert timeline(working, datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC), tells_why=True) == ()
