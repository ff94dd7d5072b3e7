"""Certificates that break pages elsewhere, taken in through the form: no page that shows one is broken later."""

from collections.abc import Iterator
from itertools import chain

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, override_settings
from django.urls import reverse

from certstore.actions.labs import set_lab_time
from certstore.models import Lab, Node, TrustEntry
from certstore.models.clock import EARLIEST, LATEST
from certstore.pki.decode import pem_text
from tests.labs import FilledLab, fill_lab
from tests.poison import odd_names, odd_numbers_and_dates, script_payloads

# Fourteen hours before Greenwich, and twelve behind: a date at the end of the calendar overflows in one of them.
ZONES = ("UTC", "Pacific/Kiritimati", "Etc/GMT+12")

OF_A_LAB = ("lab", "lab-history", "lab-time", "lab-settings", "lab-files")
OF_A_SERVER = (
    "trusted-ca",
    "trusted-ca-decoded",
    "trusted-ca-pem",
    "server-certificate",
    "server-certificate-decoded",
    "restart",
    "alarms",
)


@pytest.fixture
def filled(db: None) -> FilledLab:
    return fill_lab("ann")


@pytest.fixture
def browser_of(filled: FilledLab) -> Client:
    """The person's browser, in which a bug of ours is a 500 and no exception."""
    client = Client(raise_request_exception=False)
    client.force_login(filled.owner)
    return client


def as_pem(certificates: Iterator[tuple[str, bytes]]) -> Iterator[tuple[str, bytes]]:
    """The certificates in Base-64."""
    return ((name, pem_text(der).encode()) for name, der in certificates)


def append_each(client: Client, node: Node, files: Iterator[tuple[str, bytes]]) -> dict[str, int]:
    """Append each file through the form; what the page answered by the file's name."""
    address = reverse("trusted-ca-append", args=[node.pk])
    answers = {}
    for name, content in files:
        file = SimpleUploadedFile(f"{name}.pem", content)
        answers[name] = client.post(address, {"file": file}).status_code
    return answers


def pages_of(lab: Lab, node: Node) -> list[str]:
    """Every page of the lab and of the server that shows all of it."""
    sorts = ("issuer", "subject", "expiry", "validity")
    return [
        reverse("home"),
        reverse("labs"),
        *(reverse(name, args=[lab.pk]) for name in OF_A_LAB),
        *(reverse(name, args=[node.pk]) for name in OF_A_SERVER),
        *(f"{reverse('trusted-ca', args=[node.pk])}?sort={sort}&q=a" for sort in sorts),
    ]


def pages_of_each(lab: Lab, node: Node) -> list[str]:
    """The page of each row, and those of each attempt."""
    of_rows = (
        reverse("trusted-ca-entry", args=[node.pk, entry])
        for entry in TrustEntry.objects.filter(store__node=node).values_list("pk", flat=True)
    )
    of_attempts = (
        reverse(name, args=[lab.pk, attempt])
        for attempt in lab.attempts.values_list("pk", flat=True)
        for name in ("attempt", "attempt-ticket")
    )
    return [*of_rows, *of_attempts]


def broken(client: Client, addresses: list[str], zones: tuple[str, ...] = ZONES) -> dict[str, int]:
    """The pages that do not answer 200, in any of these zones."""
    found = {}
    for zone in zones:
        with override_settings(TIME_ZONE=zone):
            for address in addresses:
                status = client.get(address).status_code
                if status != 200:
                    found[f"{zone} {address}"] = status
    return found


def test_odd_numbers_and_dates_break_no_page_in_any_zone(filled: FilledLab, browser_of: Client):
    answers = append_each(browser_of, filled.node, as_pem(odd_numbers_and_dates()))
    assert set(answers.values()) == {302}, answers
    assert broken(browser_of, pages_of(filled.lab, filled.node)) == {}
    assert broken(browser_of, pages_of_each(filled.lab, filled.node)) == {}


def test_odd_names_break_no_page(filled: FilledLab, browser_of: Client):
    answers = append_each(browser_of, filled.node, as_pem(odd_names()))
    assert set(answers.values()) == {302}, answers
    assert broken(browser_of, pages_of(filled.lab, filled.node)) == {}
    assert broken(browser_of, pages_of_each(filled.lab, filled.node), ("UTC",)) == {}


def test_a_file_of_names_that_are_scripts_breaks_no_page(filled: FilledLab, browser_of: Client):
    every = b"".join(content for _, content in as_pem(script_payloads()))
    answers = append_each(browser_of, filled.node, iter([("every payload", every)]))
    assert set(answers.values()) == {302}, answers
    assert broken(browser_of, pages_of(filled.lab, filled.node)) == {}
    assert broken(browser_of, pages_of_each(filled.lab, filled.node), ("UTC",)) == {}


def test_what_the_server_certificate_page_refuses_breaks_no_page_either(
    filled: FilledLab, browser_of: Client
):
    address = reverse("server-certificate-upload", args=[filled.node.pk])
    answers = {}
    for name, content in as_pem(chain(odd_numbers_and_dates(), odd_names())):
        file = SimpleUploadedFile(f"{name}.cer", content)
        answers[name] = browser_of.post(address, {"certificate": file}).status_code
    assert set(answers.values()) == {422}, answers
    assert broken(browser_of, pages_of(filled.lab, filled.node)) == {}
    assert broken(browser_of, pages_of_each(filled.lab, filled.node), ("UTC",)) == {}


@pytest.mark.parametrize("moment", [EARLIEST, LATEST])
def test_nor_does_the_lab_at_the_end_of_the_calendar(filled: FilledLab, browser_of: Client, moment):
    append_each(browser_of, filled.node, as_pem(odd_numbers_and_dates()))
    set_lab_time(filled.lab.pk, moment)
    assert broken(browser_of, pages_of(filled.lab, filled.node)) == {}
