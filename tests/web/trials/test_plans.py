"""Plans of premiums: asked on a page, sought by the worker, read with what limits them, sent on as a reform."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from lxml import html

from minassa.entitlements.runs import runs_in
from minassa.journal.public import Entry
from minassa.outlook.optimiser.grid import grid
from minassa.outlook.optimiser.solving import Problem, binding, solved
from minassa.reforms.models import Reform
from minassa.steering.models import PremiumPlan
from minassa.steering.plans import making
from minassa.steering.plans.asking import Wish
from minassa.vocabulary.rounding import Direction, divide
from tests.web.trials.test_pages import analyst

__all__ = ["analyst"]
pytestmark = pytest.mark.django_db
PLANS = "/fr/essais/optimiseur/"
LIMITS = {"pae_floor": "9", "paf_floor": "1.5", "stability": "50", "region_floor": "80"}


def parsed(content: bytes) -> Any:  # noqa: ANN401 - lxml's elements
    return html.fromstring(content.decode())


def asked(client: Client, **changed: str) -> str:
    """Ask for a plan as the page offers it; its address."""
    form = parsed(client.get(PLANS).content).xpath("//form[@class='reform-form']")[0]
    answer = client.post(PLANS, {**dict(form.form_values()), **changed})
    assert answer.status_code == 302, answer.content.decode()
    return str(answer["Location"])


def found_of(plan: PremiumPlan) -> dict[str, Any]:
    assert plan.found is not None
    return dict(plan.found)


def offered() -> int:
    cells = making.cells_asked(runs_in(settings.MINASSA_HOME / "runs")[-1])
    return sum(cell.offered_year for cell in cells)


def test_a_plan_is_asked_sought_by_the_worker_and_read_as_the_solver_gives_it(analyst: Client) -> None:
    address = asked(analyst, **LIMITS)
    waiting = analyst.get(address).content.decode()
    assert "se cherche" in waiting
    assert 'hx-trigger="every 1s"' in waiting
    assert making.make_next(timezone.now())
    assert not making.make_next(timezone.now())

    plan = PremiumPlan.objects.get()
    run = runs_in(settings.MINASSA_HOME / "runs")[-1]
    wish = Wish(offered() // 100 * 100, 900, 150, 5000, 8000)
    assert plan.wish == {"budget_year": wish.budget_year, **{n: getattr(wish, n) for n in LIMITS}}
    for answer in found_of(plan)["responses"]:
        problem = Problem(making.cells_asked(run), grid().pairs, answer["elasticity_hundredths"], wish.limits)
        best = solved(problem)
        assert answer["jobs_hundredths"] == best.jobs_hundredths
        assert answer["cost_year"] <= wish.budget_year
        if answer["elasticity_hundredths"]:
            assert answer["binding"] == binding(problem, best)
            assert [one["jobs_hundredths"] for one in answer["frontier"]] == sorted(
                one["jobs_hundredths"] for one in answer["frontier"]
            )
    assert [entry.kind for entry in Entry.objects.filter(stream=f"plan:{plan.pk}")] == ["plan.asked", "plan.made"]

    page = parsed(analyst.get(address).content)
    assert len(page.xpath("//section[@aria-labelledby='reglages']//tbody/tr")) == len(making.cells_asked(run))
    lines = analyst.get(f"{address}?format=csv").content.decode("utf-8-sig").splitlines()
    assert len(lines) == 1 + len(making.cells_asked(run))


def test_the_mean_rates_of_a_plan_cost_as_much_and_are_kept_as_a_reform(analyst: Client) -> None:
    address = asked(analyst, **{**LIMITS, "budget": str(offered() // 100 * 6 // 5)})
    making.make_next(timezone.now())
    plan = PremiumPlan.objects.get()
    cells = making.cells_asked(runs_in(settings.MINASSA_HOME / "runs")[-1])
    found = found_of(plan)
    for means, answer in zip(found["means"], found["responses"], strict=True):
        paid = sum(cell.pae_base_year * means["pae_rate"] + cell.paf_base_year * means["paf_rate"] for cell in cells)
        whole = sum(cell.pae_base_year + cell.paf_base_year for cell in cells)
        # Each mean is rounded to a basis point: half of one, of all they are counted on, apart at most.
        assert abs(divide(paid, 10_000, Direction.HALF_UP, "test") - answer["cost_year"]) <= whole // 20_000 + len(
            cells
        )
    (link,) = parsed(analyst.get(address).content).xpath("//section[@aria-labelledby='reforme']//a[1]/@href")
    assert parse_qs(urlsplit(link).query)["motif"][0].count(address) == 1
    form = parsed(analyst.get(link).content).xpath("//form[@class='reform-form']")[0]
    assert analyst.post(link, dict(form.form_values())).status_code == 302
    assert address in Reform.objects.get().revisions.get().reasons


@pytest.mark.parametrize("wrong", [{"budget": "0"}, {"budget": "x"}, {"pae_floor": "101"}, {"stability": "1.234"}])
def test_what_no_plan_may_be_is_refused_beside_its_field(analyst: Client, wrong: dict[str, str]) -> None:
    answer = analyst.post(PLANS, {"budget": "1000", **LIMITS, **wrong})
    assert answer.status_code == 422
    assert not PremiumPlan.objects.exists()


def test_a_budget_under_the_floors_is_told_and_the_plan_is_asked_again_changed(analyst: Client) -> None:
    address = asked(analyst, **LIMITS, budget="1")
    making.make_next(timezone.now())
    page = analyst.get(address).content.decode()
    assert "Aucun plan ne tient" in page
    (again,) = parsed(page.encode()).xpath("//a[contains(., 'redemander')]/@href")
    assert parsed(analyst.get(again).content).xpath("//input[@name='budget']/@value") == ["1"]
    assert analyst.get(f"{PLANS}?comme=x").status_code == 200


def test_a_plan_whose_worker_died_is_taken_up_again_once_its_lease_is_over(analyst: Client) -> None:
    asked(analyst, **LIMITS)
    now = timezone.now()
    PremiumPlan.objects.update(leased_until=now + timedelta(minutes=1), step=3)
    assert not making.make_next(now)
    assert making.make_next(now + timedelta(minutes=2))
    plan = PremiumPlan.objects.get()
    assert plan.step == plan.steps == making.steps_of()


def test_nobody_queues_more_plans_than_the_worker_may_seek_soon(analyst: Client) -> None:
    for _ in range(5):
        asked(analyst, **LIMITS)
    assert analyst.post(PLANS, {"budget": "1000", **LIMITS}).status_code == 422
