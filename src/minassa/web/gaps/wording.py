"""Tensions in words: classes, scenarios, causes, sources and parameters."""

from __future__ import annotations

from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from minassa.vocabulary.rates import BASIS_POINTS
from minassa.web import writing
from minassa.web.public.pages import language

CLASSES: Final = {
    1: ("−−", _("excédent fort")),
    2: ("−", _("excédent")),
    3: ("=", _("équilibre")),
    4: ("+", _("tension")),
    5: ("++", _("tension forte")),
}
SCENARIOS: Final = {
    "trend": _("Comme aujourd'hui"),
    "programme": _("Le programme tenu"),
    "unchanged": _("Sans emploi de plus"),
}
NEEDS: Final = {
    "expansion": _("Postes créés ou supprimés"),
    "retirement": _("Retraites"),
    "leaving": _("Départs du secteur"),
    "emigration": _("Départs à l'étranger"),
    "moving_up": _("Promotions à un niveau au-dessus"),
}
SOURCES: Final = {
    "pipelines": _("Lauréats des formations connues"),
    "unannounced": _("Lauréats comme l'an dernier, de cohortes pas encore annoncées (supposé)"),
    "entries": _("Entrées d'autre origine"),
    "returns": _("Retours dans le secteur"),
    "visas": _("Visas talent"),
    "promoted": _("Promotions depuis le niveau au-dessous"),
}
FIELDS: Final = {
    "software": _("Développement logiciel"),
    "data": _("Données"),
    "networks": _("Réseaux, cloud et sécurité"),
    "customer_relations": _("Relation client"),
    "administration": _("Gestion et comptabilité"),
    "engineering": _("Ingénierie"),
    "languages_and_studies": _("Langues, études et conseil"),
}
NAIVE: Final = {
    "repeated": _("L'an dernier recommence"),
    "no_growth": _("Départs remplacés seulement"),
}
PARAMETERS: Final = {
    "exit_other": _("Départs du secteur en un an, là où ils ne sont pas mesurés"),
    "retirement": _("Retraites en un an, là où elles ne sont pas mesurées"),
    "retirement_age": _("Âge de la retraite"),
    "emigration_of_exits": _("Part des départs qui sont pour l'étranger"),
    "moving_up": _("Promotions en un an"),
    "returning_of_exits": _("Part des partants qui reviennent"),
    "inserted_of_graduates": _("Part des lauréats qui entrent dans le secteur"),
    "kept_of_entrants": _("Part des entrants qui obtiennent leur diplôme, là où aucune cohorte ne le dit"),
    "filled_of_seats": _("Part des places qui ont un inscrit, là où aucune cohorte ne le dit"),
    "staying_in_region": _("Part des lauréats qui restent dans leur région"),
    "visas_year": _("Talents étrangers attendus par an en 2030"),
    "visas_in_sector": _("Part de ces talents pour l'offshoring"),
    "visa_least_level": _("Niveau du CNC ouvert aux visas talent"),
    "flexibility_spread": _("Incertitude de la table formation et métier"),
    "share_spread": _("Incertitude de la part d'un métier"),
    "rates_spread": _("Variation des départs d'une année sur l'autre"),
    "entries_spread": _("Variation des entrées d'une année sur l'autre"),
    "surplus_beyond": _("Seuil de l'excédent fort et de la tension forte"),
    "balance_within": _("Seuil de l'équilibre"),
}


def number(value: float, unit: str) -> str:
    """A parameter as people read it."""
    return writing.percent(int(value), language()) if unit == "basis_points" else str(value)


def inserted(told: dict[str, Any]) -> dict[str, Any]:
    """A share of graduates who come to work, with its range, status and note."""
    numbers = {name: number(told[name], told["unit"]) for name in ("value", "low", "high")}
    return {**numbers, "status": told["status"], "note": told["note"]}


def parameter_rows(document: dict[str, Any]) -> list[dict[str, Any]]:
    """The parameters of a vintage, with their range and status."""
    return [
        {
            "label": label,
            "value": number(told["value"], told["unit"]),
            "low": number(told["low"], told["unit"]),
            "high": number(told["high"], told["unit"]),
            "status": told["status"],
            "reviewed_on": told["reviewed_on"],
            "note": told["note"],
        }
        for code, label in PARAMETERS.items()
        for told in [document["parameters"][code]]
    ]


def share(part: float) -> str:
    """A share as a percentage."""
    return writing.percent(round(part * 100) * (BASIS_POINTS // 100), language())
