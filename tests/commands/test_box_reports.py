"""`manage.py box_reports`: what people reported, as text and as JSON."""

import io
import json

import pytest
from django.core.management import call_command

from certstore.actions.reports import send_report, set_done
from certstore.models import BoxReport, User

pytestmark = pytest.mark.django_db


def printed(*words: str) -> str:
    out = io.StringIO()
    call_command("box_reports", *words, stdout=out)
    return out.getvalue()


@pytest.fixture
def reports(owner: User) -> list[BoxReport]:
    """One that is done, and one that waits."""
    done = send_report(owner, "file.zip", "A zip.", "Wrong file", "X15.0", "")
    set_done(done, done=True)
    return [
        done,
        send_report(owner, "trusted_ca.empty", "The list is empty.", "No\nCAs", "X14.3.4", "expressway-c"),
    ]


def test_what_waits_is_printed_with_both_texts(reports):
    text = printed()
    assert "trusted_ca.empty  (open)" in text
    assert "  here     The list is empty.\n  real     No\n           CAs\n" in text
    assert "  server   X14.3.4, Expressway-C\n" in text
    assert "from     owner, " in text
    assert "file.zip" not in text


def test_all_prints_what_is_done_as_well(reports):
    text = printed("--all")
    assert text.index("trusted_ca.empty  (open)") < text.index("file.zip  (done)")
    assert "role not known" in text


def test_json_has_a_line_a_report(reports):
    found = [json.loads(line) for line in printed("--json", "--all").splitlines()]
    assert [one["is_done"] for one in found] == [False, True]
    assert found[0] | {"at": "", "number": 0} == {
        "number": 0,
        "about": "trusted_ca.empty",
        "said": "The list is empty.",
        "words": "No\nCAs",
        "release": "X14.3.4",
        "role": "Expressway-C",
        "who": "owner",
        "at": "",
        "is_done": False,
    }


def test_nothing_in_a_report_moves_the_cursor(owner):
    send_report(owner, "file.zip", "a\x1b[2Jb", "c\rd\x1b[31m", "X15\x07", "")
    text = printed()
    assert all(line.isprintable() for line in text.splitlines())
    assert "a\\u001B[2Jb" in text


def test_where_nothing_waits_it_says_so_and_json_has_no_line():
    assert printed() == "No open reports.\n"
    assert printed("--all") == "No reports.\n"
    assert printed("--json") == ""
