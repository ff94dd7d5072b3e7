"""Labs are made, changed, reset and deleted; a stranger's lab stands beside every one of them, untouched."""

from datetime import UTC, datetime, timedelta

import pytest
from django.apps import apps

from certstore.actions import labs as actions
from certstore.actions import points
from certstore.actions.certificates import store_certificates, store_crls
from certstore.actions.writing import LabGone, log_event
from certstore.models import (
    Attempt,
    AttemptCertificate,
    Certificate,
    Installation,
    Lab,
    Node,
    TrustEntry,
    TrustStore,
)
from certstore.models.clock import EARLIEST, LATEST, real_now, shifted
from certstore.pki.facts import decode_certificate, decode_crl
from certstore.pki.forge import authority, crl
from certstore.pki.releases import Role, SameSubject
from certstore.scenarios.expressway_pair import ServerPlan
from tests.keyring import rsa_key

START, END = datetime(2020, 1, 1, tzinfo=UTC), datetime(2040, 1, 1, tzinfo=UTC)
PLANS = [
    ServerPlan(Role.EXPRESSWAY_C, "edge-in", "corp.example", "192.0.2.50"),
    ServerPlan(Role.EXPRESSWAY_E, "edge-out", "corp.example", "2001:db8::50"),
]


def fresh(lab):
    return Lab.objects.get(pk=lab.pk)


def fill(lab):
    """One of everything that using a lab leaves behind, but for what `reset` keeps."""
    node = lab.nodes.get(kind=Node.Kind.EXPRESSWAY_E)
    root = authority.root("Uploaded Root", rsa_key("root"), START, END)
    row = store_certificates(lab, [decode_certificate(root.der)])[0]
    revoked = store_crls(lab, [decode_crl(crl.as_der(crl.revocation_list(root, [], START, END)))])[0]
    store = node.trust_stores.get()
    store.entries.first().delete()
    TrustEntry.objects.create(store=store, position=4, certificate=row, subject_hash=row.subject_hash)
    TrustEntry.objects.create(store=store, position=5, crl=revoked, subject_hash=revoked.issuer_hash)
    store.next_position = 6
    store.save()
    slot = node.slots.get()
    slot.installations.update(is_installed=False)
    Installation.objects.create(
        slot=slot, certificate=row, key=node.factory_key, key_origin="unknown", source="upload", at_lab="x"
    )
    attempt = Attempt.objects.create(
        lab=lab, node=node, page="trusted-ca", size=1, file_name="a.pem", outcome="accepted", stored=True
    )
    AttemptCertificate.objects.create(attempt=attempt, certificate=row, place="file", position=1)
    log_event(lab, node, "trusted-ca.appended", {"count": 1}, lab.now(), attempt)
    Node.objects.filter(pk=node.pk).update(restarted_at_lab=real_now())
    actions.set_lab_time(lab.pk, datetime(2038, 1, 19, tzinfo=UTC))


# Which row it is and when it was written: no part of what a lab is. The roots' rows may be made anew.
NO_STATE = {"seen", "id", "at_lab", "at_real", "version", "certificate_id"}


def values(row):
    """A row without what says only which row it is; the certificate it points at by its hash."""
    names = [field.attname for field in row._meta.concrete_fields if field.attname not in NO_STATE]
    found = {name: getattr(row, name) for name in names} | {"table": type(row).__name__}
    if getattr(row, "certificate_id", None) is not None:
        found["certificate"] = row.certificate.sha256
    return found


def state(lab):
    """Everything that a lab is."""
    rows = [
        fresh(lab),
        *lab.nodes.all(),
        *lab.files.all(),
        *lab.certificates.order_by("sha256"),
        *lab.crls.all(),
        *lab.public_keys.order_by("spki_sha256"),
        *TrustStore.objects.filter(node__lab=lab).order_by("pk"),
        *TrustEntry.objects.filter(store__node__lab=lab).order_by("store_id", "position"),
        *Installation.objects.filter(slot__node__lab=lab).order_by("slot_id", "id"),
        *lab.attempts.all(),
    ]
    return [values(row) for row in rows]


def counts():
    """How many rows every table of the app holds."""
    return {
        model.__name__: model._default_manager.count()
        for model in apps.get_app_config("certstore").get_models()
    }


# Making


def test_the_example_lab_is_for_practice_and_stays(lab):
    assert (lab.kind, lab.release, lab.same_subject, lab.expires_at) == ("practise", "X14.3", "first", None)
    assert lab.takes_private_keys
    assert [event.code for event in lab.events.all()] == ["lab.made"]


