"""What firms say beside what the model projects: a disagreement is told only beyond both intervals."""

from __future__ import annotations

import polars as pl
import pytest

from minassa.surveys.drawing import region_group, regions_of_groups
from minassa.talent.balance.unit_groups import unit_groups
from minassa.talent.survey.compared import Projected, Verdict, coverage, projected, verdict
from minassa.talent.survey.sources import NEEDS, shipped_form


def cube() -> pl.DataFrame:
    rows = [
        ("occupation_region", "trend", 10, "2512", 6, 50.0, 8.0, -2.0, 15.0),
        ("occupation_region", "trend", 10, "2513", 6, 20.0, 2.0, 1.0, 4.0),
        ("occupation_region", "trend", 22, "2512", 6, 50.0, 99.0, 90.0, 110.0),
        ("occupation_region", "programme", 10, "2512", 6, 50.0, 99.0, 90.0, 110.0),
        ("occupation", "trend", 10, "2512", -1, 90.0, 99.0, 90.0, 110.0),
        ("occupation_region", "trend", 10, "2529", 6, 3.0, 2.0, 1.0, 4.0),
    ]
    names = ("grain", "scenario", "month", "occupation", "region", "before", "gap", "low_95", "high_95")
    return pl.DataFrame(rows, schema=names, orient="row")


def test_occupations_of_a_group_are_added_up_in_the_first_year_where_enough_people_are() -> None:
    assert projected(cube(), "software", [6], 10) == Projected(10.0, -1.0, 19.0)
    assert projected(cube(), "software", [1], 10) is None
    assert projected(cube(), "cybersecurity", [6], 10) is None


@pytest.mark.parametrize(
    ("low", "high", "model", "told"),
    [
        (5, 9, Projected(10, -1, 19), Verdict.AGREE),
        (20, 30, Projected(10, -1, 19), Verdict.FIRMS_ABOVE),
        (0, 4, Projected(10, 5, 19), Verdict.MODEL_ABOVE),
        (0, 4, Projected(-30, -40, -20), Verdict.AGREE),
        (3, 4, Projected(-30, -40, -20), Verdict.FIRMS_ABOVE),
    ],
    ids=["meet", "firms", "model", "a surplus is no lack", "firms lack where the model has a surplus"],
)
def test_a_verdict_needs_both_intervals(low: float, high: float, model: Projected, told: Verdict) -> None:
    assert verdict(low, high, model) == told


def test_every_group_of_the_survey_is_covered_and_no_occupation_twice() -> None:
    groups = coverage().groups
    assert set(groups) == {one.name for one in shipped_form(NEEDS).questions["group"].choices}
    codes = [code for covered in groups.values() for code in covered]
    assert len(codes) == len(set(codes))
    assert set(codes) == unit_groups()
    assert sorted(one for regions in regions_of_groups().values() for one in regions) == list(range(1, 13))
    assert 6 in regions_of_groups()[region_group(101)]
