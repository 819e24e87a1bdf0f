"""What the offer adds: the answer for everyone, the figures for analysts, nothing made while a page is asked for."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from lxml import html
from pytest_django import Settings

from minassa.entitlements.runs import runs_in
from minassa.outlook.evaluation.plan import plan
from minassa.registry.models import Role
from minassa.steering.evaluations.kept import latest_evaluation, looks, path_of
from minassa.steering.evaluations.making import EXAMPLES, evaluate, evaluate_next

pytestmark = pytest.mark.django_db
LANGUAGES = ("fr", "ar", "en")


def page_of(client: Client, address: str) -> Any:  # noqa: ANN401 - lxml's elements
    response = client.get(address)
    assert response.status_code == 200
    return html.fromstring(response.content.decode())


@pytest.mark.usefixtures("evaluated")
@pytest.mark.parametrize("language", LANGUAGES)
def test_everyone_reads_the_answer_the_plan_and_the_method_tried(client: Client, language: str) -> None:
    page = page_of(client, f"/{language}/evaluation/")
    answers = page.xpath("//div[contains(@class, 'answer')]")
    assert [one.get("class").split("-")[-1] for one in answers] == ["refused", "unsure", "adds"]
    assert plan("emplois").digest in page.text_content()
    assert getattr(plan("emplois").plan.question, language) in page.text_content()
    assert len(page.xpath("//*[contains(@class, 'tag')]")) > 4
    regions = [one.get("aria-label") for one in page.xpath("//*[@role='region']")]
    assert len(regions) == len(set(regions)), "a region is told from the others by its name"
    for figure in page.xpath("//figure"):
        assert figure.xpath(".//svg[@aria-hidden='true']")
        assert page.get_element_by_id(figure.get("aria-labelledby")).text_content().strip()
        assert figure.getnext().xpath(".//table//td"), "a table stands behind each drawing"


def test_analysts_read_every_figure(as_role: Callable[[str, str], Client], evaluated: Path) -> None:
    client = as_role(Role.ANALYST, "minassa")
    page = page_of(client, "/fr/evaluation/detail/")
    kept = latest_evaluation(evaluated)
    assert kept is not None
    assert [len(one.xpath("./div")) for one in page.xpath("//main//dl")] == [9] * len(EXAMPLES)
    assert kept["examples"][1]["found"]["jobs"]["firms"]["last"] in page.text_content()
    regions = [one.get("aria-label") for one in page.xpath("//*[@role='region']")]
    assert len(regions) == len(set(regions))


def test_before_any_evaluation_pages_say_so_and_make_none(
    client: Client, settings: Settings, workspace: Path, tmp_path: Path
) -> None:
    (tmp_path / "runs").symlink_to(workspace / "runs")
    settings.MINASSA_HOME = tmp_path
    page = page_of(client, "/fr/evaluation/")
    assert "Aucune évaluation" in page.text_content()
    assert page.xpath("//table//td"), "the method is judged already"
    assert not (tmp_path / "evaluations").exists()


def test_what_is_kept_is_that_of_the_run_and_says_it_is_synthetic(evaluated_home: Path) -> None:
    run = runs_in(evaluated_home / "runs")[-1]
    kept = latest_evaluation(evaluated_home)
    assert kept is not None
    assert (kept["run"], kept["synthetic"], len(kept["examples"])) == (run.path.name, True, len(EXAMPLES))
    assert json.loads(path_of(evaluated_home, run).read_text("utf-8")) == kept
    nothing, effect = (one["found"]["jobs"] for one in kept["examples"])
    assert not nothing["mean"]["low"] > 0
    assert effect["mean"]["low"] < EXAMPLES[1].effect < effect["mean"]["high"]


def test_an_evaluation_in_hand_is_not_begun_twice(evaluated_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("minassa.steering.evaluations.making.take", lambda _path: None)
    assert evaluate(evaluated_home, runs_in(evaluated_home / "runs")[-1], synthetic=True) is None


def test_pages_never_load_what_evaluations_are_made_with() -> None:
    begin = "import sys, django; django.setup(); import minassa.web.evaluation.urls"
    told = "print({'statsmodels', 'pandas'} & {*sys.modules})"
    done = subprocess.run([sys.executable, "-c", f"{begin}; {told}"], capture_output=True, text=True, check=False)
    assert done.stdout == "set()\n", done.stderr


def test_a_run_is_evaluated_once_by_the_worker(settings: Settings, workspace: Path, tmp_path: Path) -> None:
    (tmp_path / "runs").symlink_to(workspace / "runs")
    settings.MINASSA_HOME = tmp_path
    assert evaluate_next(datetime.now(UTC))
    assert not evaluate_next(datetime.now(UTC))
    assert looks(tmp_path) == 1
    settings.MINASSA_HOME = tmp_path / "empty"
    assert not evaluate_next(datetime.now(UTC))


@pytest.mark.usefixtures("evaluated")
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_design_that_cannot_be_had_says_how_many_it_wants(client: Client, language: str, evaluated: Path) -> None:
    kept = latest_evaluation(evaluated)
    assert kept is not None
    jobs, stays = kept["found"]["jobs"], kept["found"]["stays"]
    answer = page_of(client, f"/{language}/evaluation/").xpath("//div[contains(@class, 'answer-refused')]")[0]
    told = answer.text_content()
    assert jobs["had"] is None or all(
        str(number) in told for number in (*jobs["had"].values(), jobs["wanted"]["compared"])
    )
    naive = jobs["before_after"]
    assert (naive is not None) == (len(answer.xpath("./p")) == 3)
    assert stays["refused"] is None or "early" in stays
