"""What the pages cost as a server's list grows: ratios measured in one run (`pytest -m benchmark -s`).

All lengths stand beside each other and are measured in turn, so that whatever else the machine does falls on
all of them alike. The least time counts: others only ever add to it.
"""

from collections.abc import Callable, Mapping
from time import perf_counter

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.template import Context, Engine
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from OpenSSL import crypto

from certstore.actions import server_certificate, trusted_ca
from certstore.actions.labs import make_example_lab
from certstore.models import Node, TrustStore, User
from certstore.pki.depends import judge_with_twins
from certstore.pki.facts import CertificateFacts, decode_certificate
from certstore.pki.releases import SameSubject
from certstore.reading.servers import trust_store_of
from certstore.reading.trust import RowTrustList
from certstore.reading.trusted_ca import Row, rows_of
from tests.labs import content_of, tried
from tests.long_lists import fill_list, stranger, strangers, strangers_file

pytestmark = [pytest.mark.benchmark, pytest.mark.django_db]

SHORT, MIDDLE, LONG = 3, 150, 1_000

# The cells of `_table.html`, and nothing else.
BARE_PAGE = """<table>{% for row in rows %}<tr>
<td><input type="checkbox" name="entry" value="{{ row.pk }}" aria-label="{{ row.subject }}"></td>
<td>{% if row.is_crl %}CRL{% else %}Certificate{% endif %}</td>
<td>{{ row.issuer }}</td>
<td>{% if row.matches_issuer %}Matches Issuer{% else %}{{ row.subject }}{% endif %}</td>
<td>{{ row.expiry }}</td><td>{{ row.validity }}</td>
<td><a href="{{ base }}{{ row.pk }}/">View (decoded)</a></td></tr>
{% endfor %}</table>"""


def least(works: Mapping[str, Callable[[], object]], rounds: int) -> dict[str, float]:
    """The least time of each work in milliseconds; a round does each of them once."""
    found = dict.fromkeys(works, float("inf"))
    for _ in range(rounds):
        for name, work in works.items():
            start = perf_counter()
            work()
            found[name] = min(found[name], (perf_counter() - start) * 1000)
    return found


def undone(work: Callable[[], object]) -> Callable[[], None]:
    """Some work in a transaction that is rolled back, so that the next round finds what this one found."""

    def do_and_undo() -> None:
        with transaction.atomic():
            work()
            transaction.set_rollback(True)

    return do_and_undo


def queries_of(work: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection) as queries:
        work()
    return len(queries)


@pytest.fixture
def nodes(owner: User, made_servers) -> dict[int, Node]:
    """Servers whose lists are that long, each in a lab of its own. The chain's two CAs are the last of each."""
    found = {}
    for length in (SHORT, MIDDLE, LONG):
        lab = make_example_lab(owner, made_servers)
        node = lab.nodes.get(kind=Node.Kind.EXPRESSWAY_E)
        chain = [
            decode_certificate(content_of(lab, f"exp-e1-{name}.cer")) for name in ("issuing-ca", "root-ca")
        ]
        fill_list(node, [*strangers(length - 2), *chain])
        found[length] = node
    return found


@pytest.fixture
def leaf(nodes: dict[int, Node]) -> CertificateFacts:
    """The certificate that these servers would take."""
    return decode_certificate(content_of(nodes[SHORT].lab, "exp-e1.cer"))


def of_candidates(leaf: CertificateFacts, store: TrustStore, now) -> None:
    judgement = judge_with_twins(leaf, RowTrustList(store), SameSubject.FIRST, now)
    assert judgement.verdict.number == 0


def of_whole_list(leaf: CertificateFacts, store: TrustStore, now) -> None:
    """The same question to OpenSSL with every row loaded, as it is usually done."""
    whole = crypto.X509Store()
    for der in store.entries.values_list("certificate__der", flat=True):
        whole.add_cert(crypto.load_certificate(crypto.FILETYPE_ASN1, bytes(der)))
    whole.set_time(now.replace(tzinfo=None))
    loaded = crypto.load_certificate(crypto.FILETYPE_ASN1, leaf.der)
    crypto.X509StoreContext(whole, loaded).verify_certificate()


def test_a_verdict_out_of_the_rows_beside_openssl_with_every_row_loaded(nodes, leaf):
    now = nodes[SHORT].lab.now()
    stores = {length: trust_store_of(node) for length, node in nodes.items()}
    ours = least(
        {str(n): lambda s=store: of_candidates(leaf, s, now) for n, store in stores.items()}, rounds=40
    )
    whole = least(
        {str(n): lambda s=store: of_whole_list(leaf, s, now) for n, store in stores.items()}, rounds=5
    )
    print(f"\n{connection.vendor}: one verdict from rows (leaf, two CAs); ms, least of all rounds")
    print("  rows     ours   queries   to 3 rows   X509Store loaded whole   whole to ours")
    for length, store in stores.items():
        count = queries_of(lambda s=store: of_candidates(leaf, s, now))
        mine, theirs = ours[str(length)], whole[str(length)]
        ratio = mine / ours[str(SHORT)]
        print(f"{length:>6} {mine:>8.2f} {count:>9} {ratio:>11.2f} {theirs:>24.2f} {theirs / mine:>15.1f}")
    assert ours[str(LONG)] <= 2 * ours[str(SHORT)]


