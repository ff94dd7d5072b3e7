"""What differs between a request and its certificate, and between an old and a new one."""

from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from certstore.pki import comparing
from certstore.pki.compared_names import domains_of, lost_names
from certstore.pki.comparing import (
    MOST_VALUES,
    Change,
    Difference,
    Weight,
    compare_renewal,
    compare_request,
)
from certstore.pki.facts import CertificateFacts, decode_certificate
from certstore.pki.forge.authority import Authority, root
from certstore.pki.forge.names import subject
from certstore.pki.forge.requests import signing_request
from certstore.pki.requests import RequestFacts, decode_request
from tests.keyring import ec_key, rsa_key

START, END = datetime(2026, 1, 1, tzinfo=UTC), datetime(2036, 1, 1, tzinfo=UTC)
BEGIN, LAST = datetime(2026, 3, 1, tzinfo=UTC), datetime(2026, 9, 1, tzinfo=UTC)  # 184 days
NEXT, NEXT_LAST = datetime(2026, 8, 20, tzinfo=UTC), datetime(2027, 2, 20, tzinfo=UTC)  # 184 days
HOST = "exp-e1.example.com"
SANS = [HOST, "example.com"]
SERVER, CLIENT, CODE_SIGNING = "1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.2", "1.3.6.1.5.5.7.3.3"
BOTH = (SERVER, CLIENT)
USAGE = ("digitalSignature", "keyEncipherment")


def authority(
    name: str | x509.Name = "Example Issuing CA", key: str = "issuing", rsa: bool = False
) -> Authority:
    return root(name, rsa_key(key) if rsa else ec_key(key), START, END)


def certificate(
    ca: Authority | None = None, name="exp-e1.example.com", key=None, begin=BEGIN, last=LAST, **shape
) -> CertificateFacts:
    shape.setdefault("sans", SANS)
    signed = key or ec_key("server")
    return decode_certificate((ca or authority()).leaf(name, signed.public_key(), begin, last, **shape).der)


def renewed(ca: Authority | None = None, **changes) -> CertificateFacts:
    """The next certificate, with nothing changed but the dates and what is said."""
    changes.setdefault("begin", NEXT)
    changes.setdefault("last", NEXT_LAST)
    return certificate(ca, **changes)


def request(
    sans=(HOST, "example.com"), name="exp-e1.example.com", key=None, ekus=BOTH, **asked
) -> RequestFacts:
    asked.setdefault("key_usage", USAGE)
    made = signing_request(name, key or ec_key("server"), sans, ekus=ekus, **asked)
    return decode_request(made.public_bytes(Encoding.DER))


def told(found: tuple[Difference, ...]) -> list[tuple[str, str]]:
    return [(difference.change.value, difference.severity.value) for difference in found]


def one(found: tuple[Difference, ...], change: Change) -> Difference:
    (difference,) = (difference for difference in found if difference.change is change)
    return difference


FINE_REQUEST = [("request.key-matches", "fine"), ("names.kept", "fine")]

