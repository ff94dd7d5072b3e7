"""A way back: a point before every change, and a lab that is to the byte what it was."""

import contextlib
import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from cryptography.hazmat.primitives.serialization import Encoding

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
    writing,
    zones,
)
from certstore.actions.clearing import clear_unnamed
from certstore.actions.writing import lab_write
from certstore.models import (
    Certificate,
    Cluster,
    Lab,
    Node,
    RestorePoint,
    SlotName,
    StoreName,
    TrustEntry,
    Zone,
)
from certstore.models.clock import EARLIEST, LATEST
from certstore.pki.csr import Typed
from certstore.pki.dns import Question, RecordType
from certstore.pki.facts import decode_certificate
from certstore.pki.faults import CATALOGUE
from certstore.pki.forge import authority, crl
from certstore.pki.forge.authority import Authority
from certstore.pki.forge.requests import signing_request
from certstore.pki.purpose import SERVER_AUTH
from certstore.pki.releases import RELEASES, Role, SameSubject, Switch
from certstore.pki.request_rules import Wanted
from certstore.pki.requests import RequestFacts, decode_request
from certstore.pki.settings import (
    TUNNEL_ALGORITHMS,
    ClientSettings,
    CucmSettings,
    InvalidCertificate,
    Revocation,
    Sends,
)
from certstore.reading.lab_document import canonical, document_at, document_of, named_in
from certstore.reading.rows import public_half_of
from certstore.reading.servers import slot_state_of
from certstore.reading.training_ca import CHAINS
from certstore.scenarios.expressway_pair import ServerPlan
from tests.keyring import rsa_key
from tests.labs import content_of, tried

pytestmark = pytest.mark.usefixtures("pooled_keys")

START, END = datetime(2020, 1, 1, tzinfo=UTC), datetime(2040, 1, 1, tzinfo=UTC)


# Events that follow a change's own: what it brought about.
BROUGHT_ABOUT = r"^(connection|alarm)\."


def fresh(lab):
    return Lab.objects.get(pk=lab.pk)


def bytes_of(lab):
    return canonical(document_of(fresh(lab)))


def made_ca(name) -> Authority:
    return authority.root(str(name), rsa_key("points"), START, END)


def revocation_list(name) -> bytes:
    return crl.as_pem(crl.revocation_list(made_ca(name), [], START, END))


def codes(lab):
    """Before which events points stand, the newest first."""
    return list(lab.restore_points.values_list("before", flat=True))


# --- A point before every change --------------------------------------------------------------------------

QUESTION = Question.of(RecordType.A, "exp-e1.example.com")

# What is typed into a request that every release takes.
REQUEST = Typed(length="2048", country="GB", state="London", organization="Example")

