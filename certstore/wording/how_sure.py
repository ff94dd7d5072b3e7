"""The list of everything that is said and judged, each with its evidence; its words are ours.

A line has a key (of a sentence, a verdict's code, `rule.module.name`, `question.name`): its anchor on the page,
and what a report about a real server names.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from certstore.pki.policies import Rule, all_rules
from certstore.wording import all_explanations, all_sentences, as_published
from certstore.wording.attempts import BASES
from certstore.wording.corrected import corrected_keys
from certstore.wording.evidence import Evidence, Sentence
from certstore.wording.open_questions import QUESTIONS, OpenQuestion

# The groups of sentences, by the module they stand in.
GROUPS: dict[str, str] = {
    "frame": "Round every page of a server",
    "menu": "The menu",
    "server_certificate": "Server certificate",
    "csr": "Generate CSR",
    "client_certificate": "Client certificate",
    "client_certificate_testing": "Client certificate testing",
    "commands": "Cards that stand for a command",
    "crl_management": "CRL management",
    "trusted_ca": "Trusted CA certificate",
    "restart": "Restart options",
    "alarms": "Alarms",
    "files": "Files",
    "attempts": "What was tried",
    "not_checked": "What a good result did not check",
    "switches": "Switches of the command line",
    "viewer": "Windows' certificate viewer",
    "comparing": "What differs between two files",
    "consequences": "What a certificate that has changed breaks",
    "diagnosis": "What files rule out, leave possible or cannot tell, and where to look then",
    "zones": "Configuration > Zones",
    "zones_status": "Status > Zones",
    "unified_communications": "Status > Unified Communications",
    "tunnels_status": "SSH tunnels status",
    "event_log": "Event Log",
    "diagnostic_log": "Diagnostic logging",
    "cucm_servers": "Unified CM servers",
    "secure_traversal_test": "Secure traversal test",
    "ssh_configuration": "SSH configuration",
    "dns_page": "System > DNS",
    "clustering": "System > Clustering",
    "administration": "System > Administration",
    "overview": "Status > Overview",
    "sip": "Configuration > SIP",
    "servers_behave": "Lab settings: how servers behave",
    "log_lines": "Lines of the logs",
    "log_details": "What a line of a log says after Detail=, Reason= and Error=",
    "cucm": "Unified CM, on its page of ours",
    "jabber_page": "What Jabber shows",
    "hints": "Where our column does not name what is missing",
}
# The groups of rules, by the module they stand in; one that is not named here has its own name.
RULE_GROUPS: dict[str, str] = {
    "server_certificate": "Rules of Server certificate",
    "server_warnings": "Warnings of Server certificate",
    "client_certificate": "Rules of Client certificate",
    "crl_management": "Rules of CRL management",
    "trusted_ca": "Rules of Trusted CA certificate",
    "trust_upload": "Rules of uploads to Unified CM and the client's computer",
    "ssh": "Rules of the SSH tunnels",
    "at_unified_cm": "Rules of Unified CM about Expressway-C's certificate",
    "unified_cm": "Rules of Expressway-C about Unified CM's certificates",
    "jabber": "Rules of Jabber outside",
    "mra": "Rules of a sign-in over Mobile and Remote Access",
}
VERDICTS, OPEN_QUESTIONS = "Verdicts", "Open questions"

# A level of evidence: its name, and what it means.
LEVELS: dict[Evidence, tuple[str, str]] = {
    Evidence.SEEN: ("Seen", "stands word for word in a Cisco document"),
    Evidence.PARAPHRASED: ("Paraphrased", "a Cisco document says the thing, the words are ours"),
    Evidence.RECALLED: ("Recalled", "remembered of the product, found in no document that was read"),
    Evidence.OURS: ("Ours", "nobody published one: written for this simulator"),
}
_OURS_ALONE = ("our reading", "this project's decision")
_QUOTED_NAME = re.compile(r"`(\w+)`")


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence, verdict or rule as the page lists it."""

    key: str
    kind: str  # sentence, verdict, rule
    text: str
    evidence: Evidence
    source: str
    name: str = ""  # of a rule, in plain words
    basis: str = ""  # of a verdict: how sure the result itself is
    rests_on: str = ""
    published: Sentence | None = None  # what stood here before an operator corrected it

    @property
    def level(self) -> str:
        """The name of its level."""
        return LEVELS[self.evidence][0]

    @property
    def words(self) -> str:
        """All that a search looks at."""
        was = self.published.text if self.published else ""
        parts = (self.key, self.name, self.text, was, self.level, self.source, self.basis, self.rests_on)
        return " ".join(parts).casefold()


