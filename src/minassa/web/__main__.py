"""Management of the platform: `python -m minassa.web migrate`, `demonstrate`, `work`."""

from __future__ import annotations

import os
import sys

from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "minassa.web.settings")
    execute_from_command_line(["python -m minassa.web", *sys.argv[1:]])