# What a CA makes of a request with two names, both usages and the usual key usage: typed by hand.
REQUESTS = {
    "everything as asked": (lambda: (request(), certificate()), FINE_REQUEST),
    "another key": (
        lambda: (request(), certificate(key=ec_key("another"))),
        [("request.key-mismatch", "breaks"), ("names.kept", "fine")],
    ),
    "its own name lost": (
        lambda: (request(), certificate(sans=["example.com"])),
        [("names.own-lost", "breaks"), ("request.key-matches", "fine")],
    ),
    "the domain lost": (
        lambda: (request(), certificate(sans=[HOST])),
        [("names.domain-lost", "breaks"), ("request.key-matches", "fine")],
    ),
    "collab-edge instead of the domain": (
        lambda: (request(), certificate(sans=[HOST, "collab-edge.example.com"])),
        [
            ("names.domain-form-lost", "look"),
            ("request.key-matches", "fine"),
            ("names.gained", "fine"),
        ],
    ),
    "an address lost": (
        lambda: (request([*SANS, "IP:192.0.2.1"]), certificate()),
        [("names.lost", "breaks"), ("request.key-matches", "fine")],
    ),
    "a name more": (
        lambda: (request(), certificate(sans=[*SANS, "www.example.com"])),
        [*FINE_REQUEST, ("names.gained", "fine")],
    ),
    "names in capitals": (
        lambda: (request(), certificate(sans=["EXP-E1.Example.com", "example.com"])),
        FINE_REQUEST,
    ),
    "the Common Name among the names": (lambda: (request(()), certificate(sans=[HOST])), FINE_REQUEST),
    "another Common Name": (
        lambda: (request(), certificate(name="example.com")),
        [("names.cn-changed", "look"), *FINE_REQUEST],
    ),
    "no Common Name": (
        lambda: (request(), certificate(name=subject())),
        [("names.cn-lost", "breaks"), *FINE_REQUEST],
    ),
    "a Common Name that nobody asked for": (
        lambda: (request(name=subject(organisation="Example")), certificate()),
        [*FINE_REQUEST, ("names.cn-gained", "fine")],
    ),
    "the organisation left out": (
        lambda: (request(name=subject(HOST, organisation="Example")), certificate()),
        [*FINE_REQUEST, ("names.subject-changed", "fine")],
    ),
    "no client authentication": (
        lambda: (request(), certificate(ekus=[SERVER])),
        [("usage.client-auth-lost", "breaks"), *FINE_REQUEST],
    ),
    "no server authentication": (
        lambda: (request(), certificate(ekus=[CLIENT])),
        [("usage.server-auth-lost", "breaks"), *FINE_REQUEST],
    ),
    "another usage lost": (
        lambda: (request(ekus=(*BOTH, CODE_SIGNING)), certificate()),
        [("usage.lost", "look"), *FINE_REQUEST],
    ),
    "usages that nobody asked for": (
        lambda: (request(ekus=()), certificate(ekus=[SERVER])),
        [*FINE_REQUEST, ("usage.gained", "fine")],
    ),
    "no extended key usage at all": (
        lambda: (request(), certificate(ekus=None)),
        [("usage.extension-gone", "look"), *FINE_REQUEST],
    ),
    "neither asked for nor given": (lambda: (request(ekus=()), certificate(ekus=None)), FINE_REQUEST),
    "a key usage lost": (
        lambda: (request(), certificate(key_usage=["digitalSignature"])),
        [("usage.key-usage-lost", "look"), *FINE_REQUEST],
    ),
    "a key usage more": (
        lambda: (request(), certificate(key_usage=[*USAGE, "dataEncipherment"])),
        [*FINE_REQUEST, ("usage.key-usage-gained", "fine")],
    ),
    "no key usage asked for": (lambda: (request(key_usage=()), certificate()), FINE_REQUEST),
    "a request that was changed": (
        lambda: (changed_request(), certificate()),
        [("request.signature-invalid", "look"), *FINE_REQUEST],
    ),
}


def changed_request() -> RequestFacts:
    made = signing_request(HOST, ec_key("server"), ["exp-e1.example.com", "Example.com"], ekus=BOTH)
    return decode_request(made.public_bytes(Encoding.DER).replace(b"Example.com", b"example.com"))


@pytest.mark.parametrize("case", REQUESTS)
def test_a_certificate_beside_its_request(case: str) -> None:
    make, expected = REQUESTS[case]
    assert told(compare_request(*make())) == expected


SAME = [
    ("names.kept", "fine"),
    ("renewal.issuer-kept", "fine"),
    ("renewal.overlap", "fine"),
    ("renewal.key-kept", "fine"),
]
WITHOUT_KEY = SAME[:3]
OTHER_KEY = ("renewal.key-changed", "look")

