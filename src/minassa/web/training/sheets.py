"""A sheet of cohorts sent: what was kept, what was not and why, line by line; and the templates to fill."""

from __future__ import annotations

import csv
import io

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from minassa.declarations.findings import Finding
from minassa.declarations.tabular import write_form
from minassa.talent.flows.forms import COHORT_FORM
from minassa.training.models import Content, Roll
from minassa.training.public import LARGEST, SheetRefused, rolls_for, take
from minassa.web.access import PageRequest, page
from minassa.web.doing import UNPROCESSABLE, done_in
from minassa.web.training.subjects import the_roll

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LAST_SHEETS = 10


class SheetForm(forms.Form):
    """The file of a sheet of cohorts."""

    file = forms.FileField(
        label=gettext_lazy("Fiche de cohortes (CSV ou XLSX)"),
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx", "class": "form-control"}),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@page("training.tell")
def send_sheet(request: PageRequest) -> HttpResponse:
    """Send a sheet: good rows are kept, the others told."""
    form = SheetForm(request.POST or None, request.FILES or None) if request.method == "POST" else SheetForm()
    made: list[Roll] = []
    refused: list[Finding] = []

    def act() -> None:
        sent = form.cleaned_data["file"]
        content = sent.read(LARGEST + 1)
        try:
            made.append(take(request.actor, Content.COHORTS, sent.name, content, timezone.now()))
        except SheetRefused as refusal:
            refused.extend(refusal.findings)
            raise

    if request.method == "POST" and done_in(form, act, SheetRefused):
        messages.success(request, _("La fiche est lue."))
        return HttpResponseRedirect(reverse("training-sheet", args=[made[0].pk]))
    context = {
        "form": form,
        "findings": refused,
        "columns": COHORT_FORM.columns,
        "sheets": rolls_for(request.actor).filter(content=Content.COHORTS)[:LAST_SHEETS],
    }
    return render(request, "web/training/send.html", context, status=UNPROCESSABLE if form.errors else 200)


@require_safe
@page("training.view", subject=the_roll)
def sheet_page(request: PageRequest, roll: Roll) -> HttpResponse:
    """What became of a sheet."""
    return render(request, "web/training/sheet.html", {"roll": roll, "refused": roll.lines - roll.accepted})


@require_safe
@page("training.view")
def template(request: PageRequest) -> HttpResponse:
    """The sheet to fill, with an example and its columns explained (XLSX), or its headings and an example (CSV)."""
    wanted = "csv" if request.GET.get("format") == "csv" else "xlsx"
    response = HttpResponse(
        _csv() if wanted == "csv" else _xlsx(), content_type="text/csv" if wanted == "csv" else _XLSX
    )
    response["Content-Disposition"] = f'attachment; filename="COHORTES_modele.{wanted}"'
    return response


def _xlsx() -> bytes:
    written = io.BytesIO()
    write_form(COHORT_FORM, written)
    return written.getvalue()


def _csv() -> bytes:
    written = io.StringIO()
    example = [column.examples[0] for column in COHORT_FORM.columns]
    csv.writer(written, delimiter=";").writerows([COHORT_FORM.headings, example])
    return written.getvalue().encode("utf-8-sig")
