"""Configuration > Zones: what is typed is kept as typed, a password never, and the state follows the certificates."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from certstore.actions import zones as actions
from certstore.models import RestorePoint, Zone
from certstore.pki.zone_password import fingerprint
from certstore.wording.labs import event_sentence

CLIENT = {
    "name": "To the edge",
    "username": "traversal",
    "password": "",
    "port": "7001",
    "peer-1": "exp-e1.example.com",
}
SERVER = {
    "name": "To the edge",
    "username": "traversal",
    "port": "7001",
    "subject-name": "exp-c1.example.com",
}
SECRET = "correct horse battery"


def text_of(answer):
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def page(client, node, name="zone"):
    return text_of(client.get(reverse(name, args=[node.pk])))


def save(client, node, where="zone", **changed):
    typed = (CLIENT if node.kind == "expressway-c" else SERVER) | {
        key.replace("_", "-"): value for key, value in changed.items()
    }
    return client.post(reverse(where, args=[node.pk]), typed, follow=True)


def kept(node):
    zone = Zone.objects.filter(node=node).first()
    if zone is None:
        return None
    peers = [peer.address for peer in zone.peers.all()]
    return zone.name, zone.username, zone.password, zone.sip_port, zone.verify_subject_name, peers


def state(lab):
    return (
        kept(lab.nodes.get(kind="expressway-c")),
        kept(lab.nodes.get(kind="expressway-e")),
        lab.events.count(),
    )


# --- The list ----------------------------------------------------------------------------------------------


def test_the_list_shows_the_zone_of_this_server_with_its_type_and_state(owner_client, exp_c):
    text = page(owner_client, exp_c, "zones")
    assert "Traversal zone Unified Communications traversal" in text
    assert "Failed" in text  # out of the box neither server trusts the other


def test_a_server_without_a_zone_says_so_and_its_page_leads_back_to_the_list(owner_client, exp_c):
    actions.delete(exp_c)
    assert "There is no zone." in page(owner_client, exp_c, "zones")
    answer = owner_client.get(reverse("zone", args=[exp_c.pk]))
    assert answer["Location"] == reverse("zones", args=[exp_c.pk])


def test_deleting_asks_first_and_is_undone_by_its_restore_point(owner_client, exp_c, lab):
    address = reverse("zone-delete", args=[exp_c.pk])
    assert owner_client.post(address).status_code == 422
    asked = owner_client.post(address, {"zone": "1"})
    assert "Delete the selected zones?" in text_of(asked)
    assert kept(exp_c) is not None
    done = owner_client.post(address, {"zone": "1", "confirmed": "yes"}, follow=True)
    assert "Zones deleted: 1." in text_of(done)
    assert kept(exp_c) is None
    assert RestorePoint.objects.filter(lab=lab).first().before == "zone.deleted"


# --- Saving ------------------------------------------------------------------------------------------------


def test_a_wrong_name_is_taken_as_typed_and_its_state_stands_beside_it(owner_client, exp_c, lab):
    answer = save(
        owner_client, exp_c, peer_1="Exp-E1.wrong.example", peer_2="192.0.2.200", peer_6="*.example.com"
    )
    assert answer.status_code == 200
    assert kept(exp_c)[5] == ["Exp-E1.wrong.example", "192.0.2.200", "*.example.com"]
    text = text_of(answer)
    assert "The zone To the edge was saved." in text
    assert "No address for this name" in text  # the first
    assert "System unreachable" in text  # the second
    assert "Peer 2 address is an IP address." in text
    saved = lab.events.get(code="zone.saved")
    assert event_sentence(saved.code, saved.params) == "The zone To the edge was changed."


def test_on_an_expressway_e_the_subject_name_is_kept_as_typed_and_no_peer_is(owner_client, exp_e):
    answer = save(owner_client, exp_e, subject_name="calllservice.example.com", peer_1="exp-e1.example.com")
    assert "was saved" in text_of(answer)
    assert kept(exp_e)[4:] == ("calllservice.example.com", [])


def test_saving_what_is_there_already_changes_nothing_and_says_so(owner_client, exp_c, lab):
    before = state(lab)
    answer = save(owner_client, exp_c, name="Traversal zone")
    assert "Nothing was changed." in text_of(answer)
    assert state(lab) == before


REFUSED = [
    ("expressway-c", {"name": ""}, "There is no name."),
    ("expressway-c", {"name": "n" * 51}, "That is longer than 50 characters."),
    ("expressway-c", {"name": "a\u202eb"}, r"a\u202Eb has a character that cannot be seen."),
    ("expressway-c", {"username": " "}, "There is no user name."),
    ("expressway-c", {"username": "u\x00"}, r"u\u0000 has a character that cannot be seen."),
    ("expressway-c", {"password": "p" * 129}, "That is longer than 128 characters."),
    ("expressway-c", {"port": "1023"}, "The port is 1023."),
    ("expressway-c", {"port": "65535"}, "The port is 65535."),
    ("expressway-c", {"port": "٧٠٠١"}, "The port is ٧٠٠١."),
    ("expressway-c", {"port": "9" * 5000}, "The port is 999"),
    ("expressway-c", {"port": ""}, "The port is ."),
    ("expressway-c", {"peer_1": ""}, "There is no peer address."),
    ("expressway-c", {"peer_1": "x" * 254}, "That is longer than 253 characters."),
    ("expressway-c", {"peer_3": "exp e1"}, "Peer 3 address is no host name and no IP address: exp e1."),
    (
        "expressway-c",
        {"peer_3": "exp\u200b"},
        r"Peer 3 address is no host name and no IP address: exp\u200B.",
    ),
    (
        "expressway-c",
        {"peer_2": "EXP-E1.example.com"},
        "Peer 2 address stands there twice: EXP-E1.example.com.",
    ),
    ("expressway-e", {"subject_name": ""}, "There is no TLS verify subject name."),
    ("expressway-e", {"subject_name": "s" * 129}, "That is longer than 128 characters."),
    ("expressway-e", {"subject_name": "a\nb"}, r"a\u000Ab has a character that cannot be seen."),
]


@pytest.mark.parametrize(("kind", "typed", "said"), REFUSED, ids=range(len(REFUSED)))
def test_what_cannot_be_kept_is_refused_and_changes_nothing(owner_client, lab, kind, typed, said):
    before = state(lab)
    answer = save(owner_client, lab.nodes.get(kind=kind), **typed)
    assert answer.status_code == 422
    assert said in text_of(answer)
    assert state(lab) == before


@pytest.mark.parametrize("port", ["1024", "65534"])
def test_the_first_and_the_last_port_are_taken(owner_client, exp_c, port):
    assert save(owner_client, exp_c, port=port).status_code == 200
    assert kept(exp_c)[3] == int(port)


def test_mark_up_in_every_field_is_shown_as_text(owner_client, exp_c):
    attack = '"><img/src=x>'
    typed = {f"peer-{number}": f"{attack}{number}" for number in range(1, 7)}
    answer = owner_client.post(
        reverse("zone", args=[exp_c.pk]),
        CLIENT | {"name": attack, "username": attack, "port": "7001"} | typed,
        follow=True,
    )
    assert answer.status_code == 200
    assert b"<img" not in answer.content
    assert b"<img" not in owner_client.get(reverse("zones", args=[exp_c.pk])).content
    assert kept(exp_c)[0] == attack


# --- The password ------------------------------------------------------------------------------------------


def test_an_empty_password_leaves_the_one_that_is_kept(owner_client, exp_c):
    before = kept(exp_c)[2]
    save(owner_client, exp_c, port="7002")
    assert (kept(exp_c)[2], kept(exp_c)[3]) == (before, 7002)


def test_of_a_password_only_the_fingerprint_is_kept_and_nothing_shows_it(owner_client, exp_c, exp_e, lab):
    save(owner_client, exp_c, password=SECRET)
    answer = owner_client.post(reverse("zone-credential", args=[exp_e.pk]), {"password": SECRET}, follow=True)
    assert "The credential traversal was saved in the local authentication database." in text_of(answer)
    assert kept(exp_c)[2] == kept(exp_e)[2] == fingerprint(SECRET, lab.password_salt)
    assert SECRET not in answer.content.decode() + str(list(lab.events.values()))
    assert SECRET.encode() not in b"".join(bytes(point.document) for point in lab.restore_points.all())


def test_a_refused_page_does_not_send_the_password_back(owner_client, exp_c):
    assert SECRET not in save(owner_client, exp_c, password=SECRET, name="").content.decode()


def test_a_credential_needs_a_password_and_is_an_expressway_es_alone(owner_client, exp_c, exp_e, lab):
    before = state(lab)
    address = reverse("zone-credential", args=[exp_e.pk])
    assert "There is no password." in text_of(owner_client.post(address))
    assert owner_client.post(address, {"password": "p" * 129}).status_code == 422
    assert (
        owner_client.post(reverse("zone-credential", args=[exp_c.pk]), {"password": "x"}).status_code == 404
    )
    assert state(lab) == before


def test_where_no_password_is_kept_one_has_to_be_typed(owner_client, exp_c):
    Zone.objects.filter(node=exp_c).update(password="")
    answer = save(owner_client, exp_c)
    assert answer.status_code == 422
    assert "There is no password." in text_of(answer)


# --- A new zone --------------------------------------------------------------------------------------------


def test_a_zone_is_created_with_its_password_on_an_expressway_c(owner_client, exp_c, lab):
    actions.delete(exp_c)
    assert save(owner_client, exp_c, "zone-new").status_code == 422
    answer = save(owner_client, exp_c, "zone-new", password=SECRET)
    assert "The zone To the edge was created." in text_of(answer)
    assert kept(exp_c) == (
        "To the edge",
        "traversal",
        fingerprint(SECRET, lab.password_salt),
        7001,
        "",
        ["exp-e1.example.com"],
    )


def test_on_an_expressway_e_the_credential_comes_after_the_zone(owner_client, exp_e):
    actions.delete(exp_e)
    save(owner_client, exp_e, "zone-new")
    assert kept(exp_e) == ("To the edge", "traversal", "", 7001, "exp-c1.example.com", [])


def test_there_is_one_zone_for_each_pair(owner_client, exp_c, lab):
    before = state(lab)
    answer = save(owner_client, exp_c, "zone-new", password=SECRET)
    assert answer.status_code == 422
    assert "There is a zone of type Unified Communications traversal already." in text_of(answer)
    assert state(lab) == before


def test_both_sides_fit_in_a_lab_that_works_and_the_first_wrong_name_tells(owner_client, working_lab):
    control, edge = (working_lab.nodes.get(kind=kind) for kind in ("expressway-c", "expressway-e"))
    assert "Active" in page(owner_client, control)
    assert "Active" in page(owner_client, edge, "zones")
    save(owner_client, edge, subject_name="exp-c9.example.com")
    assert "Failed TLS negotiation failed" in page(owner_client, control)
    assert "Failed" in page(owner_client, edge, "zones")
    save(owner_client, edge)
    save(owner_client, control, password="another")
    assert "Failed Authentication failed" in page(owner_client, control)
    save(owner_client, control, port="7002")
    assert "Failed Connect failed" in page(owner_client, control)
    save(owner_client, edge, port="7002")
    owner_client.post(reverse("zone-credential", args=[edge.pk]), {"password": "another"})
    assert "Active" in page(owner_client, control)


def test_one_of_two_peers_that_has_failed_is_counted(owner_client, working_lab):
    control = working_lab.nodes.get(kind="expressway-c")
    save(owner_client, control, peer_2="nowhere.example.com")
    assert "1 of 2 Active" in page(owner_client, control, "zones")


def test_the_queries_do_not_grow_with_the_peers(owner_client, exp_c):
    address = reverse("zone", args=[exp_c.pk])
    with CaptureQueriesContext(connection) as one:
        owner_client.get(address)
    save(owner_client, exp_c, **{f"peer_{number}": f"exp-e{number}.example.com" for number in range(1, 7)})
    with CaptureQueriesContext(connection) as six:
        owner_client.get(address)
    assert len(six) <= len(one) + 1
