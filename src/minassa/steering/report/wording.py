"""How quantities are written for people: French, groups of three apart, always isolated left to right."""

from __future__ import annotations

from typing import Final

from markupsafe import Markup

from minassa.vocabulary.money import format_dirhams
from minassa.vocabulary.periods import format_month, month_label_fr
from minassa.vocabulary.rates import BASIS_POINTS, format_rate
from minassa.vocabulary.rounding import Direction, divide

NARROW: Final = "\N{NARROW NO-BREAK SPACE}"
MINUS: Final = "\N{MINUS SIGN}"
NOTHING: Final = "–"
ROUNDING: Final = "minassa-default#affichage"
CENTS_A_DIRHAM: Final = 100
ZERO: Final = Markup('<bdi dir="ltr" class="n zero">0</bdi>')
THOUSANDS: Final = ((10**9, "milliards DH"), (10**6, "millions DH"))
SHORT_MONTHS: Final = (
    "janv.",
    "févr.",
    "mars",
    "avr.",
    "mai",
    "juin",
    "juil.",
    "août",
    "sept.",
    "oct.",
    "nov.",
    "déc.",
)


def isolated(text: str) -> Markup:
    """A number as HTML that no text around it, Arabic or French, can turn around."""
    return Markup('<bdi dir="ltr" class="n">{}</bdi>').format(text)


def count_text(number: int) -> str:
    """A whole number with its groups of three apart: `12 345`."""
    return f"{number:,d}".replace(",", NARROW).replace("-", MINUS)


def signed_text(number: int) -> str:
    """A whole number with its sign, `+` included; `0` has none."""
    return f"+{count_text(number)}" if number > 0 else count_text(number)


def short_money_text(cents: int) -> str:
    """An amount for a headline: `12,3 millions DH`, one decimal; whole dirhams below a million."""
    dirhams = divide(abs(cents), CENTS_A_DIRHAM, Direction.HALF_UP, ROUNDING)
    sign = MINUS if cents < 0 else ""
    for unit, name in THOUSANDS:
        if dirhams >= unit:
            tenths = divide(abs(cents) * 10, unit * CENTS_A_DIRHAM, Direction.HALF_UP, ROUNDING)
            return f"{sign}{count_text(tenths // 10)},{tenths % 10}\N{NO-BREAK SPACE}{name}"
    return f"{sign}{count_text(dirhams)}\N{NO-BREAK SPACE}DH"


def short_month_text(index: int) -> str:
    """A month in few letters: `juil. 2025`."""
    return f"{SHORT_MONTHS[index % 12]}\N{NO-BREAK SPACE}{index // 12}"


def share(part: int, whole: int) -> int:
    """A part of a whole in basis points, to the nearest; 0 of nothing."""
    return divide(BASIS_POINTS * part, whole, Direction.HALF_UP, ROUNDING) if whole else 0


def money(cents: int | None) -> Markup:
    """An amount in dirhams and centimes."""
    return isolated(NOTHING if cents is None else format_dirhams(cents))


def signed_money(cents: int | None) -> Markup:
    """An amount that is a difference: with its sign, `+` included."""
    if cents is None:
        return isolated(NOTHING)
    return isolated(f"+{format_dirhams(cents)}" if cents > 0 else format_dirhams(cents))


def bare_money(cents: int) -> Markup:
    """An amount without its unit, for columns whose heading says it; a zero steps back."""
    return ZERO if cents == 0 else isolated(format_dirhams(cents, unit=False))


def signed_bare_money(cents: int) -> Markup:
    """A difference without its unit; a zero steps back."""
    if cents == 0:
        return ZERO
    return isolated(("+" if cents > 0 else "") + format_dirhams(cents, unit=False))


def short_money(cents: int) -> Markup:
    """An amount for a headline."""
    return isolated(short_money_text(cents))


def parted(text: str) -> Markup:
    """A headline number and its unit, the unit smaller: `2,1 millions DH`."""
    number, _, unit = text.partition("\N{NO-BREAK SPACE}")
    return isolated(number) + Markup(' <span class="unit">{}</span>').format(unit)


def count(number: int | None) -> Markup:
    """A whole number."""
    return isolated(NOTHING if number is None else count_text(number))


def signed(number: int | None) -> Markup:
    """A whole number that is a difference."""
    return isolated(NOTHING if number is None else signed_text(number))


def rate(points: int | None) -> Markup:
    """A rate in basis points, as a percentage with at most two decimals."""
    return isolated(NOTHING if points is None else format_rate(points))


def month(index: int | None) -> str:
    """A month in words: `juillet 2025`."""
    return NOTHING if index is None else month_label_fr(index)


def month_code(index: int | None) -> Markup:
    """A month in figures, for tables: `2025-07`."""
    return isolated(NOTHING if index is None else format_month(index))


FILTERS: Final = {
    "money": money,
    "signed_money": signed_money,
    "short_money": short_money,
    "count": count,
    "signed": signed,
    "rate": rate,
    "month": month,
    "month_code": month_code,
}
"""The filters of the templates."""
