"""Which pages of lists are timed, and how many queries each costs: a script of its own, on a platform full of cases.

`python -m bench._pages SESSIONS` (JSON: a session for each person): prints what is timed, by name, as JSON. Page 1,000
of a list is reached by the cursor that the platform itself would have given.
"""

# ruff: noqa: E402 (models are there once Django is set up)
from __future__ import annotations

import json
import os
import sys
from typing import Any
from urllib.parse import urlencode

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "minassa.web.settings")
django.setup()

from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from minassa.onestop.listing import visible_cases
from minassa.onestop.models import Case, Task
from minassa.onestop.paging import BY_DEADLINE, LATEST_FIRST, PAGE
from minassa.onestop.public import Filters
from minassa.registry.models import Account
from minassa.registry.public import actor_of

DEEP = 1_000
PLACE = 101
"""The P2I whose manager looks at its cases."""


def main(sessions: dict[str, str]) -> dict[str, dict[str, Any]]:
    """What is timed: the person, the address, its queries, and in which order references come (none: not a list).

    Without page 1,000 of a list that has fewer.
    """
    found: dict[str, dict[str, Any]] = {
        name: {"who": who, "address": address, "order": order}
        for name, who, address, order in _timed()
        if not address.endswith("=")
    }
    for one in found.values():
        client = Client()
        client.cookies[settings.SESSION_COOKIE_NAME] = sessions[one["who"]]
        client.get(one["address"])
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(one["address"])
        if answer.status_code != 200:  # noqa: PLR2004
            raise SystemExit(f"{one['address']}: {answer.status_code}")
        one["queries"] = len(queries)
    return found


def _timed() -> list[tuple[str, str, str, str]]:
    every, queue, place = _deep_case(Filters()), _deep_task(), _deep_case(Filters(place=PLACE))
    cases, inbox, search, latest = "/fr/dossiers/", "/fr/bannette/", "/fr/recherche/", "latest"
    return [
        ("API, cases, page 1", "officer", "/api/v1/cases?limit=25", latest),
        (f"API, cases, page {DEEP}", "officer", f"/api/v1/cases?limit=25&cursor={every}", latest),
        ("API, tasks, page 1", "officer", "/api/v1/tasks?limit=25", "urgent"),
        (f"API, tasks, page {DEEP}", "officer", f"/api/v1/tasks?limit=25&cursor={queue}", "urgent"),
        ("inbox, page 1", "officer", inbox, "urgent"),
        (f"inbox, page {DEEP}", "officer", f"{inbox}?after={queue}", "urgent"),
        ("inbox, late, of one P2I", "officer", f"{inbox}?echeance=passee&lieu={PLACE}", "urgent"),
        ("inbox, mine", "officer", f"{inbox}?attribution=moi", "urgent"),
        ("inbox, answered", "officer", f"{inbox}?etat=answered", latest),
        ("cases, page 1", "officer", cases, latest),
        (f"cases, page {DEEP}", "officer", f"{cases}?after={every}", latest),
        ("cases, refused, one procedure", "officer", f"{cases}?etat=refused&demarche=regularity", latest),
        ("cases, nearly due", "officer", f"{cases}?echeance=proche", "urgent"),
        ("cases, beginning of reference", "officer", f"{cases}?reference=LST-2026-0000", latest),
        ("search, one enterprise", "officer", f"{search}?{urlencode({'q': 'exemple liste 4321'})}", ""),
        ("search, a common word", "officer", f"{search}?q=exemple", ""),
        ("search, a misspelt word", "officer", f"{search}?q=exempla", ""),
        ("search, a reference", "officer", f"{search}?q=LST-2026-00000123", ""),
        ("search, nobody of this name", "officer", f"{search}?q=personne+inconnue", ""),
        ("P2I manager, cases, page 1", "manager", cases, latest),
        (f"P2I manager, cases, page {DEEP}", "manager", f"{cases}?after={place}", latest),
        ("secretariat, cases, page 1", "secretary", cases, latest),
        (f"secretariat, cases, page {DEEP}", "secretary", f"{cases}?after={every}", latest),
        ("firm, its cases", "firm", cases, latest),
    ]


def _deep_case(filters: Filters) -> str:
    """The cursor of page 1,000 of the cases that the secretariat sees under filters."""
    seen = visible_cases(actor_of(Account.objects.get(email="secretariat@minassa.example")), filters)
    row: Case | None = seen.order_by("-pk")[PAGE * (DEEP - 1) - 1 :].first()
    return LATEST_FIRST.cursor_of(row) if row else ""


def _deep_task() -> str:
    """The cursor of page 1,000 of the tasks that CNSS has to do."""
    pending = Task.objects.filter(body__code="cnss", state__in=["open", "proposed", "sent_back"])
    row: Task | None = pending.order_by("due_at", "pk")[PAGE * (DEEP - 1) - 1 :].first()
    return BY_DEADLINE.cursor_of(row) if row else ""


if __name__ == "__main__":
    print(json.dumps(main(json.loads(sys.argv[1]))))
