"""What is downloaded from a case: its documents, its receipt."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from minassa.journal.public import NotYetPublished, receipt
from minassa.onestop.acting import submission_of
from minassa.onestop.models import Case, Document
from minassa.onestop.public import read_document
from minassa.web.access import PageRequest, page
from minassa.web.cases.subjects import the_case, the_document


@require_GET
@page("document.read", subject=the_document)
def document(request: PageRequest, found: Document) -> HttpResponse:
    """The bytes of a document, to be saved; that a body read it is told to the journal."""
    response = HttpResponse(read_document(request.actor, found, timezone.now()), content_type=found.media_type)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(found.name)}"
    response["X-Content-Type-Options"] = "nosniff"
    return response


@require_GET
@page("case.open", subject=the_case)
def receipt_json(request: PageRequest, case: Case) -> HttpResponse:
    """The receipt of the deposit, to be verified offline; until its day is published, the page says when it will be."""
    try:
        content = deposit_receipt(case)
    except NotYetPublished as early:
        messages.warning(request, early.message)
        return HttpResponseRedirect(reverse("case", args=[case.uuid]))
    if content is None:
        raise Http404
    response = HttpResponse(json.dumps(content, ensure_ascii=False, indent=1), content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="recepisse-{case.reference}.json"'
    return response


def deposit_receipt(case: Case) -> Mapping[str, Any] | None:
    """The receipt of the deposit of a case; None before it. NotYetPublished until its day is closed."""
    entry = submission_of(case)
    return receipt(entry) if entry else None