CHANGES = {
    "trusted-ca.appended": lambda lab, node: trusted_ca.append(
        node, tried(made_ca("A new root").pem), lab.owner
    ),
    "trusted-ca.deleted": lambda lab, node: trusted_ca.delete(node, [first_entry(node)]),
    "trusted-ca.reset": lambda lab, node: trusted_ca.reset_to_default(node),
    "server-certificate.accepted": lambda lab, node: accept(lab, node),
    "server-certificate.reset": lambda lab, node: server_certificate.reset_to_default(node),
    "restart.done": lambda lab, node: restart.restart(node),
    "client-certificate.accepted": lambda lab, node: accept_as_client(lab, node),
    "client-certificate.reset": lambda lab, node: client_certificate.reset_to_default(node),
    "crl.uploaded": lambda lab, node: crl_management.upload(node, tried(revocation_list("A CA"))),
    "acme.renewed": lambda lab, node: acme.renew(node),
    "csr.generated": lambda lab, node: csr.generate(node, SlotName.SERVER, REQUEST),
    "csr.imported": lambda lab, node: csr.import_request(node, SlotName.SERVER, a_request("real")),
    "client-csr.generated": lambda lab, node: csr.generate(node, SlotName.CLIENT, REQUEST),
    "client-csr.imported": lambda lab, node: csr.import_request(node, SlotName.CLIENT, a_request("real")),
    "lab.time": lambda lab, node: labs.set_lab_time(lab.pk, START),
    "lab.time-back": lambda lab, node: labs.set_lab_time(lab.pk, None),
    "lab.release": lambda lab, node: labs.set_release(lab.pk, "X15.3"),
    "lab.same-subject": lambda lab, node: labs.set_same_subject(lab.pk, SameSubject.REFUSE),
    "lab.cn-counts": lambda lab, node: labs.set_cn_counts(lab.pk, True),
    "lab.renamed": lambda lab, node: labs.rename(lab.pk, "Another name"),
    "lab.server-named": lambda lab, node: labs.name_servers(lab.pk, {node.pk: plan_of(node, "edge")}),
    "lab.reset": lambda lab, node: labs.reset_lab(lab.pk),
    "cucm.uploaded": lambda lab, node: unified_cm.upload(
        cucm_of(lab), StoreName.TOMCAT, tried(made_ca("A new root").pem)
    ),
    "cucm.deleted": lambda lab, node: unified_cm.delete(cucm_of(lab), rows_of(cucm_of(lab), "callmanager")),
    "cucm.regenerated": lambda lab, node: unified_cm.regenerate(cucm_of(lab), SlotName.TOMCAT_ECDSA),
    "cucm.signed": lambda lab, node: unified_cm.sign(cucm_of(lab), SlotName.TOMCAT_ECDSA),
    "cucm.certificate-deleted": lambda lab, node: unified_cm.delete_certificate(
        cucm_of(lab), SlotName.TOMCAT_ECDSA
    ),
    "cucm.restarted": lambda lab, node: unified_cm.restart_services(cucm_of(lab)),
    "cucm.settings": lambda lab, node: unified_cm.set_settings(
        cucm_of(lab), CucmSettings(server_entry="192.0.2.31")
    ),
    "jabber.uploaded": lambda lab, node: jabber.upload(jabber_of(lab), tried(made_ca("A new root").pem)),
    "jabber.trusted": lambda lab, node: jabber.trust_root(
        jabber_of(lab), decode_certificate(made_ca("A new root").der)
    ),
    "jabber.deleted": lambda lab, node: jabber.delete(jabber_of(lab), rows_of(jabber_of(lab), "client-os")),
    "jabber.settings": lambda lab, node: jabber.set_settings(
        jabber_of(lab), ClientSettings(domain="corp.example")
    ),
    "services.removed": lambda lab, node: services.remove_services(lab.pk),
    "zone.saved": lambda lab, node: zones.save(node, zone_of(node, "another name")),
    "zone.credential": lambda lab, node: zones.set_password(node, "another password"),
    "zone.deleted": lambda lab, node: zones.delete(node),
    "cucm-server.saved": lambda lab, node: cucm_servers.save(
        control_of(lab), row_of(lab).pk, server_of(lab, username="another")
    ),
    "cucm-server.refreshed": lambda lab, node: cucm_servers.refresh(control_of(lab), {}),
    "cucm-server.deleted": lambda lab, node: cucm_servers.delete(control_of(lab), [row_of(lab).pk]),
    "sip.saved": lambda lab, node: server_settings.set_revocation(node, Revocation(is_on=True)),
    "ssh-configuration.saved": lambda lab, node: server_settings.set_tunnel_algorithms(
        node, TUNNEL_ALGORITHMS[:1]
    ),
    "server.sends": lambda lab, node: server_settings.set_sending(lab.pk, {node.pk: Sends.LEAF}),
    "server.origin": lambda lab, node: server_settings.set_origin_checks(lab.pk, {control_of(lab).pk: False}),
    "cluster.made": lambda lab, node: clusters.make(node, "exp-e.example.com"),
    "dns.changed": lambda lab, node: dns.answer(lab.pk, QUESTION, ["192.0.2.99"]),
}


def a_request(name) -> RequestFacts:
    made = signing_request(f"{name}.example.com", rsa_key("points"), [f"{name}.example.com"])
    return decode_request(made.public_bytes(Encoding.DER))


def cucm_of(lab):
    return lab.nodes.select_related("lab").get(kind=Node.Kind.CUCM)


def jabber_of(lab):
    return lab.nodes.select_related("lab").get(kind=Node.Kind.JABBER)


def rows_of(node, name):
    return list(node.trust_stores.get(name=name).entries.values_list("pk", flat=True))


def zone_of(node, name="Traversal zone", **changed):
    """A zone as a form hands it over."""
    is_client = node.kind == Node.Kind.EXPRESSWAY_C
    plan = zones.ZonePlan(
        name=name,
        username="traversal",
        password="",
        sip_port=7001,
        peers=("exp-e1.example.com",) if is_client else (),
        verify_subject_name="" if is_client else "exp-c1.example.com",
    )
    return replace(plan, **changed)


