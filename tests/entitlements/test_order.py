"""The same declarations give the same figures, whatever order they are deposited in and whatever key hides people."""

from __future__ import annotations

import datetime as dt
import random
from collections import defaultdict
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from minassa.declarations.deposit import deposit
from minassa.declarations.lake import Lake
from minassa.entitlements.computation import computed
from minassa.entitlements.confrontation import discrepancies
from minassa.entitlements.frames import frames
from minassa.entitlements.irregularities import irregularities
from minassa.entitlements.months import aliases
from minassa.entitlements.runs import GRAINS, Run, run
from minassa.entitlements.sources import Sources
from minassa.entitlements.ties import in_order
from minassa.offer.loading import load_offer
from tests.entitlements.conftest import KEY, UNTIL, Country
from tests.entitlements.declared import FIRM, JULY_2025, OTHER, Row, accounts, filed, month, sheet, statement, stay
from tests.entitlements.declared import UNTIL as LAST

TABLES_OF_A_RUN = (*GRAINS, "amounts", "discrepancies", "irregularities", "undoubted", "spells")
OTHER_KEY = b"another key for tests, known to all"


def figures(rows: pl.DataFrame, *, named: bool = True) -> pl.DataFrame:
    """A table without the files and lines it was read from; without pseudonyms either, then in an order of its own."""
    places = [name for name in rows.columns if "file_id" in name or name.split("_")[-1] == "line" or "line_" in name]
    kept = rows.drop(places)
    return kept if named else kept.drop("person", strict=False).sort(pl.all())


def deposits(folder: Path, seed: int, times: int) -> list[list[Path]]:
    """The files of a folder in several deposits, shuffled; files of one name, corrected since, stay in their order."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    same = defaultdict[str, list[Path]](list)
    for path in files:
        same[path.name].append(path)
    mixed = random.Random(seed).sample(files, len(files))
    ordered = [same[path.name].pop(0) for path in mixed]
    size = -(-len(ordered) // times)
    return [ordered[at : at + size] for at in range(0, len(ordered), size)]


def test_neither_the_order_nor_the_cut_of_deposits_changes_a_run(country: Country, tmp_path: Path) -> None:
    lake = Lake(tmp_path / "lake", KEY)
    for day, files in enumerate(deposits(country.files / "declarations", seed=3, times=4), start=1):
        deposit(files, lake, f"2027-07-0{day}T09:00:00+00:00")
    held = lake.files().collect()
    assert held.filter("current")["digest"].sort().equals(in_effect(country.lake))
    assert held.filter(~pl.col("current")).height > 0, "corrections and former registers were in the way"
    done = run(lake, lake.versions(), load_offer(), tmp_path / "run", UNTIL)
    assert done.manifest["totals"] == country.run.manifest["totals"]
    for name in TABLES_OF_A_RUN:
        assert_frame_equal(figures(done.table(name).collect()), figures(country.run.table(name).collect()))


def in_effect(lake: Lake) -> pl.Series:
    """What tells the files in effect."""
    return lake.files().filter("current").select("digest").collect().to_series().sort()


@pytest.fixture(scope="module")
def elsewhere(country: Country, tmp_path_factory: pytest.TempPathFactory) -> Run:
    """The same country under another key."""
    folder = tmp_path_factory.mktemp("elsewhere")
    lake = Lake(folder / "lake", OTHER_KEY)
    deposit([country.files], lake, "2027-07-01T09:00:00+00:00")
    return run(lake, lake.versions(), load_offer(), folder / "run", UNTIL)


@pytest.mark.parametrize("name", TABLES_OF_A_RUN)
def test_the_key_of_the_lake_changes_no_figure(country: Country, elsewhere: Run, name: str) -> None:
    there, here = elsewhere.table(name).collect(), country.run.table(name).collect()
    if "person" in here.columns:
        assert set(there["person"].unique()) != set(here["person"].unique())
    assert_frame_equal(figures(there, named=False), figures(here, named=False))


# -- with ties on purpose ---------------------------------------------------------------------------------------------

PEOPLE = st.lists(
    st.fixed_dictionaries(
        {
            "person": st.integers(1, 5),
            "firm": st.sampled_from([FIRM, OTHER]),
            "start": st.integers(-2, 3),
            "months": st.integers(1, 24),
            "leaves": st.booleans(),
            "salary": st.sampled_from([400_000, 900_000]),
            "lines": st.integers(1, 3),
            "born": st.sampled_from([1980, 1990]),
            "income": st.integers(1, 3),
        }
    ),
    max_size=9,
)


def declared(people: list[dict[str, int]]) -> Sources:
    """Stays in one same job, each told by several lines that do not agree, and sheets and accounts told twice."""
    cnss, dgi, staff = list[Row](), list[Row](), list[Row]()
    for one in people:
        firm, person, first = one["firm"], one["person"], JULY_2025 + one["start"]
        last = first + one["months"] - 1
        for at in range(first, last + 1):
            gone = 1 if one["leaves"] and at == last else 0
            cnss += [month(firm, person, at, one["salary"], gone, 26 - n) for n in range(one["lines"])]
        facts = {"job_title": "Poste", "birth_year": one["born"], "person_by_cin": 100 + person % 2}
        staff += [stay(firm, person, first, contract=n + 1, establishment=n, **facts) for n in range(one["lines"])]
        dgi += [statement(firm, person, 2026, n * 1_000_000, n, dependants=n) for n in range(one["income"])]
    books = [accounts(firm, 2026, corporate_tax_year=tax) for firm in (FIRM, OTHER) for tax in (1_000_000, 2_000_000)]
    sheets = [
        sheet(firm, place=place, activity=activity, tax_certificate_on=dt.date(2027, 1, place % 100))
        for firm in (FIRM, OTHER)
        for place, activity in ((101, "ITO"), (102, "BPO"))
    ]
    return filed(cnss, dgi, staff, books, sheets)


def elsewhere_filed(rows: pl.LazyFrame, seed: int, names: dict[int, int]) -> pl.LazyFrame:
    """The same rows in another order, in other files on other lines, people under other pseudonyms."""
    held = rows.collect()
    chance = random.Random(seed)
    order = chance.sample(range(held.height), held.height)
    numbers = pl.Series("file_id", [chance.randint(1, 3) for _ in order], pl.Int64)
    lines = pl.Series("line", chance.sample(range(1, held.height + 1), held.height), pl.Int32)
    moved = held[order].with_columns(numbers, lines)
    if "person" in moved.columns:
        moved = moved.with_columns(pl.col("person").replace(names))
    return moved.lazy()


def told(sources: Sources) -> dict[str, pl.DataFrame]:
    """All that a run would write, but amounts, which are the rules' columns of the frames."""
    law = load_offer()
    built = frames(sources, [JULY_2025], LAST)
    results = computed(law, built)
    found = {
        "discrepancies": discrepancies(law, built, results, sources),
        "irregularities": irregularities(built, sources),
    }
    return {**results, **found, "spells": built.spells}


