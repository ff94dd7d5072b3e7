"""Every code has its hint, and no hint says what it is, what is missing or what cures it."""

import re

import pytest

from certstore.pki.codes import Code
from certstore.wording import explain, server_certificate, trusted_ca, viewer
from certstore.wording.hints import SENTENCES, UNNAMED, hint_for
from certstore.wording.parameters import carried_by

# What would name a cure: a button, a page, a program, a form to convert to.
CURES = re.compile(
    r"Base-64|PEM|DER|PKCS|Windows|openssl|Download|Append|Delete|Restart|Maintenance|missing|convert|save as",
    re.IGNORECASE,
)
BUTTONS = {
    said.text
    for module in (server_certificate, trusted_ca, viewer)
    for key, said in module.SENTENCES.items()
    if key in ("append", "delete", "upload", "reset", "copy-to-file", "view-certificate", "base-64")
}


@pytest.mark.parametrize("code", list(Code))
def test_every_code_has_a_hint_of_one_sentence_or_two_that_says_where_to_look(code):
    hint = hint_for(code)
    assert hint.startswith("Look ")
    assert hint[-1] in ".?"
    assert len(hint) <= 120
    assert "{" not in hint


@pytest.mark.parametrize("code", list(Code))
def test_no_hint_names_a_cure(code):
    hint = hint_for(code)
    assert not CURES.search(hint)
    assert not [button for button in BUTTONS if button in hint]


def test_a_family_has_the_same_hint():
    assert hint_for(Code.FILE_DER_CERTIFICATE) == hint_for(Code.FILE_PKCS7_PEM)
    assert hint_for(Code.CHAIN_ISSUER_MISSING) == hint_for(Code.CHAIN_CA_ISSUER_MISSING)
    assert hint_for(Code.FILE_DER_CERTIFICATE) != hint_for(Code.FILE_QUOTED)


# A name in a refused request is what somebody typed a moment ago: nothing is given away.
OF_CERTIFICATES = [code for code in Code if "name" in carried_by(code) and not code.value.startswith("csr.")]


@pytest.mark.parametrize("code", OF_CERTIFICATES)
def test_where_the_frame_would_name_a_ca_there_is_a_sentence_that_does_not(code):
    names_one = "{name}" in explain(code).on_screen.text
    assert names_one is (code in UNNAMED)


def test_the_sentence_without_a_name_rests_on_the_same_documents():
    for code, said in UNNAMED.items():
        assert "{" not in said.text
        assert (said.evidence, said.source) == (
            explain(code).on_screen.evidence,
            explain(code).on_screen.source,
        )
    assert set(UNNAMED.values()) == set(SENTENCES.values())
