"""What each step costs in statements, and that five agencies may answer at the same instant."""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from django.db import connection, transaction
from pytest_django import DjangoAssertNumQueries, Settings

from minassa.journal.public import Entry, verify
from minassa.onestop.models import Case, CaseState, TaskState
from minassa.onestop.public import (
    ImpossibleAct,
    decide,
    open_case,
    propose,
    receive,
    save_draft,
    sign,
    submit,
    timeline,
    validate,
)
from minassa.vocabulary.errors import MinassaError
from tests.onestop.world import AGENCIES, ANSWERS, DAY, NOW, World, drafted, make_world, submitted, task_of


@pytest.mark.django_db
def test_no_step_costs_more_statements_than_it_should(
    world: World, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    """Ceilings, savepoints included: the test itself runs in a transaction, so each act has two more than in life."""
    open_case(world.preparer, world.enterprise, "membership", NOW)
    with django_assert_max_num_queries(10):
        open_case(world.preparer, world.enterprise, "membership", NOW)
    case = drafted(world)
    with django_assert_max_num_queries(8):
        save_draft(world.preparer, case, ANSWERS, NOW)
    with django_assert_max_num_queries(9):
        sign(world.signer, case, NOW)
    with django_assert_max_num_queries(19):
        submit(world.signer, case, NOW)
    for step in AGENCIES:
        task = task_of(case, step)
        with django_assert_max_num_queries(9):
            propose(world.officers[step], task, True, "", {}, NOW + DAY)
    for step in AGENCIES:
        task = task_of(case, step)
        with django_assert_max_num_queries(11):
            validate(world.supervisors[step], task, NOW + DAY)
    case.refresh_from_db()
    with django_assert_max_num_queries(13):
        decide(world.member, case, True, "", NOW + DAY)


@pytest.fixture
def lasting_world(transactional_db: None, settings: Settings, tmp_path: Path) -> World:  # noqa: ARG001
    """A world that other threads see."""
    settings.MINASSA_FILES = tmp_path
    return make_world()


def at_once(*acts: Callable[[], object]) -> list[object]:
    """What each act gives, or its error, when all start at the same instant in threads of their own."""
    found: list[object] = [None] * len(acts)
    gate = threading.Barrier(len(acts))

    def run(rank: int, act: Callable[[], object]) -> None:
        try:
            gate.wait()
            found[rank] = act()
        except MinassaError as error:
            found[rank] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=given) for given in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


def answered(case: Case, step: str) -> dict[str, object]:
    return {"type": "task.answered", "case": str(case.uuid), "step": step, "round": 1, "favourable": True}


def test_five_agencies_answer_at_the_same_instant(lasting_world: World) -> None:
    world = lasting_world
    for _round in range(5):
        case = submitted(world)
        tasks = {step: task_of(case, step) for step in AGENCIES}
        for step in AGENCIES[2:]:
            propose(world.officers[step], tasks[step], True, "", {}, NOW + DAY)
        answers = [
            partial(receive, step, f"{case.pk}-{step}", "d", answered(case, step), NOW + DAY) for step in AGENCIES[:2]
        ]
        checks = [partial(validate, world.supervisors[step], tasks[step], NOW + DAY) for step in AGENCIES[2:]]
        found = at_once(*answers, *checks)
        assert not [one for one in found if isinstance(one, Exception)]
        case.refresh_from_db()
        assert case.state == CaseState.TO_DECIDE
        assert set(case.tasks.values_list("state", flat=True)) == {TaskState.ANSWERED}
        assert timeline(case, NOW + 2 * DAY).segments[-1].main == "committee"
        assert Entry.objects.filter(stream=f"case:{case.pk}", kind="case.joined").count() == 1
    assert verify() == []


def test_the_same_message_sent_five_times_at_once_has_one_effect(lasting_world: World) -> None:
    case = submitted(lasting_world)
    found = at_once(*[partial(receive, "cnss", "m1", "d", answered(case, "cnss"), NOW + DAY)] * 5)
    assert [one.outcome for one in found] == [found[0].outcome] * 5  # type: ignore[attr-defined]
    assert [one.again for one in found].count(False) == 1  # type: ignore[attr-defined]
    assert Entry.objects.filter(stream=f"case:{case.pk}", kind="task.answered").count() == 1


def test_two_members_cannot_both_decide(lasting_world: World) -> None:
    world = lasting_world
    case = submitted(world)
    for step in AGENCIES:
        propose(world.officers[step], task_of(case, step), True, "", {}, NOW + DAY)
        validate(world.supervisors[step], task_of(case, step), NOW + DAY)
    found = at_once(
        lambda: decide(world.member, type(case).objects.get(pk=case.pk), True, "", NOW + DAY),
        lambda: decide(world.member, type(case).objects.get(pk=case.pk), False, "motif", NOW + DAY),
    )
    assert [isinstance(one, ImpossibleAct) for one in found].count(True) == 1
    assert case.decisions.count() == 1


@pytest.mark.django_db
def test_an_act_that_fails_leaves_nothing_behind(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    case = submitted(world)
    task = task_of(case, "cnss")
    entries = Entry.objects.count()

    def broken(*_given: object, **_named: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("minassa.onestop.acting.chained", broken)
    with pytest.raises(RuntimeError), transaction.atomic():
        propose(world.officers["cnss"], task, True, "", {}, NOW + DAY)
    case.refresh_from_db()
    assert task_of(case, "cnss").state == TaskState.OPEN
    assert (case.version, Entry.objects.count()) == (case.version, entries)
