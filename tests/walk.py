"""Two hundred random actions: whatever a person can do to a lab, in an order that a seed decides."""

import contextlib
import random
from datetime import timedelta

from certstore.actions import (
    acme,
    client_certificate,
    cluster_mapping,
    clusters,
    crl_management,
    csr,
    cucm_servers,
    dns,
    jabber,
    labs,
    points,
    restart,
    server_certificate,
    server_settings,
    services,
    training_ca,
    trusted_ca,
    unified_cm,
    zones,
)
from certstore.models import (
    Cluster,
    Lab,
    Node,
    SlotName,
    StoreName,
    TrustEntry,
    Zone,
)
from certstore.models.clock import EARLIEST, LATEST
from certstore.pki.dns import Question, RecordType
from certstore.pki.faults import CATALOGUE
from certstore.pki.purpose import SERVER_AUTH
from certstore.pki.releases import RELEASES, Role, SameSubject, Switch
from certstore.pki.request_rules import Wanted
from certstore.pki.settings import (
    TUNNEL_ALGORITHMS,
    ClientSettings,
    CucmSettings,
    InvalidCertificate,
    Revocation,
    Sends,
)
from certstore.reading.clusters import peers_of
from certstore.reading.rows import public_half_of
from certstore.reading.servers import slot_state_of
from certstore.reading.training_ca import CHAINS
from certstore.scenarios.expressway_pair import ServerPlan
from tests.changing import (
    END,
    REQUEST,
    START,
    a_request,
    control_of,
    made_ca,
    plan_of,
    revocation_list,
    rows_of,
    server_of,
    zone_of,
)
from tests.labs import content_of, tried


