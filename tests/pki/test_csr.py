"""A request: how its names appear, what is refused, and `openssl req` beside every choice."""

import subprocess

import pytest

from certstore.pki.codes import Code
from certstore.pki.csr import (
    DIGESTS,
    KEY_LENGTHS,
    Alternative,
    CommonName,
    KeyAlgorithm,
    NameFormat,
    Place,
    Typed,
    appearance,
    defaults_for,
    lengths_for,
    listed,
    make_request,
    prefilled,
)
from certstore.pki.csr_rules import not_signed_by_public_cas, problems
from certstore.pki.forge.names import subject
from certstore.pki.releases import DEFAULT_RELEASE, RELEASES, Role
from tests.keyring import ec_key, rsa_key
from tests.needs import needs_openssl

E = Place(Role.EXPRESSWAY_E, DEFAULT_RELEASE, "exp-e1.example.com")
C = Place(Role.EXPRESSWAY_C, DEFAULT_RELEASE, "exp-c1.corp.example.com")
PEERS = ("exp-e1.example.com", "exp-e2.example.com")
CLUSTERED = Place(
    Role.EXPRESSWAY_E, DEFAULT_RELEASE, PEERS[0], cluster="edge.example.com", peers=PEERS, is_clustered=True
)
WHOLE = Typed(country="GB", state="Greater London", organization="Example", length="2048")


def typed(**fields) -> Typed:
    return Typed(**{**WHOLE.as_texts(), **fields})


def names(fields: Typed, place: Place = E) -> list[str]:
    return [name.text for name in appearance(fields, place).alternative]


def wrong(fields: Typed, place: Place = E) -> dict[str, Code]:
    return {problem.field: problem.finding.code for problem in problems(fields, place)}


def key_for(fields: Typed):
    bits = int(fields.length)
    return ec_key("csr", bits) if fields.algorithm == KeyAlgorithm.ECDSA else rsa_key("csr", bits)


# --- How the names appear: expressway certificates guide, About This Guide; TechNotes 215405 and 215670 ------


def test_alone_the_servers_own_name_is_common_and_alternative():
    assert appearance(WHOLE, E).common_name == "exp-e1.example.com"
    assert names(WHOLE) == ["DNS:exp-e1.example.com"]


def test_in_a_cluster_its_name_is_common_and_the_peers_own_name_stands_beside_it():
    fields = defaults_for(CLUSTERED)
    assert appearance(fields, CLUSTERED).common_name == "edge.example.com"
    assert names(fields, CLUSTERED) == ["DNS:edge.example.com", "DNS:exp-e1.example.com"]


def test_in_a_cluster_the_own_name_can_be_chosen_and_all_peers_asked_for():
    fields = typed(common_name=CommonName.SERVER, alternative=Alternative.PEERS)
    assert appearance(fields, CLUSTERED).common_name == "exp-e1.example.com"
    assert names(fields, CLUSTERED) == [
        "DNS:exp-e1.example.com",
        "DNS:edge.example.com",
        "DNS:exp-e2.example.com",
    ]


def test_alone_the_choices_of_a_cluster_change_nothing():
    assert names(typed(common_name=CommonName.CLUSTER, alternative=Alternative.PEERS)) == [
        "DNS:exp-e1.example.com"
    ]


@pytest.mark.parametrize(
    ("fields", "place", "expected"),
    [
        ({"additional": "a.example.com, b.example.com"}, E, ["DNS:a.example.com", "DNS:b.example.com"]),
        ({"domains": "example.com"}, E, ["DNS:example.com"]),
        (
            {"domains": "example.com", "domain_format": "collab-edge-dns"},
            E,
            ["DNS:collab-edge.example.com"],
        ),
        ({"federation": "example.com"}, E, ["DNS:example.com"]),
        (
            {"federation": "example.com", "federation_format": "xmpp-address"},
            E,
            ["XMPPAddress:example.com"],
        ),
        ({"chat_aliases": "chat.example.com"}, C, ["DNS:chat.example.com"]),
        (
            {"chat_aliases": "chat.example.com", "chat_format": "xmpp-address"},
            C,
            ["XMPPAddress:chat.example.com"],
        ),
        ({"phone_profiles": "phones.example.com"}, C, ["DNS:phones.example.com"]),
        ({"phone_profiles": "phones.example.com"}, E, []),
        ({"domains": "example.com", "federation": "example.com"}, C, []),
    ],
)
def test_each_field_of_a_role_adds_its_names_in_its_format(fields, place, expected):
    assert names(typed(**fields), place)[1:] == expected


