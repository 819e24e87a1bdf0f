"""Sessions of committees: those to come on a calendar, all of them in a list that is filtered and taken away."""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Final

from django.db.models import Count, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from minassa.governance.models import Item, Session, SessionState
from minassa.governance.public import sessions_for
from minassa.registry.public import allowed
from minassa.vocabulary.periods import PeriodError, first_day, format_month, month_index, month_of, parse_month
from minassa.web.access import PageRequest, page
from minassa.web.cases.showing import language
from minassa.web.cases.tables import FORMATS, MOST, Cell, exported
from minassa.web.committees.showing import CONSENT
from minassa.web.committees.wording import committee_names
from minassa.web.writing import CASABLANCA, weekdays

MONTHS: Final = 3
"""Months of the calendar: the technical committee meets once a quarter."""
EARLIEST: Final = month_index(2016, 1)
LATEST: Final = month_index(2050, 1)
SIZE: Final = 50
ORDERS: Final = {"planned": "planned_at", "reference": "reference", "state": "state"}


@dataclass(frozen=True, slots=True)
class Day:
    """A square of the calendar: its day, whether it is of the month shown, the sessions planned on it."""

    day: date
    inside: bool
    today: bool
    sessions: Sequence[Session]


@dataclass(frozen=True, slots=True)
class Month:
    """A month of the calendar, by weeks that begin on Monday."""

    first: date
    weeks: Sequence[Sequence[Day]]


@require_GET
@page("session.list")
def sessions(request: PageRequest) -> HttpResponse:
    """The sessions that the person may know of, or the same as a file."""
    names = committee_names()
    chosen = {name: request.GET.get(name, "") for name in ("comite", "etat", "sort", "mois")}
    found = _narrowed(sessions_for(request.actor), chosen, names)
    if request.GET.get("format") in FORMATS:
        return exported("seances", request.GET["format"], _headings(), _cells(found[:MOST], names))
    rows = list(found[:SIZE])
    listed = _items_of(rows)
    first = _first_month(chosen["mois"])
    planned = sessions_for(request.actor).filter(planned_at__gte=_at(first), planned_at__lt=_at(first + MONTHS))
    context = {
        "rows": [(session, names[session.committee], listed.get(session.pk, 0)) for session in rows],
        "total": found.count(),
        "size": SIZE,
        "chosen": chosen,
        "filtered": bool(chosen["comite"] or chosen["etat"]),
        "committees": names.items(),
        "states": SessionState.choices,
        "months": _months(first, planned),
        "before": format_month(first - MONTHS),
        "after": format_month(first + MONTHS),
        "weekdays": weekdays(language()),
        "may_prepare": allowed(request.actor, "session.prepare", None),
    }
    return render(request, "web/committees/sessions.html", context)


def _narrowed(found: QuerySet[Session], chosen: Mapping[str, str], names: Mapping[str, str]) -> QuerySet[Session]:
    if chosen["comite"] in names:
        found = found.filter(committee=chosen["comite"])
    if chosen["etat"] in SessionState.values:
        found = found.filter(state=chosen["etat"])
    column = ORDERS.get(chosen["sort"].removeprefix("-"), "planned_at")
    down = chosen["sort"].startswith("-") or not chosen["sort"]
    return found.order_by(f"{'-' if down else ''}{column}", "-pk")


def _items_of(sessions: Sequence[Session]) -> dict[int, int]:
    """How many items each agenda has, the consent list itself left out."""
    items = Item.objects.filter(session__in=sessions).exclude(kind=CONSENT)
    return dict(items.values_list("session").annotate(Count("pk")))


def _headings() -> list[str]:
    return [
        _("Référence"),
        _("Comité"),
        _("Prévue le"),
        _("Lieu"),
        _("État"),
        _("Points"),
        _("Empreinte de l'ordre du jour"),
    ]


def _cells(found: QuerySet[Session], names: Mapping[str, str]) -> Iterator[tuple[Cell, ...]]:
    sessions = list(found)
    listed = _items_of(sessions)
    for session in sessions:
        yield (
            session.reference,
            names[session.committee],
            timezone.localtime(session.planned_at).isoformat(timespec="minutes"),
            session.place,
            str(session.get_state_display()),
            listed.get(session.pk, 0),
            session.agenda_digest,
        )


# --- the calendar --------------------------------------------------------------------------------------------------


def _first_month(asked: str) -> int:
    """The first month shown: the one that the address asks for, else the present one."""
    try:
        month = parse_month(asked)
    except PeriodError:
        return month_of(timezone.localdate())
    return min(max(month, EARLIEST), LATEST)


def _at(month: int) -> datetime:
    return datetime.combine(first_day(month), time(), CASABLANCA)


def _months(first: int, planned: Iterable[Session]) -> list[Month]:
    on: dict[date, list[Session]] = {}
    for session in planned:
        on.setdefault(timezone.localdate(session.planned_at), []).append(session)
    return [_month(first_day(first + number), on) for number in range(MONTHS)]


def _month(first: date, on: Mapping[date, Sequence[Session]]) -> Month:
    today = timezone.localdate()
    weeks = calendar.Calendar().monthdatescalendar(first.year, first.month)
    return Month(
        first, [[Day(day, day.month == first.month, day == today, on.get(day, ())) for day in week] for week in weeks]
    )
