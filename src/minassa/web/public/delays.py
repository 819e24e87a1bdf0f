"""The real delays: how long each body holds a case, in truth, month after month; what waits longest."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from minassa.onestop.public import BodyDelays, in_force
from minassa.steering.indicators.live import delays
from minassa.steering.told_delays import discreet
from minassa.vocabulary.rounding import Direction, divide
from minassa.web.access import public_page
from minassa.web.public.exports import TYPES, exported
from minassa.web.public.pages import keep, language, shown
from minassa.web.public.sheets import Bodies

WIDTH, HEIGHT, MARGIN = 132, 34, 4
ROUNDING: Final = "minassa-default#affichage"


@dataclass(frozen=True, slots=True)
class Told:
    """What was seen of one body in one procedure, in the words of the page; `trend` as the points of a small line."""

    procedure: str
    label: str
    body: str
    who: str
    seen: BodyDelays
    trend: str
    last: tuple[str, str]
    change: int | None

    @property
    def waiting(self) -> float:
        """The instant since which the oldest is open, the oldest first in an order; last when none is."""
        return self.seen.oldest_open.timestamp() if self.seen.oldest_open else float("inf")


ORDERS: Final[dict[str, Callable[[Told], Any]]] = {
    "procedure": lambda one: (one.label, one.body),
    "body": lambda one: (one.who, one.label),
    "median": lambda one: one.seen.median or 0,
    "ninth": lambda one: one.seen.ninth_decile or 0,
    "finished": lambda one: one.seen.finished,
    "open": lambda one: one.seen.open,
    "late": lambda one: one.seen.late,
    "oldest": lambda one: one.waiting,
}


@require_safe
@public_page
def delays_page(request: HttpRequest) -> HttpResponse:
    """The delays of the last twelve months; filter and order are kept in the address, files hold the same lines."""
    every = told_delays()
    wanted = request.GET.get("demarche", "")
    rows = [one for one in every if wanted in {"", one.procedure}]
    key = request.GET.get("sort", "")
    name = key.removeprefix("-")
    if name in ORDERS:
        rows.sort(key=ORDERS[name], reverse=key.startswith("-"))
    kind = request.GET.get("format", "")
    if kind in TYPES:
        return keep(request, exported(kind, "delais-reels", [_line(one) for one in rows], _note()))
    context = {
        "rows": rows,
        "procedures": sorted({(one.procedure, one.label) for one in every}, key=lambda pair: pair[1]),
        "chosen": {"demarche": wanted, "sort": key},
        "spark": {"width": WIDTH, "height": HEIGHT},
    }
    return keep(request, shown(request, "web/public/delays.html", context))


def told_delays() -> list[Told]:
    """The real delays of the last twelve months, kept some minutes."""
    labels = {one.code: one.labels.said(language()) for one in in_force(timezone.localdate())}
    bodies = Bodies.registered()
    return [_told(discreet(one), labels, bodies) for one in delays()]


def _told(one: BodyDelays, labels: dict[str, str], bodies: Bodies) -> Told:
    points = line_of([month.median for month in one.trend])
    who = bodies[one.body] if one.body else _("Le dossier entier")
    medians = [month.median for month in one.trend]
    return Told(
        procedure=one.procedure,
        label=labels.get(one.procedure, one.procedure),
        body=one.body,
        who=who,
        seen=one,
        trend=" ".join(f"{x},{y}" for x, y in points),
        last=points[-1] if points else ("", ""),
        change=medians[-1] - medians[-2] if len(medians) > 1 else None,
    )


def line_of(values: Sequence[int]) -> list[tuple[str, str]]:
    """The points of a small line of whole numbers, zero at the bottom; none for fewer than two."""
    if len(values) < 2:  # noqa: PLR2004 (one point makes no line)
        return []
    highest, steps = max(*values, 1), len(values) - 1
    across, up = WIDTH - 2 * MARGIN, HEIGHT - 2 * MARGIN
    return [
        (
            str(MARGIN + divide(across * rank, steps, Direction.HALF_UP, ROUNDING)),
            str(HEIGHT - MARGIN - divide(up * value, highest, Direction.HALF_UP, ROUNDING)),
        )
        for rank, value in enumerate(values)
    ]


def _note() -> str:
    """What must go with the delays of invented cases."""
    invented = _("données synthétiques : personnes, entreprises et montants inventés")
    return invented if settings.MINASSA_DEMONSTRATION else ""


def _line(one: Told) -> dict[str, Any]:
    """A line of an export, times in seconds."""
    seen = one.seen
    return {
        "demarche": one.procedure,
        "organisme": one.body or "dossier",
        "libelle": one.who,
        "termines": seen.finished,
        "mediane_secondes": seen.median,
        "neuvieme_decile_secondes": seen.ninth_decile,
        "ouverts": seen.open,
        "en_retard": seen.late,
        "plus_ancien_ouvert_depuis": _instant(seen.oldest_open),
        "mois": " ".join(f"{month.month:%Y-%m}:{month.median}" for month in seen.trend),
    }


def _instant(instant: datetime | None) -> str:
    return instant.isoformat() if instant else ""
