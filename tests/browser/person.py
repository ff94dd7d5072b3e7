"""Somebody at a browser, for the tests that go through the pages as a person does."""

import os
import re
from pathlib import Path

from playwright.sync_api import Page, expect

from certstore.actions.people import new_sign_in_link
from certstore.models import User

SCREENSHOTS = Path(__file__).resolve().parents[1] / "screenshots"


class Person:
    """Somebody at a browser who follows links and presses buttons, and never types an address but the first."""

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        self.address = address

    def sign_in(self, user: User) -> None:
        """Use the address that the server printed when it started."""
        token = new_sign_in_link(user, loopback_only=True, minutes=10)
        self.page.goto(f"{self.address}/enter/{token}/")
        self.page.get_by_role("main").get_by_role("button", name="Sign in").click()
        expect(self.page.get_by_role("heading", name="What do you want to do?")).to_be_visible()

    def follow(self, name: str, within: str = "body") -> None:
        """Follow a link by its words."""
        self.page.locator(within).get_by_role("link", name=name, exact=True).click()

    def open_from_menu(self, menu: str, item: str) -> None:
        """Open a page of the appliance as its menu leads there."""
        self.page.locator(".menu summary", has_text=menu).click()
        self.follow(item, ".menu details[open]")
        expect(self.page.get_by_role("heading", level=1)).to_contain_text(item)

    def press(self, name: str) -> None:
        """Press a button by its words, and wait until its answer stands on the page."""
        self.page.get_by_role("button", name=re.compile(f"^{name}")).click()
        expect(self.page.locator(".htmx-request, .htmx-swapping, .htmx-settling")).to_have_count(0)

    def answer(self, name: str) -> None:
        """Answer what the page asks before it does something."""
        self.page.locator(".confirm .tools").get_by_text(re.compile(f"^{name}")).click()

    def download(self, name: str) -> bytes:
        """Follow a link that gives a file."""
        with self.page.expect_download() as started:
            self.page.get_by_role("link", name=name, exact=True).click()
        return Path(started.value.path()).read_bytes()

    def choose(self, label: str, name: str, data: bytes) -> None:
        """Choose a file."""
        chosen = {"name": name, "mimeType": "application/octet-stream", "buffer": data}
        self.page.get_by_label(label).set_input_files(chosen)

    def upload_server_certificate(self, name: str, data: bytes) -> None:
        self.choose("Select the server certificate file", name, data)
        self.press("Upload server certificate data")

    def append_ca(self, name: str, data: bytes) -> None:
        self.choose("Select the file containing trusted CA certificates", name, data)
        self.press("Append CA certificate")

    def reads(self, place: str, *texts: str) -> None:
        """Read something somewhere on the page."""
        for text in texts:
            expect(self.page.locator(place).first).to_contain_text(text)

    def picture(self, name: str) -> None:
        """Keep what a state looks like, where that was asked for."""
        if not os.environ.get("SCREENSHOTS"):
            return
        SCREENSHOTS.mkdir(exist_ok=True)
        for scheme in ("light", "dark"):
            self.page.emulate_media(color_scheme=scheme)
            for width in (360, 1280, 2560):
                self.page.set_viewport_size({"width": width, "height": 900})
                self.page.screenshot(
                    path=SCREENSHOTS / f"{name}-{width}-{scheme}.png", full_page=True, caret="initial"
                )
        self.page.emulate_media(color_scheme="light")
        self.page.set_viewport_size({"width": 1280, "height": 900})
