"""Trying first: the real actions, and afterwards not a byte of any table is another."""

import pytest
from django.db import DatabaseError, connection

from certstore.actions import clusters, labs, steps, trusted_ca, writing
from certstore.actions.restart import restart as do_restart
from certstore.actions.steps import Step, StepKind
from certstore.actions.try_first import MOST_STEPS, TooManySteps, tried
from certstore.actions.writing import LabGone
from certstore.models import Lab, Node, SigningRequest
from certstore.pki.connections import Health, Kind
from certstore.pki.purpose import SERVER_AUTH
from certstore.pki.releases import Role
from certstore.reading.lab_document import canonical, document_of
from certstore.scenarios.expressway_pair import ServerPlan
from tests.keyring import rsa_key
from tests.labs import tried as file_of
from tests.one_of_each import DAYS, FIRST, ONE_OF_EACH, ROOT, append, cucm_of, file, restart, upload
from tests.trying import everything, make_working


@pytest.fixture
def working(owner, made_servers) -> Lab:
    return make_working(owner, made_servers)


def server(lab, kind):
    return lab.nodes.get(kind=kind)


@pytest.fixture
def control(working):
    return server(working, Node.Kind.EXPRESSWAY_C)


@pytest.fixture
def edge(working):
    return server(working, Node.Kind.EXPRESSWAY_E)


def bytes_of(lab):
    return canonical(document_of(Lab.objects.get(pk=lab.pk)))


def health(view, kind):
    """The health of every connection of a kind."""
    return {one.health for one in view.state.all if one.kind is kind}


def test_every_kind_of_step_is_done_by_some_action_and_tried_here():
    assert set(steps.DO) == set(StepKind) == set(ONE_OF_EACH)


@pytest.mark.parametrize("kind", ONE_OF_EACH)
def test_nothing_of_a_step_stays_in_any_table(working, edge, owner, kind):
    FIRST.get(kind, lambda _: None)(edge)
    before, document = everything(), bytes_of(working)
    trial = tried(working.pk, [ONE_OF_EACH[kind](edge)], owner)
    assert [one.step.kind for one in trial.steps] == [kind]
    assert trial.steps[0].accepted
    assert everything() == before
    assert bytes_of(working) == document


def test_nothing_of_a_long_series_stays_though_a_write_among_them_clears_what_nothing_names(
    working, edge, owner
):
    one_of_each = [make(edge) for kind, make in ONE_OF_EACH.items() if kind not in FIRST]
    before = everything()
    for start in range(0, len(one_of_each), MOST_STEPS):
        trial = tried(working.pk, one_of_each[start : start + MOST_STEPS], owner)
        assert all(one.accepted for one in trial.steps)
    assert everything() == before


def test_the_step_is_the_real_action(working, edge, owner):
    trial = tried(working.pk, [ONE_OF_EACH[StepKind.RESET_LIST](edge)], owner)
    assert trial.steps[0].said == "The trusted CA list was reset to default."
    assert health(trial.start, Kind.ZONE) == {Health.WORKS}
    assert health(trial.steps[0].after, Kind.ZONE) == {Health.FAILS}
    trusted_ca.reset_to_default(edge)
    really = tried(working.pk, [], owner).start
    assert health(really, Kind.ZONE) == {Health.FAILS}
    assert really.alarms == trial.steps[0].after.alarms


def test_what_is_taken_back_keeps_no_restore_point_and_asks_nobody_what_it_brought_about(
    working, edge, owner, monkeypatch
):
    def never(*_):
        raise AssertionError("a look that nobody needs")

    monkeypatch.setattr(writing, "observe", never)
    monkeypatch.setattr(writing, "write_point", never)
    assert tried(working.pk, [restart(edge)], owner).steps[0].accepted
    with pytest.raises(AssertionError):
        do_restart(edge)


def test_a_refused_step_tells_why_and_the_next_one_is_done_all_the_same(working, edge, owner):
    before = everything()
    trial = tried(working.pk, [append(edge, "exp-e1-root-ca.cer"), restart(edge)], owner)
    refused, done = trial.steps
    assert (refused.accepted, done.accepted) == (False, True)
    assert refused.explanation.headline.code == "file.der-certificate"
    assert refused.said == "A CA file was refused."
    assert everything() == before


