"""What the state of a lab costs with 2 and with 12 servers, its overview, and a plan: ratios measured in one run."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from certstore.actions.labs import make_lab
from certstore.models import Lab
from certstore.models.clock import real_now
from certstore.pki.connections import Health
from certstore.pki.releases import Role
from certstore.pki.states import state_of
from certstore.reading.lab_state import lab_view
from certstore.reading.topology import topology_of
from certstore.scenarios import CLUSTERS, recipes
from certstore.scenarios.clusters import clustered
from certstore.scenarios.expressway_pair import ServerPlan
from tests.benchmarks.test_verdict import PAGE_ROUNDS, cost
from tests.planning import document_of, enforce, plan_of
from tests.working import make_working_lab

pytestmark = pytest.mark.benchmark

PEERS = 6


@pytest.fixture
def pair(owner, made_servers) -> Lab:
    """One Expressway of each role: 5 connections."""
    return make_working_lab(owner, made_servers)


@pytest.fixture
def twelve(owner) -> Lab:
    """Six peers of each role, in which everything works: 120 connections."""
    servers = [
        ServerPlan(role, f"exp-{letter}{number}", "example.com", f"192.0.2.{base + number}")
        for role, letter, base in ((Role.EXPRESSWAY_C, "c", 10), (Role.EXPRESSWAY_E, "e", 20))
        for number in range(1, PEERS + 1)
    ]
    plans, names = clustered(servers)
    made = recipes.make(plans, real_now(), clusters=names)
    return make_lab(owner, Lab.Kind.PRACTISE, "Twelve", "X14.3", made=made, recipe=CLUSTERS)


def queries(lab: Lab) -> int:
    with CaptureQueriesContext(connection) as found:
        lab_view(lab, lab.now())
    return len(found)


def test_the_state_of_twelve_servers_beside_that_of_two(pair, twelve):
    print(
        "\n  servers   connections   queries   rows to values   verdicts   (ms, least)   verdicts, ms a connection"
    )
    each, asked = {}, {}
    for lab in (pair, twelve):
        at = lab.now()
        topology = topology_of(lab, at)
        state = state_of(topology)
        assert {one.health for one in state.all} == {Health.WORKS}
        rows = cost(lambda lab=lab, at=at: topology_of(lab, at), PAGE_ROUNDS)
        verdicts = cost(lambda topology=topology: state_of(topology), PAGE_ROUNDS)
        count, servers = len(state.all), lab.expressways.count()
        each[servers], asked[servers] = verdicts / count, queries(lab)
        print(
            f"{servers:>9}   {count:>11}   {asked[servers]:>7}   {rows:>14.1f}   {verdicts:>8.1f}"
            f"                 {each[servers]:>10.2f}"
        )
    print(f"  a connection, 12 servers to 2: {each[12] / each[2]:.2f}")
    assert asked[12] == asked[2]
    assert each[12] <= 2 * each[2]


def test_the_overview_of_twelve_servers_beside_that_of_two(pair, twelve):
    client = Client()
    client.force_login(pair.owner)
    print("\n  servers   overview   state   (ms, least)   overview to state")
    for lab in (pair, twelve):
        page = cost(lambda lab=lab: client.get(reverse("lab", args=[lab.pk])), PAGE_ROUNDS)
        state = cost(lambda lab=lab: lab_view(lab, lab.now()), PAGE_ROUNDS)
        print(f"{lab.expressways.count():>9}   {page:>8.0f}   {state:>5.0f}   {page / state:>30.1f}")


def test_a_plan_of_twelve_servers_beside_one_look_at_the_lab(twelve):
    enforce(twelve)
    look = cost(lambda: lab_view(twelve, twelve.now()), PAGE_ROUNDS)
    whole = cost(lambda: plan_of(twelve), 1)
    steps = len(document_of(twelve.plans.first()).steps)
    print(
        f"\n  {steps} steps in {whole:.0f} ms; one look {look:.0f} ms; a step to a look: {whole / steps / look:.1f}"
    )
    assert document_of(twelve.plans.first()).steps[-1].troubles == ()
