"""The same computation for a firm and employees described by hand, no file needed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import polars as pl

from minassa.engine import Offer, evaluate
from minassa.entitlements.cases import Case, InvalidCase, read_case
from minassa.entitlements.casework import FIRM, WITHHELD_AS_DUE, declared, people
from minassa.entitlements.computation import computed, inputs_of, regime_cuts, rejoined
from minassa.entitlements.frames import Frames, frames
from minassa.offer.loading import load_offer
from minassa.vocabulary.periods import MONTHS_A_YEAR, format_month, month_index, year_of
from minassa.vocabulary.statuses import Status, rank

GRAIN_OF_PERSON = ("employee_period", "hire")
GRAIN_OF_FIRM = ("firm_year", "firm_month")


def simulate(source: Path | str | Mapping[str, Any], offer: Offer | None = None) -> dict[str, Any]:
    """Amounts, conditions and statuses of a case, by employee and measure, and for the firm.

    `{"employees": {id: {measure: {"amount_cents", "period", "conditions", "status", "periods"}}}, "firm": {…}}`,
    amounts in centimes for the period of the case; `periods` lists them all. InvalidCase when the case is wrong.
    """
    case = read_case(source)
    law = offer or load_offer()
    results = compute_case(case, law)
    numbers = people(case)
    return {
        "title": case.entry.title,
        "as_of": format_month(case.as_of),
        "employees": {name: _of_person(law, case, results, number) for name, number in numbers.items()},
        "firm": _of_firm(law, case, results),
    }


def compute_case(case: Case, law: Offer) -> dict[str, pl.DataFrame]:
    """The frames of a case with every rule evaluated; InvalidCase when it asks for a rule that nobody wrote."""
    unknown = sorted(set(case.entry.rules).difference(*(law.rule_names(grain) for grain in law.grains)))
    if unknown:
        message = f"le cas ne suit pas le format : rules : règles inconnues {', '.join(unknown)}"
        raise InvalidCase(message)
    rows = declared(case)
    cuts = regime_cuts(law, *years_told(case, rows.cnss))
    built = _with_tax_withheld(law, frames(rows, cuts, case.as_of))
    wanted = {grain: law.rule_names(grain).intersection(case.entry.rules) for grain in law.grains}
    return computed(law, built, wanted)


def years_told(case: Case, cnss: pl.LazyFrame) -> tuple[int, int]:
    """First and last month of the calendar years that the rows of a case touch."""
    first = cnss.select(pl.col("month").min()).collect().item()
    return month_index(year_of(first), 1), month_index(year_of(case.as_of), MONTHS_A_YEAR)


def _with_tax_withheld(law: Offer, built: Frames) -> Frames:
    """Where the case leaves the tax withheld out, the firm is taken to have withheld what was due."""
    left_out = pl.col("income_tax_withheld_year") == WITHHELD_AS_DUE
    if not built.employee_period.select(left_out.any()).item():
        return built
    neutral = built.employee_period.with_columns(
        pl.when(left_out).then(0).otherwise("income_tax_withheld_period").alias("income_tax_withheld_period")
    )
    due = _tax_due(law, neutral)
    withheld = pl.when(left_out).then(due.fill_null(0)).otherwise("income_tax_withheld_period")
    return replace(built, employee_period=neutral.with_columns(withheld.alias("income_tax_withheld_period")))


def _tax_due(law: Offer, periods: pl.DataFrame) -> pl.Series:
    """Income tax due for each period, in the order of the rows; null where no law says."""
    grain = law.grains["employee_period"]
    months = periods[grain.date]
    span = (int(months.min() or 0), int(months.max() or 0))  # type: ignore[arg-type]
    frame = {grain.name: inputs_of(law, grain.name, periods).lazy()}
    done = evaluate(law, frame, {grain.name: span}, {grain.name: ["income_tax_due"]})[grain.name].collect()
    return rejoined(law, grain.name, periods.select(grain.keys), done.select(*grain.keys, "income_tax_due"))[
        "income_tax_due"
    ]


def _of_person(law: Offer, case: Case, results: dict[str, pl.DataFrame], number: int) -> dict[str, Any]:
    mine = (pl.col("affiliation") == FIRM) & (pl.col("person") == number)
    told = _told(law, case, results, GRAIN_OF_PERSON, mine)
    return _with_rules(case, results, mine, GRAIN_OF_PERSON, told)


def _of_firm(law: Offer, case: Case, results: dict[str, pl.DataFrame]) -> dict[str, Any]:
    mine = pl.col("affiliation") == FIRM
    told = _told(law, case, results, GRAIN_OF_FIRM, mine)
    return _with_rules(case, results, mine, GRAIN_OF_FIRM, told)


def _told(
    law: Offer, case: Case, results: dict[str, pl.DataFrame], grains: tuple[str, ...], mine: pl.Expr
) -> dict[str, Any]:
    """Each measure of the grains with all its periods, and the one that the case looks at on top."""
    found: dict[str, Any] = {}
    for grain in grains:
        rows = results[grain].filter(mine)
        for measure in law.measures:
            name = f"{measure}_amount"
            if name in rows.columns:
                known = rows.filter(pl.col(name).is_not_null())
                listed = [_line(law, grain, measure, row) for row in known.iter_rows(named=True)]
                if listed:
                    found[measure] = {**_chosen(case, grain, listed), "periods": listed}
    return found


def _line(law: Offer, grain: str, measure: str, row: Mapping[str, Any]) -> dict[str, Any]:
    resolved = law.at(grain, int(row[law.grains[grain].date]))
    conditions = {c.name: row[c.name] for c in resolved.conditions(measure) if row.get(c.name) is not None}
    return {
        "amount_cents": row[f"{measure}_amount"],
        "period": period_label(grain, row),
        "conditions": conditions,
        "required": [c.name for c in resolved.conditions(measure) if resolved.active(c)],
        "status": status_at(int(row[f"{measure}_status"])),
    }


def status_at(rank_held: int) -> str:
    """The status whose rank an evaluated row holds."""
    return next(status.value for status in Status if rank(status) == rank_held)


def period_label(grain: str, row: Mapping[str, Any]) -> str:
    """What the row covers: a year or part of it, a hiring month, a fiscal year, a month."""
    if grain == "employee_period":
        return f"{format_month(row['period_start'])}/{format_month(row['period_end'])}"
    if grain == "hire":
        return format_month(row["hired_month"])
    return str(row["year"]) if grain == "firm_year" else format_month(row["month"])


def _chosen(case: Case, grain: str, listed: list[dict[str, Any]]) -> dict[str, Any]:
    """The line that the case looks at: the last whose period lies within the case's, else the last of all."""
    first, last = format_month(case.first), format_month(case.last)
    inside = [line for line in listed if _within(grain, line["period"], first, last)]
    return (inside or listed)[-1]


def _within(grain: str, period: str, first: str, last: str) -> bool:
    if grain == "employee_period":
        start, end = period.split("/")
        return first <= start and end <= last
    if grain == "firm_year":
        return first[:4] <= period <= last[:4]
    return first <= period <= last


def _with_rules(
    case: Case, results: dict[str, pl.DataFrame], mine: pl.Expr, grains: tuple[str, ...], told: dict[str, Any]
) -> dict[str, Any]:
    """The values of the further rules that the case asks for, in the period looked at."""
    values: dict[str, Any] = {}
    for grain in grains:
        rows = results[grain].filter(mine)
        first, last = format_month(case.first), format_month(case.last)
        for row in rows.iter_rows(named=True):
            if _within(grain, period_label(grain, row), first, last) or grain == "hire":
                values.update({n: row[n] for n in case.entry.rules if row.get(n) is not None})
    return {**told, "rules": values} if values else told