def test_a_step_that_raises_leaves_nothing(working, edge, owner, monkeypatch):
    def fails(_):
        labs.rename(working.pk, "Half done")
        raise ZeroDivisionError

    monkeypatch.setitem(steps.DO, StepKind.RESTART, fails)
    before = everything()
    with pytest.raises(ZeroDivisionError):
        tried(working.pk, [append(edge, "exp-e1-renewal-issuing-ca.pem"), restart(edge)], owner)
    assert everything() == before


def test_nor_does_one_after_which_the_database_takes_nothing_more(working, edge, owner, monkeypatch):
    def breaks(_):
        labs.rename(working.pk, "Half done")
        with connection.cursor() as cursor:
            cursor.execute("SELECT nothing FROM nowhere")

    monkeypatch.setitem(steps.DO, StepKind.RESTART, breaks)
    before = everything()
    with pytest.raises(DatabaseError):
        tried(working.pk, [restart(edge)], owner)
    assert everything() == before


def test_the_real_thing_can_be_done_right_after(working, edge, owner):
    tried(working.pk, [ONE_OF_EACH[StepKind.RELEASE](edge)], owner)
    labs.set_release(working.pk, "X15.5")
    assert Lab.objects.get(pk=working.pk).release == "X15.5"


def test_more_steps_than_the_limit_are_not_begun(working, edge, owner):
    with pytest.raises(TooManySteps):
        tried(working.pk, [restart(edge)] * (MOST_STEPS + 1), owner)


def test_a_server_of_another_lab_is_none_of_this_one(working, other_lab, owner):
    theirs = server(other_lab, Node.Kind.EXPRESSWAY_E)
    with pytest.raises(LabGone):
        tried(working.pk, [restart(theirs)], owner)


# --- Order ------------------------------------------------------------------------------------------------


def test_the_certificate_is_refused_before_its_ca_and_taken_after(lab, exp_e, owner):
    ca, certificate = append(exp_e, "exp-e1-ca-bundle.pem"), upload(exp_e, "exp-e1.pem")
    assert [one.accepted for one in tried(lab.pk, [certificate, ca], owner).steps] == [False, True]
    assert [one.accepted for one in tried(lab.pk, [ca, certificate], owner).steps] == [True, True]


def renewal(control, edge):
    """The steps of a renewal on Expressway-E from a new issuing CA: both lists, the certificate, the restart."""
    return (
        append(edge, "exp-e1-renewal-issuing-ca.pem"),
        append(control, "exp-e1-renewal-issuing-ca.pem"),
        upload(edge, "exp-e1-renewal.pem"),
        restart(edge),
    )


def up_after_each(trial):
    """Of the zone and the tunnels after each step: whether both are up."""
    return [(health(one.after, Kind.ZONE), health(one.after, Kind.TUNNELS)) for one in trial.steps]


UP, DOWN = {Health.WORKS}, {Health.FAILS}


def test_a_renewal_in_the_right_order_keeps_zone_and_tunnels_up(working, control, edge, owner):
    trial = tried(working.pk, renewal(control, edge), owner)
    assert [one.accepted for one in trial.steps] == [True] * 4
    assert up_after_each(trial) == [(UP, UP)] * 4


def test_with_the_other_sides_ca_last_the_tunnels_are_down_from_the_restart_to_that(
    working, control, edge, owner
):
    own, other, certificate, again = renewal(control, edge)
    trial = tried(working.pk, [own, certificate, again, other], owner)
    assert [one.accepted for one in trial.steps] == [True] * 4
    assert [tunnels for _, tunnels in up_after_each(trial)] == [UP, UP, DOWN, UP]


# --- During a restart -------------------------------------------------------------------------------------


def kinds(verdicts):
    return [one.kind.value for one in verdicts]


def test_while_an_expressway_restarts_what_leads_to_it_is_down_and_nothing_else(
    working, control, edge, owner
):
    of_edge, of_control = tried(working.pk, [restart(edge), restart(control)], owner).steps
    assert kinds(of_edge.during) == ["jabber", "zone", "tunnels", "sign-in"]
    assert kinds(of_control.during) == ["zone", "tunnels", "unified-cm", "sign-in"]
    assert {one.health for one in of_edge.during} == {Health.FAILS}
    assert health(of_control.after, Kind.SIGN_IN) <= {Health.WORKS, Health.WARNS}


