"""Files of the lab: named, described, and downloaded byte for byte by their owner alone."""

import subprocess

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.hashes import SHA256
from django.urls import reverse

from certstore.models import LabFile


def download(client, lab, name):
    return client.get(reverse("lab-file", args=[lab.pk, name]))


def text(answer):
    return " ".join(answer.content.decode().split())


def test_the_page_lists_every_file_with_what_it_is(lab, other_lab, owner_client):
    body = text(owner_client.get(reverse("lab-files", args=[lab.pk])))
    for file in lab.files.all():
        assert f">{file.name}<" in body
        assert reverse("lab-file", args=[lab.pk, file.name]) in body
    assert "the key that exp-e1 holds, in binary form (DER)" in body
    assert str(other_lab.pk) not in body


def test_a_file_shows_how_its_fingerprint_begins(lab, other_lab, owner_client):
    body = text(owner_client.get(reverse("lab-files", args=[lab.pk])))

    def beginning(one):
        content = bytes(one.files.get(name="exp-e1.cer").content)
        return x509.load_der_x509_certificate(content).fingerprint(SHA256())[:4].hex(":").upper()

    assert body.count(beginning(lab)) == 2  # the binary form and the Base-64 form of one certificate
    assert beginning(other_lab) not in body


@pytest.mark.parametrize(
    ("name", "kind"), [("exp-e1.cer", "application/pkix-cert"), ("exp-e1.pem", "application/x-pem-file")]
)
def test_a_download_is_the_file_and_nothing_a_browser_would_open(lab, owner_client, name, kind):
    answer = download(owner_client, lab, name)
    assert answer.content == bytes(LabFile.objects.get(lab=lab, name=name).content)
    assert answer["Content-Type"] == kind
    assert answer["Content-Disposition"] == f'attachment; filename="{name}"'
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_a_download_opens_in_openssl_and_belongs_to_the_server(lab, owner_client, exp_e, openssl, tmp_path):
    file = tmp_path / "exp-e1.pem"
    file.write_bytes(download(owner_client, lab, "exp-e1.pem").content)
    command = [openssl, "x509", "-in", file, "-noout", "-subject", "-nameopt", "RFC2253"]
    shown = subprocess.run(command, capture_output=True, check=True, text=True).stdout
    assert shown.startswith(f"subject=CN={exp_e.fqdn},O=")


def test_the_same_name_in_two_labs_is_two_files(lab, other_lab, owner_client, stranger_client):
    mine, theirs = (
        download(owner_client, lab, "exp-c1.pem"),
        download(stranger_client, other_lab, "exp-c1.pem"),
    )
    assert mine.content != theirs.content


@pytest.mark.parametrize(
    "name", ["exp-e1.key", "..", "%2e%2e%2fsecret-key", "exp-e1.cer%00", "exp-e1.cer%0A"]
)
def test_a_file_that_never_was_is_not_found(lab, owner_client, name):
    assert owner_client.get(f"/labs/{lab.pk}/files/{name}").status_code == 404


def test_a_stranger_sees_no_file_and_learns_nothing(lab, other_lab, stranger_client):
    assert stranger_client.get(reverse("lab-files", args=[lab.pk])).status_code == 404
    assert download(stranger_client, lab, "exp-e1.pem").status_code == 404
    assert download(stranger_client, lab, "no-such-file.pem").status_code == 404
