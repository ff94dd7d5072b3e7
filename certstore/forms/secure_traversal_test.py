"""The two fields of the Secure traversal test."""

from dataclasses import dataclass

from django.http import QueryDict

from certstore.pki.names import is_fqdn, visible

LONGEST = 253  # characters of a domain name (RFC 1035)
SHOWN = 80  # characters of what is no name


@dataclass(frozen=True, slots=True)
class Answer:
    """What the page says to a field: the name of a sentence, and what fills it."""

    key: str
    value: str = ""


@dataclass(frozen=True, slots=True)
class Typed:
    """Both fields as they were typed, and what is wrong with them."""

    server: str
    name: str
    wrong: tuple[Answer, ...]


def typed_of(data: QueryDict) -> Typed:
    """Read what was sent: two host names. An IP address is none, for a certificate is asked for names."""
    server, name = (data.get(field, "").strip() for field in ("server", "name"))
    wrong = (_wrong(server, "missing-fqdn"), _wrong(name, "missing-name"))
    return Typed(server[:LONGEST], name[:LONGEST], tuple(one for one in wrong if one is not None))


def _wrong(value: str, missing: str) -> Answer | None:
    if not value:
        return Answer(f"secure_traversal_test.{missing}")
    if len(value) > LONGEST or not is_fqdn(value.rstrip(".")):
        return Answer("secure_traversal_test.no-such-name", visible(value, SHOWN))
    return None
