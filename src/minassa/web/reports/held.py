"""What was held: sessions of committees in a period, as its report lists them; reviews made of a year."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from minassa.governance.models import ItemState, SessionState
from minassa.governance.public import sessions_for
from minassa.registry.public import Actor, allowed
from minassa.steering.commitments.reviewing import years_to_review
from minassa.steering.models import YearlyReview
from minassa.vocabulary.periods import first_day
from minassa.web import writing
from minassa.web.committees.wording import committee_names
from minassa.web.public.pages import language
from minassa.web.reports.periods import Period

HELD = (SessionState.CLOSED, SessionState.SEALED)


def reviews_told(actor: Actor) -> dict[str, Any]:
    """Reviews of the contract-programme as an actor may read them, the latest first, and the years that can be."""
    if not allowed(actor, "review.view"):
        return {}
    years = years_to_review() if allowed(actor, "review.make") else []
    return {"reviews": list(YearlyReview.objects.order_by("-year", "-at")), "years": years, "reads_reviews": True}


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