class Walk:
    """Whatever a person can do to a lab, in an order that a seed decides."""

    def __init__(self, lab: Lab, seed: int) -> None:
        self.lab, self.dice, self.done = lab, random.Random(seed), set()
        self.servers = list(lab.expressways)
        self.kinds = [getattr(self, name) for name in dir(self) if name.startswith("do_")]

    def step(self) -> None:
        """One action."""
        kind = self.dice.choice(self.kinds)
        server = self.dice.choice(self.servers)
        kind(Node.objects.select_related("lab", "cluster").get(pk=server.pk))
        self.done.add(kind.__name__)

    def do_append_a_ca(self, node: Node) -> None:
        name = self.dice.randrange(12)
        trusted_ca.append(node, tried(made_ca(f"CA {name}").pem), self.lab.owner)

    def do_append_a_crl(self, node: Node) -> None:
        trusted_ca.append(node, tried(revocation_list(f"CA {self.dice.randrange(3)}")), self.lab.owner)

    def do_append_a_bundle(self, node: Node) -> None:
        trusted_ca.append(
            node, tried(content_of(self.lab, f"{self.stem(node)}-ca-bundle.pem")), self.lab.owner
        )

    def do_append_rubbish(self, node: Node) -> None:
        trusted_ca.append(node, tried(b"no certificate"), self.lab.owner)

    def do_delete(self, node: Node) -> None:
        keys = list(TrustEntry.objects.filter(store__node=node).values_list("pk", flat=True))
        trusted_ca.delete(node, self.dice.sample(keys, min(len(keys), self.dice.randrange(4))))

    def do_reset_the_list(self, node: Node) -> None:
        trusted_ca.reset_to_default(node)

    def do_upload(self, node: Node) -> None:
        name = self.stem(node) + self.dice.choice([".pem", ".cer", "-renewal.pem", "-root-ca.pem"])
        server_certificate.upload(node, tried(content_of(self.lab, name)), None, self.lab.owner)

    def do_generate_a_request(self, node: Node) -> None:
        with contextlib.suppress(csr.RequestInProgress):
            csr.generate(node, self.a_slot(), REQUEST)

    def do_import_a_request(self, node: Node) -> None:
        with contextlib.suppress(csr.RequestInProgress):
            csr.import_request(node, self.a_slot(), a_request(f"real-{self.dice.randrange(3)}"))

    def do_discard_the_request(self, node: Node) -> None:
        csr.discard(node, self.a_slot())

    def a_slot(self) -> SlotName:
        return self.dice.choice([SlotName.SERVER, SlotName.CLIENT])

    def do_upload_a_client_certificate(self, node: Node) -> None:
        name = self.stem(node) + self.dice.choice([".pem", "-renewal.pem", "-root-ca.pem"])
        client_certificate.upload(node, tried(content_of(self.lab, name)), None, self.lab.owner)

    def do_reset_the_client_certificate(self, node: Node) -> None:
        client_certificate.reset_to_default(node)

    def do_upload_a_revocation_list(self, node: Node) -> None:
        crl_management.upload(node, tried(revocation_list(f"CA {self.dice.randrange(3)}")))

    def do_remove_the_revocation_list(self, node: Node) -> None:
        crl_management.remove(node)

    def do_renew_by_acme(self, node: Node) -> None:
        with contextlib.suppress(acme.NotRenewed):
            acme.renew(node)

    def do_reset_the_certificate(self, node: Node) -> None:
        server_certificate.reset_to_default(node)

    def do_restart(self, node: Node) -> None:
        restart.restart(node)

    def do_set_the_time(self, node: Node) -> None:
        moments = (None, EARLIEST, LATEST, START, END + timedelta(days=self.dice.randrange(99)))
        labs.set_lab_time(self.lab.pk, self.dice.choice(moments))

    def do_set_the_release(self, node: Node) -> None:
        labs.set_release(self.lab.pk, self.dice.choice(RELEASES).name)

    def do_set_how_it_judges(self, node: Node) -> None:
        labs.set_same_subject(self.lab.pk, self.dice.choice(list(SameSubject)))
        labs.set_cn_counts(self.lab.pk, self.dice.choice([True, False]))

    def do_rename(self, node: Node) -> None:
        labs.rename(self.lab.pk, f"Name {self.dice.randrange(5)} é \N{SNOWMAN}")

    def do_swap_the_names(self, node: Node) -> None:
        first, second = list(self.lab.expressways)[:2]
        plans = {
            one.pk: ServerPlan(Role(one.kind), two.host, two.domain, two.address)
            for one, two in ((first, second), (second, first))
        }
        labs.name_servers(self.lab.pk, plans)

    def do_set_the_switches(self, node: Node) -> None:
        labs.set_switches(self.lab.pk, {switch: self.dice.choice([True, False]) for switch in Switch})

    def do_set_the_column(self, node: Node) -> None:
        labs.set_explanations(self.lab.pk, self.dice.choice(list(Lab.Explanations)))

    def do_name_a_server(self, node: Node) -> None:
        taken = set(self.lab.nodes.values_list("host", flat=True))
        host = self.dice.choice([name for name in "abcde" if name not in taken])
        labs.name_servers(self.lab.pk, {node.pk: plan_of(node, host)})

    def do_save_a_zone(self, node: Node) -> None:
        changed = {"sip_port": self.dice.choice([7001, 7002]), "password": self.dice.choice(["", "a", "b"])}
        if node.kind == Node.Kind.EXPRESSWAY_C:
            changed["peers"] = tuple(f"peer{number}" for number in range(self.dice.randrange(1, 7)))
        plan = zone_of(node, self.dice.choice(["one", "two"]), **changed)
        if Zone.objects.filter(node=node).exists():
            zones.save(node, plan)
        else:
            zones.create(node, plan)

    def do_set_a_credential(self, node: Node) -> None:
        zones.set_password(node, self.dice.choice(["a", "b"]))

    def do_delete_a_zone(self, node: Node) -> None:
        if self.dice.random() < 0.3:
            zones.delete(node)

    def do_add_or_change_a_unified_cm(self, node: Node) -> None:
        if not self.lab.nodes.filter(kind=Node.Kind.CUCM).exists():  # it was removed on the way
            return
        control = control_of(self.lab)
        row = control.cucm_servers.first()
        plan = server_of(
            self.lab, tls_verify=self.dice.choice([True, False]), username=self.dice.choice("ab")
        )
        if row is None:
            cucm_servers.add(control, plan)
        else:
            cucm_servers.save(control, row.pk, plan)

    def do_refresh_the_unified_cms(self, node: Node) -> None:
        control = control_of(self.lab)
        known_as = self.dice.choice(["cucm1.example.com", "192.0.2.31"])
        cucm_servers.refresh(control, {row.pk: known_as for row in control.cucm_servers.all()})

    def do_delete_the_unified_cms(self, node: Node) -> None:
        control = control_of(self.lab)
        cucm_servers.delete(control, [row.pk for row in control.cucm_servers.all()])

    def do_set_what_a_server_does(self, node: Node) -> None:
        algorithms = self.dice.sample(TUNNEL_ALGORITHMS, self.dice.randrange(1, 5))
        server_settings.set_tunnel_algorithms(node, algorithms)
        server_settings.set_revocation(node, Revocation(is_on=self.dice.choice([True, False])))
        server_settings.set_sending(self.lab.pk, {node.pk: self.dice.choice(list(Sends))})
        server_settings.set_origin_checks(self.lab.pk, {node.pk: self.dice.choice([True, False])})

    def do_reset_the_tunnels(self, node: Node) -> None:
        server_settings.reset_tunnel_algorithms(node)

    def do_change_the_dns(self, node: Node) -> None:
        question = Question.of(self.dice.choice(list(RecordType)), self.dice.choice(["a.example", node.fqdn]))
        dns.answer(
            self.lab.pk, question, self.dice.sample(["192.0.2.1", "192.0.2.2"], self.dice.randrange(3))
        )

    def do_set_the_dns_right(self, node: Node) -> None:
        record = self.lab.dns_records.first()
        if record is not None:
            dns.set_right(self.lab.pk, Question.of(RecordType(record.type), record.name))

    def do_reset_the_lab(self, node: Node) -> None:
        if self.dice.random() < 0.3:
            labs.reset_lab(self.lab.pk)

    def do_keep_it(self, node: Node) -> None:
        labs.keep(self.lab.pk, self.dice.choice([True, False]))

    def do_change_a_list_of_unified_cm(self, node: Node) -> None:
        for cucm in self.there(Node.Kind.CUCM):
            name = self.dice.choice([StoreName.TOMCAT, StoreName.CALLMANAGER])
            unified_cm.upload(cucm, name, tried(made_ca(f"CA {self.dice.randrange(12)}").pem))
            unified_cm.delete(cucm, self.dice.sample(rows_of(cucm, name), 1))

    def do_change_a_certificate_of_unified_cm(self, node: Node) -> None:
        change = self.dice.choice([unified_cm.regenerate, unified_cm.sign, unified_cm.delete_certificate])
        for cucm in self.there(Node.Kind.CUCM):
            change(cucm, self.dice.choice([SlotName.TOMCAT_ECDSA, SlotName.CALLMANAGER_ECDSA]))

    def do_restart_the_services(self, node: Node) -> None:
        for cucm in self.there(Node.Kind.CUCM):
            unified_cm.restart_services(cucm)

    def do_set_unified_cm(self, node: Node) -> None:
        for cucm in self.there(Node.Kind.CUCM):
            entry = self.dice.choice([cucm.fqdn, cucm.host, cucm.address])
            unified_cm.set_settings(cucm, CucmSettings(entry, self.dice.choice([True, False])))

    def do_change_the_client(self, node: Node) -> None:
        for client in self.there(Node.Kind.JABBER):
            jabber.upload(client, tried(made_ca(f"CA {self.dice.randrange(12)}").pem))
            jabber.delete(client, self.dice.sample(rows_of(client, "client-os"), 1))
            behaviour = self.dice.choice(list(InvalidCertificate))
            jabber.set_settings(
                client, ClientSettings(self.dice.choice(["a.example", "b.example"]), behaviour)
            )

    def do_dissolve_a_cluster(self, node: Node) -> None:
        clusters.dissolve(node)

    def do_set_a_cluster(self, node: Node) -> None:
        name, mode = f"{self.dice.choice('ab')}.example.com", self.dice.choice(list(Cluster.TlsMode))
        peers = peers_of(self.clustered(node))
        addresses = [self.dice.choice([peer.fqdn, peer.address]) for peer in peers]
        clusters.save(node, clusters.ClusterPlan(name, mode, tuple(addresses)))

    def do_make_another_the_primary(self, node: Node) -> None:
        clusters.make_primary(node, self.dice.choice(peers_of(self.clustered(node))).pk)

    def do_map_an_address(self, node: Node) -> None:
        name = self.dice.choice(["a.example", "b.example"])
        address = self.dice.choice(["192.0.2.1", "192.0.2.2"])
        cluster_mapping.map_address(self.clustered(node), name, address)

    def do_unmap_an_address(self, node: Node) -> None:
        cluster_mapping.unmap_address(self.clustered(node), self.dice.choice(["a.example", "b.example"]))

    def clustered(self, node: Node) -> Node:
        """A server that is in a cluster now, if it was in none before."""
        if node.cluster_id is None:
            clusters.make(node, f"{self.dice.choice('ab')}.example.com")
        return Node.objects.select_related("lab").get(pk=node.pk)

    def do_add_or_remove_the_services(self, node: Node) -> None:
        if self.there(Node.Kind.CUCM):
            services.remove_services(self.lab.pk)
        else:
            services.add_services(self.lab.pk)

    def do_make_a_cluster(self, node: Node) -> None:
        with contextlib.suppress(clusters.ClusterThere):
            clusters.make(node, f"{node.kind}.example.com")

    def do_add_a_peer(self, node: Node) -> None:
        """Of the Expressway-E: the other steps know one Expressway-C."""
        edge = next(one for one in self.servers if one.kind == Node.Kind.EXPRESSWAY_E)
        with contextlib.suppress(clusters.ClusterThere):
            clusters.make(edge, "exp-e.example.com")
        plan = ServerPlan(Role.EXPRESSWAY_E, self.dice.choice("pqr"), "peer.example", "192.0.2.80")
        with contextlib.suppress(clusters.NameTaken, clusters.ClusterFull):
            clusters.add_peer(edge, plan)
            self.done.add("a peer was added")

    def do_remove_a_peer(self, node: Node) -> None:
        self.do_add_a_peer(node)
        known = [one.pk for one in self.servers]
        for peer in [one for one in self.there(Node.Kind.EXPRESSWAY_E) if one.pk not in known][:2]:
            with contextlib.suppress(clusters.IsPrimary):
                assert clusters.remove_peer(peer, peer.pk)
                self.done.add("a peer was removed")

    def do_issue_by_the_training_ca(self, node: Node) -> None:
        training_ca.make(self.lab)
        terms = training_ca.Terms(self.dice.choice(list(CHAINS)), self.dice.choice([1, 90]), (SERVER_AUTH,))
        names = (f"{self.stem(node)}.example.com",)
        with contextlib.suppress(training_ca.NotIssued):
            training_ca.issue(
                node.lab, Wanted(public_half_of(slot_state_of(node).installation.key), names[0], names), terms
            )
            self.done.add("a certificate was issued")

    def do_make_a_practice_file(self, node: Node) -> None:
        faults = [one for one in CATALOGUE if not one.has_private_key and Role(node.kind) in one.roles]
        training_ca.make(self.lab)
        with contextlib.suppress(training_ca.NotIssued):
            training_ca.practise(node, self.dice.choice(faults))
            self.done.add("a practice file was made")

    def do_revoke(self, node: Node) -> None:
        issued = self.lab.issued.first()
        if issued is not None:
            training_ca.revoke(self.lab.pk, issued.pk)

    def there(self, kind: Node.Kind) -> list[Node]:
        """The servers of a kind that the lab has now."""
        return list(self.lab.nodes.select_related("lab").filter(kind=kind))

    def do_go_back(self, node: Node) -> None:
        numbers = list(self.lab.restore_points.values_list("number", flat=True))
        points.restore(self.lab.pk, self.dice.choice(numbers))

    def do_delete_a_point(self, node: Node) -> None:
        numbers = list(self.lab.restore_points.filter(name="").values_list("number", flat=True))
        if numbers:
            points.delete(self.lab.pk, self.dice.choice(numbers))

    def stem(self, node: Node) -> str:
        """How the names of a server's files begin, whatever it is called now."""
        return "exp-c1" if node.kind == Node.Kind.EXPRESSWAY_C else "exp-e1"
