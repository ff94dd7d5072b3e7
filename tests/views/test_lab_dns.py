"""The lab's own DNS: right until it is changed, and right again."""

import re
from urllib.parse import quote

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from certstore.actions import dns as actions
from certstore.actions import labs
from certstore.models import DnsRecord
from certstore.pki.dns import Question, RecordType
from certstore.reading.dns import lab_dns, rows_of
from certstore.wording.labs import event_sentence

EDGE = Question.of(RecordType.A, "exp-e1.example.com")
SRV = Question.of(RecordType.SRV, "_collab-edge._tls.example.com")


def text_of(answer):
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def page(client, lab, query=""):
    return client.get(reverse("lab-dns", args=[lab.pk]) + query)


def answer(client, lab, **typed):
    data = {"type": "A", "name": "exp-e1.example.com", "values": ""} | typed
    return client.post(reverse("lab-dns-answer", args=[lab.pk]), data, follow=True)


def state(lab):
    records = list(DnsRecord.objects.filter(lab=lab).values_list("type", "name", "values"))
    return records, lab.events.count(), lab.restore_points.count()


def table(lab):
    return {(row.question.type.value, row.question.name): (row.values, row.state) for row in rows_of(lab)}


def told(lab):
    event = lab.events.filter(code__startswith="dns.").first()
    return event_sentence(event.code, event.params)


def test_a_new_lab_has_the_right_records_and_no_row_of_them(lab):
    # Mobile and Remote Access guide: SRV for the Expressway-E, forward and reverse lookup of the servers.
    assert table(lab) == {
        ("A", "cucm1.example.com"): (("192.0.2.31",), "right"),
        ("A", "exp-c1.example.com"): (("192.0.2.11",), "right"),
        ("A", "exp-e1.example.com"): (("198.51.100.21",), "right"),
        ("PTR", "192.0.2.11"): (("exp-c1.example.com",), "right"),
        ("PTR", "192.0.2.31"): (("cucm1.example.com",), "right"),
        ("PTR", "198.51.100.21"): (("exp-e1.example.com",), "right"),
        ("SRV", "_collab-edge._tls.example.com"): (("exp-e1.example.com",), "right"),
    }
    assert not DnsRecord.objects.filter(lab=lab).exists()


def test_several_values_can_be_given_one_a_line(owner_client, lab):
    done = answer(owner_client, lab, values="192.0.2.99\r\n\r\n  2001:DB8::0:1 ")
    assert "The record was saved." in text_of(done)
    assert table(lab)["A", "exp-e1.example.com"] == (("192.0.2.99", "2001:db8::1"), "changed")
    assert "right: 198.51.100.21" in text_of(done)
    assert told(lab) == "The lab's DNS now answers exp-e1.example.com A with: 192.0.2.99, 2001:db8::1."


def test_no_answer_is_an_answer(owner_client, lab):
    answer(owner_client, lab, values="192.0.2.99", none="yes")
    assert table(lab)["A", "exp-e1.example.com"] == ((), "changed")
    assert "no answer" in text_of(page(owner_client, lab))
    assert lab_dns(lab).addresses("exp-e1.example.com") == ()


def test_the_right_values_typed_by_hand_are_no_change(owner_client, lab):
    before = state(lab)
    assert "Nothing was changed." in text_of(answer(owner_client, lab, values="198.51.100.21"))
    assert state(lab) == before
    answer(owner_client, lab, values="192.0.2.99")
    answer(owner_client, lab, values="198.51.100.21")
    assert state(lab)[0] == []
    assert told(lab) == "The lab's DNS answers exp-e1.example.com A as it is right."


def test_right_again_follows_the_servers(owner_client, lab):
    answer(owner_client, lab, values="192.0.2.99")
    data = {"type": "A", "name": "EXP-E1.example.com."}
    done = owner_client.post(reverse("lab-dns-right", args=[lab.pk]), data, follow=True)
    assert "The record is right again." in text_of(done)
    assert state(lab)[0] == []
    again = owner_client.post(reverse("lab-dns-right", args=[lab.pk]), data, follow=True)
    assert "Nothing was changed." in text_of(again)


def test_a_record_is_added_shown_as_added_and_deleted(owner_client, lab):
    answer(owner_client, lab, name="Other.Example.com.", values="192.0.2.99")
    assert table(lab)["A", "other.example.com"] == (("192.0.2.99",), "added")
    body = page(owner_client, lab).content.decode()
    assert "Delete A other.example.com" in body
    owner_client.post(reverse("lab-dns-right", args=[lab.pk]), {"type": "A", "name": "other.example.com"})
    assert ("A", "other.example.com") not in table(lab)


def test_a_ptr_record_is_asked_by_address_however_that_is_written(owner_client, lab):
    answer(owner_client, lab, type="PTR", name="2001:DB8:0::5", values="exp-e9.example.com")
    assert lab_dns(lab).names_of("2001:db8::5") == ("exp-e9.example.com",)
    answer(owner_client, lab, type="SRV", name=SRV.name, values="exp-e9.example.com")
    assert lab_dns(lab).edges_of("example.com") == ("exp-e9.example.com",)


