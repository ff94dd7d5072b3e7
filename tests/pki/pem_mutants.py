"""Files round a certificate in which the lines, not the Base-64, have gone strange: for hypothesis."""

from hypothesis import strategies as st

from tests.odd_files import BEGIN, END, body_of

LINE_ENDS = [
    b"\r\n",
    b"\r\n",
    b"\r",
    b" \n",
    b"\t \n",
    b"\n\n",
    b"\xc2\xa0\n",
    b"\xff\r\n",
    b"\x0b\n",
    b"\0\n",
    b"",
]
LENGTHS = [64, 64, 64, 1, 3, 48, 63, 65, 76, 128, 252, 253, 254, 255, 256, 508, 509, 4000]
PREFIXES = [b" ", b"\t", b"> ", b"\xef\xbb\xbf", b"-", b"\0"]
LABELS = [
    b"X509 CERTIFICATE",
    b"TRUSTED CERTIFICATE",
    b"certificate",
    b"CERTIFICATES",
    b"PKCS7",
    b"X509 CRL",
    b"PRIVATE KEY",
    b"",
    b" CERTIFICATE",
    b"CERTIFICATE ",
]
DASHES = [b"----", b"------", "—".encode(), b"- ----", b""]
STRANGE_LINES = [
    b"",
    b" ",
    b"\t",
    b"=",
    b"==",
    b"-",
    b"AAAA",
    b"A",
    b"Subject: x",
    b"a:b",
    b":",
    b"Proc-Type: 4,ENCRYPTED",
    b"DEK-Info: AES-128-CBC,00112233445566778899AABBCCDDEEFF",
    b"\0",
    b"x\0y",
    b"\x1a",
    b"\xef\xbb\xbf",
    b"*",
    b"x" * 253,
    b"x" * 254,
    b"x" * 255,
    b" " * 254,
    b"AAAA" * 63 + b"AA",
    BEGIN,
    END,
    b"-----BEGIN X-----",
    b"-----END X-----",
    b"-----END ",
    b"-----BEGIN ",
    END + b" ",
    END + b"x",
    END + b"\0",
    BEGIN[:-1],
]
STRANGE_BETWEEN = [b"text\n", b"\xef\xbb\xbf", b"x" * 254, b"x", b"\0\n", b"a\0b\n", b"\0\n\xef\xbb\xbf"]


def mostly(plain: bytes, strange: list[bytes]) -> st.SearchStrategy[bytes]:
    """The plain one nine times out of ten: too much that is strange at once is refused by anybody."""
    return st.integers(0, 9).flatmap(lambda n: st.sampled_from(strange) if n == 9 else st.just(plain))


@st.composite
def odd_block(draw: st.DrawFn, body: bytes) -> bytes:
    """One certificate, its lines drawn."""
    label, dashes = draw(mostly(b"CERTIFICATE", LABELS)), draw(mostly(b"-----", DASHES))
    last_label = draw(mostly(label, LABELS))
    length = draw(st.sampled_from(LENGTHS))
    prefix, last_prefix = draw(mostly(b"", PREFIXES)), draw(mostly(b"", PREFIXES))
    lines = [prefix + dashes + b"BEGIN " + label + dashes]
    lines += [body[at : at + length] for at in range(0, len(body), length)]
    lines.append(last_prefix + dashes + b"END " + last_label + dashes)
    for _ in range(draw(st.sampled_from([0, 0, 1, 1, 2]))):
        where = draw(st.one_of(st.sampled_from([0, 1, 2, len(lines) - 1]), st.integers(0, len(lines))))
        lines.insert(where, draw(st.sampled_from(STRANGE_LINES)))
    if draw(st.integers(0, 19)) == 19:
        del lines[draw(st.integers(0, len(lines) - 1))]
    end = draw(mostly(b"\n", LINE_ENDS))
    ends = [end] * len(lines)
    ends[draw(st.integers(0, len(lines) - 1))] = draw(mostly(end, LINE_ENDS))
    return b"".join(line + line_end for line, line_end in zip(lines, ends, strict=True))


@st.composite
def odd_files(draw: st.DrawFn, first: bytes, second: bytes) -> bytes:
    """Up to three of two certificates in a file, with whatever between them; now and then a byte is changed."""
    parts = []
    for _ in range(draw(st.integers(1, 3))):
        parts.append(draw(mostly(b"", STRANGE_BETWEEN)))
        parts.append(draw(odd_block(body_of(draw(st.sampled_from([first, second]))))))
    data = bytearray(b"".join(parts))
    for _ in range(draw(st.sampled_from([0, 0, 0, 0, 1, 2]))):
        data[draw(st.integers(0, len(data) - 1))] = draw(st.sampled_from(b"\0\t\n\r -=:A\xa0"))
    return bytes(data)
