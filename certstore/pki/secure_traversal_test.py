"""Maintenance > Security > Secure traversal test: would an Expressway-C and an Expressway-E take each other?

The test is about two names that somebody types and about certificates. What is set up of a zone does not count.
"""

from dataclasses import dataclass, replace

from certstore.pki.connections import Health, Reason, Verdict
from certstore.pki.findings import Severity
from certstore.pki.settings import ZoneSettings
from certstore.pki.topology import Expressway, Topology
from certstore.pki.zone import judge_zone

_ANYONE = "secure traversal test"  # the same user and password on both sides: the test asks for neither


@dataclass(frozen=True, slots=True)
class TestResult:
    """What a test came to."""

    verdict: Verdict
    edge: Expressway | None  # whom the typed name leads to; None where it leads to no Expressway-E
    reasons: tuple[Reason, ...]  # what each side refuses

    @property
    def is_good(self) -> bool:
        """Whether both sides recognise and trust each other."""
        return self.edge is not None and self.verdict.health is not Health.FAILS


def try_traversal(topology: Topology, control: Expressway, server_fqdn: str, verify_name: str) -> TestResult:
    """Judge the zone that would be between an Expressway-C and a name, whatever zone there is.

    In: the deployment, the Expressway-C, the FQDN of the Expressway-E and the TLS verify name as typed. Out: the
    result; nothing is changed.
    Source: Administrator Guide X15.5, Managing Security: the test asks whether both hosts recognise each other and
    trust each other's chain. That it takes the rules of the zone is our reading.
    """
    typed = ZoneSettings(name=_ANYONE, username=_ANYONE, password=_ANYONE, peers=(server_fqdn,))
    answers = replace(typed, peers=(), verify_subject_name=verify_name)
    edges = tuple(replace(edge, zone=answers) for edge in topology.edges)
    verdict = judge_zone(replace(topology, edges=edges), replace(control, zone=typed), server_fqdn)
    edge = next((one for one in topology.edges if one.id == verdict.target), None)
    refusals = tuple(one for one in verdict.reasons if one.finding.severity is Severity.REFUSE)
    return TestResult(verdict, edge, refusals)
