"""The names of one certificate as they are typed into its request."""

from dataclasses import replace

import pytest

from certstore.pki.csr import Place, Typed, appearance
from certstore.pki.name_sheet import (
    Flaw,
    NeededName,
    Presence,
    flaws_of,
    line_of,
    names_in,
    needed_names,
    place_in,
    presence,
    unneeded,
)
from certstore.pki.needed_names import Holder, Need, Why, Without
from certstore.pki.releases import Role
from tests.pki.chains import leaf
from tests.pki.clusters import C1, C2, C_CLUSTER, E1, E2, E_CLUSTER, clusters
from tests.pki.zones import PUBLIC_CA, deployment, known, release

HOLDER = Holder("e1")


def need(*names: str, why: Why = Why.DOMAIN) -> Need:
    return Need(names, why, HOLDER, Without.WARNS)


def needed(*needs: Need, held=()) -> dict[str, int]:
    """Each name that was chosen, and how many look for it."""
    return {name.chosen: len(name.needs) for name in needed_names(needs, held)}


def certificate(*sans: str, name: str = "exp-e1.example.com"):
    return known(leaf(PUBLIC_CA, name, sans=list(sans)).der)


def name(*names: str) -> NeededName:
    return NeededName(names, names[0], (need(*names),))


ALONE = Place(Role.EXPRESSWAY_E, release("X14.3"), "exp-e1.example.com")
PEER = replace(ALONE, cluster=E_CLUSTER, peers=(E1, E2), is_clustered=True)


def test_a_name_stands_once_whatever_its_case_and_the_number_of_reasons():
    assert needed(need("A.example.com"), need("a.EXAMPLE.com", why=Why.OWN)) == {"A.example.com": 2}


def test_of_two_forms_the_plain_one_is_chosen_unless_the_other_is_there():
    either = need("example.com", "collab-edge.example.com")
    assert needed(either) == {"example.com": 1}
    assert needed(either, held=[certificate("COLLAB-EDGE.example.com")]) == {"collab-edge.example.com": 1}
    both = certificate("collab-edge.example.com", "example.com")
    assert needed(either, held=[both]) == {"example.com": 1}
    asked_first = [certificate("collab-edge.example.com"), certificate("example.com")]
    assert needed(either, held=asked_first) == {"collab-edge.example.com": 1}


def test_of_two_forms_the_one_that_is_wanted_anyhow_is_chosen():
    either, alone = (
        need("example.com", "collab-edge.example.com"),
        need("collab-edge.example.com", why=Why.SRV_TARGET),
    )
    assert set(needed(either, alone, held=[certificate("example.com")])) == {"collab-edge.example.com"}


FLAWS = [
    ("exp-e1.example.com", ()),
    ("192.0.2.21", (Flaw.ADDRESS,)),
    ("2001:db8::1", (Flaw.ADDRESS,)),
    ("*.example.com", (Flaw.WILDCARD,)),
    ("exp-e1", (Flaw.NOT_FQDN,)),
    ("exp_e1.example.com", (Flaw.NOT_FQDN,)),
    ("exp-e1.example.com.", (Flaw.NOT_FQDN,)),
    ("exp-e1.example.local", (Flaw.NOT_PUBLIC,)),
    ("exp-e1.corp", (Flaw.NOT_PUBLIC,)),
]


@pytest.mark.parametrize(("typed", "expected"), FLAWS, ids=[typed for typed, _ in FLAWS])
def test_what_is_wrong_with_a_name_is_told(typed, expected):
    assert flaws_of(typed) == expected


def test_a_certificate_has_a_name_as_the_verdicts_see_it():
    assert presence(certificate("EXP-E1.example.com"), name("exp-e1.example.com"), False) is Presence.HAS
    as_common_name = certificate("other.example.com")
    assert presence(as_common_name, name("exp-e1.example.com"), False) is Presence.AS_COMMON_NAME
    assert presence(as_common_name, name("exp-e1.example.com"), True) is Presence.HAS
    assert presence(certificate("*.example.com"), name("a.example.com"), False) is Presence.LACKS
    either = name("example.com", "collab-edge.example.com")
    assert presence(certificate("collab-edge.example.com"), either, False) is Presence.HAS


def test_what_nobody_looks_for_may_go_and_either_form_of_a_domain_stays():
    had = certificate(
        "exp-e1.example.com", "Old.example.com", "old.example.com", "collab-edge.example.com", "*.example.com"
    )
    wanted = [name("EXP-E1.example.com"), name("example.com", "collab-edge.example.com")]
    assert unneeded(had, wanted) == ("Old.example.com", "old.example.com", "*.example.com")
    assert unneeded(had, [*wanted, name("old.EXAMPLE.com"), name("*.example.com")]) == ()


