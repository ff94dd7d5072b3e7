"""Diagnostic log archives as the product packs them, and archives that somebody made to hurt."""

import gzip
import io
import random
import struct
import tarfile
import tracemalloc
import zipfile
import zlib

import pytest

from certstore.forms import box_archives, streams
from certstore.forms.box_archives import MOST_ENTRIES, MOST_USED, BoxReader, Brought, Budget
from certstore.forms.streams import Trouble
from tests.box_dumps import real_server, system, tar_gz, zipped
from tests.pki.material import certificate

PEM = certificate().pem
MIB = 1024 * 1024
CA, SERVER, XCONF = "ca_exp-e1_x.pem", "server_exp-e1_x.pem", "xconf_dump_exp-e1_x.txt"


def brought(
    data: bytes, *, piece: int = 64 * 1024, name: str = "log.tar.gz", budget: Budget | None = None
) -> Brought:
    """What an upload comes to that arrives in such pieces."""
    reader = BoxReader(name, budget or Budget())
    for start in range(0, len(data), piece):
        reader.feed(data[start : start + piece])
    return reader.finish()


def names(found: Brought) -> list[str]:
    return [name for name, _ in found.files]


def tar_of(*entries: tarfile.TarInfo, content: bytes = b"") -> bytes:
    """A .tar.gz of entries that are given whole; the content goes to those that state a size."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for entry in entries:
            archive.addfile(entry, io.BytesIO(content) if entry.type == tarfile.REGTYPE else None)
    return gzip.compress(out.getvalue())


def entry(name: str, kind: bytes = tarfile.REGTYPE, size: int = 0, link: str = "") -> tarfile.TarInfo:
    made = tarfile.TarInfo(name)
    made.type, made.size, made.linkname = kind, size, link
    return made


# --- As the product packs them ---------------------------------------------------------------------------------


@pytest.mark.parametrize("piece", [1 << 20, 4096, 511, 7], ids=["at-once", "pages", "odd", "tiny"])
def test_of_an_archive_the_files_of_use_are_kept_however_it_arrives(piece):
    server = real_server("exp-e1", certificate(), (certificate(),), system("exp-e1"))
    found = brought(server.archive(), piece=piece)
    assert found.trouble is None
    assert [name.partition("_exp")[0] for name in names(found)] == [
        "xconf_dump",
        "xstat_dump",
        "ca",
        "server",
    ]
    assert dict(found.files) == {name: server.files[name] for name in names(found)}
    assert found.entries == 7


@pytest.mark.parametrize("kind", [tarfile.GNU_FORMAT, tarfile.PAX_FORMAT, tarfile.USTAR_FORMAT])
def test_every_form_of_tar_is_read_and_a_long_path_is_no_hindrance(kind):
    path = f"{'a' * 80}/{'b' * 60}/{CA}"
    assert names(brought(tar_gz((path, PEM), kind=kind))) == [CA]
    if kind != tarfile.USTAR_FORMAT:
        assert names(brought(tar_gz((f"{'c' * 300}/ü/{SERVER}", PEM), kind=kind))) == [SERVER]


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED], ids=["stored", "deflated"])
@pytest.mark.parametrize("piece", [1 << 20, 5], ids=["at-once", "tiny"])
def test_a_zip_is_read_too(method, piece):
    data = zipped(("log/loggingsnapshot.txt", b"x" * 9000), (f"log/{CA}", PEM), (XCONF, b"y"), method=method)
    assert dict(brought(data, piece=piece).files) == {CA: PEM, XCONF: b"y"}


def test_a_zip_that_was_written_to_a_pipe_is_read_too():
    class Pipe(io.RawIOBase):
        def __init__(self):
            self.data = bytearray()

        def writable(self):
            return True

        def write(self, some):
            self.data += bytes(some)
            return len(some)

    pipe = Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("big.pcap", random.Random(1).randbytes(70_000))
        archive.writestr(CA, PEM)
    for piece in (1 << 20, 3):
        assert dict(brought(bytes(pipe.data), piece=piece).files) == {CA: PEM}


def test_a_tar_that_is_not_packed_and_a_gzip_of_two_members_are_read():
    plain = gzip.decompress(tar_gz((CA, PEM)))
    assert names(brought(plain)) == [CA]
    assert names(brought(gzip.compress(plain[:700]) + gzip.compress(plain[700:]))) == [CA]
    assert names(brought(gzip.compress(plain) + b"\0" * 512)) == [CA], "what stands after it is nobody's"


def test_a_file_by_itself_is_kept_whatever_its_name():
    found = brought(PEM, name="C:\\x\\our certificate.txt")
    assert (found.is_archive, found.files) == (False, [("C:\\x\\our certificate.txt", PEM)])
    assert brought(b"", name="empty.pem").files == [("empty.pem", b"")]


# --- What is skipped unread ------------------------------------------------------------------------------------


def test_private_keys_are_skipped_unread_and_counted():
    found = brought(tar_gz(("certs/privkey.pem", b"secret"), ("x.key", b"secret"), (CA, PEM)))
    assert (names(found), found.private_keys) == ([CA], 2)
    alone = brought(b"secret" * 1000, name="privkey.pem")
    assert (alone.files, alone.private_keys) == ([], 1)


def test_an_archive_in_the_archive_is_not_followed():
    inner = tar_gz((CA, PEM))
    found = brought(zipped(("diagnostic_log_exp-e1.tar.gz", inner), (SERVER, PEM)))
    assert (names(found), found.archives) == ([SERVER], ["diagnostic_log_exp-e1.tar.gz"])
    assert brought(zipped(("a.tar.gz", inner))).trouble is Trouble.NOTHING


def test_links_devices_and_folders_are_not_followed_whatever_size_they_state():
    kinds = (tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.FIFOTYPE, tarfile.DIRTYPE)
    entries = [entry(CA, kind, size=5000, link="/etc/passwd") for kind in kinds]
    found = brought(tar_of(*entries, entry(SERVER, size=len(PEM)), content=PEM))
    assert names(found) == [SERVER]
    only_links = brought(tar_of(*entries))
    assert (only_links.files, only_links.trouble) == ([], Trouble.NOTHING)


@pytest.mark.parametrize(
    "path", [f"/root/{CA}", f"../../{CA}", f"C:\\windows\\{CA}", f"./{CA}", f"a/../{CA}"]
)
def test_of_a_path_the_last_part_is_a_label_and_the_rest_is_dropped(path, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for data in (tar_gz((path, PEM)), zipped((path, PEM))):
        assert names(brought(data)) == [CA]
    assert list(tmp_path.iterdir()) == []


def test_a_name_that_comes_twice_is_taken_once_and_told():
    found = brought(tar_gz((f"a/{CA}", PEM), (f"b/{CA}", b"another")))
    assert (found.files, found.twice) == ([(CA, PEM)], [CA])


def test_a_name_cannot_turn_the_line_round():
    found = brought(tar_gz(("ca_a\u202eb.pem", PEM)))
    assert names(found) == ["ca_a\\u202Eb.pem"]


# --- What is refused -------------------------------------------------------------------------------------------


def test_a_hundred_thousand_entries_end_at_the_limit():
    block = gzip.decompress(tar_of(entry("x")))[:512]
    data = gzip.compress(block * 100_000)
    found = brought(data)
    assert (found.trouble, found.entries) == (Trouble.ENTRIES, MOST_ENTRIES + 1)


def test_no_more_than_ten_mib_are_kept_of_an_upload_all_files_together():
    budget = Budget()
    half = b"x" * (MOST_USED // 2)
    assert brought(tar_gz((CA, half)), budget=budget).trouble is None
    assert brought(half, name="list.pem", budget=budget).trouble is None
    assert brought(b"y" * 600, name="more.pem", budget=budget).trouble is Trouble.USED
    assert brought(tar_gz((CA, b"y")), budget=budget).trouble is Trouble.USED
    assert brought(zipped((CA, b"y")), budget=budget).trouble is Trouble.USED


@pytest.mark.parametrize("cut", [0.1, 0.3, 0.6])
def test_an_archive_that_is_cut_short_is_refused_whole(cut):
    server = real_server("exp-e1", certificate(), (certificate(),), system("exp-e1"))
    for data in (server.archive(), zipped(*server.files.items())):
        found = brought(data[: int(len(data) * cut)])
        assert (found.trouble, found.files) == (Trouble.TRUNCATED, [])


def test_a_gzip_without_its_last_bytes_is_cut_short():
    assert brought(tar_gz((CA, PEM))[:-1]).trouble is Trouble.TRUNCATED


def test_wrong_checksums_are_seen():
    data = bytearray(tar_gz((CA, PEM)))
    data[-6] ^= 1  # the CRC of the gzip
    assert brought(bytes(data)).trouble is Trouble.DAMAGED
    packed = zipped((CA, PEM), method=zipfile.ZIP_STORED)
    at = packed.index(b"-----BEGIN") + 40
    wrong = packed[:at] + bytes([packed[at] ^ 1]) + packed[at + 1 :]
    assert brought(wrong).trouble is Trouble.DAMAGED
    plain = bytearray(gzip.decompress(tar_gz((CA, PEM))))
    plain[0] ^= 1  # the name, and with it the checksum of the header
    assert brought(gzip.compress(bytes(plain))).trouble is Trouble.DAMAGED


def test_an_encrypted_zip_is_named_so():
    data = bytearray(zipped((CA, PEM)))
    data[6] |= 1
    assert brought(bytes(data)).trouble is Trouble.ENCRYPTED


def test_a_zip_packed_in_an_unknown_way_is_named_so():
    assert brought(zipped((CA, PEM), method=zipfile.ZIP_BZIP2)).trouble is Trouble.METHOD
    skipped = zipped(("log.txt", b"x" * 99), method=zipfile.ZIP_LZMA)[:-100]
    assert brought(skipped).trouble in (Trouble.TRUNCATED, Trouble.DAMAGED)


def test_an_archive_without_anything_of_use_says_so():
    for data in (tar_gz(("readme.txt", b"x")), zipped(("readme.txt", b"x")), zipped()):
        assert brought(data).trouble is Trouble.NOTHING


def test_a_zip_that_lies_about_its_sizes_is_damaged_or_cut_short():
    data = bytearray(zipped(("a.txt", b"x" * 100), (CA, PEM), method=zipfile.ZIP_STORED))
    struct.pack_into("<I", data, 18, 50)
    assert brought(bytes(data)).trouble is Trouble.DAMAGED
    struct.pack_into("<I", data, 18, 0x7FFFFFFF)
    assert brought(bytes(data)).trouble is Trouble.TRUNCATED


def test_a_tar_that_states_a_huge_size_is_no_allocation():
    header = entry(CA, size=2**40).tobuf(tarfile.GNU_FORMAT)
    assert brought(gzip.compress(header + b"x" * 5000)).trouble is Trouble.USED
    skipped = entry("a.pcap", size=2**40).tobuf(tarfile.GNU_FORMAT)
    assert brought(gzip.compress(skipped + b"x" * 5000)).trouble is Trouble.TRUNCATED
    long_name = entry("x", tarfile.GNUTYPE_LONGNAME, size=2**30).tobuf(tarfile.GNU_FORMAT)
    assert brought(gzip.compress(long_name + b"x" * 5000)).trouble is Trouble.DAMAGED


def bomb(mebibytes: int) -> bytes:
    """So many MiB of zeros in the raw form of deflate."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return b"".join(packer.compress(bytes(MIB)) for _ in range(mebibytes)) + packer.flush()


