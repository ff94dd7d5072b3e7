"""Short words for tests of the traversal zone: one Expressway-C, one Expressway-E, everything right at NOW."""

from collections.abc import Iterable
from dataclasses import replace
from functools import cache

from certstore.pki.dns import Dns, Host, Question, RecordType, right_records
from certstore.pki.facts import CertificateFacts, decode_certificate
from certstore.pki.forge.authority import Authority, Made
from certstore.pki.releases import AS_SHIPPED, DEFAULT_RELEASE, RELEASES, Release, Role, SameSubject
from certstore.pki.settings import ExpresswaySettings, ZoneSettings
from certstore.pki.topology import Expressway, Topology
from certstore.pki.trust import ListInMemory
from certstore.pki.zone import judge_zone
from tests.pki.chains import NOW, below, leaf, root

C_NAME, E_NAME = "exp-c1.example.com", "exp-e1.example.com"
C_ADDRESS, E_ADDRESS = "192.0.2.10", "192.0.2.20"

PRIVATE_ROOT, PUBLIC_ROOT = root("Private Root"), root("Public Root")
PRIVATE_CA, PUBLIC_CA = below(PRIVATE_ROOT, "Private CA"), below(PUBLIC_ROOT, "Public CA")
EVERY_CA = (PRIVATE_ROOT, PRIVATE_CA, PUBLIC_ROOT, PUBLIC_CA)


@cache
def known(der: bytes) -> CertificateFacts:
    """What is known of a certificate, decoded once."""
    return decode_certificate(der)


def of_c(issuer: Authority = PRIVATE_CA, **faults) -> Made:
    """A certificate of the Expressway-C."""
    return leaf(issuer, C_NAME, **({"sans": [C_NAME]} | faults))


def of_e(issuer: Authority = PUBLIC_CA, **faults) -> Made:
    """A certificate of the Expressway-E."""
    return leaf(issuer, E_NAME, **({"sans": [E_NAME]} | faults))


def release(name: str) -> Release:
    """A profile by its name."""
    return next(one for one in RELEASES if one.name == name)


def trusting(cas: Iterable[Made], crls=()) -> ListInMemory:
    """A list of CAs, in that order, with CRLs."""
    return ListInMemory([known(ca.der) for ca in cas], crls)


def control(
    certificate: Made | None = None, cas: Iterable[Made] = EVERY_CA, *, client=None, crls=(), **changed
) -> Expressway:
    """The Expressway-C. In: its certificate, its list, a client certificate of its own, what else is different."""
    shown = known((certificate or of_c()).der)
    zone = ZoneSettings(name="MRA", username="mra", password="same", peers=(E_NAME,))
    server = Expressway(
        id="c1",
        role=Role.EXPRESSWAY_C,
        host="exp-c1",
        domain="example.com",
        address=C_ADDRESS,
        trust=trusting(cas, crls),
        server=shown,
        client=known(client.der) if client else shown,
        zone=zone,
    )
    return _changed(server, changed)


def edge(
    certificate: Made | None = None, cas: Iterable[Made] = EVERY_CA, *, crls=(), **changed
) -> Expressway:
    """The Expressway-E. In: its certificate, its list, what else is different."""
    shown = known((certificate or of_e()).der)
    zone = ZoneSettings(name="MRA", username="mra", password="same", verify_subject_name=C_NAME)
    server = Expressway(
        id="e1",
        role=Role.EXPRESSWAY_E,
        host="exp-e1",
        domain="example.com",
        address=E_ADDRESS,
        trust=trusting(cas, crls),
        server=shown,
        client=shown,
        zone=zone,
    )
    return _changed(server, changed)


def _changed(server: Expressway, changed) -> Expressway:
    """A server of which settings, fields of the zone or fields of its own are different."""
    of_zone = {key: changed.pop(key) for key in list(changed) if key in ZoneSettings.__slots__}
    of_settings = {key: changed.pop(key) for key in list(changed) if key in ExpresswaySettings.__slots__}
    if of_zone and server.zone:
        server = replace(server, zone=replace(server.zone, **of_zone))
    if of_settings:
        server = replace(server, settings=replace(server.settings, **of_settings))
    return replace(server, **changed)


def deployment(c: Expressway | None = None, e: Expressway | None = None, *, dns=None, **changed) -> Topology:
    """Both servers with DNS. In: the servers, A records that somebody changed, what else is different."""
    c, e = c or control(), e or edge()
    hosts = [Host(one.fqdn, one.address) for one in (c, e)]
    records = {Question.of(RecordType.A, name): tuple(answer) for name, answer in (dns or {}).items()}
    whole = Topology(
        release=DEFAULT_RELEASE,
        same_subject=SameSubject.OPENSSL,
        cn_counts=False,
        switches=AS_SHIPPED,
        at=NOW,
        controls=(c,),
        edges=(e,),
        cucms=(),
        client=None,
        dns=Dns(right_records(hosts, [hosts[1]], ["example.com"]), records),
    )
    return replace(whole, **changed)


def zone(c: Expressway | None = None, e: Expressway | None = None, *, peer_address: str = E_NAME, **changed):
    """The verdict on the zone."""
    whole = deployment(c, e, **changed)
    return judge_zone(whole, whole.controls[0], peer_address)


def codes(verdict) -> list[str]:
    """The codes of its reasons."""
    return [reason.finding.code.value for reason in verdict.reasons]


def lines(verdict) -> list[tuple[str, str, str]]:
    """Its log lines: who, which template, and the detail or reason."""
    return [
        (line.by, line.name, str(line.facts.get("detail", line.facts.get("reason", ""))))
        for line in verdict.log_lines
    ]
