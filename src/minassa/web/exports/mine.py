"""A firm's statements of exports: each quarter prepared from a sheet, looked at, signed; corrected by another one."""

from __future__ import annotations

import csv
import io
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from minassa.declarations.findings import Finding
from minassa.declarations.tabular import Form, write_form
from minassa.exports.models import Statement, StatementState
from minassa.exports.public import (
    LARGEST,
    ExportRefused,
    lines_of,
    may_sign,
    prepare,
    quarters,
    sign,
    statements_for,
)
from minassa.outlook.export.stated import Dimension, Line
from minassa.outlook.export.statement_form import OFFICIAL_FORM, STATEMENT_FORM
from minassa.registry.public import allowed
from minassa.web.access import PageRequest, page
from minassa.web.cases.drafting import version_of
from minassa.web.cases.tables import FORMATS, Amount, exported
from minassa.web.consultations.forms import OfFirm
from minassa.web.consultations.subjects import own_firms
from minassa.web.doing import UNPROCESSABLE, done_in, done_or_told
from minassa.web.exports.naming import part_words, quarter_words
from minassa.web.exports.subjects import the_statement
from minassa.web.exports.told import own

A_PERCENT = 100
"""Basis points."""
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class StatementForm(OfFirm):
    """The sheet of a quarter, and the share of the first client, who is never named."""

    quarter = forms.TypedChoiceField(label=gettext_lazy("Trimestre"), coerce=int, choices=())
    share = forms.IntegerField(
        label=gettext_lazy("Part du premier client, en %"),
        required=False,
        min_value=1,
        max_value=100,
        help_text=gettext_lazy("Une part seulement : le client n'est jamais nommé."),
    )
    file = forms.FileField(
        label=gettext_lazy("Lignes du trimestre (CSV ou XLSX)"),
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx", "class": "form-control"}),
    )

    def __init__(self, *given: Any, **named: Any) -> None:  # noqa: ANN401 (Django's)
        super().__init__(*given, **named)
        field: Any = self.fields["quarter"]
        field.choices = [(str(one), quarter_words(one)) for one in quarters(timezone.localdate())]


@require_safe
@page("export.mine")
def statements_page(request: PageRequest) -> HttpResponse:
    """The statements of the person's firms."""
    rows = [(one, quarter_words(one.quarter_month), _cents(one)) for one in statements_for(request.actor)[:200]]
    return render(request, "web/exports/mine.html", {"rows": rows})


@require_http_methods(["GET", "HEAD", "POST"])
@page("export.mine")
def statement_new(request: PageRequest) -> HttpResponse:
    """Prepare the statement of a quarter; every line that is wrong is told, and nothing is kept then."""
    given = (request.POST, request.FILES) if request.method == "POST" else ()
    form = StatementForm(own_firms(request.actor), *given)
    made: list[Statement] = []
    refused: list[Finding] = []

    def act() -> None:
        told, sent = form.cleaned_data, form.cleaned_data["file"]
        share = None if told["share"] is None else told["share"] * A_PERCENT
        sheet = (sent.name, sent.read(LARGEST + 1))
        try:
            made.append(
                prepare(
                    request.actor,
                    told["enterprise"],
                    told["quarter"],
                    sheet,
                    share,
                    timezone.now(),
                    synthetic=settings.MINASSA_DEMONSTRATION,
                )
            )
        except ExportRefused as refusal:
            refused.extend(refusal.findings)
            raise

    if given and done_in(form, act, ExportRefused):
        messages.success(request, _("L'état est préparé : relisez-le, puis signez-le."))
        return HttpResponseRedirect(reverse("export-statement", args=[made[0].uuid]))
    context = {"form": form, "findings": refused, "columns": STATEMENT_FORM.columns}
    return render(request, "web/exports/new.html", context, status=UNPROCESSABLE if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@page("export.read", subject=the_statement)
def statement_page(request: PageRequest, statement: Statement) -> HttpResponse:
    """Read a statement, its concentration and exposure; sign it."""
    if request.method == "POST":
        version = version_of(request.POST)
        done_or_told(
            request,
            lambda: sign(request.actor, statement, timezone.now(), expected=version),
            _("L'état est signé."),
            ExportRefused,
        )
        return HttpResponseRedirect(reverse("export-statement", args=[statement.uuid]))
    lines = lines_of(statement)
    if request.GET.get("format") in FORMATS:
        names = [column.heading for column in STATEMENT_FORM.columns]
        cells = [(line.market, line.segment, _filiere(line), line.currency, Amount(line.value.cents)) for line in lines]
        return exported("etat-export", request.GET["format"], names, cells)
    signs = statement.state == StatementState.PREPARED and allowed(request.actor, "export.sign", statement)
    context = {
        "statement": statement,
        "quarter": quarter_words(statement.quarter_month),
        "signs": signs and may_sign(request.actor, statement),
        "lines": lines,
        **own(lines),
    }
    return render(request, "web/exports/statement.html", context)


@require_safe
@page("export.mine")
def statement_template(request: PageRequest) -> HttpResponse:
    """The sheet of a quarter to fill."""
    return template(STATEMENT_FORM, "EXPORT_modele", request.GET.get("format", ""))


@require_safe
@page("export.official")
def official_template(request: PageRequest) -> HttpResponse:
    """The table of the Office des Changes to fill."""
    return template(OFFICIAL_FORM, "OFFICE-DES-CHANGES_modele", request.GET.get("format", ""))


def template(form: Form, name: str, wanted: str) -> HttpResponse:
    """A sheet to fill: its columns explained (XLSX), or its headings and an example (CSV)."""
    ending = "csv" if wanted == "csv" else "xlsx"
    content = _csv(form) if ending == "csv" else _xlsx(form)
    response = HttpResponse(content, content_type="text/csv; charset=utf-8" if ending == "csv" else _XLSX)
    response["Content-Disposition"] = f'attachment; filename="{name}.{ending}"'
    return response


def _filiere(line: Line) -> str:
    return part_words(Dimension.FILIERE, str(line.filiere))


def _cents(one: Statement) -> int:
    return sum(int(line["cents"]) for line in one.lines)


def _xlsx(form: Form) -> bytes:
    written = io.BytesIO()
    write_form(form, written)
    return written.getvalue()


def _csv(form: Form) -> bytes:
    written = io.StringIO()
    example = [column.examples[0] for column in form.columns]
    csv.writer(written, delimiter=";").writerows([form.headings, example])
    return written.getvalue().encode("utf-8-sig")
