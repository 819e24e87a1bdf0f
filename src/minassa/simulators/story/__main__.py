"""Plays the story: `python -m minassa.simulators.story`; the data folder is MINASSA_HOME. Again, it goes on."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import django
from django.conf import settings
from django.utils import timezone
from django.utils.module_loading import import_string

from minassa.nation import Manifest


def main() -> int:
    """Play what is not played yet; nothing where no synthetic nation was deposited."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "minassa.web.settings")
    django.setup()
    tell_story = import_string("minassa.simulators.story.telling.tell_story")
    known = Path(settings.MINASSA_HOME, "synthetic.json")
    if known.exists():
        tell_story(Manifest(**json.loads(known.read_text("utf-8"))), timezone.now(), say)
    return 0


def say(line: str) -> None:
    """One line, at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
