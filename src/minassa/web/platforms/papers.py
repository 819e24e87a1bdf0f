"""A sealed report as a PDF, made from its canonical content alone: made again, it is the same."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from minassa.platforms.models import Report, SealedReport
from minassa.platforms.public import SAID, fields_of, sealed_content, unit
from minassa.vocabulary.statuses import label
from minassa.web import writing
from minassa.web.access import PageRequest, page
from minassa.web.documents import pdf, seal
from minassa.web.platforms.subjects import the_report
from minassa.web.platforms.wording import (
    SERVICE_STATES,
    field_words,
    figures_words,
    finding_words,
    span_words,
    title_of,
    unit_name,
)
from minassa.web.public.pages import language


@require_GET
@page("platform.view", subject=the_report)
def report_pdf(_request: PageRequest, report: Report) -> HttpResponse:
    """The last seal of a report, in the language of the page; 404 while it has none."""
    sealed = report.sealed.order_by("-number").first()
    if sealed is None:
        raise Http404
    made = pdf("statement", _data(report, sealed), language(), sealed.at)
    response = HttpResponse(seal(made, title_of(report), sealed.at), content_type="application/pdf")
    name = f"rapport-{unit(report.place).slug}-{sealed.content['to']}-{sealed.number}.pdf"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _data(report: Report, sealed: SealedReport) -> dict[str, Any]:
    content = sealed_content(sealed)
    return {
        "title": title_of(report),
        "lead": span_words(content["from"], content["to"]),
        "reference": f"{content['place']}-{content['from']}-{content['to']}-{content['number']}",
        "facts": [
            (_("P2I"), unit_name(unit(content["place"]))),
            (_("Dû le"), content["due_on"]),
            (_("Calcul de la plateforme"), writing.isolated(content["known"]["run"])),
        ],
        "sections": [_known(content["known"]), _told(content), _explained(content), _proof(sealed)],
        "notes": [_("Le cachet montre que ce document vient de la plateforme et n'a pas changé depuis.")],
        "synthetic": _("synthétique") if content["synthetic"] else "",
        "place_and_date": writing.when(sealed.at, language()),
        "verify": {
            "address": settings.MINASSA_ADDRESS + reverse("proof-check"),
            "label": _("Vérifier le cachet de ce document"),
        },
    }


def _known(known: Mapping[str, Any]) -> dict[str, Any]:
    rows = [
        [_("Entreprises qui déclarent ici"), "", writing.count(known["firms"]), ""],
        *(
            [str(one["label"]), one["period"], _plain(one["value"]), label(one["status"], language())]
            for one in figures_words(known)
        ),
    ]
    headers = [_("Chiffre"), _("Période"), _("Valeur"), _("Certitude")]
    table = {"headers": headers, "rows": rows, "widths": [5, 3, 3, 2], "numeric": [2]}
    return {"heading": _("Ce que la plateforme sait"), "paragraphs": [], "table": table}


def _plain(text: str) -> str:
    """A value without the marks of a page."""
    return strip_tags(text)


def _told(content: Mapping[str, Any]) -> dict[str, Any]:
    told = content["told"]
    rows = [[field_words(name), writing.count(told[name])] for name in fields_of(content["place"])]
    rows += [[field_words(f"services.{code}"), str(SERVICE_STATES[state])] for code, state in told["services"].items()]
    table = {"headers": [_("Élément"), _("Valeur")], "rows": rows, "widths": [5, 3], "numeric": [1]}
    return {
        "heading": _("Ce que dit le gestionnaire"),
        "paragraphs": [told[SAID]] if told[SAID] else [],
        "table": table,
    }


def _explained(content: Mapping[str, Any]) -> dict[str, Any]:
    told = [finding_words(one) for one in content["explained"]]
    said = [f"{one['where']} : {one['wrong']}" for one in told] or [_("Rien ne contredit ce rapport.")]
    return {"heading": _("Ce qui a été confronté"), "paragraphs": said, "table": None}


def _proof(sealed: SealedReport) -> dict[str, Any]:
    rows = [[_("Empreinte du rapport (SHA-256)"), writing.digest_groups(sealed.digest)]]
    return {
        "heading": _("Preuve"),
        "paragraphs": [_("L'empreinte est écrite au journal au moment du scellement ; refait, il redonne la même.")],
        "table": {"headers": [_("Élément"), _("Valeur")], "rows": rows, "widths": [2, 4]},
    }
