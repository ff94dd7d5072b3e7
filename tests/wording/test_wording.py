"""Every code is explained, every word has its evidence, and no guess is passed off as somebody else's."""

import re
from pathlib import Path

import pytest

import certstore
from certstore.pki.codes import Code
from certstore.pki.sniff import FileKind
from certstore.wording import (
    SaidTwice,
    _together,
    all_explanations,
    all_sentences,
    client_certificate,
    crl_management,
    explain,
    explained,
    files,
    restart,
    sentence,
    server_certificate,
    trusted_ca,
    viewer,
)
from certstore.wording.evidence import Basis, Evidence
from certstore.wording.files_of_kind import PLAIN_WORDS, called
from certstore.wording.how_sure import GROUPS, LEVELS
from certstore.wording.parameters import carried_by
from certstore.wording.sources import DOCUMENTS, RECALL, cite

TEMPLATES = Path(certstore.__file__).parent.parent / "templates"

EVERY_SENTENCE = sorted(all_sentences().items())
EVERY_EXPLANATION = sorted(all_explanations().items())
EVERY_TEXT = [(key, said) for key, said in EVERY_SENTENCE] + [
    (code.value, told.on_screen) for code, told in EVERY_EXPLANATION
]

# What a step may name in quotes: what stands on the pages it is about, or in Windows.
BUTTONS = {
    said.text
    for module in (server_certificate, client_certificate, crl_management, trusted_ca, restart, files, viewer)
    for said in module.SENTENCES.values()
}
TITLES = (
    "Security > ",
    "Trusted CA certificate",
    "Server certificate",
    "CRL management",
    "Restart options",
    "Zones > Zones",
    "Clustering",
    "SIP",
    "DNS",
    "Clustering",
    "Unified Communications > Unified CM servers",
    # Of Unified CM.
    "Certificate Management",
    "Server, ",
)


def titles(keys):
    return {DOCUMENTS[key].title for key in keys}


def test_every_code_is_explained_and_nothing_else():
    assert set(all_explanations()) == set(Code)


def test_every_kind_of_file_has_a_name_in_plain_words():
    assert set(PLAIN_WORDS) == set(FileKind)
    assert called(FileKind.DER_CERTIFICATE) == "a certificate in binary form (DER)"


def test_every_group_and_level_has_a_name():
    assert {key.partition(".")[0] for key in all_sentences()} == set(GROUPS)
    assert set(LEVELS) == set(Evidence)


@pytest.mark.parametrize(("key", "said"), EVERY_TEXT)
def test_what_is_not_ours_names_its_source_and_what_is_ours_claims_none(key, said):
    sources = {
        Evidence.SEEN: tuple(titles(DOCUMENTS)),
        Evidence.PARAPHRASED: tuple(titles(DOCUMENTS)),
        Evidence.RECALLED: (RECALL,),
    }
    if said.evidence is Evidence.OURS:
        assert said.source == ""
    else:
        assert said.source.startswith(sources[said.evidence])


@pytest.mark.parametrize(("code", "told"), EVERY_EXPLANATION)
def test_a_documented_result_names_its_guide_and_a_reported_one_its_note(code, told):
    guides = titles(key for key in DOCUMENTS if not key.startswith("T"))
    notes = titles(key for key in DOCUMENTS if key.startswith("T"))
    expected = {Basis.DOCUMENTED: guides, Basis.SUPPORT: notes, Basis.OUR_READING: {""}}
    assert any(title in told.sure.source for title in expected[told.sure.basis])
    assert told.sure.source.endswith((".", '."'))


@pytest.mark.parametrize(("code", "told"), EVERY_EXPLANATION)
def test_a_step_names_only_buttons_and_pages_that_exist(code, told):
    for step in told.cure:
        assert set(re.findall(r'"([^"]*)"', step)) <= BUTTONS
        for below in re.findall(r"> (.*)", step):
            assert below.startswith(TITLES)


@pytest.mark.parametrize(("code", "told"), EVERY_EXPLANATION)
def test_what_is_wrong_has_a_cause_and_a_cure(code, told):
    assert told.on_screen.text
    assert told.cause.endswith(".")
    assert told.cure or code is Code.CA_ALREADY_THERE
    assert all(step[0].isupper() for step in told.cure)


@pytest.mark.parametrize("code", list(Code))
def test_nothing_stays_in_braces_when_a_finding_carries_its_facts(code):
    told = explained(code, {name: f"<{name}>" for name in carried_by(code)})
    for text in (told.on_screen.text, told.cause, *told.cure):
        assert "{" not in text


@pytest.mark.parametrize("code", list(Code))
def test_the_sentence_on_screen_names_only_what_every_finding_carries(code):
    named = set(re.findall(r"\{(\w+)\}", explain(code).on_screen.text))
    assert named <= carried_by(code)


def test_a_source_is_cited_with_the_releases_that_have_the_text():
    prefix = sentence("server_certificate.upload-failed").source
    assert prefix.endswith(
        "Loading Certificates and Keys Onto Expressway, X14.0.2, X14.3, X15.0, X15.4, X15.5"
    )
    assert cite("T213872") == "TechNote 213872"
    assert cite("AG-MNT") == "Administrator Guide, Maintenance (compared: X15.5)"


def test_nobody_is_quoted_who_did_not_say_it():
    texts = [said.text for _, said in EVERY_TEXT]
    texts += [text for _, told in EVERY_EXPLANATION for text in (told.cause, *told.cure, told.sure.source)]
    assert not [text for text in texts if re.search(r"Cisco (says|states|writes|tells|confirms)", text)]
    unsourced = [said.text for _, said in EVERY_TEXT if said.evidence is Evidence.OURS]
    assert not [text for text in unsourced if "Cisco" in text]


def test_a_key_that_is_not_there_is_named():
    with pytest.raises(KeyError, match=r"trusted_ca\.nonsense"):
        sentence("trusted_ca.nonsense")


def test_nothing_is_said_twice_under_one_name():
    with pytest.raises(SaidTwice, match="title"):
        _together([{"title": 1}, {"title": 2}])


def test_explaining_keeps_the_evidence_and_leaves_the_original_alone():
    told = explained(Code.CHAIN_ISSUER_MISSING, {"name": "CN=A", "below": "CN=B", "key_id": "01:02"})
    assert told.on_screen.evidence is Evidence.PARAPHRASED
    assert "CN=A. Its key identifier (Authority Key Identifier) is 01:02" in told.cause
    assert "{name}" in explain(Code.CHAIN_ISSUER_MISSING).cause


def test_a_name_out_of_a_certificate_is_never_read_as_a_parameter():
    told = explained(Code.CN_NOT_FQDN, {"name": "{file.__class__}{0}{"})
    assert "{file.__class__}{0}{" in told.cause


def test_every_word_that_a_template_says_is_there():
    said = re.compile(r"""(?:say|say_text) "([^"]+)"|"([a-z_]+\.[a-z0-9-]+)"\|is_marked""")
    keys = [
        first or second
        for template in TEMPLATES.rglob("*.html")
        for first, second in said.findall(template.read_text("utf-8"))
    ]
    assert keys
    assert set(keys) <= set(all_sentences())
