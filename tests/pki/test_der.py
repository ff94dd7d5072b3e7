"""Reading and writing tags and lengths."""

import pytest

from certstore.pki import der


@pytest.mark.parametrize("size", [0, 1, 127, 128, 255, 256, 65535, 65536])
def test_what_is_written_is_read_again(size: int) -> None:
    element = der.read(der.write(der.SEQUENCE, bytes(size)) + b"what follows")
    assert (element.tag, element.body()) == (der.SEQUENCE, bytes(size))
    assert element.whole() == der.write(der.SEQUENCE, bytes(size))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x30",
        b"\x30\x01",  # no content
        b"\x30\x80\x00\x00",  # indefinite, which is BER
        b"\x30\x81\x01\x00",  # one octet too many for the length
        b"\x30\x82\x00\x81" + bytes(129),
        b"\x30\x85\x01\x00\x00\x00\x00",
        b"\x30\x82\x01",  # the length itself is cut
        b"\x1f\x20\x00",  # a tag of two bytes
    ],
)
def test_what_is_no_der_is_malformed(data: bytes) -> None:
    with pytest.raises(der.Malformed):
        der.read(data)


def test_a_part_may_not_reach_past_its_whole() -> None:
    outer = der.read(b"\x30\x03\x04\x05\x00" + bytes(20))
    with pytest.raises(der.Malformed):
        list(outer.parts())


@pytest.mark.parametrize(
    ("content", "dotted"),
    [("550403", "2.5.4.3"), ("2a864886f70d010901", "1.2.840.113549.1.9.1"), ("8837", "2.999"), ("28", "1.0")],
)
def test_object_identifiers_are_printed_with_dots(content: str, dotted: str) -> None:
    assert der.dotted(bytes.fromhex(content)) == dotted


@pytest.mark.parametrize("content", [b"", b"\x80", b"\x2a\x86", b"\x2a" * 64])
def test_what_is_no_object_identifier_is_malformed(content: bytes) -> None:
    with pytest.raises(der.Malformed):
        der.dotted(content)
