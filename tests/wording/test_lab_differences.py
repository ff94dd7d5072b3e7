"""What differs between two documents of a lab, in words: nothing left out, nothing without end."""

from copy import deepcopy

import pytest

from certstore.wording.lab_differences import MOST_NAMED, differences, shift

CA, OTHER, CRL, LEAF, NEXT = (
    f"{number:064x}" for number in (0xA << 252, 0xB << 252, 0xC << 252, 0xD << 252, 5)
)
NAMES = {CA: "CN=Root A", OTHER: "CN=Root B", CRL: "CRL of CN=Root A", LEAF: "CN=exp-e1", NEXT: "CN=exp-e1"}


def held(certificate, *, is_installed=True, is_running=True):
    return {
        "certificate": certificate,
        "key": "k",
        "key_origin": "factory",
        "source": "upload",
        "at_lab": "2027-01-14T09:04:00Z",
        "is_installed": is_installed,
        "is_running": is_running,
    }


@pytest.fixture
def document():
    return {
        "lab": {
            "name": "Week 48",
            "kind": "practise",
            "recipe": "expressway-pair",
            "release": "X14.3",
            "server_eku_upload": False,
            "eku_checking": True,
            "same_subject": "first",
            "cn_counts": False,
            "explanations": "open",
            "clock_offset_s": 0,
        },
        "servers": [
            {
                "id": "1",
                "kind": "expressway-e",
                "host": "exp-e1",
                "domain": "example.com",
                "address": "192.0.2.1",
                "restarted_at": "",
                "factory": {"ca": CA, "certificate": LEAF, "key": "k"},
                "lists": {"ca": [{"certificate": CA}]},
                "slots": {"server": [held(LEAF)]},
                "files": [],
            }
        ],
    }


def told(before, after):
    return [(section.heading, *section.lines) for section in differences(before, after, NAMES)]


def test_the_same_document_differs_in_nothing(document):
    assert told(document, deepcopy(document)) == []


# A change of the lab's own fields, and what is said of it.
LAB = {
    "name": ("Week 49", "Name: Week 48 → Week 49"),
    "kind": ("rehearse", "Kind: Practise → Rehearse a renewal"),
    "release": ("X15.3", "Release: X14.3 → X15.3"),
    "same_subject": (
        "refuse",
        "Two CAs with the same name: The first one counts → The second one is not taken",
    ),
    "cn_counts": (True, "The Common Name counts: off → on"),
    "server_eku_upload": (True, "EnableServerEkuUpload: off → on"),
    "eku_checking": (False, "ExtendedKeyUsage Checking Mode: on → off"),
    "explanations": ("hints", "Explanations: open → hints"),
    "clock_offset_s": (-90061, "Lab time: real time → 1 day 1 hour 1 minute 1 second behind real time"),
}


@pytest.mark.parametrize("field", LAB)
def test_every_field_of_the_lab_is_told(document, field):
    after = deepcopy(document)
    after["lab"][field], says = LAB[field]
    assert told(document, after) == [("", says)]


SERVER = {
    "host": ("edge", "Name: exp-e1.example.com → edge.example.com"),
    "address": ("2001:db8::1", "IP address: 192.0.2.1 → 2001:db8::1"),
    "restarted_at": ("2027-01-14T09:04:00Z", "Last restart: never → 14 Jan 2027 09:04 UTC"),
}


@pytest.mark.parametrize("field", SERVER)
def test_every_field_of_a_server_is_told(document, field):
    after = deepcopy(document)
    server = after["servers"][0]
    server[field], says = SERVER[field]
    assert told(document, after) == [(f"{server['host']}.example.com", says)]


def test_a_ca_that_came_and_one_that_went_are_named(document):
    after = deepcopy(document)
    after["servers"][0]["lists"]["ca"] = [{"certificate": OTHER}, {"crl": CRL}]
    assert told(document, after) == [
        (
            "exp-e1.example.com",
            "New among the CA certificates (1): CN=Root B (B0:00:00:00)",
            "No longer among the CA certificates (1): CN=Root A (A0:00:00:00)",
            "New among the CRLs (1): CRL of CN=Root A (C0:00:00:00)",
        )
    ]


def test_another_order_is_told(document):
    document["servers"][0]["lists"]["ca"] = [{"certificate": CA}, {"certificate": OTHER}]
    after = deepcopy(document)
    after["servers"][0]["lists"]["ca"].reverse()
    assert told(document, after) == [
        ("exp-e1.example.com", "The CA certificates that stayed stand in another order.")
    ]


def test_a_certificate_that_waits_for_the_restart_is_loaded_and_not_shown(document):
    after = deepcopy(document)
    after["servers"][0]["slots"]["server"] = [held(NEXT, is_running=False), held(LEAF, is_installed=False)]
    assert told(document, after) == [
        (
            "exp-e1.example.com",
            "Server certificate loaded: CN=exp-e1 (D0:00:00:00) → CN=exp-e1 (00:00:00:00)",
        )
    ]


def test_the_same_certificate_loaded_anew_is_told(document):
    after = deepcopy(document)
    after["servers"][0]["slots"]["server"] = [held(LEAF, is_running=False), held(LEAF, is_installed=False)]
    assert told(document, after) == [
        ("exp-e1.example.com", "The same server certificate was loaded anew, or its restart was done.")
    ]


def test_of_a_thousand_names_the_first_are_told_and_how_many_more(document):
    after = deepcopy(document)
    after["servers"][0]["lists"]["ca"] += [{"certificate": f"{number:064x}"} for number in range(1, 1001)]
    ((_, line),) = told(document, after)
    assert line.startswith("New among the CA certificates (1000): ")
    assert line.endswith(f"; and {1000 - MOST_NAMED} more")
    assert line.count(";") == MOST_NAMED


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0, "real time"),
        (1, "1 second ahead of real time"),
        (-60, "1 minute behind real time"),
        (2 * 86400, "2 days ahead of real time"),
        (86400 + 7200, "1 day 2 hours ahead of real time"),
    ],
)
def test_a_clock_is_told_to_the_second(seconds, text):
    assert shift(seconds) == text
