"""Clear what nothing in a lab names any more, so that a lab does not grow with every file it ever saw."""

from collections.abc import Iterator, Sequence

from django.db.models import Exists, OuterRef, QuerySet

from certstore.models import (
    AttemptCertificate,
    CaKey,
    Certificate,
    Crl,
    Installation,
    Issued,
    Lab,
    Node,
    PublicKey,
    SigningRequest,
    TrustEntry,
)
from certstore.reading.lab_document import Document, document_at, named_in, unpacked

INSTALLATIONS_KEPT = 2000  # of those that are over; as many as attempts
AT_ONCE = 500


def clear_unnamed(lab: Lab) -> None:
    """Delete the certificates, CRLs and public keys that nothing names any more, in a lab that is locked.

    What names one: a list, an installation, a server's factory state, a training CA, an attempt, and the document
    of a restore point or of the lab's start.
    """
    _forget_the_oldest_installations(lab)
    certificates = _free(_unheld_certificates(lab), "sha256")
    crls = _free(lab.crls.filter(~Exists(TrustEntry.objects.filter(crl=OuterRef("pk")))), "sha256")
    keys = _free(_unheld_keys(lab), "spki_sha256")
    if not (certificates or crls or keys):
        return
    for document in _documents(lab):
        named = named_in(document)
        for free, kept in ((certificates, named.certificates), (crls, named.crls), (keys, named.public_keys)):
            for sha256 in kept & free.keys():
                del free[sha256]
    _delete(lab.certificates.all(), list(certificates.values()))
    _delete(lab.crls.all(), list(crls.values()))
    _delete(lab.public_keys.all(), list(keys.values()))


def _documents(lab: Lab) -> Iterator[Document]:
    """What the lab can go back to: its start and its restore points, one at a time."""
    if lab.start is not None:
        yield unpacked(bytes(lab.start))
    for point in lab.restore_points.only("document").iterator(chunk_size=1):
        yield document_at(point)


def _unheld_certificates(lab: Lab) -> QuerySet[Certificate]:
    """The certificates that no row points at."""
    pk = OuterRef("pk")
    return lab.certificates.filter(
        ~Exists(TrustEntry.objects.filter(certificate=pk)),
        ~Exists(Installation.objects.filter(certificate=pk)),
        ~Exists(AttemptCertificate.objects.filter(certificate=pk)),
        ~Exists(Node.objects.filter(factory_ca=pk)),
        ~Exists(Node.objects.filter(factory_certificate=pk)),
        ~Exists(CaKey.objects.filter(certificate=pk)),
        ~Exists(Issued.objects.filter(certificate=pk)),
    )


def _unheld_keys(lab: Lab) -> QuerySet[PublicKey]:
    """The public keys that no row points at."""
    pk = OuterRef("pk")
    return lab.public_keys.filter(
        ~Exists(Installation.objects.filter(key=pk)),
        ~Exists(Node.objects.filter(factory_key=pk)),
        ~Exists(SigningRequest.objects.filter(key=pk)),
    )


def _free(rows: QuerySet[Certificate] | QuerySet[Crl] | QuerySet[PublicKey], name: str) -> dict[str, int]:
    """Rows by their hash."""
    return dict(rows.values_list(name, "pk"))


def _forget_the_oldest_installations(lab: Lab) -> None:
    """Keep the newest of what was loaded once and is over."""
    over = Installation.objects.filter(slot__node__lab=lab, is_installed=False, is_running=False)
    _delete(over, list(over.order_by("-pk").values_list("pk", flat=True)[INSTALLATIONS_KEPT:]))


def _delete(
    rows: QuerySet[Certificate] | QuerySet[Crl] | QuerySet[PublicKey] | QuerySet[Installation],
    keys: Sequence[int],
) -> None:
    for start in range(0, len(keys), AT_ONCE):
        rows.filter(pk__in=keys[start : start + AT_ONCE]).delete()
