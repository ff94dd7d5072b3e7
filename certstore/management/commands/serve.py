"""`manage.py serve`: everything that one machine needs, in one command."""

import socket
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, connection, connections
from django.urls import reverse

from certstore.actions.people import PRINTED_MINUTES, first_account, new_sign_in_link
from certstore.management.interrupts import ends_at_once
from certstore.management.listening import LOOPBACK, CannotListen, Place, network_hosts, places, url
from certstore.management.server import Server

EVERYWHERE = "0.0.0.0"  # noqa: S104 - only with --classroom, which is asked for
JOURNALS = {"delete": "rollback journal", "wal": "write-ahead log"}
SYNCS = ("OFF", "NORMAL", "FULL", "EXTRA")


class Command(BaseCommand):
    """Makes the database ready, prints an address that signs you in, and serves until Ctrl-C."""

    help = (
        "Makes the database and a first account where there is none, collects the static files, prints an "
        "address that signs you in, and serves until Ctrl-C. For one machine, or one class; no HTTPS."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where to listen, and for whom."""
        parser.add_argument("--host", help=f"where to listen (default {LOOPBACK}; in a class, everywhere)")
        parser.add_argument("--port", type=int, default=8000, help="default 8000; 0 takes any free one")
        parser.add_argument(
            "--classroom", action="store_true", help="listen on the network and print the addresses to type"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Serve; exit status 1 with a sentence when that cannot be."""
        is_class = bool(options["classroom"])
        try:
            listening = places(options["host"] or (EVERYWHERE if is_class else LOOPBACK), options["port"])
        except CannotListen as error:
            raise CommandError(str(error)) from error
        if settings.DEBUG and not all(place.is_loopback for place in listening):
            raise CommandError("DEBUG is on: its error pages show secrets, so only this machine may see any.")
        hosts = class_hosts(listening[0]) if is_class else []
        local = local_host(listening)
        settings.ALLOWED_HOSTS = [
            *settings.ALLOWED_HOSTS,
            *(f"[{host}]" if ":" in host else host for host in (local, *hosts)),
        ]
        with ends_at_once():  # until gunicorn listens to the signal itself
            token = self._make_ready()
            lines = self._lines(local, listening[0].port, token, hosts, is_class)
            connections.close_all()  # a connection must not be shared by forked workers
            Server(
                [place.socket for place in listening],
                when_ready=lambda: self._say(lines),
                is_chatty=options["verbosity"] > 1,
            ).run()

    def _make_ready(self) -> str:
        """Tables, static files, the first account. Out: the token that signs it in."""
        try:
            call_command("migrate", interactive=False, verbosity=0)
            call_command("collectstatic", interactive=False, verbosity=0)
            return new_sign_in_link(first_account(), loopback_only=True, minutes=PRINTED_MINUTES)
        except DatabaseError as error:
            raise CommandError(f"The database cannot be used: {str(error).strip()}") from error
        except OSError as error:
            raise CommandError(f"{error.filename} cannot be written: {error.strerror}.") from error

    def _lines(self, local: str, port: int, token: str, hosts: list[str], is_class: bool) -> list[str]:
        """What to print."""
        lines = [
            "Expressway certificate rehearsal",
            f"  Database  {describe_database()}",
            f"  Sign in   {url(local, port)}{reverse('enter', args=[token])}",
            f"            works once, within {PRINTED_MINUTES} minutes, on this machine",
        ]
        for host in hosts:
            lines.append(f"  Class     {url(host, port)}/")
        if hosts:
            lines.append(f"            accounts: python manage.py add_people --host {url(hosts[0], port)}")
        elif is_class:
            lines.append("  Class     this machine has no address on a network")
        return [*lines, "  Stop      Ctrl-C"]

    def _say(self, lines: list[str]) -> None:
        self.stdout.write("\n".join(lines))
        self.stdout.flush()


def local_host(listening: list[Place]) -> str:
    """The host for the address that works on this machine only."""
    place = listening[-1]
    if not place.is_everywhere:
        return place.host
    return LOOPBACK if place.socket.family == socket.AF_INET else "::1"


def class_hosts(place: Place) -> list[str]:
    """The hosts that a class can type."""
    if place.is_loopback:
        return []
    return [*network_hosts(), socket.gethostname().lower()] if place.is_everywhere else [place.host]


def describe_database() -> str:
    """What is used, and what its own answers say about how safely it writes."""
    with connection.cursor() as cursor:
        if connection.vendor != "sqlite":
            cursor.execute("SHOW server_version")
            return f"PostgreSQL {cursor.fetchone()[0]}, {connection.settings_dict['NAME']}"
        cursor.execute("SELECT sqlite_version()")
        version = cursor.fetchone()[0]
        cursor.execute("PRAGMA journal_mode")
        journal = cursor.fetchone()[0]
        cursor.execute("PRAGMA synchronous")
        sync = SYNCS[cursor.fetchone()[0]]
    journal = JOURNALS.get(journal, journal)
    return f"{connection.settings_dict['NAME']} (SQLite {version}, {journal}, synchronous {sync})"
