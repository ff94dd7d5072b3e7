"""Over two thousand random pairs of servers: our zone verdict beside a real mutual TLS handshake and the generator.

Each pair shakes hands twice, over TLS 1.2 and 1.3, with OpenSSL itself on both sides (see `real_handshake`): numbers,
depths, alerts and what is sent are OpenSSL's. Names are compared after the handshake, as the product does: by our
rule in the verdict, and by OpenSSL's comparison of host names, without wildcards, in the handshake.
The seed is printed when something fails; ZONE_SEED tries another one.
"""

import os
from collections import Counter
from dataclasses import dataclass

import pytest

from certstore.pki.connections import Health, Look, Verdict
from certstore.pki.facts import CrlFacts, decode_crl
from certstore.pki.findings import Severity
from certstore.pki.forge.crl import as_der
from certstore.pki.settings import Fallback, Revocation, Sends
from certstore.pki.tls import is_accepted
from tests.keyring import ec_key
from tests.pki.chains import NOW
from tests.pki.random_pki import Dice
from tests.pki.random_zones import NAME, C, E, Side, ZonePair, zone_pairs
from tests.pki.real_handshake import TLS_1_2, TLS_1_3, Party, Seen, carries, handshake
from tests.pki.zones import control, edge, known, zone

SEED = int(os.environ.get("ZONE_SEED", "20261126"))
NUMBERS = (2, 3, 7, 9, 10, 12, 18, 19, 20, 22, 23, 25, 26, 34, 47, 48, 79)
LEAST = {"accepted": 150, "name refused by C": 50, "name refused by E": 50} | {
    str(one): 50 for one in NUMBERS
}
VERSIONS = {"TLS 1.2": TLS_1_2, "TLS 1.3": TLS_1_3}


@dataclass(frozen=True)
class Met:
    """A pair, our verdict on it, and what both sides saw of each other: the client, then the server."""

    pair: ZonePair
    verdict: Verdict
    seen: dict[str, tuple[Seen, Seen]]

    @property
    def told(self) -> str:
        """Enough to find the pair again."""
        return (
            f"seed {SEED}, {self.pair.kind}: expected {self.pair.expected}, seen {self.seen}, {self.outcome}"
        )

    @property
    def refused(self) -> Look | None:
        """The look that our verdict stops at."""
        return next((found for found in self.verdict.looks if not is_accepted(found)), None)

    @property
    def outcome(self) -> str:
        """The class of our verdict."""
        if self.refused is None:
            return "accepted"
        if self.refused.number:
            return str(self.refused.number)
        return f"name refused by {'C' if self.refused.by == 'c1' else 'E'}"


@pytest.fixture(scope="module")
def met() -> list[Met]:
    """Every pair, judged and brought together."""
    return [_meet(pair) for pair in zone_pairs(Dice(SEED))]


def _meet(pair: ZonePair) -> Met:
    parties = {side: _party(pair.sides[side]) for side in (C, E)}
    seen = {name: handshake(parties[C], parties[E], NOW, version) for name, version in VERSIONS.items()}
    return Met(pair, _verdict(pair), seen)


def _party(side: Side) -> Party:
    return Party(
        leaf=side.leaf,
        key=ec_key(side.key),
        trusted=side.trusted,
        sends_chain=side.sends_chain,
        crls=side.crls,
        checks_revocation=side.checks_revocation,
        unknown_is_revoked=side.unknown_is_revoked,
    )


def _verdict(pair: ZonePair) -> Verdict:
    """Our verdict on the same pair, with the address that C uses leading to E."""
    c, e = pair.sides[C], pair.sides[E]
    return zone(
        control(c.leaf, c.trusted, crls=_crls(c), **_settings(c)),
        edge(e.leaf, e.trusted, crls=_crls(e), verify_subject_name=pair.wanted[C], **_settings(e)),
        peer_address=pair.wanted[E],
        dns={pair.wanted[E]: ["192.0.2.20"]},
    )


def _settings(side: Side) -> dict:
    fallback = Fallback.REVOKED if side.unknown_is_revoked else Fallback.NOT_REVOKED
    sends = Sends.CHAIN if side.sends_chain else Sends.LEAF
    return {"sends": sends, "revocation": Revocation(is_on=side.checks_revocation, fallback=fallback)}


def _crls(side: Side) -> list[CrlFacts]:
    return [decode_crl(as_der(crl)) for crl in side.crls]


def test_there_are_enough_of_each_outcome(met):
    assert len(met) >= 1000
    outcomes = Counter(one.outcome for one in met)
    too_few = {name: outcomes[name] for name, least in LEAST.items() if outcomes[name] < least}
    assert not too_few, f"seed {SEED}: {too_few}"