def test_what_was_down_before_is_not_told_as_the_restarts_doing(lab, exp_e, owner):
    during = tried(lab.pk, [restart(exp_e)], owner).steps[0].during
    assert kinds(during) == ["jabber"]  # who could go on after a prompt; zone and tunnels were down already


# --- Unified CM, zones, DNS -------------------------------------------------------------------------------


def lists_emptied(node):
    return ONE_OF_EACH[StepKind.CUCM_DELETE](node)


def test_unified_cm_goes_on_with_its_old_lists_until_its_services_restart(working, edge, owner):
    deleted, restarted = tried(
        working.pk, [lists_emptied(edge), ONE_OF_EACH[StepKind.CUCM_SERVICES](edge)], owner
    ).steps
    assert health(deleted.after, Kind.UNIFIED_CM) == UP
    assert kinds(restarted.during) == ["unified-cm", "sign-in"]
    assert health(restarted.after, Kind.UNIFIED_CM) == DOWN


def test_a_file_that_unified_cm_does_not_take_is_refused_with_its_reason(working, edge, owner):
    step = Step(StepKind.CUCM_UPLOAD, cucm_of(edge).pk, {"store": "tomcat"}, file_of(b"nothing", "a.pem"))
    refused = tried(working.pk, [step], owner).steps[0]
    assert not refused.accepted
    assert "a.pem" in refused.said


def test_another_subject_name_takes_the_zone_down(working, edge, owner):
    step = tried(working.pk, [ONE_OF_EACH[StepKind.ZONE](edge)], owner).steps[0]
    assert health(step.after, Kind.ZONE) == DOWN


def test_a_zone_that_is_not_there_is_not_changed(working, edge, owner):
    edge.zone.delete()
    step = tried(working.pk, [ONE_OF_EACH[StepKind.ZONE](edge)], owner).steps[0]
    assert (step.accepted, step.said) == (
        False,
        "This server has no traversal zone, so there is none to change.",
    )


def test_without_its_address_nobody_finds_expressway_e(working, edge, owner):
    step = tried(working.pk, [ONE_OF_EACH[StepKind.DNS](edge)], owner).steps[0]
    assert health(step.after, Kind.ZONE) == health(step.after, Kind.JABBER) == DOWN


def test_without_the_algorithm_of_its_key_the_tunnels_are_down(working, edge, owner):
    step = tried(working.pk, [ONE_OF_EACH[StepKind.TUNNEL_ALGORITHMS](edge)], owner).steps[0]
    assert health(step.after, Kind.TUNNELS) == DOWN


# --- Certificates of X15.5, revocation lists, clusters ----------------------------------------------------


def test_each_page_discards_the_request_of_its_own(working, edge, owner):
    mine, servers = (ONE_OF_EACH[kind](edge) for kind in (StepKind.CLIENT_CSR_DISCARD, StepKind.CSR_DISCARD))
    without = only(tried(working.pk, [mine], owner))
    assert "This release has no client certificate of its own" in without.said
    FIRST[StepKind.CLIENT_CSR_DISCARD](edge)
    steps = tried(working.pk, [mine, servers], owner).steps
    assert [(one.accepted, one.said) for one in steps] == [
        (True, "The request for the client certificate was discarded."),
        (False, "There is no certificate signing request that could be shown or discarded."),
    ]
    assert SigningRequest.objects.get().state == "pending"


def only(trial):
    """What the only step of a trial came to."""
    (step,) = trial.steps
    return step


@pytest.mark.parametrize(
    "step",
    [
        ONE_OF_EACH[StepKind.CLIENT_UPLOAD],
        ONE_OF_EACH[StepKind.CLIENT_RESET],
        lambda node: Step(StepKind.UPLOAD, node.pk, {"copy": True}, file(node.lab, "exp-e1.pem")),
    ],
    ids=["upload", "reset", "copy"],
)
def test_a_client_certificate_needs_a_release_that_has_one_which_a_step_before_may_set(
    working, edge, owner, step
):
    without = only(tried(working.pk, [step(edge)], owner))
    assert not without.accepted
    assert "This release has no client certificate of its own" in without.said
    release = ONE_OF_EACH[StepKind.RELEASE](edge)
    assert [one.accepted for one in tried(working.pk, [release, step(edge)], owner).steps] == [True, True]