# What a renewal changed: typed by hand.
RENEWALS = {
    "nothing but the dates": (lambda: (certificate(), renewed()), SAME),
    "the domain lost": (
        lambda: (certificate(), renewed(sans=[HOST])),
        [("names.domain-lost", "breaks"), *SAME[1:]],
    ),
    "client authentication lost": (
        lambda: (certificate(), renewed(ekus=[SERVER])),
        [("usage.client-auth-lost", "breaks"), *SAME],
    ),
    "client authentication back": (
        lambda: (certificate(ekus=[SERVER]), renewed()),
        [SAME[0], ("usage.gained", "fine"), *SAME[1:]],
    ),
    "an extension that allows less than none": (
        lambda: (certificate(ekus=None), renewed(ekus=[SERVER])),
        [("usage.client-auth-lost", "breaks"), *SAME],
    ),
    "an extension that allows both": (lambda: (certificate(ekus=None), renewed()), SAME),
    "another CA": (
        lambda: (certificate(), renewed(authority("Example Issuing CA 2", "issuing 2"))),
        [
            ("renewal.issuer-changed", "breaks"),
            ("renewal.authority-key-changed", "breaks"),
            SAME[0],
            *SAME[2:],
        ],
    ),
    "another name of the CA, and its key": (
        lambda: (certificate(), renewed(authority("Example Issuing CA 2"))),
        [("renewal.issuer-changed", "breaks"), SAME[0], *SAME[2:]],
    ),
    "another key of the CA, and its name": (
        lambda: (certificate(), renewed(authority(key="issuing 2"))),
        [("renewal.authority-key-changed", "breaks"), SAME[0], *SAME[2:]],
    ),
    "no key identifier": (
        lambda: (certificate(), renewed(authority_key_id=False)),
        [("renewal.authority-key-unknown", "look"), SAME[0], *SAME[2:]],
    ),
    "another key": (
        lambda: (certificate(), renewed(key=ec_key("server 2"))),
        [OTHER_KEY, *WITHOUT_KEY],
    ),
    "RSA instead of ECDSA": (
        lambda: (certificate(), renewed(key=rsa_key("server"))),
        [OTHER_KEY, ("renewal.key-algorithm-changed", "look"), *WITHOUT_KEY],
    ),
    "a shorter key": (
        lambda: (certificate(key=rsa_key("server")), renewed(key=rsa_key("short", 1024))),
        [OTHER_KEY, ("renewal.key-shorter", "look"), *WITHOUT_KEY],
    ),
    "a longer key": (
        lambda: (certificate(key=rsa_key("short", 1024)), renewed(key=rsa_key("server"))),
        [OTHER_KEY, *WITHOUT_KEY, ("renewal.key-longer", "fine")],
    ),
    "a weak digest": (
        lambda: (certificate(authority(rsa=True)), renewed(authority(rsa=True), digest="sha1")),
        [("renewal.digest-weak", "look"), *SAME],
    ),
    "another digest": (
        lambda: (certificate(), renewed(digest="sha384")),
        [*SAME, ("renewal.digest-changed", "fine")],
    ),
    "a gap": (
        lambda: (certificate(), renewed(begin=LAST + timedelta(seconds=1), last=LAST + timedelta(days=190))),
        [("renewal.gap", "breaks"), *SAME[:2], SAME[3]],
    ),
    "no gap by a second": (
        lambda: (certificate(), renewed(begin=LAST, last=LAST + timedelta(days=190))),
        SAME,
    ),
    "a shorter life": (
        lambda: (certificate(), renewed(last=NEXT + timedelta(days=47))),
        [("renewal.shorter-life", "look"), *SAME],
    ),
    "an earlier end": (
        lambda: (certificate(), renewed(last=LAST - timedelta(days=1))),
        [("renewal.ends-earlier", "look"), ("renewal.shorter-life", "look"), *SAME],
    ),
    "old and new exchanged": (
        lambda: (renewed(), certificate()),
        [
            ("renewal.begins-earlier", "look"),
            ("renewal.ends-earlier", "look"),
            *SAME[:2],
            SAME[3],
        ],
    ),
    "a serial number given twice": (
        lambda: (certificate(serial=7), renewed(serial=7)),
        [("renewal.serial-reused", "look"), *SAME],
    ),
    "one serial number of two CAs": (
        lambda: (certificate(serial=7), renewed(authority("Example Issuing CA 2"), serial=7)),
        [("renewal.issuer-changed", "breaks"), SAME[0], *SAME[2:]],
    ),
    "the same certificate": (lambda: (certificate(serial=7),) * 2, [("renewal.identical", "look")]),
}


@pytest.mark.parametrize("case", RENEWALS)
def test_a_new_certificate_beside_the_old_one(case: str) -> None:
    make, expected = RENEWALS[case]
    assert told(compare_renewal(*make())) == expected


def test_a_very_large_key_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    # A key of 8192 bits takes 20 seconds to make.
    monkeypatch.setattr(comparing, "VERY_LARGE_RSA_BITS", 2048)
    old, new = certificate(key=rsa_key("short", 1024)), renewed(key=rsa_key("server"))
    assert one(compare_renewal(old, new), Change.KEY_VERY_LARGE).after.shown == ("RSA 2048",)
    other = renewed(key=rsa_key("server 2"))
    assert Change.KEY_VERY_LARGE not in {found.change for found in compare_renewal(new, other)}


