"""What an Expressway would say to a file: the verdicts of the pages with no lab and no database."""

import json
import sys
from argparse import ArgumentParser
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from certstore.forms.check_upload import Misuse, batch_case, moment, server_from, trusted_from
from certstore.forms.uploads import KEY_BYTES_READ, MAX_CA_FILE, MAX_SERVER_CERTIFICATE, too_large
from certstore.models import clock
from certstore.pki.findings import Finding
from certstore.pki.keys import KeyFile, read_key_file
from certstore.pki.releases import profile_for
from certstore.pki.server_certificate import judge_chain_of, judge_upload
from certstore.pki.server_upload import Judgement, KeyRule
from certstore.pki.sniff import FileContent, look_at
from certstore.pki.trusted_ca import decode_file, judge_append, state_of_list
from certstore.reading.corrections import problems_of
from certstore.wording.results import plain_result

ACCEPTED, REFUSED, USAGE = 0, 1, 2


class Command(BaseCommand):
    """`check_upload server-certificate FILE… --trusted FILE`, `check_upload trusted-ca FILE…`, `--batch -`."""

    help = "Say what an Expressway would say to a file. Exit status: 0 accepted, 1 refused, 2 usage."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The page, the files, and what the server is."""
        parser.add_argument("page", nargs="?", choices=["server-certificate", "trusted-ca"])
        parser.add_argument("files", nargs="*", metavar="FILE")
        parser.add_argument(
            "--trusted", action="append", default=[], metavar="FILE", help="what is in the list"
        )
        parser.add_argument("--key", metavar="FILE", help="the private key file that is uploaded with it")
        parser.add_argument("--role", default="expressway-e", choices=["expressway-c", "expressway-e"])
        parser.add_argument("--release", default="X14.3", help="as a customer says it: X14.3.4, 15.2")
        parser.add_argument("--same-subject", choices=["first", "refuse", "openssl"])
        parser.add_argument(
            "--server-eku-upload", choices=["on", "off"], help="the switch of X15.4 on Expressway-E"
        )
        parser.add_argument("--at", metavar="TIME", help="2026-11-23T12:00:00Z; without it, now")
        parser.add_argument("--json", action="store_true", help="a JSON line a file")
        parser.add_argument("--batch", metavar="-", help="JSON lines from this file, or - for standard input")

    def handle(self, *args: Any, **options: Any) -> None:
        """Judge, print, and leave with the exit status."""
        try:
            if problems := problems_of(settings.CORRECTIONS_FILE):
                raise Misuse(" ".join(problems))
            refused = self._batch(options) if options["batch"] else self._files(options)
        except Misuse as misuse:
            self.stderr.write(f"check_upload: {misuse}")
            sys.exit(USAGE)
        sys.exit(REFUSED if refused else ACCEPTED)

    def _files(self, options: dict[str, Any]) -> bool:
        """Judge the named files one after the other; whether one of them is refused."""
        if not options["page"] or not options["files"]:
            raise Misuse("name a page (server-certificate or trusted-ca) and at least one file, or --batch -")
        at = moment(options["at"]) if options["at"] else clock.real_now()
        trusted = [(name, _read(name)) for name in options["trusted"]]
        judge = _server_certificates if options["page"] == "server-certificate" else _trusted_cas
        any_refused = False
        for name, content, accepted, findings in judge(options, trusted, at):
            any_refused |= not accepted
            line = {"file": name, "kind": content.kind.value, **_verdict(options["page"], accepted, findings)}
            self.stdout.write(json.dumps(line) if options["json"] else f"{name}: {line['message']}")
        return any_refused

    def _batch(self, options: dict[str, Any]) -> bool:
        """Judge JSON lines; a line that cannot be understood says so in its place."""
        stream = sys.stdin if options["batch"] == "-" else None
        text = stream if stream is not None else _read(options["batch"]).decode().splitlines()
        misused = False
        for number, line in enumerate(text, start=1):
            if not line.strip():
                continue
            try:
                self.stdout.write(json.dumps(_batch_line(line)))
            except Misuse as misuse:
                misused = True
                self.stdout.write(json.dumps({"id": None, "error": f"line {number}: {misuse}"}))
        if misused:
            raise Misuse("some lines were not understood; each says so in its place")
        return False


Judged = tuple[str, FileContent, bool, tuple[Finding, ...]]


def _server_certificates(
    options: dict[str, Any], trusted: list[tuple[str, bytes]], at: datetime
) -> Iterable[Judged]:
    """Each file as a server certificate."""
    key = _key(options["key"])
    server = server_from(
        trusted,
        role=options["role"],
        release=options["release"],
        same_subject=options["same_subject"],
        key_rule=KeyRule.HELD if key else KeyRule.REAL_FILES,
        server_eku_upload=options["server_eku_upload"],
    )
    for name in options["files"]:
        content = _content(name, MAX_SERVER_CERTIFICATE)
        judgement = judge_upload(content, key, server, at)
        yield name, content, judgement.accepted, judgement.findings


def _trusted_cas(options: dict[str, Any], trusted: list[tuple[str, bytes]], at: datetime) -> Iterable[Judged]:
    """Each file as one to append to the list of the trusted files."""
    release = profile_for(options["release"]).release
    server = server_from(
        [], role=options["role"], release=options["release"], same_subject=options["same_subject"]
    )
    state = state_of_list(*trusted_from(trusted))
    for name in options["files"]:
        content = _content(name, MAX_CA_FILE)
        judgement = judge_append(decode_file(content), state, release, server.same_subject, at)
        yield name, content, judgement.accepted, judgement.findings


def _batch_line(line: str) -> dict[str, Any]:
    """The answer to one JSON line."""
    case = batch_case(line, clock.real_now())
    judgement: Judgement
    if case.chain_only:
        judgement = judge_chain_of(case.content, case.server, case.at)
    else:
        judgement = judge_upload(case.content, None, case.server, case.at)
    verdict = judgement.upload.chain.verdict if judgement.upload.chain else None
    answer = _verdict("server-certificate", judgement.accepted, judgement.findings)
    number = verdict.number if verdict and verdict.number else None
    return {"id": case.id, **answer, "depth": verdict.depth if verdict else None, "openssl_error": number}


def _verdict(page: str, accepted: bool, findings: tuple[Finding, ...]) -> dict[str, Any]:
    """What every JSON line says of a verdict."""
    headline = next((finding for finding in findings if finding.severity == "refuse"), None)
    return {
        "verdict": "accept" if accepted else "reject",
        "code": headline.code.value if headline else None,
        "codes": [finding.code.value for finding in findings],
        "message": plain_result(page, headline),
    }


def _key(name: str | None) -> KeyFile | None:
    """The key file after the gate."""
    return read_key_file(_read(name)[:KEY_BYTES_READ]) if name else None


def _content(name: str, limit: int) -> FileContent:
    """A file, looked at as the page would; one that the page does not take is not."""
    data = _read(name)
    return look_at(data) if len(data) <= limit else too_large(limit)


def _read(name: str) -> bytes:
    """The bytes of a file. Raises Misuse for one that cannot be read."""
    try:
        return Path(name).read_bytes()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "no such name"
        raise Misuse(f"“{name}” cannot be read: {reason}") from error
