"""A file of figures sent, read and told line by line; a second act enters its good lines; the templates to fill."""

from __future__ import annotations

import csv
import io
from typing import Final

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from minassa.declarations.findings import Finding
from minassa.declarations.tabular import write_form
from minassa.markets.models import FigureFile
from minassa.markets.public import FORM, LARGEST, FiguresRefused, MarketError, enter, read_file
from minassa.web.access import PageRequest, page
from minassa.web.doing import UNPROCESSABLE, done_or_told
from minassa.web.markets.subjects import the_file

_XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LAST: Final = 10


@require_http_methods(["GET", "HEAD", "POST"])
@page("market.write")
def figures_page(request: PageRequest) -> HttpResponse:
    """Send a file of figures; it is read, nothing is entered."""
    error: MarketError | None = None
    findings: list[Finding] = []
    if request.method == "POST":
        try:
            made = _read(request)
        except FiguresRefused as refusal:
            error, findings = refusal, refusal.findings
        else:
            return HttpResponseRedirect(reverse("market-file", args=[made.uuid]))
    context = {
        "error": error,
        "findings": findings,
        "columns": FORM.columns,
        "files": FigureFile.objects.order_by("-pk")[:LAST],
    }
    return render(request, "web/markets/figures.html", context, status=UNPROCESSABLE if error else 200)


def _read(request: PageRequest) -> FigureFile:
    sent = request.FILES.get("file")
    if sent is None:
        raise FiguresRefused(_("Choisissez un fichier."))
    return read_file(request.actor, sent.name or "", sent.read(LARGEST + 1), timezone.now())


@require_http_methods(["GET", "HEAD", "POST"])
@page("market.write", subject=the_file)
def file_page(request: PageRequest, file: FigureFile) -> HttpResponse:
    """What is wrong with a file, line by line; enter what is good of it."""
    if request.method == "POST":
        done_or_told(
            request, lambda: enter(request.actor, file, timezone.now()), _("Les chiffres sont entrés."), MarketError
        )
        return HttpResponseRedirect(reverse("market-file", args=[file.uuid]))
    context = {"file": file, "refused": file.lines - file.accepted, "findings": file.findings}
    return render(request, "web/markets/file.html", context)


@require_safe
@page("market.write")
def template(request: PageRequest) -> HttpResponse:
    """The sheet to fill, with an example and its columns explained (XLSX), or its headings alone (CSV)."""
    wanted = "csv" if request.GET.get("format") == "csv" else "xlsx"
    kind = "text/csv; charset=utf-8" if wanted == "csv" else _XLSX
    response = HttpResponse(_csv() if wanted == "csv" else _xlsx(), content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="MARCHES_modele.{wanted}"'
    return response


def _xlsx() -> bytes:
    written = io.BytesIO()
    write_form(FORM, written)
    return written.getvalue()


def _csv() -> bytes:
    written = io.StringIO()
    csv.writer(written, delimiter=";").writerow(FORM.headings)
    return written.getvalue().encode("utf-8-sig")