def test_a_name_stands_once_whatever_its_case_and_the_first_spelling_stays():
    fields = typed(additional="EXP-E1.example.com, b.example.com, B.EXAMPLE.com", domains="b.example.com")
    assert names(fields) == ["DNS:exp-e1.example.com", "DNS:b.example.com"]


def test_names_are_split_at_commas_and_line_ends():
    assert listed(" a.example.com,b.example.com\nc.example.com, ,\n") == (
        "a.example.com",
        "b.example.com",
        "c.example.com",
    )


def test_a_page_filled_from_a_certificate_loses_no_name():
    loaded = subject("old.example.com", country="GB", state="Kent", organisation="Example", units=["Voice"])
    every = ("old.example.com", "EXP-E1.example.com", "collab-edge.example.com", "exp-e1")
    fields = prefilled(E, loaded.public_bytes(), every)
    assert fields.additional == "old.example.com, collab-edge.example.com, exp-e1"
    assert {f"DNS:{name}".casefold() for name in every} <= {name.casefold() for name in names(fields)}
    assert (fields.country, fields.state, fields.organization, fields.unit) == (
        "GB",
        "Kent",
        "Example",
        "Voice",
    )
    assert wrong(fields) == {"additional": Code.CSR_NOT_FQDN}, "a short name is told, not lost"


# --- What is refused --------------------------------------------------------------------------------------

# Field, text: refused or not. The rule for names: Certificate Creation and Use guide, managing certificates.
NAMES = [
    ("edge.example.com", True),
    ("3com.example.com", True),
    ("a-b.example.com", True),
    ("EDGE.Example.COM", True),
    ("edge", False),
    ("192.0.2.1", False),
    ("2001:db8::1", False),
    ("-edge.example.com", False),
    ("edge-.example.com", False),
    ("edge.example.3com", False),
    ("edge_1.example.com", False),
    ("*.example.com", False),
    ("edge.example.com.", False),
    ("DNS:edge.example.com", False),
    ("edge .example.com", False),
    ("münchen.example.com", False),
    (("a" * 63 + ".") * 3 + "example.com", True),
    (("a" * 63 + ".") * 4 + "example.com", False),
    ("a" * 64 + ".example.com", False),
]


@pytest.mark.parametrize("field", ["additional", "chat_aliases", "domains", "federation"])
@pytest.mark.parametrize(("name", "is_good"), NAMES, ids=range(len(NAMES)))
def test_the_rule_for_names_holds_in_every_field(field, name, is_good):
    assert wrong(typed(**{field: f"a.example.com, {name}"})) == (
        {} if is_good else {field: Code.CSR_NOT_FQDN}
    )


def test_a_domain_is_too_long_when_its_prefix_makes_it_so():
    longest = ("a" * 63 + ".") * 3 + "b" * 45 + ".example.com"
    assert len(longest) == 249
    assert wrong(typed(domains=longest)) == {}
    assert wrong(typed(domains=longest, domain_format="collab-edge-dns")) == {"domains": Code.CSR_NOT_FQDN}
    assert wrong(typed(domains="edge", domain_format="collab-edge-dns")) == {"domains": Code.CSR_NOT_FQDN}


def test_a_phone_security_profile_is_an_fqdn_too_and_only_asked_of_expressway_c():
    assert wrong(typed(phone_profiles="Phones"), C) == {"phone_profiles": Code.CSR_NOT_FQDN}
    assert wrong(typed(phone_profiles="Phones"), E) == {}


