"""A sign-in as the person outside meets it: step by step, what is shown, what the client logs, and phones beside it."""

from dataclasses import dataclass
from datetime import datetime

from certstore.models import Lab
from certstore.pki.codes import Code
from certstore.pki.connections import Health, LabState, Step, StepName, Verdict
from certstore.pki.facts import CertificateFacts
from certstore.pki.settings import Sends
from certstore.pki.tls import sent_by
from certstore.pki.topology import Expressway, Topology
from certstore.reading.told_reasons import ToldReason, told_reasons
from certstore.wording import jabber_page as words
from certstore.wording import sentence
from certstore.wording.evidence import Sentence
from certstore.wording.log_lines import Printed, printed


@dataclass(frozen=True, slots=True)
class ShownStep:
    """One step in words: what is done, between whom, how it goes for Jabber and for a phone."""

    name: str
    where: str
    state: tuple[str, str]  # class of the sign, and words
    phone: tuple[str, str]
    reasons: tuple[ToldReason, ...]


@dataclass(frozen=True, slots=True)
class ShownSignIn:
    """A sign-in over one Expressway-E."""

    edge: str
    health: str
    steps: tuple[ShownStep, ...]
    asks: bool  # whether the person is asked about the certificate
    question: str
    message: Sentence  # what the client shows in the end
    phone_fails: bool  # a phone does not get as far as Jabber
    log: tuple[Printed, ...]


def sign_ins_of(lab: Lab, topology: Topology, state: LabState) -> list[ShownSignIn]:
    """Every sign-in of a deployment, one an Expressway-E; those that DNS leads nobody to come last.

    In: the lab, its deployment and the verdicts on it. No query.
    """
    found = [
        (verdict, _shown(lab, topology, edge, verdict))
        for edge, verdict in zip(topology.edges, state.sign_ins, strict=True)
    ]
    return [shown for _, shown in sorted(found, key=lambda pair: pair[0].health is Health.OFF)]


def _shown(lab: Lab, topology: Topology, edge: Expressway, verdict: Verdict) -> ShownSignIn:
    domain = topology.client.settings.domain if topology.client else ""
    named = {"edge": edge.fqdn, "domain": domain}
    asks = any(step.name is StepName.EDGE and step.health is Health.WARNS for step in verdict.steps)
    steps = tuple(_step(lab, step, named, asks=asks) for step in verdict.steps)
    jabber = [line for line in verdict.log_lines if line.name == "jabber-log"]
    return ShownSignIn(
        edge=edge.fqdn,
        health=verdict.health.value,
        steps=steps,
        asks=asks,
        question=words.QUESTION.format(edge=edge.fqdn),
        message=_message(verdict),
        phone_fails=asks,
        log=tuple(printed(line, topology.at) for line in jabber),
    )


def _step(lab: Lab, step: Step, named: dict[str, str], *, asks: bool) -> ShownStep:
    """One step. Where the person is asked about the certificate, a phone gets no further than that."""
    name, where = words.STEPS[step.name]
    ends_before = asks and step.name not in (StepName.SERVICE_DISCOVERY, StepName.EDGE)
    return ShownStep(
        name=name,
        where=where.format(**named),
        state=words.STEP_STATES[step.health],
        phone=words.PHONE_STATES[Health.OFF if ends_before else step.health],
        reasons=tuple(told_reasons(lab, step.reasons)),
    )


def _message(verdict: Verdict) -> Sentence:
    """What the client shows in the end: of the first step that fails, or that it is signed in."""
    failed = next((step for step in verdict.steps if step.health is Health.FAILS), None)
    if failed is None:
        name = words.NOBODY if verdict.health is Health.OFF else words.SIGNED_IN
    elif Code.JABBER_OTHER_NAME in {reason.finding.code for reason in failed.reasons}:
        name = words.NOT_AN_EDGE
    else:
        name = words.MESSAGES[failed.name]
    return sentence(f"jabber_page.{name}")


def root_of(topology: Topology, edge: Expressway, at: datetime) -> CertificateFacts | None:
    """The root of an Expressway-E's chain as its own list gives it; None where the list has none.

    In: the deployment, one of its Expressway-E, an aware moment.
    """
    above = sent_by(edge.server, edge.trust, Sends.CHAIN, topology.same_subject, at)
    top = above[-1] if above else edge.server
    return top if top.is_self_issued else None
