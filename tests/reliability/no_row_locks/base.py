"""The backend Django loads by this name."""

from django.db.backends.postgresql.base import DatabaseWrapper as PostgresqlWrapper
from django.db.backends.postgresql.features import DatabaseFeatures as PostgresqlFeatures


class DatabaseFeatures(PostgresqlFeatures):
    """All but row locks."""

    has_select_for_update = False


class DatabaseWrapper(PostgresqlWrapper):
    """PostgreSQL without row locks."""

    features_class = DatabaseFeatures
