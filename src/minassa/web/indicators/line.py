"""A month of an employee in a firm: the line of the file it was read on, each amount it counts in, to the article."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import polars as pl
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from minassa.engine import Offer, explain
from minassa.entitlements.amounts import AmountId, person_text
from minassa.entitlements.runs import Run
from minassa.entitlements.why import Line, why
from minassa.registry.models import Enterprise
from minassa.registry.public import Actor, allowed
from minassa.steering.indicators.board import board
from minassa.steering.indicators.descent import amounts_of_month, months_behind
from minassa.steering.indicators.reading import Filters
from minassa.steering.report.tree import Twig, twig
from minassa.vocabulary.errors import MinassaError
from minassa.vocabulary.periods import PeriodError, parse_month
from minassa.web.access import PageRequest, page
from minassa.web.claims.showing import month_words
from minassa.web.claims.sources import Basis, latest_basis
from minassa.web.claims.why import originals_of
from minassa.web.indicators.firms import names_of, nature_words
from minassa.web.indicators.listing import told_run
from minassa.web.indicators.one import indicator_named

MOST: Final = 4
"""Amounts told whole: a month counts in one of each measure at most."""
NET_JOBS: Final = "net_jobs"


@require_safe
@page("indicator.lines")
def line_page(request: PageRequest, **place: Any) -> HttpResponse:  # noqa: ANN401 (the parts of the address)
    """The page of a line; 404 for one that the run did not read in that month."""
    one, basis = indicator_named(place["code"]), latest_basis()
    month = _month(place["month"])
    if basis is None:
        raise Http404
    row = _line(basis, place, month)
    affiliation = int(place["affiliation"])
    context = {
        **told_run(board(request.actor, Filters())),
        "one": one,
        "affiliation": affiliation,
        "firm": names_of([affiliation])[affiliation],
        "month": month_words(month),
        "month_text": place["month"],
        "person": person_text(row["person"]),
        "row": row,
        "since": month_words(row["first_month"]) if row["first_month"] is not None else "",
        "nature": nature_words(row),
        **_file(request.actor, basis, place, row),
        "counted": _counted(basis.run, basis.offer, affiliation, month),
        "amounts": list(_amounts(basis, affiliation, row, month)),
    }
    return render(request, "web/indicators/line.html", context)


def _month(text: str) -> int:
    try:
        return parse_month(text)
    except PeriodError as error:
        raise Http404 from error


def _line(basis: Basis, place: Mapping[str, Any], month: int) -> dict[str, Any]:
    rows = months_behind(basis.tables, basis.run, int(place["affiliation"]), month)
    mine = rows.filter(pl.col("file_id") == int(place["file"]), pl.col("line") == int(place["line"]))
    if mine.is_empty():
        raise Http404
    return mine.row(0, named=True)


def _file(actor: Actor, basis: Basis, place: Mapping[str, Any], row: Mapping[str, Any]) -> dict[str, Any]:
    """The name of the file and the text of the line, for who may open the files of that firm."""
    line = Line("cnss", row["file_id"], row["line"], {})
    firm = Enterprise.objects.filter(affiliation=int(place["affiliation"])).first()
    reads = allowed(actor, "upload.open", firm)
    return {"reads_files": reads, "originals": list(originals_of([line], basis.tables)) if reads else []}


def _counted(run: Run, offer: Offer, affiliation: int, month: int) -> Twig | None:
    """How the firm's net jobs of the month are counted, as a tree; None before the offer."""
    here = run.table("firm_month").filter(pl.col("affiliation") == affiliation, pl.col("month") == month).collect()
    if here.is_empty():
        return None
    try:
        return twig(explain(offer, NET_JOBS, "firm_month", {"firm_month": here.row(0, named=True)}), offer, "emplois")
    except MinassaError:  # no rule counts them in that month
        return None


def _amounts(basis: Basis, affiliation: int, row: Mapping[str, Any], month: int) -> Any:  # noqa: ANN401
    """The amounts that the month counts in, each with its tree down to the articles."""
    found = amounts_of_month(basis.run, affiliation, row["person"], month, row["first_month"])
    for one in found.head(MOST).iter_rows(named=True):
        identifier = AmountId(one["measure"], affiliation, one["person"], one["period_start"])
        try:
            answer = why(str(identifier), basis.run, basis.offer, basis.tables)
        except MinassaError:  # the row of another stay in the same period tells it
            continue
        yield {
            "measure": one["measure"].upper(),
            "cents": one["amount_cents"],
            "entitled": one["entitled"],
            "provisional": one["provisional"],
            "share": answer.monthly.get(f"{month // 12:04d}-{month % 12 + 1:02d}"),
            "twig": twig(answer.tree, basis.offer, f"pourquoi-{one['measure']}"),
        }
