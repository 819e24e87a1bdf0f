"""Lists of cases and of tasks: who may see what is a column, pages follow a cursor, nothing is counted beyond a cap.

A cursor holds the sort key of the last row seen: the next page starts there in the index, as fast at any depth, and
rows that arrive meanwhile neither repeat nor hide others.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Generic, TypeVar

from django.db.models import BooleanField, Exists, Model, OuterRef, Q, QuerySet
from django.db.models.expressions import RawSQL
from django.utils.translation import gettext as _

from minassa.onestop.case_models import Case, CaseState, Task, TaskState
from minassa.onestop.errors import CaseError
from minassa.onestop.policies import FIRM, NOT_SUBMITTED, OVERSEERS, of_bodies
from minassa.onestop.states import PENDING_TASKS, RUNNING_STATES
from minassa.registry.models import Role
from minassa.registry.public import Actor, require

PAGE: Final = 25
MOST_A_PAGE: Final = 200
CAP: Final = 500
Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True, slots=True)
class Filters:
    """What a list is narrowed to; the default narrows nothing.

    `states`: of cases or tasks. `reference`: beginning of a reference. `due_before`: running, due before. `place` and
    `procedure`: a code. `assignee`: an account, 0 for nobody. `enterprise`: a key of the registry. `pending`:
    tasks that are still awaited only, by the nearest deadline; otherwise the latest first.
    """

    states: tuple[str, ...] = ()
    procedure: str = ""
    place: int = 0
    due_before: datetime | None = None
    assignee: int | None = None
    reference: str = ""
    enterprise: int = 0
    pending: bool = True


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """One page of a list; `next`: the cursor of the next one, empty on the last."""

    rows: list[Row]
    next: str


def cases_for(actor: Actor, filters: Filters, cursor: str = "", size: int = PAGE) -> Page[Case]:
    """A page of the cases that an actor may see, the latest first, with procedure and enterprise: one query."""
    require(actor, "case.list")
    rows = visible_cases(actor, filters)
    if cursor:
        rows = rows.filter(pk__lt=_read(cursor, "c")[0])
    rows = rows.select_related("procedure", "enterprise").defer("procedure__content").order_by("-pk")
    return _page(rows, size, lambda case: _cursor("c", case.pk))


def tasks_for(actor: Actor, filters: Filters, cursor: str = "", size: int = PAGE) -> Page[Task]:
    """A page of the tasks of the bodies where the actor works: the most urgent first, or the latest first."""
    require(actor, "task.list")
    rows = _tasks(actor, filters)
    if filters.pending:
        if cursor:
            due, number = _read(cursor, "d")
            rows = rows.filter(_after("(onestop_task.due_at, onestop_task.id) > (%s::timestamptz, %s)", due, number))
        rows = rows.order_by("due_at", "pk")
        key: Callable[[Task], str] = lambda task: _cursor("d", task.due_at.isoformat(), task.pk)  # noqa: E731
    else:
        if cursor:
            rows = rows.filter(pk__lt=_read(cursor, "t")[0])
        rows = rows.order_by("-pk")
        key = lambda task: _cursor("t", task.pk)  # noqa: E731
    related = rows.select_related("case", "case__enterprise", "case__procedure", "body", "assignee")
    return _page(related.defer("case__procedure__content"), size, key)


def visible_cases(actor: Actor, filters: Filters) -> QuerySet[Case]:
    """The cases that an actor may see under filters, in no order."""
    return Case.objects.filter(_narrow_cases(filters)).filter(_may_see(actor))


def count_cases(actor: Actor, filters: Filters) -> int:
    """How many cases a list has, `CAP` standing for that many or more."""
    return visible_cases(actor, filters).order_by()[:CAP].count()


def count_tasks(actor: Actor, filters: Filters) -> int:
    """How many tasks a list has, `CAP` standing for that many or more."""
    return _tasks(actor, filters).order_by()[:CAP].count()


def _may_see(actor: Actor) -> Q:
    """The condition that `case.open` states for one case, over the table."""
    seen = Q(enterprise__in=actor.enterprises(*FIRM)) if actor.mandates else Q()
    submitted = Q(submitted_at__isnull=False)
    if actor.has_role(*OVERSEERS):
        return seen | submitted if actor.mandates else submitted
    # The tasks of a P2I manager are in its places, which are a column: no task has to be looked for.
    elsewhere = any(each.role != Role.PARK_MANAGER for each in actor.appointments)
    if elsewhere or actor.client_body:
        working = Q(Exists(Task.objects.filter(of_bodies(actor), case=OuterRef("pk")))) & submitted
        seen = seen | working if seen else working
    if actor.places:
        here = submitted & Q(place__in=actor.places)
        seen = seen | here if seen else here
    return seen or Q(pk__in=())


def _narrow_cases(filters: Filters) -> Q:
    found = Q()
    if filters.states:
        found &= Q(state__in=[CaseState(state) for state in filters.states])
    if filters.procedure:
        found &= Q(procedure_code=filters.procedure)
    if filters.place:
        found &= Q(place=filters.place)
    if filters.due_before:
        found &= Q(due_at__lt=filters.due_before, state__in=sorted(RUNNING_STATES))
    if filters.enterprise:
        found &= Q(enterprise=filters.enterprise)
    if filters.reference:
        found &= Q(reference__startswith=filters.reference.strip().upper())
    return found


def _tasks(actor: Actor, filters: Filters) -> QuerySet[Task]:
    rows = Task.objects.filter(of_bodies(actor))
    if filters.pending:
        rows = rows.filter(state__in=sorted(PENDING_TASKS))
    if filters.states:
        rows = rows.filter(state__in=[TaskState(state) for state in filters.states])
    if filters.procedure:
        rows = rows.filter(procedure_code=filters.procedure)
    if filters.place:
        rows = rows.filter(place=filters.place)
    if filters.due_before:
        rows = rows.filter(due_at__lt=filters.due_before)
    if filters.assignee is not None:
        rows = rows.filter(assignee=filters.assignee) if filters.assignee else rows.filter(assignee__isnull=True)
    if filters.enterprise:
        rows = rows.filter(case__enterprise=filters.enterprise)
    if filters.reference:
        rows = rows.filter(case__reference__startswith=filters.reference.strip().upper())
    return rows


def _after(condition: str, *values: object) -> RawSQL:
    """A comparison of rows, which PostgreSQL reads straight in the index; its text is written here, never given."""
    return RawSQL(condition, values, output_field=BooleanField())  # noqa: S611


def _page(rows: QuerySet[Row], size: int, key: Callable[[Row], str]) -> Page[Row]:
    wanted = max(1, min(size, MOST_A_PAGE))
    found = list(rows[: wanted + 1])
    return Page(found[:wanted], key(found[wanted - 1]) if len(found) > wanted else "")


def _cursor(kind: str, *key: object) -> str:
    return base64.urlsafe_b64encode(json.dumps([kind, *key]).encode()).decode().rstrip("=")


def _read(cursor: str, kind: str) -> list[Any]:
    try:
        written, *key = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        fits = written == kind and isinstance(key[-1], int) and (kind != "d" or datetime.fromisoformat(key[0]))
    except (binascii.Error, UnicodeDecodeError, ValueError, TypeError, IndexError):
        fits = False
    if not fits:
        raise CaseError(_("Cette page de la liste n'existe pas : revenez au début."))
    return list(key)


def states_shown(actor: Actor) -> list[str]:
    """The states of cases that a list of this actor can hold: drafts are seen by the firm alone."""
    return [state.value for state in CaseState if actor.mandates or state not in NOT_SUBMITTED]
