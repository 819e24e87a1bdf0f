"""The rows of a synthetic nation as its lake would give them, drawn at once, and one run on them, in its own process.

What is measured here begins after the deposit (`bench_depositing` measures that): rows in effect, as Parquet, drawn
from a seed: firms of heavy-tailed size, one post in fifty left each month and a new person hired, pay by person.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import polars as pl

from minassa.declarations import schemas
from minassa.entitlements.runs import Run, run
from minassa.offer.loading import load_offer
from minassa.vocabulary.periods import month_index

ROOT = Path(__file__).resolve().parent.parent
RESULTS = ROOT / "bench" / "results"
START, MONTHS, WHOLE = month_index(2025, 1), 66, 280_000
VERSIONS = dict.fromkeys(("cnss_lines", "dgi_lines", "staff_lines", "account_lines", "firm_lines"), 0)
PLACES = (101, 101, 101, 102, 102, 103, 104, 105, 6, 6, 4, 7, 9)
MIB = 1 << 10
NOTICE = "données synthétiques"


class Rows:
    """The tables of the nation, read from Parquet; one version only."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def current(self, table: str, versions: object = None) -> pl.LazyFrame:
        """The rows in effect of a table."""
        del versions
        return pl.scan_parquet(self._folder / f"{table}.parquet")


def asked(default: int = WHOLE) -> int:
    """The number of people: the argument of the command line when there is one."""
    return int(sys.argv[1]) if len(sys.argv) > 1 else default


def folder(people: int) -> Path:
    """Where the rows and the run of a nation of so many people stand."""
    return RESULTS / f"rows-{people}-{MONTHS}"


def prepared(people: int, *, again: bool = False) -> tuple[Path, dict[str, float]]:
    """The rows drawn and the run made, in a process of its own; seconds and peak memory (MiB) of the run."""
    home = folder(people)
    if not (home / "firm_lines.parquet").is_file():
        _child("draw", people)
    note = home / "run.json"
    if again or not note.is_file():
        before = time.perf_counter()
        usage = _child("run", people)
        note.write_text(json.dumps({"seconds": time.perf_counter() - before, "peak_mib": usage / MIB}), "utf-8")
    measured: dict[str, float] = json.loads(note.read_text(encoding="utf-8"))
    return home / "run", measured


def _child(what: str, people: int) -> int:
    command = [sys.executable, "-m", "bench._nation", what, str(people)]
    child = subprocess.Popen(command, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT / "src")})
    _, status, usage = os.wait4(child.pid, 0)
    if status:
        raise SystemExit(f"{what} {people} : statut {status}")
    return usage.ru_maxrss


def draw(people: int) -> None:
    """Write the five tables of a nation of `people` employees at the start."""
    home, rng = folder(people), np.random.default_rng(2025)
    home.mkdir(parents=True, exist_ok=True)
    stays = _stays(people, rng)
    _months(stays).write_parquet(home / "cnss_lines.parquet", row_group_size=100_000)
    _typed(_register(stays), schemas.STAFF).write_parquet(home / "staff_lines.parquet")
    months = pl.scan_parquet(home / "cnss_lines.parquet")
    _typed(_statements(months), schemas.DGI).write_parquet(home / "dgi_lines.parquet")
    firms = stays.select(pl.col("affiliation").unique().sort())
    _typed(_accounts(firms), schemas.ACCOUNTS).write_parquet(home / "account_lines.parquet")
    _typed(_sheets(firms, rng), schemas.FIRMS).write_parquet(home / "firm_lines.parquet")


