"""What a job has cost so far, and what premiums may still cost, between two bounds; each figure with how sure it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.core.cache import cache
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from minassa.claims.public import ForecastRow, forecast, job_costs
from minassa.claims.weights import thresholds
from minassa.offer.catalogue import measure
from minassa.registry.public import Actor
from minassa.vocabulary.periods import first_day
from minassa.web.access import PageRequest, page
from minassa.web.cases.tables import FORMATS, Amount
from minassa.web.claims.sources import Basis, latest_basis
from minassa.web.money.drawing import Piece, bar
from minassa.web.money.exports import file
from minassa.web.money.showing import measure_names, shown, told_parameters

KEPT_SECONDS: Final = 3_600


@dataclass(frozen=True, slots=True)
class Ahead:
    """What a premium may cost in a year: the bounds, and a bar on which what is sure to come stands first."""

    row: ForecastRow
    name: str
    pieces: tuple[Piece, ...]


@require_GET
@page("ledger.view")
def costs(request: PageRequest) -> HttpResponse:
    """Costs for each job and the forecast of premiums; the forecast as a file."""
    basis = latest_basis()
    rows = _forecast(request.actor, basis) if basis else ()
    if request.GET.get("format") in FORMATS:
        return file("previsions", request.GET["format"], _headings(), _cells(rows))
    names = measure_names()
    widest = max((one.expected for one in rows), default=0)
    found = job_costs(request.actor, basis.run, basis.offer) if basis else None
    context = {
        "costs": found,
        "month": first_day(found.month) if found else None,
        "net": None if found is None else found.paid - found.given_back,
        "jobs": measure("net_jobs"),
        "rows": [Ahead(one, names.get(one.measure, one.measure), _pieces(one, widest)) for one in rows],
        "departures": thresholds(timezone.localdate()),
        "parameters": told_parameters("budget_year_rule"),
    }
    return shown(request, "costs", context)


def _forecast(actor: Actor, basis: Basis) -> Sequence[ForecastRow]:
    """The forecast after a run, as the whole country is read for it: once for a run and a day, whoever asks."""
    day = timezone.localdate()
    key = f"money-forecast:{basis.run.path.name}:{day.isoformat()}"
    kept: Sequence[ForecastRow] | None = cache.get(key)
    if kept is None:
        kept = forecast(actor, basis.run, basis.offer, day)
        cache.set(key, kept, KEPT_SECONDS)
    return kept


def _pieces(one: ForecastRow, widest: int) -> tuple[Piece, ...]:
    low, high = sorted((one.probable, one.expected))
    return bar((("expected", low), ("between", high - low)), widest)


def _headings() -> list[str]:
    return [_("Mesure"), _("Année"), _("Entreprises"), _("Recrues"), _("Avec les départs supposés"), _("Sans départ")]


def _cells(rows: Sequence[ForecastRow]) -> Iterator[tuple[Any, ...]]:
    names = measure_names()
    for one in rows:
        bounds = (Amount(one.probable), Amount(one.expected))
        yield names.get(one.measure, one.measure), one.year, one.firms, one.hires, *bounds