def test_with_the_check_box_a_certificate_has_to_be_fit_for_both(working, edge, owner):
    labs.set_release(working.pk, "X15.5")
    for_servers = ROOT.leaf(
        edge.fqdn, rsa_key("odd").public_key(), *DAYS, sans=[edge.fqdn], ekus=[SERVER_AUTH]
    )
    given = file_of(for_servers.pem, "exp-e1.pem")
    alone, both = (Step(StepKind.UPLOAD, edge.pk, {"copy": copies}, given) for copies in (False, True))
    found = [
        [reason.code for reason in (one.explanation.headline, *one.explanation.further)]
        for one in tried(working.pk, [alone, both], owner).steps
    ]
    assert ["client-certificate.no-client-auth" in codes for codes in found] == [False, True]


def test_acme_takes_the_zone_down_where_expressway_e_shows_its_server_certificate(working, edge, owner):
    labs.set_release(working.pk, "X15.4")
    step = only(tried(working.pk, [ONE_OF_EACH[StepKind.ACME](edge)], owner))
    assert step.said == "ACME renewed the server certificate, without client authentication. No restart."
    assert health(step.after, Kind.TUNNELS) == DOWN


def test_acme_renews_nothing_on_expressway_c(working, control, owner):
    step = only(tried(working.pk, [ONE_OF_EACH[StepKind.ACME](control)], owner))
    assert (step.accepted, step.said[:26]) == (False, "ACME renews nothing here: ")


def test_what_is_no_revocation_list_is_refused_in_the_words_of_the_page(working, edge, owner):
    step = Step(StepKind.CRL_UPLOAD, edge.pk, file=file(working, "exp-e1.pem"))
    refused = only(tried(working.pk, [step], owner))
    assert (refused.accepted, refused.said) == (
        False,
        "The file must hold certificate revocation lists only",
    )


def test_there_is_nothing_to_remove_before_a_revocation_list_was_uploaded(working, edge, owner):
    remove, upload_it = (ONE_OF_EACH[kind](edge) for kind in (StepKind.CRL_REMOVE, StepKind.CRL_UPLOAD))
    before, _, after = tried(working.pk, [remove, upload_it, remove], owner).steps
    assert (before.accepted, before.said) == (False, "There is no revocation list to remove.")
    assert (after.accepted, after.said) == (True, "The revocation list was removed.")


def test_without_a_cluster_there_is_no_mode_to_set(working, edge, owner):
    step = only(tried(working.pk, [ONE_OF_EACH[StepKind.CLUSTER_MODE](edge)], owner))
    assert (step.accepted, step.said) == (
        False,
        "This server is in no cluster, so there is no TLS verification mode to set.",
    )


def test_the_mode_acts_after_the_restart_and_what_is_set_already_changes_nothing(working, edge, owner):
    clusters.make(edge, "exp-e.example.com")
    clusters.add_peer(edge, ServerPlan(Role.EXPRESSWAY_E, "exp-e2", "example.com", "192.0.2.72"))
    enforcing = ONE_OF_EACH[StepKind.CLUSTER_MODE](edge)
    permissive = Step(StepKind.CLUSTER_MODE, edge.pk, {"mode": "permissive"})
    as_it_was, strict, restarted = tried(working.pk, [permissive, enforcing, restart(edge)], owner).steps
    assert as_it_was.said == "It is set like that already, so nothing would change."
    assert strict.said.endswith("TLS verification mode Enforcing.")
    assert health(strict.after, Kind.PEERS) != DOWN
    assert health(restarted.after, Kind.PEERS) == DOWN, "the new peer has its default certificate"


def test_going_back_to_a_point_brings_up_what_was_up_then(working, edge, owner):
    FIRST[StepKind.POINT_RESTORE](edge)
    trial = tried(working.pk, [ONE_OF_EACH[StepKind.POINT_RESTORE](edge)], owner)
    assert health(trial.start, Kind.ZONE) != UP
    assert health(only(trial).after, Kind.ZONE) == UP
    assert only(trial).said.startswith("The lab was set back to restore point")


def test_a_point_that_is_gone_and_a_request_that_is_not_there_are_refused(working, edge, owner):
    gone = Step(StepKind.POINT_RESTORE, values={"number": 10**6})
    nothing = ONE_OF_EACH[StepKind.CSR_DISCARD](edge)
    said = [(one.accepted, one.said) for one in tried(working.pk, [gone, nothing], owner).steps]
    assert said == [
        (False, "The lab has no such restore point any more. Pick another one."),
        (False, "There is no certificate signing request that could be shown or discarded."),
    ]
