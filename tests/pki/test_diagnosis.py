"""What files rule out, leave possible and cannot tell: nothing is ruled out that was not looked at."""

from dataclasses import replace

import pytest
from cryptography.hazmat.primitives.serialization import Encoding

from certstore.pki.comparing import Change
from certstore.pki.diagnosis import RULES, Answer, Evidence, Question, Ruling, Trust, diagnose
from certstore.pki.forge.requests import signing_request
from certstore.pki.forge.shape import SERVER_AUTH
from certstore.pki.releases import RELEASES, Role, SameSubject
from certstore.pki.requests import RequestFacts, decode_request
from certstore.pki.server_certificate import judge_upload
from certstore.pki.server_upload import Judgement, KeyRule, Server
from certstore.pki.sniff import FileKind, look_at
from certstore.pki.trust import ListInMemory
from tests.keyring import ec_key
from tests.pki.chains import HOST, LONG_AGO, NOW, YESTERDAY, below, facts, leaf, root

NAMES = [HOST, "example.test"]
TOP, ISSUING = root("Top"), below(root("Top"), "Issuing")
OUT, OPEN, UNTOLD = Answer.RULED_OUT, Answer.POSSIBLE, Answer.CANT_TELL


def certificate(issuer=ISSUING, **shape):
    shape.setdefault("sans", NAMES)
    shape.setdefault("name", HOST)
    return leaf(issuer, **shape)


def judgements(data: bytes, *cas, releases=RELEASES) -> tuple[Judgement, ...]:
    """What every one of the releases says on both roles."""
    trust = ListInMemory(facts(ca) for ca in cas)
    return tuple(
        judge_upload(
            look_at(data), None, Server(role, one, SameSubject.FIRST, trust, None, KeyRule.REAL_FILES), NOW
        )
        for one in releases
        for role in Role
    )


def evidence(made=None, *cas, data: bytes = b"", **more) -> Evidence:
    """A certificate judged with some CAs by every release and role."""
    if made is None:
        return Evidence(NOW, **more)
    return Evidence(NOW, facts(made), judgements(data or made.pem, *cas), **more)


def request(key: str = "node", sans=NAMES) -> RequestFacts:
    made = signing_request(HOST, ec_key(key), sans)
    return decode_request(made.public_bytes(Encoding.DER))


def of(found: Evidence, question: Question) -> Ruling:
    (ruling,) = (ruling for ruling in diagnose(found) if ruling.question is question)
    return ruling


def questions(found: Evidence) -> set[Question]:
    return {ruling.question for ruling in diagnose(found)}


# A case, the question, what is said to it, and whether the files show it. Typed by hand.
CASES = {
    "sound, with its chain": (lambda: evidence(certificate(), ISSUING, TOP), "chain-complete", OUT, False),
    "in PEM": (lambda: evidence(certificate(), ISSUING, TOP), "format", OUT, False),
    "in DER": (lambda: evidence(certificate(), data=certificate().der), "format", OPEN, True),
    "alone in its file": (lambda: evidence(certificate()), "one-certificate", OUT, False),
    "with its chain in its file": (
        lambda: evidence(certificate(), data=certificate().pem + ISSUING.pem),
        "one-certificate",
        OPEN,
        True,
    ),
    "short name": (lambda: evidence(certificate(name="exp-e1")), "names-fqdn", OPEN, True),
    "full names": (lambda: evidence(certificate()), "names-fqdn", OUT, False),
    "no alternative names": (lambda: evidence(certificate(sans=[])), "names-present", OPEN, True),
    "in force": (lambda: evidence(certificate()), "validity", OUT, False),
    "ended": (lambda: evidence(certificate(start=LONG_AGO, end=YESTERDAY)), "validity", OPEN, True),
    "no client authentication": (
        lambda: evidence(certificate(ekus=[SERVER_AUTH]), ISSUING, TOP),
        "usage",
        OPEN,
        True,
    ),
    "both usages": (lambda: evidence(certificate(), ISSUING, TOP), "usage", OUT, False),
    "issuer missing": (lambda: evidence(certificate(), TOP), "chain-complete", OPEN, True),
    "issuer missing, the rest of the chain": (
        lambda: evidence(certificate(), TOP),
        "chain-sound",
        UNTOLD,
        False,
    ),
    "chain reaches a root": (lambda: evidence(certificate(), ISSUING, TOP), "chain-sound", OUT, False),
    "the server's list not seen": (
        lambda: evidence(certificate(), ISSUING, TOP),
        "own-list",
        OPEN,
        False,
    ),
    "the server's list lacks a CA": (
        lambda: evidence(certificate(), TOP, trust=Trust.LIST),
        "own-list",
        OPEN,
        True,
    ),
    "the server's list has all": (
        lambda: evidence(certificate(), ISSUING, TOP, trust=Trust.LIST),
        "own-list",
        OUT,
        False,
    ),
    "CAs in force, only the files seen": (
        lambda: evidence(certificate(), ISSUING, TOP),
        "ca-validity",
        UNTOLD,
        False,
    ),
    "CAs in force in the list": (
        lambda: evidence(certificate(), ISSUING, TOP, trust=Trust.LIST),
        "ca-validity",
        OUT,
        False,
    ),
    "a CA that has ended": (
        lambda: evidence(
            certificate(below(TOP, "Issuing", start=LONG_AGO, end=YESTERDAY)),
            below(TOP, "Issuing", start=LONG_AGO, end=YESTERDAY),
            TOP,
        ),
        "ca-validity",
        OPEN,
        True,
    ),
    "no request": (lambda: evidence(certificate()), "other-request", OPEN, False),
    "its own request": (lambda: evidence(certificate(), request=request()), "other-request", OUT, False),
    "another request": (
        lambda: evidence(certificate(), request=request("another")),
        "other-request",
        OPEN,
        True,
    ),
    "asked for and given": (
        lambda: evidence(certificate(), request=request()),
        "asked-and-given",
        OUT,
        False,
    ),
    "asked for and lost": (
        lambda: evidence(certificate(sans=[HOST]), request=request()),
        "asked-and-given",
        OPEN,
        True,
    ),
    "a key without password": (lambda: evidence(key=FileKind.PRIVATE_KEY), "key-protected", OUT, False),
    "a key with one": (lambda: evidence(key=FileKind.ENCRYPTED_PRIVATE_KEY), "key-protected", OPEN, True),
    "no key": (lambda: evidence(certificate()), "key-protected", UNTOLD, False),
    "no older one": (lambda: evidence(certificate()), "renewal", UNTOLD, False),
    "renewed alike": (
        lambda: evidence(certificate(), older=facts(certificate(start=LONG_AGO))),
        "renewal",
        OUT,
        False,
    ),
    "a name lost in the renewal": (
        lambda: evidence(certificate(sans=[HOST]), older=facts(certificate(start=LONG_AGO))),
        "renewal",
        OPEN,
        True,
    ),
    "the sign-in domain lost": (
        lambda: evidence(certificate(sans=[HOST]), older=facts(certificate(start=LONG_AGO))),
        "jabber-domain",
        OPEN,
        True,
    ),
    "another CA than before": (
        lambda: evidence(certificate(), older=facts(certificate(TOP, start=LONG_AGO))),
        "peers-lists",
        OPEN,
        True,
    ),
    "just begun": (lambda: evidence(certificate(start=NOW)), "clock", OPEN, True),
    "begun a month ago": (lambda: evidence(certificate()), "clock", UNTOLD, False),
    "firewall": (lambda: evidence(certificate()), "firewall", UNTOLD, False),
    "restart": (lambda: evidence(certificate()), "restart", UNTOLD, False),
}


