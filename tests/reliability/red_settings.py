"""The real settings with one guard switched off, to show that a test fails without it.

RED=django-defaults: SQLite with Django's own options, and no queue of writers in front of it.
RED=no-row-locks: PostgreSQL without row locks.
RED=write-ahead-log, RED=persistent-journal: SQLite leaves what it writes beside the database, to be searched.
"""

import fcntl
import os

from expressway_sim.settings import *  # noqa: F403 - all of them
from expressway_sim.settings import DATABASES

RED = os.environ["RED"]
JOURNALS = {"write-ahead-log": "WAL", "persistent-journal": "PERSIST"}
if RED == "django-defaults":
    DATABASES["default"]["OPTIONS"] = {}
    fcntl.flock = lambda *_: None
elif RED == "no-row-locks":
    DATABASES["default"]["ENGINE"] = "tests.reliability.no_row_locks"
elif RED in JOURNALS:
    DATABASES["default"]["OPTIONS"]["init_command"] = f"PRAGMA journal_mode={JOURNALS[RED]};"
else:
    raise ValueError(f"RED={RED} switches nothing off")
