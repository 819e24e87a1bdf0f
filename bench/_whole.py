"""Reads the whole journal again and prints how many problems it has: a script of its own."""

from __future__ import annotations

import json
import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "minassa.web.settings")
django.setup()

from minassa.journal.public import verify  # noqa: E402 (models are there once Django is set up)

if __name__ == "__main__":
    print(json.dumps({"problems": len(verify())}))
