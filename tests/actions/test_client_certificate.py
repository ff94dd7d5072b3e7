"""The client certificate of a lab: the upgrade copies, uploads act after the restart, alarms, and what is judged."""

from datetime import timedelta

import pytest

from certstore.actions import acme, client_certificate, labs, points, restart, server_certificate, trusted_ca
from certstore.models import Installation, Lab, Node, Slot, SlotName
from certstore.models.clock import real_now
from certstore.pki.connections import Health
from certstore.pki.facts import decode_certificate
from certstore.pki.forge.shape import CLIENT_AUTH, SERVER_AUTH
from certstore.pki.keys import read_key_file
from certstore.pki.moments import from_iso
from certstore.pki.releases import Switch
from certstore.reading.alarms import certificate_alarms
from certstore.reading.lab_state import lab_view
from certstore.reading.servers import client_slot_of, slot_state_of
from certstore.reading.topology import topology_of
from certstore.scenarios import training_ca
from tests.keyring import rsa_key
from tests.labs import tried
from tests.pki.material import key_pem

NAME = "exp-c1.example.com"


@pytest.fixture
def control(working_lab):
    return working_lab.nodes.get(kind=Node.Kind.EXPRESSWAY_C)


@pytest.fixture
def edge(working_lab):
    return working_lab.nodes.get(kind=Node.Kind.EXPRESSWAY_E)


def fresh(lab):
    return Lab.objects.get(pk=lab.pk)


def certificate_of(lab, settings, name, ekus, days=90):
    """A certificate of the lab's own CA for a key of the tests."""
    ca = training_ca.opened(lab, settings.SECRET_KEY.encode())
    now = real_now()
    made = ca.issuing.leaf(
        name,
        rsa_key("odd").public_key(),
        now - timedelta(days=1),
        now + timedelta(days=days),
        sans=[name],
        ekus=ekus,
    )
    return made.pem


def give(lab, node, settings, ekus, days=90):
    """Upload a client certificate with its key, then restart."""
    data = certificate_of(lab, settings, f"{node.host}.{node.domain}", ekus, days)
    attempt = client_certificate.upload(node, tried(data), read_key_file(key_pem()), lab.owner)
    assert attempt.stored, attempt.code
    restart.restart(node)
    return decode_certificate(client_slot_of(node).running.der)


def held_by_control(lab):
    return topology_of(fresh(lab), real_now()).controls[0]


def test_the_upgrade_copies_the_running_server_certificate(working_lab, control, edge):
    labs.set_release(working_lab.pk, "X15.5")
    for node in (control, edge):
        row = Installation.objects.get(slot__node=node, slot__name=SlotName.CLIENT)
        assert (row.is_installed, row.is_running, row.source) == (True, True, "copied")
        assert client_slot_of(node).running == slot_state_of(node).running
    codes = working_lab.events.filter(code="client-certificate.copied").values_list("node_id", flat=True)
    assert set(codes) == {control.pk, edge.pk}


def test_between_two_releases_that_both_have_one_nothing_is_copied(working_lab, control, settings):
    labs.set_release(working_lab.pk, "X15.5")
    mine = give(working_lab, control, settings, [CLIENT_AUTH])
    labs.set_release(working_lab.pk, "X15.5.1")
    assert client_slot_of(control).running.sha256 == mine.sha256


def test_an_upload_is_shown_to_the_other_side_from_the_restart_on(working_lab, control, settings):
    labs.set_release(working_lab.pk, "X15.5")
    before = held_by_control(working_lab)
    data = certificate_of(working_lab, settings, NAME, [CLIENT_AUTH])
    client_certificate.upload(control, tried(data), read_key_file(key_pem()), working_lab.owner)
    assert held_by_control(working_lab).client == before.client
    restart.restart(control)
    after = held_by_control(working_lab)
    assert after.client.extended_key_usage == (CLIENT_AUTH,)
    assert after.server == before.server


def test_before_x15_5_it_counts_for_nothing(working_lab, control, settings):
    labs.set_release(working_lab.pk, "X15.5")
    give(working_lab, control, settings, [CLIENT_AUTH], days=10)
    assert any(
        alarm.name == "40079" for alarm in certificate_alarms(fresh(working_lab), real_now())[str(control.pk)]
    )
    labs.set_release(working_lab.pk, "X15.4")
    held = held_by_control(working_lab)
    assert held.client == held.server
    raised = certificate_alarms(fresh(working_lab), real_now())[str(control.pk)]
    assert not any(alarm.name.startswith("4007") for alarm in raised)


# Alarms 40078 and 40079 (Administrator Guide X15.5, Reference Material), 21 days ahead; typed by hand.
@pytest.mark.parametrize(
    ("seconds", "expected"),
    [(-22 * 86_400, []), (-21 * 86_400, ["40079"]), (-1, ["40079"]), (0, ["40078"])],
    ids=["22-days", "21-days", "last-second", "ended"],
)
def test_the_end_of_the_client_certificate_has_alarms(working_lab, control, settings, seconds, expected):
    labs.set_release(working_lab.pk, "X15.5")
    ends = from_iso(give(working_lab, control, settings, [CLIENT_AUTH]).not_after)
    raised = certificate_alarms(fresh(working_lab), ends + timedelta(seconds=seconds))[str(control.pk)]
    assert [alarm.name for alarm in raised if alarm.name in ("40078", "40079")] == expected


