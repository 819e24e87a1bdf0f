"""Tables of the Office des Changes: brought, looked at, entered by a second act."""

from __future__ import annotations

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from minassa.declarations.findings import Finding
from minassa.exports.models import OfficialTable
from minassa.exports.public import LARGEST, ExportRefused, bring, enter
from minassa.outlook.export.statement_form import OFFICIAL_FORM
from minassa.vocabulary.filieres import Filiere
from minassa.web.access import PageRequest, page
from minassa.web.cases.drafting import version_of
from minassa.web.doing import UNPROCESSABLE, done_in, done_or_told
from minassa.web.exports.subjects import the_table
from minassa.web.public.pages import language


class TableForm(forms.Form):
    """The file of a table."""

    file = forms.FileField(
        label=gettext_lazy("Table de l'Office des changes (CSV ou XLSX)"),
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx", "class": "form-control"}),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@page("export.official")
def officials_page(request: PageRequest) -> HttpResponse:
    """Bring a table; see those that were brought."""
    form = TableForm(request.POST, request.FILES) if request.method == "POST" else TableForm()
    made: list[OfficialTable] = []
    refused: list[Finding] = []

    def act() -> None:
        sent = form.cleaned_data["file"]
        content = sent.read(LARGEST + 1)
        try:
            made.append(
                bring(request.actor, sent.name, content, timezone.now(), synthetic=settings.MINASSA_DEMONSTRATION)
            )
        except ExportRefused as refusal:
            refused.extend(refusal.findings)
            raise

    if request.method == "POST" and done_in(form, act, ExportRefused):
        messages.success(request, _("La table est lue : relisez-la, puis faites-la entrer."))
        return HttpResponseRedirect(reverse("export-table", args=[made[0].uuid]))
    context = {
        "form": form,
        "findings": refused,
        "columns": OFFICIAL_FORM.columns,
        "tables": OfficialTable.objects.order_by("-pk")[:50],
    }
    return render(request, "web/exports/officials.html", context, status=UNPROCESSABLE if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@page("export.official", subject=the_table)
def official_page(request: PageRequest, table: OfficialTable) -> HttpResponse:
    """Look at a table that was brought; enter it."""
    if request.method == "POST":
        version = version_of(request.POST)
        done_or_told(
            request,
            lambda: enter(request.actor, table, timezone.now(), expected=version),
            _("La table est entrée : ses nombres sont dans la série de l'Office des changes."),
            ExportRefused,
        )
        return HttpResponseRedirect(reverse("export-table", args=[table.uuid]))
    rows = [(one, Filiere(one["filiere"]).label(language()) if one["filiere"] else "") for one in table.rows]
    return render(request, "web/exports/official.html", {"table": table, "rows": rows})
