"""Try first beside the real buttons: the answer is the difference, and the lab is as it was."""

from datetime import UTC, datetime

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from certstore.actions.labs import set_explanations
from certstore.models import Lab, Node
from tests.keyring import ec_key
from tests.labs import content_of
from tests.trying import everything, make_working

HTMX = {"HX-Request": "true"}


@pytest.fixture
def working(owner, made_servers) -> Lab:
    return make_working(owner, made_servers)


@pytest.fixture
def edge(working) -> Node:
    return working.nodes.get(kind=Node.Kind.EXPRESSWAY_E)


def on_server(node, kind):
    return reverse("try-on-server", args=[node.pk, kind])


def on_lab(lab, kind):
    return reverse("try-on-lab", args=[lab.pk, kind])


def text(answer):
    return " ".join(answer.content.decode().split())


def chosen(lab, name):
    return SimpleUploadedFile(name, content_of(lab, name))


def buttons(lab, node):
    """Every button with a form that it takes: its address, its fields, words of the answer."""
    entry = node.trust_stores.get().entries.filter(certificate__facts__is_ca=True)
    ids = list(entry.values_list("pk", flat=True))
    return [
        (
            on_server(node, "append"),
            {"file": chosen(lab, "exp-e1-renewal-issuing-ca.pem")},
            "New in the list: 1",
        ),
        (on_server(node, "delete"), {"entry": ids}, "Deleted from the trusted CA list"),
        (on_server(node, "reset-list"), {}, "was reset to default"),
        (on_server(node, "upload"), {"certificate": chosen(lab, "exp-e1.pem")}, "was accepted"),
        (on_server(node, "reset-certificate"), {}, "was reset to default"),
        (on_server(node, "restart"), {}, "While it restarts"),
        (on_lab(lab, "time"), {"moment": "2031-01-01T00:00"}, "1 Jan 2031 00:00 UTC"),
        (on_lab(lab, "time"), {"jump": "year"}, "Lab time was set to"),
        (on_lab(lab, "release"), {"release": "X15.5"}, "The release was set to X15.5"),
        (on_lab(lab, "judging"), {"same_subject": "refuse"}, "The second one is not taken"),
    ]


@pytest.mark.parametrize("number", range(10))
@pytest.mark.parametrize("headers", [{}, HTMX], ids=["page", "fragment"])
def test_every_button_can_be_tried_and_changes_nothing(working, edge, owner_client, number, headers):
    address, data, said = buttons(working, edge)[number]
    before = everything()
    answer = owner_client.post(address, data, headers=headers)
    assert answer.status_code == 200
    assert said in text(answer)
    assert "nothing was changed" in text(answer)
    assert everything() == before
    assert ("<html" in text(answer)) is (headers == {})


def test_the_answer_is_what_goes_down_who_notices_and_which_alarms(working, edge, owner_client):
    told = text(owner_client.post(on_server(edge, "reset-list")))
    assert "Traversal zone</b>, exp-c1 to exp-e1: works now, then is down" in told
    assert "a CA of its chain is not in the list" in told
    assert "Nobody outside signs in over exp-e1." in told
    assert "Jabber users outside see a prompt about the certificate of exp-e1." in told
    assert "Phones and TC endpoints outside, which ask nobody, do not register over exp-e1." in told
    assert "Raised: exp-c1: 45010" in told


def test_do_it_does_what_was_tried(working, edge, owner_client):
    tried = owner_client.post(on_server(edge, "reset-list"))
    assert f'action="{reverse("trusted-ca-reset", args=[edge.pk])}"' in text(tried)
    fields = dict(tried.context["pressed"].fields)
    owner_client.post(tried.context["does"], fields)
    assert working.events.filter(code="trusted-ca.reset").exists()


