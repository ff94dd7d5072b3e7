"""Which lines the two servers of a traversal zone write when it does not come up.

A line has the name of its template in `wording.log_lines` and the facts that fill it. `detail` and `reason` are
keys, of which the wording makes the product's text:

| key | when |
|---|---|
| verify-N | the side refuses the other's chain: OpenSSL's number |
| no-certificate-returned | Expressway-E refuses a certificate without client authentication |
| identity-unacceptable | none of the certificate's names is the one that was wanted |
| alert-NAME | the other side refused, and sent that TLS alert |
| remote-disconnect | the other side closed the connection and sent no alert |
"""

from certstore.pki.connections import LogLine, Look
from certstore.pki.handshake import PURPOSE
from certstore.pki.purpose import CLIENT_AUTH
from certstore.pki.tls import is_accepted
from certstore.pki.topology import Expressway

OUTBOUND, INBOUND = "outbound-tls-error", "inbound-tls-error"
CLOSED, AUTHENTICATION = "tcp-closed", "authentication-failed"
IDENTITY, NO_CERTIFICATE, DISCONNECT = "identity-unacceptable", "no-certificate-returned", "remote-disconnect"


def lines_of_looks(
    control: Expressway, edge: Expressway, peer_address: str, looks: tuple[Look, Look]
) -> tuple[LogLine, ...]:
    """What both sides write about the handshake: nothing where both accept, else of the side that refuses first.

    In: the two servers, the peer address as typed, what each found of the other's certificate. Out: the lines of the
    side that refuses, then those of the other.
    Source: TechNotes 212475, 117811, 118798 and 213863; that Expressway-E sees a disconnect only: TechNote 213872.
    """
    at_edge, at_control = looks
    where = _where(control, edge)
    outbound, inbound = (OUTBOUND, {**where, "common_name": peer_address}), (INBOUND, where)
    if not is_accepted(at_edge):
        said, seen = _said(at_edge), _seen(at_edge)
        return (*_lines(control.id, *outbound, said), *_lines(edge.id, *inbound, seen))
    if not is_accepted(at_control):
        said, seen = _said(at_control), _seen(at_control)
        return (*_lines(edge.id, *inbound, said), *_lines(control.id, *outbound, seen))
    return ()


def lines_of_login(control: Expressway, edge: Expressway) -> tuple[LogLine, ...]:
    """What Expressway-E writes when user name or password are wrong. Source: TechNote 117811."""
    return (LogLine(edge.id, AUTHENTICATION, _where(control, edge)),)


def _where(control: Expressway, edge: Expressway) -> dict[str, str | int]:
    """From where to where the connection goes."""
    port = control.zone.sip_port if control.zone else 0
    return {"src_ip": control.address, "dst_ip": edge.address, "dst_port": port}


def _lines(by: str, name: str, facts: dict[str, str | int], detail: str) -> tuple[LogLine, LogLine]:
    """The error, and the end of the connection for the same reason."""
    closed = {key: value for key, value in facts.items() if key != "common_name"}
    return LogLine(by, name, {**facts, "detail": detail}), LogLine(by, CLOSED, {**closed, "reason": detail})


def _said(found: Look) -> str:
    """What the side that refuses writes."""
    if found.number == 0:
        return IDENTITY
    usage = found.certificate.extended_key_usage
    if found.number == PURPOSE and found.depth == 0 and usage is not None and CLIENT_AUTH not in usage:
        return NO_CERTIFICATE
    return f"verify-{found.number}"


def _seen(found: Look) -> str:
    """What the other side writes."""
    return f"alert-{found.alert}" if found.alert else DISCONNECT
