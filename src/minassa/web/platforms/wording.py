"""Reports and contradictions in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from minassa.platforms.contradictions import ABSENT, INTERRUPTED, RENDERED, SAID
from minassa.platforms.models import Report
from minassa.platforms.public import Entry, Unit, shared_services, unit
from minassa.steering.indicators.catalogue import Catalogue
from minassa.vocabulary.periods import first_day, parse_month
from minassa.vocabulary.statuses import Status
from minassa.web import writing
from minassa.web.indicators.wording import period_words
from minassa.web.indicators.wording import shown as shown_value
from minassa.web.public.pages import language

FIELDS: Final[Mapping[str, str | Promise]] = {
    "occupied_area_m2": gettext_lazy("Surface occupée (m²)"),
    "firms_installed": gettext_lazy("Entreprises installées à la fin de la période"),
    "firms_arrived": gettext_lazy("Entreprises arrivées dans la période"),
    "firms_left": gettext_lazy("Entreprises parties dans la période"),
    "investment_dirhams": gettext_lazy("Investissement de la période (dirhams)"),
    "incidents": gettext_lazy("Incidents qui ont coupé un service"),
    "incident_hours": gettext_lazy("Heures de coupure, en tout"),
    SAID: gettext_lazy("Remarques et explications"),
}
SERVICE_STATES: Final[Mapping[str, str | Promise]] = {
    RENDERED: gettext_lazy("rendu"),
    INTERRUPTED: gettext_lazy("interrompu"),
    ABSENT: gettext_lazy("pas rendu"),
}
_WRONG: Final[Mapping[str, tuple[str | Promise, str | Promise]]] = {
    "absent": (gettext_lazy("Ce nombre manque."), gettext_lazy("Écrivez-le ; zéro se dit 0.")),
    "service-silent": (
        gettext_lazy("La fiche dit ce service offert, le rapport n'en dit rien."),
        gettext_lazy("Dites s'il a été rendu, ou retirez-le de la fiche."),
    ),
    "area-unknown": (
        gettext_lazy("La fiche ne dit aucune surface : rien ne permet de juger celle qui est occupée."),
        gettext_lazy("Ajoutez les bâtiments à la fiche, ou expliquez dans les remarques."),
    ),
    "occupied-above-area": (
        gettext_lazy("%(a)s m² occupés, mais la fiche n'en a que %(b)s."),
        gettext_lazy("Corrigez la surface occupée, ou ajoutez le bâtiment à la fiche."),
    ),
    "empty-with-jobs": (
        gettext_lazy("Aucune surface occupée, mais %(a)s emplois sont déclarés ici."),
        gettext_lazy("Corrigez la surface occupée."),
    ),
    "area-per-job": (
        gettext_lazy("%(a)s m² pour %(b)s emplois déclarés : hors de %(c)s à %(d)s m² par emploi."),
        gettext_lazy("Corrigez la surface, ou expliquez dans les remarques."),
    ),
    "firms-differ": (
        gettext_lazy("%(a)s entreprises installées, mais %(b)s déclarent des salariés ici."),
        gettext_lazy(
            "Corrigez le nombre, ou expliquez dans les remarques : une entreprise installée peut ne rien déclarer."
        ),
    ),
    "firms-do-not-add-up": (
        gettext_lazy("%(a)s au rapport d'avant, plus %(b)s arrivées, moins %(c)s parties : %(d)s, et non %(e)s."),
        gettext_lazy("Corrigez l'un des trois nombres."),
    ),
    "hours-without-incident": (
        gettext_lazy("%(a)s heures de coupure sans aucun incident."),
        gettext_lazy("Comptez les incidents, ou mettez les heures à 0."),
    ),
    "cut-without-incident": (
        gettext_lazy("Des services interrompus (%(a)s) sans aucun incident."),
        gettext_lazy("Comptez les incidents, ou dites le service rendu."),
    ),
    "explain": (
        gettext_lazy("Ce qui est signalé demande une explication."),
        gettext_lazy("Écrivez-la dans les remarques."),
    ),
}


def unit_name(one: Unit) -> str:
    """The name of a unit in the language of the page."""
    return str(getattr(one, f"name_{language()}"))


def entry_name(one: Entry) -> str:
    """The name of a service or of a point of the checklist."""
    return str(getattr(one, f"name_{language()}"))


def span_words(first: str, last: str) -> str:
    """From a month to another (`2026-07`), in words."""
    told = [writing.month(first_day(parse_month(one)), language()) for one in (first, last)]
    # French elides before avril, août and octobre.
    said = _("d'%(first)s à %(last)s") if told[0][:1] in "ao" else _("de %(first)s à %(last)s")
    return said % {"first": told[0], "last": told[1]}


def title_of(report: Report) -> str:
    """A report in one line."""
    return _("Rapport de %(unit)s") % {"unit": unit_name(unit(report.place))}


def field_words(name: str) -> str:
    """The name of a field of a report, or of the service that it tells."""
    kind, _dot, code = name.partition(".")
    if kind == "services" and code in shared_services():
        return entry_name(shared_services()[code])
    return str(FIELDS.get(name, name))


def finding_words(told: Mapping[str, Any]) -> dict[str, Any]:
    """A contradiction as the page tells it: where, what is wrong, what to do."""
    wrong, todo = _WRONG[told["code"]]
    numbers = dict(zip("abcde", (writing.count(one) for one in told["numbers"]), strict=False))
    return {
        "field": told["field"],
        "ident": ident_of(told["field"]),
        "where": field_words(told["field"]),
        "wrong": str(wrong) % numbers if numbers else str(wrong),
        "todo": str(todo),
        "blocking": told["blocking"],
    }


def ident_of(name: str) -> str:
    """The identifier of the field of a form."""
    return "q-" + name.replace(".", "-")


def figures_words(known: Mapping[str, Any]) -> list[dict[str, Any]]:
    """What the platform knew, line by line: label, period, value, status."""
    rows = []
    for one in known["figures"]:
        indicator = Catalogue.all().get(one["code"])
        if indicator is None:
            continue
        period = period_words(indicator.frequency, parse_month(one["period"]))
        value = shown_value(indicator.unit, one["value"])
        rows.append({"label": indicator.label, "period": period, "value": value, "status": Status(one["status"])})
    return rows
