"""The minutes of a session as a PDF, made from their canonical content alone: made again, they are the same."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from minassa.governance.models import Session, SessionState
from minassa.governance.public import Minutes, minutes
from minassa.vocabulary.statuses import Status, label
from minassa.web.access import PageRequest, page
from minassa.web.cases.showing import language
from minassa.web.committees.minutes_items import item_section
from minassa.web.committees.subjects import the_session
from minassa.web.committees.wording import committee_names, rules_in_words
from minassa.web.documents import pdf, seal
from minassa.web.writing import digest_groups, isolated, when


@require_GET
@page("session.view", subject=the_session)
def minutes_pdf(_request: PageRequest, session: Session) -> HttpResponse:
    """The minutes of a session, sealed once it is; a draft of them while it is only closed."""
    if session.state not in {SessionState.CLOSED, SessionState.SEALED} or session.closed_at is None:
        raise Http404
    made = minutes_document(session, language())
    if session.sealed_at is not None:
        made = seal(made, _("Procès-verbal de séance"), session.sealed_at)
    response = HttpResponse(made, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="proces-verbal-{session.reference}.pdf"'
    return response


def minutes_document(session: Session, language: str) -> bytes:
    """The minutes of a closed session as a PDF in a language, before any seal, dated of its sealing or its closing."""
    at = session.sealed_at or session.closed_at or session.touched_at
    return pdf("statement", _data(session, minutes(session), language, at), language, at)


def _data(session: Session, told: Minutes, language: str, at: datetime) -> dict[str, Any]:
    content = told.content
    labels = {seat["code"]: seat["label"].get(language) or seat["label"]["fr"] for seat in content["seats"]}
    sealed = session.sealed_at is not None
    return {
        "title": _("Procès-verbal de séance") if sealed else _("Projet de procès-verbal"),
        "lead": committee_names()[session.committee],
        "reference": session.reference,
        "facts": _facts(content["session"], language),
        "sections": [
            _attendance(content, labels, language),
            *(item_section(item, content["items"], labels, language) for item in content["items"]),
            _rules(content, language),
            _proof(told),
        ],
        "notes": [
            _("Un vote secret n'est gardé que par ses totaux : nulle part n'est écrit ce que chacun a voté."),
            _("Le cachet montre que ce document vient de la plateforme et n'a pas changé depuis."),
        ],
        "synthetic": _("synthétique") if settings.MINASSA_DEMONSTRATION else "",
        "place_and_date": when(at, language),
        "verify": {
            "address": settings.MINASSA_ADDRESS + reverse("proof-check"),
            "label": _("Vérifier le cachet de ce document"),
        },
    }


def _facts(told: Mapping[str, str], language: str) -> list[tuple[str, str]]:
    facts = [(_("Référence"), isolated(told["reference"])), (_("Lieu"), told["place"])]
    for word, name in (
        (_("Prévue le"), "planned_at"),
        (_("Convoquée le"), "convened_at"),
        (_("Ouverte le"), "opened_at"),
        (_("Levée le"), "closed_at"),
    ):
        facts.append((word, _when(told[name], language)))
    return facts


def _when(text: str, language: str) -> str:
    return when(datetime.fromisoformat(text), language) if text else "—"


def _attendance(content: Mapping[str, Any], labels: Mapping[str, str], language: str) -> dict[str, Any]:
    """A row per member who came; the seats where nobody came are said after."""
    rows = [
        [
            labels.get(member["seat"], member["seat"]),
            member["name"],
            _("titulaire") if member["titular"] else _("suppléant"),
            " · ".join(_move(at, way, language) for at, way in member["moves"]),
        ]
        for member in content["attendance"]
    ]
    came = {member["seat"] for member in content["attendance"]}
    absent = [label for code, label in labels.items() if code not in came]
    told = [_("Sièges absents : %(seats)s.") % {"seats": ", ".join(absent)}] if absent else []
    headers = [_("Siège"), _("Membre"), _("Qualité"), _("Présence")]
    table = {"headers": headers, "rows": rows, "widths": [5, 4, 2, 5]}
    return {"heading": _("Présences"), "paragraphs": told, "table": table if rows else None}


def _move(at: str, way: str, language: str) -> str:
    word = _("entre : %(at)s") if way == "in" else _("sort : %(at)s")
    return word % {"at": _when(at, language)}


def _rules(content: Mapping[str, Any], language: str) -> dict[str, Any]:
    rows = [[rule.label, rule.value, label(Status(rule.status), language)] for rule in rules_in_words(content["rules"])]
    table = {"headers": [_("Règle"), _("Valeur"), _("Certitude")], "rows": rows, "widths": [4, 5, 2]}
    return {
        "heading": _("Règles de la séance"),
        "paragraphs": [_("Gelées à la convocation, avec la certitude de chacune ce jour-là.")],
        "table": table,
    }


def _proof(told: Minutes) -> dict[str, Any]:
    rows = [
        [_("Empreinte du procès-verbal (SHA-256)"), digest_groups(told.digest)],
        [_("Empreinte de l'ordre du jour (SHA-256)"), digest_groups(told.content["session"]["agenda_digest"])],
    ]
    return {
        "heading": _("Preuve"),
        "paragraphs": [_("L'empreinte est écrite au journal au moment du scellement ; refait, il redonne la même.")],
        "table": {"headers": [_("Élément"), _("Valeur")], "rows": rows, "widths": [2, 4]},
    }
