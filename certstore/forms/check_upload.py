"""Text of the command line and of JSON lines as domain values, with a sentence for what makes no sense."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, TypeVar

from certstore.pki.facts import CertificateFacts, CrlFacts
from certstore.pki.releases import Role, SameSubject, Switches, profile_for
from certstore.pki.server_upload import KeyRule, Server
from certstore.pki.sniff import FileContent, look_at
from certstore.pki.trust import ListInMemory
from certstore.pki.trusted_ca import decode_file

Choice = TypeVar("Choice", Role, SameSubject)


class Misuse(ValueError):
    """What was asked cannot be understood; its text says what was expected."""


@dataclass(frozen=True, slots=True)
class BatchCase:
    """One JSON line, understood."""

    id: Any
    content: FileContent
    server: Server
    at: datetime
    chain_only: bool


def moment(text: str) -> datetime:
    """An aware moment from ISO 8601 text; text without a zone is UTC. Raises Misuse."""
    try:
        read = datetime.fromisoformat(text)
        return (read if read.tzinfo else read.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise Misuse(f"“{text[:60]}” is not a moment: expected 2026-11-23T12:00:00Z") from error


def server_from(
    trusted: list[tuple[str, bytes]],
    *,
    role: str,
    release: str,
    same_subject: str | None,
    key_rule: KeyRule = KeyRule.REAL_FILES,
    server_eku_upload: str | None = None,
) -> Server:
    """A server that trusts the certificates of these named files, in their order. Raises Misuse.

    `server_eku_upload` is "on" or "off", or None for as shipped; a release without that switch ignores it.
    """
    certificates, crls = trusted_from(trusted)
    profile = profile_for(release)
    if not profile.understood:
        raise Misuse(f"“{release[:60]}” is not a release: expected X14.3 or the like")
    rule = _one_of(SameSubject, same_subject) if same_subject else profile.release.same_subject
    return Server(
        role=_one_of(Role, role),
        release=profile.release,
        same_subject=rule,
        trust=ListInMemory(certificates, crls),
        key_rule=key_rule,
        switches=Switches(server_eku_upload=_is_on(server_eku_upload)),
    )


def _is_on(text: str | None) -> bool:
    """Whether a switch is on; None is as shipped, which is off."""
    if text not in (None, "on", "off"):
        raise Misuse(f"“{text[:60]}” is no position of the switch: expected on or off")
    return text == "on"


def trusted_from(files: list[tuple[str, bytes]]) -> tuple[list[CertificateFacts], list[CrlFacts]]:
    """The certificates and CRLs of trust list files, each once, in their order. Raises Misuse."""
    certificates: dict[str, CertificateFacts] = {}
    crls: dict[str, CrlFacts] = {}
    for name, data in files:
        decoded = decode_file(look_at(data))
        if not decoded.certificates and not decoded.crls:
            raise Misuse(f"“{name}” holds no CA certificate that can be read: expected Base-64 (PEM)")
        certificates |= {facts.sha256: facts for facts in decoded.certificates}
        crls |= {crl.sha256: crl for crl in decoded.crls}
    return list(certificates.values()), list(crls.values())


def batch_case(line: str, now: datetime) -> BatchCase:
    """One JSON line of `--batch`; `now` is used where it names no time. Raises Misuse."""
    case = _object(line)
    if not isinstance(case.get("leaf_pem"), str):
        raise Misuse("leaf_pem is missing: expected the text of a PEM file")
    pems = case.get("trusted_pems", [])
    if not isinstance(pems, list) or not all(isinstance(pem, str) for pem in pems):
        raise Misuse("trusted_pems is not a list of PEM texts")
    judge = case.get("judge")
    if judge not in (None, ["chain"]):
        raise Misuse('judge is neither absent nor ["chain"]')
    server = server_from(
        [
            (f"trusted_pems[{number}]", pem.encode("utf-8", "surrogatepass"))
            for number, pem in enumerate(pems)
        ],
        role=_text(case, "role", Role.EXPRESSWAY_E.value),
        release=_text(case, "release", "X14.3"),
        same_subject=_text(case, "same_subject", "") or None,
        server_eku_upload=_text(case, "server_eku_upload", "off"),
    )
    at = _text(case, "time", "")
    content = look_at(case["leaf_pem"].encode("utf-8", "surrogatepass"))
    return BatchCase(case.get("id"), content, server, moment(at) if at else now, judge == ["chain"])


def _object(line: str) -> dict[str, Any]:
    """A JSON object from a line."""
    try:
        read = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise Misuse("the line is not JSON") from error
    if not isinstance(read, dict):
        raise Misuse("the line is not a JSON object")
    return read


def _text(case: dict[str, Any], name: str, default: str) -> str:
    """A text of the case; absent and null are the default."""
    value = case.get(name)
    if value is None:
        return default
    if not isinstance(value, str):
        raise Misuse(f"{name} is not a text")
    return value


def _one_of(choices: type[Choice], text: str) -> Choice:
    """The member of a set of names."""
    try:
        return choices(text)
    except ValueError as error:
        names = ", ".join(choice.value for choice in choices)
        raise Misuse(f"“{text[:60]}” is none of {names}") from error
