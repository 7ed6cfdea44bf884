#!/usr/bin/env python
"""Runs the registry's commands. Without settings in the environment it works in development mode."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "frikommune.settings")
    # frikommune/wsgi.py, which serves visitors, has no such default: there DEBUG is off unless asked for.
    os.environ.setdefault("DEBUG", "true")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
