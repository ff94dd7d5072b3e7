"""Steps with the training CA, as a person does them through its pages."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from certstore.actions import restart
from certstore.models import Attempt, Node
from certstore.pki.forge import practice
from certstore.reading.lab_state import lab_view
from tests.zips import unpacked


def practice_answer(client, node, fault):
    """Ask for a practice file on the page, and take it where the answer leads to: what the download says."""
    asked = {"server": str(node.pk), "fault": fault}
    answer = client.post(reverse("training-ca-practice", args=[node.lab_id]), asked)
    assert answer.status_code == 302, answer.content.decode()
    if answer["Location"].endswith(".zip"):
        return client.get(answer["Location"])
    issued = node.lab.issued.first()
    return client.get(reverse("training-ca-issued", args=[node.lab_id, issued.pk, "practice.zip"]))


def practice_files(client, node, fault) -> dict[str, bytes]:
    """The files of a practice file."""
    return unpacked(practice_answer(client, node, fault).content)


def append(client, node, content: bytes):
    """Append a file on the page Trusted CA certificate."""
    file = SimpleUploadedFile("ca.pem", content)
    return client.post(reverse("trusted-ca-append", args=[node.pk]), {"file": file})


def upload(client, node, files: dict[str, bytes]) -> Attempt:
    """Upload the certificate, with the private key where one came along, on the page Server certificate."""
    sent = {"certificate": SimpleUploadedFile(practice.CERTIFICATE, files[practice.CERTIFICATE])}
    if practice.KEY in files:
        sent["key"] = SimpleUploadedFile(practice.KEY, files[practice.KEY])
    client.post(reverse("server-certificate-upload", args=[node.pk]), sent)
    return node.lab.attempts.filter(page="server-certificate").first()


def found_in(attempt: Attempt) -> set[str]:
    """The codes of everything that an upload was told."""
    return {attempt.code, *(one["code"] for one in attempt.findings["findings"])} - {""}


def reasons(node: Node) -> dict[str, set[str]]:
    """The codes of the reasons of every connection of the lab, by its kind, after a restart of the server."""
    restart.restart(node)
    state = lab_view(node.lab, node.lab.now()).state
    found: dict[str, set[str]] = {}
    for verdict in state.all:
        found.setdefault(verdict.kind.value, set()).update(one.finding.code.value for one in verdict.reasons)
    return found
