"""What differs between two documents of a lab, in words: nothing left out, nothing without end."""

from copy import deepcopy

import pytest

from certstore.wording.differing import MOST_NAMED
from certstore.wording.lab_differences import differences, shift

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


# --- Servers that came and went, DNS, clusters ------------------------------------------------------------


def test_a_server_that_came_and_one_that_went_are_told(document):
    after = deepcopy(document)
    new = deepcopy(document["servers"][0])
    new |= {"id": "2", "host": "exp-e2"}
    after["servers"].append(new)
    assert told(document, after) == [("exp-e2.example.com", "This server was not in the lab before.")]
    assert told(after, document) == [("exp-e2.example.com", "This server is no longer in the lab.")]


def record(name, values):
    return {"type": "A", "name": name, "values": values}


@pytest.mark.parametrize(
    ("before", "after", "says"),
    [
        ([], [record("a.example.com", ["192.0.2.9"])], "right → 192.0.2.9"),
        ([record("a.example.com", ["192.0.2.9"])], [record("a.example.com", [])], "192.0.2.9 → no answer"),
        ([record("a.example.com", [])], [], "no answer → right"),
    ],
    ids=["changed", "emptied", "right"],
)
def test_what_dns_answers_is_told(document, before, after, says):
    then = document | {"dns": before}
    assert told(then, document | {"dns": after}) == [("", f"DNS answer to A a.example.com: {says}")]


def cluster(fqdn="exp-e.example.com", mode="permissive", **further):
    return [{"role": "expressway-e", "fqdn": fqdn, "tls_mode": mode} | further]


@pytest.mark.parametrize(
    ("before", "after", "says"),
    [
        (
            [],
            cluster(),
            (
                "Cluster of Expressway-E: none → exp-e.example.com",
                "TLS verification mode of Expressway-E: none → Permissive",
            ),
        ),
        (
            cluster(),
            cluster(mode="enforcing"),
            ("TLS verification mode of Expressway-E: Permissive → Enforcing",),
        ),
        (
            cluster(),
            cluster(fqdn="edge.example.com"),
            ("Cluster of Expressway-E: exp-e.example.com → edge.example.com",),
        ),
        (
            cluster(),
            cluster(address_mapping={"b.example": "192.0.2.2", "a.example": "192.0.2.1"}),
            ("Cluster address mapping of Expressway-E: none → a.example 192.0.2.1, b.example 192.0.2.2",),
        ),
        (
            cluster(address_mapping={"a.example": "192.0.2.1"}),
            cluster(address_mapping={}),
            ("Cluster address mapping of Expressway-E: a.example 192.0.2.1 → none",),
        ),
    ],
    ids=["made", "mode", "name", "mapping", "mapping-gone"],
)
def test_clusters_are_told(document, before, after, says):
    then = document | {"clusters": before}
    assert told(then, document | {"clusters": after}) == [("", *says)]


# --- What a server has besides ----------------------------------------------------------------------------


def with_server(document, **fields):
    after = deepcopy(document)
    after["servers"][0] |= fields
    return after


ZONE = {
    "name": "Traversal zone",
    "username": "traversal",
    "password": "1" * 64,
    "sip_port": 7001,
    "verify_subject_name": "exp-c1.example.com",
    "peers": [],
}
# A change of the zone, and what is said of it.
ZONES = {
    "name": ("Zone", "Name of the zone: Traversal zone → Zone"),
    "username": ("someone", "Username of the zone: traversal → someone"),
    "password": ("2" * 64, "The password of the zone is another one."),
    "sip_port": (7002, "SIP port of the zone: 7001 → 7002"),
    "verify_subject_name": ("", "TLS verify subject name of the zone: exp-c1.example.com → none"),
    "peers": (["a", "b"], "Peer addresses of the zone: none → a, b"),
}


@pytest.mark.parametrize("field", ZONES)
def test_every_field_of_a_zone_is_told_and_no_fingerprint(document, field):
    value, says = ZONES[field]
    before, after = (with_server(document, zone=zone) for zone in (ZONE, ZONE | {field: value}))
    assert told(before, after) == [("exp-e1.example.com", says)]


