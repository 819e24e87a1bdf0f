"""Claims of a made-up nation prepared quarter after quarter, without a database: as prepared, at their word, as due."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import polars as pl

from minassa.claims.calendar import ClaimPeriod, Rhythm, complete_periods
from minassa.claims.checks import flagged, held_cents
from minassa.claims.content import EARLIER, KEYS, asked, due
from minassa.declarations.deposit import deposit
from minassa.declarations.lake import Lake
from minassa.delays import instant_of, local_day
from minassa.engine import Offer, read_reform, reform
from minassa.entitlements.runs import Run, run
from minassa.entitlements.sources import Tables
from minassa.nation import make_nation
from minassa.offer.loading import codes, load_offer
from minassa.vocabulary.periods import first_day, month_index, month_of

MEASURES = ("air", "paf", "pae")
KEY = [*KEYS, "measure"]
KEY_OF_LAKE = b"bench of undue money, key of a made-up nation"
RECEIVED = "2026-01-01T00:00:00+00:00"
AT_THEIR_WORD = """
name: à leur parole
figures: {pae_transfers_excluded: false, pae_rehires_excluded: false,
  paf_transfers_excluded: false, paf_rehires_excluded: false}
"""
"""The law, hires being taken for new ones because the firm says so."""
FIRST, OFFER, FEBRUARY = month_index(2025, 1), month_index(2025, 7), 2
NATURAL, FOLLOWS, NOTHING = "moves nobody planted", "pay raised, really paid", "nothing planted"
MOVES = ("transfer", "rehire")
"""Hires that the law of the PAE and of the PAF does not pay."""


@dataclass(frozen=True)
class Nation:
    """A nation, deposited as declared and as it would be declared straight; what was planted, by kind, on whom.

    `versions`: those of both lakes once what is filed by the end of a month was deposited.
    """

    declared: Lake
    straight: Lake
    versions: dict[int, tuple[dict[str, int], dict[str, int]]]
    planted: pl.DataFrame
    last: int


def made(folder: Path, people: int, months: int, seed: int) -> Nation:
    """A nation and its straight twin, made and deposited under one key of pseudonyms."""
    lakes: list[Lake] = []
    for name, straight in (("declared", False), ("straight", True)):
        make_nation(folder / name, people=people, months=months, seed=seed, straight=straight)
        lakes.append(Lake(folder / f"lake-{name}", KEY_OF_LAKE))
        lakes[-1].prepare()
    last = FIRST + months - 1
    versions = {}
    done: set[Path] = set()
    for month in sorted({until for _, _, until in opening(last)}):
        for lake, name in zip(lakes, ("declared", "straight"), strict=True):
            filed = [path for path in _filed_by(folder / name / "declarations", month) if path not in done]
            deposit(filed, lake, RECEIVED)
            done.update(filed)
        versions[month] = (lakes[0].versions(), lakes[1].versions())
    return Nation(lakes[0], lakes[1], versions, _planted(folder / "declared" / "verite", lakes[0]), last)


def _filed_by(folder: Path, month: int) -> list[Path]:
    """The files that firms have filed by the time the declarations of a month are in.

    Yearly statements and accounts come with the declarations of February of the next year, registers with their month.
    """
    found = list((folder / "fiches").iterdir())
    found += [path for path in (folder / "registres").iterdir() if _stamp(path.stem[-6:]) <= month]
    for part in folder.iterdir():
        year, _, number = part.name.partition("-")
        if year.isdigit():
            filed = month_index(int(year), int(number)) if number else month_index(int(year) + 1, FEBRUARY)
            found += list(part.iterdir()) if filed <= month else []
    return sorted(found)


def _stamp(text: str) -> int:
    """The month index of AAAAMM."""
    return month_index(int(text[:4]), int(text[4:]))


def _planted(truth: Path, lake: Lake) -> pl.DataFrame:
    """The irregularities of the truth, planted or come by themselves: kind, firm, pseudonym, month index, `planted`."""
    rows = pl.read_csv(truth / "irregularities.csv", separator=";", infer_schema_length=0)
    month = pl.col("month").str.slice(0, 4).cast(pl.Int32) * 12 + pl.col("month").str.slice(5, 2).cast(pl.Int32) - 1
    return rows.select(
        "kind",
        pl.col("affiliation").cast(pl.Int32),
        pl.Series("person", lake.pseudonyms().of_numbers(rows["person"].cast(pl.Int64).to_numpy())),
        month.cast(pl.Int32).alias("month"),
        (pl.col("planted") == "1").alias("planted"),
    )


def of_kind(nation: Nation, *kinds: str) -> pl.DataFrame:
    """The planted rows of some kinds."""
    return nation.planted.filter(pl.col("kind").is_in(kinds))


class AtTheirWord:
    """The declarations, invented employees standing in the register of their firm as any recruit of it does."""

    def __init__(self, nation: Nation) -> None:
        """Draw the lines of invented employees up: those of any recruit of the firm."""
        self._nation, self._lines = nation, _as_recruits(nation)

    def current(self, table: str, versions: dict[str, int] | None = None) -> pl.LazyFrame:
        """The rows in effect of a table."""
        rows = self._nation.declared.current(table, versions)
        return pl.concat([rows, self._lines.lazy()]) if table == "staff_lines" else rows


def _as_recruits(nation: Nation) -> pl.DataFrame:
    """Lines of the register for invented employees: open-ended, in the post of another recruit, no other aid."""
    staff = nation.declared.current("staff_lines")
    ghosts = of_kind(nation, "ghost").select("affiliation", "person", pl.col("month").alias("as_of_month"))
    usual = staff.filter(pl.col("moroccan") & (pl.col("contract") == 1) & (pl.col("filiere") > 0)).collect()
    model = usual.sort("person").unique("affiliation", keep="first", maintain_order=True)
    day = pl.date(pl.col("as_of_month") // 12, pl.col("as_of_month") % 12 + 1, 1)
    rows = model.drop("person", "as_of_month").join(ghosts, on="affiliation")
    rows = rows.with_columns(day.alias("hired_on"), pl.lit(None, pl.Date).alias("left_on"), other_aid_until_month=0)
    names = staff.collect_schema()
    return rows.select(pl.col(name).cast(kind) for name, kind in names.items())


class Straight:
    """What would have been declared straight: nobody invented, pay and days as they were, statements as paid."""

    def __init__(self, nation: Nation) -> None:
        """Know who was invented."""
        self._nation = nation
        self._ghosts = of_kind(nation, "ghost").select("affiliation", "person").lazy()

    def current(self, table: str, versions: dict[str, int] | None = None) -> pl.LazyFrame:
        """The rows in effect of a table."""
        rows = self._nation.straight.current(table, versions)
        persons = table in {"cnss_lines", "dgi_lines"}
        return rows.join(self._ghosts, on=["affiliation", "person"], how="anti") if persons else rows


class Season:
    """The claims of all firms, period after period, each from the run that its day of opening would find."""

    def __init__(self, tables: Tables, versions: Mapping[int, dict[str, int]], law: Offer, folder: Path) -> None:
        """`versions` of the lake by month, `folder` receives the runs."""
        self.tables, self._versions, self._law, self._folder = tables, versions, law, folder
        self._runs: dict[int, Run] = {}
        self._claimed: dict[str, list[pl.DataFrame]] = {measure: [] for measure in MEASURES}

    def run_of(self, until: int) -> Run:
        """The run as known at the end of a month, made once."""
        if until not in self._runs:
            self._runs[until] = run(self.tables, self._versions[until], self._law, self._folder / str(until), until)
        return self._runs[until]

    def lines(self, last: int, *, checked: bool) -> pl.DataFrame:
        """Every line of every claim that opens by the end of a month, with its `held_cents` where `checked`."""
        found = []
        for period, day, until in opening(last):
            made_from = self.run_of(until)
            claimed = self._claimed[period.measure]
            lines = asked(due(made_from, self.tables, period), _earlier(claimed, period), period)
            if checked:
                before = _before(claimed, period)
                lines = flagged(lines, made_from, self.tables, period.measure, day, before)
                lines = lines.with_columns(held_cents(day).alias("held_cents"), pl.col("doubtful_cents").fill_null(0))
            else:
                lines = lines.with_columns(pl.lit(0, pl.Int64).alias("doubtful_cents"))
            claimed.append(lines.with_columns(first=period.first_month, last=period.last_month))
            told = {"measure": pl.lit(period.measure), "period": pl.lit(period.name)}
            found.append(lines.filter(pl.col("amount_cents") != 0).with_columns(**told))
        return pl.concat(found)


def opening(last: int) -> list[tuple[ClaimPeriod, date, int]]:
    """Each period of the offer of 2025 that opens by the end of a month: its day, the last month whose files are in."""
    far = datetime.combine(first_day(last + 2), datetime.min.time(), UTC)
    found = []
    for measure in MEASURES:
        for period in complete_periods(measure, last, far):
            if period.last_month < OFFER:
                continue
            day = local_day(instant_of(period.opens_at))
            until = month_of(day) - 1
            found += [(period, day, until)] if until <= last else []
    return sorted(found, key=lambda one: (one[1], one[0].measure, one[0].last_month))


def _earlier(claimed: list[pl.DataFrame], period: ClaimPeriod) -> pl.DataFrame:
    """What former claims of the year asked for: what the database of claims would say."""
    if period.entry.rhythm is not Rhythm.QUARTER or not claimed:
        return pl.DataFrame(schema=EARLIER)
    former = pl.concat(claimed).filter(pl.col("first") >= period.year_start, pl.col("last") < period.first_month)
    sums = former.group_by(KEYS).agg(
        pl.col("amount_cents").sum().alias("earlier_cents"),
        pl.col("doubtful_cents").sum().alias("earlier_doubtful_cents"),
    )
    return sums.select(pl.col(name).cast(kind) for name, kind in EARLIER.items())


def _before(claimed: list[pl.DataFrame], period: ClaimPeriod) -> pl.DataFrame:
    """Firms and persons claimed for in another period, where a measure is paid once."""
    if period.entry.rhythm is not Rhythm.STAY or not claimed:
        return pl.DataFrame(schema={"affiliation": pl.Int32, "person": pl.Int64})
    return pl.concat(claimed).filter(pl.col("amount_cents") > 0).select("affiliation", "person").unique()


def seasons(nation: Nation, folder: Path) -> dict[str, pl.DataFrame]:
    """The lines of three seasons: `prepared` by the platform and checked, `word` of the firms, `due` in truth."""
    law = load_offer()
    lax = reform(law, read_reform(AT_THEIR_WORD, codes()))
    versions = [{month: both[rank] for month, both in nation.versions.items()} for rank in range(2)]
    for name in ("prepared", "word", "due"):
        (folder / name).mkdir()
    prepared = Season(nation.declared, versions[0], law, folder / "prepared")
    at_word = Season(AtTheirWord(nation), versions[0], lax, folder / "word")
    straight = Season(Straight(nation), versions[1], lax, folder / "due")
    return {
        "prepared": prepared.lines(nation.last, checked=True),
        "word": at_word.lines(nation.last, checked=False),
        "due": _without_moves(straight.lines(nation.last, checked=False), nation),
    }


def _without_moves(lines: pl.DataFrame, nation: Nation) -> pl.DataFrame:
    """The lines less premiums for hires that, in truth, came from a related firm or had left the same one."""
    moves = of_kind(nation, *MOVES).select("affiliation", "person", pl.col("month").alias("hired_month")).unique()
    moved = lines.join(moves, on=["affiliation", "person", "hired_month"], how="semi").filter(
        pl.col("measure") != "air"
    )
    return lines.join(moved, on=[*KEY, "period"], how="anti")


def money(lines: pl.DataFrame, name: str) -> pl.DataFrame:
    """Centimes by firm, person, hire, period of pay and measure."""
    return lines.group_by(KEY).agg(pl.col("amount_cents").sum().alias(name))


def confronted(nation: Nation, found: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    """One row per firm, person, hire, period of pay and measure, amounts in centimes, with the `kind` planted there.

    `word`: what the firm's word alone would bring; `straight`: what would be due had nothing been bent; `due`: the
    same, AIR and PAF following pay that was raised but really paid; `prepared`: asked for by the claims; `paid`: what
    of it nothing holds.
    """
    prepared = found["prepared"]
    parts = (
        money(found["due"], "straight"),
        money(prepared, "prepared"),
        money(prepared.with_columns(pl.col("amount_cents") - pl.col("held_cents")), "paid"),
    )
    whole = money(found["word"], "word")
    for part in parts:
        whole = whole.join(part, on=KEY, how="full", coalesce=True)
    whole = _with_kinds(whole.with_columns(pl.col("word", "straight", "prepared", "paid").fill_null(0)), nation)
    follows = (pl.col("kind") == FOLLOWS) & ((pl.col("measure") == "air") | (pl.col("straight") > 0))
    return whole.with_columns(
        pl.when(follows).then(pl.max_horizontal("straight", "word")).otherwise("straight").alias("due")
    )


def _with_kinds(rows: pl.DataFrame, nation: Nation) -> pl.DataFrame:
    """The rows with `kind`: what was planted on the hire or the person, the gravest first, or moves nobody planted."""
    every, planted = nation.planted, nation.planted.filter("planted")
    hire = pl.col("month").alias("hired_month")
    premium, raised = pl.col("measure") != "air", pl.col("kind") == "raised_reference"
    moves = pl.col("kind").is_in(MOVES)
    told = [
        (planted.filter(pl.col("kind") == "ghost"), None, pl.lit(value=True)),
        (planted.filter(moves), hire, premium),
        (every.filter(moves).with_columns(kind=pl.lit(NATURAL)), hire, premium),
        (planted.filter(raised), hire, pl.col("measure") == "pae"),
        (planted.filter(raised).with_columns(kind=pl.lit(FOLLOWS)), hire, pl.col("measure") != "pae"),
        (planted.filter(pl.col("kind") == "disagreement"), None, pl.lit(value=True)),
        (planted.filter(pl.col("kind") == "underdeclared_days"), None, pl.lit(value=True)),
    ]
    kinds = []
    for rank, (some, month, where) in enumerate(told):
        keys = ["affiliation", "person"] if month is None else ["affiliation", "person", "hired_month"]
        named = some.select(
            "affiliation", "person", *([] if month is None else [month]), pl.col("kind").alias(f"k{rank}")
        )
        rows = rows.join(named.unique(keys), on=keys, how="left")
        kinds.append(pl.when(where).then(pl.col(f"k{rank}")))
    rows = rows.with_columns(pl.coalesce(*kinds).fill_null(NOTHING).alias("kind"))
    return rows.drop(f"k{rank}" for rank in range(len(told)))
