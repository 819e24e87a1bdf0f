"""Receipts and sealed documents given to be checked, and what an identifier proves. No personal data is shown."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.dateparse import parse_datetime
from django.views.decorators.http import require_GET, require_http_methods

from minassa.journal.public import Entry, NotYetPublished, public_heads, receipt
from minassa.onestop.acting import submission_of
from minassa.onestop.models import Case, Document
from minassa.onestop.public import definition
from minassa.proof import NotGenuine, check_receipt
from minassa.proof.verify_receipt import MESSAGES, read_json
from minassa.registry.public import TooOften, require_token
from minassa.web.access import public_page
from minassa.web.cases.log import KINDS
from minassa.web.cases.showing import language
from minassa.web.documents import SealReport, check_seal
from minassa.web.seals import Unreadable

LARGEST: Final = 1024 * 1024
"""Bytes of a receipt."""
LARGEST_PDF: Final = 16 * 1024 * 1024
"""Bytes of a sealed document: a claim of ten thousand lines holds in it."""
_ORDER: Final = ("fr", "ar", "en")
_UNREADABLE: Final = "unreadable"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What checking a receipt found: genuine or not, in words, with what it attests."""

    genuine: bool
    sentence: str
    what: str = ""
    at: datetime | None = None
    date: str = ""
    index: int = 0
    facts: Mapping[str, str] = field(default_factory=dict)


@require_http_methods(["GET", "HEAD", "POST"])
@public_page
def check(request: HttpRequest) -> HttpResponse:
    """A form to paste or send a receipt, or to send a sealed PDF; the page says what was found, nothing is kept."""
    context: dict[str, Any] = {"typed": request.POST.get("receipt", "")[:LARGEST]}
    if request.method == "POST":
        context |= _checked(request)
    return render(request, "web/verification/check.html", context)


def _checked(request: HttpRequest) -> dict[str, Any]:
    try:
        require_token("verify", request.META.get("REMOTE_ADDR", ""), capacity=30, seconds=2)
    except TooOften as error:
        return {"trouble": error.message}
    sent = request.FILES.get("file")
    if sent is None:
        text = request.POST.get("receipt", "").strip()
        return {"outcome": outcome_of(text), "asked": True} if text else {"empty": True}
    if sent.size and sent.size > LARGEST_PDF:
        return {"outcome": Outcome(genuine=False, sentence=_said(_UNREADABLE, where=""))}
    content = sent.read()
    if content.startswith(b"%PDF"):
        return {"seal": _sealed(content), "sealed": True}
    return {"outcome": outcome_of(content.decode("utf-8", "replace")[:LARGEST])}


def _sealed(content: bytes) -> SealReport | None:
    try:
        return check_seal(content)
    except Unreadable:
        return None


def outcome_of(text: str) -> Outcome:
    """What a receipt proves, by the same rules as the tool that is handed out."""
    try:
        told = check_receipt(read_json(text, "receipt"), public_heads())
    except NotGenuine as wrong:
        if wrong.code == _UNREADABLE and str(wrong.details.get("where", "")).startswith("heads"):
            return Outcome(genuine=False, sentence=_said("head-unpublished", date="—"))
        return Outcome(genuine=False, sentence=_said(wrong.code, **wrong.details))
    entry: Any = told["entry"]
    head: Any = told["head"]
    return Outcome(
        genuine=True,
        sentence=_said("genuine", what=told["what"], index=told["index"], date=head["date"]),
        what=str(KINDS.get(str(told["what"]), told["what"])),
        at=parse_datetime(str(entry.get("at", ""))),
        date=str(head["date"]),
        index=int(str(told["index"])),
    )


def _said(code: str, **details: object) -> str:
    """The sentence of the tool, in the language of the page."""
    return MESSAGES[code][_ORDER.index(language())].format(**{"where": "", "date": "", **details})


@require_GET
@public_page
def verify(request: HttpRequest, number: UUID) -> HttpResponse:
    """Where the QR code of a receipt leads: what this identifier proves, and that it holds."""
    case = Case.objects.filter(uuid=number, submitted_at__isnull=False).first()
    if case is not None:
        return _of_case(request, case)
    document = Document.objects.filter(uuid=number).first()
    if document is None:
        raise Http404
    entry = Entry.objects.filter(
        stream=f"enterprise:{document.enterprise_id}", kind="document.given", body__document=str(document.uuid)
    ).first()
    context = {"document": document, "entry": entry, "state": _state(entry)}
    return render(request, "web/verification/known.html", context)


def _of_case(request: HttpRequest, case: Case) -> HttpResponse:
    entry = submission_of(case)
    context = {
        "case": case,
        "procedure": definition(case.procedure_id),
        "digest": entry.body.get("digest", "") if entry else "",
        "entry": entry,
        "state": _state(entry),
    }
    return render(request, "web/verification/known.html", context)


def _state(entry: Entry | None) -> Outcome | None:
    """The proof of an entry, checked again now; None until its day is published."""
    if entry is None:
        return None
    try:
        return outcome_of(json.dumps(receipt(entry)))
    except NotYetPublished:
        return None
