"""Every code that a connection can have leads to the pages where it is cured."""

import pytest
from django.urls import reverse

from certstore.pki.codes import Code
from certstore.views.cures import OF_AN_EXPRESSWAY, OF_THE_LAB
from certstore.wording import cure_pages as words

OF_CONNECTIONS = ("peer.", "zone.", "tunnels.", "unified-cm.", "jabber.", "sign-in.", "cluster.")
NODE_ID = "00000000-0000-0000-0000-000000000001"


def test_the_table_is_complete_and_holds_nothing_else():
    assert set(words.DOORS) == {code for code in Code if code.value.startswith(OF_CONNECTIONS)}
    assert all(words.DOORS.values())


def test_every_page_has_its_words_and_its_address():
    assert set(words.LINKS) == set(words.Page)
    with_an_address = {*OF_AN_EXPRESSWAY, *OF_THE_LAB, words.Page.CLIENT_AUTH}
    assert with_an_address == set(words.Page)


def test_a_page_of_the_lab_is_nobodys_and_a_page_of_a_server_is_somebodys():
    for code, doors in words.DOORS.items():
        for door in doors:
            of_the_lab = door.page in OF_THE_LAB or door.page is words.Page.CLIENT_AUTH
            assert (door.whose is words.Whose.LAB) == of_the_lab, code


@pytest.mark.parametrize("name", [*OF_AN_EXPRESSWAY.values(), *OF_THE_LAB.values()])
def test_every_page_is_there(name):
    assert reverse(name, args=[NODE_ID])


# Typed by hand: what the source document's cures say, by trouble.
@pytest.mark.parametrize(
    ("code", "doors"),
    [
        # "Upload the root and intermediate CA certificates … on the Expressway-C and vice versa"
        (Code.PEER_CHAIN_NOT_TRUSTED, [("list", "by"), ("list", "about")]),
        # "Ensure that the entire CA certificate chain is in the trust store on all Expressways"
        (Code.TUNNELS_CA_MISSING, [("list", "by")]),
        # "TLS verify subject name … CN/SAN"
        (Code.ZONE_SUBJECT_NAME_NOT_IN_CERTIFICATE, [("zone", "by"), ("certificate", "about")]),
        # "collab-edge.example.com or example.com must be in the SAN"
        (Code.JABBER_NO_DOMAIN, [("certificate", "about")]),
    ],
    ids=lambda value: value.value if isinstance(value, Code) else "",
)
def test_the_cures_of_the_source_document_lead_to_their_pages(code, doors):
    assert [(door.page.value, door.whose.value) for door in words.DOORS[code]] == doors
