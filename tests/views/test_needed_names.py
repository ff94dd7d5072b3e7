"""The page Which names the certificates need."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from certstore.forms.needed_names import LONGEST_ANSWER, MOST_NAMES
from certstore.models import Event, Lab, Node, RestorePoint, Zone, ZonePeer
from tests.labs import lab_state
from tests.poison import PAYLOADS


def address(lab) -> str:
    return reverse("lab-names", args=[lab.pk])


def read(answer) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def body(answer) -> str:
    return " ".join(answer.content.decode().split())


def test_the_page_lists_every_certificate_and_the_line_to_copy(owner_client, working):
    answer = owner_client.get(address(working))
    assert answer.status_code == 200
    text = read(answer)
    for name in ("exp-c1.example.com", "exp-e1.example.com", "cucm1.example.com", "tomcat-ECDSA"):
        assert name in text
    assert "Fails without it: Traversal zone, exp-c1 to exp-e1" in text
    assert "Warns without it: Client connection, Jabber to exp-e1" in text
    typed = re.findall(r'<code class="typed" id="(line-[^"]+)">([^<]*)</code>', body(answer))
    assert [line for _, line in typed] == ["example.com"]
    assert f'data-copy="#{typed[0][0]}"' in body(answer)


def test_each_name_leads_to_its_connection_and_its_evidence(owner_client, working):
    text = body(owner_client.get(address(working)))
    c, e = (working.nodes.get(kind=f"expressway-{role}").pk for role in "ce")
    there = reverse("connection", args=[working.pk, "zone", c, e])
    assert f'href="{there}"' in text
    assert owner_client.get(there).status_code == 200
    assert f'href="{reverse("evidence")}#zone.peer-address-not-in-certificate"' in text
    assert f'href="{reverse("csr", args=[e])}"' in text


def test_the_fragment_has_its_own_title(owner_client, working):
    answer = owner_client.get(address(working), headers={"HX-Request": "true"})
    assert "<title>Names of Works" in body(answer)
    assert "<html" not in body(answer)


def test_answers_stand_in_the_address_and_nothing_is_stored(owner_client, working):
    before = [*lab_state(working), Event.objects.count(), RestorePoint.objects.count()]
    answer = owner_client.get(
        address(working), {"domains": "example.org", "meetings": "DNS:join.example.com"}
    )
    assert answer.status_code == 200
    assert "example.com, example.org, join.example.com" in body(answer)
    assert ">\nexample.org</textarea>" in answer.content.decode()
    assert [*lab_state(working), Event.objects.count(), RestorePoint.objects.count()] == before
    again = owner_client.get(address(working))
    assert "example.org" not in body(again)


REFUSED = [
    ("domains", "*.example.com", "*.example.com is no fully qualified domain name"),
    ("domains", "example", "example is no fully qualified domain name"),
    ("federation", "192.0.2.1", "192.0.2.1 is no fully qualified domain name"),
    ("phone_profiles", "phone profile", "phone profile is no fully qualified domain name"),
    ("chat_aliases", "a.example.com\x00", "characters that are no text"),
    ("chat_aliases", "a.example.com\u202e", "a.example.com\\u202E is no fully qualified"),
    ("meetings", "https://join.example.com/x", "https://join.example.com/x is no fully qualified"),
    ("domains", "x" * (LONGEST_ANSWER + 1), f"longer than {LONGEST_ANSWER} characters"),
    (
        "domains",
        ",".join(f"d{number}.example.com" for number in range(MOST_NAMES + 1)),
        f"{MOST_NAMES + 1} names are too many: {MOST_NAMES} at most",
    ),
]
REFUSED_IDS = ["wildcard", "short", "address", "blank", "nul", "hidden", "url", "long", "many"]


@pytest.mark.parametrize(("field", "typed", "says"), REFUSED, ids=REFUSED_IDS)
def test_an_answer_that_is_no_name_is_refused_beside_its_field(owner_client, working, field, typed, says):
    answer = owner_client.get(
        address(working), {field: typed, "meetings": "join.example.com"} | {field: typed}
    )
    assert answer.status_code == 422
    assert says in read(answer)
    assert 'role="alert"' in body(answer)
    # The rest of the page stands, with the answers that were understood.
    line = "example.com" if field == "meetings" else "example.com, join.example.com"
    assert f">{line}</code>" in body(answer)


def test_as_many_names_as_are_allowed_are_taken(owner_client, working):
    many = ",".join(f"d{number}.example.net" for number in range(MOST_NAMES))
    answer = owner_client.get(address(working), {"domains": many})
    assert answer.status_code == 200
    assert f"d{MOST_NAMES - 1}.example.net" in body(answer)


@pytest.mark.parametrize("number", range(len(PAYLOADS)))
def test_an_answer_that_is_mark_up_is_shown_as_text(owner_client, working, number):
    payload = PAYLOADS[number]
    answer = owner_client.get(address(working), {"domains": payload, "nonsense": payload})
    assert answer.status_code == 422
    assert payload not in answer.content.decode() or not re.search(r"[<\"']", payload)


def test_names_that_were_typed_into_a_zone_are_shown_as_text(owner_client, working):
    hostile = '"><script>window.ran=1</script>'
    ZonePeer.objects.filter(zone__node__lab=working).update(address="192.0.2.20")
    Zone.objects.filter(node__lab=working).update(verify_subject_name=hostile)
    answer = owner_client.get(address(working))
    assert answer.status_code == 200
    assert "<script>window.ran" not in answer.content.decode()
    assert "window.ran=1" in answer.content.decode()
    assert "No FQDN: the Generate CSR page refuses it" in read(answer)


def test_an_address_as_peer_is_left_out_of_the_line(owner_client, working, exp_e_of_working):
    ZonePeer.objects.filter(zone__node__lab=working).update(address=exp_e_of_working.address)
    text = read(owner_client.get(address(working)))
    assert f"{exp_e_of_working.address} is not in it: the page refuses it." in text
    assert "An IP address. The Generate CSR page takes names only" in text


def test_what_no_certificate_cures_leads_to_its_page(owner_client, working):
    control = working.nodes.get(kind=Node.Kind.EXPRESSWAY_C)
    ZonePeer.objects.filter(zone__node=control).update(address="exp-e9.example.com")
    answer = owner_client.get(address(working))
    assert "No certificate cures these" in read(answer)
    assert reverse("zones", args=[control.pk]) in body(answer)


def test_without_a_client_the_domain_is_asked_for(owner_client, working):
    assert "has no Jabber" not in read(owner_client.get(address(working)))
    working.nodes.filter(kind=Node.Kind.JABBER).delete()
    text = read(owner_client.get(address(working)))
    assert "This lab has no Jabber" in text
    assert "Warns without it" not in text


def test_where_the_column_is_off_nothing_is_said_to_be_missing(owner_client, lab):
    assert "lacks it" in read(owner_client.get(address(lab)))
    Lab.objects.filter(pk=lab.pk).update(explanations=Lab.Explanations.OFF)
    text = read(owner_client.get(address(lab)))
    assert "exp-e1.example.com Expressway-E" in text
    for word in ("lacks", "none pending", "has them all", "No certificate cures", "for nobody here"):
        assert word not in text
    assert "does not tell causes in this lab" in text


def test_names_that_nobody_needs_are_told(owner_client, working):
    working.nodes.filter(kind=Node.Kind.JABBER).delete()
    text = read(owner_client.get(address(working)))
    assert "In the loaded certificate, for nobody here example.com" in text


def test_an_empty_lab_has_a_page_too(owner_client, working):
    working.nodes.all().delete()
    answer = owner_client.get(address(working))
    assert answer.status_code == 200
    assert "The lab has no server" in read(answer)


def test_it_can_only_be_read(owner_client, working):
    assert owner_client.post(address(working)).status_code == 405
    assert owner_client.head(address(working)).status_code == 200


def test_a_stranger_finds_nothing(stranger_client, working):
    assert stranger_client.get(address(working)).status_code == 404
    assert Client().get(address(working)).status_code == 302


@pytest.mark.parametrize("page", ["lab", "training-ca"])
def test_the_labs_pages_lead_here(owner_client, working, page):
    assert f'href="{address(working)}"' in body(owner_client.get(reverse(page, args=[working.pk])))


def test_the_request_page_leads_to_its_server_here(owner_client, working, exp_e_of_working):
    text = body(owner_client.get(reverse("csr", args=[exp_e_of_working.pk])))
    assert f'href="{address(working)}#names-{exp_e_of_working.pk}"' in text
    assert f'id="names-{exp_e_of_working.pk}"' in body(owner_client.get(address(working)))


def test_the_line_typed_on_the_request_page_makes_that_request(owner_client, cluster_lab):
    edge = cluster_lab.nodes.get(host="exp-e1")
    query = {"domains": "example.org"}
    page = owner_client.get(address(cluster_lab), query).content.decode()
    line = re.search(rf'id="line-server-{edge.pk}">([^<]*)<', page)[1]
    typed = {"common_name": "cluster", "alternative": "none", "additional": line, "algorithm": "rsa"}
    typed |= {"length": "2048", "digest": "sha256", "country": "GB", "state": "London", "organization": "E"}
    typed |= {"chat_format": "dns", "domain_format": "dns", "federation_format": "dns"}
    assert owner_client.post(reverse("csr-generate", args=[edge.pk]), typed).status_code == 302
    after = body(owner_client.get(address(cluster_lab), query))
    sheet = after.partition(f'id="server-{edge.pk}"')[2].partition("</table>")[0]
    assert sheet.count("has it</span>") == 3 * 3 + 1  # three names everywhere; the new domain in the request
    assert sheet.count("lacks it</span>") == 2
