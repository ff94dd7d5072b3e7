"""One side looks at the certificate of the other; numbers and alerts as of `openssl-verdicts`, by hand."""

import pytest

from certstore.pki.facts import decode_crl
from certstore.pki.forge.crl import as_der, revocation_list
from certstore.pki.forge.shape import CLIENT_AUTH, SERVER_AUTH
from certstore.pki.picture import LinkState
from certstore.pki.purpose import Purpose
from certstore.pki.releases import SameSubject
from certstore.pki.settings import Fallback, Revocation, Sends
from certstore.pki.tls import Looker, alert_of, is_accepted, look, look_for_name, sent_by
from certstore.pki.trust import ListInMemory
from tests.pki.chains import (
    END,
    HOST,
    LONG_AGO,
    NOW,
    START,
    YESTERDAY,
    below,
    facts,
    in_list,
    leaf,
    root,
    self_signed,
)
from tests.pki.test_candidates import Counting

FIRST, OPENSSL = SameSubject.FIRST, SameSubject.OPENSSL
ROOT = root("Root")
UPPER = below(ROOT, "Upper")
ISSUING = below(UPPER, "Issuing")
LEAF = leaf(ISSUING)
TWIN = below(UPPER, "Issuing", key="another")
WHOLE = (ISSUING, UPPER, ROOT)


def looked(certificate=LEAF, listed=(ROOT,), sent=(), rule=OPENSSL, purpose=Purpose.SERVER, **revocation):
    """One look: the certificate, the looker's list, what was sent."""
    crls = revocation.pop("crls", ())
    trust = ListInMemory(map(facts, listed), crls)
    looker = Looker(id="me", trust=trust, same_subject=rule, at=NOW, revocation=Revocation(**revocation))
    return look(looker, "you", facts(certificate), [facts(one) for one in sent], purpose)


def said(*args, **kwargs):
    """Number, depth and alert of one look."""
    found = looked(*args, **kwargs)
    return found.number, found.depth, found.alert


def states(found):
    """The states of the drawn chain, from the leaf upwards."""
    return [link.state.value for link in found.chain.picture.links]


# The looker's list, what is sent, and number, depth, alert: the matrix of who has and who sends what.
MATRIX = [
    (WHOLE, (), (0, 3, "")),
    ((ROOT,), (ISSUING, UPPER), (0, 3, "")),
    ((ROOT,), (UPPER, ISSUING, ROOT), (0, 3, "")),
    ((ROOT,), (), (20, 0, "unknown_ca")),
    ((ROOT,), (ISSUING,), (20, 1, "unknown_ca")),
    ((), (ISSUING, UPPER), (20, 2, "unknown_ca")),
    ((), (ISSUING, UPPER, ROOT), (19, 3, "unknown_ca")),
    ((ISSUING,), (), (2, 1, "unknown_ca")),
    ((ISSUING,), (UPPER, ROOT), (2, 1, "unknown_ca")),  # once the list had one, what was sent is over
    ((UPPER, ROOT), (ISSUING,), (0, 3, "")),
]


@pytest.mark.parametrize(("listed", "sent", "expected"), MATRIX, ids=range(len(MATRIX)))
def test_who_has_and_who_sends_what(listed, sent, expected):
    assert said(listed=listed, sent=sent) == expected


def test_the_chain_shows_what_was_sent_and_what_is_missing():
    found = looked(listed=(ROOT,), sent=(ISSUING, UPPER))
    assert states(found) == ["this-file", "sent", "sent", "in-list"]
    assert [link.position for link in found.chain.picture.links] == [None, None, None, 1]
    assert states(looked(listed=(), sent=(ISSUING,))) == ["this-file", "sent", "missing"]
    assert states(looked(listed=(), sent=(ISSUING, UPPER, ROOT))) == [
        "this-file",
        "sent",
        "sent",
        "not-trusted",
    ]


def test_a_ca_that_is_in_the_list_is_drawn_from_the_list_though_it_was_sent():
    assert states(looked(listed=WHOLE, sent=WHOLE)) == ["this-file", "in-list", "in-list", "in-list"]
    assert LinkState.SENT.value not in states(looked(listed=WHOLE, sent=WHOLE))


