"""Lists of cases and of tasks: who may see what is a column, pages follow a cursor, nothing is counted beyond a cap.

A page of a list costs two queries: its rows, and all that stands around them (`together`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db.models import Exists, IntegerField, OuterRef, Q, QuerySet, Subquery

from minassa.onestop.case_models import Case, CaseState, Task, TaskState
from minassa.onestop.paging import BY_DEADLINE, BY_REFERENCE, BY_REFERENCE_OF_CASE, LATEST_FIRST, PAGE, Page
from minassa.onestop.policies import FIRM, NOT_SUBMITTED, OVERSEERS, of_bodies
from minassa.onestop.states import PENDING_TASKS, RUNNING_STATES
from minassa.registry.models import Account, Role
from minassa.registry.public import Actor, require

CAP: Final = 500


@dataclass(frozen=True, slots=True)
class Filters:
    """What a list is narrowed to; the default narrows nothing.

    `states`: of cases or tasks. `reference`: beginning of a reference. `due_from`, `due_before`: running, due from then
    on, before then. `place` and `procedure`: a code. `assignee`: an account, 0 for nobody. `enterprise`: a key of the
    registry. `not_made_by`: answers that someone else proposed. `pending`: tasks that are still awaited only, by the
    nearest deadline; otherwise the latest first.
    """

    states: tuple[str, ...] = ()
    procedure: str = ""
    place: int = 0
    due_from: datetime | None = None
    due_before: datetime | None = None
    assignee: int | None = None
    reference: str = ""
    enterprise: int = 0
    not_made_by: str = ""
    pending: bool = True


def cases_for(actor: Actor, filters: Filters, cursor: str = "", size: int = PAGE) -> Page[Case]:
    """A page of the cases that an actor may see, with procedure and enterprise: one query.

    The latest first; by deadline when one was asked for, the most urgent first; by reference when its beginning was.
    """
    require(actor, "case.list")
    order = BY_REFERENCE if filters.reference else BY_DEADLINE if filters.due_before else LATEST_FIRST
    related = visible_cases(actor, filters).select_related("procedure", "enterprise")
    return order.page(related.defer("answers", "procedure__content"), cursor, size)


def tasks_for(actor: Actor, filters: Filters, cursor: str = "", size: int = PAGE) -> Page[Task]:
    """A page of the tasks of the bodies where the actor works: the most urgent first, or the latest first.

    By reference of their case when its beginning was asked for.
    """
    require(actor, "task.list")
    order = BY_REFERENCE_OF_CASE if filters.reference else BY_DEADLINE if filters.pending else LATEST_FIRST
    related = _tasks(actor, filters).select_related("case", "case__enterprise", "body", "assignee")
    return order.page(related.defer("data", "case__answers"), cursor, size)


def visible_cases(actor: Actor, filters: Filters) -> QuerySet[Case]:
    """The cases that an actor may see under filters, in no order."""
    return Case.objects.filter(_narrow_cases(filters)).filter(_may_see(actor))


class CountOf(Subquery):
    """How many rows a query has, `CAP` standing for that many or more, as one value among others of one query."""

    template = "(SELECT count(*) FROM (%(subquery)s) AS counted)"
    output_field = IntegerField()
    empty_result_set_value = 0

    def __init__(self, rows: QuerySet[Any]) -> None:
        super().__init__(rows.order_by().values("pk")[:CAP])


def cases_counted(actor: Actor, filters: Filters) -> CountOf:
    """How many cases a list has, to be read by `together`."""
    return CountOf(visible_cases(actor, filters))


def tasks_counted(actor: Actor, filters: Filters) -> CountOf:
    """How many tasks a list has, to be read by `together`."""
    return CountOf(_tasks(actor, filters))


def together(actor: Actor, **values: Subquery) -> dict[str, Any]:
    """Values that do not depend on one another (counts, lists), read in one query for someone with an account."""
    return dict(Account.objects.filter(pk=actor.account_id or 0).values(**values).get())


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
    if filters.due_from:
        found &= Q(due_at__gte=filters.due_from, state__in=sorted(RUNNING_STATES))
    if filters.enterprise:
        found &= Q(enterprise=filters.enterprise)
    if filters.reference:
        found &= Q(reference__startswith=filters.reference.strip().upper())
    return found


def _tasks(actor: Actor, filters: Filters) -> QuerySet[Task]:
    rows = Task.objects.filter(of_bodies(actor), _narrow_tasks(filters))
    return rows.exclude(maker=filters.not_made_by) if filters.not_made_by else rows


def _narrow_tasks(filters: Filters) -> Q:
    asked = {
        "state__in": [TaskState(state) for state in filters.states],
        "procedure_code": filters.procedure,
        "place": filters.place,
        "due_at__gte": filters.due_from,
        "due_at__lt": filters.due_before,
        "case__enterprise": filters.enterprise,
        "case__reference__startswith": filters.reference.strip().upper(),
    }
    found = Q(**{name: value for name, value in asked.items() if value})
    if filters.pending:
        found &= Q(state__in=sorted(PENDING_TASKS))
    return found if filters.assignee is None else found & Q(assignee=filters.assignee or None)


def states_shown(actor: Actor) -> list[str]:
    """The states of cases that a list of this actor can hold: drafts are seen by the firm alone."""
    return [state.value for state in CaseState if actor.mandates or state not in NOT_SUBMITTED]