def gzip_bomb(mebibytes: int) -> bytes:
    """A tar of one capture of so many MiB of zeros, and a list behind it."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    parts = [packer.compress(entry("a.pcap", size=mebibytes * MIB).tobuf(tarfile.GNU_FORMAT))]
    parts += [packer.compress(bytes(MIB)) for _ in range(mebibytes)]
    return b"".join([*parts, packer.compress(gzip.decompress(tar_gz((CA, PEM)))), packer.flush()])


def zip_bomb(name: str, mebibytes: int) -> bytes:
    """A zip of one entry of so many MiB of zeros that says its size afterwards."""
    fixed = struct.pack("<4s5H3I2H", b"PK\x03\x04", 20, 8, 8, 0, 0, 0, 0, 0, len(name), 0)
    return fixed + name.encode() + bomb(mebibytes)


def test_a_bomb_ends_at_the_limit_and_is_never_held(monkeypatch):
    for module in (streams, box_archives):
        monkeypatch.setattr(module, "MOST_UNPACKED", 64 * MIB)
    packed, through = gzip_bomb(100), gzip_bomb(40)
    wanted, skipped = zip_bomb(CA, 100), zip_bomb("a.pcap", 100)
    tracemalloc.start()
    try:
        assert brought(packed).trouble is Trouble.UNPACKED
        assert names(brought(through)) == [CA]
        assert brought(wanted).trouble is Trouble.USED
        assert brought(skipped).trouble is Trouble.UNPACKED
        held = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert held < MOST_USED + 16 * MIB, f"{held / MIB:.1f} MiB"


def test_a_large_archive_is_read_in_a_few_megabytes():
    noise = random.Random(2).randbytes(8 * MIB)
    data = tar_gz(*((f"eth0_{number}.pcap", noise) for number in range(4)), (CA, PEM))
    tracemalloc.start()
    try:
        assert names(brought(data)) == [CA]
        held = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert held < 3 * MIB, f"{held / MIB:.1f} MiB"


def test_no_mutation_of_an_archive_raises():
    rng = random.Random(3)
    for data in (tar_gz((CA, PEM), ("a.txt", b"x" * 900)), zipped((CA, PEM), ("a.txt", b"x" * 900))):
        plain = gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data
        for _ in range(300):
            mutant = bytearray(plain)
            for _ in range(rng.randrange(1, 6)):
                mutant[rng.randrange(len(mutant))] = rng.randrange(256)
            found = brought(bytes(mutant), piece=rng.choice([64, 4096]))
            assert found.trouble is None or found.files == []
