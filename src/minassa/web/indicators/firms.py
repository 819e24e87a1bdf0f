"""The firms behind the value of an indicator, a page at a time; one firm with the months of its people."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

import polars as pl
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from minassa.entitlements.amounts import person_text
from minassa.entitlements.firm_months import BASE_MONTH
from minassa.intake.public import NoLakeKey, lake
from minassa.registry.models import Enterprise
from minassa.registry.public import allowed
from minassa.steering.indicators.board import Board, board
from minassa.steering.indicators.catalogue import Indicator
from minassa.steering.indicators.descent import firms_behind, leads_to_firms, months_behind
from minassa.vocabulary.filieres import Filiere
from minassa.vocabulary.periods import PeriodError, format_month, parse_month
from minassa.web.access import PageRequest, page
from minassa.web.cases.showing import place_name
from minassa.web.claims.showing import month_words
from minassa.web.indicators import wording
from minassa.web.indicators.exports import FORMATS, taken_away
from minassa.web.indicators.filters import filters_of, told
from minassa.web.indicators.listing import cell, told_run
from minassa.web.indicators.one import indicator_named
from minassa.web.listing import paged, start_of
from minassa.web.public.pages import language

PAGE_ROWS: Final = 50


@dataclass(frozen=True, slots=True)
class Month:
    """A month of an employee in a firm: the pseudonym, what was declared, what brought the person there."""

    person: str
    days: int
    salary_real: int
    since: str
    nature: str
    address: str


@require_safe
@page("indicator.view")
def firms_page(request: PageRequest, code: str) -> HttpResponse:
    """The firms behind the value of the last period looked at; as a file too."""
    one, found = _looked_at(request, code)
    period = _period(found, one)
    rows = firms_behind(found.run, one, found.filters, period)
    if request.GET.get("format") in FORMATS:
        cells = list(_cells(one, rows))
        return taken_away(f"entreprises-{one.code}", request.GET["format"], _headings(one), cells)
    start = start_of(request.GET)
    held = rows.slice(start, PAGE_ROWS + 1).to_dicts()
    names = names_of(row["affiliation"] for row in held)
    context = {
        **told(request.GET),
        **told_run(found),
        **paged(start, held),
        "one": one,
        "period": wording.period_words(one.frequency, period),
        "total": wording.shown(one.unit, sum(rows["value"].to_list())),
        "number": rows.height,
        "rows": [_row(one, row, names, period) for row in held[:PAGE_ROWS]],
        "formats": FORMATS,
        "may_read_lines": allowed(request.actor, "indicator.lines"),
    }
    return render(request, "web/indicators/firms.html", context)


@require_safe
@page("indicator.lines")
def firm_page(request: PageRequest, code: str, affiliation: int) -> HttpResponse:
    """One firm in a month: each employee declared, under a pseudonym, and what brought him or her there."""
    one, found = _looked_at(request, code)
    month = _month(request.GET.get("mois", ""), found)
    try:
        rows = months_behind(lake(), found.run, affiliation, month)
    except NoLakeKey as absent:
        raise Http404 from absent
    if rows.is_empty():
        raise Http404
    start = start_of(request.GET)
    held = rows.slice(start, PAGE_ROWS + 1).to_dicts()
    context = {
        **told_run(found),
        **paged(start, held),
        "one": one,
        "firm": names_of([affiliation])[affiliation],
        "month": month_words(month),
        "month_text": format_month(month),
        "number": rows.height,
        "new": rows.filter(_new() & (pl.col("first_month") > BASE_MONTH)).height,
        "rows": [_told(one, affiliation, month, row) for row in held[:PAGE_ROWS]],
    }
    return render(request, "web/indicators/firm.html", context)


def names_of(affiliations: Iterator[int] | Sequence[int]) -> dict[int, str]:
    """What firms are called: the name of the register, else the affiliation number."""
    wanted = list(affiliations)
    named = dict(Enterprise.objects.filter(affiliation__in=wanted).values_list("affiliation", "name"))
    return {number: named.get(number) or _("Affiliation %(number)s") % {"number": number} for number in wanted}


def nature_words(row: Mapping[str, Any]) -> str:
    """What brought an employee to the firm: a new job, a transfer, a re-hire, a replacement, or neither."""
    if row["first_month"] is None or not row["is_hire"]:
        return _("en poste au début des données")
    words = {"transferred": _("transfert"), "rehired": _("réembauche"), "replaces_leaver": _("remplacement")}
    return next((word for name, word in words.items() if row[name]), _("emploi nouveau"))


def _looked_at(request: PageRequest, code: str) -> tuple[Indicator, Board]:
    one, found = indicator_named(code), board(request.actor, filters_of(request.GET))
    if found is None or not leads_to_firms(one):
        raise Http404
    return one, found


def _period(found: Board, one: Indicator) -> int:
    """The last period that is known among those looked at."""
    points = found.points(one)
    return points[-1].period if points else found.run.until


def _month(text: str, found: Board) -> int:
    try:
        return min(parse_month(text), found.run.until)
    except PeriodError:
        return found.run.until


def _row(one: Indicator, row: Mapping[str, Any], names: Mapping[int, str], period: int) -> dict[str, Any]:
    address = reverse("indicator-firm", args=[one.code, row["affiliation"]])
    return {
        "name": names[row["affiliation"]],
        "filiere": row["filiere"],
        "place": place_name(row["place"]),
        "value": wording.shown(one.unit, row["value"]),
        "address": f"{address}?mois={format_month(period)}",
    }


def _new() -> pl.Expr:
    return pl.col("is_hire") & ~pl.col("transferred") & ~pl.col("rehired") & ~pl.col("replaces_leaver")


def _told(one: Indicator, affiliation: int, month: int, row: Mapping[str, Any]) -> Month:
    place = [one.code, affiliation, format_month(month), row["file_id"], row["line"]]
    return Month(
        person=person_text(row["person"]),
        days=row["days"],
        salary_real=row["salary_real"],
        since=month_words(row["first_month"]) if row["first_month"] is not None else "",
        nature=nature_words(row),
        address=reverse("indicator-line", args=place),
    )


def _headings(one: Indicator) -> list[str]:
    return [_("Affiliation CNSS"), _("Entreprise"), _("Filière"), _("Lieu"), str(one.label)]


def _cells(one: Indicator, rows: pl.DataFrame) -> Iterator[tuple[Any, ...]]:
    names = names_of(rows["affiliation"].to_list())
    written = partial(cell, one.unit)
    for row in rows.iter_rows(named=True):
        number = int(row["affiliation"])
        label = Filiere(row["filiere"]).label(language())
        yield str(number), names[number], label, place_name(row["place"]), written(row["value"])
