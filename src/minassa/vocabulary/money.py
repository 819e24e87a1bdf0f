"""Amounts: whole centimes, written and read as dirhams."""

from __future__ import annotations

import re
from typing import TypeAlias

import polars as pl

from minassa.vocabulary.errors import MinassaError

Cents: TypeAlias = int
"""An amount in whole centimes of a dirham."""

CENTIMES_A_DIRHAM = 100
LARGEST_AMOUNT: Cents = 2**63 - 1
"""The largest amount a column can hold."""

_MARGIN = " \t\r\n\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}"
_GROUP = "\N{NARROW NO-BREAK SPACE}"
_MINUS = "\N{MINUS SIGN}"
_SPACES = " \N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\N{THIN SPACE}"
_UNIT = f"[{_SPACES}]*(?:DHS?|MAD)"
# Eighteen digits are one more than 64 bits hold; the pattern runs in Python and in Polars alike.
_PATTERN = (
    rf"(?i)^(?P<sign>[-{_MINUS}])?(?P<whole>[0-9]{{1,18}}|[0-9]{{1,3}}(?:[{_SPACES}][0-9]{{3}}){{1,5}})"
    rf"(?:[.,](?P<decimals>[0-9]{{1,2}}))?(?:{_UNIT})?$"
)
_AMOUNT = re.compile(_PATTERN)
_NOT_DIGITS = re.compile(r"[^0-9]")


class MoneyError(MinassaError):
    """A text that is not an amount in dirhams."""

    code = "amount-unreadable"


def format_dirhams(cents: Cents, *, unit: bool = True) -> str:
    """Write an amount as people read it in French: `1 234,50 DH`, groups parted by a narrow no-break space."""
    dirhams, centimes = divmod(abs(cents), CENTIMES_A_DIRHAM)
    sign = _MINUS if cents < 0 else ""
    amount = f"{sign}{dirhams:,d}".replace(",", _GROUP) + f",{centimes:02d}"
    return f"{amount}\N{NO-BREAK SPACE}DH" if unit else amount


def parse_dirhams(text: str) -> Cents:
    """Read dirhams into centimes: `1 234,56`, `1234.5`, `-12`, with or without `DH`.

    Groups of three digits may be parted by a space, breaking or not, never by a dot or a comma. Raises MoneyError for
    anything else, for more than 2 decimals and for an amount that does not fit in 64 bits. The message never quotes
    the text: a shifted column would put a name in it.
    """
    read = _AMOUNT.fullmatch(text.strip(_MARGIN))
    if read is None:
        message = "Montant illisible : écrivez des dirhams avec au plus 2 décimales, par exemple 1234,56."
        raise MoneyError(message)
    dirhams = int(_NOT_DIGITS.sub("", read["whole"]))
    cents = dirhams * CENTIMES_A_DIRHAM + int((read["decimals"] or "").ljust(2, "0"))
    if cents > LARGEST_AMOUNT:
        message = "Montant trop grand : vérifiez le nombre de chiffres."
        raise MoneyError(message)
    return -cents if read["sign"] else cents


def parse_dirhams_column(texts: pl.Expr) -> pl.Expr:
    """Return the centimes of a column of texts, read as `parse_dirhams` reads them; null where it would refuse.

    The column keeps its name.
    """
    read = texts.str.strip_chars(_MARGIN).str.extract_groups(_PATTERN).struct
    dirhams = read.field("whole").str.replace_all("[^0-9]", "").cast(pl.Int64)
    centimes = read.field("decimals").fill_null("").str.pad_end(2, "0").cast(pl.Int64)
    fits = dirhams <= (LARGEST_AMOUNT - centimes) // CENTIMES_A_DIRHAM
    cents = pl.when(fits).then(dirhams * CENTIMES_A_DIRHAM + centimes)
    return pl.when(read.field("sign").is_null()).then(cents).otherwise(-cents).name.keep()
