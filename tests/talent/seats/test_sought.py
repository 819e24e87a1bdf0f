"""Posts that a plan is made to fill, read in gaps; and the money that follows its seats."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from minassa.talent.balance.parameters import parameters
from minassa.talent.balance.tables import balance_tables
from minassa.talent.flows.shares import counted
from minassa.talent.seats.assumed import assumptions
from minassa.talent.seats.catalogue import Offered, Supposed, programmes_of
from minassa.talent.seats.envelopes import envelopes, incomes_of
from minassa.talent.seats.sought import flexibility_of, needed, sought_in

SUPPOSED = Supposed(assumptions(), parameters())
JANUARY = 2026 * 12


def _cube() -> pl.DataFrame:
    rows = [("trend", "2511", 6, 10.0, 5.0), ("unchanged", "2511", 6, -3.0, 1.0), ("trend", "9999", 6, 80.0, 0.0)]
    return pl.DataFrame(
        [("occupation_region", *row, year * 12 + 8) for row in rows for year in (2027, 2028)],
        schema=["grain", "scenario", "occupation", "region", "gap", "unannounced", "month"],
        orient="row",
    )


def _cohort(provider: str, region: int, enrolled: int) -> Offered:
    return Offered(provider, "donnees", "Données", 5, region, JANUARY, JANUARY + 9, 40, enrolled, None, None)


def test_posts_are_gaps_with_the_graduates_that_a_plan_decides_at_the_size_of_the_country() -> None:
    document = {"scale_millionths": 500_000, "run": "calcul", "until": "2026-09", "wages": [["2511", -1, 20, 900_000]]}
    found = needed(_cube(), document)
    sought = sought_in(found, {"donnees": 5}, balance_tables(), 2027, 4)
    codes = [one.code for one in sought.occupations]
    assert "9999" not in codes
    rank = codes.index("2511")
    assert found.scenarios == ("trend", "unchanged")
    assert sought.posts[0, rank, 5].tolist() == [30.0] * 4
    assert sought.posts[1, rank, 5].tolist() == [0.0] * 4
    assert sought.posts.sum() == 120.0
    assert flexibility_of(sought, ["donnees"])[0, rank] == pytest.approx(0.45)
    offers = programmes_of([_cohort("a", 6, 30)], {})
    assert incomes_of(offers, sought, SUPPOSED) == {"donnees": (900_000 * 12, True)}


def test_what_is_measured_goes_before_what_is_told_and_few_people_change_nothing() -> None:
    told = Offered("a", "donnees", "Données", 5, 6, JANUARY, JANUARY + 9, 40, 30, 20, 10)
    share = counted(24, 40)
    assert share is not None
    (measured,) = programmes_of([told], {"donnees": share})
    assert SUPPOSED.inserted(measured) == (0.6, "measured")
    (few,) = programmes_of([told], {"donnees": counted(3, 4)})  # type: ignore[dict-item]  # never None of four
    assert SUPPOSED.inserted(few) == (0.5, "told")
    assert (share.low, share.high) == (4459, 7366)
    assert counted(0, 0) is None


def test_money_is_shared_by_entrants_and_adds_up_to_what_seats_cost() -> None:
    cohorts = [_cohort("a", 6, 30), _cohort("b", 6, 10), _cohort("c", 4, 5)]
    offers = {one.code: one for one in programmes_of(cohorts, {})}
    found = envelopes(
        {("donnees", 6): [40, 0], ("donnees", 1): [9, 9]}, cohorts, offers, SUPPOSED, {"donnees": 100_000}, 350
    )
    by_provider = {one.provider: one for one in found}
    cost = assumptions().programmes.seat_cost_year
    assert sum(one.seat_cost[0] for one in found) == pytest.approx(49 * cost, abs=3)
    assert by_provider["a"].seats[0] == pytest.approx(30 + 6, abs=1)
    assert by_provider["c"].seats == (1, 1)
    paf = sum(one.paf[0] for one in found)
    assert paf == pytest.approx(49 * 0.75 * 0.65 * 100_000 * 0.035, abs=3)
    assert assumptions().since == date(2026, 12, 1)
