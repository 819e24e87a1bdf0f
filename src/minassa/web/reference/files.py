"""The reference as files: the printed sheet of an occupation, and the whole in SKOS."""

from __future__ import annotations

import json
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from minassa.talent.reference.entries import Occupation
from minassa.talent.reference.levels import DESCRIPTORS, levels
from minassa.talent.reference.publishing import ADAPTED, ESCO_IN_FILE, ISCO, ROME, skos
from minassa.vocabulary.filieres import Filiere
from minassa.web.access import public_page
from minassa.web.documents import pdf
from minassa.web.marks import mark_of
from minassa.web.public.pages import keep, language
from minassa.web.reference.held import held, occupation_of
from minassa.web.writing import day

NOTES: Final = (ESCO_IN_FILE, ADAPTED, ISCO, ROME)


@require_safe
@public_page
def skos_file(request: HttpRequest) -> HttpResponse:
    """The whole reference in SKOS, as JSON-LD."""
    reference = held()
    address = request.build_absolute_uri(reverse("reference"))
    told = json.dumps(skos(reference, address, reference.digest[:12]), ensure_ascii=False, indent=1)
    response = HttpResponse(told.encode(), content_type="application/ld+json")
    response["Content-Disposition"] = 'attachment; filename="minassa-referentiel.jsonld"'
    return keep(request, response)


@require_safe
@public_page
def occupation_sheet(request: HttpRequest, code: str) -> HttpResponse:
    """The sheet of an occupation on paper, in PDF."""
    one = occupation_of(code)
    address = request.build_absolute_uri(reverse("reference-occupation", args=[code]))
    made = pdf("statement", _content(one, language(), address), language(), timezone.now())
    response = HttpResponse(made, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="minassa-{code}-{language()}.pdf"'
    return response


def _content(one: Occupation, tongue: str, address: str) -> dict[str, Any]:
    return {
        "title": one.label.said(tongue),
        "lead": one.definition.said(tongue),
        "reference": one.code,
        "facts": _facts(one, tongue),
        "sections": [
            _skills(_("Compétences essentielles"), one.essential, tongue),
            _skills(_("Compétences complémentaires"), one.optional, tongue),
            _level(one, tongue),
        ],
        "notes": [*NOTES, _("Les descripteurs des niveaux sont notre lecture du CNC, à valider.")],
        "synthetic": "",
        "place_and_date": day(timezone.localdate(), tongue),
        "verify": {"address": address, "label": _("Cette fiche en ligne")},
    }


def _facts(one: Occupation, tongue: str) -> list[list[str]]:
    return [
        [_("Code"), one.code],
        [_("Filières"), " · ".join(Filiere[each].label(tongue) for each in one.filieres)],
        [_("Groupe de la CITP-08"), f"{one.isco08} · {held().groups[one.isco08].said(tongue)}"],
        [_("Niveau du CNC"), f"{one.cnc} · {levels().at(one.cnc).label.said(tongue)}"],
        [_("Codes ROME"), " · ".join(one.rome)],
        [_("Codes e-CF"), " · ".join(one.ecf) or "—"],
        [_("Codes SFIA"), " · ".join(one.sfia) or "—"],
        [_("Statut"), str(mark_of(one.status.value, "entry", tongue).text)],
        [_("Autres noms"), " · ".join(getattr(one.synonyms, tongue)) or "—"],
    ]


def _skills(heading: str, codes: tuple[str, ...], tongue: str) -> dict[str, Any]:
    skills = [held().skills[code] for code in codes]
    rows = [[one.code, one.label.said(tongue)] for one in skills]
    table = {"headers": [_("Code"), _("Compétence")], "rows": rows, "numeric": [], "widths": [1, 4], "dense": True}
    return {"heading": heading, "paragraphs": [] if rows else ["—"], "table": table if rows else None}


def _level(one: Occupation, tongue: str) -> dict[str, Any]:
    scale, level = levels(), levels().at(one.cnc)
    rows = [[scale.descriptors[name].said(tongue), level.under(name).said(tongue)] for name in DESCRIPTORS]
    table = {"headers": [_("Descripteur"), _("Ce que le niveau demande")], "rows": rows, "widths": [1, 2]}
    return {"heading": _("Niveau du CNC : %(level)d") % {"level": one.cnc}, "paragraphs": [], "table": table}
