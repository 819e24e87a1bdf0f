"""What a report of a P2I knows is what the indicators of the same run tell, and the P2I add up to the country."""

from __future__ import annotations

import polars as pl
import pytest

from minassa.entitlements.runs import Run
from minassa.platforms.public import Span, units
from minassa.steering.indicators.catalogue import Catalogue
from minassa.steering.indicators.cube import cube_of
from minassa.steering.indicators.reading import Filters, Reading
from minassa.steering.platforms.preparing import known_of, spans_of
from minassa.vocabulary.periods import format_month, month_index
from tests.steering.country import Country


@pytest.fixture(scope="module")
def cube(made: tuple[Run, Country]) -> pl.DataFrame:
    return cube_of(made[0])


def test_a_report_knows_what_the_indicators_of_its_place_tell(made: tuple[Run, Country], cube: pl.DataFrame) -> None:
    run = made[0]
    span = Span(run.until - 2, run.until)
    casa = known_of(run, cube, units()[0], span)
    points = Reading(cube, Filters(place=101)).points(Catalogue.all()["declared_jobs"])
    told = {one["code"]: one for one in casa["figures"]}
    assert casa["jobs"] == told["declared_jobs"]["value"] == points[-1].value
    assert told["declared_jobs"]["period"] == format_month(run.until)
    new = Reading(cube, Filters(place=101)).points(Catalogue.all()["new_jobs_month"])
    assert told["new_jobs_month"]["value"] == sum(one.value or 0 for one in new if one.period >= span.first_month)


def test_every_unit_together_is_the_country(made: tuple[Run, Country], cube: pl.DataFrame) -> None:
    run = made[0]
    span = Span(run.until - 2, run.until)
    whole = Reading(cube, Filters()).points(Catalogue.all()["declared_jobs"])[-1].value
    assert sum(known_of(run, cube, one, span)["jobs"] for one in units()) == whole


def test_so_few_firms_tell_no_wage_and_no_export(made: tuple[Run, Country], cube: pl.DataFrame) -> None:
    run = made[0]
    known = [known_of(run, cube, one, Span(run.until - 2, run.until)) for one in units()]
    few = [one for one in known if one["withheld"]]
    assert few
    for one in few:
        assert not {"wage_month", "export_turnover", "value_added_job"} & {told["code"] for told in one["figures"]}


def test_only_whole_quarters_and_years_are_told() -> None:
    quarter, year = spans_of(month_index(2026, 8))
    assert (quarter, year) == (
        Span(month_index(2026, 4), month_index(2026, 6)),
        Span(month_index(2025, 1), month_index(2025, 12)),
    )
