"""The sheets of training bodies: templates to take, files to hand in, what was wrong in each, line by line."""

from __future__ import annotations

import io
from http import HTTPStatus
from typing import Any, Final

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from minassa.declarations.tabular import write_form
from minassa.talent.flows.forms import COHORT_FORM, GRADUATE_FORM
from minassa.training.models import Content, Roll
from minassa.training.taking import LARGEST, SheetRefused, take
from minassa.web.access import PageRequest, page

FORMS: Final = {Content.COHORTS.value: COHORT_FORM, Content.GRADUATES.value: GRADUATE_FORM}
SHOWN: Final = 30
FINDINGS: Final = 40
_XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_http_methods(["GET", "HEAD", "POST"])
@page("training.tell")
def sheets(request: PageRequest) -> HttpResponse:
    """Take a sheet, or show the form and the last sheets taken."""
    if request.method != "POST":
        return _shown(request, {}, HTTPStatus.OK)
    content, file = request.POST.get("content", ""), request.FILES.get("file")
    if content not in FORMS or not isinstance(file, UploadedFile):
        refusal = {"refused": _("Choisissez ce que contient le fichier, puis le fichier."), "chosen": content}
        return _shown(request, refusal, HTTPStatus.UNPROCESSABLE_ENTITY)
    return _taken(request, content, file)


def _taken(request: PageRequest, content: str, file: UploadedFile[bytes]) -> HttpResponse:
    try:
        roll = take(request.actor, content, file.name or "", file.read(LARGEST + 1), timezone.now())
    except SheetRefused as refusal:
        told = {"refused": refusal.message, "findings": refusal.findings[:FINDINGS], "chosen": content}
        return _shown(request, told, HTTPStatus.UNPROCESSABLE_ENTITY)
    kept = _("%(accepted)d lignes gardées sur %(lines)d.") % {"accepted": roll.accepted, "lines": roll.lines}
    messages.success(request, kept)
    return HttpResponseRedirect(reverse("cohort-sheets"))


def _shown(request: PageRequest, told: dict[str, Any], status: int) -> HttpResponse:
    rolls = [
        {"roll": one, "rejected": one.lines - one.accepted, "findings": one.findings[:FINDINGS]}
        for one in Roll.objects.order_by("-pk")[:SHOWN]
    ]
    context = {"contents": [(one.value, one.label) for one in Content], "rolls": rolls, **told}
    return render(request, "web/cohorts/sheets.html", context, status=status)


@require_GET
@page("training.tell")
def template(_request: PageRequest, content: str) -> HttpResponse:
    """The workbook to fill in."""
    if content not in FORMS:
        raise Http404
    written = io.BytesIO()
    write_form(FORMS[content], written)
    response = HttpResponse(written.getvalue(), content_type=_XLSX)
    response["Content-Disposition"] = f'attachment; filename="{FORMS[content].file_example}.xlsx"'
    return response