def _stays(people: int, rng: np.random.Generator) -> pl.DataFrame:
    """Stays: those of the start, and as many hires as leave and a tenth more a year."""
    total = int(people * 2.1)
    first = np.where(np.arange(total) < people, START, START + rng.integers(1, MONTHS, total))
    last = np.minimum(first + rng.geometric(0.018, total), START + MONTHS - 1)
    firm = 9_900_000 + (rng.pareto(1.1, total) * 8).astype(np.int64) % max(10, people // 150)
    pay = np.exp(rng.normal(13.4, 0.6, total)).astype(np.int64)
    person = rng.integers(1 << 40, 1 << 62, total)
    return pl.DataFrame({"affiliation": firm, "person": person, "first": first, "last": last, "pay": pay})


def _months(stays: pl.DataFrame) -> pl.DataFrame:
    rows = stays.with_columns(month=pl.int_ranges("first", pl.col("last") + 1)).explode("month")
    left = (pl.col("month") == pl.col("last")) & (pl.col("last") < START + MONTHS - 1)
    made = rows.with_columns(
        record=2,
        days=26,
        salary_real="pay",
        salary_capped=pl.min_horizontal("pay", pl.lit(600_000)),
        situation=left.cast(pl.Int8),
        children=0,
        file_id=1,
        line=pl.int_range(pl.len()),
    )
    return _typed(made, schemas.CNSS).sort("month", "affiliation", "person")


def _register(stays: pl.DataFrame) -> pl.DataFrame:
    day = pl.date(pl.col("first") // 12, pl.col("first") % 12 + 1, 1)
    return stays.with_row_index("line").with_columns(
        as_of_month=START + MONTHS - 1,
        person_by_cin=0,
        sex=0,
        birth_year=1990,
        moroccan=pl.col("line") % 40 != 0,
        nationality=pl.lit("MA"),
        contract=1,
        hired_on=day,
        left_on=None,
        establishment=1,
        filiere=pl.col("affiliation") % 5 + 1,
        job_title=pl.concat_str(pl.lit("Poste "), (pl.col("person") % 30).cast(pl.String)),
        qualification=pl.col("person") % 5 + 3,
        other_aid=pl.lit(""),
        other_aid_until_month=0,
        file_id=2,
    )


def _statements(months: pl.LazyFrame) -> pl.DataFrame:
    year = (pl.col("month") // 12).alias("year")
    paid = months.group_by("affiliation", "person", year).agg(
        gross_taxable_income_year=pl.col("salary_real").sum(), n=pl.len()
    )
    zeros = ("exempt_year", "professional_expenses_year", "social_contributions_year", "other_deductions_year")
    return (
        paid.with_columns(
            *(pl.lit(0).alias(name) for name in (*zeros, "net_taxable_income_year")),
            gross_salary_year="gross_taxable_income_year",
            income_tax_withheld_year=pl.col("gross_taxable_income_year") * 3 // 10,
            days_year=pl.col("n") * 26,
            dependants=1,
            category=1,
            fiscal_id=1,
            file_id=3,
            line=1,
        )
        .filter(pl.col("year") < (START + MONTHS - 1) // 12)
        .collect(engine="streaming")
    )


def _accounts(firms: pl.DataFrame) -> pl.DataFrame:
    years = pl.DataFrame({"fiscal_year": list(range(START // 12 - 1, (START + MONTHS) // 12))})
    amounts = {"turnover_year": 10**9, "export_turnover_year": 9 * 10**8, "taxable_profit_year": 10**8}
    return firms.join(years, how="cross").with_columns(
        opens_on=pl.date("fiscal_year", 1, 1),
        closes_on=pl.date("fiscal_year", 12, 31),
        corporate_tax_year=2 * 10**7,
        value_added_year=5 * 10**8,
        training_spend_year=0,
        fiscal_id=1,
        file_id=4,
        line=1,
        **{name: pl.lit(value) for name, value in amounts.items()},
    )


def _sheets(firms: pl.DataFrame, rng: np.random.Generator) -> pl.DataFrame:
    day, fresh = dt.date(2015, 1, 1), dt.date(2030, 6, 30)
    return firms.with_columns(
        *(pl.lit("").alias(name) for name in ("ice", "rc")),
        name=pl.lit("FICTIF"),
        fiscal_id=1,
        group_head=pl.col("affiliation") - pl.col("affiliation") % 3,
        started_on=day,
        installed_on=day,
        activity=pl.lit("ITO"),
        regime=2025,
        tax_certificate_on=fresh,
        social_certificate_on=fresh,
        establishment=1,
        place=pl.Series(rng.choice(PLACES, firms.height)),
        place_from=None,
        place_to=None,
        file_id=5,
        line=1,
    )


def _typed(rows: pl.DataFrame, schema: Mapping[str, type[pl.DataType]]) -> pl.DataFrame:
    return rows.select(pl.col(name).cast(kind) for name, kind in schema.items())


def ran(people: int) -> Run:
    """The run of a nation, made when it is not there yet."""
    return Run(prepared(people)[0])


if __name__ == "__main__":
    if sys.argv[1] == "draw":
        draw(int(sys.argv[2]))
    else:
        home = folder(int(sys.argv[2]))
        run(Rows(home), VERSIONS, load_offer(), home / "run", START + MONTHS - 1)
