"""Short words for tests of clusters: two peers of Expressway-C and two of Expressway-E, everything right at NOW."""

from dataclasses import replace

from certstore.pki.connections import LabState
from certstore.pki.dns import Dns, Host, Question, RecordType, right_records
from certstore.pki.forge.authority import Made
from certstore.pki.states import state_of
from certstore.pki.topology import ClusterPeer, Expressway, Topology
from tests.pki import zones
from tests.pki.chains import leaf
from tests.pki.deployments import DOMAIN, client, deployment
from tests.pki.zones import EVERY_CA, PRIVATE_CA, PUBLIC_CA, known, trusting

C_CLUSTER, E_CLUSTER = f"exp-c.{DOMAIN}", f"exp-e.{DOMAIN}"
C1, C2, E1, E2 = (f"exp-{name}.{DOMAIN}" for name in ("c1", "c2", "e1", "e2"))
ADDRESSES = {C1: "192.0.2.11", C2: "192.0.2.12", E1: "192.0.2.21", E2: "192.0.2.22"}


def of_peer(name: str, issuer=None, **faults) -> Made:
    """A peer's certificate: CN is the cluster's name, alternative names the peer's and the cluster's."""
    is_edge = name in (E1, E2)
    cluster = E_CLUSTER if is_edge else C_CLUSTER
    issuer = issuer or (PUBLIC_CA if is_edge else PRIVATE_CA)
    sans = [name, cluster, *([DOMAIN] if is_edge else [])]
    return leaf(issuer, cluster, **({"sans": sans} | faults))


def peer(
    name: str, certificate: Made | None = None, cas=EVERY_CA, *, enforces=False, runs=None, **changed
) -> Expressway:
    """One peer. In: its name, certificate and list, the mode of the cluster, the mode that runs, what else differs."""
    is_edge = name in (E1, E2)
    shown = known((certificate or of_peer(name)).der)
    host = name.partition(".")[0]
    place = ClusterPeer(
        cluster=E_CLUSTER if is_edge else C_CLUSTER,
        number=int(host[-1]),
        address=changed.pop("typed", name),
        enforces=enforces,
        runs_enforcing=enforces if runs is None else runs,
    )
    one = (
        zones.edge(of_peer(name), verify_subject_name=C_CLUSTER)
        if is_edge
        else zones.control(of_peer(name), peers=(E1, E2))
    )
    return replace(
        one,
        **{
            "id": host.removeprefix("exp-"),
            "host": host,
            "address": ADDRESSES[name],
            "trust": trusting(cas),
            "server": shown,
            "client": shown,
            "peer": place,
        }
        | changed,
    )


def clusters(*servers: Expressway, answers=None, **changed) -> Topology:
    """Both clusters. In: the servers that differ, answers of DNS that somebody changed, what else is different."""
    given = {server.id: server for server in servers}
    whole = {name: given.get(name, peer(f"exp-{name}.{DOMAIN}")) for name in ("c1", "c2", "e1", "e2")}
    controls, edges = (whole["c1"], whole["c2"]), (whole["e1"], whole["e2"])
    hosts = [Host(one.fqdn, one.address) for one in (*controls, *edges)]
    right = right_records(hosts, hosts[2:], [DOMAIN])
    records = {Question.of(RecordType.A, name): tuple(answer) for name, answer in (answers or {}).items()}
    base = deployment(client=client())
    return replace(base, **{"controls": controls, "edges": edges, "dns": Dns(right, records)} | changed)


def state(*servers: Expressway, **changed) -> LabState:
    """Every verdict on both clusters."""
    return state_of(clusters(*servers, **changed))