@pytest.mark.parametrize(
    ("place", "code"),
    [
        (Place(Role.EXPRESSWAY_E, DEFAULT_RELEASE, "exp-e1"), Code.CSR_NOT_FQDN),
        (
            Place(Role.EXPRESSWAY_E, DEFAULT_RELEASE, PEERS[0], "edge", PEERS, is_clustered=True),
            Code.CSR_CLUSTER_NAME,
        ),
        (
            Place(Role.EXPRESSWAY_E, DEFAULT_RELEASE, PEERS[0], "", PEERS, is_clustered=True),
            Code.CSR_CLUSTER_NAME,
        ),
        (Place(Role.EXPRESSWAY_E, DEFAULT_RELEASE, "e." + "x" * 60 + ".com"), Code.CSR_TOO_LONG),
    ],
    ids=["short server", "short cluster", "no cluster name", "more than 64"],
)
def test_a_server_or_cluster_without_a_whole_name_makes_no_request(place, code):
    assert wrong(typed(), place) == {"common_name": code}


def test_a_peer_without_a_whole_name_matters_where_peers_are_asked_for():
    place = Place(
        Role.EXPRESSWAY_E,
        DEFAULT_RELEASE,
        PEERS[0],
        "edge.example.com",
        ("exp-e1.example.com", "exp-e2"),
        True,
    )
    assert wrong(typed(common_name=CommonName.CLUSTER), place) == {}
    assert wrong(typed(alternative=Alternative.PEERS), place) == {"alternative": Code.CSR_NOT_FQDN}


@pytest.mark.parametrize(
    ("field", "text", "code"),
    [
        ("country", "", Code.CSR_REQUIRED),
        ("state", "  ", Code.CSR_REQUIRED),
        ("organization", "", Code.CSR_REQUIRED),
        ("locality", "", None),
        ("unit", "", None),
        ("email", "", None),
        ("country", "GBR", Code.CSR_COUNTRY),
        ("country", "G1", Code.CSR_COUNTRY),
        ("country", "ÄÖ", Code.CSR_COUNTRY),
        ("country", "gb", None),
        ("organization", "x" * 64, None),
        ("organization", "x" * 65, Code.CSR_TOO_LONG),
        ("state", "x" * 129, Code.CSR_TOO_LONG),
        ("locality", "Line\none", Code.CSR_CHARACTERS),
        ("unit", "a\x00b", Code.CSR_CHARACTERS),
        ("email", "a@example.com", None),
        ("email", "a@b@c", Code.CSR_CHARACTERS),
        ("email", "ä@example.com", Code.CSR_CHARACTERS),
    ],
)
def test_the_parts_of_the_subject(field, text, code):
    assert wrong(typed(**{field: text})) == ({field: code} if code else {})


@pytest.mark.parametrize("release", RELEASES, ids=lambda release: release.name)
def test_ecdsa_is_offered_from_x14_3_on(release):
    place = Place(Role.EXPRESSWAY_E, release, "exp-e1.example.com")
    is_there = release.name not in ("X14.0", "X14.0.2", "X14.2")
    assert (KeyAlgorithm.ECDSA in lengths_for(release)) is is_there
    assert (wrong(typed(algorithm="ecdsa", length="384"), place) == {}) is is_there


# Typed by hand; CA/Browser Forum Baseline Requirements: no internal names, no reserved addresses.
PUBLIC = [
    ("exp-e1.example.com", True),
    ("collab-edge.example.co.uk", True),
    ("exp-e1.corp.local", False),
    ("EXP.LOCAL", False),
    ("exp.internal", False),
    ("exp-e1", False),
    ("10.0.0.1", False),
    ("192.168.1.1", False),
    ("IP Address:172.16.0.1", False),
    ("IP Address:fd00::1", False),
    ("8.8.8.8", True),
    ("local.example.com", True),
]


@pytest.mark.parametrize(("name", "is_public"), PUBLIC)
def test_names_that_no_public_ca_signs(name, is_public):
    assert not_signed_by_public_cas([name]) == (() if is_public else (name,))


# --- openssl req -----------------------------------------------------------------------------------------

CHOICES = [
    (algorithm.value, str(bits), digest)
    for algorithm, lengths in KEY_LENGTHS.items()
    for bits in lengths
    for digest in DIGESTS
]
SIGNED_WITH = {
    ("rsa", "sha256"): "sha256WithRSAEncryption",
    ("rsa", "sha384"): "sha384WithRSAEncryption",
    ("rsa", "sha512"): "sha512WithRSAEncryption",
    ("ecdsa", "sha256"): "ecdsa-with-SHA256",
    ("ecdsa", "sha384"): "ecdsa-with-SHA384",
    ("ecdsa", "sha512"): "ecdsa-with-SHA512",
}


