"""The answer to the single request for complements: what was asked, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from minassa.onestop.documents import LARGEST
from minassa.onestop.models import Case, CaseDocument, Complement, Document
from minassa.onestop.procedure_schema import Requirement
from minassa.onestop.public import (
    CaseError,
    CaseState,
    Procedure,
    all_answers,
    answer_complement,
    definition,
    give_document,
    reusable,
)
from minassa.web.access import PageRequest, page
from minassa.web.cases.drafting import own_document, version_of
from minassa.web.cases.forms import AnswerForm, given
from minassa.web.cases.showing import body_names, deadline
from minassa.web.cases.subjects import the_case
from minassa.web.doing import status_of


@dataclass(frozen=True, slots=True)
class Wanted:
    """A document asked again: why and for whom, what was given, what the enterprise could use."""

    requirement: Requirement
    note: str
    used: list[CaseDocument]
    again: list[Document]


@require_http_methods(["GET", "HEAD", "POST"])
@page("case.edit", subject=the_case)
def complement(request: PageRequest, case: Case) -> HttpResponse:
    """The form of what was asked, or its answer."""
    asked = Complement.objects.filter(case=case).first()
    if asked is None or case.state != CaseState.COMPLEMENT:
        return HttpResponseRedirect(reverse("case", args=[case.uuid]))
    if request.method == "POST":
        return _answered(request, case, asked)
    return _shown(request, case, asked, all_answers(case))


def _answered(request: PageRequest, case: Case, asked: Complement) -> HttpResponse:
    procedure, now = definition(case.procedure_id), timezone.now()
    keys = {item["key"] for item in asked.items}
    answers = given(procedure, request.POST, keys)
    try:
        documents = _documents(request, case, procedure, keys, now)
        answer_complement(request.actor, case, answers, documents, now, expected=version_of(request.POST))
    except CaseError as error:
        case.refresh_from_db()
        return _shown(request, case, asked, {**all_answers(case), **answers}, error, status_of(error))
    messages.success(request, _("Le complément est donné : les administrations reprennent, leur délai repart."))
    return HttpResponseRedirect(reverse("case", args=[case.uuid]))


def _documents(
    request: PageRequest, case: Case, procedure: Procedure, keys: set[str], now: datetime
) -> list[tuple[str, Document]]:
    """Documents sent with the form, and those of the enterprise that it chooses again."""
    found = []
    for requirement in procedure.requirements:
        if requirement.key not in keys:
            continue
        for sent in request.FILES.getlist(f"piece-{requirement.key}"):
            kept = give_document(
                request.actor, case.enterprise, requirement.kind, sent.name or "", sent.read(LARGEST + 1), now
            )
            found.append((requirement.key, kept))
        for number in request.POST.getlist(f"reprendre-{requirement.key}"):
            document = own_document(case, number)
            if document is not None:
                found.append((requirement.key, document))
    return found


def _shown(
    request: PageRequest,
    case: Case,
    asked: Complement,
    answers: Mapping[str, Any],
    error: CaseError | None = None,
    status: int = 200,
) -> HttpResponse:
    procedure, names = definition(case.procedure_id), body_names()
    notes = _notes(asked, names)
    told = error.details.get("problems") if error else None
    problems = {str(key): str(said) for key, said in told.items()} if isinstance(told, dict) else {}
    fields = [field for field in procedure.fields if field.key in notes]
    context = {
        "case": case,
        "procedure": procedure,
        "form": AnswerForm(fields, answers, notes, problems) if fields else None,
        "wanted": [_wanted(case, one, notes[one.key]) for one in procedure.requirements if one.key in notes],
        "answer_by": deadline(asked.answer_by, timezone.now()),
        "error": error,
        "problems": {key: said for key, said in problems.items() if procedure.field(key) is None},
    }
    return render(request, "web/cases/complement.html", context, status=status)


def _notes(asked: Complement, names: Mapping[str, str]) -> dict[str, str]:
    """For each item asked, who asks it and why; several bodies may ask the same."""
    notes: dict[str, list[str]] = {}
    for item in asked.items:
        # What an agent wrote keeps its own direction inside a sentence of the other one.
        note = item.get("note", "")
        said = [names.get(item["body"], item["body"]), f"\u2068{note}\u2069" if note else ""]
        notes.setdefault(item["key"], []).append(" : ".join(filter(None, said)))
    return {key: " · ".join(said) for key, said in notes.items()}


def _wanted(case: Case, requirement: Requirement, note: str) -> Wanted:
    used = list(CaseDocument.objects.filter(case=case, requirement=requirement.key).select_related("document"))
    known = {one.document_id for one in used}
    again = [
        one for one in reusable(case.enterprise, requirement.kind, timezone.localdate())[:6] if one.pk not in known
    ]
    return Wanted(requirement, note, used, again)