def test_a_copied_client_certificate_stays_when_another_server_certificate_is_loaded(working_lab, control):
    Lab.objects.filter(pk=working_lab.pk).update(release="X15.5")  # made at that release: nothing was copied
    before = held_by_control(working_lab).client
    server_certificate.reset_to_default(control)
    restart.restart(control)
    held = held_by_control(working_lab)
    assert (held.client, held.server == before) == (before, False)


def test_a_server_certificate_can_be_the_client_certificate_as_well(working_lab, control, settings):
    labs.set_release(working_lab.pk, "X15.5")
    data = certificate_of(working_lab, settings, NAME, [SERVER_AUTH, CLIENT_AUTH])
    key = read_key_file(key_pem())
    attempt = server_certificate.upload(control, tried(data), key, working_lab.owner, is_for_both=True)
    assert attempt.stored
    restart.restart(control)
    held = held_by_control(working_lab)
    assert held.client == held.server == decode_certificate(held.server.der)


def test_one_for_servers_only_is_refused_as_both_and_taken_as_the_one(working_lab, control, settings):
    labs.set_release(working_lab.pk, "X15.5")
    data, key = certificate_of(working_lab, settings, NAME, [SERVER_AUTH]), read_key_file(key_pem())
    rows = Installation.objects.filter(slot__node=control)
    before = rows.count()
    both = server_certificate.upload(control, tried(data), key, working_lab.owner, is_for_both=True)
    assert (both.stored, both.code, rows.count()) == (False, "client-certificate.no-client-auth", before)
    assert server_certificate.upload(control, tried(data), key, working_lab.owner).stored


def test_going_back_to_a_point_before_the_upgrade_takes_the_copy_away(working_lab, control):
    kept = points.keep(working_lab.pk, "before")
    labs.set_release(working_lab.pk, "X15.5")
    points.restore(working_lab.pk, kept.number)
    slot = Slot.objects.get(node=control, name=SlotName.CLIENT)
    assert not slot.installations.filter(is_installed=True).exists()


# TechNote 225693: test cases 1, 2 and 2.1; typed by hand (expressway-consequences 6.3, the truth table).
@pytest.mark.parametrize(
    ("is_checked", "zone", "tunnels"),
    [(True, Health.FAILS, Health.FAILS), (False, Health.WORKS, Health.FAILS)],
    ids=["on", "off"],
)
def test_the_other_side_is_shown_a_copy_for_servers_only(
    working_lab, control, settings, is_checked, zone, tunnels
):
    ca = training_ca.opened(working_lab, settings.SECRET_KEY.encode())
    edge = working_lab.nodes.get(kind=Node.Kind.EXPRESSWAY_E)
    trusted_ca.append(edge, tried(ca.bundle), working_lab.owner)
    labs.set_release(working_lab.pk, "X15.5")
    data, key = certificate_of(working_lab, settings, NAME, [SERVER_AUTH]), read_key_file(key_pem())
    assert server_certificate.upload(control, tried(data), key, working_lab.owner).stored
    restart.restart(control)
    labs.set_release(working_lab.pk, "X15.3")
    labs.set_release(working_lab.pk, "X15.5")  # the upgrade copies it
    labs.set_switches(working_lab.pk, {Switch.EKU_CHECKING: is_checked})
    state = lab_view(fresh(working_lab), real_now()).state
    assert ([one.health for one in state.zones], [one.health for one in state.tunnels]) == ([zone], [tunnels])


def test_acme_renews_for_the_same_names_without_client_authentication_and_without_a_restart(
    working_lab, edge
):
    before = slot_state_of(edge).running
    event = acme.renew(edge)
    after = slot_state_of(edge)
    assert event.code == "acme.renewed"
    assert not after.restart_pending
    assert after.running.san_dns == before.san_dns
    assert after.running.extended_key_usage == (SERVER_AUTH,)
    assert after.running.spki_sha256 != before.spki_sha256
    assert working_lab.restore_points.first().before == "acme.renewed"


def test_acme_leaves_the_client_certificate_alone(working_lab, edge):
    labs.set_release(working_lab.pk, "X15.5")
    before = client_slot_of(edge).running
    acme.renew(edge)
    assert client_slot_of(edge).running == before


def test_acme_without_a_ca_that_can_sign_changes_nothing(working_lab, edge):
    working_lab.ca_keys.all().delete()
    before = slot_state_of(edge).running
    with pytest.raises(acme.NotRenewed, match="acme-no-ca"):
        acme.renew(edge)
    assert slot_state_of(edge).running == before


def test_acme_is_offered_on_expressway_e_of_a_lab_to_practise_in(working_lab, control, edge):
    assert acme.is_offered(edge, working_lab)
    assert not acme.is_offered(control, working_lab)
    working_lab.kind = Lab.Kind.REHEARSE
    assert not acme.is_offered(edge, working_lab)
