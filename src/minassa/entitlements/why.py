"""Why an amount is what it is: from the rows of the run alone, down to the lines of the files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl

from minassa.engine import Node, Offer, explain
from minassa.entitlements.amounts import AmountId, UnknownAmount, grain_of, read_id
from minassa.entitlements.monthly import by_month
from minassa.entitlements.months import WITNESSES, aliases
from minassa.entitlements.runs import Run
from minassa.entitlements.sources import Sources, Tables
from minassa.entitlements.spells import REFERENCE_MONTHS, STABILITY_MONTHS
from minassa.vocabulary.periods import format_month

KEY_MONTH = {
    "employee_period": "from_month",
    "hire": "hired_month",
    "firm_year": "closing_month",
    "firm_month": "month",
}
READ = ("month", "days", "salary_real", "salary_capped", "situation")
"""What is read on a line of a CNSS file."""
CARDED = ("person", "person_by_cin", *WITNESSES)
"""What a line of the register says of the pseudonyms of a person."""
PROVENANCE = {
    "employee_period": (("simpl_ir_9421", "dgi"), ("staff_register", "staff")),
    "hire": (("staff_register", "staff"),),
    "firm_year": (("yearly_accounts", "accounts"), ("firm_sheet", "sheet")),
    "firm_month": (),
}


@dataclass(frozen=True, slots=True)
class Line:
    """A line of an original file on which an amount rests, and what was read on it."""

    kind: str
    file_id: int
    line: int
    read: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Answer:
    """Why an amount is what it is."""

    identifier: AmountId
    tree: Node
    entitled: bool
    conditions: Mapping[str, bool]
    required: tuple[str, ...]
    lines: tuple[Line, ...]
    monthly: Mapping[str, int]
    period: str
    offer: str
    versions: Mapping[str, int]

    def as_json(self) -> dict[str, Any]:
        """The answer as plain data."""
        return {
            "id": str(self.identifier),
            "measure": self.identifier.measure,
            "period": self.period,
            "amount_cents": self.tree.value,
            "status": self.tree.weakest.value if self.tree.weakest else None,
            "entitled": self.entitled,
            "conditions": dict(self.conditions),
            "required": list(self.required),
            "lines": [{"kind": x.kind, "file_id": x.file_id, "line": x.line, "read": dict(x.read)} for x in self.lines],
            "monthly_cents": dict(self.monthly),
            "offer": self.offer,
            "lake": dict(self.versions),
            "tree": self.tree.as_json(),
        }


def why(text: str, run: Run, offer: Offer, tables: Tables) -> Answer:
    """The whole explanation of one amount of a run; UnknownAmount when the run holds no such amount.

    The months of an employee-period add up to its amount, in centimes.

    `offer` must be the one of the run (see `replays.offer_of`).
    """
    wanted = read_id(text)
    grain = grain_of(offer, wanted.measure)
    row = _row(run, grain, wanted)
    rows = {grain: row, **_parents(run, offer, grain, row)}
    tree = explain(offer, f"{wanted.measure}_amount", grain, rows)
    law = offer.at(grain, int(row[offer.grains[grain].date]))
    listed = law.conditions(wanted.measure)
    declared = _monthly(grain, row, Sources.of(tables, run.manifest["versions"]).until(run.until))
    return Answer(
        identifier=wanted,
        tree=tree,
        entitled=bool(row[f"{wanted.measure}_entitled"]),
        conditions={c.name: bool(row[c.name]) for c in listed},
        required=tuple(c.name for c in listed if law.active(c)),
        lines=(*declared, *_statements(run, grain, row), *_provenance(rows)),
        monthly=by_month(tree.value, [line.read for line in declared]) if grain == "employee_period" else {},
        period=_period(grain, row),
        offer=run.manifest["offer"]["digest"],
        versions=run.manifest["versions"],
    )


def _row(run: Run, grain: str, wanted: AmountId) -> dict[str, Any]:
    test = (pl.col("affiliation") == wanted.affiliation) & (pl.col(KEY_MONTH[grain]) == wanted.month)
    if grain in {"employee_period", "hire"}:
        test &= pl.col("person") == wanted.person
    found = run.table(grain).filter(test, pl.col(f"{wanted.measure}_amount").is_not_null()).collect()
    if not found.height:
        message = f"le calcul ne contient pas de montant {wanted} ; voyez : minassa amounts"
        raise UnknownAmount(message)
    return found.row(0, named=True)


def _parents(run: Run, offer: Offer, grain: str, row: Mapping[str, Any]) -> dict[str, Any]:
    parent = offer.grains[grain].parent
    if parent is None:
        return {}
    test = pl.all_horizontal(pl.col(k) == row[k] for k in offer.grains[grain].parent_keys)
    found = run.table(parent).filter(test).collect()
    return {parent: found.row(0, named=True)} if found.height else {}


def _period(grain: str, row: Mapping[str, Any]) -> str:
    if grain == "employee_period":
        return f"{format_month(row['period_start'])}/{format_month(row['period_end'])}"
    return format_month(row[KEY_MONTH[grain]])


def _monthly(grain: str, row: Mapping[str, Any], sources: Sources) -> list[Line]:
    """The lines of the CNSS files behind the row, month by month."""
    if grain not in {"employee_period", "hire"}:
        return []
    first, last = _months(grain, row)
    rows = (
        sources.cnss.filter(
            pl.col("month").is_between(first, last),
            pl.col("affiliation") == row["affiliation"],
            pl.col("person").is_in(_numbers(row["person"], sources)),
        )
        .select("file_id", "line", *READ)
        .sort("month", "file_id", "line")
        .collect()
    )
    return [
        Line("cnss", r["file_id"], r["line"], {n: format_month(r[n]) if n == "month" else r[n] for n in READ})
        for r in rows.iter_rows(named=True)
    ]


def _months(grain: str, row: Mapping[str, Any]) -> tuple[int, int]:
    """First and last month whose lines the row rests on, within its own spell of employment."""
    if grain == "employee_period":
        return max(row["period_start"], row["first_month"]), row["last_month_declared"]
    return row["first_month"], min(row["first_month"] + STABILITY_MONTHS - 1, row["last_month"])


def _numbers(person: int, sources: Sources) -> list[int]:
    """The pseudonyms under which a person was declared: by number, and by identity card before having one."""
    carded = sources.staff.filter(pl.col("person_by_cin") != 0).select(CARDED)
    cards = carded.filter(pl.col("person") == person).select("person_by_cin").unique().collect().to_series()
    if cards.is_empty():
        return [person]
    named = carded.filter(pl.col("person_by_cin").is_in(cards.implode())).collect()
    return [person, *aliases(named).filter(pl.col("known_person") == person)["person"]]


def _statements(run: Run, grain: str, row: Mapping[str, Any]) -> list[Line]:
    """The lines of the tax statements that the reference income of a hire rests on."""
    if grain != "hire":
        return []
    keys = ("affiliation", "person", "first_month")
    same = pl.all_horizontal(pl.col(key) == row[key] for key in keys)
    within = pl.col("period_start") < row["first_month"] + REFERENCE_MONTHS
    stated = run.table("employee_period").filter(same, within, pl.col("dgi_file_id") != 0)
    found = stated.select("dgi_file_id", "dgi_line").unique().sort("dgi_file_id", "dgi_line").collect()
    return [Line("simpl_ir_9421", file_id, line, {}) for file_id, line in found.rows()]


def _provenance(rows: Mapping[str, Mapping[str, Any]]) -> list[Line]:
    """The lines of the statement, the register, the accounts and the firm sheet."""
    found: list[Line] = []
    for grain, row in rows.items():
        for kind, prefix in PROVENANCE[grain]:
            if row.get(f"{prefix}_file_id"):
                found.append(Line(kind, row[f"{prefix}_file_id"], row[f"{prefix}_line"], {}))
    return found
