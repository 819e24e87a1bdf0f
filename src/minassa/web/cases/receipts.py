"""The receipt of a deposit as a sealed PDF, in the language of the page, with the address where it is verified."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from minassa.journal.public import Entry
from minassa.onestop.acting import stream_of
from minassa.onestop.models import Case, CaseDocument, Task
from minassa.onestop.public import definition
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
        return HttpResponse(status=404)
    made = pdf("statement", _content(case), language(), case.submitted_at)
    response = HttpResponse(seal(made, str(_("Récépissé de dépôt")), case.submitted_at), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="recepisse-{case.reference}.pdf"'
    return response


def _content(case: Case) -> dict[str, Any]:
    procedure, at = definition(case.procedure_id), case.submitted_at
    entry = Entry.objects.filter(stream=stream_of(case.pk), kind="case.submitted").order_by("number").first()
    uses = CaseDocument.objects.filter(case=case, at__lte=at).select_related("document").order_by("pk")
    names = body_names()
    due = definition(case.procedure_id).decision
    tasks = Task.objects.filter(case=case).select_related("body").order_by("pk")
    other = case.enterprise.name_arabic if language() == "ar" else ""
    return {
        "title": _("Récépissé de dépôt"),
        "lead": procedure.labels.said(language()),
        "reference": case.reference,
        "facts": [
            [_("Référence"), case.reference],
            [_("Entreprise"), other or case.enterprise.name],
            [_("ICE"), case.enterprise.ice],
            [_("Lieu"), place_name(case.place)],
            [_("Déposé le"), writing.when(at, language()) if at else ""],
            [_("Décide"), names.get(due.by, due.by)],
        ],
        "sections": [
            {
                "heading": _("Administrations saisies ensemble"),
                "paragraphs": [],
                "table": {
                    "headers": [_("Administration"), _("Objet")],
                    "rows": [
                        [names.get(task.body.code, task.body.name), step_name(procedure, task.step)] for task in tasks
                    ],
                },
            },
            {
                "heading": _("Pièces jointes"),
                "paragraphs": [] if uses else [_("Aucune pièce.")],
                "table": {
                    "headers": [_("Pièce"), _("Empreinte SHA-256")],
                    "rows": [[asked_name(procedure, use.requirement), f"{use.document.sha256[:32]}…"] for use in uses],
                }
                if uses
                else None,
            },
            {
                "heading": _("Preuve"),
                "paragraphs": [
                    _("Empreinte du contenu déposé (SHA-256) :"),
                    str(entry.body.get("digest", "")) if entry else "",
                    _("Le reçu à vérifier hors ligne se télécharge sur la page du dossier, le lendemain du dépôt."),
                ],
            },
        ],
        "notes": [_("Les administrations ne peuvent demander de complément qu'une seule fois (loi 55-19).")],
        "synthetic": _("synthétique") if settings.MINASSA_DEMONSTRATION else "",
        "verify": {
            "address": f"{settings.MINASSA_ADDRESS}{reverse('verify', args=[case.uuid])}",
            "label": _("Vérifier ce récépissé :"),
        },
    }