@pytest.mark.parametrize("number", [1, 2, 4, 5, 6, 7, 8, 9])
def test_do_it_is_taken_for_every_button_without_a_file(working, edge, owner_client, number):
    address, data, _ = buttons(working, edge)[number]
    tried = owner_client.post(address, data)
    fields: dict[str, list[str]] = {}
    for name, value in tried.context["pressed"].fields:
        fields.setdefault(name, []).append(value)
    before = working.events.count()
    assert owner_client.post(tried.context["does"], fields).status_code == 302
    assert working.events.count() > before


def test_with_a_file_do_it_says_to_choose_it_again(working, edge, owner_client):
    told = text(owner_client.post(*buttons(working, edge)[0][:2]))
    assert "Do it: choose the file again" in told
    assert reverse("trusted-ca-append", args=[edge.pk]) not in told


def test_a_refused_upload_shows_why_and_is_not_offered_to_be_done(working, edge, owner_client):
    data = {"file": chosen(working, "exp-e1-root-ca.cer")}
    told = text(owner_client.post(on_server(edge, "append"), data))
    assert "It would be refused, and nothing would change." in told
    assert "binary form (DER)" in told
    assert "What to do" in told
    assert "Do it" not in told
    missing = text(owner_client.post(on_server(edge, "upload")))
    assert "It would be refused" in missing


def test_in_a_lab_with_hints_only_no_cause_is_named(working, edge, owner_client):
    set_explanations(working.pk, Lab.Explanations.HINTS)
    told = text(owner_client.post(on_server(edge, "reset-list")))
    assert "works now, then is down" in told
    assert "a CA of its chain is not in the list" not in told
    data = {"file": chosen(working, "exp-e1-root-ca.cer")}
    refused = text(owner_client.post(on_server(edge, "append"), data))
    assert "What to do" not in refused


@pytest.mark.parametrize(
    ("kind", "data", "said"),
    [
        ("time", {"moment": "tomorrow"}, "Write the time as"),
        ("release", {"release": "elephant"}, "This is no Expressway release"),
        ("judging", {"same_subject": "none"}, "Select a valid choice"),
        ("switches", {}, "command line"),
    ],
)
def test_what_makes_no_step_is_refused_with_its_reason(working, owner_client, kind, data, said):
    before = everything()
    answer = owner_client.post(on_lab(working, kind), data)
    assert answer.status_code == 422
    assert said in text(answer)
    assert everything() == before


def test_delete_with_nothing_ticked_is_refused(working, edge, owner_client):
    answer = owner_client.post(on_server(edge, "delete"), {"entry": ["x", "9" * 30]})
    assert answer.status_code == 422
    assert "Select at least one" in text(answer)


def test_rows_of_another_list_are_not_there(working, edge, other_lab, owner_client):
    theirs = other_lab.expressways.first().trust_stores.get().entries.first()
    told = text(owner_client.post(on_server(edge, "delete"), {"entry": [theirs.pk]}))
    assert "Deleted from the trusted CA list: 0." in told


def test_switches_can_be_tried_where_the_release_has_them(working, owner_client):
    owner_client.post(reverse("lab-settings-release", args=[working.pk]), {"release": "X15.5"})
    before = everything()
    answer = owner_client.post(
        on_lab(working, "switches"), {"eku-checking": "False", "server-eku-upload": "False"}
    )
    assert answer.status_code == 200
    assert everything() == before


@pytest.mark.parametrize("kind", ["time", "no-such-thing", "append "])
def test_a_button_that_a_server_has_not_is_not_found(edge, owner_client, kind):
    assert owner_client.post(f"/n/{edge.pk}/try/{kind}/").status_code == 404
    assert owner_client.get(f"/n/{edge.pk}/try/{kind}/").status_code == 404


def test_nor_one_that_a_lab_has_not(working, owner_client):
    assert owner_client.post(on_lab(working, "restart")).status_code == 404


def test_looked_at_again_the_address_leads_back_to_the_page(working, edge, owner_client):
    answer = owner_client.get(on_server(edge, "append"))
    assert answer["Location"] == reverse("trusted-ca", args=[edge.pk])
    answer = owner_client.get(on_lab(working, "release"))
    assert answer["Location"] == reverse("lab-settings", args=[working.pk])


