"""A line that a server of a deployment writes to its log, filled in and in the product's own format.

A value that somebody typed is escaped, so that it can neither end its quotes nor begin a line.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from types import MappingProxyType
from uuid import UUID

from certstore.pki.connections import LogLine
from certstore.pki.names import visible
from certstore.wording.corrected import as_corrected
from certstore.wording.evidence import Evidence, Sentence
from certstore.wording.log_details import VERIFY_FAILED, detail
from certstore.wording.log_templates import TEMPLATES, Log, Template
from certstore.wording.openssl_texts import ALERTS, alert_error

SENTENCES: dict[str, Sentence] = {name: template.text for name, template in TEMPLATES.items()}

NEUTRAL = "-"  # where a line has a place for what nobody told
JABBER = "jabber-log"
_FIRST_PORT, _PORTS = 25_000, 5_000  # the ephemeral ports of an Expressway
_LONGEST = 255
_PARAMETER = re.compile(r"\{(\w+)\}")
_ENDS_QUOTES = re.compile(r"[\\\"']")
_NOT_BARE = re.compile(r"[^0-9A-Za-z._:*/@-]")
_ORDER = tuple(Evidence)  # from the surest


@dataclass(frozen=True, slots=True)
class Printed:
    """A whole line of a log, and how sure its words are: as sure as the least sure of its parts."""

    text: str
    evidence: Evidence
    source: str
    log: Log
    is_red: bool

    @property
    def is_verbatim(self) -> bool:
        """Whether it may stand in the appliance frame without a mark."""
        return self.evidence is Evidence.SEEN


def line_text(line: LogLine, at: datetime, host: str = "") -> str:
    """A line of a log as the product writes it.

    In: the line, an aware moment of the lab, the host name of the writer ("" leaves it out). Out: `date time
    host process: details`, in UTC, on one line; a fact that is missing shows as `-`. Raises KeyError for a name
    that no template has, ValueError for a moment without its zone.
    Source: Administrator Guide, Reference Material: `date time process_name: message_details`.
    """
    return printed(line, at, host).text


def printed(line: LogLine, at: datetime, host: str = "") -> Printed:
    """The same with what a page needs: how sure the words are, which log has the line, whether it is red there."""
    template = TEMPLATES[template_of(line)]
    named = _PARAMETER.findall(_said(line).text)
    least = _least_sure(_said(line), *(said for name, said in _told(line) if name in named))
    details = _said(line).fill(**_values(line, template)) + template.tail.format(utc=_utc(at, ","))
    text = f"{_head(line, template, at, host)}{details}"
    return Printed(text, least.evidence, least.source, template.log, template.is_red)


def template_of(line: LogLine) -> str:
    """The name of the template of a line: its own, or of Jabber's log that of its key."""
    return f"jabber-{line.facts['key']}" if line.name == JABBER else line.name


def as_logged(name: str, values: Mapping[str, str] = MappingProxyType({}), **keys: str) -> Sentence:
    """The details of a line as an entry to look up has them: keys turned into texts, the rest still in braces.

    In: the name of a template, values of ours, keys of `log_details` for its facts. Out: a sentence, as sure as
    its least sure part.
    """
    told = {fact: detail(key) for fact, key in keys.items()}
    least = _least_sure(SENTENCES[name], *told.values())
    codes = {"code": alert_error(_alert(keys["alert"]))} if "alert" in keys else {}
    text = SENTENCES[name].fill(**values, **codes, **{fact: said.text for fact, said in told.items()})
    return Sentence(text, least.evidence, least.source)


def _least_sure(*parts: Sentence) -> Sentence:
    return max(parts, key=lambda said: _ORDER.index(said.evidence))


def _said(line: LogLine) -> Sentence:
    name = template_of(line)
    return as_corrected(f"log_lines.{name}", SENTENCES[name])


def _head(line: LogLine, template: Template, at: datetime, host: str) -> str:
    """Everything before the details: date, time, host and process."""
    start = _utc(at, ".")
    if not template.process:
        return f"{start}{template.joint}"
    process = template.process.format(pid=1000 + _number(line.by, template.process) % 30_000)
    writer = f"{_bare(host)} " if host else ""
    return f"{start} {writer}{process}:{template.joint}"


def _utc(at: datetime, point: str) -> str:
    if at.tzinfo is None:
        raise ValueError("a moment without its zone")
    utc = at.astimezone(UTC)
    return f"{utc:%Y-%m-%d %H:%M:%S}{point}{utc.microsecond // 1000:03d}"


def _values(line: LogLine, template: Template) -> dict[str, str]:
    """Every value of a line: told by a key, escaped, derived, or neutral."""
    escape = _bare if template.is_bare else _quoted
    neutral = dict.fromkeys(_PARAMETER.findall(_said(line).text), NEUTRAL)
    typed = {name: escape(str(value)) for name, value in line.facts.items()}
    return {**neutral, **_derived(line), **typed, **{name: said.text for name, said in _told(line)}}


def _told(line: LogLine) -> Iterator[tuple[str, Sentence]]:
    """The facts of a line that are keys, with the sentences they stand for."""
    facts = line.facts
    for name in ("detail", "reason"):
        if name in facts:
            yield name, detail(str(facts[name]))
    if "alert" in facts:
        yield "alert", detail(f"alert-{_alert(str(facts['alert']))}")
    yield "error", detail(VERIFY_FAILED)


def _alert(key: str) -> str:
    """The name of an alert in the table; of one that is not in it the alert that tells nothing."""
    name = key.removeprefix("alert-").replace("_", "-")
    return name if name in ALERTS else "certificate-unknown"


def _derived(line: LogLine) -> dict[str, str]:
    """What a real server takes as it comes (ports, thread, id): the same for the same line."""
    facts = line.facts
    number = _number(line.by, line.name, *(f"{name}={facts[name]}" for name in sorted(facts)))
    ends = _number(*(str(facts.get(name, "")) for name in ("src_ip", "dst_ip", "dst_port")))
    of_alarm = _digest(line.by, str(facts.get("id", "")), str(facts.get("subject", "")))
    return {
        "src_port": str(_FIRST_PORT + ends % _PORTS),  # the same in the logs of both sides
        "thread": f"0x7f{number % 0x10000000000:010x}",
        "uuid": str(UUID(bytes=of_alarm[:16], version=4)),
        "user": "admin",
        "code": alert_error(_alert(str(facts.get("alert", "")))),
    }


def _digest(*parts: str) -> bytes:
    return sha256("\0".join(parts).encode("utf-8", "surrogatepass")).digest()


def _number(*parts: str) -> int:
    return int.from_bytes(_digest(*parts)[:8])


def _quoted(value: str) -> str:
    """A value that stands in quotes: it cannot end them, and nothing in it is invisible."""
    return visible(_ENDS_QUOTES.sub(lambda found: f"\\{found[0]}", value[:_LONGEST]))


def _bare(value: str) -> str:
    """A value that stands in no quotes: what is not part of a name or an address is its number."""
    return _NOT_BARE.sub(lambda found: f"\\u{ord(found[0]):04X}", value[:_LONGEST])