def control_of(lab):
    return lab.nodes.get(kind=Node.Kind.EXPRESSWAY_C)


def row_of(lab):
    return control_of(lab).cucm_servers.get()


def server_of(lab, **changed):
    """The Unified CM of the lab as a form hands it over."""
    cucm = lab.nodes.get(kind=Node.Kind.CUCM)
    return replace(cucm_servers.ServerPlan(cucm.pk, cucm.fqdn, "axladmin", True, cucm.fqdn), **changed)


def first_entry(node):
    return node.trust_stores.get(name="ca").entries.first().pk


def plan_of(node, host):
    return ServerPlan(Role(node.kind), host, "corp.example", "192.0.2.77")


def accept_as_client(lab, node):
    """Have the server take a certificate of the lab's files as its client certificate."""
    trusted_ca.append(node, tried(content_of(lab, "exp-e1-ca-bundle.pem")), lab.owner)
    client_certificate.upload(node, tried(content_of(lab, "exp-e1.pem")), None, lab.owner)


def accept(lab, node):
    """Have the server take a certificate of the lab's files."""
    trusted_ca.append(node, tried(content_of(lab, "exp-e1-ca-bundle.pem")), lab.owner)
    attempt = server_certificate.upload(node, tried(content_of(lab, "exp-e1.pem")), None, lab.owner)
    assert attempt.stored


@pytest.mark.parametrize("code", CHANGES)
def test_a_point_stands_before_the_event_of_every_change(lab, exp_e, code):
    before = None if code.endswith("-certificate.accepted") else bytes_of(lab)
    CHANGES[code](lab, exp_e)
    point, event = lab.restore_points.first(), lab.events.exclude(code__regex=BROUGHT_ABOUT).first()
    assert (point.before, point.seq) == (code, event.seq)
    assert event.code == code
    if before is not None:
        assert canonical(document_at(point)) == before


@pytest.mark.parametrize(
    ("slot", "code"), [(SlotName.SERVER, "csr"), (SlotName.CLIENT, "client-csr")], ids=["server", "client"]
)
def test_a_point_stands_before_a_discarded_request(lab, exp_e, slot, code):
    csr.import_request(exp_e, slot, a_request("real"))
    before = bytes_of(lab)
    csr.discard(exp_e, slot)
    assert codes(lab) == [f"{code}.discarded", f"{code}.imported"]
    assert canonical(document_at(lab.restore_points.first())) == before


def test_a_refused_upload_keeps_none(lab, exp_e):
    server_certificate.upload(exp_e, tried(content_of(lab, "exp-e1.cer")), None, lab.owner)
    trusted_ca.append(exp_e, tried(b"no certificate"), lab.owner)
    assert list(lab.events.values_list("code", flat=True))[:2] == [
        "trusted-ca.refused",
        "server-certificate.refused",
    ]
    assert codes(lab) == []


def test_a_change_that_fails_keeps_none(lab, monkeypatch):
    monkeypatch.setattr(labs, "log_event", None)
    with pytest.raises(TypeError):
        labs.rename(lab.pk, "Another name")
    assert codes(lab) == []


def test_a_button_that_changes_nothing_costs_no_further_point(lab):
    labs.rename(lab.pk, "Another name")
    labs.set_cn_counts(lab.pk, False)
    labs.set_cn_counts(lab.pk, False)
    labs.set_cn_counts(lab.pk, True)
    assert codes(lab) == ["lab.cn-counts", "lab.renamed"]
    assert lab.restore_points.first().seq == lab.events.first().seq


def test_of_the_unnamed_the_oldest_go_and_the_named_stay(lab, monkeypatch):
    monkeypatch.setattr(writing, "POINTS_KEPT", 3)
    points.keep(lab.pk, "Before the change")
    for number in range(6):
        labs.rename(lab.pk, f"Name {number}")
    kept = [(point.name, document_at(point)["lab"]["name"]) for point in lab.restore_points.all()]
    assert kept == [
        ("", "Name 4"),
        ("", "Name 3"),
        ("", "Name 2"),
        ("Before the change", "Example lab"),
    ]


def test_a_number_never_comes_twice(lab):
    first = points.keep(lab.pk, "one").number
    points.delete(lab.pk, first)
    assert points.keep(lab.pk, "two").number > first