REFUSED = [
    ({"type": "MX"}, "Select a valid choice."),
    ({"type": ""}, "This field is required."),
    ({"name": ""}, "This field is required."),
    ({"name": "x" * 254}, "at most 253 characters"),
    ({"name": "a b"}, "a b is no name that can be kept"),
    ({"name": "a\u202eb"}, r"a\u202Eb is no name that can be kept"),
    ({"name": "..."}, "is no name that can be kept"),
    ({"type": "PTR", "name": "exp-e1.example.com"}, "exp-e1.example.com is no IP address."),
    ({"values": "exp-e1.example.com"}, "exp-e1.example.com is no IP address."),
    ({"values": "192.0.2.256"}, "192.0.2.256 is no IP address."),
    ({"values": "192.0.2.1\n192.0.2.1"}, "A value stands there twice."),
    ({"values": "\n".join(f"192.0.2.{n}" for n in range(11))}, "Type at most 10, one a line."),
    ({"type": "SRV", "values": "two words"}, "two words is no name that can be kept"),
    ({"type": "SRV", "values": "x" * 254}, "is no name that can be kept"),
    ({"type": "SRV", "values": "x" * 5000}, "at most"),
    ({"name": "a\x00b"}, "Null characters are not allowed."),
]


@pytest.mark.parametrize(("typed", "said"), REFUSED, ids=range(len(REFUSED)))
def test_what_cannot_be_kept_is_refused_and_changes_nothing(owner_client, lab, typed, said):
    before = state(lab)
    refused = answer(owner_client, lab, **typed)
    assert refused.status_code == 422
    assert said in text_of(refused)
    assert state(lab) == before


def test_a_question_that_is_none_cannot_be_set_right(owner_client, lab):
    before = state(lab)
    for data in ({}, {"type": "A"}, {"type": "PTR", "name": "<b>x</b>"}):
        refused = owner_client.post(reverse("lab-dns-right", args=[lab.pk]), data)
        assert refused.status_code == 422
        assert b"<b>x" not in refused.content
    assert state(lab) == before


def test_as_many_changed_records_as_a_lab_keeps_and_no_more(owner_client, lab, monkeypatch):
    monkeypatch.setattr(actions, "MOST_RECORDS", 1)
    answer(owner_client, lab, values="192.0.2.99")
    before = state(lab)
    refused = answer(owner_client, lab, name="another.example.com", values="192.0.2.99")
    assert refused.status_code == 422
    assert "This lab keeps 1 changed records" in text_of(refused)
    assert state(lab) == before
    assert answer(owner_client, lab, values="192.0.2.98").status_code == 200  # the one that is there


@pytest.mark.parametrize(
    "query", ["?type=A", "?type=X&name=a", "?name=" + "n" * 999, "?type=A&name=%00", "?type=A&name=gone"]
)
def test_an_address_that_names_no_record_shows_the_form_for_a_new_one(owner_client, lab, query):
    shown = page(owner_client, lab, query)
    assert shown.status_code == 200
    assert "Add a record" in text_of(shown)


def test_mark_up_is_shown_as_text_and_leads_back_to_its_record(owner_client, lab):
    attack = '"><img/src=x>&type=b'
    answer(owner_client, lab, type="SRV", name=attack, values=attack)
    shown = page(owner_client, lab)
    assert b"<img" not in shown.content
    assert f"name={quote(attack.lower(), safe='')}" in shown.content.decode()
    record = page(owner_client, lab, f"?type=SRV&name={quote(attack)}")
    assert "Change this record" in text_of(record)
    assert b"<img" not in record.content


def test_the_records_follow_a_server_that_is_named_anew(owner_client, exp_e, lab):
    owner_client.post(reverse("dns", args=[exp_e.pk]), {"host": "edge", "domain": "example.com"})
    found = table(lab)
    assert found["A", "edge.example.com"] == (("198.51.100.21",), "right")
    assert ("A", "exp-e1.example.com") not in found


def test_the_reset_of_a_lab_makes_its_dns_right(owner_client, lab):
    answer(owner_client, lab, values="192.0.2.99")
    labs.reset_lab(lab.pk)
    assert state(lab)[0] == []


def test_a_lab_without_jabber_has_the_record_of_its_expressway_es_domain(lab):
    lab.nodes.filter(kind="jabber").delete()
    assert ("SRV", SRV.name) in table(lab)


def test_the_queries_do_not_grow_with_the_records(owner_client, lab):
    with CaptureQueriesContext(connection) as few:
        page(owner_client, lab)
    for number in range(20):
        actions.answer(lab.pk, Question.of(RecordType.A, f"h{number}.example.com"), ["192.0.2.1"])
    with CaptureQueriesContext(connection) as many:
        page(owner_client, lab)
    assert len(many) == len(few)
