"""The words of committees: their names and their rules, in the language of the page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from minassa.governance.public import Committee, Kinds
from minassa.vocabulary.statuses import Status, label
from minassa.vocabulary.texts import text
from minassa.web import writing
from minassa.web.cases.showing import body_names, language, procedure_names

RULES: Final[dict[str, str | Promise]] = {
    "quorum_basis_points": gettext_lazy("Quorum, en part des sièges qui votent"),
    "quorum_chair": gettext_lazy("Présence de la présidence exigée"),
    "majority": gettext_lazy("Majorité"),
    "derogation_majority": gettext_lazy("Majorité pour une dérogation"),
    "tie": gettext_lazy("Partage des voix"),
    "secret_requests": gettext_lazy("Demandes qui rendent un vote secret"),
    "notice_days": gettext_lazy("Délai de convocation"),
    "rhythm_months": gettext_lazy("Rythme des séances"),
    "kinds": gettext_lazy("Ce dont le comité décide"),
    "delegated_procedures": gettext_lazy("Démarches déléguées à un seul membre"),
    "consent_highest_score": gettext_lazy("Liste de consentement : score de contrôle au plus"),
    "consent_weakest_status": gettext_lazy("Liste de consentement : certitude au moins"),
}
"""What each internal rule settles; a test says that none is left out."""
_VALUES: Final[dict[str, str | Promise]] = {
    "simple": gettext_lazy("plus de voix pour que contre ; les abstentions ne comptent pas"),
    "consensus": gettext_lazy("consensus : une voix pour au moins, aucune contre"),
    "chair": gettext_lazy("la voix de la présidence l'emporte, au vote ouvert"),
    "rejected": gettext_lazy("la proposition n'est pas adoptée"),
}


def committee_names() -> dict[str, str]:
    """The name of each committee, by code."""
    names = body_names()
    return {committee.value: names.get(committee.value, committee.value.upper()) for committee in Committee}


@dataclass(frozen=True, slots=True)
class RuleShown:
    """A rule in words, with the text that it comes from, its status and its note."""

    label: str
    value: str
    status: str
    source: str
    note: str


def rules_in_words(rules: Mapping[str, Mapping[str, Any]]) -> list[RuleShown]:
    """Rules as a session keeps them (each with its value, source, status and note), in words."""
    procedures = procedure_names()
    return [
        RuleShown(
            str(RULES.get(name, name)),
            rule_value(name, rule["value"], procedures),
            str(rule["status"]),
            text(rule["source"]).title,
            rule["note"] or "",
        )
        for name, rule in rules.items()
    ]


def rule_value(name: str, value: Any, procedures: Mapping[str, str]) -> str:  # noqa: ANN401 (numbers, words, lists)
    """The value of a rule in words; `procedures`: their names by code."""
    if isinstance(value, list):
        return ", ".join(_named(each, procedures) for each in value) or _("rien")
    if isinstance(value, bool):
        return _("oui") if value else _("non")
    if isinstance(value, int):
        return _number(name, value)
    return label(Status(value), language()) if value in set(Status) else str(_VALUES.get(value, value))


def _number(name: str, value: int) -> str:
    if name == "quorum_basis_points":
        return writing.isolated(writing.percent(value, language()))
    if name == "notice_days":
        return ngettext("%(count)s jour", "%(count)s jours", value) % {"count": value}
    if name == "rhythm_months":
        return ngettext("une séance par mois", "une séance tous les %(count)s mois", value) % {"count": value}
    return writing.isolated(writing.count(value))


def _named(code: str, procedures: Mapping[str, str]) -> str:
    kind = Kinds.all().get(code)
    return str(kind.label) if kind else procedures.get(code, code)
