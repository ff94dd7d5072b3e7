"""System checks: what `manage.py check` and every start look at before anybody is served."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core import checks

from certstore.reading.corrections import problems_of

MEND = "Mend the file, or move it away: without it every sentence is as it was published."


def check_corrections(*, app_configs: Sequence[AppConfig] | None, **_: Any) -> list[checks.CheckMessage]:
    """E001 for each mistake in the file of corrections; W001 where a file is named that is not there."""
    path: Path = settings.CORRECTIONS_FILE
    found: list[checks.CheckMessage] = [
        checks.Error(problem, hint=MEND, id="certstore.E001") for problem in problems_of(path)
    ]
    if not found and path != settings.DATA_DIR / "corrections.toml" and not path.exists():
        found.append(
            checks.Warning(
                f"CORRECTIONS_FILE names {path}, and there is no such file: nothing is corrected.",
                hint="Mend the path, or leave CORRECTIONS_FILE unset.",
                id="certstore.W001",
            )
        )
    return found