@pytest.mark.usefixtures("pooled_keys")
@pytest.mark.parametrize("kind", [Lab.Kind.REHEARSE, Lab.Kind.REPRODUCE])
def test_a_lab_for_real_files_ends_after_thirty_days_and_takes_no_keys(owner, kind):
    before = real_now()
    lab = actions.make_lab(owner, kind, "Renewal", "X14.3.4", PLANS)
    assert before + timedelta(days=30) <= lab.expires_at <= real_now() + timedelta(days=30)
    assert not lab.takes_private_keys


@pytest.mark.usefixtures("pooled_keys")
def test_a_lab_has_the_servers_that_were_asked_for(owner):
    lab = actions.make_lab(owner, Lab.Kind.PRACTISE, "Mine", "X14.3", PLANS)
    assert [(node.kind, node.fqdn, node.address) for node in lab.expressways] == [
        ("expressway-c", "edge-in.corp.example", "192.0.2.50"),
        ("expressway-e", "edge-out.corp.example", "2001:db8::50"),
    ]
    assert lab.files.filter(name="edge-out.cer").exists()


@pytest.mark.usefixtures("pooled_keys")
@pytest.mark.parametrize(("typed", "rule"), [("X14.0.2", "refuse"), ("14.2", "first"), ("nonsense", "first")])
def test_the_release_decides_about_same_names(owner, typed, rule):
    assert actions.make_lab(owner, Lab.Kind.PRACTISE, "Mine", typed, PLANS[:1]).same_subject == rule


def test_nobody_has_more_labs_than_allowed(owner, lab, other_lab, monkeypatch, made_servers):
    monkeypatch.setattr(actions, "MOST_LABS", 2)
    actions.make_example_lab(owner, made_servers)
    with pytest.raises(actions.TooManyLabs):
        actions.make_lab(owner, Lab.Kind.PRACTISE, "One too many", "X14.3")
    with pytest.raises(actions.TooManyLabs):
        actions.make_example_lab(owner, made_servers)
    assert owner.labs.count() == 2


def test_labs_whose_days_are_over_do_not_count(owner, lab, monkeypatch, made_servers):
    monkeypatch.setattr(actions, "MOST_LABS", 1)
    owner.labs.update(expires_at=real_now() - timedelta(seconds=1))
    assert actions.make_example_lab(owner, made_servers).owner == owner


# Changing


def test_renaming(lab, other_lab):
    actions.rename(lab.pk, "Week 48")
    assert fresh(lab).name == "Week 48"
    assert fresh(other_lab).name == other_lab.name


@pytest.mark.parametrize(
    ("moment", "becomes"),
    [
        (datetime(1950, 1, 1, tzinfo=UTC), EARLIEST),
        (datetime(2038, 1, 19, 3, 14, 8, tzinfo=UTC), datetime(2038, 1, 19, 3, 14, 8, tzinfo=UTC)),
        (datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC), LATEST),
        (datetime(1, 1, 1, tzinfo=UTC), EARLIEST),
    ],
    ids=["1950", "2038", "9999", "the year 1"],
)
def test_lab_time_is_any_moment_and_goes_on_from_there(lab, other_lab, moment, becomes):
    assert actions.set_lab_time(lab.pk, moment) == becomes
    assert becomes <= fresh(lab).now() <= shifted(becomes, 60)
    assert abs(fresh(other_lab).now() - real_now()) < timedelta(seconds=60)


def test_lab_time_can_be_one_second_ago(lab):
    actions.set_lab_time(lab.pk, real_now() - timedelta(seconds=1))
    assert fresh(lab).clock_offset_s in (-1, -2)


def test_lab_time_goes_back_to_now(lab):
    actions.set_lab_time(lab.pk, datetime(2038, 1, 1, tzinfo=UTC))
    actions.set_lab_time(lab.pk, None)
    assert fresh(lab).clock_offset_s == 0
    assert lab.events.filter(code="lab.time-back").count() == 1


def test_lab_time_takes_another_zone_for_what_it_is(lab):
    moment = datetime.fromisoformat("2030-06-01T12:00:00+14:00")
    assert actions.set_lab_time(lab.pk, moment) == datetime(2030, 5, 31, 22, tzinfo=UTC)


def test_the_same_name_setting_goes_with_the_release(lab):
    actions.set_release(lab.pk, "X14.0")
    assert fresh(lab).same_subject == "refuse"
    actions.set_release(lab.pk, "15.2")
    assert (fresh(lab).release, fresh(lab).same_subject) == ("15.2", "first")


def test_a_same_name_setting_made_by_hand_stays(lab, other_lab):
    actions.set_same_subject(lab.pk, SameSubject.OPENSSL)
    actions.set_release(lab.pk, "X14.0")
    assert fresh(lab).same_subject == "openssl"
    assert fresh(other_lab).same_subject == "first"


