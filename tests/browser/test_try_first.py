"""Try first in a browser: with and without a script the button tries and never does."""

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect

from certstore.models import Lab, Node, User
from certstore.models.clock import real_now
from certstore.scenarios import recipes
from certstore.scenarios.expressway_pair import EXAMPLE_SERVERS
from tests.browser.browser import axe, csp_violations, overflowing
from tests.labs import content_of
from tests.needs import needs_chromium
from tests.trying import make_working

pytestmark = [pytest.mark.browser, needs_chromium, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def lab(transactional_db) -> Lab:
    owner = User.objects.create_user("ann")
    return make_working(owner, recipes.make(EXAMPLE_SERVERS, real_now()))


@pytest.fixture
def edge(lab) -> Node:
    return lab.nodes.get(kind=Node.Kind.EXPRESSWAY_E)


def codes(lab):
    return list(lab.events.values_list("code", flat=True))


def choose(page: Page, lab: Lab, name: str, field: str = "#file") -> None:
    page.set_input_files(field, {"name": name, "mimeType": "x/y", "buffer": content_of(lab, name)})


def test_the_button_beside_the_real_one_tries_and_the_real_one_does(
    page: Page, live_server, signed_in, lab, edge
):
    signed_in(lab.owner, live_server.url)
    page.goto(live_server.url + reverse("trusted-ca", args=[edge.pk]))
    choose(page, lab, "exp-e1-renewal-issuing-ca.pem")
    page.get_by_role("button", name="Try: append").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Tried: exp-e1: Append CA certificate")
    assert codes(lab) == ["lab.made"]
    assert axe(page) == []
    page.goto(live_server.url + reverse("trusted-ca", args=[edge.pk]))
    page.get_by_role("button", name="Try: reset").click()
    expect(page.get_by_text("Traversal zone").first).to_be_visible()
    assert codes(lab) == ["lab.made"]
    page.set_viewport_size({"width": 360, "height": 780})
    assert overflowing(page) == []
    assert axe(page) == []
    page.get_by_role("button", name="Do it").click()
    expect(page.locator(".bar.ok")).to_be_visible()
    assert "trusted-ca.reset" in codes(lab)
    assert csp_violations(page) == []


def test_without_a_script_it_tries_all_the_same(browser: Browser, live_server, lab, edge):
    client = Client()
    client.force_login(lab.owner)
    context = browser.new_context(java_script_enabled=False)
    name = settings.SESSION_COOKIE_NAME
    context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live_server.url}])
    page = context.new_page()
    page.goto(live_server.url + reverse("server-certificate", args=[edge.pk]))
    choose(page, lab, "exp-e1.cer", "#certificate")
    page.get_by_role("button", name="Try: upload").click()
    expect(page.locator(".bar.bad")).to_have_text("It would be refused, and nothing would change.")
    assert codes(lab) == ["lab.made"]
    context.close()


def test_a_renewal_is_tried_in_two_orders_by_keyboard_and_mouse(
    page: Page, live_server, signed_in, lab, edge
):
    signed_in(lab.owner, live_server.url)
    page.goto(live_server.url + reverse("lab-try", args=[lab.pk]))

    def add(title: str, kind: str, node: Node, file: str = "") -> None:
        page.get_by_text(title, exact=True).click()
        page.select_option(f"#id_{kind}-server", str(node.pk))
        if file:
            page.select_option(f"#id_{kind}-file", file)
        with page.expect_navigation():
            page.get_by_role("button", name=f"Add: {title}").press("Enter")

    control = lab.nodes.get(kind=Node.Kind.EXPRESSWAY_C)
    add("Append CA certificate", "append", edge, "exp-e1-renewal-issuing-ca.pem")
    add("Upload server certificate data", "upload", edge, "exp-e1-renewal.pem")
    add("Restart", "restart", edge)
    add("Append CA certificate", "append", control, "exp-e1-renewal-issuing-ca.pem")
    with page.expect_navigation():
        page.get_by_role("button", name="Try these steps").click()
    expect(page.locator("#result .tag")).to_have_count(2)
    assert axe(page) == []
    with page.expect_navigation():
        page.get_by_role("button", name="Move step 4 up").click()
    with page.expect_navigation():
        page.get_by_role("button", name="Move step 3 up").click()
    with page.expect_navigation():
        page.get_by_role("button", name="Try these steps").click()
    expect(page.locator("#result")).to_be_visible()
    expect(page.locator("#result .tag")).to_have_count(0)
    page.set_viewport_size({"width": 360, "height": 780})
    assert overflowing(page) == []
    assert codes(lab) == ["lab.made"]
    assert csp_violations(page) == []


def test_a_zone_and_unified_cm_are_tried_on_their_pages_with_what_is_typed_there(
    page: Page, live_server, signed_in, lab, edge
):
    signed_in(lab.owner, live_server.url)
    page.goto(live_server.url + reverse("zone", args=[edge.pk]))
    page.fill("#subject-name", "other.example.com")
    page.get_by_role("button", name="Try: save").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Tried: exp-e1: Change the traversal zone")
    expect(page.get_by_text("other.example.com").first).to_be_visible()
    expect(page.get_by_role("button", name="Do it")).to_be_visible()
    assert axe(page) == []
    cucm = lab.nodes.get(kind=Node.Kind.CUCM)
    page.goto(live_server.url + reverse("unified-cm", args=[lab.pk, cucm.pk]))
    page.get_by_role("button", name="Regenerate tomcat", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Tried: cucm1: Regenerate a certificate")
    assert codes(lab) == ["lab.made"]
    assert csp_violations(page) == []


def test_a_password_goes_into_a_series_as_a_fingerprint_alone(page: Page, live_server, signed_in, lab, edge):
    signed_in(lab.owner, live_server.url)
    page.goto(live_server.url + reverse("lab-try", args=[lab.pk]))
    page.get_by_text("Set the password of the zone's user", exact=True).click()
    page.select_option("#id_zone-credential-server", str(edge.pk))
    page.fill("#id_zone-credential-password", "Example-Password-1")
    with page.expect_navigation():
        page.get_by_role("button", name="Add: Set the password of the zone's user").click()
    assert "Example-Password-1" not in page.content()
    with page.expect_navigation():
        page.get_by_role("button", name="Try these steps").click()
    expect(page.locator("#result")).to_contain_text("Traversal zone")
    assert codes(lab) == ["lab.made"]
