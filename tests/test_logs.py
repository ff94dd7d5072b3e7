"""Log lines: one event, one line; nothing secret."""

import logging
import sys

from expressway_sim.logs import PlainFormatter, safe

PEM = "-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkq\n-----END PRIVATE KEY-----"


def line(message: str, *arguments: object, name: str = "certstore", **more: object) -> str:
    record = logging.LogRecord(name, logging.WARNING, "here.py", 1, message, arguments, None)
    record.__dict__.update(more)
    return PlainFormatter().format(record)


def test_a_subject_with_a_newline_stays_one_line():
    text = line("refused: %s", "CN=a\n2026-01-01 00:00:00,000 ERROR certstore: forged\x1b[31m\u202e")
    assert len(text.splitlines()) == 1
    assert "\\n2026" in text
    assert "\x1b" not in text
    assert "\u202e" not in text


def test_a_pem_block_is_left_out_of_message_and_traceback():
    try:
        raise ValueError(f"cannot read {PEM}")
    except ValueError:
        text = line("cannot read %s", PEM, exc_info=sys.exc_info())
    assert "MIIEvQ" not in text
    assert text.count("[PEM block]") == 2


def test_a_pem_block_that_was_cut_is_left_out_too():
    assert "MIIE" not in safe("x -----BEGIN RSA PRIVATE KEY-----\nMIIE")


def test_a_one_time_token_is_left_out():
    assert line("Not Found: %s", "/enter/0a1b-2c3d-4e5f-6g7h-8j9k-0m1n-2p3q/").endswith("/enter/[token]/")


def test_no_line_of_a_traceback_can_pass_for_an_event():
    try:
        raise ValueError("first\n2026-01-01 00:00:00,000 ERROR certstore: forged")
    except ValueError:
        text = line("broken", exc_info=sys.exc_info())
    assert all(part.startswith("    ") for part in text.splitlines()[1:])


def test_a_refused_host_is_one_line_without_a_traceback():
    try:
        raise ValueError("bad host")
    except ValueError:
        text = line(
            "Invalid HTTP_HOST header", name="django.security.DisallowedHost", exc_info=sys.exc_info()
        )
    assert len(text.splitlines()) == 1


def test_the_request_is_named_so_that_an_error_page_finds_its_line():
    class Request:
        request_id = "c0ffee"

    assert line("broken", request=Request()).endswith("[request c0ffee]")
