"""Settings of one server: SIP revocation checking, SSH configuration, its names, what it sends and checks."""

import re

import pytest
from django.urls import reverse

from certstore.actions import server_settings as actions
from certstore.models import Lab, Node
from certstore.pki.settings import TUNNEL_ALGORITHMS, ExpresswaySettings, Fallback, Revocation, Sends
from certstore.reading.settings import expressway_settings
from certstore.wording.labs import event_sentence

SIP = {
    "revocation-mode": "on",
    "use-ocsp": "no",
    "use-crls": "yes",
    "allow-downloads": "no",
    "fallback": "treat-as-revoked",
}


def text_of(answer):
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def fresh(node):
    return Node.objects.get(pk=node.pk)


def set_of(node):
    return expressway_settings(fresh(node))


def state(lab):
    rows = list(lab.nodes.order_by("pk").values("pk", "settings", "host", "domain"))
    return rows, lab.events.count(), lab.restore_points.count()


def told(lab):
    """The newest change, in words; what a person did not do is logged after it."""
    event = lab.events.exclude(code__startswith="seen").filter(code__in=CODES).first()
    return event_sentence(event.code, event.params)


CODES = (
    "sip.saved",
    "ssh-configuration.saved",
    "ssh-configuration.reset",
    "server.sends",
    "server.origin",
    "lab.server-named",
)


def send(client, node, name, data):
    return client.post(reverse(name, args=[node.pk]), data, follow=True)


# --- Configuration > SIP -----------------------------------------------------------------------------------


def test_revocation_checking_is_off_to_begin_with_and_saved_as_chosen(owner_client, exp_e, lab):
    assert set_of(exp_e).revocation == Revocation()
    answer = send(owner_client, exp_e, "sip", SIP)
    assert "The SIP settings were saved." in text_of(answer)
    assert set_of(exp_e).revocation == Revocation(
        is_on=True, uses_ocsp=False, uses_crls=True, downloads_crls=False, fallback=Fallback.REVOKED
    )
    assert '<option value="treat-as-revoked" selected>' in answer.content.decode()
    assert told(lab) == "The certificate revocation checking of SIP was changed."


def test_settings_that_are_the_defaults_again_leave_nothing_behind(owner_client, exp_e):
    send(owner_client, exp_e, "sip", SIP)
    defaults = {"revocation-mode": "off", "use-ocsp": "yes", "use-crls": "yes", "allow-downloads": "yes"}
    send(owner_client, exp_e, "sip", defaults | {"fallback": "treat-as-not-revoked"})
    assert fresh(exp_e).settings == {}


def test_saving_what_is_set_already_is_no_event(owner_client, exp_e, lab):
    send(owner_client, exp_e, "sip", SIP)
    before = state(lab)
    assert "Nothing was changed." in text_of(send(owner_client, exp_e, "sip", SIP))
    assert state(lab) == before


@pytest.mark.parametrize("name", SIP)
@pytest.mark.parametrize("value", ["", "<b>maybe</b>", "\x00", None], ids=["empty", "mark-up", "nul", "none"])
def test_what_is_no_choice_is_refused_and_changes_nothing(owner_client, exp_e, lab, name, value):
    before = state(lab)
    data = {key: one for key, one in (SIP | {name: value}).items() if one is not None}
    answer = send(owner_client, exp_e, "sip", data)
    assert answer.status_code == 422
    assert "The SIP settings were not saved:" in text_of(answer)
    assert b"<b>maybe" not in answer.content
    assert state(lab) == before


# --- SSH configuration -------------------------------------------------------------------------------------


def test_all_four_algorithms_are_ticked_to_begin_with_and_the_rest_is_shown(owner_client, exp_c):
    body = owner_client.get(reverse("ssh-configuration", args=[exp_c.pk])).content.decode()
    for name in TUNNEL_ALGORITHMS:
        box = body.partition(f'value="{name}"')[2].partition(">")[0]
        assert "checked" in box, name
    assert "aes256-ctr" in body
    assert "ecdh-sha2-nistp256" in body


