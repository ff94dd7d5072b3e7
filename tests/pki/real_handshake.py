"""A real mutual TLS handshake between two servers, over memory: who refuses what, and what the other side sees.

OpenSSL judges chains and purposes by itself: it has a server's certificate checked as a server's and a client's as a
client's. It also builds what a side sends, out of that side's own list. Names it does not compare by itself: after
the handshake `carries` asks OpenSSL whether a certificate is that of a host, without wildcards.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from cryptography import x509
from cryptography.hazmat.primitives import serialization
from OpenSSL import SSL, crypto

from certstore.pki.forge.authority import Made
from certstore.pki.forge.keys import PrivateKey

TLS_1_2, TLS_1_3 = SSL.TLS1_2_VERSION, SSL.TLS1_3_VERSION
_NO_AUTO_CHAIN = 0x8  # SSL_MODE_NO_AUTO_CHAIN
_NO_CRL, _HOST_MISMATCH = 3, 62
_NO_WILDCARDS = 0x2  # X509_CHECK_FLAG_NO_WILDCARDS
_ALL_CRLS = crypto.X509StoreFlags.CRL_CHECK | crypto.X509StoreFlags.CRL_CHECK_ALL


@dataclass(frozen=True)
class Party:
    """One side: what it shows, its list in order, and how it checks revocation."""

    leaf: Made
    key: PrivateKey
    trusted: Sequence[Made]
    sends_chain: bool = True
    crls: Sequence[x509.CertificateRevocationList] = ()
    checks_revocation: bool = False
    unknown_is_revoked: bool = False


@dataclass
class Seen:
    """What one side found: the first number and depth of its own check, and the alert that it got."""

    number: int = 0
    depth: int = 0
    alert: str = ""
    peer: Sequence[bytes] = field(default_factory=list)  # DER, as it was sent


def handshake(client: Party, server: Party, at: datetime, version: int) -> tuple[Seen, Seen]:
    """Let two sides shake hands to the end. Out: what the client saw and what the server saw."""
    seen = (Seen(), Seen())
    ends = [
        SSL.Connection(_context(party, found, at, version), None)
        for party, found in zip((client, server), seen, strict=True)
    ]
    ends[0].set_connect_state()
    ends[1].set_accept_state()
    going = [True, True]
    for _ in range(12):
        for number, end in enumerate(ends):
            if going[number]:
                going[number] = _step(end, seen[number])
            _carry(end, ends[1 - number])
    for end, found in zip(ends, seen, strict=True):
        sent = end.get_peer_cert_chain(as_cryptography=True) or ()
        found.peer = [one.public_bytes(serialization.Encoding.DER) for one in sent]
    return seen


def carries(certificate: Made, host: str) -> bool:
    """Whether OpenSSL finds a host's name in a certificate: alternative names, the CN where there is none."""
    lib, ffi = vars(SSL)["_lib"], vars(SSL)["_ffi"]
    param = ffi.gc(lib.X509_VERIFY_PARAM_new(), lib.X509_VERIFY_PARAM_free)
    lib.X509_VERIFY_PARAM_set_hostflags(param, _NO_WILDCARDS)
    lib.X509_VERIFY_PARAM_set_flags(param, crypto.X509StoreFlags.PARTIAL_CHAIN)
    assert lib.X509_VERIFY_PARAM_set1_host(param, host.encode(), len(host.encode()))
    shown = crypto.X509.from_cryptography(certificate.certificate)
    store = crypto.X509Store()
    store.add_cert(shown)
    lib.X509_STORE_set1_param(store._store, param)
    try:
        crypto.X509StoreContext(store, shown).verify_certificate()
    except crypto.X509StoreContextError as error:
        return error.errors[0] != _HOST_MISMATCH
    return True


def _context(party: Party, found: Seen, at: datetime, version: int) -> SSL.Context:
    context = SSL.Context(SSL.TLS_METHOD)
    context.set_min_proto_version(version)
    context.set_max_proto_version(version)
    context.use_certificate(party.leaf.certificate)
    context.use_privatekey(party.key)
    if not party.sends_chain:
        context.set_mode(_NO_AUTO_CHAIN)
    store = context.get_cert_store()
    assert store is not None
    for ca in party.trusted:
        store.add_cert(crypto.X509.from_cryptography(ca.certificate))
    store.set_time(at.astimezone(UTC).replace(tzinfo=None))
    if party.checks_revocation:
        for crl in party.crls:
            store.add_crl(crl)
        store.set_flags(_ALL_CRLS)

    def noted(_end, _certificate, number, depth, ok):
        if number == _NO_CRL and not party.unknown_is_revoked:
            return True
        if not ok and not found.number:
            found.number, found.depth = number, depth
        return bool(ok)

    context.set_verify(SSL.VERIFY_PEER | SSL.VERIFY_FAIL_IF_NO_PEER_CERT, noted)
    return context


def _step(end: SSL.Connection, found: Seen) -> bool:
    """One try to get on; whether the side still wants to."""
    try:
        end.do_handshake()
        end.recv(1)
    except SSL.WantReadError:
        return True
    except SSL.Error as error:
        reasons = " ".join(reason for _, _, reason in error.args[0]) if error.args else ""
        if "alert" in reasons:
            found.alert = reasons.rpartition("alert ")[2].replace(" ", "_")
        return False
    return True


def _carry(source: SSL.Connection, target: SSL.Connection) -> None:
    try:
        while True:
            target.bio_write(source.bio_read(65536))
    except SSL.WantReadError:
        return