def test_after_a_reset_the_points_stand_alone_but_the_one_before_it(lab, exp_e):
    trusted_ca.delete(exp_e, [first_entry(exp_e)])
    labs.reset_lab(lab.pk)
    assert [event.seq for event in lab.events.all()] == [1]
    assert [(point.before, point.seq) for point in lab.restore_points.all()] == [
        ("lab.reset", 1),
        ("trusted-ca.deleted", 0),
    ]


# --- Named ones -------------------------------------------------------------------------------------------


def test_as_many_named_points_as_a_lab_can_have_and_no_more(lab, monkeypatch):
    monkeypatch.setattr(points, "MOST_NAMED", 1)
    points.keep(lab.pk, "the one")
    labs.rename(lab.pk, "Another name")
    labs.rename(lab.pk, "A third name")
    with pytest.raises(points.TooManyPoints):
        points.keep(lab.pk, "one too many")
    with pytest.raises(points.TooManyPoints):
        points.rename(lab.pk, lab.restore_points.get(name="").number, "one too many")
    points.rename(lab.pk, lab.restore_points.get(name="the one").number, "renamed")
    assert list(lab.restore_points.exclude(name="").values_list("name", flat=True)) == ["renamed"]


@pytest.mark.parametrize("act", [points.restore, points.delete, lambda lab, n: points.rename(lab, n, "x")])
def test_a_point_of_another_lab_is_no_point_of_mine(lab, other_lab, act):
    theirs = points.keep(other_lab.pk, "theirs")
    before = bytes_of(lab), bytes_of(other_lab)
    with pytest.raises(points.PointGone):
        act(lab.pk, theirs.number + 1000)
    if not lab.restore_points.filter(number=theirs.number):
        with pytest.raises(points.PointGone):
            act(lab.pk, theirs.number)
    assert (bytes_of(lab), bytes_of(other_lab)) == before
    assert RestorePoint.objects.filter(pk=theirs.pk, name="theirs").exists()


# --- Back -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("code", CHANGES)
def test_every_change_can_be_undone_and_the_undoing_as_well(lab, exp_e, code):
    CHANGES[code](lab, exp_e)
    after, point = bytes_of(lab), lab.restore_points.first()
    points.restore(lab.pk, point.number)
    assert bytes_of(lab) == canonical(document_at(point))
    back = lab.restore_points.get(before="point.restored")
    points.restore(lab.pk, back.number)
    assert bytes_of(lab) == after


def test_the_same_certificate_loaded_twice_still_waits_for_its_restart(lab, exp_e):
    accept(lab, exp_e)
    restart.restart(exp_e)
    server_certificate.upload(exp_e, tried(content_of(lab, "exp-e1.pem")), None, lab.owner)
    kept, rows = points.keep(lab.pk, "waiting"), exp_e.slots.get().installations
    restart.restart(exp_e)
    assert rows.filter(is_installed=True, is_running=True).count() == 1
    points.restore(lab.pk, kept.number)
    assert rows.get(is_installed=True) != rows.get(is_running=True)
    assert bytes_of(lab) == canonical(document_at(kept))


def test_a_point_is_restored_even_when_keeping_another_costs_it_its_place(lab, exp_e, monkeypatch):
    monkeypatch.setattr(writing, "POINTS_KEPT", 1)
    monkeypatch.setattr(writing, "CLEARED_EVERY", 1)
    start = bytes_of(lab)
    trusted_ca.reset_to_default(exp_e)
    labs.rename(lab.pk, "Example lab")
    CHANGES["trusted-ca.deleted"](lab, exp_e)
    points.restore(lab.pk, lab.restore_points.get().number)
    assert bytes_of(lab) == start
    assert codes(lab) == ["point.restored"]


def test_attempts_and_events_stay_when_a_lab_goes_back(lab, exp_e):
    kept = points.keep(lab.pk, "start")
    trusted_ca.append(exp_e, tried(made_ca("A new root").pem), lab.owner)
    points.restore(lab.pk, kept.number)
    assert lab.attempts.count() == 1
    assert lab.events.first().params == {"number": kept.number}


def test_a_strangers_lab_does_not_move(lab, other_lab, exp_e):
    before = bytes_of(other_lab)
    kept = points.keep(lab.pk, "start")
    accept(lab, exp_e)
    labs.reset_lab(lab.pk)
    points.restore(lab.pk, kept.number)
    assert bytes_of(other_lab) == before


