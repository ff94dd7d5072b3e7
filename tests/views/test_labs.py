"""The labs' pages: what a person reads and can do there; a stranger gets 404 wherever a lab is named."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.html import escape

from certstore.actions import labs as actions
from certstore.actions.labs import make_example_lab
from certstore.models import Installation, Lab
from certstore.models.clock import real_now
from certstore.wording import labs as words

LAB_PAGES = ["lab", "lab-reset", "lab-delete", "lab-time", "lab-settings"]
CHANGES = ["name", "release", "judging", "switches", "servers", "keep"]
HTMX = {"HX-Request": "true"}
HOSTILE = "<script>alert(1)</script>\"'&{{ lab }}"


def fresh(lab):
    return Lab.objects.get(pk=lab.pk)


def text(answer):
    return " ".join(answer.content.decode().split())


def new_lab(**changed):
    return {
        "kind": "practise",
        "name": "Week 48",
        "release": "X14.3.4",
        "expressway-c-host": "exp-c1",
        "expressway-c-domain": "example.com",
        "expressway-c-address": "192.0.2.11",
        "expressway-e-host": "exp-e1",
        "expressway-e-domain": "example.com",
        "expressway-e-address": "198.51.100.21",
    } | {name.replace("_", "-"): value for name, value in changed.items()}


def server_fields(lab, **of_e):
    data = {}
    for node in lab.expressways:
        typed = {"host": node.host, "domain": node.domain, "address": node.address}
        typed |= of_e if node.kind == "expressway-e" else {}
        data |= {f"{node.pk.hex}-{name}": value for name, value in typed.items()}
    return data


# The walls


@pytest.mark.parametrize("page", LAB_PAGES)
@pytest.mark.parametrize("headers", [{}, HTMX], ids=["page", "fragment"])
def test_the_owner_reads_every_page_and_a_stranger_none(lab, owner_client, stranger_client, page, headers):
    address = reverse(page, args=[lab.pk])
    assert owner_client.get(address, headers=headers).status_code == 200
    assert stranger_client.get(address, headers=headers).status_code == 404
    assert stranger_client.post(address, {"jump": "year"}, headers=headers).status_code in (404, 405)
    assert fresh(lab).version == lab.version


@pytest.mark.parametrize("change", CHANGES)
def test_a_stranger_changes_nothing(lab, stranger_client, change):
    address = reverse(f"lab-settings-{change}", args=[lab.pk])
    data = {"name": "Mine now", "release": "X15.0", "same_subject": "refuse", "keep": "on"}
    assert stranger_client.post(address, data | server_fields(lab, host="mine")).status_code == 404
    assert stranger_client.get(address).status_code == 404
    assert fresh(lab).version == lab.version


def test_nobody_signed_in_is_sent_to_sign_in(lab):
    for page in ("labs", "home"):
        assert Client().get(reverse(page)).status_code == 302
    assert Client().get(reverse("lab", args=[lab.pk])).status_code == 302


def test_a_lab_whose_days_are_over_is_gone(lab, owner_client):
    Lab.objects.filter(pk=lab.pk).update(expires_at=real_now() - timedelta(seconds=1))
    assert owner_client.get(reverse("lab", args=[lab.pk])).status_code == 404
    assert "Example lab" not in text(owner_client.get(reverse("labs")))


# The list


def test_the_list_names_the_persons_labs_and_no_others(lab, other_lab, owner_client):
    actions.rename(lab.pk, "Mine")
    actions.rename(other_lab.pk, "Theirs")
    body = text(owner_client.get(reverse("labs")))
    assert "Mine" in body
    assert "exp-c1, exp-e1" in body
    assert "Theirs" not in body


def test_the_newest_lab_stands_first(owner, lab, owner_client, made_servers):
    newest = make_example_lab(owner, made_servers)
    Lab.objects.filter(pk=lab.pk).update(created_at=real_now() - timedelta(days=1), name="Old one")
    Lab.objects.filter(pk=newest.pk).update(name="New one")
    body = text(owner_client.get(reverse("labs")))
    assert body.index("New one") < body.index("Old one")


def test_the_name_of_a_case_is_not_shown_in_lists(lab, owner_client):
    Lab.objects.filter(pk=lab.pk).update(kind=Lab.Kind.REPRODUCE, name="Customer Ltd")
    assert "Customer Ltd" not in text(owner_client.get(reverse("labs")))
    assert f"Case {lab.pk.hex[:4]}" in text(owner_client.get(reverse("labs")))
    assert "Customer Ltd" in text(owner_client.get(reverse("lab", args=[lab.pk])))


def test_the_end_of_a_lab_is_shown_only_where_one_ends(lab, owner_client):
    assert "Will be deleted" not in text(owner_client.get(reverse("labs")))
    Lab.objects.filter(pk=lab.pk).update(expires_at=datetime(2999, 5, 6, 7, 8, tzinfo=UTC))
    body = text(owner_client.get(reverse("labs")))
    assert "Will be deleted" in body
    assert "6 May 2999" in body


def test_the_list_asks_as_much_for_ten_labs_as_for_one(
    owner, lab, owner_client, made_servers, django_assert_num_queries, django_assert_max_num_queries
):
    with django_assert_max_num_queries(6) as one:
        owner_client.get(reverse("labs"))
    for _ in range(9):
        make_example_lab(owner, made_servers)
    with django_assert_num_queries(len(one)):
        owner_client.get(reverse("labs"))


# A new lab


@pytest.mark.usefixtures("pooled_keys")
def test_a_new_lab_is_made_as_typed(owner, owner_client):
    data = new_lab(kind="rehearse", expressway_e_host="edge", expressway_e_domain="corp.example")
    answer = owner_client.post(reverse("labs"), data)
    lab = owner.labs.get()
    assert (answer.status_code, answer["Location"]) == (302, reverse("lab", args=[lab.pk]))
    assert (lab.kind, lab.name, lab.release) == ("rehearse", "Week 48", "X14.3.4")
    assert lab.expires_at
    assert lab.nodes.get(kind="expressway-e").fqdn == "edge.corp.example"


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"name": ""}, "This field is required"),
        ({"name": "a\x07b"}, words.CONTROL_CHARACTERS),
        ({"name": "a\u202eb"}, words.CONTROL_CHARACTERS),
        ({"name": "x" * 121}, "at most 120 characters"),
        ({"kind": "anything"}, "Select a valid choice"),
        ({"release": "the newest"}, words.RELEASE_UNKNOWN),
        ({"expressway_c_host": "exp c1"}, "is no fully qualified domain name"),
        ({"expressway_c_host": "exp.c1"}, "is no fully qualified domain name"),
        ({"expressway_c_domain": "-"}, "is no fully qualified domain name"),
        ({"expressway_c_host": HOSTILE[:63]}, "is no fully qualified domain name"),
        ({"expressway_e_domain": "a" * 60 + ".example.com"}, "Common Name holds 64 at most"),
        ({"expressway_e_host": "EXP-C1"}, words.SAME_NAME_TWICE),
        ({"expressway_e_address": "192.0.2.999"}, "Enter a valid IPv4 or IPv6 address"),
    ],
)
def test_what_cannot_be_is_said_beside_its_field(owner, owner_client, changed, said):
    answer = owner_client.post(reverse("labs"), new_lab(**changed))
    assert answer.status_code == 422
    assert escape(said) in text(answer)
    assert not owner.labs.exists()


def test_nothing_at_all_is_refused_without_falling_over(owner, owner_client):
    assert owner_client.post(reverse("labs"), {}).status_code == 422
    assert not owner.labs.exists()


def test_one_lab_too_many_is_a_sentence(lab, owner, owner_client, monkeypatch):
    monkeypatch.setattr(actions, "MOST_LABS", 1)
    answer = owner_client.post(reverse("labs"), new_lab())
    assert answer.status_code == 422
    assert words.TOO_MANY_LABS.format(most=1) in text(answer)
    assert owner.labs.count() == 1


# One lab


def test_the_overview_shows_both_servers_and_leads_to_their_pages(lab, owner_client):
    body = text(owner_client.get(reverse("lab", args=[lab.pk])))
    for node in lab.expressways:
        assert node.fqdn in body
        assert node.address in body
        assert reverse("trusted-ca", args=[node.pk]) in body
        assert reverse("server-certificate", args=[node.pk]) in body
    assert words.EVENTS["lab.made"].text in body


def test_the_overview_says_that_a_restart_is_required(lab, exp_e, owner_client):
    before = Installation.objects.get(slot__node=exp_e)
    Installation.objects.filter(pk=before.pk).update(is_installed=False)
    Installation.objects.create(
        slot=before.slot,
        certificate=before.certificate,
        key=before.key,
        key_origin=before.key_origin,
        source="upload",
        at_lab=before.at_lab,
    )
    assert words.RESTART_PENDING in text(owner_client.get(reverse("lab", args=[lab.pk])))


def test_the_overview_says_when_a_certificate_has_ended(lab, owner_client):
    actions.set_lab_time(lab.pk, datetime(9999, 1, 1, tzinfo=UTC))
    body = text(owner_client.get(reverse("lab", args=[lab.pk])))
    assert body.count("ended on 2") >= 2


@pytest.mark.parametrize("page", [*LAB_PAGES, "lab-files"])
def test_a_hostile_name_is_shown_as_text(lab, owner_client, page):
    actions.rename(lab.pk, HOSTILE)
    body = owner_client.get(reverse(page, args=[lab.pk])).content.decode()
    assert "<script>alert(1)" not in body
    assert escape(HOSTILE) in body


# Reset and delete


@pytest.mark.parametrize("page", ["lab-reset", "lab-delete"])
def test_nothing_happens_before_the_second_click(lab, owner_client, page):
    body = text(owner_client.get(reverse(page, args=[lab.pk])))
    assert 'method="post"' in body
    assert fresh(lab).version == lab.version


def test_reset(lab, other_lab, owner_client):
    actions.set_lab_time(lab.pk, datetime(2038, 1, 1, tzinfo=UTC))
    answer = owner_client.post(reverse("lab-reset", args=[lab.pk]), follow=True)
    assert fresh(lab).clock_offset_s == 0
    assert words.RESET_DONE in text(answer)


def test_delete(lab, other_lab, owner_client):
    answer = owner_client.post(reverse("lab-delete", args=[lab.pk]), follow=True)
    assert list(Lab.objects.all()) == [other_lab]
    assert words.DELETED in text(answer)


# Settings


@pytest.mark.parametrize(
    ("change", "data", "expected"),
    [
        ("name", {"name": "Week 49"}, {"name": "Week 49"}),
        ("release", {"release": "15.2"}, {"release": "15.2"}),
        (
            "judging",
            {"same_subject": "openssl", "cn_counts": "on"},
            {"same_subject": "openssl", "cn_counts": True},
        ),
        ("judging", {"same_subject": "refuse"}, {"same_subject": "refuse", "cn_counts": False}),
    ],
)
def test_a_setting_is_saved_and_shown(lab, other_lab, owner_client, change, data, expected):
    answer = owner_client.post(reverse(f"lab-settings-{change}", args=[lab.pk]), data, follow=True)
    assert answer.redirect_chain[-1][0] == reverse("lab-settings", args=[lab.pk])
    assert words.SAVED in text(answer)
    assert {name: getattr(fresh(lab), name) for name in expected} == expected
    assert fresh(other_lab).version == other_lab.version


@pytest.mark.parametrize(
    ("change", "data"),
    [
        ("name", {"name": " "}),
        ("release", {"release": "X"}),
        ("release", {"release": "9" * 41}),
        ("judging", {"same_subject": "both"}),
        ("servers", {}),
    ],
)
def test_a_setting_that_cannot_be_is_refused_on_the_same_page(lab, owner_client, change, data):
    answer = owner_client.post(reverse(f"lab-settings-{change}", args=[lab.pk]), data)
    assert answer.status_code == 422
    assert "errorlist" in text(answer)
    assert fresh(lab).version == lab.version


@pytest.mark.parametrize("change", CHANGES)
def test_the_address_of_a_change_opened_by_hand_leads_to_the_settings(lab, owner_client, change):
    answer = owner_client.get(reverse(f"lab-settings-{change}", args=[lab.pk]))
    assert (answer.status_code, answer["Location"]) == (302, reverse("lab-settings", args=[lab.pk]))


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("X14.3.4", words.RELEASE_EXACT.format(profile="X14.3", typed="X14.3.4")),
        ("X15.2", words.RELEASE_NEAREST.format(profile="X15.0", typed="X15.2")),
        ("X12.5", words.RELEASE_OLDER.format(profile="X14.0", typed="X12.5")),
    ],
)
def test_the_settings_name_the_profile_that_judges_and_why(lab, owner_client, typed, said):
    actions.set_release(lab.pk, typed)
    assert said in text(owner_client.get(reverse("lab-settings", args=[lab.pk])))


def test_the_servers_are_renamed_together(lab, exp_e, owner_client):
    data = server_fields(lab, host="edge", domain="corp.example", address="2001:db8::7")
    owner_client.post(reverse("lab-settings-servers", args=[lab.pk]), data)
    exp_e.refresh_from_db()
    assert (exp_e.fqdn, exp_e.address) == ("edge.corp.example", "2001:db8::7")


def test_two_servers_cannot_have_one_name(lab, exp_c, exp_e, owner_client):
    data = server_fields(lab, host=exp_c.host.upper())
    answer = owner_client.post(reverse("lab-settings-servers", args=[lab.pk]), data)
    assert answer.status_code == 422
    assert words.SAME_NAME_TWICE in text(answer)


def test_only_a_lab_for_real_files_can_be_kept(lab, owner_client):
    settings = reverse("lab-settings", args=[lab.pk])
    assert "Keep this lab" not in text(owner_client.get(settings))
    Lab.objects.filter(pk=lab.pk).update(kind=Lab.Kind.REHEARSE, expires_at=real_now() + timedelta(days=3))
    assert "Keep this lab" in text(owner_client.get(settings))
    owner_client.post(reverse("lab-settings-keep", args=[lab.pk]), {"keep": "on"})
    assert fresh(lab).expires_at is None
