"""What the trusted CA list of a new Expressway holds."""

from functools import cache
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from certstore.actions.certificates import store_certificates
from certstore.models import Lab, Node, TrustEntry, TrustStore
from certstore.pki.facts import CertificateFacts, decode_certificate

_ROOTS = ("isrg-root-x1.pem", "dst-root-ca-x3.pem")


@cache
def default_roots() -> tuple[CertificateFacts, ...]:
    """The two public roots of a new Expressway's list, in their order; the real ones.

    Source: Administrator Guide, "Expressway X12.6 and later includes these trusted root CAs": ISRG Root X1
    and DST Root CA X3 (which expired in 2021).
    """
    folder = Path(__file__).parent / "roots"
    certificates = [x509.load_pem_x509_certificate((folder / name).read_bytes()) for name in _ROOTS]
    return tuple(decode_certificate(one.public_bytes(Encoding.DER)) for one in certificates)


def fill_with_defaults(lab: Lab, node: Node, store: TrustStore) -> None:
    """Put what a new server's list holds at the end of its list, which the caller has emptied.

    In: the locked lab, its server with its temporary CA, and the list. Positions go on growing.
    Source: Certificate Creation and Use guide, "a temporary trusted CA"; that it stands first is our reading.
    """
    rows = store_certificates(lab, default_roots())
    if node.factory_ca is not None:
        rows = [node.factory_ca, *rows]
    TrustEntry.objects.bulk_create(
        TrustEntry(store=store, position=position, certificate=row, subject_hash=row.subject_hash)
        for position, row in enumerate(rows, start=store.next_position)
    )
    store.next_position += len(rows)
    store.save(update_fields=["next_position"])
