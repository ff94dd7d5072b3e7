#!/usr/bin/env python
"""Run a management command of the rehearsal room (`python manage.py help` lists them)."""

import os
import sys

from certstore.management.interrupts import STATUS, ends_at_once


def main() -> None:
    """Run it; Ctrl-C and a wrong setting end with a line, not with a traceback."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "expressway_sim.settings")
    with ends_at_once():  # the imports take a moment, and Ctrl-C can come in it
        import django
        from django.core.exceptions import ImproperlyConfigured
        from django.core.management import execute_from_command_line
    try:
        with ends_at_once():
            django.setup()
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:
        sys.exit(f"The settings do not fit: {error}")
    except KeyboardInterrupt:
        sys.exit(STATUS)


if __name__ == "__main__":
    main()