def test_every_change_was_reached_above() -> None:
    reached = {change for _, expected in (*REQUESTS.values(), *RENEWALS.values()) for change, _ in expected}
    assert reached | {Change.KEY_VERY_LARGE} == set(Change)


def test_a_lost_name_is_told_as_it_was_written() -> None:
    lost = one(compare_request(request(["EXP-E2.Example.com", *SANS]), certificate()), Change.NAMES_LOST)
    assert lost.before.shown == ("EXP-E2.Example.com",)
    assert lost.after.shown == ()


def test_hundreds_of_names_are_summarised() -> None:
    many = [f"host-{number}.example.com" for number in range(500)]
    lost = one(compare_renewal(certificate(sans=[*SANS, *many]), renewed()), Change.NAMES_LOST)
    assert lost.before.shown == tuple(many[:MOST_VALUES])
    assert lost.before.more == 480


def test_a_name_given_twice_is_lost_once() -> None:
    names = lost_names(certificate(sans=[*SANS, "a.example.net", "A.example.net"]), renewed())
    assert names.others == ("a.example.net",)


def test_values_can_be_printed_whatever_the_names_are() -> None:
    name = subject("a\u202eb", organisation="x" * 60)
    changed = one(compare_renewal(certificate(name=name), renewed(name="c\nd")), Change.CN_CHANGED)
    assert (changed.before.shown, changed.after.shown) == (("a\\u202Eb",), ("c\\u000Ad",))


def test_a_long_value_is_cut() -> None:
    ca = authority(subject("Example CA", organisation="Example", units=["x" * 60] * 8), "issuing 2")
    changed = one(compare_renewal(certificate(), renewed(ca)), Change.ISSUER_CHANGED)
    assert len(changed.after.shown[0]) == 256
    assert changed.after.shown[0].endswith("…")


def test_dates_and_days_are_told() -> None:
    found = compare_renewal(certificate(), renewed(last=NEXT + timedelta(days=47)))
    assert one(found, Change.OVERLAP).before.shown == ("2026-09-01T00:00:00Z",)
    assert one(found, Change.OVERLAP).after.shown == ("2026-08-20T00:00:00Z",)
    shorter = one(found, Change.SHORTER_LIFE)
    assert (shorter.before.shown, shorter.after.shown) == (("184",), ("47",))


def test_usages_are_told_in_words() -> None:
    lost = one(compare_request(request(), certificate(ekus=[SERVER, "1.2.3.4"])), Change.CLIENT_AUTH_LOST)
    assert lost.before.shown == ("TLS Web Server Authentication", "TLS Web Client Authentication")
    assert lost.after.shown == ("TLS Web Server Authentication", "1.2.3.4")


@pytest.mark.parametrize(
    ("names", "domains"),
    [
        ([HOST, "example.com"], {"example.com"}),
        ([HOST, "collab-edge.example.org"], {"example.org"}),
        ([HOST, "example.net"], {"example.net"}),
        ([HOST], set()),
        ([HOST, "uc.example.com"], set()),
        (["exp-e1.uc.example.com", "uc.example.com"], {"uc.example.com"}),
        ([HOST, "EXAMPLE.COM", "email:a@example.com", "IP:192.0.2.1"], {"example.com"}),
        ([HOST, "*.example.com"], set()),
        (["node"], set()),
    ],
    ids=[
        "plain",
        "collab-edge",
        "another",
        "none",
        "two hosts",
        "three levels",
        "other kinds",
        "wildcard",
        "bare host",
    ],
)
def test_what_looks_like_a_domain(names: list[str], domains: set[str]) -> None:
    assert domains_of(certificate(sans=names)) == domains


def test_a_wildcard_stands_for_no_name() -> None:
    lost = one(compare_renewal(certificate(), renewed(sans=["*.example.com"])), Change.OWN_NAME_LOST)
    assert lost.before.shown == (HOST,)


@pytest.mark.parametrize(
    "rule", [*comparing.REQUEST_RULES, *comparing.RENEWAL_RULES], ids=lambda rule: rule.__name__
)
def test_a_rule_says_where_it_comes_from(rule) -> None:
    assert "\n\n    Source: " in rule.__doc__


def test_the_worst_comes_first() -> None:
    found = compare_renewal(certificate(), renewed(sans=[HOST], key=ec_key("server 2"), ekus=[SERVER]))
    ranks = [list(Weight).index(difference.severity) for difference in found]
    assert ranks == sorted(ranks)
    assert len(set(ranks)) == 3
