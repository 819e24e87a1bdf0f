"""The receipt of a deposit as a sealed PDF, in the language of the page, with the address where it is verified."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from minassa.onestop.acting import submission_of
from minassa.onestop.models import Case, CaseDocument, Task
from minassa.onestop.public import Procedure, definition
from minassa.web import writing
from minassa.web.access import PageRequest, page
from minassa.web.cases.showing import asked_name, body_names, language, place_name, step_name
from minassa.web.cases.subjects import the_case
from minassa.web.documents import pdf, seal


@require_GET
@page("case.open", subject=the_case)
def receipt_pdf(_request: PageRequest, case: Case) -> HttpResponse:
    """The receipt of the deposit, typeset and sealed; made again, it is the same."""
    if case.submitted_at is None:
        raise Http404
    made = pdf("statement", _content(case), language(), case.submitted_at)
    response = HttpResponse(seal(made, _("Récépissé de dépôt"), case.submitted_at), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="recepisse-{case.reference}.pdf"'
    return response


def _content(case: Case) -> dict[str, Any]:
    procedure = definition(case.procedure_id)
    names = body_names()
    return {
        "title": _("Récépissé de dépôt"),
        "lead": procedure.labels.said(language()),
        "reference": case.reference,
        "facts": _facts(case, names.get(procedure.decision.by, procedure.decision.by)),
        "sections": [_bodies(case, procedure, names), _documents(case, procedure), _proof(case)],
        "notes": [_("Les administrations ne peuvent demander de complément qu'une seule fois (loi 55-19).")],
        "synthetic": _("synthétique") if settings.MINASSA_DEMONSTRATION else "",
        "verify": {
            "address": f"{settings.MINASSA_ADDRESS}{reverse('verify', args=[case.uuid])}",
            "label": _("Vérifier ce récépissé :"),
        },
    }


def _facts(case: Case, decider: str) -> list[list[str]]:
    arabic = case.enterprise.name_arabic if language() == "ar" else ""
    return [
        [_("Référence"), case.reference],
        [_("Entreprise"), arabic or case.enterprise.name],
        [_("ICE"), case.enterprise.ice],
        [_("Lieu"), place_name(case.place)],
        [_("Déposé le"), writing.when(case.submitted_at, language()) if case.submitted_at else ""],
        [_("Décide"), decider],
    ]


def _bodies(case: Case, procedure: Procedure, names: Mapping[str, str]) -> dict[str, Any]:
    tasks = Task.objects.filter(case=case).select_related("body").order_by("pk")
    rows = [[names.get(task.body.code, task.body.name), step_name(procedure, task.step)] for task in tasks]
    table = {"headers": [_("Administration"), _("Objet")], "rows": rows}
    return {"heading": _("Administrations saisies ensemble"), "paragraphs": [], "table": table}


def _documents(case: Case, procedure: Procedure) -> dict[str, Any]:
    """Documents that were there when the case was filed, each with its digest in two halves."""
    uses = CaseDocument.objects.filter(case=case, at__lte=case.submitted_at).select_related("document").order_by("pk")
    rows = [[asked_name(procedure, use.requirement), _halves(use.document.sha256)] for use in uses]
    table = {"headers": [_("Pièce"), _("Empreinte SHA-256")], "rows": rows} if rows else None
    return {"heading": _("Pièces jointes"), "paragraphs": [] if rows else [_("Aucune pièce.")], "table": table}


def _proof(case: Case) -> dict[str, Any]:
    entry = submission_of(case)
    return {
        "heading": _("Preuve"),
        "paragraphs": [
            _("Empreinte du contenu déposé (SHA-256) :"),
            _halves(str(entry.body.get("digest", ""))) if entry else "",
            _("Le reçu à vérifier hors ligne se télécharge sur la page du dossier, le lendemain du dépôt."),
        ],
    }


def _halves(digest: str) -> str:
    return f"{digest[:32]} {digest[32:]}"
