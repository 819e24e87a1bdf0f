"""Texts of files read into values, a column at a time (Polars expressions).

Every function returns an expression that is null where the text is empty or cannot be read: a text that is not empty
and whose value is null is the anomaly to report.
"""

from __future__ import annotations

import polars as pl

LARGEST_WHOLE_DIRHAMS = 12
"""Digits before the decimal mark: beyond, a sum over a file might no longer fit in 64 bits."""

_LARGEST_INTEGER = 18


def stripped(column: pl.Expr) -> pl.Expr:
    """The text without blanks around it, and empty instead of null."""
    return column.fill_null("").str.strip_chars()


def whole_number(text: pl.Expr, digits: int = _LARGEST_INTEGER) -> pl.Expr:
    """Digits only, at most ``digits`` of them, leading zeros allowed (int64)."""
    shape = rf"^[0-9]{{1,{digits}}}$"
    return pl.when(text.str.contains(shape)).then(text).cast(pl.Int64, strict=False)


def amount(text: pl.Expr, *, marks: str = ".", signed: bool = False, digits: int = LARGEST_WHOLE_DIRHAMS) -> pl.Expr:
    """Dirhams with at most two decimals read into centimes (int64); ``marks`` are the decimal marks allowed."""
    sign = "-?" if signed else ""
    shape = rf"^{sign}[0-9]{{1,{digits}}}([{marks}][0-9]{{1,2}})?$"
    readable = pl.when(text.str.contains(shape)).then(text)
    pointed = readable if marks == "." else readable.str.replace(",", ".", literal=True)
    decimals = pointed.str.len_bytes().cast(pl.Int64) - 1 - pointed.str.find(".", literal=True)
    digits_alone = pointed.str.replace(".", "", literal=True).cast(pl.Int64, strict=False)
    return digits_alone * pl.when(decimals == 2).then(1).when(decimals == 1).then(10).otherwise(100)  # noqa: PLR2004


def day(text: pl.Expr, *patterns: str) -> pl.Expr:
    """A date of the calendar written in one of the patterns (``%Y-%m-%d``…), every part with all its digits."""
    return pl.coalesce(*(_day(text, pattern) for pattern in patterns))


def _day(text: pl.Expr, pattern: str) -> pl.Expr:
    shape = "^" + pattern.replace("%Y", "[0-9]{4}").replace("%m", "[0-9]{2}").replace("%d", "[0-9]{2}") + "$"
    return pl.when(text.str.contains(shape)).then(text).str.to_date(pattern, strict=False)
