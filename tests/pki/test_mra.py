"""A sign-in over Mobile and Remote Access: how far it gets, and why no further."""

import pytest

from certstore.pki.connections import Health, StepName
from certstore.pki.forge.shape import SERVER_AUTH
from certstore.pki.settings import InvalidCertificate
from tests.pki.chains import root
from tests.pki.deployments import (
    PTR_OF_E,
    SRV,
    client,
    codes,
    control,
    cucm,
    edge,
    link,
    of_cucm,
    of_edge,
    state,
)
from tests.pki.zones import E_NAME, release

STEPS = [step.value for step in StepName]
UNKNOWN = root("Unknown Root")
NO_DOMAIN = of_edge(sans=[E_NAME])


def sign_in(c=None, e=None, **changed):
    """The verdict on a sign-in."""
    return state(c, e, **changed).sign_ins[0]


def health_of(verdict):
    """The health of each step, in order."""
    assert [step.name.value for step in verdict.steps] == STEPS
    return [step.health.value for step in verdict.steps]


def reached(name, instead="fails"):
    """Every step works up to one that does not; nobody gets to the rest."""
    at = STEPS.index(name)
    return ["works"] * at + [instead] + ["off"] * (len(STEPS) - at - 1)


def test_with_everything_right_every_step_works():
    verdict = sign_in()
    assert (verdict.health, verdict.source, verdict.target) == (Health.WORKS, "j1", "e1")
    assert health_of(verdict) == ["works"] * 7


ENDS = [
    ("service-discovery", "jabber.no-srv", {"answers": {SRV: ()}}),
    (
        "edge",
        "jabber.no-domain",
        {"e": edge(NO_DOMAIN), "client": client(on_invalid_certificate=InvalidCertificate.REJECT)},
    ),
    ("zone", "zone.credentials", {"c": control(password="other")}),
    ("zone", "sign-in.no-zone", {"c": control(zone=None)}),
    ("tunnel", "tunnels.no-ptr", {"answers": {PTR_OF_E: ()}}),
    ("uds", "unified-cm.not-trusted", {"cucms": (link(cucm(tomcat=of_cucm(UNKNOWN))),)}),
    ("tftp", "unified-cm.not-trusted", {"cucms": (link(cucm(callmanager=of_cucm(UNKNOWN))),)}),
    ("tftp", "unified-cm.ca-missing", {"cucms": (link(cucm(callmanager_trust=())),)}),
    (
        "sip",
        "unified-cm.one-usage",
        {"cucms": (link(cucm(mixed_mode=True, callmanager=of_cucm(ekus=(SERVER_AUTH,))), tls_verify=True),)},
    ),
    ("sip", "sign-in.service-refused", {"e": edge(of_edge(ekus=(SERVER_AUTH,)))}),
]


@pytest.mark.parametrize(("ends", "code", "changed"), ENDS, ids=[f"{case[0]}-{case[1]}" for case in ENDS])
def test_it_ends_at_the_first_step_that_fails_for_that_steps_reason(ends, code, changed):
    verdict = sign_in(**changed)
    assert health_of(verdict) == reached(ends)
    assert verdict.health is Health.FAILS
    assert codes(verdict)[0] == code
    assert next(step for step in verdict.steps if step.name.value == ends).reasons == verdict.reasons


def test_a_warning_lets_the_person_go_on():
    verdict = sign_in(e=edge(NO_DOMAIN))
    assert health_of(verdict) == ["works", "warns", *["works"] * 5]
    assert (verdict.health, codes(verdict)[0]) == (Health.WARNS, "jabber.no-domain")


def test_a_warning_does_not_hide_what_fails_later():
    verdict = sign_in(c=control(password="other"), e=edge(NO_DOMAIN))
    assert (verdict.health, codes(verdict)[0]) == (Health.FAILS, "zone.credentials")
    assert verdict.log_lines == ()


def test_the_client_writes_about_the_steps_it_takes_itself():
    assert [line.name for line in sign_in(answers={SRV: ()}).log_lines] == ["jabber-log"]


def test_what_mixed_mode_only_asks_for_ends_nothing():
    assert sign_in(cucms=(link(cucm(mixed_mode=True)),)).health is Health.WORKS


@pytest.mark.parametrize("changed", [{"client": None}, {"cucms": ()}], ids=["no-client", "no-unified-cm"])
def test_without_a_client_or_a_unified_cm_there_is_no_sign_in(changed):
    assert sign_in(**changed).health is Health.OFF


@pytest.mark.parametrize(
    ("name", "works"), [("X14.3", False), ("X15.3", False), ("X15.4", True), ("X15.5", True)]
)
def test_the_service_message_needs_both_usages_before_x15_4(name, works):
    verdict = sign_in(e=edge(of_edge(ekus=(SERVER_AUTH,))), release=release(name))
    assert (verdict.health is Health.WORKS) is works
    if not works:
        reason = verdict.reasons[0]
        assert (reason.by, reason.about) == ("c1", "e1")