def test_the_whole_upload_of_a_server_certificate(nodes, owner):
    files = {n: tried(content_of(node.lab, "exp-e1.pem")) for n, node in nodes.items()}

    def upload(length: int) -> Callable[[], object]:
        def work() -> None:
            assert server_certificate.upload(nodes[length], files[length], None, owner).stored

        return undone(work)

    works = {length: upload(length) for length in nodes}
    print_action("upload of a server certificate, whole action", works, rounds=15)


def test_the_whole_append_of_one_ca(nodes, owner):
    file = tried(stranger(5_000).pem)

    def append(node: Node) -> Callable[[], object]:
        def work() -> None:
            assert trusted_ca.append(node, file, owner).stored

        return undone(work)

    # The long list is full; its last stranger makes room.
    entries = trust_store_of(nodes[LONG]).entries
    entries.get(position=1).delete()
    works = {length: append(node) for length, node in nodes.items()}
    print_action("append of one CA, whole action", works, rounds=10)


def print_action(title: str, works: Mapping[int, Callable[[], object]], rounds: int) -> None:
    times = least({str(length): work for length, work in works.items()}, rounds)
    counts = {length: queries_of(work) for length, work in works.items()}
    print(f"\n{connection.vendor}: {title}; ms, least of all rounds")
    print("  rows       ms   queries   to 3 rows")
    for length in works:
        mine = times[str(length)]
        print(f"{length:>6} {mine:>8.1f} {counts[length]:>9} {mine / times[str(SHORT)]:>11.2f}")
    assert len(set(counts.values())) == 1


def test_the_page_of_a_long_list_beside_a_bare_loop_over_the_same_rows(nodes, owner):
    client, bare = Client(), Engine().from_string(BARE_PAGE)
    client.force_login(owner)
    addresses = {length: reverse("trusted-ca", args=[node.pk]) for length, node in nodes.items()}

    def loop(length: int) -> str:
        node = nodes[length]
        rows: list[Row] = rows_of(trust_store_of(node), node.lab.now())
        return str(bare.render(Context({"rows": rows, "base": addresses[length]})))

    works: dict[str, Callable[[], object]] = {}
    for n, address in addresses.items():
        works[f"page {n}"] = lambda a=address: client.get(a)
        works[f"sorted {n}"] = lambda a=address: client.get(a, {"sort": "subject", "q": "c"})
        works[f"bare {n}"] = lambda n=n: loop(n)
    times = least(works, rounds=9)
    counts = {n: queries_of(works[f"page {n}"]) for n in addresses}
    print(f"\n{connection.vendor}: the Trusted CA certificate page; ms, least of all rounds")
    print("  rows     page   sorted, filtered   bare loop   page to bare   queries")
    for n in addresses:
        page, ordered, plain = (times[f"{kind} {n}"] for kind in ("page", "sorted", "bare"))
        print(f"{n:>6} {page:>8.1f} {ordered:>18.1f} {plain:>11.1f} {page / plain:>14.1f} {counts[n]:>9}")
    per_row = {k: (times[f"{k} {LONG}"] - times[f"{k} {MIDDLE}"]) / (LONG - MIDDLE) for k in ("page", "bare")}
    print(f"  a further row: page {per_row['page']:.3f} ms, bare loop {per_row['bare']:.3f} ms")
    assert len(set(counts.values())) == 1


def test_the_upload_of_a_thousand_cas_in_one_file(nodes, owner):
    client = Client()
    client.force_login(owner)
    print(f"\n{connection.vendor}: POST of the append form into an empty list; ms, least of all rounds")
    print("  certificates in the file       ms   ms a certificate   queries")
    node = nodes[SHORT]
    fill_list(node, [])
    address = reverse("trusted-ca-append", args=[node.pk])
    for count in (1, MIDDLE, LONG):
        data = strangers_file(count, first=2_000)

        def post(data: bytes = data) -> None:
            answer = client.post(address, {"file": SimpleUploadedFile("all.pem", data)})
            assert answer.status_code == 302

        took = least({"post": undone(post)}, rounds=3)["post"]
        queries = queries_of(undone(post))
        print(f"{count:>26} {took:>8.0f} {took / count:>18.2f} {queries:>9}")
