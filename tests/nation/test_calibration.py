from __future__ import annotations

import re
from pathlib import Path

import pytest
from pydantic import ValidationError

import minassa.nation as package
from minassa.nation.calibration import Calibration, Figure, Slices, by_filiere, calibration, jobs
from minassa.nation.names import FAMILIES, GIVEN
from minassa.vocabulary.filieres import Filiere
from minassa.vocabulary.places import place_by_slug
from minassa.vocabulary.statuses import Status


def figures() -> list[Figure | Slices]:
    tables = calibration().model_dump(round_trip=True).keys()
    values = [getattr(calibration(), name) for name in tables]
    return [figure for value in values for figure in (value.values() if isinstance(value, dict) else [value])]


def test_every_figure_says_where_it_comes_from() -> None:
    assert len(figures()) > 80
    for figure in figures():
        assert figure.note
        assert figure.source.startswith("https://") != (figure.status is Status.ASSUMED)


def test_every_figure_is_used() -> None:
    code = "".join(path.read_text("utf-8") for path in Path(package.__file__).parent.glob("*.py"))
    unused = [name for name in Calibration.model_fields if not re.search(rf"\.{name}\b", code)]
    assert not unused


@pytest.mark.parametrize("table", ["job_shares", "firm_shares", "place_shares"])
def test_shares_make_a_whole(table: str) -> None:
    assert sum(figure.value for figure in getattr(calibration(), table).values()) == 10_000


def test_the_season_and_the_lags_make_a_whole() -> None:
    assert sum(calibration().hiring_season.value) == 12_000
    assert sum(calibration().refill_lag.value) == 10_000
    assert len(calibration().refill_lag.value) == 5


def test_exports_of_2024_are_those_of_the_office_des_changes() -> None:
    assert sum(by_filiere(calibration().export_turnover).values()) == 26_219


def test_places_are_those_of_the_vocabulary() -> None:
    assert {place_by_slug(slug).slug for slug in calibration().place_shares} == set(calibration().place_shares)


@pytest.mark.parametrize(
    "change",
    [
        {"unknown_figure": {"value": 1, "unit": "x", "status": "assumed", "source": "", "note": "x"}},
        {"growth": {"value": 1, "unit": "x", "status": "press", "source": "", "note": "x"}},
        {"growth": {"value": 1, "unit": "x", "status": "assumed", "source": "", "note": ""}},
        {"growth": {"value": 1.5, "unit": "x", "status": "assumed", "source": "", "note": "x"}},
    ],
)
def test_an_unknown_or_unsourced_or_broken_figure_is_refused(change: dict[str, object]) -> None:
    content = calibration().model_dump()
    Calibration.model_validate(content)
    with pytest.raises(ValidationError):
        Calibration.model_validate(content | change)


def test_about_forty_jobs_over_every_filiere_with_levels_of_the_national_framework() -> None:
    assert len(jobs()) >= 40
    assert {job.filiere_code for job in jobs()} == set(Filiere)
    assert all(1 <= job.level <= 8 for job in jobs())
    assert len({job.title for job in jobs()}) == len(jobs())


def test_names_fit_the_columns_of_the_cnss_file() -> None:
    assert len(FAMILIES) >= 150
    assert len(GIVEN) == len(set(GIVEN)) >= 120
    assert all(re.fullmatch(r"[A-Z ]{2,30}", name) for name in (*FAMILIES, *GIVEN))
