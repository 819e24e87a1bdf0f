"""Why a case goes fast, or goes the ordinary way, in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from minassa.talent.balance.unit_groups import unit_group_name
from minassa.vocabulary.regions import regions
from minassa.web.cases.showing import language

_SCOPES: Final = {
    "nation": gettext_lazy("du pays"),
    "region": gettext_lazy("de la région"),
    "firm": gettext_lazy("de l'entreprise"),
}


def track_words(told: Mapping[str, Any]) -> str:
    """Why a case goes fast, or goes the ordinary way, from what its journal keeps."""
    listed = {
        "number": told.get("list", ""),
        "occupation": unit_group_name(str(told.get("occupation", "")), language()),
        "region": _region(int(told.get("region") or 0)),
        "scope": _SCOPES.get(str(told.get("scope", "")), ""),
    }
    said = {
        "listed": _(
            "Voie rapide : « %(occupation)s » est sur la liste n° %(number)s des métiers en pénurie, région %(region)s,"
            " le jour du dépôt."
        ),
        "not_listed": _(
            "Voie ordinaire : « %(occupation)s » n'est pas sur la liste n° %(number)s des métiers en pénurie,"
            " région %(region)s, le jour du dépôt."
        ),
        "no_occupation": _("Voie ordinaire : aucun métier n'était indiqué le jour du dépôt."),
        "no_list": _("Voie ordinaire : aucune liste de métiers en pénurie n'était en vigueur le jour du dépôt."),
        "quota": _(
            "Voie ordinaire : le métier est sur la liste n° %(number)s, mais le quota %(scope)s était épuisé"
            " le jour du dépôt."
        ),
        "changed": _("Retour à la voie ordinaire : le complément a changé le métier ou le lieu."),
    }.get(str(told.get("reason", "")), "")
    return said % listed


def _region(number: int) -> str:
    return next((str(getattr(one, f"name_{language()}")) for one in regions() if one.number == number), "")