def test_a_zone_that_came_and_went_is_told_by_its_name(document):
    with_zone = with_server(document, zone=ZONE)
    assert told(document, with_zone) == [("exp-e1.example.com", "Zone: none → Traversal zone")]
    assert told(with_zone, document) == [("exp-e1.example.com", "Zone: Traversal zone → none")]


# By the kind of the server: what is set, and what is said of it beside the default.
SETTINGS: list[tuple[str, dict[str, object], str]] = [
    (
        "expressway-e",
        {"sends": "leaf"},
        "What it sends of its chain: Its certificate and the CAs above it → Its certificate alone",
    ),
    (
        "expressway-e",
        {"tunnel_algorithms": ["x509v3-rsa2048-sha256"]},
        "Public key algorithms of the SSH tunnels: x509v3-rsa2048-sha256, x509v3-ecdsa-sha2-nistp256, "
        "x509v3-ecdsa-sha2-nistp384, x509v3-ecdsa-sha2-nistp521 → x509v3-rsa2048-sha256",
    ),
    ("expressway-c", {"verifies_origin_server": False}, "VerifyOriginServer: On → Off"),
    (
        "unified-cm",
        {"server_entry": "192.0.2.9"},
        "System > Server entry: exp-e1.example.com → 192.0.2.9",
    ),
    ("unified-cm", {"mixed_mode": True}, "Mixed mode: Off → On"),
    ("unified-cm", {"prefers_rsa": True}, "RSA preferred (cipher preference): Off → On"),
    (
        "jabber",
        {"domain": "example.net"},
        "Domain that the person signs in with: example.com → example.net",
    ),
    (
        "jabber",
        {"on_invalid_certificate": "RejectAndNotify"},
        "Certificates that are not valid: PromptPerSession → RejectAndNotify",
    ),
]


@pytest.mark.parametrize(("kind", "settings", "says"), SETTINGS, ids=[next(iter(one[1])) for one in SETTINGS])
def test_every_setting_is_told_with_the_default_that_it_was(document, kind, settings, says):
    before, after = (with_server(document, kind=kind, settings=one) for one in ({}, settings))
    assert told(before, after) == [("exp-e1.example.com", says)]
    assert len(told(after, before)) == 1


REVOCATION = {
    "is_on": False,
    "uses_ocsp": True,
    "uses_crls": True,
    "downloads_crls": True,
    "fallback": "not-revoked",
}


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("is_on", True, "Certificate revocation checking: Off → On"),
        ("uses_ocsp", False, "Revocation checking by OCSP: On → Off"),
        ("uses_crls", False, "Revocation checking by CRLs: On → Off"),
        ("downloads_crls", False, "CRL downloads: On → Off"),
        ("fallback", "revoked", "Fallback behavior of revocation checking: not-revoked → revoked"),
    ],
)
def test_every_part_of_revocation_checking_is_told(document, field, value, says):
    before = with_server(document, settings={})
    after = with_server(document, settings={"revocation": REVOCATION | {field: value}})
    assert told(before, after) == [("exp-e1.example.com", says)]


KNOWN = {
    "cucm": "9",
    "publisher_address": "192.0.2.31",
    "username": "axl",
    "tls_verify": True,
    "known_as": "cucm1.example.com",
}


def test_a_unified_cm_that_came_and_went_is_told(document):
    document = with_server(document, cucm_servers=[])
    document["servers"].append(document["servers"][0] | {"id": "9", "host": "cucm1"})
    after = with_server(document, cucm_servers=[KNOWN])
    name = "cucm1.example.com"
    assert told(document, after) == [("exp-e1.example.com", f"New among the Unified CM servers (1): {name}")]
    assert told(after, document) == [
        ("exp-e1.example.com", f"Deleted among the Unified CM servers (1): {name}")
    ]


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("publisher_address", "192.0.2.32", "address: 192.0.2.31 → 192.0.2.32"),
        ("username", "other", "username: axl → other"),
        ("tls_verify", False, "TLS verify mode: On → Off"),
        ("known_as", "192.0.2.31", "what clients are told: cucm1.example.com → 192.0.2.31"),
    ],
)
def test_every_field_of_a_known_unified_cm_is_told(document, field, value, says):
    before, after = (with_server(document, cucm_servers=[one]) for one in (KNOWN, KNOWN | {field: value}))
    assert told(before, after) == [("exp-e1.example.com", f"Unified CM server 9, {says}")]


