"""The order of a renewal's steps: who needs which CA, one side after the other, a cluster one peer after the other."""

from dataclasses import replace

import pytest
from cryptography import x509

from certstore.pki.dns import Question, RecordType
from certstore.pki.forge.shape import CLIENT_AUTH, SERVER_AUTH
from certstore.pki.plan import Deed, Renewal, Wanted, becomes_client, chain_above, every_ca, old_cas, order
from certstore.pki.settings import Revocation
from tests.pki.chains import below, root
from tests.pki.clusters import C1, C2, E1, E2, clusters, of_peer, peer
from tests.pki.deployments import PTR_OF_E, control, deployment, edge, link, of_edge
from tests.pki.zones import (
    E_ADDRESS,
    EVERY_CA,
    PUBLIC_ROOT,
    known,
    of_c,
    release,
    trusting,
)

NEW_ROOT = root("New Root")
NEW_CA = below(NEW_ROOT, "New CA")
FROM_NEW = (known(NEW_CA.der), known(NEW_ROOT.der))
OLD = frozenset(known(ca.der).sha256 for ca in EVERY_CA)


def held_by(topology, *, expressways=OLD, unified_cm=frozenset(), clients=frozenset()):
    """What the lists hold, by the CAs' SHA-256."""
    found = {(one.id, Deed.TRUST): expressways for one in (*topology.controls, *topology.edges)}
    for one in topology.cucms:
        found |= {(one.cucm.id, deed): unified_cm for deed in (Deed.TOMCAT_TRUST, Deed.CALLMANAGER_TRUST)}
    return found | ({(topology.client.id, Deed.CLIENTS): clients} if topology.client else {})


def renewal(server, made, **changed):
    return Renewal(server, known(made.der), FROM_NEW, **changed)


def of_edge_by_new(topology):
    return renewal(topology.edges[0], of_edge(issuer=NEW_CA))


def of_control_by_new(topology):
    return renewal(topology.controls[0], of_c(NEW_CA))


def steps(topology, *renewals, **changed):
    """Deed and server of every step."""
    held = changed.pop("held", held_by(topology))
    return [(one.deed.value, one.server_id) for one in order(Wanted(topology, renewals, held, **changed))]


def step(topology, deed, *renewals, **changed):
    """The first step of a kind."""
    held = changed.pop("held", held_by(topology))
    found = order(Wanted(topology, renewals, held, **changed))
    return next(one for one in found if one.deed is deed)


def subjects(planned):
    return [facts.common_names[0] for facts in planned.certificates]


# Typed by hand after TechNote 218034: backup, CAs on both sides and on Unified CM, certificate, restart.
def test_both_sides_of_a_pair_in_the_order_of_the_technote():
    topology = deployment()
    assert steps(topology, of_edge_by_new(topology), of_control_by_new(topology)) == [
        ("backup", ""),
        ("trust", "e1"),
        ("trust", "c1"),
        ("tomcat-trust", "u1"),
        ("callmanager-trust", "u1"),
        ("services", "u1"),
        ("clients", "j1"),
        ("upload", "e1"),
        ("restart", "e1"),
        ("upload", "c1"),
        ("restart", "c1"),
        ("check", ""),
        ("clean", "e1"),
        ("clean", "c1"),
    ]


def test_the_other_side_can_be_first():
    topology = deployment()
    both = of_edge_by_new(topology), of_control_by_new(topology)
    wanted = steps(topology, *both, edge_first=False)
    assert wanted.index(("restart", "c1")) < wanted.index(("upload", "e1"))


def test_nothing_new_is_no_plan():
    assert order(Wanted(deployment(), (), {})) == ()


def test_only_expressway_c_concerns_unified_cm_and_only_expressway_e_the_clients():
    topology = deployment()
    edge_alone = {deed for deed, _ in steps(topology, of_edge_by_new(topology))}
    control_alone = {deed for deed, _ in steps(topology, of_control_by_new(topology))}
    assert not edge_alone & {"tomcat-trust", "callmanager-trust", "services"}
    assert "clients" in edge_alone
    assert control_alone >= {"tomcat-trust", "callmanager-trust", "services"}
    assert "clients" not in control_alone


def test_a_list_gets_what_it_lacks_roots_first_and_a_full_one_gets_nothing():
    topology = deployment()
    one = of_edge_by_new(topology)
    assert subjects(step(topology, Deed.TRUST, one)) == ["New Root", "New CA"]
    has_root = held_by(topology, expressways=OLD | {FROM_NEW[1].sha256})
    assert subjects(step(topology, Deed.TRUST, one, held=has_root)) == ["New CA"]
    has_all = held_by(topology, expressways=OLD | {facts.sha256 for facts in FROM_NEW})
    assert "trust" not in [deed for deed, _ in steps(topology, one, held=has_all)]


def test_the_clients_need_the_root_only():
    topology = deployment()
    assert subjects(step(topology, Deed.CLIENTS, of_edge_by_new(topology))) == ["New Root"]
    trusting_it = held_by(topology, clients=frozenset({FROM_NEW[1].sha256}))
    deeds = [deed for deed, _ in steps(topology, of_edge_by_new(topology), held=trusting_it)]
    assert "clients" not in deeds


