"""One server out of what was brought of it, and several together."""

from dataclasses import replace

import pytest

from certstore.pki.boxes.box import Missing, Origin, box_of
from certstore.pki.boxes.deployment import Misfit, deployment_of
from certstore.pki.boxes.lines import configuration_values, status_values
from certstore.pki.boxes.parts import RawBox
from certstore.pki.releases import Role
from tests.box_dumps import (
    cluster,
    pki,
    server_certificate,
    system,
    traversal_client,
    traversal_server,
    xconfiguration,
    xstatus,
)
from tests.pki.chains import facts


@pytest.fixture(scope="module")
def cas():
    return pki()


def raw(*lines: tuple[str, str], release: str = "", **fields) -> RawBox:
    values = configuration_values(xconfiguration(*lines))
    values |= status_values(xstatus(release)) if release else {}
    return RawBox(fields.pop("label", "archive.tar.gz"), values=values, **fields)


def edge(number: int, *, peers: tuple[str, ...] = (), release: str = "") -> RawBox:
    lines = [
        *system(f"exp-e{number}", address=f"198.51.100.2{number}"),
        *traversal_server(1, "exp-c.rehearse.test"),
    ]
    return raw(*lines, *(cluster("exp-e.rehearse.test", *peers) if peers else []), release=release)


def test_a_whole_archive_leaves_nothing_to_ask_for(cas):
    own = server_certificate(cas.issuing, "exp-e1.rehearse.test")
    box = box_of(replace(edge(1, release="X14.3.4"), servers=(own.der,), listed=(cas.root.der,)))
    assert (box.fqdn, box.name_from) == ("exp-e1.rehearse.test", Origin.CONFIGURATION)
    assert (box.role, box.role_from) == (Role.EXPRESSWAY_E, Origin.CONFIGURATION)
    assert (box.server, box.missing, box.can_be_made) == (facts(own), (), True)


def test_the_zone_says_the_role_whatever_the_certificate_looks_like(cas):
    alone = server_certificate(cas.issuing, "exp-e1.rehearse.test")
    assert box_of(RawBox("a", servers=(alone.der,))).role is Role.EXPRESSWAY_C, (
        "inferred: it names itself alone"
    )
    assert box_of(replace(edge(1), servers=(alone.der,))).role is Role.EXPRESSWAY_E


def test_what_the_person_says_wins():
    box = box_of(replace(edge(1), said_name="other.rehearse.test", said_role=Role.EXPRESSWAY_C))
    assert (box.fqdn, box.name_from) == ("other.rehearse.test", Origin.SAID)
    assert (box.role, box.role_from) == (Role.EXPRESSWAY_C, Origin.SAID)
    assert box.zone is None, "its zone is one of the other role"


@pytest.mark.parametrize(
    ("lines", "name"),
    [
        ([("SystemUnit Name", "exp-e1"), ("IP DNS Domain Name", "rehearse.test")], "exp-e1.rehearse.test"),
        ([("SystemUnit Name", "exp-e1.rehearse.test")], "exp-e1.rehearse.test"),
        ([("SystemUnit Name", "The edge"), ("IP DNS Domain Name", "rehearse.test")], ""),
        ([("SystemUnit Name", "exp-e1")], ""),
        ([("IP DNS Hostname", "exp-e1"), ("IP DNS Domain Name", "local")], "exp-e1.local"),
    ],
    ids=["name-and-domain", "whole-name", "no-host-name", "no-domain", "one-level-domain"],
)
def test_a_name_is_put_together_from_what_is_there(lines, name):
    assert box_of(raw(*lines)).fqdn == name


def test_a_certificate_names_its_server_where_nothing_else_does(cas):
    box = box_of(RawBox("a", servers=(server_certificate(cas.issuing, "Exp-E1.rehearse.test").der,)))
    assert (box.fqdn, box.name_from) == ("exp-e1.rehearse.test", Origin.CERTIFICATE)


