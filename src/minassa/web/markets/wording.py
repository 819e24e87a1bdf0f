"""Markets in words: values with their unit, weights typed in percent, reasons, forms read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Final

from django.utils.dateparse import parse_date
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from minassa.markets.models import Figure, Lead
from minassa.markets.public import MarketError, criteria, market_name, promotes
from minassa.outlook.markets.matching import Reason
from minassa.registry.public import Actor
from minassa.vocabulary.filieres import Filiere
from minassa.vocabulary.periods import PeriodError, first_day, parse_month
from minassa.web import writing
from minassa.web.public.pages import language

TEN_THOUSAND: Final = 10_000
LONGEST: Final = 4_000
_WHOLE: Final = re.compile(r"\d{1,9}")
_PERCENT: Final = re.compile(r"(\d{1,3})(?:[.,](\d{1,2}))?")
REASONS: Final[Mapping[str, str | Promise]] = {
    Reason.ROOM: gettext_lazy("Places vacantes"),
    Reason.STAFF: gettext_lazy("Personnes en poste dans la filière"),
    Reason.LANGUAGES: gettext_lazy("Personnes dont le poste nomme la langue voulue"),
    Reason.DELAY: gettext_lazy("Délai répondu d'ordinaire, en jours"),
}
ROOM_FROM: Final[Mapping[str, str | Promise]] = {
    "report": gettext_lazy("fiche de la P2I et dernier rapport scellé"),
    "declared": gettext_lazy("fiche de la P2I et emplois déclarés"),
}
SOURCES: Final[Mapping[str, str | Promise]] = {
    Reason.STAFF: gettext_lazy("déclarations"),
    Reason.LANGUAGES: gettext_lazy("intitulés des registres du personnel"),
    Reason.DELAY: gettext_lazy("réponses de la P2I"),
}


def name_of(code: str) -> str:
    """The name of a market in the language of the page."""
    return market_name(code, language())


def criterion_name(code: str) -> str:
    """The name of a criterion."""
    return str(getattr(criteria().of(code).names, language()))


def unit_name(code: str) -> str:
    """The unit of a criterion."""
    return str(getattr(criteria().units[criteria().of(code).unit], language()))


def value_words(criterion: str, value: int) -> str:
    """A figure with its unit, isolated; `value` in ten-thousandths."""
    return f"{writing.isolated(number_words(value))} {unit_name(criterion)}"


def number_words(value: int) -> str:
    """A number in ten-thousandths, without the zeros that say nothing."""
    whole, rest = divmod(abs(value), TEN_THOUSAND)
    decimals = f"{rest:04d}".rstrip("0")
    sign = "\N{MINUS SIGN}" if value < 0 else ""
    mark = "." if language() == "en" else ","
    return f"{sign}{writing.count(whole)}{mark + decimals if decimals else ''}"


def bare_number(value: int) -> str:
    """A number in ten-thousandths as files hold it."""
    whole, rest = divmod(abs(value), TEN_THOUSAND)
    return f"{'-' if value < 0 else ''}{whole}.{rest:04d}".rstrip("0").rstrip(".")


def percent_typed(basis_points: int) -> str:
    """A weight as a form shows it: `25` or `12.5`."""
    whole, rest = divmod(basis_points, 100)
    return f"{whole}.{rest:02d}".rstrip("0").rstrip(".")


def percent_read(text: str) -> int | None:
    """A percentage that a form sends, in basis points; None for anything else."""
    read = _PERCENT.fullmatch(text.strip())
    return int(read[1]) * 100 + int((read[2] or "").ljust(2, "0")) if read else None


def filiere_name(number: int) -> str:
    """The name of a filière."""
    return Filiere(number).label(language())


def month_words(month: int) -> str:
    """A month by its index."""
    return writing.month(first_day(month), language())


def company_of(actor: Actor, lead: Lead) -> str:
    """The name of the firm of a lead; that it is confidential, to a P2I that may not read it."""
    return _("entreprise confidentielle") if lead.confidential and not promotes(actor) else lead.company


def source_words(reason: str, room: str) -> str:
    """Where the figure of a reason comes from."""
    return str(ROOM_FROM.get(room, "") if reason == Reason.ROOM else SOURCES[Reason(reason)])


def text_of(given: Mapping[str, str], name: str, longest: int = 200) -> str:
    """A text that a form tells, cut to its column; the database holds no NUL."""
    return given.get(name, "").replace("\x00", "").strip()[:longest]


def whole_of(text: str, wrong: str) -> int:
    """A whole number that a form tells; MarketError with this sentence for anything else."""
    bare = "".join(text.split())
    if not _WHOLE.fullmatch(bare):
        raise MarketError(wrong)
    return int(bare)


def day_of(text: str) -> date:
    """The day that a form tells; MarketError for anything else."""
    try:
        found = parse_date(text)
    except ValueError:
        found = None
    if found is None:
        raise MarketError(_("Dites le jour, par exemple 2026-12-31."))
    return found


def month_of_text(text: str) -> int:
    """The month that a form tells; MarketError for anything else."""
    try:
        return parse_month(text)
    except PeriodError as error:
        raise MarketError(_("Dites le mois, par exemple 2026-12.")) from error


def figure_words(figure: Figure) -> str:
    """A figure with its unit."""
    return value_words(figure.criterion, figure.value)