def test_nothing_of_a_private_key_comes_back(working, edge, owner_client):
    key = ec_key("any").private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    data = {"certificate": chosen(working, "exp-e1.pem"), "key": SimpleUploadedFile("key.pem", key)}
    answer = owner_client.post(on_server(edge, "upload"), data)
    assert answer.status_code == 200
    assert key.splitlines()[1] not in answer.content


def test_mark_up_in_a_name_is_text(working, edge, owner_client):
    file = SimpleUploadedFile('"><script>1</script>.pem', b"nothing")
    answer = owner_client.post(on_server(edge, "append"), {"file": file})
    assert b"<script>1" not in answer.content


def test_a_moment_is_judged_as_that_moment(working, edge, owner_client):
    told = text(owner_client.post(on_lab(working, "time"), {"moment": "2031-06-01T00:00"}))
    assert "has expired" in told
    assert Lab.objects.get(pk=working.pk).now() < datetime(2031, 1, 1, tzinfo=UTC)


PAGES = {
    "trusted-ca": ["append", "delete", "reset-list"],
    "server-certificate": ["upload", "reset-certificate"],
    "restart": ["restart"],
}


@pytest.mark.parametrize("page", PAGES)
def test_the_buttons_stand_on_the_real_pages_outside_the_frame(edge, owner_client, page):
    whole = owner_client.get(reverse(page, args=[edge.pk])).content.decode()
    frame, column = whole.split('<aside class="column"')
    for kind in PAGES[page]:
        assert f'formaction="{on_server(edge, kind)}"' in column
        assert on_server(edge, kind) not in frame


def test_every_button_names_a_form_that_is_there(edge, owner_client):
    for page in PAGES:
        whole = owner_client.get(reverse(page, args=[edge.pk])).content.decode()
        for form, _, _ in owner_client.get(reverse(page, args=[edge.pk])).context["tries"]:
            assert whole.count(f'id="{form}"') == 1, (page, form)


def test_and_on_lab_time_and_settings(working, owner_client):
    time = text(owner_client.get(reverse("lab-time", args=[working.pk])))
    assert time.count(f'formaction="{on_lab(working, "time")}"') > 1
    settings = text(owner_client.get(reverse("lab-settings", args=[working.pk])))
    assert all(f'formaction="{on_lab(working, kind)}"' in settings for kind in ("release", "judging"))


def test_the_line_of_time_names_what_breaks_and_leads_there(working, owner_client):
    page = owner_client.get(reverse("lab-time", args=[working.pk]))
    first = page.context["line"].marks[0]
    assert first.headline.startswith("Breaks on ")
    assert "exp-e1.example.com ends" in first.what
    assert first.headline in text(page)
    jumped = owner_client.post(reverse("lab-time", args=[working.pk]), {"jump": first.moment})
    assert jumped.status_code == 302
    assert Lab.objects.get(pk=working.pk).now().isoformat()[:10] == first.moment[:10]


def test_the_check_box_of_a_copy_is_tried_with_the_upload(working, edge, owner_client):
    data = {"certificate": chosen(working, "exp-e1.pem"), "copy_as_client": "yes"}
    assert "has no client certificate of its own" in text(owner_client.post(on_server(edge, "upload"), data))
    assert "was accepted" in text(
        owner_client.post(on_server(edge, "upload"), {"certificate": chosen(working, "exp-e1.pem")})
    )


def test_a_key_is_not_read_where_the_one_that_is_there_is_used_again(working, edge, owner_client):
    key = SimpleUploadedFile("key.pem", b"no key at all")
    data = {"certificate": chosen(working, "exp-e1.pem"), "key": key}
    assert "would be refused" in text(owner_client.post(on_server(edge, "upload"), data))
    key.seek(0)
    again = {"certificate": chosen(working, "exp-e1.pem"), "key": key, "reuse": "yes"}
    assert "was accepted" in text(owner_client.post(on_server(edge, "upload"), again))