def request(state="pending", der="AA==", *, at="2027-01-14T09:04:00Z", is_imported=False):
    return {
        "slot": "server",
        "der": der,
        "fields": {},
        "is_imported": is_imported,
        "state": state,
        "at_lab": at,
    }


AT = "14 Jan 2027 09:04 UTC"


@pytest.mark.parametrize(
    ("before", "after", "says"),
    [
        ([], [request()], [f"Signing request in progress: none → generated {AT}"]),
        (
            [request()],
            [request(is_imported=True, der="AQ==")],
            [f"Signing request in progress: generated {AT} → imported {AT}"],
        ),
        (
            [request()],
            [request(der="AQ==")],
            ["The signing request in progress is another one, made at the same moment."],
        ),
        (
            [request()],
            [request("used")],
            [f"Signing request in progress: generated {AT} → none", "Signing requests used: 0 → 1"],
        ),
        (
            [request()],
            [request("discarded")],
            [f"Signing request in progress: generated {AT} → none", "Signing requests discarded: 0 → 1"],
        ),
    ],
    ids=["made", "imported", "another", "used", "discarded"],
)
def test_signing_requests_are_told(document, before, after, says):
    first, second = (with_server(document, requests=one) for one in (before, after))
    assert told(first, second) == [("exp-e1.example.com", *says)]


def test_the_place_in_a_cluster_is_told(document):
    peer = {"number": 2, "address": "exp-e1.example.com", "running_tls_mode": "permissive"}
    assert told(document, with_server(document, peer=peer)) == [
        (
            "exp-e1.example.com",
            "Peer number: none → 2",
            "Peer address: none → exp-e1.example.com",
            "TLS verification mode in effect: none → Permissive",
        )
    ]
    strict = with_server(document, peer=peer | {"running_tls_mode": "enforcing"})
    assert told(with_server(document, peer=peer), strict) == [
        ("exp-e1.example.com", "TLS verification mode in effect: Permissive → Enforcing")
    ]


def test_lists_and_certificates_of_unified_cm_say_which(document):
    before = with_server(document, lists={"tomcat": [], "tomcat-loaded": []}, slots={"tomcat": [held(LEAF)]})
    after = with_server(
        document, lists={"tomcat": [{"certificate": CA}], "tomcat-loaded": []}, slots={"tomcat": [held(CA)]}
    )
    ((_, *lines),) = told(before, after)
    assert lines == [
        "Certificate tomcat loaded: CN=exp-e1 (D0:00:00:00) → CN=Root A (A0:00:00:00)",
        "Certificate tomcat that callers see: CN=exp-e1 (D0:00:00:00) → CN=Root A (A0:00:00:00)",
        "New among the CA certificates of tomcat-trust (1): CN=Root A (A0:00:00:00)",
    ]


def test_files_that_came_went_or_have_other_content_are_named(document):
    old = [{"name": "a.pem", "sha256": "1"}, {"name": "b.pem", "sha256": "2"}]
    new = [{"name": "b.pem", "sha256": "3"}, {"name": "c.pem", "sha256": "4"}]
    before, after = (with_server(document, files=one) for one in (old, new))
    assert told(before, after) == [
        (
            "exp-e1.example.com",
            "New files (1): c.pem",
            "Files that are gone (1): a.pem",
            "Files with other content (1): b.pem",
        )
    ]


def test_what_has_no_words_is_not_passed_over(document):
    after = with_server(document, factory={"ca": OTHER, "certificate": LEAF, "key": "k"})
    assert told(document, after) == [("exp-e1.example.com", "What is kept of it besides differs.")]


def test_what_somebody_typed_is_cut_and_made_visible(document):
    before, after = (with_server(document, zone=ZONE | {"name": name}) for name in ("a\u202eb", "x" * 900))
    ((_, line),) = told(before, after)
    assert "\u202e" not in line
    assert len(line) < 400
