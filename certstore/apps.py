"""The one Django app."""

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import register

from certstore.checks import check_corrections
from certstore.reading.corrections import put_in_force


class CertstoreConfig(AppConfig):
    """Rehearsal labs."""

    name = "certstore"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Put the operator's corrections in force in this process, and have their file checked.

        A process reads the file once: workers that are forked from one that has read it all say the same.
        """
        register(check_corrections)
        put_in_force(settings.CORRECTIONS_FILE)
