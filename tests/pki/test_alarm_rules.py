"""Which alarms the connections raise, on which server, and what a person acknowledges."""

from datetime import UTC, datetime
from enum import StrEnum

import pytest

from certstore.pki.alarm_rules import RaisedAlarm, alarms_of_state
from certstore.pki.codes import Code
from certstore.pki.connections import Health, Kind, LabState, Reason, Verdict
from certstore.pki.dns import Dns
from certstore.pki.findings import Finding, Severity
from certstore.pki.releases import DEFAULT_RELEASE, Role, SameSubject, Switches
from certstore.pki.settings import ZoneSettings
from certstore.pki.topology import Expressway, Topology
from certstore.wording.alarms import ALARMS
from tests.pki.chains import facts, in_list, root

SHOWN = facts(root("Root"))


class Later(StrEnum):
    """Codes of the tunnels, as their verdicts have them."""

    NO_PTR = "tunnels.no-ptr"
    PTR_NOT_A_NAME = "tunnels.ptr-not-a-name"


def expressway(name: str, role: Role, address: str, domain: str = "example.com") -> Expressway:
    zone = ZoneSettings(name=f"zone of {name}", username="u", password="p", peers=("exp-e1.example.com",))
    return Expressway(
        id=name,
        role=role,
        host=name,
        domain=domain,
        address=address,
        trust=in_list(),
        server=SHOWN,
        client=SHOWN,
        zone=zone,
    )


C1, C2 = (expressway(f"exp-c{n}", Role.EXPRESSWAY_C, f"192.0.2.{n}") for n in (1, 2))
E1, E2 = (expressway(f"exp-e{n}", Role.EXPRESSWAY_E, f"203.0.113.{n}") for n in (1, 2))


def topology(controls=(C1,), edges=(E1, E2)) -> Topology:
    return Topology(
        release=DEFAULT_RELEASE,
        same_subject=SameSubject.FIRST,
        cn_counts=False,
        switches=Switches(),
        at=datetime(2027, 1, 14, tzinfo=UTC),
        controls=controls,
        edges=edges,
        cucms=(),
        client=None,
        dns=Dns({}, {}),
    )


def state(zones=(), tunnels=()) -> LabState:
    return LabState(tuple(zones), tuple(tunnels), (), (), ())


def zone(source=C1, target=E1, health=Health.FAILS) -> Verdict:
    return Verdict(Kind.ZONE, source.id, target.id, health)


def tunnel(source=C1, target=E1, health=Health.FAILS, reasons=()) -> Verdict:
    return Verdict(Kind.TUNNELS, source.id, target.id, health, tuple(reasons))


def reason(code, by=C1, about=E1, **told) -> Reason:
    return Reason(Finding(code, Severity.REFUSE, told), by.id, about.id)


def raised(found: LabState, server: Expressway, deployment: Topology | None = None) -> list[tuple]:
    alarms = alarms_of_state(found, deployment or topology(), server.id)
    return [(alarm.name, alarm.subject, dict(alarm.parameters)) for alarm in alarms]


@pytest.mark.parametrize("health", [Health.WORKS, Health.WARNS, Health.OFF])
def test_what_does_not_fail_raises_nothing(health):
    found = state([zone(health=health)], [tunnel(health=health)])
    assert raised(found, C1) == raised(found, E1) == []


def test_a_zone_that_fails_raises_45010_where_the_peer_address_is_set_and_nowhere_else():
    found = state([zone()])
    assert raised(found, C1) == [("45010", "zone of exp-c1", {})]
    assert raised(found, E1) == []
    assert raised(found, C2, topology(controls=(C1, C2))) == []


def test_two_peers_of_a_zone_raise_one_alarm():
    assert raised(state([zone(), zone(target=E2)]), C1) == [("45010", "zone of exp-c1", {})]
    assert raised(state([zone(), zone(target=E2, health=Health.WORKS)]), C1) == [
        ("45010", "zone of exp-c1", {})
    ]