@settings(max_examples=12, deadline=None)
@given(PEOPLE, st.integers(0, 2**32))
def test_no_tie_is_settled_by_file_line_nor_order(people: list[dict[str, int]], seed: int) -> None:
    rows = declared(people)
    tables = ("cnss", "dgi", "staff", "accounts", "firms")
    moved = Sources(*(elsewhere_filed(getattr(rows, name), seed, {}) for name in tables))
    again = told(moved)
    for name, table in told(rows).items():
        assert_frame_equal(figures(again[name]), figures(table))


@settings(max_examples=12, deadline=None)
@given(PEOPLE, st.permutations(range(1, 6)))
def test_no_tie_is_settled_by_pseudonym(people: list[dict[str, int]], others: list[int]) -> None:
    rows = declared(people)
    # People of one card would have to be told apart: without cards here.
    rows = Sources(
        rows.cnss, rows.dgi, rows.staff.with_columns(person_by_cin=pl.lit(0, pl.Int64)), rows.accounts, rows.firms
    )
    names = dict(zip(range(1, 6), others, strict=True))
    tables = ("cnss", "dgi", "staff", "accounts", "firms")
    renamed = Sources(*(elsewhere_filed(getattr(rows, name), 0, names) for name in tables))
    again = told(renamed)
    for name, table in told(rows).items():
        assert_frame_equal(figures(again[name], named=False), figures(table, named=False))


def test_the_last_register_says_which_number_a_card_is_known_under() -> None:
    def known(*rows: Row) -> list[tuple[int, int]]:
        return aliases(filed(staff=list(rows)).staff.collect()).rows()

    one, two = (stay(FIRM, person, JULY_2025, person_by_cin=100) for person in (1, 2))
    earlier, later = {**two, "as_of_month": LAST - 1}, {**one, "file_id": 1}
    assert known(later, earlier) == known(earlier, later) == [(100, 1)]
    hired_later = stay(OTHER, 1, JULY_2025 + 1, person_by_cin=100)
    assert known(hired_later, two) == known(two, hired_later) == [(100, 1)]
    assert known(one, two) == known(two, one)


def test_rows_that_only_their_place_tells_apart_come_in_the_order_of_places() -> None:
    rows = pl.DataFrame({"file_id": [2, 1, 1], "line": [1, 2, 1], "person": [3, 3, 3], "pay": [5, 5, 7]})
    assert in_order(rows).rows() == [(1, 2, 3, 5), (2, 1, 3, 5), (1, 1, 3, 7)]
    assert in_order(rows, "pay", descending=("pay",)).rows()[0] == (1, 1, 3, 7)
    assert in_order(rows.with_columns(person=pl.Series([1, 2, 3])), "line")["person"].to_list() == [1, 3, 2]