# --- Two hundred random actions ---------------------------------------------------------------------------


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
        peers = clusters.peers_of(self.clustered(node))
        addresses = [self.dice.choice([peer.fqdn, peer.address]) for peer in peers]
        clusters.save(node, clusters.ClusterPlan(name, mode, tuple(addresses)))

    def do_make_another_the_primary(self, node: Node) -> None:
        clusters.make_primary(node, self.dice.choice(clusters.peers_of(self.clustered(node))).pk)

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


@pytest.mark.parametrize("seed", [1, 2027])
def test_after_two_hundred_random_actions_a_restored_lab_is_what_it_was_to_the_byte(lab, exp_e, seed):
    walk = Walk(lab, seed)
    accept(lab, exp_e)
    trusted_ca.append(exp_e, tried(revocation_list("CA 1")), lab.owner)
    kept = points.keep(lab.pk, "to come back to")
    start = bytes_of(lab)
    for _ in range(200):
        walk.step()
    assert len(walk.done) > 20, "nearly everything that can be done was done"
    assert {"a peer was added", "a peer was removed"} <= walk.done
    assert {"a certificate was issued", "a practice file was made"} <= walk.done
    assert bytes_of(lab) != start
    points.restore(lab.pk, kept.number)
    assert bytes_of(lab) == start


# --- What nobody names any more ---------------------------------------------------------------------------


def names_of(lab):
    return set(Certificate.objects.filter(lab=lab).values_list("facts__subject", flat=True))


def test_a_certificate_that_a_point_names_outlives_a_reset(lab, exp_e):
    trusted_ca.append(exp_e, tried(made_ca("Only in a point").pem), lab.owner)
    labs.reset_lab(lab.pk)
    assert "CN=Only in a point" in names_of(lab)
    points.restore(lab.pk, lab.restore_points.first().number)
    assert exp_e.trust_stores.get().entries.filter(certificate__facts__subject="CN=Only in a point").exists()


def test_what_nothing_names_any_more_goes_with_the_last_point_that_named_it(lab, exp_e):
    trusted_ca.append(exp_e, tried(made_ca("Only in a point").pem), lab.owner)
    trusted_ca.append(exp_e, tried(revocation_list("Only in a point")), lab.owner)
    labs.reset_lab(lab.pk)
    assert lab.crls.count() == 1
    for number in list(lab.restore_points.values_list("number", flat=True)):
        points.delete(lab.pk, number)
    assert "CN=Only in a point" not in names_of(lab)
    assert lab.crls.count() == 0


def test_every_twentieth_write_clears_what_an_attempt_let_go(lab, exp_e):
    server_certificate.upload(exp_e, tried(made_ca("Refused").pem), None, lab.owner)
    assert "CN=Refused" in names_of(lab)
    lab.attempts.all().delete()
    for _ in range(writing.CLEARED_EVERY - 1):
        labs.keep(lab.pk, True)
    labs.keep(lab.pk, True)
    assert "CN=Refused" not in names_of(lab)


def test_clearing_takes_nothing_that_anything_names(lab, other_lab, exp_e):
    accept(lab, exp_e)
    server_certificate.upload(exp_e, tried(made_ca("Refused").pem), None, lab.owner)
    before = names_of(lab), names_of(other_lab), lab.public_keys.count()
    with lab_write(lab.pk) as locked:
        clear_unnamed(locked)
    assert (names_of(lab), names_of(other_lab), lab.public_keys.count()) == before


def test_a_document_holds_no_key_no_person_and_no_attempt(lab, exp_e):
    accept(lab, exp_e)
    text = bytes_of(lab).decode()
    assert "PRIVATE" not in text
    assert lab.owner.username not in text
    assert "file.pem" not in text
    assert named_in(document_of(lab)).public_keys == set(
        lab.public_keys.values_list("spki_sha256", flat=True)
    )


def test_a_certificate_that_was_deleted_at_a_point_is_gone_again_after_going_back(lab):
    unified_cm.delete_certificate(cucm_of(lab), SlotName.TOMCAT_ECDSA)
    unified_cm.restart_services(cucm_of(lab))
    kept = points.keep(lab.pk, "without")
    unified_cm.sign(cucm_of(lab), SlotName.TOMCAT_ECDSA)
    points.restore(lab.pk, kept.number)
    assert bytes_of(lab) == canonical(document_at(kept))
