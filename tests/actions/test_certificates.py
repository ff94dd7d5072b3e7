"""Certificates and keys are kept once a lab, in a handful of queries, and never in another's."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from certstore.actions.certificates import store_certificates, store_public_key
from certstore.models import Certificate, Lab, PublicKey, User
from certstore.pki.facts import decode_certificate
from certstore.pki.forge import authority
from certstore.pki.keys import PublicHalf
from tests.keyring import rsa_key

START, END = datetime(2026, 1, 1, tzinfo=UTC), datetime(2031, 7, 31, tzinfo=UTC)
HALF = PublicHalf(b"\x30\x00", "ab" * 32, "RSA", 2048)


@pytest.fixture
def bare_lab(owner: User) -> Lab:
    return Lab.objects.create(owner=owner, name="bare")


@pytest.fixture
def strangers_lab(stranger: User) -> Lab:
    return Lab.objects.create(owner=stranger, name="a stranger's")


def ca(name):
    return decode_certificate(authority.root(name, rsa_key("root"), START, END).der)


def many(count):
    one = ca("Example Root CA")
    return [replace(one, sha256=f"{number:064x}") for number in range(count)]


def test_the_rows_stand_in_the_order_of_the_certificates(bare_lab):
    wanted = [ca("Example B"), ca("Example A"), ca("Example C")]
    rows = store_certificates(bare_lab, wanted)
    assert [row.sha256 for row in rows] == [facts.sha256 for facts in wanted]
    assert all(row.pk for row in rows)


def test_a_certificate_that_is_there_is_not_made_again(bare_lab):
    first, second = ca("Example A"), ca("Example B")
    there = store_certificates(bare_lab, [first])
    rows = store_certificates(bare_lab, [second, first])
    assert rows[1] == there[0]
    assert Certificate.objects.count() == 2


def test_the_same_certificate_twice_in_a_file_is_one_row(bare_lab):
    one = ca("Example A")
    rows = store_certificates(bare_lab, [one, one])
    assert rows[0] == rows[1] == Certificate.objects.get()


def test_nothing_asks_nothing(bare_lab, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert store_certificates(bare_lab, []) == []


def test_a_thousand_take_a_handful_of_queries(bare_lab, django_assert_max_num_queries):
    thousand = many(1000)
    with django_assert_max_num_queries(20):  # SQLite takes 999 parameters a query, PostgreSQL does it in five
        rows = store_certificates(bare_lab, thousand)
    assert len({row.pk for row in rows}) == Certificate.objects.count() == 1000


def test_a_thousand_that_are_there_take_two_queries(bare_lab, django_assert_num_queries):
    thousand = many(1000)
    store_certificates(bare_lab, thousand)
    with django_assert_num_queries(2):
        rows = store_certificates(bare_lab, thousand)
    assert [row.sha256 for row in rows] == [facts.sha256 for facts in thousand]


def test_a_strangers_row_of_the_same_certificate_is_not_used(bare_lab, strangers_lab):
    one = ca("Example A")
    theirs = store_certificates(strangers_lab, [one])[0]
    ours = store_certificates(bare_lab, [one])[0]
    assert ours.pk != theirs.pk
    assert ours.lab == bare_lab


def test_a_public_key_is_kept_once_a_lab(bare_lab, strangers_lab):
    first = store_public_key(bare_lab, HALF)
    assert store_public_key(bare_lab, HALF) == first
    assert store_public_key(strangers_lab, HALF) != first
    assert PublicKey.objects.count() == 2