def test_a_lonely_certificate_is_18_or_trusted_where_it_is_in_the_list():
    alone = self_signed()
    assert said(alone, listed=(ROOT,)) == (18, 0, "unknown_ca")
    assert said(alone, listed=(alone,)) == (0, 0, "")


def test_going_by_the_name_a_twin_in_the_list_hides_the_one_that_is_sent():
    """TechNote 213872: the search stops at the CA of that name. That it hides what is sent is our reading."""
    listed = (TWIN, UPPER, ROOT)
    assert said(listed=listed, sent=WHOLE, rule=OPENSSL) == (0, 3, "")
    assert said(listed=listed, sent=WHOLE, rule=FIRST) == (20, 0, "unknown_ca")
    found = looked(listed=listed, sent=WHOLE, rule=FIRST)
    assert found.chain.other is not None
    assert found.chain.other.verdict.accepted
    assert [one.position for one in found.chain.other.delete] == [1]
    assert looked(listed=listed, sent=WHOLE, rule=OPENSSL).chain.other is not None
    assert looked(listed=WHOLE, sent=WHOLE, rule=FIRST).chain.other is None


def test_without_a_twin_both_rules_use_what_is_sent():
    assert said(listed=(ROOT,), sent=(ISSUING, UPPER), rule=FIRST) == (0, 3, "")


# Purpose: what is shown, and number, depth, alert as a server's and as a client's.
ONLY_SERVER, ONLY_CLIENT = leaf(ISSUING, ekus=[SERVER_AUTH]), leaf(ISSUING, ekus=[CLIENT_AUTH])
UNSUPPORTED = "unsupported_certificate"


@pytest.mark.parametrize(
    ("certificate", "purpose", "expected"),
    [
        (ONLY_SERVER, Purpose.SERVER, (0, 3, "")),
        (ONLY_SERVER, Purpose.CLIENT, (26, 0, UNSUPPORTED)),
        (ONLY_SERVER, Purpose.EITHER, (0, 3, "")),
        (ONLY_CLIENT, Purpose.SERVER, (26, 0, UNSUPPORTED)),
        (ONLY_CLIENT, Purpose.CLIENT, (0, 3, "")),
        (leaf(ISSUING, ekus=None), Purpose.CLIENT, (0, 3, "")),
    ],
    ids=range(6),
)
def test_a_certificate_is_refused_for_what_it_may_not_be_used_for(certificate, purpose, expected):
    assert said(certificate, listed=WHOLE, purpose=purpose) == expected


def test_a_missing_ca_comes_before_the_purpose_and_the_purpose_before_the_dates():
    late = leaf(ISSUING, ekus=[CLIENT_AUTH], start=LONG_AGO, end=YESTERDAY)
    assert said(late, listed=()) == (20, 0, "unknown_ca")
    assert said(late, listed=WHOLE) == (26, 0, UNSUPPORTED)
    assert said(late, listed=WHOLE, purpose=Purpose.CLIENT) == (10, 0, "certificate_expired")


def crl(issuer, *revoked, start=START, end=END):
    """A CRL of a CA."""
    return decode_crl(as_der(revocation_list(issuer, revoked, start, end)))


SOUND = tuple(crl(ca) for ca in WHOLE)


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ({"crls": (crl(ISSUING, LEAF), *SOUND[1:])}, (0, 3, "")),  # revocation checking is off
        ({"is_on": True, "crls": SOUND}, (0, 3, "")),
        ({"is_on": True, "crls": (crl(ISSUING, LEAF), *SOUND[1:])}, (23, 0, "certificate_revoked")),
        ({"is_on": True, "crls": (SOUND[0], crl(UPPER, ISSUING), SOUND[2])}, (23, 1, "certificate_revoked")),
        (
            {"is_on": True, "crls": (crl(ISSUING, start=LONG_AGO, end=YESTERDAY), *SOUND[1:])},
            (12, 0, "certificate_expired"),
        ),
        ({"is_on": True}, (0, 3, "")),  # nothing is known, and that is not revoked
        ({"is_on": True, "fallback": Fallback.REVOKED}, (3, 0, "unknown_ca")),
        ({"is_on": True, "fallback": Fallback.REVOKED, "crls": SOUND[:1]}, (3, 1, "unknown_ca")),
        ({"is_on": True, "uses_crls": False, "crls": (crl(ISSUING, LEAF), *SOUND[1:])}, (0, 3, "")),
        (
            {"is_on": True, "uses_crls": False, "fallback": Fallback.REVOKED, "crls": SOUND},
            (3, 0, "unknown_ca"),
        ),
    ],
    ids=range(10),
)
def test_revocation_is_what_the_crls_of_the_list_and_the_settings_make_of_it(settings, expected):
    assert said(listed=WHOLE, **settings) == expected