def test_unified_cm_that_has_the_cas_is_left_alone():
    topology = deployment()
    has_all = held_by(topology, unified_cm=frozenset(facts.sha256 for facts in FROM_NEW))
    assert not {"tomcat-trust", "services"} & {
        deed for deed, _ in steps(topology, of_control_by_new(topology), held=has_all)
    }


# --- DNS and firewall --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("answer", [(), ("other.example.com",), ("exp-e1.example.com", "other.example.com")])
def test_an_address_that_does_not_lead_back_to_one_name_of_the_new_certificate_is_a_step_of_dns(answer):
    topology = deployment(answers={PTR_OF_E: answer})
    planned = step(topology, Deed.DNS, of_edge_by_new(topology))
    assert planned.question == Question(RecordType.PTR, E_ADDRESS)
    assert planned.answers == ("exp-e1.example.com",)


def test_right_dns_is_no_step_nor_is_a_name_that_the_new_certificate_lacks():
    right = deployment()
    assert "dns" not in [deed for deed, _ in steps(right, of_edge_by_new(right))]
    wrong = deployment(answers={PTR_OF_E: ()})
    nameless = renewal(wrong.edges[0], of_edge(issuer=NEW_CA, sans=["other.example.com"]))
    assert "dns" not in [deed for deed, _ in steps(wrong, nameless)]


def with_crl(**changed):
    point = x509.DistributionPoint(
        [x509.UniformResourceIdentifier("http://crl.example.net/a.crl")], None, None, None
    )
    return of_edge(issuer=NEW_CA, extensions=[(x509.CRLDistributionPoints([point]), False)], **changed)


def test_who_checks_revocation_over_the_network_has_to_reach_the_crl():
    checking = replace(control().settings, revocation=Revocation(is_on=True))
    topology = deployment(c=replace(control(), settings=checking))
    one = renewal(topology.edges[0], with_crl())
    planned = step(topology, Deed.FIREWALL, one)
    assert (planned.server_id, planned.answers) == ("c1", ("crl.example.net:80",))
    assert [server for deed, server in steps(topology, one) if deed == "firewall"] == ["c1"]


@pytest.mark.parametrize(
    "revocation", [Revocation(), Revocation(is_on=True, uses_ocsp=False, downloads_crls=False)]
)
def test_who_does_not_ask_over_the_network_needs_no_way_there(revocation):
    settings = replace(control().settings, revocation=revocation)
    topology = deployment(c=replace(control(), settings=settings))
    assert "firewall" not in [deed for deed, _ in steps(topology, renewal(topology.edges[0], with_crl()))]


# --- Clusters ----------------------------------------------------------------------------------------------------


def enforcing():
    return clusters(*(peer(name, enforces=True) for name in (C1, C2, E1, E2)))


def peers_of(topology, names):
    servers = {one.fqdn: one for one in (*topology.controls, *topology.edges)}
    return [renewal(servers[name], of_peer(name, NEW_CA)) for name in names]


# Certificate Creation and Use guide, "Changing an Existing Server Certificate": CA, Permissive, certificates on all
# nodes, restart one at a time, Enforce. Cluster guide: the primary is restarted first.
def test_a_cluster_that_enforces_is_relaxed_renewed_and_enforced_again():
    topology = enforcing()
    found = steps(topology, *peers_of(topology, (C2, C1)), held=held_by(topology, unified_cm=OLD))
    assert [one for one in found if one[0] not in ("trust", "clean")] == [
        ("backup", ""),
        ("tomcat-trust", "u1"),
        ("callmanager-trust", "u1"),
        ("services", "u1"),
        ("permissive", "c1"),
        ("restart", "c1"),
        ("restart", "c2"),
        ("upload", "c1"),
        ("upload", "c2"),
        ("restart", "c1"),
        ("restart", "c2"),
        ("enforcing", "c1"),
        ("restart", "c1"),
        ("restart", "c2"),
        ("check", ""),
    ]


def test_a_cluster_can_go_on_enforcing():
    topology = enforcing()
    found = steps(topology, *peers_of(topology, (C1, C2)), keeps_enforcing=True)
    assert [one for one in found if one[0] in ("permissive", "restart", "enforcing")] == [
        ("restart", "c1"),
        ("restart", "c2"),
    ]


def test_a_permissive_cluster_stays_so():
    topology = clusters()
    assert not {"permissive", "enforcing"} & {
        deed for deed, _ in steps(topology, *peers_of(topology, (E1, E2)))
    }


def test_the_other_cluster_is_not_touched_but_for_its_lists():
    topology = enforcing()
    found = steps(topology, *peers_of(topology, (E1, E2)))
    assert {deed for deed, server in found if server in ("c1", "c2")} == {"trust", "clean"}


# --- Afterwards --------------------------------------------------------------------------------------------------


def test_only_what_no_chain_needs_any_more_is_deleted():
    topology = deployment()
    clean = step(topology, Deed.CLEAN, of_edge_by_new(topology))
    assert sorted(subjects(clean)) == [
        "Public CA",
        "Public Root",
    ]  # Expressway-C and Unified CM need the private ones


