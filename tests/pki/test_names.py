"""Names: folded as OpenSSL folds them, printed as the page prints them, and which text is an FQDN."""

import hashlib
import random
import re
import subprocess
from collections import Counter
from pathlib import Path

import pytest
from OpenSSL import crypto

from certstore.pki import der, names
from tests.needs import needs_openssl
from tests.raw import (
    BMP,
    CN,
    EMAIL,
    IA5,
    NUMERIC,
    OU,
    PRINTABLE,
    T61,
    UNIVERSAL,
    UTF8,
    C,
    O,
    RawCertificate,
    attribute,
    name,
)

_ENCODINGS = {UTF8: "utf-8", UNIVERSAL: "utf-32-be", BMP: "utf-16-be"}
_SIGNS = ("a", "B", "Z", " ", "  ", "\t", "\n", "\v", "\0", "\x1f", "\x7f", "é", "Ü", "\xa0", "1", "-")
_WIDE_SIGNS = ("İ", "ß", "\u2003", "\u202e", "Ж", "日")


def openssl_hash(name_der: bytes) -> int | None:
    """The hash OpenSSL gives a subject, or None where it does not load the certificate."""
    try:
        loaded = crypto.load_certificate(crypto.FILETYPE_ASN1, RawCertificate(subject=name_der).der)
    except crypto.Error:
        return None
    return loaded.subject_name_hash()


def our_hash(name_der: bytes) -> int | None:
    """The same out of our canonical bytes: the first four bytes of their SHA-1."""
    try:
        canonical = names.canonical(names.read_name(name_der))
    except ValueError:
        return None
    return int.from_bytes(hashlib.sha1(canonical).digest()[:4], "little")


def random_attribute(source: random.Random) -> bytes:
    """An attribute of any string type, with odd signs; now and then bytes that are not of the type."""
    tag = source.choice([UTF8, UTF8, PRINTABLE, T61, IA5, UNIVERSAL, BMP, NUMERIC])
    signs = _SIGNS + (_WIDE_SIGNS if tag in _ENCODINGS else ())
    text = "".join(source.choices(signs, k=source.randrange(9)))
    value = text.encode(_ENCODINGS.get(tag, "latin-1"))
    if source.random() < 0.03:
        value += b"\xff"
    return attribute(source.choice([CN, O, OU, C, "1.2.3.4"]), value, tag)


def test_a_thousand_odd_names_fold_as_openssl_folds_them() -> None:
    source = random.Random(5)
    outcomes: Counter[bool] = Counter()
    for _ in range(1000):
        rdns = [
            [random_attribute(source) for _ in range(source.choice((0, 1, 1, 1, 2, 3)))]
            for _ in range(source.randrange(4))
        ]
        odd = name(*rdns)
        assert our_hash(odd) == openssl_hash(odd), odd.hex()
        outcomes[our_hash(odd) is None] += 1
    assert outcomes[True] > 20
    assert outcomes[False] > 500


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (attribute(CN, "Example CA"), attribute(CN, "EXAMPLE  ca ")),
        (attribute(CN, "Example CA"), attribute(CN, "Example CA", PRINTABLE)),
        (attribute(CN, "é"), attribute(CN, b"\xe9", T61)),
        (attribute(CN, "Example\tCA"), attribute(CN, "\n Example CA")),
        (attribute(CN, "Ж"), attribute(CN, "Ж".encode("utf-16-be"), BMP)),
    ],
)
def test_case_spaces_and_string_type_do_not_count(one: bytes, other: bytes) -> None:
    assert names.fold_hash(name(one)) == names.fold_hash(name(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (name(attribute(CN, "a")), name(attribute(O, "a"))),
        (name(attribute(CN, "a")), name(attribute(CN, "a"), attribute(CN, "a"))),
        (name([attribute(O, "a"), attribute(CN, "a")]), name(attribute(O, "a"), attribute(CN, "a"))),
        (name(attribute(CN, "É")), name(attribute(CN, "é"))),  # only ASCII loses its case
        (name(attribute(CN, "1 2", NUMERIC)), name(attribute(CN, "1  2", NUMERIC))),
        (name(), name(attribute(CN, ""))),
    ],
)
def test_everything_else_counts(one: bytes, other: bytes) -> None:
    assert names.fold_hash(one) != names.fold_hash(other)


