"""The sheet of graduates: a template to take, a file to hand in, what was wrong in it, line by line."""

from __future__ import annotations

import io
from http import HTTPStatus
from typing import Any, Final

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from minassa.declarations.tabular import write_form
from minassa.talent.flows.forms import GRADUATE_FORM
from minassa.training.models import Content, Roll
from minassa.training.taking import LARGEST, SheetRefused, take
from minassa.web.access import PageRequest, page

SHOWN: Final = 30
FINDINGS: Final = 40
_XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_http_methods(["GET", "HEAD", "POST"])
@page("training.tell")
def sheets(request: PageRequest) -> HttpResponse:
    """Take a sheet, or show the form and the last sheets taken."""
    if request.method != "POST":
        return _shown(request, {}, HTTPStatus.OK)
    file = request.FILES.get("file")
    if not isinstance(file, UploadedFile):
        return _shown(request, {"refused": _("Choisissez un fichier.")}, HTTPStatus.UNPROCESSABLE_ENTITY)
    return _taken(request, file)


def _taken(request: PageRequest, file: UploadedFile[bytes]) -> HttpResponse:
    try:
        roll = take(request.actor, Content.GRADUATES, file.name or "", file.read(LARGEST + 1), timezone.now())
    except SheetRefused as refusal:
        told = {"refused": refusal.message, "findings": refusal.findings[:FINDINGS]}
        return _shown(request, told, HTTPStatus.UNPROCESSABLE_ENTITY)
    kept = _("%(accepted)d lignes gardées sur %(lines)d.") % {"accepted": roll.accepted, "lines": roll.lines}
    messages.success(request, kept)
    return HttpResponseRedirect(reverse("graduates-send"))


def _shown(request: PageRequest, told: dict[str, Any], status: int) -> HttpResponse:
    rolls = [
        {"roll": one, "rejected": one.lines - one.accepted, "findings": one.findings[:FINDINGS]}
        for one in Roll.objects.filter(content=Content.GRADUATES).order_by("-pk")[:SHOWN]
    ]
    return render(request, "web/cohorts/sheets.html", {"rolls": rolls, **told}, status=status)


@require_GET
@page("training.tell")
def template(_request: PageRequest) -> HttpResponse:
    """The workbook to fill in."""
    written = io.BytesIO()
    write_form(GRADUATE_FORM, written)
    response = HttpResponse(written.getvalue(), content_type=_XLSX)
    response["Content-Disposition"] = f'attachment; filename="{GRADUATE_FORM.file_example}.xlsx"'
    return response
