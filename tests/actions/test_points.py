"""A way back: a point before every change, and a lab that is to the byte what it was."""

import pytest

from certstore.actions import (
    acme,
    client_certificate,
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
    trusted_ca,
    unified_cm,
    writing,
    zones,
)
from certstore.actions.clearing import clear_unnamed
from certstore.actions.writing import lab_write
from certstore.models import (
    Certificate,
    Lab,
    RestorePoint,
    SlotName,
    StoreName,
)
from certstore.pki.facts import decode_certificate
from certstore.pki.releases import SameSubject
from certstore.pki.settings import (
    TUNNEL_ALGORITHMS,
    ClientSettings,
    CucmSettings,
    Revocation,
    Sends,
)
from certstore.reading.lab_document import canonical, document_at, document_of, named_in
from tests.changing import (
    QUESTION,
    REQUEST,
    START,
    a_request,
    accept,
    accept_as_client,
    control_of,
    cucm_of,
    first_entry,
    jabber_of,
    made_ca,
    plan_of,
    revocation_list,
    row_of,
    rows_of,
    server_of,
    zone_of,
)
from tests.labs import content_of, tried
from tests.walk import Walk

pytestmark = pytest.mark.usefixtures("pooled_keys")


# Events that follow a change's own: what it brought about.
BROUGHT_ABOUT = r"^(connection|alarm)\."


def fresh(lab):
    return Lab.objects.get(pk=lab.pk)


def bytes_of(lab):
    return canonical(document_of(fresh(lab)))


def codes(lab):
    """Before which events points stand, the newest first."""
    return list(lab.restore_points.values_list("before", flat=True))


# --- A point before every change --------------------------------------------------------------------------

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
