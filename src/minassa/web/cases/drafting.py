"""The draft of a case: answers, documents given or used again, what is missing. Every button saves what was typed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from minassa.onestop.documents import LARGEST
from minassa.onestop.models import Case, CaseDocument, Document, Fact
from minassa.onestop.procedure_schema import Requirement
from minassa.onestop.public import (
    CaseError,
    CaseState,
    Procedure,
    StaleCase,
    all_answers,
    definition,
    drop_document,
    give_document,
    missing,
    reusable,
    save_draft,
    use_document,
)
from minassa.web import writing
from minassa.web.access import PageRequest, page
from minassa.web.cases.forms import AnswerForm, given
from minassa.web.cases.showing import asked_name, lacking, language
from minassa.web.cases.subjects import the_case

EDITED = (CaseState.DRAFT, CaseState.TO_SIGN)


@dataclass(frozen=True, slots=True)
class Piece:
    """A document asked: what was given for it, and what the enterprise could use again."""

    requirement: Requirement
    used: list[CaseDocument]
    again: list[Document]
    applies: bool


@require_http_methods(["GET", "HEAD", "POST"])
@page("case.edit", subject=the_case)
def draft(request: PageRequest, case: Case) -> HttpResponse:
    """The draft: shown, or saved and shown again."""
    if case.state not in EDITED:
        return HttpResponseRedirect(reverse("case", args=[case.uuid]))
    if request.method == "POST":
        return _saved(request, case)
    return _shown(request, case, all_answers(case))


def _saved(request: PageRequest, case: Case) -> HttpResponse:
    procedure, now = definition(case.procedure_id), timezone.now()
    answers = given(procedure, request.POST)
    try:
        save_draft(request.actor, case, answers, now, expected=version_of(request.POST))
        _pieces_moved(request, case, procedure, now)
    except StaleCase as error:
        case.refresh_from_db()
        return _shown(request, case, {**all_answers(case), **answers}, error, status=409)
    except CaseError as error:
        return _shown(request, case, {**all_answers(case), **answers}, error, status=422)
    onwards = request.POST.get("suite") == "signer"
    if not onwards:
        messages.success(request, _("Le brouillon est enregistré."))
    return HttpResponseRedirect(reverse("case-sign" if onwards else "case-draft", args=[case.uuid]))


def version_of(posted: Mapping[str, str]) -> int | None:
    """The version of the case that the person had before their eyes."""
    text = posted.get("version", "")
    return int(text) if text.isdecimal() and len(text) < 10 else None  # noqa: PLR2004 (no longer number)


def _pieces_moved(request: PageRequest, case: Case, procedure: Procedure, now: datetime) -> None:
    """Documents sent with the form, and the one that its button uses again or drops."""
    for requirement in procedure.requirements:
        for sent in request.FILES.getlist(f"piece-{requirement.key}"):
            content = sent.read(LARGEST + 1)
            kept = give_document(request.actor, case.enterprise, requirement.kind, sent.name or "", content, now)
            use_document(request.actor, case, requirement.key, kept, now)
    for button, act in (("reprendre", use_document), ("ecarter", drop_document)):
        key, _colon, number = request.POST.get(button, "").partition(":")
        document = own_document(case, number) if number else None
        if document is not None:
            act(request.actor, case, key, document, now)


def own_document(case: Case, number: str) -> Document | None:
    """A document of the enterprise of a case by its number; None when there is none."""
    try:
        return Document.objects.filter(uuid=UUID(number), enterprise=case.enterprise_id).first()
    except (ValueError, ValidationError):
        return None


def _shown(
    request: PageRequest, case: Case, answers: Mapping[str, Any], error: CaseError | None = None, status: int = 200
) -> HttpResponse:
    procedure = definition(case.procedure_id)
    told = error.details.get("problems") if error else None
    problems = {str(key): str(said) for key, said in told.items()} if isinstance(told, dict) else {}
    saved = all_answers(case)
    context = {
        "case": case,
        "procedure": procedure,
        "form": AnswerForm(procedure.fields, answers, _helps(case, procedure, saved), problems),
        "pieces": [_piece(case, requirement, saved) for requirement in procedure.requirements],
        "missing": lacking(procedure, missing(procedure, saved, frozenset(_used_keys(case)))),
        "error": error,
        "stale": isinstance(error, StaleCase),
    }
    return render(request, "web/cases/draft.html", context, status=status)


def _used_keys(case: Case) -> set[str]:
    return set(CaseDocument.objects.filter(case=case).values_list("requirement", flat=True))


def _piece(case: Case, requirement: Requirement, answers: Mapping[str, Any]) -> Piece:
    used = list(CaseDocument.objects.filter(case=case, requirement=requirement.key).select_related("document"))
    known = {one.document_id for one in used}
    again = [
        one for one in reusable(case.enterprise, requirement.kind, timezone.localdate())[:6] if one.pk not in known
    ]
    return Piece(requirement, used, again, requirement.applies(dict(answers)))


def _helps(case: Case, procedure: Procedure, answers: Mapping[str, Any]) -> dict[str, str]:
    """Beside each field: when the same was already said, or on which answer the question hangs."""
    facts = {field.fact: field.key for field in procedure.fields if field.fact}
    latest = Fact.objects.filter(enterprise=case.enterprise_id, key__in=facts).order_by("key", "-at", "-pk")
    helps = {}
    for fact in latest.distinct("key"):
        if answers.get(facts[fact.key]) == fact.value:
            helps[facts[fact.key]] = _("Déjà dit le %(day)s : repris ici.") % {"day": writing.day(fact.at, language())}
    for field in procedure.fields:
        if field.when is not None:
            helps[field.key] = " ".join(
                filter(None, [helps.get(field.key), _on_condition(procedure, field.when.field)])
            )
    return helps


def _on_condition(procedure: Procedure, key: str) -> str:
    return _("À renseigner selon la réponse à « %(field)s ».") % {"field": asked_name(procedure, key)}
