"""Short words for tests of everything behind the zone: Unified CM, Jabber outside, everything right at NOW."""

from collections.abc import Iterable
from dataclasses import replace

from certstore.pki.connections import LabState, Verdict
from certstore.pki.dns import Dns, Host, Question, RecordType, right_records
from certstore.pki.forge.authority import Made
from certstore.pki.settings import ClientSettings, CucmSettings
from certstore.pki.states import state_of
from certstore.pki.topology import Client, Cucm, CucmLink, Expressway, Topology
from tests.pki import zones
from tests.pki.chains import leaf
from tests.pki.zones import (
    C_ADDRESS,
    E_ADDRESS,
    E_NAME,
    PRIVATE_CA,
    PRIVATE_ROOT,
    PUBLIC_ROOT,
    known,
    of_e,
    trusting,
)

DOMAIN = "example.com"
U_NAME, U_ADDRESS = "cucm-1.example.com", "192.0.2.30"
# Records of the lab's DNS: a type, a name, and what is answered instead.
SRV = (RecordType.SRV, f"_collab-edge._tls.{DOMAIN}")
A_OF_E, PTR_OF_E = (RecordType.A, E_NAME), (RecordType.PTR, E_ADDRESS)

Answers = dict[tuple[RecordType, str], tuple[str, ...]]


def of_cucm(issuer=PRIVATE_CA, **faults) -> Made:
    """A certificate of Unified CM."""
    return leaf(issuer, U_NAME, **({"sans": [U_NAME]} | faults))


def cucm(
    *,
    tomcat_trust: Iterable[Made] = (PRIVATE_ROOT, PRIVATE_CA),
    callmanager_trust: Iterable[Made] = (PRIVATE_ROOT, PRIVATE_CA),
    mixed_mode: bool = False,
    prefers_rsa: bool = False,
    **certificates: Made,
) -> Cucm:
    """A Unified CM. In: its lists, its settings, its certificates by the names of `Cucm`."""
    shown = {"tomcat": of_cucm(), "callmanager": of_cucm()} | certificates
    return Cucm(
        id="u1",
        host="cucm-1",
        domain=DOMAIN,
        address=U_ADDRESS,
        tomcat_trust=trusting(tomcat_trust),
        callmanager_trust=trusting(callmanager_trust),
        settings=CucmSettings(server_entry=U_NAME, mixed_mode=mixed_mode, prefers_rsa=prefers_rsa),
        **{slot: known(made.der) for slot, made in shown.items()},
    )


def link(of: Cucm | None = None, **changed) -> CucmLink:
    """The row of a Unified CM on Expressway-C."""
    row = CucmLink(cucm=of or cucm(), publisher_address=U_NAME, tls_verify=False, known_as=U_NAME)
    return replace(row, **changed)


def client(cas: Iterable[Made] = (PUBLIC_ROOT,), domain: str = DOMAIN, **settings) -> Client:
    """Jabber outside, on a computer that knows these CAs."""
    return Client(id="j1", trust=trusting(cas), settings=ClientSettings(domain=domain, **settings))


def control(*arguments, **changed) -> Expressway:
    """The Expressway-C, as `zones.control`."""
    return zones.control(*arguments, **changed)


def edge(certificate: Made | None = None, *arguments, **changed) -> Expressway:
    """The Expressway-E, as `zones.edge`; its certificate has the domain as well."""
    return zones.edge(certificate or of_edge(), *arguments, **changed)


def of_edge(**faults) -> Made:
    """A certificate of the Expressway-E that is right for Jabber too."""
    return of_e(**({"sans": [E_NAME, DOMAIN]} | faults))


def deployment(
    c: Expressway | None = None, e: Expressway | None = None, *, answers: Answers | None = None, **changed
) -> Topology:
    """All of it. In: the servers, answers of DNS that somebody changed, what else is different."""
    c, e = c or control(), e or edge()
    right = right_records(
        [Host(c.fqdn, C_ADDRESS), Host(e.fqdn, e.address)], [Host(e.fqdn, e.address)], [DOMAIN]
    )
    changed_records = {Question.of(*asked): answer for asked, answer in (answers or {}).items()}
    whole = zones.deployment(c, e, cucms=(link(),), client=client(), dns={})
    return replace(whole, **({"dns": Dns(right, changed_records)} | changed))


def state(*arguments, **changed) -> LabState:
    """Every verdict on such a deployment."""
    return state_of(deployment(*arguments, **changed))


def codes(verdict: Verdict) -> list[str]:
    """The codes of its reasons."""
    return [reason.finding.code.value for reason in verdict.reasons]


def facts(verdict: Verdict) -> dict[str, str | int]:
    """What its first reason carries."""
    return dict(verdict.reasons[0].finding.facts)


def lines(verdict: Verdict) -> list[tuple[str, str, dict]]:
    """Its log lines: who, which template, what fills it."""
    return [(line.by, line.name, dict(line.facts)) for line in verdict.log_lines]
