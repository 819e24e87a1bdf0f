"""Gaps of a run as people meet them: made once, computed again alike, shown by class, silent on few people."""

from __future__ import annotations

import json
from pathlib import Path

import polars as pl
import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from minassa.entitlements.runs import Run
from minassa.intake.public import lake
from minassa.nation.cohorts import HEADINGS
from minassa.registry.models import Body, Role
from minassa.steering.gaps.cohorts import training_state
from minassa.steering.gaps.kept import latest_gaps, paths_of
from minassa.steering.gaps.making import keep_next_gaps, replay
from minassa.training.models import Content
from minassa.training.public import take
from minassa.vocabulary.periods import format_month
from minassa.web.gaps.wording import SOURCES
from tests.onestop.world import appointed, make_world
from tests.web.cases.people import client_of
from tests.web.claims_world import settle
from tests.web.home.test_home import holder

pytestmark = pytest.mark.django_db


@pytest.fixture
def run(settings: Settings, tmp_path: Path, db: None) -> Run:
    """The run of the small nation, whose gaps were made."""
    del db
    settings.MINASSA_HOME = tmp_path / "home"
    settings.MINASSA_FILES = tmp_path / "files"
    made = settle()
    assert keep_next_gaps(timezone.now())
    return made


@pytest.fixture
def analyst(run: Run) -> Client:
    """An analyst before the gaps of the run."""
    assert run.path.is_dir()
    make_world()
    return client_of(holder("analyst", "cto").email.partition("@")[0])


def test_gaps_are_made_once_and_the_same_again_until_what_they_rest_on_changes(run: Run, settings: Settings) -> None:
    home = Path(settings.MINASSA_HOME)
    assert not keep_next_gaps(timezone.now())
    assert replay(home, run, lake())
    record, _cube = paths_of(home, run, training_state())
    document = json.loads(record.read_text("utf-8"))
    assert document["stages"]["staffing"]
    assert set(document["stages"]["outlook"]) == {"trend", "programme", "unchanged"}
    document["parameters"]["moving_up"]["value"] += 50
    record.write_text(json.dumps(document), "utf-8")
    assert replay(home, run, lake()) is False


def test_cohorts_told_since_are_in_the_next_gaps_and_a_year_without_any_is_empty(
    analyst: Client, run: Run, settings: Settings
) -> None:
    home, year = Path(settings.MINASSA_HOME), run.until // 12
    rows = [
        f"organisme-fictif;{programme};c-{month};EXEMPLE;OFPPT;{filiere};06;{year - 1}-06;{month};90000;;;;;;EXEMPLE"
        for programme, filiere in (("conseil", "CRM"), ("web", "ITO"))
        for month in (format_month(run.until + 2), format_month(run.until))
    ]
    teller = appointed("formation", Body.objects.get(code="minassa"), Role.TRAINING)
    take(teller, Content.COHORTS, "c.csv", "\n".join([";".join(HEADINGS), *rows]).encode(), timezone.now())
    assert keep_next_gaps(timezone.now())
    assert not keep_next_gaps(timezone.now())
    kept = latest_gaps(home)
    assert kept is not None
    assert kept.cube is not None
    assert kept.document["cohorts"] == 4
    nation = kept.cube.filter(pl.col("grain") == "nation", pl.col("scenario") == "trend").sort("month")
    assert nation["pipelines"][0] > 0
    assert nation["pipelines"][1:].sum() == 0
    assert nation["unannounced"][1:].to_numpy().min() > 0
    assert replay(home, run, lake())
    told = analyst.get("/fr/tensions/case/?metier=4222").context
    pipelines = next(row for label, row in told["cell"]["sources"] if label == SOURCES["pipelines"])
    assert (pipelines[0] or 0) > 0
    assert pipelines[1] is None
    assert any(one["years"][0] and one["years"][1] is None for one in told["trained"])


def test_the_page_tells_classes_and_nothing_of_few_people(analyst: Client, settings: Settings) -> None:
    found = latest_gaps(Path(settings.MINASSA_HOME))
    assert found is not None
    assert found.cube is not None
    page = analyst.get("/fr/tensions/")
    assert page.status_code == 200
    few = [line for line in page.context["lines"] if line["people"] < 10]
    assert few
    assert all(line["country"] == {"known": True, "hidden": True} for line in few)
    taken = analyst.get("/fr/tensions/?format=csv").content.decode("utf-8-sig").splitlines()
    assert len(taken) > 10
    assert any("trop peu de personnes" in line for line in taken)
    largest = next(line for line in page.context["lines"] if not line["country"]["hidden"])
    cell = analyst.get(f"/fr/tensions/case/?metier={largest['code']}")
    told = cell.context["cell"]
    assert abs(told["need"][0] - told["supply"][0] - told["gap"][0]["gap"]) <= 1
    hidden = analyst.get(f"/fr/tensions/case/?metier={few[0]['code']}")
    assert hidden.context["cell"] is None
