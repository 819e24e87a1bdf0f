"""Talent Visas in words: criteria and quotas."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django.utils.translation import gettext_lazy

from minassa.web import writing
from minassa.web.gaps.wording import CLASSES
from minassa.web.public.pages import language

CRITERIA: Final = {
    "least_tension": gettext_lazy("Classe de tension au moins"),
    "least_sure": gettext_lazy("Part des tirages dans cette classe, au moins"),
    "least_gap": gettext_lazy("Personnes qui manquent, à la borne basse à 80 %, au moins"),
}
QUOTAS: Final = {
    "quota_nation": gettext_lazy("Places d'une année, tout le pays"),
    "quota_region": gettext_lazy("Places d'une année, par région"),
    "quota_firm": gettext_lazy("Places d'une année, par entreprise"),
}


def criterion_rows(criteria: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The criteria of a list as it was computed, each with its status and note."""
    return [
        {"label": label, "shown": _value(criteria[name]), **criteria[name]}
        for name, label in CRITERIA.items()
        if name in criteria
    ]


def _value(told: Mapping[str, Any]) -> str:
    if told["unit"] == "basis_points":
        return writing.percent(told["value"], language())
    if told["unit"] == "tension_class":
        sign, label = CLASSES[told["value"]]
        return f"{label} ({sign})"
    return writing.count(told["value"])
