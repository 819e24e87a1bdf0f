"""What P2I are specialised in, from a run: made once, everyone in post counted once, silent on few, told in words."""

from __future__ import annotations

import json
from pathlib import Path

import polars as pl
import pytest
from django.utils import timezone, translation
from pytest_django import Settings

from minassa.entitlements.sources import Sources
from minassa.intake.public import lake
from minassa.outlook.specialisation.fields import fields
from minassa.platforms.public import units
from minassa.steering.platforms.specialising import counts_of, document_of, latest_specialisation, specialise_next
from minassa.vocabulary.periods import last_day
from minassa.web.platforms.specialised import specialised
from tests.web.claims_world import settle

pytestmark = pytest.mark.django_db


def test_a_run_is_read_once_and_few_are_told_of_nothing(settings: Settings, tmp_path: Path) -> None:
    settings.MINASSA_HOME = tmp_path / "home"
    settings.MINASSA_FILES = tmp_path / "files"
    run = settle()
    assert specialised(units()[0]) == {"specialised": None}
    assert specialise_next(timezone.now())
    assert not specialise_next(timezone.now())
    kept = latest_specialisation(settings.MINASSA_HOME)
    assert kept is not None
    assert kept == json.loads(json.dumps(document_of(run, lake(), synthetic=kept["synthetic"])))

    counts, end = counts_of(run, lake()), last_day(run.until)
    staff = Sources.of(lake(), dict(run.manifest["versions"])).until(run.until).staff
    held = (pl.col("hired_on") <= end) & (pl.col("left_on").is_null() | (pl.col("left_on") > end))
    assert counts["people"].sum() == staff.filter(held).collect().height
    assert sum(one["people"] for one in kept["units"]) == counts["people"].sum()
    for unit in kept["units"]:
        assert [one["code"] for one in unit["fields"]] == list(fields())
        for one in unit["fields"]:
            assert not one["people"] or (
                one["people"] >= kept["fewest_people"] and one["firms"] >= kept["fewest_firms"]
            )

    shown = [specialised(one)["specialised"] for one in units()]
    with translation.override("ar"):
        told = next(one for one in map(specialised, units()) if one["specialised"])["specialised"]
    assert any(shown)
    assert told["fields"][0]["name"] == fields()["ai-data"].name_ar
    assert told["fields"][0]["status"] == "proposed"
