"""Who works beside an actor, to give them tasks and to see the load of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from statistics import median_low
from typing import Final

from django.db.models import Count, Q
from django.utils import timezone

from minassa.onestop.models import Task, TaskState
from minassa.onestop.policies import WORKERS, of_bodies
from minassa.onestop.public import Filters, tasks_for
from minassa.registry.models import Account, Appointment
from minassa.registry.public import Actor, in_force

LAST_ANSWERS: Final = 200
"""How many of the last answers the delays of a service are read on."""


@dataclass(frozen=True, slots=True)
class Load:
    """The work of one person of the service; `account` None: tasks given to nobody."""

    account: Account | None
    waiting: int
    late: int


@dataclass(frozen=True, slots=True)
class Delays:
    """How long answers took: of the service, or of one person. Durations in seconds."""

    answered: int
    late: int
    median: int | None
    slowest: int | None


def colleagues(actor: Actor) -> list[Account]:
    """Accounts that work in the actor's bodies today, the actor's included, by address."""
    bodies = {held.body_id for held in actor.appointments if held.role in WORKERS}
    working = Appointment.objects.filter(in_force(timezone.localdate()), body__in=bodies, role__in=WORKERS)
    return list(Account.objects.filter(pk__in=working.values("account"), is_active=True).order_by("email"))


def loads(actor: Actor, now: datetime) -> list[Load]:
    """The load of each colleague, then of tasks given to nobody: one query for all."""
    rows = (
        Task.objects.filter(of_bodies(actor), state__in=[TaskState.OPEN, TaskState.PROPOSED])
        .values("assignee")
        .annotate(waiting=Count("pk"), late=Count("pk", filter=Q(due_at__lt=now)))
        .order_by("assignee")
    )
    found: dict[int | None, tuple[int, int]] = {row["assignee"]: (row["waiting"], row["late"]) for row in rows}
    people: list[Account | None] = [*colleagues(actor), None]
    return [Load(each, *found.get(each.pk if each else None, (0, 0))) for each in people]


def delays(actor: Actor) -> tuple[Delays, Delays]:
    """How long the last answers took: those the actor proposed, and those of the whole service."""
    answered = tasks_for(actor, Filters(states=(TaskState.ANSWERED,), pending=False), size=LAST_ANSWERS).rows
    return _delays([task for task in answered if task.maker == str(actor)]), _delays(answered)


def _delays(answered: Sequence[Task]) -> Delays:
    times = [int((task.answered_at - task.opened_at).total_seconds()) for task in answered if task.answered_at]
    late = sum(1 for task in answered if task.answered_at and task.answered_at > task.due_at)
    return Delays(len(times), late, median_low(times) if times else None, max(times) if times else None)
