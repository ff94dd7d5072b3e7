"""Zips that people send, and zips that somebody made to hurt."""

import io
import struct
import zipfile
import zlib

import pytest

from certstore.forms.archives import MOST_FILES, MOST_UNPACKED, Refused, unpacked
from certstore.pki.material import Problem
from tests.pki.material import certificate

PEM = certificate().pem
MIB = 1024 * 1024


def zipped(*files: tuple[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, content in files:
            archive.writestr(name, content)
    return out.getvalue()


def problem(data: bytes) -> Problem:
    with pytest.raises(Refused) as refused:
        unpacked(data)
    return refused.value.problem


def names(data: bytes) -> list[str]:
    return [given.name for given in unpacked(data)]


def test_fifty_files_are_unpacked_and_fifty_one_are_not():
    files = [(f"{number}.pem", PEM) for number in range(MOST_FILES + 1)]
    assert len(unpacked(zipped(*files[:-1]))) == MOST_FILES == 50
    assert problem(zipped(*files)) is Problem.ZIP_FILES


def test_folders_and_what_macos_adds_do_not_count():
    files = [
        ("certs/", b""),
        ("__MACOSX/certs/._a.pem", b"\0\5"),
        ("certs/.DS_Store", b"x"),
        ("certs/a.pem", PEM),
    ]
    assert names(zipped(*files)) == ["certs/a.pem"]


def test_a_zip_of_folders_alone_is_empty():
    assert problem(zipped(("certs/", b""))) is Problem.ZIP_EMPTY
    assert problem(zipped()) is Problem.ZIP_EMPTY


def test_names_that_lead_elsewhere_and_names_that_come_twice_are_only_names():
    odd = ["../../etc/passwd", "/root/a.pem", "C:\\a.pem", "twice.pem", "twice.pem", "a\u202emep.pem"]
    with pytest.warns(UserWarning, match="Duplicate name"):
        data = zipped(*((name, PEM) for name in odd))
    assert names(data) == [
        "../../etc/passwd",
        "/root/a.pem",
        "C:\\a.pem",
        "twice.pem",
        "twice.pem",
        "a\\u202Emep.pem",
    ]


def test_five_mib_are_unpacked_and_a_byte_more_is_not():
    assert len(unpacked(zipped(("a", b"x" * MOST_UNPACKED)))) == 1
    assert problem(zipped(("a", b"x" * (MOST_UNPACKED + 1)))) is Problem.ZIP_SIZE
    halves = [("a", b"x" * (MOST_UNPACKED // 2)), ("b", b"x" * (MOST_UNPACKED // 2 + 1))]
    assert problem(zipped(*halves)) is Problem.ZIP_SIZE


def test_a_gigabyte_in_a_megabyte_is_never_held(traced_memory):
    packer, out = zlib.compressobj(9, zlib.DEFLATED, -15), io.BytesIO()
    packed = b"".join(packer.compress(bytes(MIB)) for _ in range(1024)) + packer.flush()
    data = raw_zip(packed, size=1024 * MIB, crc=0)
    assert len(data) < 2 * MIB
    before = traced_memory()
    assert problem(data) is Problem.ZIP_SIZE
    assert traced_memory() - before < 40 * MIB
    out.close()


@pytest.fixture
def traced_memory():
    """The most memory that Python has asked for since the test began, in bytes."""
    import tracemalloc

    tracemalloc.start()
    yield lambda: tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()


def raw_zip(packed: bytes, *, size: int, crc: int, flags: int = 0, method: int = 8) -> bytes:
    """A zip of one file that says of itself whatever is asked."""
    common = struct.pack("<HHHHHIIIHH", 20, flags, method, 0, 33, crc, len(packed), size, 1, 0)
    local = b"PK\x03\x04" + common + b"a" + packed
    central = b"PK\x01\x02" + struct.pack("<H", 20) + common + struct.pack("<HHHII", 0, 0, 0, 0, 0) + b"a"
    end = b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, 1, 1, len(central), len(local), 0)
    return local + central + end


def deflated(content: bytes) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return packer.compress(content) + packer.flush()


def test_the_maker_of_raw_zips_makes_one_that_can_be_read():
    data = raw_zip(deflated(PEM), size=len(PEM), crc=zlib.crc32(PEM))
    assert [given.content.kind.value for given in unpacked(data)] == ["pem-certificate"]


@pytest.mark.parametrize("stated", [0, 10, 2**32 - 2], ids=["nothing", "ten bytes", "four gigabytes"])
def test_a_size_that_is_a_lie_brings_nothing_in(stated):
    data = raw_zip(deflated(b"x" * (8 * MIB)), size=stated, crc=zlib.crc32(b"x" * (8 * MIB)))
    assert problem(data) in (Problem.ZIP_DAMAGED, Problem.ZIP_SIZE)


def test_a_wrong_checksum_is_damage():
    assert problem(raw_zip(deflated(PEM), size=len(PEM), crc=1)) is Problem.ZIP_DAMAGED


def test_an_encrypted_zip_is_refused_before_a_password_is_asked_for():
    data = raw_zip(deflated(PEM), size=len(PEM), crc=zlib.crc32(PEM), flags=1)
    assert problem(data) is Problem.ZIP_ENCRYPTED


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA], ids=["bzip2", "lzma"])
def test_another_packing_is_not_tried(method):
    assert problem(zipped(("a.pem", PEM), method=method)) is Problem.ZIP_METHOD


def test_a_zip_in_a_zip_is_not_opened():
    inner = zipped(("a.pem", PEM))
    assert problem(zipped(("ok.pem", PEM), ("inner.bin", inner))) is Problem.ZIP_NESTED


def test_a_word_document_in_a_zip_is_a_word_document():
    inner = zipped(("word/document.xml", b"<w/>"))
    assert [given.content.kind.value for given in unpacked(zipped(("a.docx", inner)))] == ["word"]


def test_a_central_directory_of_a_hundred_thousand_entries_is_not_read():
    assert problem(b"PK\x03\x04" + b"PK\x01\x02" * 100_000 + b"PK\x05\x06" + bytes(18)) is Problem.ZIP_FILES


def test_a_zip_cut_anywhere_or_with_any_byte_changed_is_read_or_refused():
    whole = zipped(("a.pem", PEM), ("b.cer", certificate().der))
    cut = [whole[:at] for at in range(0, len(whole), 97)]
    changed = [whole[:at] + bytes([whole[at] ^ 0xFF]) + whole[at + 1 :] for at in range(0, len(whole), 7)]
    outcomes: set[int | Problem] = set()
    for data in (*cut, *changed):
        try:
            outcomes.add(len(unpacked(data)))
        except Refused as refused:
            outcomes.add(refused.problem)
    assert Problem.ZIP_DAMAGED in outcomes
    assert 2 in outcomes
