"""How a log line looks: plain, on one line, and never with a certificate, a key or a token in it."""

import logging
import re
from typing import Any

# From the first label to the matching end; a text that was cut loses everything after the label.
PEM = re.compile(r"-----BEGIN [^-\n]{0,60}-----.*?(?:-----END [^-\n]{0,60}-----|\Z)", re.DOTALL)
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
SIGN_IN_TOKEN = re.compile(r"(?:[0-9a-z]{4}-){6}[0-9a-z]{4}", re.IGNORECASE)
LONGEST = 2000


class PlainFormatter(logging.Formatter):
    """One event, one line; a traceback follows, indented. Refused requests (django.security) have none."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s%(request_id)s")

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - the name is logging's
        """The line without its traceback; text from outside cannot break it."""
        request = getattr(record, "request", None)
        identity = getattr(request, "request_id", "")
        record.request_id = f" [request {identity}]" if identity else ""
        record.message = CONTROL.sub(_visible, safe(record.message))[:LONGEST]
        return super().formatMessage(record)

    def format(self, record: logging.LogRecord) -> str:
        """The whole event."""
        if record.name.startswith("django.security"):
            record.exc_info = None
            record.exc_text = None
        return super().format(record)

    def formatException(self, ei: Any) -> str:  # noqa: N802 - the name is logging's
        """The traceback, indented so that no line of it can pass for an event of its own."""
        text = super().formatException(ei)
        return "\n".join("    " + line for line in safe(text).splitlines())


def safe(text: str) -> str:
    """The text without what must not lie in a log: PEM blocks and one-time tokens."""
    return SIGN_IN_TOKEN.sub("[token]", PEM.sub("[PEM block]", text))


def _visible(match: re.Match[str]) -> str:
    return match.group().encode("unicode_escape").decode("ascii")
