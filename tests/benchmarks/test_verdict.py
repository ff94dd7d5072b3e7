"""What a verdict and a page cost as the list grows: ratios measured in one run (`pytest -m benchmark -s`)."""

from collections.abc import Callable
from time import perf_counter

import pytest
from django.template import Context, Engine
from django.test import Client
from django.urls import reverse
from OpenSSL import crypto

from certstore.actions.certificates import store_certificates
from certstore.models import TrustEntry
from certstore.pki.depends import judge_with_twins
from certstore.pki.facts import CertificateFacts, decode_certificate
from certstore.pki.forge.authority import root
from certstore.pki.releases import SameSubject
from certstore.pki.trust import ListInMemory, TrustList
from certstore.reading.servers import trust_store_of
from certstore.reading.trust import RowTrustList
from certstore.reading.trusted_ca import rows_of
from tests import keyring
from tests.labs import FilledLab, fill_lab
from tests.pki.server_cases import END, NOW, START, make_pki

pytestmark = pytest.mark.benchmark

ROUNDS = 30
PAGE_ROUNDS = 7
BARE = "{% for row in rows %}<tr><td>{{ row.pk }}</td><td>{{ row.is_crl }}</td><td>{{ row.issuer }}</td>" + (
    "<td>{{ row.subject }}</td><td>{{ row.expiry }}</td><td>{{ row.validity }}</td></tr>{% endfor %}"
)


def cost(work: Callable[[], object], rounds: int = ROUNDS) -> float:
    """The least time of some work, in milliseconds: what else the machine does only ever adds."""
    times = []
    for _ in range(rounds):
        start = perf_counter()
        work()
        times.append(perf_counter() - start)
    return min(times) * 1000


def strangers(count: int) -> list[CertificateFacts]:
    """So many CAs that have nothing to do with the chain."""
    key = keyring.ec_key("strangers")
    return [decode_certificate(root(f"Stranger {n}", key, START, END).der) for n in range(count)]


@pytest.fixture(scope="module")
def chain():
    pki = make_pki()
    leaf = decode_certificate(pki.leaf().der)
    return leaf, [decode_certificate(ca.der) for ca in (pki.issuing, pki.top)]


def verdict(leaf: CertificateFacts, trust: TrustList) -> None:
    assert judge_with_twins(leaf, trust, SameSubject.FIRST, NOW).verdict.code is None


def whole_store(leaf: CertificateFacts, certificates: list[CertificateFacts]) -> None:
    """The same question to OpenSSL with the whole list loaded, as it is usually done."""
    store = crypto.X509Store()
    for facts in certificates:
        store.add_cert(crypto.load_certificate(crypto.FILETYPE_ASN1, facts.der))
    store.set_time(NOW.replace(tzinfo=None))
    loaded = crypto.load_certificate(crypto.FILETYPE_ASN1, leaf.der)
    crypto.X509StoreContext(store, loaded).verify_certificate()


def test_a_verdict_costs_the_same_whatever_the_length_of_the_list(chain):
    leaf, cas = chain
    others = strangers(9_998)
    print("\n  list   candidates   whole store   (ms a verdict, least of all rounds)")
    ours = {}
    for length in (3, 150, 1_000, 10_000):
        certificates = [*others[: length - 2], *cas]
        trust = ListInMemory(certificates)
        ours[length] = cost(lambda trust=trust: verdict(leaf, trust))
        whole = cost(lambda certificates=certificates: whole_store(leaf, certificates), rounds=5)
        print(f"{length:>6}   {ours[length]:>10.2f}   {whole:>11.2f}")
    print(f"  1 000 to 3: {ours[1_000] / ours[3]:.2f}")
    assert ours[1_000] <= 2 * ours[3]


@pytest.fixture
def filled(db) -> FilledLab:
    return fill_lab("ann")


def fill_list(filled: FilledLab, certificates: list[CertificateFacts]) -> None:
    """The server's list holds these certificates and nothing else."""
    store = trust_store_of(filled.node)
    store.entries.all().delete()
    rows = store_certificates(filled.lab, certificates)
    TrustEntry.objects.bulk_create(
        TrustEntry(store=store, position=place, certificate=row, subject_hash=row.subject_hash)
        for place, row in enumerate(rows, start=1)
    )


def test_nor_from_the_rows_of_the_database(chain, filled):
    leaf, cas = chain
    others = strangers(998)
    print("\n  rows   verdict   (ms, least)")
    ours = {}
    for length in (3, 150, 1_000):
        fill_list(filled, [*others[: length - 2], *cas])
        store = trust_store_of(filled.node)
        ours[length] = cost(lambda store=store: verdict(leaf, RowTrustList(store)))
        print(f"{length:>6}   {ours[length]:>7.2f}")
    print(f"  1 000 to 3: {ours[1_000] / ours[3]:.2f}")
    assert ours[1_000] <= 2 * ours[3]


def test_the_page_of_a_long_list_beside_a_bare_loop_over_the_same_rows(filled):
    client = Client()
    client.force_login(filled.owner)
    page = reverse("trusted-ca", args=[filled.node.pk])
    bare = Engine().from_string(BARE)
    others = strangers(1_000)
    print("\n  rows   page   bare loop   ratio   (ms, least)")
    ratios = {}
    for length in (150, 1_000):
        fill_list(filled, others[:length])
        store = trust_store_of(filled.node)
        whole = cost(lambda: client.get(page), PAGE_ROUNDS)
        loop = cost(lambda store=store: bare.render(Context({"rows": rows_of(store, NOW)})), PAGE_ROUNDS)
        ratios[length] = whole / loop
        print(f"{length:>6}   {whole:>4.0f}   {loop:>9.0f}   {ratios[length]:>5.1f}")
    assert ratios[1_000] < 10
