"""Short words for chain tests: certificates valid at NOW, lists of them, and OpenSSL's verdict on them."""

from datetime import UTC, datetime, timedelta

from certstore.pki.candidates import candidates
from certstore.pki.facts import CertificateFacts, decode_certificate
from certstore.pki.forge import authority
from certstore.pki.forge.authority import Authority, Made
from certstore.pki.judge import judge_chain
from certstore.pki.releases import SameSubject
from certstore.pki.trust import ListInMemory
from certstore.pki.walk import walk
from tests.keyring import ec_key

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
START, END = NOW - timedelta(days=30), NOW + timedelta(days=365)
LONG_AGO, YESTERDAY, TOMORROW = NOW - timedelta(days=400), NOW - timedelta(days=1), NOW + timedelta(days=1)
HOST = "node.example.test"


def root(name: str, *, key: str | None = None, start=START, end=END, **faults) -> Authority:
    """A root; its key is that of its name unless another is named."""
    return authority.root(name, ec_key(key or name), start, end, **faults)


def below(
    issuer: Authority, name: str, *, key: str | None = None, start=START, end=END, **faults
) -> Authority:
    """A CA below another."""
    return issuer.intermediate(name, ec_key(key or name), start, end, **faults)


def leaf(issuer: Authority, name: str = "node", *, key: str = "node", start=START, end=END, **faults) -> Made:
    """A server certificate for HOST."""
    faults.setdefault("sans", [HOST])
    return issuer.leaf(name, ec_key(key).public_key(), start, end, **faults)


def self_signed(name: str = "node", *, start=START, end=END, **faults) -> Made:
    """A server certificate that nobody but itself signed."""
    faults.setdefault("sans", [HOST])
    return authority.self_signed_leaf(name, ec_key("node"), start, end, **faults)


def facts(made: Made) -> CertificateFacts:
    """What is known of a certificate."""
    return decode_certificate(made.der)


def in_list(*cas: Made) -> ListInMemory:
    """A trust list in that order."""
    return ListInMemory(facts(ca) for ca in cas)


def verdict(certificate: Made, *cas: Made, at: datetime = NOW, rule: SameSubject = SameSubject.OPENSSL):
    """OpenSSL's number and depth, asked with the candidates out of a list."""
    found = judge_chain(facts(certificate), candidates(facts(certificate), in_list(*cas), rule), at)
    return found.number, found.depth


def picture(certificate: Made, *cas: Made, at=NOW, rule=SameSubject.OPENSSL):
    """The chain as our walk draws it."""
    trust, known = in_list(*cas), facts(certificate)
    return walk(known, trust, rule, at, judge_chain(known, candidates(known, trust, rule), at))