def test_algorithms_are_kept_in_the_products_order_and_reset(owner_client, exp_c, lab):
    chosen = [TUNNEL_ALGORITHMS[2], TUNNEL_ALGORITHMS[0], TUNNEL_ALGORITHMS[0]]
    answer = send(owner_client, exp_c, "ssh-configuration", {"algorithm": chosen})
    assert "The SSH configuration was saved." in text_of(answer)
    assert set_of(exp_c).tunnel_algorithms == (TUNNEL_ALGORITHMS[0], TUNNEL_ALGORITHMS[2])
    assert told(lab) == "The public key algorithms of the SSH tunnels were changed."
    answer = send(owner_client, exp_c, "ssh-configuration-reset", {})
    assert "reset to its defaults" in text_of(answer)
    assert set_of(exp_c) == ExpresswaySettings()
    before = state(lab)
    assert "Nothing was changed." in text_of(send(owner_client, exp_c, "ssh-configuration-reset", {}))
    assert state(lab) == before


@pytest.mark.parametrize(
    ("chosen", "said"),
    [
        ([], "No public key algorithm is left"),
        ([*TUNNEL_ALGORITHMS, "ssh-rsa"], "That is no public key algorithm of the tunnels: ssh-rsa."),
        (["<b>x</b>"], "That is no public key algorithm of the tunnels:"),
    ],
    ids=["none", "another", "mark-up"],
)
def test_none_at_all_and_an_unknown_algorithm_are_refused(owner_client, exp_c, lab, chosen, said):
    before = state(lab)
    answer = send(owner_client, exp_c, "ssh-configuration", {"algorithm": chosen})
    assert answer.status_code == 422
    assert said in text_of(answer)
    assert b"<b>x" not in answer.content
    assert state(lab) == before


def test_the_action_itself_keeps_one_algorithm_at_least(exp_c):
    with pytest.raises(actions.NoAlgorithmLeft):
        actions.set_tunnel_algorithms(exp_c, ["ssh-rsa"])


# --- System > DNS and Administration -----------------------------------------------------------------------


def test_a_server_is_named_anew_and_an_underscore_is_taken_with_a_warning(owner_client, exp_e, lab):
    answer = send(owner_client, exp_e, "dns", {"host": "exp_e1", "domain": "Example.com"})
    assert answer.status_code == 200
    assert fresh(exp_e).fqdn == "exp_e1.Example.com"
    text = text_of(answer)
    assert "This server is exp_e1.Example.com now; its certificate is as it was." in text
    assert "The system host name has an underscore." in text
    assert told(lab) == "The server is now exp_e1.Example.com, 198.51.100.21."
    assert "Nothing was changed." in text_of(
        send(owner_client, exp_e, "dns", {"host": "exp_e1", "domain": "Example.com"})
    )


def test_on_an_expressway_c_an_underscore_is_no_trouble(owner_client, exp_c):
    answer = send(owner_client, exp_c, "dns", {"host": "exp_c1", "domain": "example.com"})
    assert "has an underscore" not in text_of(answer)


NAMES = [
    ("", "example.com", "There is no system host name."),
    ("exp-e1", "", "There is no domain name."),
    ("exp.e1", "example.com", "exp.e1 is no host name."),
    ("-exp", "example.com", "-exp is no host name."),
    ("exp e1", "example.com", "exp e1 is no host name."),
    ("e" * 64, "example.com", "is no host name."),
    ("exp\x00", "example.com", r"exp\u0000 is no host name."),
    ("<b>x</b>", "example.com", "is no host name."),
    ("exp-e1", "example..com", "example..com is no domain name."),
    ("exp-e1", "192.0.2.1", "192.0.2.1 is no domain name."),
    ("exp-e1", "a." * 100 + "com", "is no domain name."),
    ("e" * 53, "example.com", "are longer than 64 characters together"),
    ("EXP-C1", "example.com", "Another server of the lab is called EXP-C1.example.com."),
    ("cucm1", "example.com", "Another server of the lab is called cucm1.example.com."),
]


