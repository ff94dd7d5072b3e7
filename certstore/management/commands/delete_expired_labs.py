"""`manage.py delete_expired_labs`: for a timer, once a day."""

from typing import Any

from django.core.management.base import BaseCommand

from certstore.actions.labs import delete_expired
from certstore.models.clock import real_now


class Command(BaseCommand):
    """Deletes the labs for real files whose 30 days are over and that nobody kept."""

    help = "Deletes the labs whose days are over. Nobody sees them any more; this removes their rows."
    requires_system_checks: list[
        str
    ] = []  # a mistake in the file of corrections must not keep it from its work

    def handle(self, *args: Any, **options: Any) -> None:
        """Delete them and say how many."""
        self.stdout.write(f"Deleted labs: {delete_expired(real_now())}")