def test_revocation_comes_after_the_purpose_and_before_the_dates():
    late = leaf(ISSUING, start=LONG_AGO, end=YESTERDAY)
    crls = (crl(ISSUING, late), *SOUND[1:])
    assert said(late, listed=WHOLE, is_on=True, crls=crls) == (23, 0, "certificate_revoked")
    narrow = leaf(ISSUING, ekus=[CLIENT_AUTH])
    crls = (crl(ISSUING, narrow), *SOUND[1:])
    assert said(narrow, listed=WHOLE, is_on=True, crls=crls)[:2] == (26, 0)


def test_a_server_sends_what_its_own_list_gives_with_the_root_and_as_far_as_it_goes():
    def sent(*listed, sends=Sends.CHAIN, certificate=LEAF, rule=OPENSSL):
        found = sent_by(facts(certificate), in_list(*listed), sends, rule, NOW)
        return [one.subject for one in found]

    assert sent(*WHOLE) == ["CN=Issuing", "CN=Upper", "CN=Root"]
    assert sent(ISSUING, ROOT) == ["CN=Issuing"]
    assert sent(UPPER, ROOT) == []
    assert sent(*WHOLE, sends=Sends.LEAF) == []
    assert sent(self_signed(), certificate=self_signed()) == []
    assert sent(TWIN, *WHOLE, rule=FIRST) == []  # the twin on top hides the right one


def test_a_name_that_is_wanted_and_missing_is_no_alert_and_no_number():
    found = looked(listed=WHOLE)
    assert is_accepted(found)
    right, wrong = (look_for_name(found, [name], False) for name in (HOST, "other.example.test"))
    assert (right.matched, is_accepted(right)) == (HOST, True)
    assert (wrong.matched, is_accepted(wrong), wrong.alert, wrong.number) == ("", False, "", 0)


# Measured with OpenSSL 3.0.19 and 4.0.3; what is in no table gets the last of them.
ALERTS = [
    (0, ""),
    *((number, "unknown_ca") for number in (2, 3, 18, 19, 20, 22, 25, 79)),
    *((number, "bad_certificate") for number in (9, 11, 62, 64, 66, 67, 68)),
    (7, "decrypt_error"),
    (8, "decrypt_error"),
    (10, "certificate_expired"),
    (12, "certificate_expired"),
    (23, "certificate_revoked"),
    (26, "unsupported_certificate"),
    *((number, "certificate_unknown") for number in (34, 35, 47, 48, 999)),
]


@pytest.mark.parametrize(("number", "alert"), ALERTS)
def test_each_number_has_the_alert_that_openssl_sends(number, alert):
    assert alert_of(number) == alert


def test_what_a_look_asks_of_the_list_does_not_grow_with_the_list():
    def asked(size):
        crowd = [root(f"Crowd {number}", key="crowd") for number in range(size)]
        trust = Counting(map(facts, (*crowd, *WHOLE)))
        looker = Looker(id="me", trust=trust, same_subject=FIRST, at=NOW)
        sent = sent_by(facts(LEAF), trust, Sends.CHAIN, FIRST, NOW)
        trust.asked.clear()
        look(looker, "you", facts(LEAF), sent, Purpose.SERVER)
        return trust.asked

    assert asked(0) == asked(60)
    assert set(asked(5).values()) == {1}