@pytest.mark.parametrize(("host", "domain", "said"), NAMES, ids=range(len(NAMES)))
def test_what_is_no_name_is_refused_and_changes_nothing(owner_client, exp_e, lab, host, domain, said):
    before = state(lab)
    answer = send(owner_client, exp_e, "dns", {"host": host, "domain": domain})
    assert answer.status_code == 422
    assert said in text_of(answer)
    assert b"<b>x" not in answer.content
    assert state(lab) == before


def test_the_longest_name_is_taken(owner_client, exp_e):
    send(owner_client, exp_e, "dns", {"host": "e" * 52, "domain": "example.com"})
    assert len(fresh(exp_e).fqdn) == 64


def test_administration_is_shown_with_its_defaults(owner_client, exp_c):
    text = text_of(owner_client.get(reverse("administration", args=[exp_c.pk])))
    assert "exp-c1" in text
    assert "Not required" in text
    assert "Treat as not revoked" in text


# --- Lab settings ------------------------------------------------------------------------------------------


def settings_page(client, lab):
    return client.get(reverse("lab-settings", args=[lab.pk])).content.decode()


def test_what_a_server_sends_is_set_for_each_and_logged_by_name(owner_client, exp_c, exp_e, lab):
    data = {f"{exp_c.pk.hex}-sends": "chain", f"{exp_e.pk.hex}-sends": "leaf"}
    answer = owner_client.post(reverse("lab-settings-sending", args=[lab.pk]), data, follow=True)
    assert answer.status_code == 200
    assert (set_of(exp_c).sends, set_of(exp_e).sends) == (Sends.CHAIN, Sends.LEAF)
    assert told(lab) == "What the server sends of its chain was changed: Its certificate alone."
    assert lab.events.filter(code="server.sends").count() == 1


@pytest.mark.parametrize("value", ["", "root", "<b>x</b>"])
def test_anything_else_to_send_is_refused_for_all(owner_client, exp_c, exp_e, lab, value):
    before = state(lab)
    data = {f"{exp_c.pk.hex}-sends": "leaf", f"{exp_e.pk.hex}-sends": value}
    answer = owner_client.post(reverse("lab-settings-sending", args=[lab.pk]), data)
    assert answer.status_code == 422
    assert b"<b>x" not in answer.content
    assert state(lab) == before


def test_the_check_of_unified_cm_is_a_command_of_the_expressway_c(owner_client, exp_c, exp_e, lab):
    page = settings_page(owner_client, lab)
    assert "xConfiguration EdgeConfigServer VerifyOriginServer" in page
    assert f"{exp_e.pk.hex}-origin" not in page
    data = {f"{exp_c.pk.hex}-origin": "False"}
    owner_client.post(reverse("lab-settings-origin", args=[lab.pk]), data)
    assert set_of(exp_c).verifies_origin_server is False
    assert told(lab) == "The server was told: xConfiguration EdgeConfigServer VerifyOriginServer: Off."
    before = state(lab)
    owner_client.post(reverse("lab-settings-origin", args=[lab.pk]), data)
    refused = owner_client.post(reverse("lab-settings-origin", args=[lab.pk]), {})
    assert refused.status_code == 422
    assert state(lab) == before


def test_a_release_that_does_not_check_says_so_and_takes_no_command(owner_client, exp_c, lab):
    Lab.objects.filter(pk=lab.pk).update(release="X14.0.2")
    page = settings_page(owner_client, lab)
    assert "Not on X14.0.2: there the traffic server checks no certificate of Unified CM." in page
    assert f"{exp_c.pk.hex}-origin" not in page
    data = {f"{exp_c.pk.hex}-origin": "False"}
    owner_client.post(reverse("lab-settings-origin", args=[lab.pk]), data)
    assert fresh(exp_c).settings == {}


def test_servers_of_another_lab_are_out_of_reach(lab, other_lab):
    theirs = other_lab.nodes.get(kind="expressway-c")
    assert actions.set_sending(lab.pk, {theirs.pk: Sends.LEAF}) == []
    assert actions.set_origin_checks(lab.pk, {theirs.pk: False}) == []
    assert fresh(theirs).settings == {}
