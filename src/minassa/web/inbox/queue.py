"""The queue of those who work on cases: by urgency, with filters in the address, saved views, work in numbers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models.functions import JSONObject
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from minassa.onestop.models import SavedView, Task
from minassa.onestop.public import CAP, CaseError, Filters, Page, TaskState, tasks_counted, tasks_for, together
from minassa.registry.models import Account
from minassa.registry.public import Actor, allowed
from minassa.vocabulary.places import places
from minassa.web.access import PageRequest, page
from minassa.web.cases.lists import SOON
from minassa.web.cases.showing import (
    Deadline,
    body_names,
    deadline,
    latest_procedures,
    place_choices,
    place_name,
    procedure_names,
)
from minassa.web.cases.tables import FORMATS, MOST, exported
from minassa.web.inbox.colleagues import colleagues
from minassa.web.inbox.steps import step_label
from minassa.web.listing import instant

NAMES: Final = ("etat", "demarche", "lieu", "echeance", "reference", "attribution")
PENDING: Final = ("open", "proposed", "sent_back")
WORKING: Final = ("open", "proposed")
BATCH: Final = 200


@dataclass(frozen=True, slots=True)
class Row:
    """A task of the queue."""

    task: Task
    key: str
    step: str
    deadline: Deadline | None
    to_check: bool


@require_GET
@page("case.list")
def inbox(request: PageRequest) -> HttpResponse:
    """The queue; who has no task but decides is led to the cases to decide."""
    actor, now = request.actor, timezone.now()
    if not allowed(actor, "task.list"):
        return HttpResponseRedirect(reverse("inbox-decide"))
    people = colleagues(actor)
    filters = asked_filters(request.GET, actor, people, now)
    if request.GET.get("format") in FORMATS:
        return _file(actor, filters, now, request.GET["format"])
    trouble = ""
    found: Page[Task] = Page([], "")
    try:
        found = tasks_for(actor, filters, request.GET.get("after", ""))
    except CaseError as error:
        trouble = error.message
    around = _around(actor, filters, now)
    context = {
        "rows": [row_of(actor, task, now) for task in found.rows],
        "next": found.next,
        "total": around["total"],
        "cap": CAP,
        "trouble": trouble,
        "chosen": {name: request.GET.get(name, "") for name in NAMES},
        "filtered": any(request.GET.get(name) for name in NAMES),
        "states": [(state.value, state.label) for state in TaskState],
        "procedures": procedure_names(around["procedures"]).items(),
        "place_groups": place_choices(),
        "colleagues": people,
        "me": actor.account_id,
        "views": around["views"],
        "numbers": {name: around[name] for name in _counted(actor, now)},
        "checker": actor.has_role("supervisor"),
        "decider": actor.has_role("cto_member", "secretariat"),
        "query": request.GET.urlencode(),
        "export_most": MOST if found.next else 0,
    }
    return render(request, "web/inbox/queue.html", context)


def asked_filters(asked: Mapping[str, str], actor: Actor, people: Iterable[Account], now: datetime) -> Filters:
    """The filters of an address; one that means nothing narrows nothing. Answered tasks are seen when asked for.

    `people`: whose tasks may be asked for.
    """
    state, place = asked.get("etat", ""), asked.get("lieu", "")
    known = {str(one.code) for one in places()}
    return Filters(
        states=(state,) if state in TaskState.values else (),
        procedure=asked.get("demarche", "")[:40],
        place=int(place) if place in known else 0,
        due_before={"passee": now, "proche": now + SOON}.get(asked.get("echeance", "")),
        assignee=_assignee(asked.get("attribution", ""), actor, people),
        reference=asked.get("reference", "").replace("\x00", "")[:30],
        pending=state in {"", *PENDING},
    )


def _assignee(asked: str, actor: Actor, people: Iterable[Account]) -> int | None:
    if asked == "moi":
        return actor.account_id
    if asked == "personne":
        return 0
    return next((account.pk for account in people if str(account.uuid) == asked), None)


def row_of(actor: Actor, task: Task, now: datetime) -> Row:
    """A task as the queue shows it."""
    due = deadline(task.due_at, now) if task.state in {TaskState.OPEN, TaskState.PROPOSED} else None
    to_check = task.state == TaskState.PROPOSED and task.maker != str(actor) and allowed(actor, "task.validate", task)
    return Row(task, f"{task.case.uuid}/{task.step}", step_label(task), due, to_check)


def _counted(actor: Actor, now: datetime) -> dict[str, Filters]:
    """What is counted beside the queue: how much waits, how much is late, mine, to be checked by me."""
    return {
        "waiting": Filters(states=WORKING),
        "late": Filters(states=WORKING, due_before=now),
        "mine": Filters(states=WORKING, assignee=actor.account_id),
        "to_check": Filters(states=("proposed",), not_made_by=str(actor)),
    }


def _around(actor: Actor, filters: Filters, now: datetime) -> dict[str, Any]:
    """All that stands around the rows: how many there are, numbers of the service, saved views, procedures."""
    return together(
        actor,
        total=tasks_counted(actor, filters),
        views=_views(actor),
        procedures=latest_procedures(),
        **{name: tasks_counted(actor, counted) for name, counted in _counted(actor, now).items()},
    )


def _views(actor: Actor) -> ArraySubquery:
    own = SavedView.objects.filter(account=actor.account_id, page="inbox").order_by("name")
    return ArraySubquery(own.values(view=JSONObject(pk="pk", name="name", query="query")))


def _file(actor: Actor, filters: Filters, now: datetime, wanted: str) -> HttpResponse:
    headings = [
        _("Référence"),
        _("Entreprise"),
        _("Administration"),
        _("Objet"),
        _("Lieu"),
        _("État"),
        _("Attribuée à"),
        _("Reçue le"),
        _("Échéance"),
        _("Répondue le"),
    ]
    return exported("bannette", wanted, headings, _cells(actor, filters, now))


def _cells(actor: Actor, filters: Filters, now: datetime) -> Iterator[tuple[str, ...]]:
    names, cursor, left = body_names(), "", MOST
    while left > 0:
        found = tasks_for(actor, filters, cursor, size=min(BATCH, left))
        for task in found.rows:
            row = row_of(actor, task, now)
            instants = [instant(at) for at in (task.opened_at, task.due_at, task.answered_at)]
            yield (
                task.case.reference,
                task.case.enterprise.name,
                names.get(task.body.code, task.body.name),
                row.step,
                place_name(task.place),
                str(task.get_state_display()),
                _name(task.assignee),
                *instants,
            )
        left, cursor = left - len(found.rows), found.next
        if not cursor:
            return


def _name(account: Account | None) -> str:
    return str(account.full_name or account.email) if account else ""
