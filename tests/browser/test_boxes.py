"""In a browser: archives of four servers become a lab, and the same again after the change; hostile names are text."""

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from certstore.pki.decode import pem_text
from tests.box_dumps import RealServer, show_all_pem, system, traversal_server, xconfiguration
from tests.browser.browser import axe, csp_violations, overflowing
from tests.needs import needs_chromium
from tests.poison import script_payloads
from tests.views.test_boxes import cas, control, edge

pytestmark = [pytest.mark.browser, needs_chromium, pytest.mark.django_db(transaction=True)]

MARK_UP = '"><img src=x onerror=window.ran=1><script>window.ran=1</script>'


def archives(*servers: RealServer) -> list[dict[str, object]]:
    """The files as a browser takes them."""
    return [
        {"name": f"log_{one.host}.tar.gz", "mimeType": "application/gzip", "buffer": one.archive()}
        for one in servers
    ]


def for_everyone(page: Page) -> None:
    """Axe finds nothing and nothing is cut, on a wide and on the narrowest screen."""
    for width in (1280, 360):
        page.set_viewport_size({"width": width, "height": 800})
        assert axe(page) == []
        assert overflowing(page) == []
    page.set_viewport_size({"width": 1280, "height": 800})


def test_from_four_archives_to_a_lab_and_the_same_again_after_the_change(
    page: Page, live_server, signed_in, owner
):
    signed_in(owner, live_server.url)
    page.goto(live_server.url + reverse("home"))
    page.get_by_role("link", name="Or bring in your real servers").first.click()
    page.set_input_files("#files", archives(control(1, 2), edge(1, 2), control(2, 2), edge(2, 2)))
    expect(page.locator(".chosen")).to_contain_text("log_exp-c1.tar.gz")
    page.get_by_role("button", name="Look at it").click()
    expect(page.get_by_role("heading", name="Recognised servers")).to_be_visible()
    expect(page.get_by_role("heading", name="exp-e2.rehearse.test")).to_be_visible()
    for_everyone(page)
    page.get_by_role("button", name="Rehearse a renewal").click()
    expect(page.locator(".bar.ok")).to_contain_text("made of 4 real servers")

    page.get_by_role("link", name="Check after the change").click()
    files = {name: data for name, data in edge(2).files.items() if not name.startswith("ca_")}
    listed = {"name": "ca_exp-e2_2026-12-01_10:00:00.pem", "mimeType": "x/y", "buffer": cas().root.pem}
    page.set_input_files("#files", [*archives(RealServer("exp-e2", files)), listed])
    page.get_by_role("button", name="Compare").click()
    expect(page.get_by_text("exp-e2 still lacks Issuing CA 4")).to_be_visible()
    for_everyone(page)
    assert csp_violations(page) == []


def test_names_that_are_mark_up_are_text_on_both_pages(page: Page, live_server, signed_in, owner):
    signed_in(owner, live_server.url)
    page.goto(live_server.url + reverse("from-servers"))
    lines = [*system("exp-e1"), *traversal_server(1, MARK_UP), ("Zones Zone 1 Name", MARK_UP)]
    dump = xconfiguration(*lines).replace('"">', '">')
    evil = [pem_text(der) for _, der in script_payloads()][:8]
    page.set_input_files(
        "#files",
        [
            {"name": f"{MARK_UP}.txt", "mimeType": "x/y", "buffer": b"nothing"},
            {"name": "xconf_dump_exp-e1_x.txt", "mimeType": "x/y", "buffer": dump.encode()},
            {"name": "ca_exp-e1_x.pem", "mimeType": "x/y", "buffer": "".join(evil).encode()},
            {"name": "server_exp-e1_x.pem", "mimeType": "x/y", "buffer": evil[0].encode()},
        ],
    )
    page.get_by_role("button", name="Look at it").click()
    expect(page.get_by_role("heading", name="Recognised servers")).to_be_visible()
    nothing_ran(page)
    page.get_by_role("button", name="Reproduce a case").click()
    page.get_by_role("link", name="Check after the change").click()
    page.get_by_text("Or paste the text of a server (1)").click()
    page.fill("#id_text1-text", dump + show_all_pem(cas().root))
    page.get_by_role("button", name="Compare").click()
    expect(page.get_by_text("exp-e1 has Inner Root in its list, and the lab has not")).to_be_visible()
    nothing_ran(page)


def nothing_ran(page: Page) -> None:
    assert page.evaluate("window.ran") is None
    assert page.locator("main img, main script").count() == 0
    assert csp_violations(page) == []
