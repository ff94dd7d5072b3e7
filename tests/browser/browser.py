"""One Chromium for the whole run, a fresh page for each test, and what to ask of a page.

Fixtures: `page` (a page of its own context that keeps what the policy blocked and what went to other hosts) and
`signed_in` (a function that signs a person in there). Functions: `axe`, `csp_violations`, `foreign_requests`,
`overflowing`.
"""

import os
import threading
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, Page, Request, expect, sync_playwright

from certstore.models import User

SignIn = Callable[[User, str], None]

# A box that scrolls by itself may hold something wider; so may the clipped texts for screen readers.
_OVERFLOWING = """() => {
  const width = document.documentElement.clientWidth;
  const scrolls = (element) => element.closest(".tablebox, pre, .vh, .skip") !== null;
  return [...document.body.querySelectorAll("*")]
    .filter((element) => element.checkVisibility() && !scrolls(element))
    .filter((element) => element.getBoundingClientRect().right > width + 1)
    .map((element) => `${element.tagName}.${element.getAttribute("class")}`);
}"""


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    """Chromium, started once."""
    # Playwright's own loop runs in this thread, and Django would take that for an asynchronous caller.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield started
        started.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture(autouse=True)
def nothing_is_left_to_answer() -> Iterator[None]:
    """After every test, wait for the live server's threads: they share the connection of a database in memory."""
    yield
    for thread in threading.enumerate():
        if "process_request_thread" in thread.name:
            thread.join(timeout=10)


@pytest.fixture
def page(browser: Browser, transactional_db: None) -> Iterator[Page]:
    """A page in a context of its own, 1280 by 900; it is closed before the tables are emptied."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    fresh = context.new_page()
    violations: list[str] = []
    requested: list[str] = []
    fresh.expose_binding("violated", lambda _source, what: violations.append(what))
    fresh.add_init_script(
        "document.addEventListener('securitypolicyviolation', (event) => "
        "window.violated(`${event.effectiveDirective} ${event.blockedURI} ${event.sample}`))"
    )

    def note(request: Request) -> None:
        requested.append(request.url)

    fresh.on("request", note)
    _KEPT[fresh] = (violations, requested)
    yield fresh
    del _KEPT[fresh]
    context.close()


_KEPT: dict[Page, tuple[list[str], list[str]]] = {}


@pytest.fixture
def signed_in(page: Page) -> SignIn:
    """A function that signs a person in on `page`, for a server's address."""

    def sign_in(person: User, address: str) -> None:
        client = Client()
        client.force_login(person)
        name = settings.SESSION_COOKIE_NAME
        page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": address}])

    return sign_in


def axe(page: Page, *rules: str) -> list[str]:
    """What axe finds wrong with the page as it is now, a line each; by these rules only, where some are named."""
    only = {"runOnly": {"type": "rule", "values": list(rules)}} if rules else {}
    if page.evaluate("typeof axe === 'undefined'"):  # once a document: it is half a megabyte
        page.evaluate(Axe().axe_script)
    # What takes long and is not looked at here: what passes, the selector of every element, style sheets read again.
    options = {"resultTypes": ["violations"], "selectors": False, "preload": False, **only}
    found = page.evaluate("(options) => axe.run(options).then((found) => found.violations)", options)
    return [f"{rule['id']}: {node['html'][:160]}" for rule in found for node in rule["nodes"]]


def drop(page: Page, name: str, text: str) -> None:
    """Drop a file on the card that takes files."""
    page.evaluate(
        """([name, text]) => {
          const both = new DataTransfer();
          both.items.add(new File([text], name));
          const card = document.querySelector("[data-drop]");
          card.dispatchEvent(new DragEvent("drop", {bubbles: true, cancelable: true, dataTransfer: both}));
        }""",
        [name, text],
    )
    expect(page.locator(".chosen")).to_contain_text(name)


def csp_violations(page: Page) -> list[str]:
    """What the Content-Security-Policy blocked on this page since it was made, over all that was loaded."""
    page.evaluate("() => new Promise(requestAnimationFrame)")  # the last event has come by then
    return _KEPT[page][0]


def foreign_requests(page: Page) -> list[str]:
    """What the page asked of another host than its own."""
    own = urlsplit(page.url).netloc
    return [url for url in _KEPT[page][1] if urlsplit(url).netloc not in (own, "")]


def overflowing(page: Page) -> list[str]:
    """The elements that stick out of the window at the right."""
    return list(page.evaluate(_OVERFLOWING))
