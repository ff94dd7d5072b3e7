"""The one Django app."""

from django.apps import AppConfig


class CertstoreConfig(AppConfig):
    """Rehearsal labs."""

    name = "certstore"
    default_auto_field = "django.db.models.BigAutoField"
