"""A case written by hand gives what the same firm's files give, to the centime."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest

from minassa.declarations.deposit import deposit
from minassa.declarations.lake import Lake
from minassa.entitlements.runs import Run, run
from minassa.entitlements.simulation import GRAIN_OF_FIRM, GRAIN_OF_PERSON, period_label, simulate, status_at
from minassa.offer.loading import load_offer
from tests.entitlements.conftest import KEY, RECEIVED
from tests.entitlements.filed import AS_OF, FIRM, Someone, as_case, invented, write_files

PEOPLE = 25


def told_by_files(done: Run, grains: tuple[str, ...], mine: pl.Expr) -> dict[str, list[dict[str, Any]]]:
    """By measure, each period's amount, conditions and status, as the tables of a run hold them."""
    offer = load_offer()
    found: dict[str, list[dict[str, Any]]] = {}
    for grain in grains:
        for row in done.table(grain).filter(mine).collect().iter_rows(named=True):
            law = offer.at(grain, int(row[offer.grains[grain].date]))
            for measure in offer.measures:
                if row.get(f"{measure}_amount") is not None:
                    conditions = {c.name: row[c.name] for c in law.conditions(measure)}
                    line = {
                        "amount_cents": row[f"{measure}_amount"],
                        "period": period_label(grain, row),
                        "conditions": conditions,
                        "status": status_at(row[f"{measure}_status"]),
                    }
                    found.setdefault(measure, []).append(line)
    return found


def told_by_case(measures: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """The same from a simulation."""
    names = ("amount_cents", "period", "conditions", "status")
    return {
        measure: [{name: line[name] for name in names} for line in told["periods"]]
        for measure, told in measures.items()
        if measure != "rules"
    }


@pytest.fixture(scope="module", params=[1, 2])
def both(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[list[Someone], Lake, Run]:
    """People whom chance makes, the lake of their firm's files, and the run on it."""
    people = invented(request.param, PEOPLE)
    folder = tmp_path_factory.mktemp("firm")
    write_files(folder / "files", people)
    lake = Lake(folder / "lake", KEY)
    summary = deposit([folder / "files"], lake, RECEIVED)
    assert (summary.refused, summary.unknown, summary.rejected) == (0, 0, 0), summary.findings
    return people, lake, run(lake, lake.versions(), load_offer(), folder / "run", AS_OF)


def test_every_amount_and_condition_is_the_same(both: tuple[list[Someone], Lake, Run]) -> None:
    people, lake, done = both
    told = simulate(as_case(people))
    numbers = lake.pseudonyms()
    for one in people:
        (person,) = numbers.of_numbers(pl.Series([one.number]).to_numpy()).tolist()
        mine = (pl.col("affiliation") == FIRM) & (pl.col("person") == person)
        assert told_by_case(told["employees"][one.name]) == told_by_files(done, GRAIN_OF_PERSON, mine), one
    mine = pl.col("affiliation") == FIRM
    assert told_by_case(told["firm"]) == told_by_files(done, GRAIN_OF_FIRM, mine)


def test_chance_makes_people_of_every_sort(both: tuple[list[Someone], Lake, Run]) -> None:
    people, _, done = both
    amounts = done.table("amounts").filter(pl.col("affiliation") == FIRM).collect()
    assert {"air", "ais", "pae", "paf"} <= set(amounts.filter(pl.col("amount_cents") > 0)["measure"])
    assert amounts.filter(~pl.col("entitled")).height
    assert any(one.left for one in people)
    assert any(one.other_aid for one in people)
    assert any(one.unpaid for one in people)
