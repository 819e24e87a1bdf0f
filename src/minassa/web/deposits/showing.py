"""How files sent are said to people: the mark of each state, the name of each kind, the month of a period."""

from __future__ import annotations

from datetime import date
from typing import Final

from babel.dates import format_date
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from minassa.declarations import kinds
from minassa.intake.models import Upload, UploadState
from minassa.vocabulary.periods import first_day
from minassa.web.marks import Mark
from minassa.web.writing import LOCALES

KINDS: Final[dict[str, str | Promise]] = {
    kinds.EBDS_PRINCIPAL: _("Déclaration de salaires (e-BDS)"),
    kinds.EBDS_COMPLEMENTARY: _("Déclaration complémentaire (e-BDS)"),
    kinds.EBDS_PREETABLI: _("Préétabli de la CNSS"),
    kinds.SIMPL_IR_9421: _("Traitements et salaires (état 9421)"),
    kinds.STAFF_REGISTER: _("Registre du personnel"),
    kinds.YEARLY_ACCOUNTS: _("Comptes de l'exercice"),
    kinds.FIRM_SHEET: _("Fiche de l'entreprise"),
    kinds.UNKNOWN: _("Fichier inconnu"),
}

MOVING: Final = frozenset({UploadState.RECEIVED, UploadState.CHECKING, UploadState.DEPOSITING})
"""States that the worker is about to change: a page that shows one asks again."""

_STATES: Final = {
    UploadState.RECEIVED: Mark("progress", "info", _("reçu, contrôle à venir")),
    UploadState.CHECKING: Mark("progress", "info", _("contrôle en cours")),
    UploadState.CHECKED: Mark("waiting", "waiting", _("contrôlé, à déposer")),
    UploadState.REFUSED: Mark("refused", "wrong", _("refusé")),
    UploadState.DEPOSITING: Mark("progress", "info", _("dépôt en cours")),
    UploadState.DEPOSITED: Mark("done", "action", _("déposé")),
    UploadState.WITHDRAWN: Mark("withdrawn", "quiet", _("retiré")),
}
_REPLACED: Final = Mark("withdrawn", "quiet", _("déposé, remplacé"))

STATES: Final = {str(state): mark.text for state, mark in _STATES.items()}
"""The word of each state, for filters and exports."""

_YEAR_DIGITS: Final = 4
_MONTH_DIGITS: Final = 6


def mark_of(upload: Upload, *, replaced: bool = False) -> Mark:
    """How the state of a file is shown."""
    return _REPLACED if replaced and upload.state == UploadState.DEPOSITED else _STATES[UploadState(upload.state)]


def kind_of(kind: str) -> str | Promise:
    """The kind of a file in words; "" while it is not known."""
    return KINDS.get(kind, kind)


def month_name(month: int) -> str:
    """A month (index) in words, in the language of the page: `novembre 2026`."""
    return _written(first_day(month), "MMMM y")


def period_of(period: str) -> str:
    """A period (AAAAMM or AAAA) in words."""
    if len(period) == _MONTH_DIGITS and period.isdecimal() and 1 <= int(period[4:]) <= 12:  # noqa: PLR2004 (months)
        return _written(date(int(period[:4]), int(period[4:]), 1), "MMMM y")
    return period if len(period) == _YEAR_DIGITS else ""


def _written(day: date, shape: str) -> str:
    return str(format_date(day, shape, locale=LOCALES[(get_language() or "fr")[:2]]))
