"""`manage.py box_reports`: what people reported of real servers, for whoever runs this one."""

import json
from argparse import ArgumentParser
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand

from certstore.pki.names import visible
from certstore.reading.reports import ReportRow, every_report

LONGEST_SHOWN = 4000


class Command(BaseCommand):
    """Prints the reports that wait, the newest first."""

    help = (
        "Prints what people reported of real servers and nobody has put away yet. A sentence is corrected in "
        "the file that CORRECTIONS_FILE names; deploy/corrections.example.toml shows one."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which of them, and how."""
        parser.add_argument("--all", action="store_true", help="those that are done, too")
        parser.add_argument("--json", action="store_true", help="a JSON line a report")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print them; a sentence where there is none."""
        reports = every_report(only_open=not options["all"])
        for report in reports:
            self.stdout.write(json.dumps(asdict(report)) if options["json"] else "\n".join(_lines(report)))
        if not reports and not options["json"]:
            self.stdout.write("No reports." if options["all"] else "No open reports.")


def _lines(report: ReportRow) -> Iterator[str]:
    """A report as text; nothing in it can begin a line of its own or move the cursor."""
    state = "done" if report.is_done else "open"
    yield visible(f"{report.number}  {report.about}  ({state})", LONGEST_SHOWN)
    yield visible(f"  from     {report.who}, {report.at}", LONGEST_SHOWN)
    yield visible(f"  server   {report.release}, {report.role}", LONGEST_SHOWN)
    yield visible(f"  here     {report.said}", LONGEST_SHOWN)
    for number, line in enumerate(report.words.split("\n")):
        yield visible(f"  {'real' if number == 0 else '':<9}{line}", LONGEST_SHOWN)
    yield ""
