"""The lines that the two servers of a zone write, each with the document that has it."""

import pytest

from certstore.pki.forge.shape import CLIENT_AUTH, SERVER_AUTH
from tests.pki.chains import LONG_AGO, YESTERDAY
from tests.pki.zones import (
    C_ADDRESS,
    E_ADDRESS,
    PRIVATE_CA,
    PRIVATE_ROOT,
    PUBLIC_ROOT,
    codes,
    control,
    edge,
    lines,
    of_c,
    of_e,
    zone,
)

ENDED = {"start": LONG_AGO, "end": YESTERDAY}

# What both sides write: who, which template, and the key of its detail or reason.
OUTBOUND, INBOUND, CLOSED = "outbound-tls-error", "inbound-tls-error", "tcp-closed"


def both(first, said, second, seen):
    """The lines of the one that refuses, then those of the other."""
    names = {"c1": OUTBOUND, "e1": INBOUND}
    return [
        (first, names[first], said),
        (first, CLOSED, said),
        (second, names[second], seen),
        (second, CLOSED, seen),
    ]


LINES = [
    # TechNote 212475: the CA of the peer is not in the list; the alert is OpenSSL's.
    ({"cas": [PRIVATE_ROOT, PRIVATE_CA]}, {}, both("c1", "verify-19", "e1", "alert-unknown_ca")),
    ({}, {"cas": [PUBLIC_ROOT]}, both("e1", "verify-19", "c1", "alert-unknown_ca")),
    ({}, {"certificate": of_e(**ENDED)}, both("c1", "verify-10", "e1", "alert-certificate_expired")),
    # TechNote 117811: the peer address; TechNote 213872: Expressway-E sees a disconnect.
    (
        {},
        {"certificate": of_e(sans=["x.example.com"])},
        both("c1", "identity-unacceptable", "e1", "remote-disconnect"),
    ),
    # TechNote 212475: the TLS verify subject name, and the outbound form of the disconnect.
    (
        {},
        {"verify_subject_name": "x.example.com"},
        both("e1", "identity-unacceptable", "c1", "remote-disconnect"),
    ),
    # TechNote 213863: the certificate has no client authentication.
    (
        {"certificate": of_c(ekus=[SERVER_AUTH])},
        {},
        both("e1", "no-certificate-returned", "c1", "alert-unsupported_certificate"),
    ),
    (
        {},
        {"certificate": of_e(ekus=[CLIENT_AUTH])},
        both("c1", "verify-26", "e1", "alert-unsupported_certificate"),
    ),
]


@pytest.mark.parametrize(("of_control", "of_edge", "expected"), LINES, ids=range(len(LINES)))
def test_both_sides_write_what_they_see(of_control, of_edge, expected):
    assert lines(zone(control(**of_control), edge(**of_edge))) == expected


def test_a_line_says_from_where_to_where_and_the_peer_address_as_typed():
    verdict = zone(e=edge(of_e(sans=["x.example.com"])), peer_address="Exp-E1.example.com")
    outbound, closed, inbound, _ = verdict.log_lines
    where = {"src_ip": C_ADDRESS, "dst_ip": E_ADDRESS, "dst_port": 7001}
    assert outbound.facts == {**where, "detail": "identity-unacceptable", "common_name": "Exp-E1.example.com"}
    assert inbound.facts == {**where, "detail": "remote-disconnect"}
    assert closed.facts == {**where, "reason": "identity-unacceptable"}


def test_no_line_of_expressway_e_about_a_certificate_that_it_never_got():
    """TechNote 213872: where Expressway-C refuses first, it never sends its own."""
    verdict = zone(control(of_c(**ENDED), cas=[PRIVATE_ROOT]), edge())
    assert ("e1", INBOUND, "verify-10") not in lines(verdict)
    assert "peer.expired" in codes(verdict)