def test_a_ca_that_the_new_chain_has_as_well_stays():
    topology = deployment()
    same_root = below(PUBLIC_ROOT, "Public CA 2")
    chain = (known(same_root.der), known(PUBLIC_ROOT.der))
    one = Renewal(topology.edges[0], known(of_edge(issuer=same_root).der), chain)
    assert subjects(step(topology, Deed.CLEAN, one)) == ["Public CA"]


def test_the_cas_of_unified_cm_stay_on_expressway_c():
    topology = deployment()
    deeds = steps(topology, of_control_by_new(topology))
    assert "clean" not in [
        deed for deed, _ in deeds
    ]  # the private CAs issued Unified CM's certificates as well
    without = replace(topology, cucms=())
    assert sorted(subjects(step(without, Deed.CLEAN, of_control_by_new(without)))) == [
        "Private CA",
        "Private Root",
    ]


def test_a_client_certificate_that_stays_keeps_its_cas():
    newest = release("X15.5")
    topology = replace(deployment(), release=newest)
    stays = of_edge_by_new(topology)
    assert "clean" not in [deed for deed, _ in steps(topology, stays)]
    goes = replace(stays, as_client=True)
    assert sorted(subjects(step(topology, Deed.CLEAN, goes))) == ["Public CA", "Public Root"]


def test_a_client_certificate_is_loaded_on_its_own_page_and_one_restart_is_for_both():
    topology = replace(deployment(), release=release("X15.5"))
    own = of_control_by_new(topology)
    client = replace(renewal(topology.controls[0], of_c(NEW_CA, ekus=[CLIENT_AUTH])), is_client=True)
    found = [one for one in steps(topology, client, own) if one[0] in ("upload", "upload-client", "restart")]
    assert found == [("upload", "c1"), ("upload-client", "c1"), ("restart", "c1")]
    assert len(step(topology, Deed.RESTART, client, own).certificates) == 2


def test_a_client_certificate_alone_concerns_neither_dns_nor_the_clients_and_the_old_cas_stay():
    topology = replace(deployment(answers={PTR_OF_E: ()}), release=release("X15.5"))
    alone = replace(of_edge_by_new(topology), is_client=True)
    assert [deed for deed, _ in steps(topology, alone) if deed in ("dns", "clients", "clean")] == []
    both = [alone, of_edge_by_new(topology)]
    assert sorted(subjects(step(topology, Deed.CLEAN, *both))) == ["Public CA", "Public Root"]


def test_old_cas_are_those_of_the_servers_that_are_renewed():
    found = old_cas(deployment(), ["c1"])
    assert {facts.common_names[0] for facts in found} == {"Private CA", "Private Root"}


# --- Values ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "ekus", "wanted"),
    [
        ("X15.5", [SERVER_AUTH, CLIENT_AUTH], True),
        ("X15.5", None, True),
        ("X15.5", [SERVER_AUTH], False),
        ("X15.4", [SERVER_AUTH, CLIENT_AUTH], False),
    ],
)
def test_it_becomes_the_client_certificate_where_both_were_one_and_it_may(name, ekus, wanted):
    assert becomes_client(release(name), edge(), known(of_edge(ekus=ekus).der)) is wanted


def test_a_client_certificate_of_its_own_stays():
    own = replace(edge(), client=known(of_c().der))
    assert not becomes_client(release("X15.5"), own, known(of_edge(ekus=None).der))


def test_a_chain_is_looked_for_in_what_came_along_first_and_goes_as_far_as_it_is_known():
    topology = deployment()
    certificate = known(of_edge(issuer=NEW_CA).der)
    assert chain_above(certificate, [trusting([NEW_CA]), trusting([NEW_ROOT])], topology) == FROM_NEW
    assert chain_above(certificate, [trusting([NEW_CA])], topology) == FROM_NEW[:1]
    assert chain_above(certificate, [trusting(EVERY_CA)], topology) == ()


def test_a_renewal_knows_whether_its_chain_is_whole():
    topology = deployment()
    whole = of_edge_by_new(topology)
    assert whole.is_whole
    assert not replace(whole, chain=FROM_NEW[:1]).is_whole
    assert not replace(whole, chain=()).is_whole


def test_every_ca_is_there_once():
    topology = deployment()
    both = of_edge_by_new(topology), of_control_by_new(topology)
    assert [facts.common_names[0] for facts in every_ca(both)] == ["New Root", "New CA"]


def test_every_unified_cm_is_told():
    other = replace(link().cucm, id="u2")
    topology = deployment(cucms=(link(), link(other)))
    found = steps(topology, of_control_by_new(topology))
    assert [server for deed, server in found if deed == "services"] == ["u1", "u2"]


def test_what_has_a_file_is_what_is_uploaded():
    topology = deployment()
    found = order(Wanted(topology, (of_edge_by_new(topology),), held_by(topology)))
    assert {one.deed for one in found if one.has_file} == {Deed.TRUST, Deed.CLIENTS, Deed.UPLOAD}
