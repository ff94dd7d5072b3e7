"""A file on its way into a list of Unified CM, or of the client's computer."""

import pytest

from certstore.pki.codes import Code
from certstore.pki.sniff import FileContent, FileKind, look_at
from certstore.pki.trust_upload import judge_trust_upload
from certstore.pki.trusted_ca import ListState, decode_file
from tests.pki import chains
from tests.pki.material import key_pem

ROOT = chains.root("Trust upload root")
CA = chains.below(ROOT, "Trust upload CA")
EMPTY = ListState()


def judged(data: bytes, state: ListState = EMPTY):
    return judge_trust_upload(decode_file(look_at(data)), state)


def refused(data: bytes, state: ListState = EMPTY):
    """The code of the refusal, and that nothing would be taken is the caller's to see."""
    refusal = judged(data, state).refusal
    return refusal.code if refusal else None


@pytest.mark.parametrize("data", [ROOT.pem, ROOT.der], ids=["PEM", "DER"])
def test_a_certificate_is_taken_in_either_form(data):
    judgement = judged(data)
    assert judgement.refusal is None
    assert [facts.sha256 for facts in judgement.new] == [chains.facts(ROOT).sha256]


def test_several_certificates_of_a_pem_file_are_all_taken():
    assert len(judged(ROOT.pem + CA.pem + ROOT.pem).new) == 2


def test_what_is_there_already_is_counted_and_not_new():
    state = ListState(1, frozenset({chains.facts(ROOT).sha256}))
    judgement = judged(ROOT.pem + CA.pem, state)
    assert (len(judgement.new), judgement.known) == (1, 1)


def test_a_leaf_is_taken_because_mixed_mode_asks_for_one():
    """Mobile and Remote Access guide X15.2: in mixed mode the certificate of Expressway-C itself."""
    assert judged(chains.leaf(CA).pem).refusal is None


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", Code.FILE_EMPTY),
        (b"no certificate", Code.FILE_UNKNOWN),
        (key_pem(), Code.FILE_PRIVATE_KEY),
        (ROOT.pem + key_pem(), Code.FILE_CONTAINS_PRIVATE_KEY),
        (key_pem() + b"rubbish\n" + ROOT.pem, Code.FILE_CONTAINS_PRIVATE_KEY),
        (ROOT.der[:-20], Code.FILE_TRUNCATED),
        (ROOT.pem.replace(b"-----BEGIN", b" -----BEGIN"), Code.FILE_INDENTED),
    ],
    ids=["nothing", "text", "key", "key behind", "key before", "cut short", "indented"],
)
def test_anything_else_is_refused(data, code):
    assert refused(data) is code


@pytest.mark.parametrize(("there", "code"), [(998, None), (999, Code.CA_LIST_FULL)])
def test_a_thousand_fit_and_not_one_more(there, code):
    assert refused(ROOT.pem + CA.pem, ListState(there)) is code


def test_a_file_that_was_too_large_is_refused_unread():
    content = FileContent(FileKind.UNKNOWN, Code.FILE_TOO_LARGE, (), facts=(("limit", 4096),))
    refusal = judge_trust_upload(decode_file(content), EMPTY).refusal
    assert (refusal.code, refusal.facts) == (Code.FILE_TOO_LARGE, {"limit": 4096})


def test_a_certificate_that_cannot_be_shown_whole_refuses_the_file():
    content = FileContent(FileKind.PEM_CERTIFICATE, None, (ROOT.der, b"\x30\x03\x02\x01\x01"))
    refusal = judge_trust_upload(decode_file(content), EMPTY).refusal
    assert (refusal.code, refusal.facts) == (Code.FILE_UNREADABLE_CERTIFICATE, {"certificates": 1})


def test_a_key_in_a_file_that_is_taken_otherwise_refuses_it_whole():
    content = FileContent(FileKind.DER_CERTIFICATE, Code.FILE_DER_CERTIFICATE, (ROOT.der,), private_keys=1)
    judgement = judge_trust_upload(decode_file(content), EMPTY)
    assert judgement.refusal is not None
