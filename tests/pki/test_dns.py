"""The lab's own DNS: right unless somebody changed it."""

import pytest

from certstore.pki.dns import Dns, Host, Question, RecordType, right_records

C = Host("exp-c1.example.com", "192.0.2.11")
E = Host("exp-e1.example.com", "198.51.100.21")
SRV = "_collab-edge._tls.example.com"


def dns(**changed) -> Dns:
    """The DNS of two servers; in: a type, and name and answer that somebody changed."""
    records = {
        Question.of(RecordType(kind), name): tuple(answer) for kind, (name, *answer) in changed.items()
    }
    return Dns(right_records([C, E], [E], ["example.com"]), records)


def test_every_server_has_an_address_and_its_address_leads_back():
    for host in (C, E):
        assert dns().addresses(host.fqdn) == (host.address,)
        assert dns().names_of(host.address) == (host.fqdn,)


def test_the_domain_leads_to_expressway_e_alone():
    assert dns().edges_of("example.com") == ("exp-e1.example.com",)
    assert dns().edges_of("another.example") == ()


@pytest.mark.parametrize("name", ["EXP-E1.Example.COM", "exp-e1.example.com.", " exp-e1.example.com "])
def test_case_blanks_and_a_final_dot_do_not_count(name):
    assert dns().addresses(name) == (E.address,)


def test_a_changed_answer_stands_in_the_place_of_the_right_one():
    changed = dns(A=("Exp-E1.example.com.", "192.0.2.99", "192.0.2.98"))
    assert changed.addresses("exp-e1.example.com") == ("192.0.2.99", "192.0.2.98")
    assert changed.names_of(E.address) == ("exp-e1.example.com",), "nothing else moves"


def test_an_empty_answer_is_none():
    assert dns(SRV=(SRV,)).edges_of("example.com") == ()


def test_two_servers_of_one_address_have_both_names_behind_it():
    twins = Dns(right_records([C, Host("other.example.com", C.address)], [], []), {})
    assert twins.names_of(C.address) == ("exp-c1.example.com", "other.example.com")


def test_a_person_without_a_domain_asks_for_nothing():
    assert not any(question.type is RecordType.SRV for question in right_records([E], [E], [""]))


def test_the_table_is_in_order_and_holds_what_was_changed():
    table = dns(PTR=("203.0.113.9", "lost.example.com")).table()
    assert list(table) == sorted(table)
    assert [f"{question.type} {question.name}" for question in table] == [
        "A exp-c1.example.com",
        "A exp-e1.example.com",
        "PTR 192.0.2.11",
        "PTR 198.51.100.21",
        "PTR 203.0.113.9",
        f"SRV {SRV}",
    ]
    assert table[Question(RecordType.PTR, "203.0.113.9")] == ("lost.example.com",)
