"""A trusted CA list out of its rows: the right ones, and no more of them than a question needs."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache, partial

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.db.models.signals import post_init
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from certstore.actions import server_certificate, trusted_ca
from certstore.models import Certificate, Node, TrustEntry
from certstore.pki.facts import CertificateFacts, decode_certificate, decode_crl
from certstore.pki.forge import crl
from certstore.pki.forge.authority import root
from certstore.pki.releases import SameSubject
from certstore.reading.servers import trust_store_of
from certstore.reading.trust import RowNumbers, RowTrustList, all_crls_of, all_of, entry_of, state_of
from tests.keyring import ec_key
from tests.labs import content_of, tried
from tests.long_lists import END, START, fill_list, stranger, stranger_facts, strangers, strangers_file

SHORT, LONG = 3, 150


@contextmanager
def loaded_certificates() -> Iterator[list[Certificate]]:
    """Every certificate that is made out of a row, as it grows."""
    seen: list[Certificate] = []

    def see(instance: Certificate, **_: object) -> None:
        seen.append(instance)

    post_init.connect(see, sender=Certificate)
    try:
        yield seen
    finally:
        post_init.disconnect(see, sender=Certificate)


def cost_of(work: Callable[[], object]) -> tuple[int, int]:
    """How many queries some work makes, and how many certificates it loads. What it wrote is undone."""
    with transaction.atomic():
        with CaptureQueriesContext(connection) as queries, loaded_certificates() as seen:
            work()
        transaction.set_rollback(True)
    return len(queries), len(seen)


@cache
def twin_of(number: int) -> CertificateFacts:
    """Another certificate with the subject of a stranger."""
    return decode_certificate(root(stranger(number).name, ec_key("twin"), START, END).der)


@pytest.fixture
def chain(lab) -> tuple[CertificateFacts, CertificateFacts]:
    """The issuing CA and the root of the certificate that the lab has ready for its Expressway-E."""
    names = ("exp-e1-issuing-ca.cer", "exp-e1-root-ca.cer")
    issuing, top = (decode_certificate(content_of(lab, name)) for name in names)
    return issuing, top


@pytest.fixture
def filled_with(exp_e, chain) -> Callable[[int], Node]:
    """Makes the list of the Expressway-E that long: the chain's two CAs in the middle of strangers."""

    def fill(length: int) -> Node:
        others = strangers(length - len(chain))
        fill_list(exp_e, [*others[: length // 2], *chain, *others[length // 2 :]])
        return exp_e

    return fill


def test_a_name_gives_its_certificates_in_the_order_of_the_list_with_their_places(exp_e):
    store = fill_list(exp_e, [stranger_facts(0), twin_of(1), stranger_facts(2), stranger_facts(1)])
    found = RowTrustList(store).with_subject(stranger_facts(1).subject_hash)
    assert [trusted.position for trusted in found] == [2, 4]
    assert [trusted.facts for trusted in found] == [twin_of(1), stranger_facts(1)]
    assert RowTrustList(store).with_subject(stranger_facts(3).subject_hash) == []


def test_a_name_is_asked_for_once(exp_e):
    trust = RowTrustList(fill_list(exp_e, strangers(3)))
    name = stranger_facts(1).subject_hash
    assert cost_of(lambda: trust.with_subject(name)) == (1, 1)
    assert cost_of(lambda: trust.with_subject(name)) == (0, 0)


def test_another_list_with_the_same_certificate_is_not_looked_into(exp_e, exp_c):
    fill_list(exp_c, strangers(2))
    trust = RowTrustList(fill_list(exp_e, strangers(1)))
    assert trust.with_subject(stranger_facts(1).subject_hash) == []


def test_a_crl_stands_in_the_list_but_is_no_certificate(exp_e, owner):
    made = crl.revocation_list(stranger(0), [stranger(1)], START, END)
    fill_list(exp_e, strangers(1))
    trusted_ca.append(exp_e, tried(crl.as_pem(made)), owner)
    store, facts = trust_store_of(exp_e), decode_crl(crl.as_der(made))
    name = stranger_facts(0).subject_hash
    assert RowTrustList(store).crls_of(name) == [facts] == all_crls_of(store)
    assert (
        [trusted.facts for trusted in RowTrustList(store).with_subject(name)] == strangers(1) == all_of(store)
    )
    assert state_of(store).certificates == 1
    assert state_of(store).sha256s == {facts.sha256, stranger_facts(0).sha256}
    crl_entry = store.entries.get(crl__isnull=False)
    assert entry_of(store, crl_entry.pk) == facts


def test_a_row_of_another_list_is_not_there(exp_e, exp_c):
    fill_list(exp_e, strangers(1))
    store, entry = trust_store_of(exp_c), TrustEntry.objects.get(store__node=exp_e)
    assert entry_of(trust_store_of(exp_e), entry.pk) == stranger_facts(0)
    assert entry_of(store, entry.pk) is None


def test_rows_close_up_when_one_is_deleted_and_places_do_not(exp_e):
    store = fill_list(exp_e, strangers(4))
    store.entries.get(position=2).delete()
    row_of = RowNumbers(store)
    assert [row_of(position) for position in (1, 3, 4)] == [1, 2, 3]
    assert cost_of(lambda: (RowNumbers(store), row_of(4))) == (0, 0)


def test_appending_knows_the_first_place_of_each_subject_and_every_common_name(exp_e):
    state = state_of(fill_list(exp_e, [stranger_facts(0), stranger_facts(1), twin_of(1)]))
    assert state.certificates == 3
    assert state.subjects[stranger_facts(1).subject_hash] == (2, "CN=Stranger 1")
    assert state.common_names == {
        "stranger 0": stranger_facts(0).sha256,
        "stranger 1": stranger_facts(1).sha256,  # the first one's
    }


# What every change loads to see what it brought about: the chains of the lab's connections, before and after.
OF_A_STATE = 50


def costs_on(fill: Callable[[int], Node], work: Callable[[Node], object]) -> list[tuple[int, int]]:
    """What some work costs on a server with a short list, and with a long one."""
    found = []
    for length in (SHORT, LONG):
        node = fill(length)
        found.append(cost_of(partial(work, node)))
    return found


@pytest.mark.parametrize("rule", SameSubject)
def test_a_verdict_reads_the_two_cas_of_the_chain_whatever_the_length_of_the_list(
    lab, owner, filled_with, rule
):
    lab.same_subject = rule
    lab.save(update_fields=["same_subject"])
    file, accepted = tried(content_of(lab, "exp-e1.pem")), []

    def upload(node: Node) -> None:
        accepted.append(server_certificate.upload(node, file, None, owner).stored)

    short, long = costs_on(filled_with, upload)
    assert accepted == [True, True]
    assert long == short
    assert (
        long[1] < OF_A_STATE
    )  # the two CAs, the certificate that the server holds, the new one, and a state


def test_a_ca_is_found_missing_at_the_same_cost(lab, owner, exp_e):
    file = tried(content_of(lab, "exp-e1.pem"))

    def fill(length: int) -> Node:
        fill_list(exp_e, strangers(length))
        return exp_e

    short, long = costs_on(fill, lambda node: server_certificate.upload(node, file, None, owner))
    assert long == short


def test_appending_one_costs_the_same_and_loads_none_of_the_strangers(owner, filled_with):
    file = tried(stranger(1000).pem)
    short, long = costs_on(filled_with, lambda node: trusted_ca.append(node, file, owner))
    assert long == short
    assert long[1] < OF_A_STATE


def test_appending_many_writes_them_together(owner, filled_with):
    node = filled_with(SHORT)
    one, many = (
        cost_of(partial(trusted_ca.append, node, tried(strangers_file(count, first=1000)), owner))
        for count in (1, LONG)
    )
    assert many[0] < one[0] + 10


def test_deleting_costs_the_same_and_loads_none_of_the_strangers(filled_with):
    def delete_the_last(node: Node) -> None:
        trusted_ca.delete(node, [TrustEntry.objects.filter(store__node=node).latest("position").pk])

    short, long = costs_on(filled_with, delete_the_last)
    assert long == short
    assert long[1] < OF_A_STATE


QUERIES_OF_THE_PAGE = [
    {},
    {"sort": "issuer"},
    {"sort": "subject", "order": "desc"},
    {"sort": "expiry"},
    {"sort": "validity"},
    {"q": "stranger"},
    {"q": "nobody", "sort": "type"},
    {"select": "all"},
]


@pytest.mark.parametrize("query", QUERIES_OF_THE_PAGE, ids=str)
def test_the_page_costs_the_same_however_it_is_sorted_and_filtered(owner_client, filled_with, query):
    short, long = costs_on(
        filled_with, lambda node: owner_client.get(reverse("trusted-ca", args=[node.pk]), query)
    )
    assert long == short


@pytest.mark.parametrize("name", ["trusted-ca-pem", "trusted-ca-decoded"])
def test_the_whole_list_is_shown_with_the_same_number_of_queries(owner_client, filled_with, name):
    short, long = costs_on(filled_with, lambda node: owner_client.get(reverse(name, args=[node.pk])))
    assert long[0] == short[0]


def test_a_refused_file_costs_the_same_with_the_list_shown_again(owner_client, filled_with):
    def append(node: Node) -> None:
        file = SimpleUploadedFile("ca.cer", stranger(0).der)
        answer = owner_client.post(reverse("trusted-ca-append", args=[node.pk]), {"file": file})
        assert answer.status_code == 422

    short, long = costs_on(filled_with, append)
    assert long == short
