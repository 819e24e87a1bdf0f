"""An estimate on paper: the same results as on the page, in PDF."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from minassa.vocabulary.filieres import Filiere
from minassa.vocabulary.statuses import label
from minassa.web.documents import pdf
from minassa.web.estimate import wording
from minassa.web.estimate.plans import Plan
from minassa.web.estimate.results import YEARS, AtPlace
from minassa.web.writing import count, day, money


def statement(plan: Plan, found: Sequence[AtPlace], language: str, at: datetime, address: str) -> bytes:
    """The estimate as a PDF in the language of the page; `address` leads back to it."""
    return pdf(
        "statement",
        {
            "title": _("Estimation des avantages de l'offre offshoring"),
            "lead": _(
                "Ce que l'offre donnerait de 2025 à 2030, si la loi restait la même et si tout se passait ainsi."
            ),
            "reference": "",
            "facts": _facts(plan, language),
            "sections": [_hires(plan, language), *(_place(one, language) for one in found)],
            "notes": [
                _("Chaque montant porte le statut le moins sûr de ce sur quoi il repose."),
                _("Cette estimation n'engage aucune administration et n'ouvre aucun droit."),
            ],
            "synthetic": "",
            "place_and_date": day(at, language),
            "verify": {"address": address, "label": _("Refaire cette estimation")},
        },
        language,
        at,
    )


def _facts(plan: Plan, language: str) -> list[list[str]]:
    said = plan.fields
    return [
        [_("Filière"), Filiere[said["f"]].label(language)],
        [_("Début d'activité"), said["d"]],
        [_("Chiffre d'affaires"), money(int(said["ca"]) * 100, language)],
        [_("Part exportée"), f"{said['x']} %"],
        [_("Résultat fiscal"), money(int(said["b"]) * 100, language)],
        [_("Emplois"), count(plan.people)],
    ]


def _hires(plan: Plan, language: str) -> dict[str, Any]:
    contracts = dict(wording.CONTRACTS)
    rows = [
        [row.cells["n"], money(int(row.cells["s"]) * 100, language), row.cells["m"], str(contracts[row.cells["k"]])]
        for row in plan.rows
    ]
    headers = [_("Personnes"), _("Salaire brut mensuel"), _("Mois d'embauche"), _("Contrat")]
    return {"heading": _("Les embauches"), "paragraphs": [], "table": _table(headers, rows, [0, 1])}


def _place(at: AtPlace, language: str) -> dict[str, Any]:
    """One place: its measures, and its years in a line."""
    rows = [
        [
            str(wording.MEASURES[one.measure]),
            money(one.total, language),
            money(one.to_come, language),
            label(one.status, language) if one.status else "—",
        ]
        for one in at.measures
    ]
    years = [[str(year), money(cents, language)] for year, cents in zip(YEARS, at.by_year, strict=True)]
    told = _("%(total)s en tout, %(each)s par emploi.") % {
        "total": money(at.total, language),
        "each": money(at.per_job, language),
    }
    headers = [_("Mesure"), _("2025 à 2030"), _("À venir ensuite"), _("Certitude")]
    by_year = " · ".join(f"{year} : {cents}" for year, cents in years)
    return {
        "heading": str(getattr(at.place, f"name_{language}")),
        "paragraphs": [told, by_year],
        "table": _table(headers, rows, [1, 2]),
    }


def _table(headers: list[str], rows: list[list[str]], numeric: list[int]) -> dict[str, Any]:
    return {"headers": headers, "rows": rows, "numeric": numeric}
