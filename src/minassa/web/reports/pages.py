"""The pages of reports: the list of those that can be made, each as PDF, as an editable file, with its annex."""

from __future__ import annotations

from typing import Final

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from minassa.steering.indicators.kept import latest_cube
from minassa.web.access import PageRequest, page
from minassa.web.indicators.exports import FORMATS, taken_away
from minassa.web.reports import annex
from minassa.web.reports.content import Report, report, synthetic_word
from minassa.web.reports.editable import report_docx
from minassa.web.reports.held import reviews_told
from minassa.web.reports.paper import report_pdf
from minassa.web.reports.periods import TITLES, Kind, Period, period_named, periods

DOCX: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
DOCUMENTS: Final = {"pdf": "application/pdf", "docx": DOCX}


@require_safe
@page("indicator.view")
def reports(request: PageRequest) -> HttpResponse:
    """Every report that the last run allows, by kind, newest first."""
    known = _months()
    made = periods(*known) if known else []
    groups = [(str(TITLES[kind]), [one for one in made if one.kind == kind]) for kind in Kind]
    context = {"groups": [pair for pair in groups if pair[1]], "formats": FORMATS, **reviews_told(request.actor)}
    return render(request, "web/reports/list.html", context)


@require_safe
@page("indicator.view")
def report_file(request: PageRequest, kind: str, name: str, form: str) -> HttpResponse:
    """A report as a sealed PDF or an editable document; 404 for one that cannot be made."""
    told = _report(request, kind, name)
    if form not in DOCUMENTS:
        raise Http404
    content = report_pdf(told) if form == "pdf" else report_docx(told)
    return sent(content, DOCUMENTS[form], f"{told.reference}-{told.language}", form)


@require_safe
@page("indicator.view")
def report_annex(request: PageRequest, kind: str, name: str, form: str) -> HttpResponse:
    """The values of a report as CSV, XLSX or Parquet; 404 for one that cannot be made."""
    told = _report(request, kind, name)
    if form not in FORMATS:
        raise Http404
    return taken_away(f"{told.reference}-annexe".lower(), form, annex.headings(), annex.rows(told))


def _report(request: PageRequest, kind: str, name: str) -> Report:
    period = _period(kind, name)
    told = report(request.actor, period) if period else None
    if told is None:
        raise Http404(_("Aucun rapport ne peut être fait de cette période."))
    return told


def _period(kind: str, name: str) -> Period | None:
    known = _months()
    return period_named(kind, name, *known) if known else None


def _months() -> tuple[int, int] | None:
    """The first and the last month that the table of the last run knows; None before the first run."""
    found = latest_cube(settings.MINASSA_HOME)
    if found is None or found[1].is_empty():
        return None
    run, cube = found
    return min(cube["month"].to_list()), run.until


def sent(content: bytes, kind: str, name: str, form: str) -> HttpResponse:
    """A document to be saved, marked where its data are invented."""
    response = HttpResponse(content, content_type=kind)
    mark = "-synthetique" if synthetic_word() else ""
    response["Content-Disposition"] = f'attachment; filename="{name.lower()}{mark}.{form}"'
    response["Cache-Control"] = "private, no-store"
    return response
