"""An explained connection as the values of its ticket."""

from certstore.reading.connection import Explained, SeenCertificate, first_of
from certstore.wording.connection_ticket import ConnectionTicket, SeenChain


def connection_ticket_of(explained: Explained) -> ConnectionTicket:
    """The ticket of a connection: what its page tells, in plain strings."""
    first = first_of(explained.reasons)
    further = (reason for reason in explained.reasons if reason is not first)
    return ConnectionTicket(
        connection=explained.connection.between,
        state=explained.connection.says,
        since=explained.since,
        release=explained.release,
        lab_time=explained.at,
        cause=f"{first.title}. {first.cause}" if first else "",
        further=tuple(f"{reason.title}. {reason.cause}" for reason in further),
        cure=first.cure if first else (),
        sure=first.sure if first else "",
        seen=tuple(_seen(one) for one in explained.looks),
        steps=tuple(f"{step.name}: {step.says}" for step in explained.steps),
        logs=tuple((log.name, tuple(line.text for line in log.lines)) for log in explained.logs),
        checked=explained.checked,
    )


def _seen(one: SeenCertificate) -> SeenChain:
    """A chain from the top down, then names, OpenSSL's verdict and the alert."""
    told = [one.openssl]
    if one.wanted:
        told.append(f"Name asked for: {', '.join(one.wanted)}. Found: {one.matched or 'no'}.")
    if one.alert:
        told.append(f"TLS alert: {one.alert}.")
    chain = tuple(
        f"{link.name}: {link.says}" + (f" ({link.detail})" if link.detail else "")
        for link in reversed(one.links)
    )
    return SeenChain(one.title, chain, tuple(told))
