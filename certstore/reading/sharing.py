"""What a link shows: an attempt or a lab as values, with example names where the link was made so."""

from copy import copy, deepcopy
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from certstore.models import Attempt, Lab, Node, ShareLink
from certstore.pki.moments import date_text, iso, moment_text
from certstore.pki.redaction import Redactor
from certstore.reading.attempts import Explanation, explanation_of, history_of
from certstore.reading.labs import server_summaries
from certstore.reading.servers import trust_store_of
from certstore.reading.shared_picture import SharedPicture, shared_picture
from certstore.reading.ticket import ticket_of
from certstore.reading.trusted_ca import Row, rows_of
from certstore.wording.ticket import Ticket

ROWS_SHOWN = 200
ATTEMPTS_SHOWN = 20
SHARED_NAME = "Shared lab"
# The facts of a finding that name nobody; every other text among them is a name.
_NAMELESS = frozenset(
    {"eku", "digest", "algorithm", "release", "origin", "kind", "holds", "end", "start", "oid"}
)


@dataclass(frozen=True, slots=True)
class SharedAttempt:
    """One result as whoever has the link sees it."""

    explanation: Explanation
    ticket: Ticket


@dataclass(frozen=True, slots=True)
class SharedServer:
    """One server as whoever has the link sees it."""

    fqdn: str
    role: str
    address: str
    subject: str
    issuer: str
    ends: str
    has_ended: bool
    restart_pending: bool
    rows: list[Row]
    more_rows: int


@dataclass(frozen=True, slots=True)
class SharedTry:
    """One attempt in the list of a shared lab."""

    at: str
    page: str
    host: str
    file_name: str
    outcome: str
    tone: str


@dataclass(frozen=True, slots=True)
class SharedLab:
    """A lab as whoever has the link sees it."""

    name: str
    release: str
    now: str
    picture: SharedPicture
    servers: list[SharedServer]
    tries: list[SharedTry]


def redactor_of(lab: Lab) -> Redactor:
    """The example names of a lab: the same on every page of it, since all names are met in the lab's own order.

    Two queries, however much the lab holds.
    """
    nodes = list(lab.expressways.order_by("kind", "host", "pk"))
    redactor = Redactor(dict.fromkeys(node.domain for node in nodes))
    for node in nodes:
        redactor.host(node.fqdn)
        redactor.host(str(node.address))
    rows = lab.certificates.order_by("pk").values_list("facts__subject", "facts__issuer", "facts__san_dns")
    for subject, issuer, names in rows.iterator():
        redactor.distinguished_name(subject)
        redactor.distinguished_name(issuer)
        for name in names:
            redactor.any_name(name)
    return redactor


def shared_attempt(link: ShareLink) -> SharedAttempt:
    """The result that a link shows. No address in it leads into the lab."""
    attempt = link.attempt
    if attempt is None:
        raise ValueError("this link shows no attempt")
    shown = _redacted(attempt, redactor_of(link.lab)) if link.redacted else attempt
    explanation = explanation_of(shown)
    ticket = ticket_of(shown, explanation)
    return SharedAttempt(replace(explanation, attempt=None, downloads=0, show_me=""), ticket)


def _redacted(attempt: Attempt, redactor: Redactor) -> Attempt:
    """The row with example names: not to be saved."""
    shown = copy(attempt)
    shown.file_name = redactor.file(attempt.file_name)
    shown.sha256 = ""
    shown.node = _redacted_node(attempt.node, redactor)
    shown.findings = _redacted_document(attempt.findings, redactor)
    return shown


def _redacted_node(node: Node, redactor: Redactor) -> Node:
    shown = copy(node)
    shown.host, _, shown.domain = redactor.host(node.fqdn).partition(".")
    shown.address = redactor.host(str(node.address))
    return shown


def _redacted_document(document: dict[str, Any], redactor: Redactor) -> dict[str, Any]:
    """What an attempt keeps (reading.documents), every name in it by its example."""
    shown = deepcopy(document)
    for found in shown["findings"]:
        found["facts"] = {
            key: redactor.any_name(value) if isinstance(value, str) and key not in _NAMELESS else value
            for key, value in found["facts"].items()
        }
    for link in shown.get("chain", []):
        link["name"] = redactor.any_name(link["name"])
        link["key_id"] = redactor.key_id(link["key_id"])
        link["sources"] = []
    for named in _named_rows(shown.get("other")):
        named["name"] = redactor.any_name(named["name"])
        named["key_id"] = redactor.key_id(named["key_id"])
    for holder, key in (
        (shown.get("other"), "name"),
        (shown.get("earliest_end"), "name"),
        (shown, "subject"),
    ):
        if holder and holder.get(key):
            holder[key] = redactor.any_name(holder[key])
    return shown


def _named_rows(other: dict[str, Any] | None) -> list[dict[str, Any]]:
    """Every row of a list that a result that depends names."""
    if other is None:
        return []
    moved = [row for when in ("accepted_when", "refused_when") for row in other[when]["moved_up"]]
    return [*moved, *other["keep"], *other["delete"]]


def shared_lab(link: ShareLink, at: datetime) -> SharedLab:
    """The lab that a link shows, at a moment of the lab."""
    lab = link.lab
    redactor = redactor_of(lab) if link.redacted else None
    _, attempts = history_of(lab, "1")
    return SharedLab(
        name=SHARED_NAME if redactor else lab.name,
        release=lab.release,
        now=moment_text(iso(at)),
        picture=shared_picture(lab, at, redactor),
        servers=list(_servers(lab, at, redactor)),
        tries=[
            SharedTry(
                at=row.at,
                page=row.page,
                host=_host(row.attempt.node, redactor),
                file_name=redactor.file(row.attempt.file_name) if redactor else row.attempt.file_name,
                outcome=row.outcome,
                tone=row.tone,
            )
            for row in attempts[:ATTEMPTS_SHOWN]
        ],
    )


def _host(node: Node, redactor: Redactor | None) -> str:
    return _redacted_node(node, redactor).host if redactor else node.host


def _servers(lab: Lab, at: datetime, redactor: Redactor | None) -> list[SharedServer]:
    """The servers with what they present and trust; of a long list its first rows."""
    servers = []
    for summary in server_summaries(lab, at):
        node = _redacted_node(summary.node, redactor) if redactor else summary.node
        rows = rows_of(trust_store_of(summary.node), at)
        shown = [_row(row, redactor) for row in rows[:ROWS_SHOWN]]
        running = summary.slot.running
        servers.append(
            SharedServer(
                fqdn=node.fqdn,
                role=summary.node.get_kind_display(),
                address=str(node.address),
                subject=redactor.distinguished_name(running.subject) if redactor else running.subject,
                issuer=redactor.distinguished_name(running.issuer) if redactor else running.issuer,
                ends=date_text(running.not_after),
                has_ended=summary.has_ended,
                restart_pending=summary.slot.restart_pending,
                rows=shown,
                more_rows=len(rows) - len(shown),
            )
        )
    return servers


def _row(row: Row, redactor: Redactor | None) -> Row:
    """A row of a list, with example names."""
    if redactor is None:
        return row
    return replace(
        row,
        issuer=redactor.distinguished_name(row.issuer),
        subject=redactor.distinguished_name(row.subject),
    )