def test_tunnels_that_fail_raise_35013_on_both_sides_with_the_hosts_across():
    found = state(tunnels=[tunnel(), tunnel(target=E2)])
    hosts = "exp-e1.example.com, exp-e2.example.com"
    assert raised(found, C1) == [("35013", hosts, {"hosts": hosts})]
    assert raised(found, E2) == [("35013", "exp-c1.example.com", {"hosts": "exp-c1.example.com"})]


def test_another_host_is_another_alarm_to_acknowledge():
    one = alarms_of_state(state(tunnels=[tunnel()]), topology(), C1.id)
    both = alarms_of_state(state(tunnels=[tunnel(), tunnel(target=E2)]), topology(), C1.id)
    assert {alarm.subject for alarm in one}.isdisjoint({alarm.subject for alarm in both})


def test_the_hosts_are_cut_at_200_characters():
    edges = tuple(expressway(f"exp-e{n}", Role.EXPRESSWAY_E, f"203.0.113.{n}") for n in range(20, 40))
    found = state(tunnels=[tunnel(target=edge) for edge in edges])
    [(_, subject, parameters)] = raised(found, C1, topology(edges=edges))
    assert parameters["hosts"] == subject
    assert len(subject) == 200
    assert subject.endswith("…")


def test_a_hostile_name_cannot_begin_a_line():
    edge = expressway("exp-e1", Role.EXPRESSWAY_E, "203.0.113.1", domain="a\nb\u202e.example")
    [(_, subject, _)] = raised(state(tunnels=[tunnel(target=edge)]), C1, topology(edges=(edge,)))
    assert subject == r"exp-e1.a\u000Ab\u202E.example"


@pytest.mark.parametrize(("code", "number"), [(Later.NO_PTR, "25030"), (Later.PTR_NOT_A_NAME, "25031")])
def test_a_reverse_lookup_that_fails_has_its_alarm_on_the_side_that_looks(code, number):
    found = state(tunnels=[tunnel(reasons=[reason(code, address="203.0.113.1")])])
    told = {"address": "203.0.113.1"}
    assert raised(found, C1)[0] == (number, "203.0.113.1", told)
    assert [name for name, _, _ in raised(found, C1)] == [number, "35013"]
    assert [name for name, _, _ in raised(found, E1)] == ["35013"]


def test_without_an_address_of_its_own_it_is_the_other_server_s():
    found = state(tunnels=[tunnel(target=E2, reasons=[reason(Later.NO_PTR, about=E2)])])
    assert raised(found, C1)[0][1] == "203.0.113.2"


def test_the_same_address_raises_one_alarm():
    looked = reason(Later.NO_PTR, address="203.0.113.1")
    found = state(tunnels=[tunnel(reasons=[looked, looked]), tunnel(target=E2, reasons=[looked])])
    assert [name for name, _, _ in raised(found, C1)] == ["25030", "35013"]


def test_another_reason_has_no_alarm_of_its_own():
    found = state(tunnels=[tunnel(reasons=[reason(Code.CHAIN_ISSUER_MISSING)])])
    assert [name for name, _, _ in raised(found, C1)] == ["35013"]


def test_alarms_come_in_the_order_of_their_numbers_and_each_has_its_text():
    looked = [
        reason(Later.PTR_NOT_A_NAME, address="203.0.113.2"),
        reason(Later.NO_PTR, address="203.0.113.1"),
    ]
    alarms = alarms_of_state(state([zone()], [tunnel(reasons=looked)]), topology(), C1.id)
    assert [alarm.name for alarm in alarms] == ["25030", "25031", "35013", "45010"]
    for alarm in alarms:
        assert "{" not in ALARMS[alarm.name].description.fill(**alarm.parameters)


def test_a_server_that_is_no_expressway_raises_nothing():
    assert alarms_of_state(state([zone()], [tunnel()]), topology(), "cucm") == ()
    assert RaisedAlarm("15028").subject == ""