def test_what_is_missing_is_said_the_gravest_first():
    assert box_of(RawBox("a", listed=())).missing == (
        Missing.NAME,
        Missing.ROLE,
        Missing.SERVER_CERTIFICATE,
        Missing.CONFIGURATION,
        Missing.RELEASE,
    )
    assert box_of(raw(*system("exp-c1"))).missing == (
        Missing.ROLE,
        Missing.SERVER_CERTIFICATE,
        Missing.TRUST_LIST,
        Missing.ZONE,
        Missing.RELEASE,
    )


def test_what_cannot_be_decoded_is_counted_and_left_out(cas):
    box = box_of(RawBox("a", listed=(cas.root.der, b"\x30\x00"), servers=(b"x",), crls=(b"y",)))
    assert (box.trust, box.server, box.crls, box.unreadable) == ((facts(cas.root),), None, (), 3)


def test_two_edges_are_peers_in_the_order_of_their_configuration():
    peers = ("198.51.100.22", "198.51.100.21")
    found = deployment_of([box_of(edge(1, peers=peers)), box_of(edge(2, peers=peers))])
    (one,) = found.clusters
    assert (one.role, one.fqdn) == (Role.EXPRESSWAY_E, "exp-e.rehearse.test")
    assert [(member.number, member.box.host) for member in one.members] == [(1, "exp-e2"), (2, "exp-e1")]


def test_two_of_a_role_without_a_configuration_are_peers_in_the_order_they_came():
    boxes = [
        box_of(RawBox("a", said_name=f"c{n}.rehearse.test", said_role=Role.EXPRESSWAY_C)) for n in (1, 2)
    ]
    (one,) = deployment_of(boxes).clusters
    assert [(member.number, member.address) for member in one.members] == [
        (1, "c1.rehearse.test"),
        (2, "c2.rehearse.test"),
    ]


def test_a_peer_that_nobody_brought_is_named():
    found = deployment_of([box_of(edge(1, peers=("198.51.100.21", "exp-e2.rehearse.test")))])
    assert [(one.misfit, one.name) for one in found.told] == [
        (Misfit.NO_PARTNER, "expressway-c"),
        (Misfit.PEER_MISSING, "exp-e2.rehearse.test"),
    ]
    assert found.can_be_made, "both are only told"


def test_a_single_server_is_no_cluster():
    assert deployment_of([box_of(edge(1))]).clusters == ()
    assert deployment_of([box_of(edge(1, peers=("198.51.100.21",)))]).clusters == ()


def test_the_release_is_the_first_one_that_is_known_and_another_is_told():
    boxes = [box_of(edge(1)), box_of(edge(2, release="X14.3.4")), box_of(edge(3, release="X15.3"))]
    found = deployment_of(boxes)
    assert found.release == "X14.3.4"
    assert (Misfit.OTHER_RELEASE, "exp-e3.rehearse.test", "X15.3") in [
        (one.misfit, one.name, one.other) for one in found.told
    ]
    assert deployment_of(boxes, "X15.5").release == "X15.5"
    assert deployment_of([]).release == "X14.3"


def test_servers_without_name_or_role_and_too_many_of_them_make_no_lab():
    nameless = deployment_of([box_of(RawBox("a", listed=()))])
    assert [one.misfit for one in nameless.told] == [Misfit.NO_NAME, Misfit.NO_ROLE]
    assert not nameless.can_be_made
    assert not deployment_of([]).can_be_made
    seven = [box_of(edge(number)) for number in range(1, 8)]
    assert Misfit.TOO_MANY in [one.misfit for one in deployment_of(seven).told]
    assert Misfit.TOO_MANY not in [one.misfit for one in deployment_of(seven[:6]).told]


def test_both_sides_are_a_whole_deployment():
    inner = box_of(raw(*system("exp-c1"), *traversal_client(1, "exp-e1.rehearse.test")))
    found = deployment_of([inner, box_of(edge(1))])
    assert found.told == ()
    assert found.of_role(Role.EXPRESSWAY_C) == (inner,)