@dataclass(frozen=True, slots=True)
class Group:
    """The lines of one module, under a name and an anchor."""

    anchor: str
    name: str
    kind: str
    lines: tuple[Line, ...]


def groups() -> Iterator[Group]:
    """Everything there is: verdicts, rules, then sentences page after page."""
    yield Group("verdicts", VERDICTS, "verdict", tuple(_verdicts()))
    yield from _by_module("rule", (_of_rule(rule) for rule in all_rules()), at=1)
    yield from _by_module(
        "sentence", (_line(key, "sentence", said) for key, said in all_sentences().items()), at=0
    )


def lines() -> Iterator[Line]:
    """Every line of every group."""
    for group in groups():
        yield from group.lines


def asked_for(line: Line, level: Evidence | None, words: str) -> bool:
    """Whether a line has that level, where one is asked for, and all of the words."""
    return level in (None, line.evidence) and _has(line.words, words)


def questions_with(words: str) -> list[OpenQuestion]:
    """The open questions that have all of the words."""
    return [
        one
        for one in QUESTIONS
        if _has(" ".join((one.key, one.asks, one.meanwhile, one.page, one.rests_on)).casefold(), words)
    ]


def said_about(key: str) -> str | None:
    """What is said here under a key, for a report about it; None for a key that is not there."""
    for one in QUESTIONS:
        if one.key == key:
            return f"{one.asks} {one.meanwhile}"
    return next((line.text for line in lines() if line.key == key), None)


def _has(text: str, words: str) -> bool:
    return all(word in text for word in words.casefold().split())


def _by_module(kind: str, found: Iterable[Line], at: int) -> Iterator[Group]:
    """Lines in groups by a part of their key, in the order in which they come."""
    modules: dict[str, list[Line]] = {}
    for line in found:
        modules.setdefault(line.key.split(".")[at], []).append(line)
    for module, held in modules.items():
        plain = module.replace("_", " ").capitalize()
        name = (
            GROUPS.get(module, plain) if kind == "sentence" else RULE_GROUPS.get(module, f"Rules of {plain}")
        )
        yield Group(f"{kind}s-{module}", name, kind, tuple(held))


def _verdicts() -> Iterator[Line]:
    """What the frame says to each code, and how sure that result is."""
    for code, told in all_explanations().items():
        sure = (BASES[told.sure.basis], told.sure.source)
        yield _line(code.value, "verdict", told.on_screen, *sure)


def _line(key: str, kind: str, said: Sentence, basis: str = "", rests_on: str = "") -> Line:
    published = as_published()[key] if key in corrected_keys() else None
    return Line(key, kind, said.text, said.evidence, said.source, "", basis, rests_on, published)


def _of_rule(rule: Rule) -> Line:
    """A rule: its words are ours, so it is paraphrased where a document says the thing."""
    source = _QUOTED_NAME.sub(lambda found: f"“{_plain(found[1])}”", rule.source)
    evidence = Evidence.OURS if source.startswith(_OURS_ALONE) else Evidence.PARAPHRASED
    shown = source[:1].upper() + source[1:]
    return Line(
        f"rule.{rule.module}.{rule.name}", "rule", rule.says, evidence, shown, _plain(rule.name).capitalize()
    )


def _plain(name: str) -> str:
    return name.replace("_", " ")
