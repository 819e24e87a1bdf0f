"""One act on several tasks: each in its own transaction, its outcome said row by row."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Final
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from minassa.onestop.models import Task
from minassa.onestop.public import assign, propose, validate
from minassa.registry.models import Account
from minassa.registry.public import Actor
from minassa.vocabulary.errors import MinassaError
from minassa.web.access import PageRequest, page
from minassa.web.cases.subjects import the_task
from minassa.web.inbox.colleagues import colleagues

FAVOURABLE: Final = True
MOST: Final = 100
KEPT: Final = "inbox-outcomes"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one row."""

    reference: str
    address: str
    done: bool
    sentence: str


@require_POST
@page("task.list")
def together(request: PageRequest) -> HttpResponse:
    """Do the chosen act on each row that was checked, then say what became of each."""
    keys = list(dict.fromkeys(request.POST.getlist("task")))[:MOST]
    act = _act(request.actor, request.POST.get("act", ""), request.POST.get("to", ""))
    outcomes = [_outcome(request.actor, key, act) for key in keys] if act else []
    request.session[KEPT] = [asdict(outcome) for outcome in outcomes]
    request.session[f"{KEPT}-back"] = request.POST.get("query", "")[:500]
    return HttpResponseRedirect(reverse("inbox-outcomes"))


@require_GET
@page("task.list")
def outcomes_page(request: PageRequest) -> HttpResponse:
    """What became of each row of the last act on several tasks."""
    outcomes = request.session.get(KEPT, [])
    context = {
        "outcomes": outcomes,
        "done": sum(1 for outcome in outcomes if outcome["done"]),
        "back": request.session.get(f"{KEPT}-back", ""),
    }
    return render(request, "web/inbox/outcomes.html", context)


def _act(actor: Actor, wanted: str, to: str) -> Callable[[Task], str] | None:
    """The act asked, as a function of a task that gives the sentence of its success."""
    people = {str(account.uuid): account for account in colleagues(actor)}
    own = {account.pk: account for account in people.values()}
    if wanted == "favorable":
        return lambda task: _proposed(actor, task)
    if wanted == "valider":
        return lambda task: _validated(actor, task)
    target = own.get(actor.account_id or 0) if wanted == "moi" else people.get(to) if wanted == "attribuer" else None
    return (lambda task: _assigned(actor, task, target)) if target else None


def _proposed(actor: Actor, task: Task) -> str:
    propose(actor, task, FAVOURABLE, "", {}, timezone.now(), round_seen=task.round)
    return _("réponse favorable proposée, à valider par un responsable")


def _validated(actor: Actor, task: Task) -> str:
    validate(actor, task, timezone.now())
    return _("réponse validée")


def _assigned(actor: Actor, task: Task, to: Account) -> str:
    assign(actor, task, to, timezone.now())
    return _("attribuée à %(name)s") % {"name": to.full_name or to.email}


def _outcome(actor: Actor, key: str, act: Callable[[Task], str]) -> Outcome:
    number, _slash, step = key.partition("/")
    try:
        task = the_task(actor, UUID(number), step)
    except (ValueError, ObjectDoesNotExist):
        task = None
    if task is None:
        return Outcome("—", "", done=False, sentence=_("Cette tâche n'est pas dans votre bannette."))
    address = reverse("task", args=[task.case.uuid, task.step])
    try:
        return Outcome(task.case.reference, address, done=True, sentence=act(task))
    except MinassaError as error:
        return Outcome(task.case.reference, address, done=False, sentence=error.message)