def test_the_one_that_refuses_refuses_in_the_handshake_with_that_number_at_that_depth(met):
    for one in met:
        at_edge, at_control = one.verdict.looks
        for client, server in one.seen.values():
            assert (client.number, client.depth) == _chain_of(at_edge), one.told
            if client.number == 0:
                assert (server.number, server.depth) == _chain_of(at_control), one.told


def _chain_of(found: Look) -> tuple[int, int]:
    """Number and depth of a refusal; the depth of an accepted chain is its length."""
    return found.number, found.depth if found.number else 0


def test_the_other_side_gets_that_alert_and_the_one_that_refuses_gets_none(met):
    for one in met:
        at_edge, at_control = one.verdict.looks
        for client, server in one.seen.values():
            refused_by_c = at_edge.number != 0
            assert server.alert == (at_edge.alert if refused_by_c else ""), one.told
            assert client.alert == ("" if refused_by_c else at_control.alert), one.told


def test_the_name_that_is_wanted_is_found_where_openssl_finds_it(met):
    for one in met:
        for side, found in zip((E, C), one.verdict.looks, strict=True):
            wanted = one.pair.wanted[side]
            assert bool(found.matched) == carries(one.pair.sides[side].leaf, wanted), one.told


def test_what_a_server_sends_is_what_our_verdict_says(met):
    for one in met:
        found = one.verdict.looks[0]
        for client, _ in one.seen.values():
            if found.number != 22:
                assert client.peer == [found.certificate.der, *(sent.der for sent in found.sent)], one.told


def test_the_zone_fails_exactly_where_the_handshake_or_a_name_does(met):
    for one in met:
        e, c = one.pair.sides[E], one.pair.sides[C]
        for client, server in one.seen.values():
            fine = not client.number and not server.number
            fine = fine and carries(e.leaf, one.pair.wanted[E]) and carries(c.leaf, one.pair.wanted[C])
            assert one.verdict.health is (Health.WORKS if fine else Health.FAILS), one.told


def test_the_first_cause_is_what_the_generator_broke_and_on_which_side(met):
    for one in met:
        side, fault = one.pair.shown_first
        found = one.refused
        if not side:
            assert found is None, one.told
            continue
        assert found is not None, one.told
        assert found.about == {E: "e1", C: "c1"}[side], one.told
        if fault.number == NAME:
            assert (found.number, found.matched) == (0, ""), one.told
        else:
            assert (found.number, found.depth) == (fault.number, fault.depth), one.told
        first = one.verdict.reasons[0]
        assert (first.by, first.finding.severity) == (found.by, Severity.REFUSE), one.told
        assert first.finding.facts.get("number", NAME) == fault.number, one.told


def test_what_the_generator_broke_on_the_other_side_is_told_as_well(met):
    for one in met:
        by = {E: "c1", C: "e1"}
        broken = {by[side] for side, fault in one.pair.expected.items() if fault.number}
        assert broken == {reason.by for reason in one.verdict.reasons if _refuses(reason)}, one.told


def _refuses(reason) -> bool:
    return reason.finding.severity is Severity.REFUSE


def test_the_missing_ca_is_named_with_its_key_identifier(met):
    for one in met:
        lost = {by: fault.missing for by, fault in zip(("c1", "e1"), _faults(one), strict=True)}
        for reason in one.verdict.reasons:
            if reason.finding.code.value != "peer.chain-not-trusted":
                continue
            missing = lost[reason.by]
            assert missing is not None, one.told
            facts = known(missing.der)
            assert _plain(str(reason.finding.facts["name"])) == _plain(facts.subject), one.told
            assert reason.finding.facts["key_id"] == facts.subject_key_id, one.told


def _faults(one: Met):
    return one.pair.expected[E], one.pair.expected[C]


def _plain(name: str) -> str:
    """A name without what OpenSSL does not tell apart."""
    return "".join(name.casefold().split())


def test_the_chain_is_drawn_with_what_was_sent(met):
    """Every place above the certificate is a CA of the looker's list, or one that was sent, or the missing one."""
    for one in met:
        lists = [{made.der for made in one.pair.sides[side].trusted} for side in (C, E)]
        for found, in_list in zip(one.verdict.looks, lists, strict=True):
            sent = {certificate.der for certificate in found.sent}
            for link in found.chain.picture.links[1:]:
                if link.certificate is not None:
                    assert (link.position is not None) == (link.certificate.der in in_list), one.told
                    assert link.certificate.der in in_list | sent, one.told