def test_the_order_inside_a_set_does_not_count() -> None:
    one, other = attribute(O, "a"), attribute(CN, "b")
    assert names.fold_hash(name([one, other])) == names.fold_hash(name([other, one]))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x31\x00",
        b"\x30\x00\x00",
        b"\x30\x02\x30\x00",
        name(b"\x30\x00"),
        name(attribute(CN, b"\xff")),
        name(attribute(CN, b"\0", BMP)),
        name(attribute(CN, "😀".encode("utf-16-be"), BMP)),
    ],
)
def test_what_is_no_name_raises_value_error(data: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        names.fold_hash(data)


def read(*attributes: bytes) -> names.Name:
    return names.read_name(name(*attributes))


DIGICERT = read(
    attribute(C, "US"),
    attribute(O, "DigiCert Inc"),
    attribute(OU, "www.digicert.com"),
    attribute(CN, "DigiCert Global Root CA"),
)


def test_the_page_prints_o_ou_and_cn() -> None:
    assert names.page_name(DIGICERT) == "O=DigiCert Inc, OU=www.digicert.com, CN=DigiCert Global Root CA"


def test_the_pem_list_leaves_out_the_ou() -> None:
    assert names.page_name_without_ou(DIGICERT) == "O=DigiCert Inc, CN=DigiCert Global Root CA"


def test_a_space_at_the_start_and_a_comma_stay_as_they_are() -> None:
    printed = names.page_name(read(attribute(O, "The Go Daddy Group, Inc."), attribute(OU, " unit")))
    assert printed == "O=The Go Daddy Group, Inc., OU= unit"


@pytest.mark.parametrize(
    ("attributes", "printed"),
    [
        ((), ""),
        ((attribute(C, "GB"), attribute(EMAIL, "a@b.example", IA5)), "C=GB, emailAddress=a@b.example"),
        ((attribute("0.9.2342.19200300.100.1.25", "example", IA5),), "DC=example"),
        ((attribute("1.3.6.1.4.1.6449.1.2.1.5.1", b"\x2a\x03", 6),), "1.3.6.1.4.1.6449.1.2.1.5.1=#06022A03"),
    ],
)
def test_a_name_without_o_ou_and_cn_is_printed_whole(attributes: tuple[bytes, ...], printed: str) -> None:
    assert names.page_name(read(*attributes)) == printed
    assert names.page_name_without_ou(read(*attributes)) == printed


def test_the_full_name_joins_what_stands_in_one_set() -> None:
    joined = names.read_name(name(attribute(C, "GB"), [attribute(O, "Example"), attribute(CN, "x")]))
    assert names.full_name(joined) == "C=GB, O=Example + CN=x"


def test_the_decoded_name_quotes_what_could_be_mistaken() -> None:
    decoded = names.decoded_name(read(attribute(O, "Example, Inc."), attribute(CN, 'a "b"')))
    assert decoded == 'O = "Example, Inc.", CN = "a \\"b\\""'


def test_a_name_is_never_printed_without_an_end() -> None:
    many = read(*[attribute(CN, "x" * 600) for _ in range(20)])
    assert len(names.full_name(many)) == 1001
    assert names.full_name(many).endswith("…")
    assert names.full_name(read(attribute(CN, "x" * 600))) == "CN=" + "x" * 255 + "…"


def test_common_names_come_in_their_order() -> None:
    assert names.common_names(read(attribute(CN, "b"), attribute(O, "x"), attribute(CN, "a\n"))) == (
        "b",
        "a\\u000A",
    )


def test_types_without_a_word_are_listed_once() -> None:
    unknown = read(*[attribute(kind, "x") for kind in ("1.2.3.4", CN, "1.2.3.4", "2.5.4.999")])
    assert names.unknown_types(unknown) == ("1.2.3.4", "2.5.4.999")


@needs_openssl
def test_openssl_has_the_same_words_for_the_same_types(openssl: str, tmp_path: Path) -> None:
    known = names.WORDS
    subject = name(*[attribute(kind, "x") for kind in (*known, "1.2.3.4")])
    (tmp_path / "words.der").write_bytes(RawCertificate(subject=subject).der)
    command = [openssl, "x509", "-in", "words.der", "-inform", "DER", "-noout", "-subject"]
    printed = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True).stdout
    assert re.findall(r"([\w.]+) ?= ?x", printed) == [*known.values(), "1.2.3.4"]


