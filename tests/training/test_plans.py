"""Plans of seats: asked, answered by the worker, changed by hand; agreements beside their cohorts. Rights hold."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, transaction

from minassa.journal.models import Entry
from minassa.nation.cohorts import SHEET, make_cohorts, written
from minassa.registry.models import Body, Enterprise, Role
from minassa.registry.public import Actor, Forbidden
from minassa.talent.seats.adjusting import Move
from minassa.talent.seats.catalogue import Wanted
from minassa.training.models import Agreement, Cohort, Content, Outcome, SeatPlan
from minassa.training.public import (
    CLASH,
    HORIZON,
    NOTHING,
    SOLVED,
    Promise,
    TrainingError,
    accept_adjustment,
    adjusted_of,
    answer_next,
    ask_plan,
    cohorts,
    edit_plan,
    followed,
    free_plan,
    plans_for,
    proposals,
    proposed_at,
    record_agreement,
    stream_of,
    take,
    wanted_of,
)
from minassa.vocabulary.periods import month_index
from tests.onestop.world import appointed, make_world
from tests.training.sheets import a_sheet

pytestmark = pytest.mark.django_db
AT = datetime(2026, 12, 1, 12, tzinfo=UTC)
WANTED = Wanted(budget_year=9_000_000_000, years=2, stability=3_000, floor=7_000)


@pytest.fixture
def analyst() -> Actor:
    make_world()
    return appointed("analyste", Body.objects.get(code="minassa"), Role.ANALYST)


@pytest.fixture
def trainer(analyst: Actor) -> Actor:
    assert analyst.signed_in
    return appointed("formation", Body.objects.get(code="minassa"), Role.TRAINING)


def _known(trainer: Actor) -> None:
    made = make_cohorts(1, 2026, 1, month_index(2026, 12))
    take(trainer, Content.COHORTS, SHEET, written(made), AT)


def test_what_a_country_invents_is_read_whole_and_what_it_leaves_empty_is_unknown(trainer: Actor) -> None:
    made = make_cohorts(1, 2026, 1, month_index(2026, 12))
    take(trainer, Content.COHORTS, SHEET, written(made), AT)
    kept = {row.cohort: row for row in cohorts()}
    assert len(kept) == len(made)
    for one in made:
        row = kept[one.row[2]]
        for name, text in zip(one.truth, one.row[9:15], strict=True):
            assert getattr(row, name) == (int(text) if text else None)
            assert text in {"", str(one.truth[name])}
    assert any(row.graduated is None for row in kept.values())


def test_a_bad_row_is_told_by_line_and_column_and_the_good_one_is_kept(trainer: Actor) -> None:
    bad = "organisme-exemple;dev-web;c2;Exemple;OFPPT;ITO;99;2026-01;2026-06;trente;;;;;;"
    roll = take(trainer, Content.COHORTS, SHEET, a_sheet("c1", bad), AT)
    assert (roll.lines, roll.accepted) == (2, 1)
    assert [(row.cohort, row.present) for row in cohorts()] == [("c1", None)]
    assert {(one["line"], one["column"]) for one in roll.findings} >= {(3, 48)}


def test_a_plan_is_answered_changed_by_hand_and_what_that_costs_is_told(analyst: Actor, trainer: Actor) -> None:
    _known(trainer)
    plan = ask_plan(analyst, "Plan EXEMPLE", WANTED, AT)
    row = Cohort.objects.filter(programme="donnees", region=6)[0]
    edited = edit_plan(analyst, plan, (row.programme, 6, 2027, 30), AT)
    assert (answer_next(AT), answer_next(AT), answer_next(AT)) == (True, True, False)
    first, second = (SeatPlan.objects.get(pk=one.pk).answer for one in (plan, edited))
    assert (first.outcome, second.outcome) == (SOLVED, SOLVED)
    assert first.content["edit_cost"] is None
    assert second.content["edit_cost"][1] >= 0
    codes = [one["code"] for one in second.content["programmes"]]
    rank = codes.index("donnees")
    fixed = [one["seats"][0] for one in second.content["seats"] if (one["programme"], one["region"]) == (rank, 5)]
    assert fixed == [30]
    assert all(spent <= WANTED.budget_year + 100 for spent in first.content["spent"])
    assert wanted_of(free_plan(analyst, edited, ("donnees", 6, 2027), AT)).edits == ()
    kinds = [entry.kind for entry in Entry.objects.filter(stream=stream_of(plan)).order_by("number")]
    assert kinds == ["seats.asked", "seats.answered"]


def _observed(cohort: Cohort, observed: int, employed: int) -> None:
    horizons = [{"horizon": HORIZON, "observed": observed, "employed": employed}]
    names = {name: getattr(cohort, name) for name in ("provider", "programme", "cohort")}
    Outcome.objects.create(run="c", until=0, kept_at=AT, rolls={}, whereabouts={}, horizons=horizons, **names)


def test_seats_proposed_by_measured_insertion_are_a_limit_once_accepted_and_money_follows(
    analyst: Actor, trainer: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = make_cohorts(1, 2025, 2, month_index(2026, 12))
    take(trainer, Content.COHORTS, SHEET, written(made), AT)
    for cohort in cohorts().filter(programme="relation-client", region=6):
        _observed(cohort, 200, 40)
    plan = ask_plan(analyst, "Plan EXEMPLE", WANTED, AT)

    def killed(_situation: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("minassa.training.answering.plan_of", killed)
        with pytest.raises(KeyboardInterrupt):
            answer_next(AT)
    assert answer_next(AT)
    plan = SeatPlan.objects.get(pk=plan.pk)
    content = plan.answer.content
    told = next(one for one in content["programmes"] if one["code"] == "relation-client")
    assert (told["inserted"], told["inserted_from"], told["observed"]) == (2_000, "measured", 400)
    paid = sum(sum(seats) for _provider, seats, _cost, _paf in content["envelopes"])
    assert abs(paid - sum(sum(row["seats"]) for row in content["seats"])) <= 2 * len(content["envelopes"])
    assert content["paf"]["rate"] == 350
    assert content["needs_from"] == {"run": "", "until": ""}
    (proposed,) = proposals(plan)
    assert (proposed.move, proposed.seats) == (Move.FEWER, proposed.before - proposed.before * 20 // 100)
    assert proposed_at(plan, "relation-client", 4) is None
    after = accept_adjustment(analyst, plan, proposed.accepted(), AT)
    assert answer_next(AT)
    rank = [one["code"] for one in content["programmes"]].index("relation-client")
    rows = SeatPlan.objects.get(pk=after.pk).answer.content["seats"]
    fixed = next(row["seats"][0] for row in rows if (row["programme"], row["region"]) == (rank, 5))
    assert fixed == proposed.seats
    later = edit_plan(analyst, after, ("donnees", 6, 2027, 30), AT)
    assert [one[:2] for one in adjusted_of(later)] == [("relation-client", 6)]
    assert adjusted_of(free_plan(analyst, later, ("relation-client", 6, 2027), AT)) == ()


def test_a_plan_that_cannot_be_names_what_clashes_and_nothing_is_planned_without_cohorts(
    analyst: Actor, trainer: Actor
) -> None:
    empty = ask_plan(analyst, "Plan VIDE", WANTED, AT)
    assert answer_next(AT)
    assert SeatPlan.objects.get(pk=empty.pk).answer.outcome == NOTHING
    _known(trainer)
    poor = ask_plan(analyst, "Plan PAUVRE", replace(WANTED, budget_year=100_000), AT)
    assert answer_next(AT)
    answer = SeatPlan.objects.get(pk=poor.pk).answer
    assert answer.outcome == CLASH
    assert "budget" in {family for family, _place in answer.content["clashes"]}
    with pytest.raises(DatabaseError), transaction.atomic():
        answer.delete()


def test_settings_that_no_plan_can_have_are_refused_and_rights_hold(analyst: Actor, trainer: Actor) -> None:
    for wanted in (replace(WANTED, years=9), replace(WANTED, budget_year=-1)):
        with pytest.raises(TrainingError):
            ask_plan(analyst, "Plan EXEMPLE", wanted, AT)
    with pytest.raises(TrainingError):
        ask_plan(analyst, " ", WANTED, AT)
    with pytest.raises(Forbidden):
        ask_plan(trainer, "Plan EXEMPLE", WANTED, AT)
    officer = appointed("agent", Body.objects.get(code="cnss"), Role.OFFICER)
    assert not plans_for(officer).exists()
    assert not SeatPlan.objects.exists()


def test_an_agreement_is_beside_its_cohort_and_a_cost_that_nobody_knows_stays_unknown(trainer: Actor) -> None:
    take(trainer, Content.COHORTS, SHEET, a_sheet("c1"), AT)
    cohort, firm = cohorts()[0], Enterprise.objects.order_by("pk")[0]
    promise = Promise(firm, "alternance", cohort, 10, 30_000_000, AT.date())
    made = record_agreement(trainer, promise, AT)
    unknown = record_agreement(trainer, replace(promise, cost=None), AT)
    told = {one.agreement: one for one in followed(Agreement.objects.all())}
    assert (told[made].placed, told[made].cost_per_job) == (15, 2_000_000)
    assert told[unknown].cost_per_job is None
    with pytest.raises(TrainingError):
        record_agreement(trainer, replace(promise, promised_hires=31), AT)


@pytest.mark.parametrize(("observed", "kept", "cost"), [(12, 8, 3_750_000), (9, None, None)])
def test_a_kept_job_is_one_that_declarations_show_a_year_later(
    trainer: Actor, observed: int, kept: int | None, cost: int | None
) -> None:
    take(trainer, Content.COHORTS, SHEET, a_sheet("c1"), AT)
    cohort = cohorts()[0]
    record_agreement(
        trainer, Promise(Enterprise.objects.order_by("pk")[0], "alternance", cohort, 10, 30_000_000, AT.date()), AT
    )
    named = {name: getattr(cohort, name) for name in ("provider", "programme", "cohort")}
    horizons = [{"horizon": 12, "observed": observed, "employed": 8}]
    Outcome.objects.create(run="r1", until=1, horizons=horizons, whereabouts={}, rolls={}, kept_at=AT, **named)
    (told,) = followed(Agreement.objects.all())
    assert (told.observed, told.kept, told.cost_per_kept) == (observed, kept, cost)
