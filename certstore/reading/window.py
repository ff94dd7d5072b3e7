"""A file as our certificate window opens it, and the CAs that the window knows. Nothing is written here."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from certstore.models import Lab
from certstore.pki.facts import CertificateFacts, Undecodable, decode_certificate
from certstore.pki.sniff import FileKind, look_at
from certstore.reading.rows import facts_of

MOST_OF_ONE_NAME = 50


@dataclass(frozen=True, slots=True)
class OpenedFile:
    """What a file is, and the certificates that can be read in it, in its order."""

    kind: FileKind
    certificates: tuple[CertificateFacts, ...]


def opened(content: bytes) -> OpenedFile:
    """Open a file of the lab. In: its bytes."""
    looked = look_at(content)
    return OpenedFile(looked.kind, tuple(_decoded(looked.certificates)))


def _decoded(ders: Iterable[bytes]) -> Iterable[CertificateFacts]:
    for der in ders:
        try:
            yield decode_certificate(der)
        except Undecodable:
            continue


class KnownInLab:
    """The certificates of a lab: those of its files, and all that was uploaded in it. Read when asked for."""

    def __init__(self, lab: Lab) -> None:
        self._lab = lab
        self._of_files: list[CertificateFacts] | None = None
        self._answers: dict[str, Sequence[CertificateFacts]] = {}

    def with_subject(self, subject_hash: str) -> Sequence[CertificateFacts]:
        """The certificates of that subject: one query a name, and one for all the files."""
        if subject_hash not in self._answers:
            rows = self._lab.certificates.filter(subject_hash=subject_hash).order_by("pk")[:MOST_OF_ONE_NAME]
            found = [one for one in self._files() if one.subject_hash == subject_hash]
            self._answers[subject_hash] = [*found, *(facts_of(row) for row in rows)]
        return self._answers[subject_hash]

    def _files(self) -> list[CertificateFacts]:
        if self._of_files is None:
            contents = self._lab.files.values_list("content", flat=True)
            self._of_files = [one for content in contents for one in opened(bytes(content)).certificates]
        return self._of_files
