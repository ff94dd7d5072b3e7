"""Which key a certificate belongs to: the requests that a lab knows, and what is told of the one it was made from."""

from certstore.pki.codes import Code
from certstore.pki.findings import Finding, note, refuse
from certstore.pki.keys import KeySource
from certstore.pki.server_upload import KnownRequest, RequestState, Server


def origin_of(request: KnownRequest) -> KeySource:
    """Where the key of a request came from."""
    return KeySource.IMPORTED if request.is_imported else KeySource.REQUEST


def made_from(spki_sha256: str, server: Server) -> dict[str, str]:
    """What a lab knows of the request that a certificate of another key was made from.

    Out: facts of a finding: `request` its state ("held" for the key that the server has now), `requester` the server
    that made it, `here` where that is this one, `other_page` the page it was made on ("server", "client") where that is
    not the one asked, `made` and `closed` lab time; nothing where no request is known. Of two requests with the same
    key the one of this page counts.
    """
    if server.held is not None and server.held.spki_sha256 == spki_sha256:
        return {"request": "held"}
    same_key = [one for one in server.requests if one.spki_sha256 == spki_sha256]
    known = min(same_key, key=lambda one: not server.made(one), default=None)
    if known is None:
        return {}
    facts = {"request": known.state.value, "requester": known.server, "made": known.made}
    facts |= {"here": "yes"} if known.is_here else {}
    if known.is_for_client != server.is_client:
        facts["other_page"] = "client" if known.is_for_client else "server"
    return facts | ({"closed": known.closed} if known.closed else {})


def belongs_to_the_real_key(spki_sha256: str, server: Server) -> Finding | None:
    """In labs for real files: a match with a request says which, and with the loaded certificate is silent.

    A mismatch proves something only where the real request is known: an imported one is pending, or the certificate
    was made from a request that was discarded, used before, another server's, or made on the other page. Anything else
    was not checked.
    """
    pending = server.pending
    if pending is not None and pending.spki_sha256 == spki_sha256:
        return note(Code.KEY_MATCHES_REQUEST, server=pending.server)
    known = made_from(spki_sha256, server)
    if pending is not None and pending.is_imported:
        return refuse(Code.KEY_MISMATCH, origin=KeySource.IMPORTED.value, **known)
    if known.get("request") == "held":
        return None
    waits_here = (
        known.get("request") == RequestState.PENDING and "here" in known and "other_page" not in known
    )
    if known and not waits_here:
        origin = server.held.origin if server.held else KeySource.UNKNOWN
        return refuse(Code.KEY_MISMATCH, origin=origin.value, **known)
    return note(Code.KEY_NOT_CHECKED)
