"""Indicators of value: exports, value added and wages by job, the share of filières of knowledge."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from minassa.steering.indicators.catalogue import Break, Frequency, Unit, each, indicator, share
from minassa.steering.indicators.jobs import CNSS, MAIN_PLACE
from minassa.vocabulary.statuses import Status

ACCOUNTS: Final = _("Comptes annuels remis par les entreprises")
INCOME: Final = _("Revenus bruts imposables (état 9421), à défaut salaires déclarés à la CNSS")
FILED: Final = Break(
    _("Ne compte que les exercices dont les comptes sont remis, dans l'année de leur clôture."), Status.INFERRED
)
SCOPES: Final = Break(
    _(
        "Deux séries nationales à ne jamais mêler : 17,9 milliards de dirhams en 2023 (ministère, ancien périmètre), "
        "26,17 (Office des changes, nouveau périmètre). Celle-ci vient des comptes des entreprises : une troisième."
    ),
    Status.PRESS,
    "https://fr.le360.ma/economie/services-numeriques-et-outsourcing-le-maroc-met-le-turbo_OYGBHIVDJNAE7OQ3CFKJDC3574/",
)
TARGET: Final = Break(
    _("L'objectif de 25 milliards en 2026 est de l'ancien périmètre : dans le nouveau, 2023 le passait déjà."),
    Status.INFERRED,
)
CIRCULARS: Final = Break(
    _("Les cinq filières sont celles de la circulaire de 2025 ; avant juillet 2025, elles sont relues ainsi."),
    Status.INFERRED,
)


@indicator(
    label=_("Chiffre d'affaires à l'export"),
    definition=_("Chiffre d'affaires exporté et réalisé en devises, de l'exercice clos dans l'année."),
    group="value",
    unit=Unit.CENTS,
    frequency=Frequency.YEAR,
    origin=ACCOUNTS,
    owner="mtnra",
    status=Status.INFERRED,
    breaks=(SCOPES, TARGET, FILED),
)
def export_turnover(export_turnover: int) -> int:
    """Turnover exported and made in foreign currency."""
    return export_turnover


@indicator(
    label=_("Valeur ajoutée par emploi"),
    definition=_("Valeur ajoutée de l'exercice sur l'effectif de fin d'année des mêmes entreprises."),
    group="value",
    unit=Unit.CENTS,
    frequency=Frequency.YEAR,
    origin=ACCOUNTS,
    owner="mtnra",
    status=Status.INFERRED,
    breaks=(FILED,),
)
def value_added_job(value_added: int, accounts_headcount: int) -> int | None:
    """Value added of the year by job of the firms that filed their accounts."""
    return each(value_added, accounts_headcount)


@indicator(
    label=_("Salaire mensuel moyen"),
    definition=_("Revenu brut imposable de l'année, par mois travaillé et par personne."),
    group="value",
    unit=Unit.CENTS,
    frequency=Frequency.YEAR,
    origin=INCOME,
    owner="dgi",
    status=Status.INFERRED,
    persons="months_worked",
)
def wage_month(income: int, months_worked: int) -> int | None:
    """Gross taxable income of a month worked."""
    return each(income, months_worked)


@indicator(
    label=_("Part ITO, ESO et KPO"),
    definition=_("Emplois déclarés dans les entreprises de ces trois filières, sur tous les emplois déclarés."),
    group="value",
    unit=Unit.BASIS_POINTS,
    origin=CNSS,
    owner="mtnra",
    status=Status.PROPOSED,
    breaks=(CIRCULARS, MAIN_PLACE),
)
def skilled_share(skilled_headcount: int, headcount: int) -> int | None:
    """Jobs in the filières taken for moving up in value."""
    return share(skilled_headcount, headcount)
