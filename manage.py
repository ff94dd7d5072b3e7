#!/usr/bin/env python
"""Run a management command of the rehearsal room (`python manage.py help` lists them)."""

import os
import sys


def main() -> None:
    """Run it; Ctrl-C and a wrong setting end with a line, not with a traceback."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "expressway_sim.settings")
    try:  # the imports are in here because they take a moment, and Ctrl-C can come in it
        from django.core.exceptions import ImproperlyConfigured
        from django.core.management import execute_from_command_line

        try:
            execute_from_command_line(sys.argv)
        except ImproperlyConfigured as error:
            sys.exit(f"The settings do not fit: {error}")
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