def test_whether_the_common_name_counts(lab, other_lab):
    actions.set_cn_counts(lab.pk, counts=True)
    assert fresh(lab).cn_counts
    assert not fresh(other_lab).cn_counts


def test_a_lab_can_be_kept_and_let_go_again(lab):
    Lab.objects.filter(pk=lab.pk).update(kind=Lab.Kind.REHEARSE, expires_at=real_now() + timedelta(days=1))
    actions.keep(lab.pk, kept=True)
    assert fresh(lab).expires_at is None
    actions.keep(lab.pk, kept=False)
    assert fresh(lab).expires_at >= real_now() + timedelta(days=29)


def test_a_practice_lab_is_never_let_go(lab):
    actions.keep(lab.pk, kept=False)
    assert fresh(lab).expires_at is None


def test_servers_can_swap_their_names(lab, exp_c, exp_e):
    plans = {
        exp_c.pk: ServerPlan(Role.EXPRESSWAY_C, exp_e.host, exp_e.domain, exp_c.address),
        exp_e.pk: ServerPlan(Role.EXPRESSWAY_E, exp_c.host, exp_c.domain, "2001:db8::1"),
    }
    actions.name_servers(lab.pk, plans)
    assert {node.pk: (node.host, node.address) for node in lab.expressways} == {
        exp_c.pk: ("exp-e1", "192.0.2.11"),
        exp_e.pk: ("exp-c1", "2001:db8::1"),
    }
    assert lab.files.filter(name="exp-e1.cer", node=exp_e).exists()


def test_a_strangers_server_cannot_be_named(lab, other_lab):
    theirs = other_lab.nodes.first()
    actions.name_servers(lab.pk, {theirs.pk: PLANS[0]})
    assert other_lab.nodes.first().host == theirs.host
    assert not lab.events.filter(code="lab.server-named").exists()


def test_a_server_that_keeps_its_name_is_not_an_event(lab, exp_c):
    plan = ServerPlan(Role.EXPRESSWAY_C, exp_c.host, exp_c.domain, exp_c.address)
    actions.name_servers(lab.pk, {exp_c.pk: plan})
    assert not lab.events.filter(code="lab.server-named").exists()


# Reset


def test_reset_brings_back_the_start(lab, other_lab):
    start, others = state(lab), state(other_lab)
    fill(lab)
    assert state(lab) != start
    actions.reset_lab(lab.pk)
    assert lab.events.last().code == "lab.reset"
    for number in list(lab.restore_points.values_list("number", flat=True)):
        points.delete(lab.pk, number)  # what a restore point names stays as long as it does
    assert state(lab) == start
    assert state(other_lab) == others


def test_reset_leaves_settings_and_names(lab, exp_e):
    actions.rename(lab.pk, "Week 48")
    actions.set_release(lab.pk, "X14.0")
    actions.name_servers(lab.pk, {exp_e.pk: PLANS[1]})
    actions.reset_lab(lab.pk)
    after = fresh(lab)
    assert (after.name, after.release, after.same_subject) == ("Week 48", "X14.0", "refuse")
    assert lab.nodes.get(pk=exp_e.pk).host == "edge-out"


def test_a_second_reset_changes_nothing(lab):
    actions.reset_lab(lab.pk)
    once = state(lab)
    actions.reset_lab(lab.pk)
    assert state(lab) == once


# Deleting


def test_a_deleted_lab_leaves_no_row_in_any_table(owner, other_lab, made_servers):
    before = counts()
    lab = actions.make_example_lab(owner, made_servers)
    fill(lab)
    assert all(counts()[table] > before[table] for table in ("Attempt", "Crl", "Event", "AttemptCertificate"))
    actions.delete_lab(lab.pk)
    assert counts() == before


def test_a_deleted_person_leaves_no_row_either(stranger, other_lab, lab):
    fill(other_lab)
    stranger.delete()
    assert {row.lab_id for row in Certificate.objects.all()} == {lab.pk}


def test_a_lab_that_is_gone_can_not_be_changed(lab):
    actions.delete_lab(lab.pk)
    for act in (actions.delete_lab, actions.reset_lab, lambda pk: actions.rename(pk, "x")):
        with pytest.raises(LabGone):
            act(lab.pk)


def test_only_labs_whose_days_are_over_are_deleted(owner, lab, other_lab):
    now = real_now()
    Lab.objects.filter(pk=lab.pk).update(expires_at=now)
    Lab.objects.filter(pk=other_lab.pk).update(expires_at=now + timedelta(seconds=1))
    assert actions.delete_expired(now) == 1
    assert list(Lab.objects.all()) == [other_lab]
    assert actions.delete_expired(now) == 0