@pytest.mark.parametrize("case", CASES)
def test_what_is_said_to_each_question(case: str) -> None:
    make, question, answer, is_found = CASES[case]
    ruling = of(make(), Question(question))
    assert (ruling.answer, ruling.is_found) == (answer, is_found)


def test_without_a_certificate_nothing_is_ruled_out() -> None:
    assert {ruling.answer for ruling in diagnose(Evidence(NOW))} == {Answer.CANT_TELL}


def test_each_question_is_answered_at_most_once_and_in_a_fixed_order() -> None:
    asked = [ruling.question for ruling in diagnose(evidence(certificate()))]
    assert len(asked) == len(set(asked))
    assert len(asked) <= len(RULES)
    assert asked[0] is Question.FORMAT


def test_what_was_judged_for_one_release_only_rules_nothing_out_that_hangs_on_the_release() -> None:
    newest = replace(evidence(certificate()), judged=judgements(certificate().pem, releases=RELEASES[-1:]))
    assert of(newest, Question.NAMES_FQDN).answer is UNTOLD
    assert of(replace(newest, release=RELEASES[-1]), Question.NAMES_FQDN).answer is OUT


def test_a_judgement_for_another_release_than_the_known_one_is_passed_over() -> None:
    short = evidence(certificate(name="exp-e1"))
    assert of(replace(short, release=RELEASES[0]), Question.NAMES_FQDN).answer is OUT
    assert of(replace(short, release=RELEASES[1]), Question.NAMES_FQDN).answer is OPEN


def test_who_minds_a_missing_client_authentication_is_named() -> None:
    ruling = of(evidence(certificate(ekus=[SERVER_AUTH]), ISSUING, TOP), Question.USAGE)
    assert "X14.0" in str(ruling.facts["releases"])
    assert ruling.facts["code"] == "server-certificate.no-client-auth"


def test_what_was_lost_is_named() -> None:
    found = evidence(certificate(sans=[HOST]), older=facts(certificate(start=LONG_AGO)))
    assert of(found, Question.RENEWAL).facts["change"] == Change.DOMAIN_LOST.value
    assert of(found, Question.JABBER_DOMAIN).facts["names"] == "example.test"


def test_each_server_is_asked_only_what_can_be_about_it() -> None:
    both = evidence(certificate())
    only_e = {Question.PEER_ADDRESS, Question.JABBER_DOMAIN, Question.CLIENTS_LISTS}
    only_c = {
        Question.SUBJECT_NAME,
        Question.PHONE_PROFILES,
        Question.CUCM_LISTS,
        Question.CUCM_CERTIFICATE,
    }
    asked = questions(both) - {Question.WHICH_ROLE}
    assert asked - questions(replace(both, role=Role.EXPRESSWAY_C)) == only_e
    assert asked - questions(replace(both, role=Role.EXPRESSWAY_E)) == only_c


def test_role_and_release_are_asked_for_until_they_are_known() -> None:
    both = evidence(certificate())
    unknown = {Question.WHICH_RELEASE, Question.WHICH_ROLE}
    assert unknown <= questions(both)
    assert unknown & questions(replace(both, role=Role.EXPRESSWAY_C)) == {Question.WHICH_RELEASE}
    assert unknown & questions(replace(both, release=RELEASES[-1])) == {Question.WHICH_ROLE}
