"""Amounts in one long table: who, which measure, which period, how much, which conditions fail, on what footing."""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass

import polars as pl

from minassa.engine import Offer
from minassa.vocabulary.errors import MinassaError
from minassa.vocabulary.periods import PeriodError, format_month, parse_month

PERSONLESS = 0
GRAIN_DATES = {
    "employee_period": ("from_month", "period_end"),
    "hire": ("hired_month", "hired_month"),
    "firm_year": ("closing_month", "closing_month"),
    "firm_month": ("month", "month"),
}
LINES = {
    "employee_period": ("cnss_file_id", "cnss_line"),
    "hire": ("staff_file_id", "staff_line"),
    "firm_year": ("accounts_file_id", "accounts_line"),
    "firm_month": (None, None),
}


LARGEST_PERSON = 2**63 - 1
_IDENTIFIER = re.compile(
    r"(?P<measure>[a-z_]+)-(?P<affiliation>[0-9]{1,7})-(?P<person>0|[a-z2-7]{13})-(?P<month>[0-9]{6})"
)


class UnknownAmount(MinassaError):
    """An identifier does not name an amount of the run."""

    code = "AMOUNT-UNKNOWN"


@dataclass(frozen=True, slots=True)
class AmountId:
    """What names an amount: measure, firm, person (0 for the firm itself), first month of the period."""

    measure: str
    affiliation: int
    person: int
    month: int

    def __str__(self) -> str:
        """`MEASURE-affiliation-person-AAAAMM`, the person as the pseudonym in base 32."""
        month = format_month(self.month).replace("-", "")
        return f"{self.measure.upper()}-{self.affiliation}-{person_text(self.person)}-{month}"


def person_text(person: int) -> str:
    """A pseudonym as short text, for identifiers (no number of CNSS nor card can be read from it)."""
    if person == PERSONLESS:
        return "0"
    return base64.b32encode(person.to_bytes(8, "big")).decode().rstrip("=")


def person_number(text: str) -> int:
    """The pseudonym back from its text; ValueError when no pseudonym is written so."""
    if text == "0":
        return PERSONLESS
    number = int.from_bytes(base64.b32decode(text + "=" * (-len(text) % 8)), "big")
    if not 0 < number <= LARGEST_PERSON:
        message = "not a pseudonym"
        raise ValueError(message)
    return number


def read_id(text: str) -> AmountId:
    """An identifier read back, in capitals or not; UnknownAmount when it has not the form of one."""
    message = "ce n'est pas un identifiant de montant ; forme attendue : MESURE-affiliation-personne-AAAAMM"
    parts = _IDENTIFIER.fullmatch(text.strip().lower())
    if parts is None:
        raise UnknownAmount(message)
    try:
        person, month = person_number(parts["person"].upper()), parse_month(parts["month"])
    except (PeriodError, ValueError) as error:
        raise UnknownAmount(message) from error
    return AmountId(parts["measure"], int(parts["affiliation"]), person, month)


def grain_of(offer: Offer, measure: str) -> str:
    """The grain on which a measure's amount is computed."""
    for rule in offer.rules:
        if rule.kind == "amount" and rule.measure == measure:
            return rule.grains[0]
    message = f"mesure inconnue « {measure} » ; mesures : {', '.join(offer.measures)}"
    raise UnknownAmount(message)


def condition_names(offer: Offer, measure: str) -> list[str]:
    """All conditions of a measure over all its dates, by name: the order of the bits of `unmet`."""
    return sorted({r.name for r in offer.rules if r.kind == "condition" and r.measure == measure})


def amounts(offer: Offer, computed: dict[str, pl.DataFrame]) -> pl.DataFrame:
    """Every amount of every measure in force, one row each, sorted by firm, person, measure and period.

    `unmet` has one bit per condition (in the order of `condition_names`) that does not hold, switched on or not;
    `entitled` says whether those switched on all hold; `provisional` that no tax statement or accounts back it yet.
    """
    tables = [_of_measure(offer, measure, computed[grain_of(offer, measure)]) for measure in offer.measures]
    return pl.concat(tables).sort("affiliation", "person", "measure", "period_start", maintain_order=True)


def _of_measure(offer: Offer, measure: str, rows: pl.DataFrame) -> pl.DataFrame:
    grain = grain_of(offer, measure)
    start, end = GRAIN_DATES[grain]
    file_id, line = LINES[grain]
    names = [n for n in condition_names(offer, measure) if n in rows.columns]
    bits = {n: 1 << i for i, n in enumerate(condition_names(offer, measure))}
    unmet = pl.sum_horizontal(
        [pl.when(pl.col(n).fill_null(value=True)).then(0).otherwise(bits[n]) for n in names] or [pl.lit(0)]
    )
    return rows.filter(pl.col(f"{measure}_amount").is_not_null()).select(
        pl.lit(measure).alias("measure"),
        "affiliation",
        (pl.col("person") if "person" in rows.columns else pl.lit(PERSONLESS)).cast(pl.Int64).alias("person"),
        pl.col(start).cast(pl.Int32).alias("period_start"),
        pl.col(end).cast(pl.Int32).alias("period_end"),
        (pl.col("hired_month") if "hired_month" in rows.columns else pl.lit(0)).cast(pl.Int32).alias("hired_month"),
        pl.col(f"{measure}_amount").alias("amount_cents"),
        pl.col(f"{measure}_entitled").alias("entitled"),
        unmet.cast(pl.Int32).alias("unmet"),
        pl.col(f"{measure}_status").cast(pl.Int8).alias("status"),
        _provisional(grain).alias("provisional"),
        pl.col("place").cast(pl.Int16),
        pl.col("filiere").cast(pl.Int8),
        (pl.col(file_id) if file_id else pl.lit(0)).cast(pl.Int64).alias("file_id"),
        (pl.col(line) if line else pl.lit(0)).cast(pl.Int32).alias("line"),
    )


def _provisional(grain: str) -> pl.Expr:
    if grain == "employee_period":
        return ~pl.col("tax_statement_filed")
    if grain == "firm_year":
        return ~pl.col("accounts_filed")
    return pl.lit(value=False)
