"""The glossary: every word of the source document, sentences and not essays, and no link into nothing."""

import re
from pathlib import Path

import pytest

from certstore.wording.glossary import GROUPS, TERMS, see_also
from certstore.wording.glossary_terms import OF_CERTIFICATES, OF_CONNECTIONS

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
TERM_TAG = re.compile(r"\{%\s*term\s+([^%]*)%\}")

# Read out of TechNote 221624 by hand: a word as it stands there, and where it is explained here.
OF_THE_SOURCE = {
    "Secure Sockets Layer (SSL)": "ssl-tls",
    "Transport Layer Security (TLS)": "ssl-tls",
    "Hypertext Transfer Protocol Secure (HTTPS)": "https",
    "Session Initiation Protocol (SIP)": "sip",
    "Certificate Signing Request (CSR)": "csr",
    "Certificate": "certificate",
    "Certificate Signature": "signature",
    "Self-Signed Certificate": "self-signed",
    "Certificate Authority (CA)": "ca",
    "Intermediate Certificate": "intermediate",
    "Root Certificate": "root",
    "Fully Qualified Domain Name (FQDN)": "fqdn",
    "CA Trusted Certificate list": "trust-list",
    "validity period": "validity",
    "Certificate Revocation List": "crl",
    "Base-64 encoded": "base-64",
    "Certification Path": "chain",
    "Expressway-C and Expressway-E": "expressway",
    "Traversal Zone": "traversal-zone",
    "peer address": "peer-address",
    "TLS Verify Subject Name": "tls-verify-subject-name",
    "cluster FQDN": "cluster",
    "SSH Tunnels": "ssh-tunnels",
    "Mobile and Remote Access": "mra",
    "Traffic Server": "traffic-server",
    "Cisco Unified Communications Manager": "cucm",
    "tomcat-trust": "tomcat-trust",
    "callmanager-trust": "callmanager-trust",
    "Jabber": "jabber",
    "subject alternate name": "san",
    "collab-edge": "collab-edge",
}
# What one meets besides, in files and on other pages.
BESIDES = {
    "pem",
    "der",
    "pkcs7",
    "pkcs12",
    "private-key",
    "public-key",
    "eku",
    "client-auth",
    "server-auth",
    "key-identifier",
    "openssl",
    "cn",
    "wildcard",
    "lab-time",
}


def used_in_templates() -> list[tuple[str, str]]:
    """Each use of the tag: the template, the word's key."""
    return [
        (str(path.relative_to(TEMPLATES)), match[1].split()[0].strip("\"'"))
        for path in sorted(TEMPLATES.rglob("*.html"))
        for match in TERM_TAG.finditer(path.read_text("utf-8"))
    ]


def test_every_word_of_the_source_document_is_there():
    assert set(OF_THE_SOURCE.values()) - set(TERMS) == set()


def test_those_words_come_first_and_no_other_among_them():
    of_the_source = {term.key for term in (*OF_CERTIFICATES, *OF_CONNECTIONS)}
    assert of_the_source == set(OF_THE_SOURCE.values())
    assert [group.terms for group in GROUPS[:2]] == [OF_CERTIFICATES, OF_CONNECTIONS]


def test_so_are_the_words_of_files_and_of_this_simulator():
    assert set(TERMS) >= BESIDES


def test_no_key_is_there_twice_and_each_can_be_an_anchor():
    keys = [term.key for group in GROUPS for term in group.terms]
    assert len(keys) == len(set(keys)) == len(TERMS)
    anchors = [group.anchor for group in GROUPS]
    assert not set(anchors) & set(keys)
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", key) for key in (*keys, *anchors))


@pytest.mark.parametrize("key", sorted(TERMS))
def test_a_word_is_explained_in_one_to_three_sentences(key):
    text = TERMS[key].text
    sentences = re.findall(r"[.:;](?= |$)", text)
    assert text.endswith(".")
    assert len([end for end in sentences if end == "."]) <= 3
    assert 20 < len(text) < 330


@pytest.mark.parametrize("key", sorted(TERMS))
def test_every_see_also_exists_and_leads_elsewhere(key):
    beside = see_also(TERMS[key])
    assert key not in {term.key for term in beside}
    assert len(beside) == len(set(TERMS[key].see))


@pytest.mark.parametrize(
    "key", ["fqdn", "trust-list", "traversal-zone", "ssh-tunnels", "tomcat-trust", "eku"]
)
def test_a_fact_of_the_product_names_its_document(key):
    assert re.search(r"TechNote|Guide", TERMS[key].source)


def test_every_word_that_a_page_explains_is_in_the_glossary():
    used = used_in_templates()
    assert [(name, key) for name, key in used if key not in TERMS] == []
    assert len(used) > 12
