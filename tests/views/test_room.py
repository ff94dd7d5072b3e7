"""The room round a page: the lab's time and how far it was moved, the tabs and what they tell of a server."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client, RequestFactory

from certstore.models import Installation, Lab, Node
from certstore.pki.moments import from_iso
from certstore.views.room import Room, room_context, shift_text

DAY, HOUR = 86_400, 3_600


def room_of(lab: Lab, now: datetime | None = None, here: str = "") -> Room:
    return room_context(RequestFactory().get("/"), lab=lab, now=now, here=here)["room"]


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0, ""),
        (32 * DAY + 5 * HOUR, "+32 days"),
        (-DAY, "−1 day"),
        (DAY - 1, "+23 hours"),
        (-180, "−3 minutes"),
        (1, "+1 second"),
    ],
)
def test_a_shift_is_told_in_its_largest_unit(seconds: int, text: str) -> None:
    assert shift_text(seconds) == text


def test_outside_a_lab_there_are_no_tabs_and_no_time() -> None:
    room = room_context(RequestFactory().get("/"), here="labs")["room"]
    assert (room.here, room.lab, room.time, room.tabs) == ("labs", None, "", ())


@pytest.mark.django_db
def test_a_lab_has_a_tab_for_each_page_and_each_server(lab: Lab) -> None:
    assert [tab.name for tab in room_of(lab).tabs] == [
        "Overview",
        "exp-c1",
        "exp-e1",
        "CUCM",
        "Jabber",
        "Try first",
        "Plan",
        "Files",
        "History",
        "Lab settings",
    ]


@pytest.mark.django_db
@pytest.mark.parametrize("here", ["lab-history", "history"])
def test_the_tab_of_the_page_is_marked_and_no_other(lab: Lab, here: str) -> None:
    assert [tab.name for tab in room_of(lab, here=here).tabs if tab.is_here] == ["History"]


@pytest.mark.django_db
def test_the_tab_of_a_server_is_marked_by_its_id(lab: Lab, exp_e: Node) -> None:
    assert [tab.name for tab in room_of(lab, here=str(exp_e.pk)).tabs if tab.is_here] == ["exp-e1"]


def running_end(node: Node) -> datetime:
    return from_iso(Installation.objects.get(slot__node=node, is_running=True).certificate.not_after)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("away", "state", "says"),
    [
        (timedelta(days=22), "ok", "its certificate is valid"),
        (timedelta(days=21), "warn", "its certificate expires soon"),
        (timedelta(seconds=1), "warn", "its certificate expires soon"),
        (timedelta(0), "bad", "its certificate has expired"),
    ],
)
def test_a_server_tab_tells_of_its_certificate(
    lab: Lab, exp_e: Node, away: timedelta, state: str, says: str
) -> None:
    tab = next(tab for tab in room_of(lab, running_end(exp_e) - away).tabs if tab.name == "exp-e1")
    assert (tab.state, tab.says) == (state, says)


@pytest.mark.django_db
def test_a_server_that_waits_for_its_restart_shows_what_it_still_presents(lab: Lab, exp_e: Node) -> None:
    old = Installation.objects.get(slot__node=exp_e, is_running=True)
    Installation.objects.filter(pk=old.pk).update(is_installed=False)
    later = lab.certificates.exclude(pk=old.certificate_id).order_by("not_after").last()
    Installation.objects.create(
        slot=old.slot,
        certificate=later,
        key=old.key,
        key_origin="factory",
        source="upload",
        at_lab=old.at_lab,
    )
    tabs = {tab.name: tab for tab in room_of(lab).tabs}
    assert tabs["exp-e1"].says == "a restart is required"
    assert tabs["exp-c1"].says == "its certificate is valid"
    after = {tab.name: tab for tab in room_of(lab, running_end(exp_e)).tabs}
    assert after["exp-e1"].says == "its certificate has expired"


@pytest.mark.django_db
def test_the_tabs_cost_one_query(lab: Lab, django_assert_num_queries) -> None:
    with django_assert_num_queries(1):
        room_of(lab)


@pytest.mark.django_db
def test_the_last_moment_there_is_can_be_shown(lab: Lab) -> None:
    room = room_of(lab, datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC))
    assert room.time == "31 Dec 9999 23:59 UTC"


@pytest.mark.django_db
def test_a_moved_clock_shows_in_the_bar_and_leads_to_the_page_that_moves_it(
    owner_client: Client, lab: Lab
) -> None:
    Lab.objects.filter(pk=lab.pk).update(clock_offset_s=32 * DAY)
    text = owner_client.get(f"/labs/{lab.pk}/").content.decode()
    assert "+32 days" in text
    assert f'href="/labs/{lab.pk}/time/"' in text


@pytest.mark.django_db
def test_signing_out_is_a_form_that_posts_with_a_token(owner_client: Client, lab: Lab) -> None:
    text = owner_client.get(f"/labs/{lab.pk}/").content.decode()
    form = text[text.index('action="/sign-out/"') :]
    assert "csrfmiddlewaretoken" in form[: form.index("</form>")]


@pytest.mark.django_db
def test_who_is_not_signed_in_is_shown_no_lab(client: Client) -> None:
    text = client.get("/sign-in/").content.decode()
    assert 'href="/sign-in/"' in text
    assert "/sign-out/" not in text
    assert 'class="servers"' not in text


@pytest.mark.django_db
def test_a_lab_name_is_only_ever_text(owner_client: Client, lab: Lab) -> None:
    Lab.objects.filter(pk=lab.pk).update(name='"><script>alert(1)</script>')
    text = owner_client.get(f"/labs/{lab.pk}/").content.decode()
    assert "<script>alert" not in text
    assert "&lt;script&gt;alert" in text


# The site's pages


def links(client: Client, address: str) -> list[tuple[str, str]]:
    """The links of the bar: name and aria-current."""
    site = client.get(address).context["room"].site
    return [(link.name, link.current) for link in site]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "current"),
    [
        ("/", {}),
        ("/labs/", {"Labs": "page"}),
        ("/labs/{lab}/", {"Labs": "true"}),
        ("/labs/{lab}/time/", {"Labs": "true"}),
        ("/n/{node}/trusted-ca/", {"Labs": "true"}),
        ("/help/", {"Help": "page"}),
        ("/help/words/", {"Help": "true"}),
        ("/help/picture/", {"Help": "true"}),
        ("/how-sure/", {"Help": "true"}),
        ("/account/", {}),
    ],
)
def test_the_bar_has_every_page_always_and_marks_where_one_is(
    owner_client: Client, lab: Lab, exp_e: Node, address: str, current: dict[str, str]
) -> None:
    found = links(owner_client, address.format(lab=lab.pk, node=exp_e.pk))
    names = ["Check files", "Labs", "Look up", "Help"]
    assert found == [(name, current.get(name, "")) for name in names]


@pytest.mark.django_db
def test_the_marks_are_printed_and_the_name_leads_home(owner_client: Client, lab: Lab) -> None:
    body = " ".join(owner_client.get("/help/").content.decode().split())
    assert '<a href="/help/" aria-current="page">Help</a>' in body
    assert '<a href="/labs/" >Labs</a>' in body
    assert '<a class="name" href="/" >' in body
    assert '<a class="name" href="/" aria-current="page">' in " ".join(
        owner_client.get("/").content.decode().split()
    )


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "current"),
    [
        ("/sign-in/", {}),
        ("/enter/no-such-token/", {}),
        ("/help/", {"Help": "page"}),
        ("/help/words/", {"Help": "true"}),
        ("/how-sure/", {"How sure are we?": "page"}),
    ],
)
def test_who_is_not_signed_in_finds_what_is_open_to_all(
    client: Client, address: str, current: dict[str, str]
) -> None:
    assert links(client, address) == [(n, current.get(n, "")) for n in ("Help", "How sure are we?")]
    assert 'href="/sign-in/"' in client.get(address).content.decode()


@pytest.mark.django_db
def test_how_sure_stands_at_the_foot_of_every_page(client: Client, owner_client: Client) -> None:
    for answer in (client.get("/sign-in/"), owner_client.get("/labs/")):
        foot = answer.content.decode().partition("<footer")[2]
        assert 'href="/how-sure/"' in foot


@pytest.mark.django_db
def test_who_has_no_account_is_led_to_check_files_only_where_a_setting_opens_it(
    client: Client, settings
) -> None:
    assert [name for name, _ in links(client, "/help/")] == ["Help", "How sure are we?"]
    settings.CHECK_FILES_WITHOUT_ACCOUNT = True
    assert [name for name, _ in links(client, "/help/")] == ["Check files", "Help", "How sure are we?"]


@pytest.mark.django_db
def test_the_tabs_of_unified_cm_and_jabber_lead_to_their_pages(lab: Lab) -> None:
    tabs = {tab.name: tab for tab in room_of(lab).tabs}
    cucm = lab.nodes.get(kind=Node.Kind.CUCM)
    assert tabs["CUCM"].address == f"/labs/{lab.pk}/unified-cm/{cucm.pk}/"
    assert (tabs["CUCM"].state, tabs["CUCM"].says) == ("ok", "its certificate is valid")
    assert (tabs["Jabber"].address, tabs["Jabber"].state) == (f"/labs/{lab.pk}/jabber/", "")
    assert room_of(lab).has_services


@pytest.mark.django_db
def test_the_sign_of_unified_cm_is_that_of_its_first_certificate_to_end(lab: Lab) -> None:
    rows = Installation.objects.filter(slot__node__kind=Node.Kind.CUCM, slot__node__lab=lab, is_running=True)
    first = min(from_iso(row.certificate.not_after) for row in rows)
    for away, state in ((timedelta(days=22), "ok"), (timedelta(days=21), "warn"), (timedelta(0), "bad")):
        (tab,) = (tab for tab in room_of(lab, first - away).tabs if tab.name == "CUCM")
        assert tab.state == state


@pytest.mark.django_db
def test_a_certificate_of_unified_cm_that_waits_is_told(lab: Lab) -> None:
    rows = Installation.objects.filter(slot__node__kind=Node.Kind.CUCM, slot__node__lab=lab)
    rows.filter(slot__name="callmanager").update(is_installed=False)
    (tab,) = (tab for tab in room_of(lab).tabs if tab.name == "CUCM")
    assert tab.state == "warn"


@pytest.mark.django_db
def test_a_lab_without_services_has_no_tabs_for_them(lab: Lab) -> None:
    lab.nodes.filter(kind__in=(Node.Kind.CUCM, Node.Kind.JABBER)).delete()
    room = room_of(lab)
    assert not {"CUCM", "Jabber"} & {tab.name for tab in room.tabs}
    assert not room.has_services