def req_text(openssl: str, der: bytes) -> str:
    ran = subprocess.run(
        [openssl, "req", "-inform", "DER", "-verify", "-noout", "-text", "-nameopt", "oneline,utf8,-esc_msb"],
        input=der,
        capture_output=True,
        check=True,
    )
    assert b"verify OK" in ran.stderr + ran.stdout
    return ran.stdout.decode()


def below(text: str, heading: str) -> str:
    """The line below a heading."""
    lines = text.splitlines()
    return lines[next(n for n, line in enumerate(lines) if heading in line) + 1].strip()


@needs_openssl
@pytest.mark.parametrize(("algorithm", "length", "digest"), CHOICES)
def test_openssl_verifies_every_kind_of_key_and_digest(openssl, algorithm, length, digest):
    fields = typed(algorithm=algorithm, length=length, digest=digest)
    assert wrong(fields) == {}
    text = req_text(openssl, make_request(fields, E, key_for(fields)))
    assert f"Public-Key: ({length} bit)" in text
    assert f"Signature Algorithm: {SIGNED_WITH[algorithm, digest]}" in text
    # Cisco Validated Design 14, table 7-19.
    assert below(text, "X509v3 Key Usage") == "Digital Signature, Key Encipherment"
    assert (
        below(text, "X509v3 Extended Key Usage")
        == "TLS Web Server Authentication, TLS Web Client Authentication"
    )


FIELDS_IN_OPENSSL = [
    (E, {}, "DNS:exp-e1.example.com"),
    (
        E,
        {"additional": "a.example.com, b.example.com"},
        "DNS:exp-e1.example.com, DNS:a.example.com, DNS:b.example.com",
    ),
    (E, {"chat_aliases": "chat.example.com"}, "DNS:exp-e1.example.com, DNS:chat.example.com"),
    (
        E,
        {"chat_aliases": "chat.example.com", "chat_format": NameFormat.XMPP_ADDRESS},
        "DNS:exp-e1.example.com, othername: XmppAddr::chat.example.com",
    ),
    (E, {"domains": "example.com"}, "DNS:exp-e1.example.com, DNS:example.com"),
    (
        E,
        {"domains": "example.com", "domain_format": NameFormat.COLLAB_EDGE_DNS},
        "DNS:exp-e1.example.com, DNS:collab-edge.example.com",
    ),
    (E, {"federation": "fed.example.com"}, "DNS:exp-e1.example.com, DNS:fed.example.com"),
    (
        E,
        {"federation": "fed.example.com", "federation_format": NameFormat.XMPP_ADDRESS},
        "DNS:exp-e1.example.com, othername: XmppAddr::fed.example.com",
    ),
    (C, {"phone_profiles": "phones.example.com"}, "DNS:exp-c1.corp.example.com, DNS:phones.example.com"),
    (CLUSTERED, {"common_name": "cluster"}, "DNS:edge.example.com, DNS:exp-e1.example.com"),
    (
        CLUSTERED,
        {"common_name": "cluster", "alternative": "peers"},
        "DNS:edge.example.com, DNS:exp-e1.example.com, DNS:exp-e2.example.com",
    ),
]


@needs_openssl
@pytest.mark.parametrize(
    ("place", "fields", "expected"), FIELDS_IN_OPENSSL, ids=range(len(FIELDS_IN_OPENSSL))
)
def test_openssl_reads_the_names_of_every_field(openssl, place, fields, expected):
    asked = typed(**fields)
    assert wrong(asked, place) == {}
    text = req_text(openssl, make_request(asked, place, key_for(asked)))
    assert below(text, "X509v3 Subject Alternative Name") == expected
    assert f"CN = {appearance(asked, place).common_name}" in text


@needs_openssl
def test_openssl_reads_the_whole_subject(openssl):
    fields = typed(
        country="de",
        locality="Köln",
        unit='Voice, "UC"',
        organization="Grün & Söhne",
        email="pki@example.com",
    )
    text = req_text(openssl, make_request(fields, E, key_for(fields)))
    assert (
        "Subject: C = DE, ST = Greater London, L = Köln, O = Grün & Söhne, "
        'OU = "Voice, \\"UC\\"", emailAddress = pki@example.com, CN = exp-e1.example.com'
    ) in text
