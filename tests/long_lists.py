"""Trust lists of any length, made fast: one key signs every CA."""

from collections.abc import Sequence
from datetime import UTC, datetime
from functools import cache

from certstore.actions.certificates import store_certificates
from certstore.models import Node, TrustEntry, TrustStore
from certstore.pki.facts import CertificateFacts, decode_certificate
from certstore.pki.forge.authority import Authority, root
from tests.keyring import ec_key

START, END = datetime(2020, 1, 1, tzinfo=UTC), datetime(2040, 1, 1, tzinfo=UTC)


@cache
def stranger(number: int) -> Authority:
    """A root that has nothing to do with anything else; each number is another one."""
    return root(f"Stranger {number}", ec_key("strangers"), START, END)


@cache
def stranger_facts(number: int) -> CertificateFacts:
    """What is known of that root."""
    return decode_certificate(stranger(number).der)


def strangers(count: int) -> list[CertificateFacts]:
    """So many roots, from number 0 on."""
    return [stranger_facts(number) for number in range(count)]


def strangers_file(count: int, *, first: int = 0) -> bytes:
    """A PEM file of so many roots."""
    return b"".join(stranger(number).pem for number in range(first, first + count))


def fill_list(node: Node, certificates: Sequence[CertificateFacts]) -> TrustStore:
    """Let a server's list hold these certificates and nothing else. Out: the list."""
    store = TrustStore.objects.get(node=node, name="ca")
    store.entries.all().delete()
    rows = store_certificates(node.lab, certificates)
    TrustEntry.objects.bulk_create(
        TrustEntry(store=store, position=place, certificate=row, subject_hash=row.subject_hash)
        for place, row in enumerate(rows, start=1)
    )
    store.next_position = len(rows) + 1
    store.save(update_fields=["next_position"])
    return store
