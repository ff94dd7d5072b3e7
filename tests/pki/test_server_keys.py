"""Which key a certificate belongs to, and what is told of the request it was made from: a table typed by hand."""

from dataclasses import replace

import pytest

from certstore.pki.codes import Code
from certstore.pki.findings import Severity
from certstore.pki.keys import KeySource
from certstore.pki.releases import DEFAULT_RELEASE, Role, SameSubject
from certstore.pki.server_keys import belongs_to_the_real_key, made_from, origin_of
from certstore.pki.server_upload import HeldKey, KeyRule, KnownRequest, RequestState, Server
from certstore.pki.trust import ListInMemory
from certstore.wording import explained

MADE, CLOSED = "2026-11-20T09:00:00Z", "2026-11-21T10:00:00Z"


def request(key="r", host="exp-e1", state=RequestState.PENDING, is_imported=True, closed="") -> KnownRequest:
    return KnownRequest(key, host, host == "exp-e1", state, is_imported, MADE, closed)


def server(*requests: KnownRequest) -> Server:
    return Server(
        role=Role.EXPRESSWAY_E,
        release=DEFAULT_RELEASE,
        same_subject=SameSubject.FIRST,
        trust=ListInMemory(()),
        held=HeldKey("held", KeySource.FACTORY),
        key_rule=KeyRule.REAL_FILES,
        requests=requests,
    )


HERE = request()
GENERATED = replace(HERE, is_imported=False)
THERE = request("other", "exp-e2")
DISCARDED = request("gone", state=RequestState.DISCARDED, closed=CLOSED)
FOR_CLIENT = replace(HERE, spki_sha256="c", is_for_client=True)
USED = request("old", state=RequestState.USED, closed=CLOSED)

# The requests that are known, the certificate's key, and what is found; None: a silent match.
REAL = [
    ((), "held", None),
    ((), "x", Code.KEY_NOT_CHECKED),
    ((HERE,), "r", Code.KEY_MATCHES_REQUEST),
    ((HERE,), "x", Code.KEY_MISMATCH),
    ((HERE,), "held", Code.KEY_MISMATCH),
    ((GENERATED,), "r", Code.KEY_MATCHES_REQUEST),
    ((GENERATED,), "x", Code.KEY_NOT_CHECKED),
    ((GENERATED,), "held", None),
    ((THERE,), "other", Code.KEY_MISMATCH),
    ((HERE, THERE), "other", Code.KEY_MISMATCH),
    ((DISCARDED,), "gone", Code.KEY_MISMATCH),
    ((USED,), "old", Code.KEY_MISMATCH),
    ((DISCARDED,), "x", Code.KEY_NOT_CHECKED),
    ((FOR_CLIENT,), "c", Code.KEY_MISMATCH),
    ((FOR_CLIENT,), "x", Code.KEY_NOT_CHECKED),
    ((replace(FOR_CLIENT, spki_sha256="r"), HERE), "r", Code.KEY_MATCHES_REQUEST),
]


@pytest.mark.parametrize(("known", "key", "code"), REAL, ids=range(len(REAL)))
def test_of_real_files_a_mismatch_counts_where_the_request_is_known(known, key, code):
    found = belongs_to_the_real_key(key, server(*known))
    assert (found.code if found else None) == code
    if found:
        is_refused = code is Code.KEY_MISMATCH
        assert (found.severity is Severity.REFUSE) is is_refused


@pytest.mark.parametrize(
    ("known", "key", "says"),
    [
        (
            (DISCARDED,),
            "gone",
            "a request of this server, generated on 20 Nov 2026 09:00 UTC, which was discarded on",
        ),
        ((USED,), "old", "which was used for a certificate on 21 Nov 2026 10:00 UTC."),
        (
            (THERE,),
            "other",
            "a request of exp-e2, generated on 20 Nov 2026 09:00 UTC, which waits for it there.",
        ),
        ((), "held", "It was made for the key that the server has now."),
        ((FOR_CLIENT,), "c", "a request of this server for the client certificate, generated on"),
        (
            (replace(THERE, is_for_client=True),),
            "other",
            "a request of exp-e2 for the client certificate, gen",
        ),
    ],
    ids=["discarded", "used", "another server's", "held", "the other page's", "another server's other page"],
)
def test_the_explanation_says_which_request_it_was_made_from(known, key, says):
    facts = {"origin": "request", **made_from(key, server(*known))}
    assert says in explained(Code.KEY_MISMATCH, facts).cause


def test_of_an_unknown_key_nothing_is_told():
    assert made_from("x", server(HERE, THERE)) == {}
    told = explained(Code.KEY_MISMATCH, {"origin": "request"}).cause
    assert "made from" not in told
    assert "  " not in told


def test_on_the_client_page_it_is_the_other_way_round():
    client = replace(server(FOR_CLIENT, HERE), is_client=True)
    assert client.pending == FOR_CLIENT
    assert "other_page" not in made_from("c", client)
    assert made_from("r", client)["other_page"] == "server"
    told = explained(Code.KEY_MISMATCH, {"origin": "request", **made_from("r", client)}).cause
    assert "a request of this server for the server certificate, generated on" in told


def test_of_two_requests_with_one_key_that_of_the_page_counts():
    twin = replace(FOR_CLIENT, spki_sha256=DISCARDED.spki_sha256)
    for known in ((twin, DISCARDED), (DISCARDED, twin)):
        assert made_from("gone", server(*known))["request"] == RequestState.DISCARDED
        assert "other_page" not in made_from("gone", server(*known))


def test_the_pending_request_is_this_servers_own():
    assert server(THERE, DISCARDED).pending is None
    assert server(THERE, HERE).pending == HERE
    assert server(FOR_CLIENT, HERE).pending == HERE
    assert server(FOR_CLIENT).pending is None
    assert (origin_of(HERE), origin_of(GENERATED)) == (KeySource.IMPORTED, KeySource.REQUEST)
