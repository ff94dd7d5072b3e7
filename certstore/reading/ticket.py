"""An attempt as the values of its ticket."""

from certstore.models import Attempt
from certstore.pki.moments import page_moment
from certstore.reading.attempts import Explanation, Reason
from certstore.wording.ticket import Ticket


def ticket_of(attempt: Attempt, explanation: Explanation) -> Ticket:
    """The ticket of an attempt: what its explanation tells, in plain strings."""
    headline = explanation.headline
    screen = explanation.on_screen.text
    if explanation.prefix is not None:
        screen = f"{explanation.prefix.text}: {screen}"
    return Ticket(
        page=explanation.page,
        server=attempt.node.fqdn,
        role=attempt.node.get_kind_display(),
        release=attempt.lab.release,
        profile=attempt.release,
        lab_time=page_moment(attempt.at_lab),
        file_name=attempt.file_name,
        file_kind=explanation.what_it_is,
        size=attempt.size,
        sha256=attempt.sha256,
        outcome=explanation.outcome,
        screen=screen,
        screen_is_verbatim=explanation.on_screen.is_verbatim,
        cause=headline.cause if headline else "",
        chain=tuple(chain_lines(explanation)),
        further=(*depends_lines(explanation), *(reason.cause for reason in explanation.further)),
        cure=headline.cure if headline else (),
        sure=_sure(headline),
        not_checked=explanation.not_checked,
    )


def chain_lines(explanation: Explanation) -> list[str]:
    """The chain from the top down, a line each."""
    lines = []
    for link in reversed(explanation.chain):
        detail = f" ({link.detail})" if link.detail else ""
        key = f", key identifier {link.key_id}" if link.state == "missing" and link.key_id else ""
        lines.append(f"{link.name}: {link.says}{detail}{key}")
    return lines


def depends_lines(explanation: Explanation) -> list[str]:
    """Both outcomes, and the way to make it certain."""
    depends = explanation.depends
    if depends is None:
        return []
    return [
        f"Accepted when {depends.accepted_when}.",
        f"Refused when {depends.refused_when}.",
        *(f"To make it certain, delete {row}." for row in depends.delete),
    ]


def _sure(headline: Reason | None) -> str:
    """How sure the result is; a green one rests on what was asked, and what was not is listed."""
    return f"{headline.basis}. {headline.source}" if headline and headline.basis else ""
