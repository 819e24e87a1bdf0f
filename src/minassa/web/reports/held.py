"""Sessions of committees held in a period, as its report lists them."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from minassa.governance.models import ItemState, SessionState
from minassa.governance.public import sessions_for
from minassa.registry.public import Actor, allowed
from minassa.vocabulary.periods import first_day
from minassa.web import writing
from minassa.web.committees.wording import committee_names
from minassa.web.public.pages import language
from minassa.web.reports.periods import Period

HELD = (SessionState.CLOSED, SessionState.SEALED)


def sessions_section(actor: Actor, period: Period) -> dict[str, Any]:
    """The sessions held in a period that an actor may know of, with how many items each adopted; nothing for others."""
    if not allowed(actor, "session.list"):
        return {}
    since, until = (
        datetime.combine(first_day(month), time(), writing.CASABLANCA) for month in (period.first, period.until + 1)
    )
    held = sessions_for(actor).filter(state__in=HELD, opened_at__gte=since, opened_at__lt=until)
    adopted = Count("items", filter=Q(items__state=ItemState.ADOPTED))
    names = committee_names()
    rows = [
        [
            writing.isolated(one.reference),
            names[one.committee],
            writing.day(one.opened_at or one.planned_at, language()),
            writing.isolated(writing.count(one.adopted)),
        ]
        for one in held.annotate(adopted=adopted).order_by("opened_at")
    ]
    if not rows:
        return {"heading": _("Séances tenues"), "paragraphs": [_("Aucune séance ne s'est tenue dans la période.")]}
    headers = [_("Séance"), _("Comité"), _("Jour"), _("Points adoptés")]
    return {"heading": _("Séances tenues"), "table": {"headers": headers, "rows": rows, "numeric": [3]}}
