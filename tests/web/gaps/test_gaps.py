"""Gaps of a run as people meet them: made once, computed again alike, shown by class, silent on few people."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from minassa.entitlements.runs import Run
from minassa.intake.public import lake
from minassa.steering.gaps.kept import latest_gaps, paths_of
from minassa.steering.gaps.making import keep_next_gaps, replay
from tests.onestop.world import make_world
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
    record, _cube = paths_of(home, run)
    document = json.loads(record.read_text("utf-8"))
    assert document["stages"]["staffing"]
    assert set(document["stages"]["outlook"]) == {"trend", "programme", "unchanged"}
    document["parameters"]["moving_up"]["value"] += 50
    record.write_text(json.dumps(document), "utf-8")
    assert replay(home, run, lake()) is False


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
