"""`manage.py add_people`: accounts from a list of names, and one-time addresses to cut into slips."""

import re
import sys
from argparse import ArgumentParser
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse

from certstore.actions.people import (
    SLIP_DAYS,
    NameRefused,
    add_person,
    first_account,
    new_sign_in_link,
    person_named,
    set_staff,
)
from certstore.models import User
from certstore.models.clock import real_now
from certstore.models.people import normal_user_name
from certstore.pki.names import visible
from certstore.wording.people import NAME_PROBLEMS, NameProblem

MOST_BYTES = 64 * 1024
MOST_NAMES = 500
LONGEST_SHOWN = 60
USAGE = 2
BETWEEN = re.compile(r"[\r\n,;]")
CUT_LINE = "- - " * 18 + "-"


class Command(BaseCommand):
    """Makes accounts, each with its example lab, and prints a slip a person. No e-mail anywhere."""

    help = (
        "Makes an account for every name, with an example lab, and prints one-time sign-in addresses to cut "
        "into slips. Names come as arguments or on standard input: one a line, or with commas between."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The names, who gets a new address, and what the addresses begin with."""
        parser.add_argument("names", nargs="*", metavar="NAME", help="without any, standard input is read")
        parser.add_argument(
            "--again",
            action="append",
            default=[],
            metavar="NAME",
            help="print a new address for somebody who has an account; the old one ends",
        )
        parser.add_argument(
            "--staff",
            action="append",
            default=[],
            metavar="NAME",
            help="an operator, who reads what people report of real servers; the account is made if need be",
        )
        parser.add_argument(
            "--not-staff", action="append", default=[], metavar="NAME", help="an operator no more"
        )
        parser.add_argument(
            "--host",
            default="http://127.0.0.1:8000",
            metavar="ADDRESS",
            help="what people type to reach this server, for example http://192.0.2.10:8000",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Print a slip a person; standard error says which names were left out. Status 0, 1 or 2 (usage)."""
        base = _base_address(options["host"])
        others = [*options["again"], *options["staff"], *options["not_staff"]]
        wanted = options["names"] or ([] if others else [self._standard_input()])
        names = [name.strip() for text in wanted for name in BETWEEN.split(text) if name.strip()]
        if not names and not others:
            raise CommandError(
                "No names: give some as arguments, or pipe a list, one a line.", returncode=USAGE
            )
        if len(names) > MOST_NAMES:
            raise CommandError(
                f"More than {MOST_NAMES} names at once: make it several lists.", returncode=USAGE
            )
        if _is_of_this_machine(base):
            self.stderr.write(
                f"The addresses begin with {base} and work on this machine only. Others: --host"
            )
        left_out = self._add(names, base) + self._again(options["again"], base)
        left_out += self._staff(options["staff"], base) + self._not_staff(options["not_staff"])
        if left_out:
            raise CommandError(f"{left_out} of {len(names) + len(others)} names were left out.")

    def _add(self, names: list[str], base: str) -> int:
        """Make the accounts; out: how many could not be."""
        if names:
            first_account()  # so that the first learner does not become the one that `serve` signs in
        seen: set[str] = set()
        left_out = 0
        for name in names:
            normal = normal_user_name(name)
            problem = NameProblem.TWICE if normal in seen else self._add_one(name, base)
            seen.add(normal)
            left_out += self._say(name, problem)
        return left_out

    def _add_one(self, name: str, base: str) -> NameProblem | None:
        try:
            user = add_person(name)
        except NameRefused as refused:
            return refused.problem
        self._print_slip(user, base)
        return None

    def _again(self, names: list[str], base: str) -> int:
        """Print new addresses; out: how many names have no account."""
        left_out = 0
        for name in names:
            user = person_named(name)
            if user is not None:
                self._print_slip(user, base)
            left_out += self._say(name, NameProblem.UNKNOWN if user is None else None)
        return left_out

    def _staff(self, names: list[str], base: str) -> int:
        """Make operators, of accounts that are there or of new ones; out: how many could not be."""
        left_out = 0
        for name in names:
            user, problem = person_named(name), None
            if user is None:
                problem = self._add_one(name, base)
                user = person_named(name)
            if user is not None:
                set_staff(user, is_staff=True)
                self.stderr.write(f"{user.username} is an operator.")
            left_out += self._say(name, problem)
        return left_out

    def _not_staff(self, names: list[str]) -> int:
        """Take the operators' rights back; out: how many names have no account."""
        left_out = 0
        for name in names:
            user = person_named(name)
            if user is not None:
                set_staff(user, is_staff=False)
                self.stderr.write(f"{user.username} is no operator.")
            left_out += self._say(name, NameProblem.UNKNOWN if user is None else None)
        return left_out

    def _say(self, name: str, problem: NameProblem | None) -> int:
        if problem is None:
            return 0
        self.stderr.write(f"{visible(name, LONGEST_SHOWN)}: {NAME_PROBLEMS[problem]}")
        return 1

    def _print_slip(self, user: User, base: str) -> None:
        until = real_now() + timedelta(days=SLIP_DAYS)
        token = new_sign_in_link(user, loopback_only=False, days=SLIP_DAYS)
        lines = (
            f"Name:     {user.username}",
            f"Address:  {base}{reverse('enter', args=[token])}",
            f"Until:    {until:%d %B %Y, %H:%M} UTC. Works once; then choose a password.",
            CUT_LINE,
        )
        self.stdout.write("\n".join(lines))
        self.stdout.flush()

    def _standard_input(self) -> str:
        """What is piped or pasted, as text; a byte that is no UTF-8 becomes one that no name may hold."""
        if sys.stdin.isatty():
            self.stderr.write("Names, one a line; Ctrl-D on a line of its own ends the list:")
        content = sys.stdin.buffer.read(MOST_BYTES + 1)
        if len(content) > MOST_BYTES:
            raise CommandError("The list is longer than 64 KiB: is it a list of names?", returncode=USAGE)
        encoding = "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
        return content.decode(encoding, "replace")


def _base_address(typed: str) -> str:
    """The scheme, host and port that addresses begin with; usage error for anything else."""
    text = typed if "://" in typed else f"http://{typed}"
    try:
        parts = urlsplit(text)
        is_good = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        is_good = False
    if not is_good or re.search(r"[\s@?#\\]|[^ -~]", text) or parts.path not in ("", "/"):
        raise CommandError(
            f"--host {visible(typed, LONGEST_SHOWN)}: not an address like http://192.0.2.10:8000",
            returncode=USAGE,
        )
    return f"{parts.scheme}://{parts.netloc}"


def _is_of_this_machine(base: str) -> bool:
    host = urlsplit(base).hostname or ""
    return host in ("localhost", "::1") or host.startswith("127.")