def test_addresses_are_compared_as_addresses_and_other_names_are_left_alone():
    odd = replace(
        certificate("a.example.com"),
        san_other=("IP Address:2001:DB8:0:0:0:0:0:1", "IP Address:192.0.2.9", "othername:1.3.6.1.5.5.7.8.5"),
    )
    assert unneeded(odd, [name("a.example.com"), name("2001:db8::1")]) == ("IP Address:192.0.2.9",)


def test_the_page_adds_the_servers_name_by_itself_and_a_clusters_before_it():
    names = [name("exp-e1.example.com"), name("example.com"), name("join.example.com")]
    line = line_of(ALONE, names)
    assert (line.common_name, line.by_itself) == ("exp-e1.example.com", ("exp-e1.example.com",))
    assert line.text == "example.com, join.example.com"
    line = line_of(PEER, [*names, name("EXP-E.example.com")])
    assert (line.common_name, line.by_itself) == (E_CLUSTER, (E_CLUSTER, E1))
    assert line.text == "example.com, join.example.com"


@pytest.mark.parametrize("place", [ALONE, PEER], ids=["alone", "peer"])
def test_the_line_typed_on_the_page_gives_exactly_the_needed_names(place):
    names = [name(E1), name("example.com"), name("chat.example.com")]
    line = line_of(place, names)
    common_name = "cluster" if place.is_clustered else "server"
    shown = appearance(Typed(common_name=common_name, additional=line.text), place)
    expected = {E1, "example.com", "chat.example.com"} | ({E_CLUSTER} if place.is_clustered else set())
    assert {one.value for one in shown.alternative} == expected
    assert shown.common_name == line.common_name


def test_what_the_page_refuses_stands_apart_from_the_line():
    line = line_of(ALONE, [name("192.0.2.21"), name("exp-e9"), name("*.example.com"), name("a.example.com")])
    assert (line.text, line.left_out) == ("a.example.com", ("192.0.2.21", "exp-e9", "*.example.com"))
    assert line.problems == ()


def test_a_server_without_a_full_name_gets_no_request_at_all():
    codes = [one.finding.code.value for one in line_of(replace(ALONE, fqdn="exp-e1"), ()).problems]
    assert codes == ["csr.not-fqdn"]
    unnamed = line_of(replace(PEER, cluster="exp-e"), ())
    assert [one.finding.code.value for one in unnamed.problems] == ["csr.cluster-name"]
    long = line_of(replace(ALONE, fqdn=f"{'x' * 60}.example.com"), ())
    assert [one.finding.code.value for one in long.problems] == ["csr.too-long"]


def test_beyond_999_characters_older_releases_see_no_names():
    # "DNS:exp-e1.example.com" is 22 characters, and each ", DNS:" before a name 6 more. TechNote 213872: 999.
    labels = "a" * 61
    fits = [f"{labels}{number:02}.{'b' * 63}.{'c' * 56}.example.com" for number in range(4)]
    assert {len(one) for one in fits} == {196}
    last = f"{'d' * 60}.{'e' * 50}.{'f' * 39}.example.com"  # 163, the rest of 999
    line = line_of(ALONE, [name(one) for one in (*fits, last)])
    assert (line.characters, line.is_too_long) == (999, False)
    longer = line_of(ALONE, [name(one) for one in (*fits, f"d{last}")])
    assert (longer.characters, longer.is_too_long) == (1000, True)


def test_a_peers_place_has_its_cluster_and_all_peers_by_their_numbers():
    topology = clusters()
    first, second = topology.controls
    swapped = replace(topology, controls=(replace(first, peer=second.peer), replace(second, peer=first.peer)))
    place = place_in(topology, first)
    assert (place.fqdn, place.cluster, place.peers, place.is_clustered) == (C1, C_CLUSTER, (C1, C2), True)
    assert place_in(swapped, first).peers == (C2, C1)
    alone = place_in(deployment(), deployment().edges[0])
    assert (alone.role, alone.cluster, alone.peers, alone.is_clustered) == (Role.EXPRESSWAY_E, "", (), False)


NAMES = [
    ("", ()),
    ("a.example.com,b.example.com", ("a.example.com", "b.example.com")),
    ("DNS:a.example.com, dns: b.example.com,\n\nDNS:", ("a.example.com", "b.example.com")),
    ("a.example.com, A.example.com", ("A.example.com",)),
    (" , ,", ()),
]


@pytest.mark.parametrize(("text", "expected"), NAMES, ids=["none", "commas", "copied", "twice", "empty"])
def test_names_are_read_as_they_come_out_of_a_certificate(text, expected):
    assert names_in(text) == expected
