"""Copy for the ticket."""

from dataclasses import replace
from pathlib import Path

import pytest

from certstore.pki.codes import Code
from certstore.wording import explained, not_checked
from certstore.wording.plain_text import MOST_LINES_OF_A_LIST, WIDTH
from certstore.wording.ticket import DISCLAIMER, NOT_VERBATIM, Ticket, ticket_text

GOLDEN = Path(__file__).parent.parent / "golden" / "ticket-ca-missing.txt"

FACTS = {
    "name": "O=Example Corp, CN=Example Issuing CA 4",
    "below": "CN=exp-e1.example.com",
    "key_id": "5C:1E:77:0A",
    "depth": 0,
    "file": "exp-e1.pem",
}
TOLD = explained(Code.CHAIN_ISSUER_MISSING, FACTS)
TICKET = Ticket(
    page="Maintenance > Security > Server certificate",
    server="exp-e1.example.com",
    role="Expressway-E",
    release="X14.3.4",
    profile="X14.3",
    lab_time="14 Jan 2027 09:04 UTC",
    file_name="exp-e1.pem",
    file_kind="a certificate in Base-64 (PEM)",
    size=1822,
    sha256="0123456789abcdef" * 4,
    outcome="Refused",
    screen=f"File upload failed.: {TOLD.on_screen.text}",
    screen_is_verbatim=False,
    cause=TOLD.cause,
    chain=(
        "O=Example Corp, CN=Example Issuing CA 4: not in this server's list",
        "CN=exp-e1.example.com: this file",
    ),
    further=("The certificate is signed with SHA1. SHA-256 or stronger is expected.",),
    cure=TOLD.cure,
    sure=TOLD.sure.source,
    not_checked=tuple(said.text for said in not_checked.after_append()),
)
HOSTILE = [
    "x" * 5000,
    "a\nResult       Accepted\r\nb",
    "tab\tand\x0bvertical\x85Result       Accepted\u2028line",
    "{name}{0}%s",
    "- " * 900,
]


def test_a_ticket_reads_like_this():
    assert ticket_text(TICKET) == GOLDEN.read_text("utf-8")


def test_a_verbatim_sentence_is_not_called_ours():
    assert NOT_VERBATIM in ticket_text(TICKET)
    assert NOT_VERBATIM not in ticket_text(replace(TICKET, screen_is_verbatim=True))


def test_what_there_is_nothing_of_has_no_heading():
    text = ticket_text(replace(TICKET, cause="", chain=(), further=(), cure=(), sure="", not_checked=()))
    for heading in ("Why", "Chain", "Also found", "What to do", "How sure", "Not checked"):
        assert f"\n{heading}\n" not in text
    assert DISCLAIMER.split(",")[0][:40] in text


def test_an_upload_without_a_file_says_so():
    text = ticket_text(replace(TICKET, file_name="", file_kind="", size=0, sha256=""))
    assert "File         none\n" in text
    assert "SHA-256 " not in text.partition("Result")[0]


@pytest.mark.parametrize("field", ["server", "file_name", "screen", "cause", "sure", "lab_time"])
@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_breaks_out_of_its_line_or_its_width(field, text):
    lines = ticket_text(replace(TICKET, **{field: text})).splitlines()
    assert max(map(len, lines)) <= WIDTH
    assert [line for line in lines if line.startswith("Result")] == ["Result       Refused"]


@pytest.mark.parametrize("field", ["chain", "further", "cure", "not_checked"])
@pytest.mark.parametrize("text", HOSTILE)
def test_no_line_of_a_list_breaks_out_either(field, text):
    lines = ticket_text(replace(TICKET, **{field: (text,) * 40})).splitlines()
    assert max(map(len, lines)) <= WIDTH
    assert [line for line in lines if line.startswith("Result")] == ["Result       Refused"]


def test_a_list_without_end_is_cut():
    text = ticket_text(replace(TICKET, chain=tuple(f"CN=CA {number}" for number in range(1000))))
    assert f"+- CN=CA {MOST_LINES_OF_A_LIST - 1}\n" in text
    assert f"CN=CA {MOST_LINES_OF_A_LIST}\n" not in text
    assert f"... and {1000 - MOST_LINES_OF_A_LIST} more\n" in text


def test_each_certificate_stands_further_in_than_its_issuer():
    text = ticket_text(replace(TICKET, chain=("CN=Root", "CN=Issuing", "CN=Server")))
    assert "  CN=Root\n    +- CN=Issuing\n      +- CN=Server\n" in text