@pytest.mark.parametrize(
    "text",
    [
        "exp-e1.example.com",
        "a.b",
        "EXP.EXAMPLE.COM",
        "1.2.3.x4",
        "xn--bcher-kva.example",
        "a" * 63 + ".example",
        ".".join(["a" * 49] * 5) + ".co",
    ],
)
def test_these_are_fqdns(text: str) -> None:
    assert names.is_fqdn(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        ".",
        "exp-e1",
        "192.0.2.1",
        "2001:db8::1",
        "exp-e1.example.com.",
        ".example.com",
        "exp..example.com",
        "-exp.example.com",
        "exp-.example.com",
        "exp_e1.example.com",
        "exp.example.4com",
        "*.example.com",
        "exp e1.example.com",
        "exp.example.com\n",
        "bücher.example",
        "a" * 64 + ".example",
        "a.".join([""] * 128) + "com" + "m" * 10,
    ],
)
def test_these_are_no_fqdns(text: str) -> None:
    assert not names.is_fqdn(text)


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("*.example.com", True),
        ("exp*.example.com", True),
        ("exp.*.com", True),
        ("exp.example.com", False),
        ("*", False),
        ("5 * 5", False),
    ],
)
def test_a_wildcard_is_a_domain_name_with_a_star(text: str, answer: bool) -> None:
    assert names.is_wildcard(text) is answer


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain é Ж 日", "plain é Ж 日"),
        ("<img onerror>", "<img onerror>"),  # escaping is the template's
        ("a\0b", "a\\u0000b"),
        ("a\r\nb\tc", "a\\u000D\\u000Ab\\u0009c"),
        ("exp\u202emoc", "exp\\u202Emoc"),
        ("\u2066\u200b\ufeff\u00ad", "\\u2066\\u200B\\uFEFF\\u00AD"),
        ("a\u00a0b\u3000c", "a\\u00A0b\\u3000c"),
        ("\u3164\u115f\u2800\ufe0f\u034f", "\\u3164\\u115F\\u2800\\uFE0F\\u034F"),
        ("\U000e0041\ud800", "\\U000E0041\\uD800"),
    ],
)
def test_what_cannot_be_seen_becomes_its_number(text: str, shown: str) -> None:
    assert names.visible(text) == shown


def test_a_visible_text_ends() -> None:
    assert names.visible("x" * 255) == "x" * 255
    assert names.visible("x" * 256) == "x" * 255 + "…"
    assert len(names.visible("\n" * 10_000, limit=20)) == 21


def test_every_sign_of_the_first_planes_is_shown_or_numbered() -> None:
    shown = names.visible("".join(map(chr, range(0x30000))), limit=0x300000)
    assert shown.isprintable()


def test_reading_a_name_keeps_its_bytes() -> None:
    (only,) = names.read_name(name(attribute(CN, "x", PRINTABLE)))
    assert (only.type, only.tag, only.value) == (CN, PRINTABLE, b"x")
    assert only.raw == der.write(PRINTABLE, b"x")
