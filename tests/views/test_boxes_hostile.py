"""S11 through the pages that take archives: each way to hurt with one gets its sentence, and nothing is left behind."""

import gzip
import os
import tarfile
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from django.urls import reverse

from certstore.forms import box_archives, streams
from tests.box_dumps import system, tar_gz, xconfiguration, zipped
from tests.forms.test_box_archives import CA, MIB, PEM, entry, gzip_bomb, tar_of, zip_bomb
from tests.views.test_boxes import counts, upload

pytestmark = pytest.mark.django_db

PAGES = ("from-servers", "lab-check-after")
OUTSIDE = "/etc/passwd"


def with_a_wrong_checksum() -> bytes:
    data = bytearray(tar_gz((CA, PEM)))
    data[-6] ^= 1
    return bytes(data)


def a_zip_with_a_wrong_checksum() -> bytes:
    packed = zipped((CA, PEM), method=zipfile.ZIP_STORED)
    at = packed.index(b"-----BEGIN") + 40
    return packed[:at] + bytes([packed[at] ^ 1]) + packed[at + 1 :]


def enciphered() -> bytes:
    data = bytearray(zipped((CA, PEM)))
    data[6] |= 1
    return bytes(data)


def of_many_entries() -> bytes:
    block = gzip.decompress(tar_of(entry("x")))[:512]
    return gzip.compress(block * 100_000)


def that_states_a_huge_size(name: str) -> bytes:
    header = entry(name, size=2**40).tobuf(tarfile.GNU_FORMAT)
    return gzip.compress(header + b"x" * 5000)


def of_links() -> bytes:
    kinds = (tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.FIFOTYPE)
    return tar_of(*(entry(CA, kind, size=5000, link=OUTSIDE) for kind in kinds))


# What comes, and what the page says of it (issue: archives hostile in the ways of S11).
HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    "cut short": (lambda: tar_gz((CA, PEM))[:200], "is cut short"),
    "a zip cut short": (lambda: zipped((CA, PEM))[:80], "is cut short"),
    "a wrong checksum": (with_a_wrong_checksum, "is damaged"),
    "a zip with a wrong checksum": (a_zip_with_a_wrong_checksum, "is damaged"),
    "a password": (enciphered, "is protected by a password"),
    "packed otherwise": (lambda: zipped((CA, PEM), method=zipfile.ZIP_BZIP2), "packed in a way that is not"),
    "100 000 entries": (of_many_entries, "holds more than 10 000 files"),
    "a gzip that unpacks without end": (lambda: gzip_bomb(100), "unpacks to more than 2 GiB"),
    "a zip that unpacks without end": (lambda: zip_bomb("a.pcap", 100), "unpacks to more than 2 GiB"),
    "a list that unpacks without end": (lambda: zip_bomb(CA, 100), "beyond the 10 MiB"),
    "a list of a tebibyte": (lambda: that_states_a_huge_size(CA), "beyond the 10 MiB"),
    "a capture of a tebibyte": (lambda: that_states_a_huge_size("a.pcap"), "is cut short"),
    "an archive in the archive": (
        lambda: zipped(("inner.tar.gz", tar_gz((CA, PEM)))),
        "without one file of use",
    ),
    "links and devices": (of_links, "without one file of use"),
    "nothing": (lambda: zipped(), "without one file of use"),
    "a packed key": (lambda: tar_gz(("privkey.pem", PEM)), "without one file of use"),
}


@pytest.fixture(autouse=True)
def _own_folders(monkeypatch, tmp_path) -> None:
    """What would be written anywhere lies below `tmp_path`; a bomb need not be of 2 GiB to be one."""
    (tmp_path / "here").mkdir()
    (tmp_path / "aside").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "aside"))
    for module in (streams, box_archives):
        monkeypatch.setattr(module, "MOST_UNPACKED", 64 * MIB)


def written(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if not path.is_dir()]


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("what", HOSTILE)
def test_a_hostile_archive_gets_its_sentence_and_changes_nothing(owner_client, lab, tmp_path, what, page):
    address = reverse(page, args=[] if page == "from-servers" else [lab.pk])
    owner_client.get(address)
    before, (made, says) = counts(), HOSTILE[what]
    answer = owner_client.post(address, {"files": [upload("log.tar.gz", made())]})
    told = answer.content.decode()
    assert answer.status_code == 422
    assert says in told
    assert "root:" not in told
    assert counts() == before
    assert written(tmp_path) == []


@pytest.mark.parametrize(
    "path", [f"/root/{CA}", f"../../{CA}", f"C:\\windows\\{CA}", f"a/../{CA}", f"//x/{CA}"]
)
def test_a_path_is_a_label_and_leads_nowhere(owner_client, tmp_path, path):
    dump = xconfiguration(*system("exp-e1")).encode()
    for pack in (tar_gz, zipped):
        data = pack((path, PEM), (path.replace(CA, "xconf_dump_exp-e1_x.txt"), dump))
        answer = owner_client.post(reverse("from-servers"), {"files": [upload("log.tar.gz", data)]})
        assert answer.status_code == 200
        assert "exp-e1" in answer.content.decode()
        for part in ("/root", "..", "windows", "//x"):
            assert f"{part}/" not in answer.context["carried"]
    assert written(tmp_path) == []
    assert not os.path.exists(f"/root/{CA}")


def test_one_bad_archive_leaves_the_good_one_beside_it(owner_client):
    dump = xconfiguration(*system("exp-e1")).encode()
    good = tar_gz((CA, PEM), ("xconf_dump_exp-e1_x.txt", dump))
    bad = HOSTILE["a wrong checksum"][0]()
    files = {"files": [upload("bad.tar.gz", bad), upload("good.tar.gz", good)]}
    answer = owner_client.post(reverse("from-servers"), files)
    told = answer.content.decode()
    assert answer.status_code == 200
    assert "bad.tar.gz is damaged" in told
    assert "exp-e1.rehearse.test" in told


def test_more_files_than_a_request_may_have_are_refused(owner_client, tmp_path):
    files = [upload(f"ca_{number}.pem", PEM) for number in range(51)]
    answer = owner_client.post(reverse("from-servers"), {"files": files})
    assert answer.status_code == 413
    assert written(tmp_path) == []
