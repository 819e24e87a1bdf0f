"""Writes `openapi.json` from the code: `python -m minassa.web.api.describe`; `--check` only says whether it is true."""

from __future__ import annotations

import os
import sys
from importlib import import_module
from pathlib import Path

import django

FILE = Path(__file__).with_name("openapi.json")


def main(arguments: list[str]) -> int:
    """Write the description, or compare it; 1 when the file is behind the code."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "minassa.web.settings")
    django.setup()
    # Read only now: the routes need the settings.
    text = import_module("minassa.web.api.describing").text()
    if "--check" in arguments:
        return 0 if FILE.exists() and FILE.read_text("utf-8") == text else 1
    FILE.write_text(text, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
