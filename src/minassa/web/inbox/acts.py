"""Acts on a task from its page: proposal, validation, return, request for complements, assignment."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from minassa.onestop.models import Task
from minassa.onestop.public import (
    CaseError,
    assign,
    give_back,
    propose,
    say,
    send_back,
    validate,
)
from minassa.web.access import PageRequest, page
from minassa.web.cases.drafting import version_of
from minassa.web.cases.subjects import the_task
from minassa.web.doing import UNPROCESSABLE, done_or_said
from minassa.web.inbox.colleagues import colleagues
from minassa.web.inbox.task import show_task


def _done_or_said(request: PageRequest, task: Task, form: str, act: Callable[[], object], done: str) -> HttpResponse:
    """Do it and go where the form says; when it is refused, the page with the sentence beside the form."""
    on_to_inbox = request.POST.get("suite") == "bannette"
    return done_or_said(
        request,
        task,
        act,
        done,
        back=lambda: reverse("inbox") if on_to_inbox else reverse("task", args=[task.case.uuid, task.step]),
        said=lambda error, status: show_task(request, task, failed=form, error=error, status=status),
        family=CaseError,
    )


def round_of(request: PageRequest) -> int | None:
    """The round of the task that the person had before their eyes."""
    text = request.POST.get("round", "")
    return int(text) if text.isdecimal() and len(text) < 6 else None  # noqa: PLR2004 (no longer number)


@require_POST
@page("task.propose", subject=the_task)
def propose_answer(request: PageRequest, task: Task) -> HttpResponse:
    """Propose the answer of the body; another hand validates it."""
    said, ground = request.POST.get("answer", ""), request.POST.get("ground", "")
    if said not in {"favorable", "defavorable"}:
        error = CaseError(_("Choisissez : favorable ou défavorable."))
        return show_task(request, task, failed="answer", error=error, status=UNPROCESSABLE)
    return _done_or_said(
        request,
        task,
        "answer",
        lambda: propose(
            request.actor, task, said == "favorable", ground, {}, timezone.now(), round_seen=round_of(request)
        ),
        _("La réponse est proposée : un responsable du service la valide."),
    )


@require_POST
@page("task.validate", subject=the_task)
def validate_answer(request: PageRequest, task: Task) -> HttpResponse:
    """Validate what another proposed."""
    version = version_of(request.POST)
    return _done_or_said(
        request,
        task,
        "check",
        lambda: validate(request.actor, task, timezone.now(), expected=version),
        _("La réponse est validée : elle est donnée au dossier."),
    )


@require_POST
@page("task.validate", subject=the_task)
def return_answer(request: PageRequest, task: Task) -> HttpResponse:
    """Give a proposal back to its maker, with the reason."""
    reason, version = request.POST.get("reason", ""), version_of(request.POST)
    return _done_or_said(
        request,
        task,
        "check",
        lambda: give_back(request.actor, task, reason, timezone.now(), expected=version),
        _("La proposition est rendue à son auteur."),
    )


@require_POST
@page("task.send_back", subject=the_task)
def ask_complement(request: PageRequest, task: Task) -> HttpResponse:
    """Ask the enterprise for something more, gathered with what the others ask, or at once."""
    posted = request.POST
    items = [{"key": key, "note": posted.get(f"note-{key}", "")} for key in posted.getlist("item")]
    at_once = posted.get("at_once") == "oui"
    return _done_or_said(
        request,
        task,
        "complement",
        lambda: send_back(request.actor, task, items, timezone.now(), at_once=at_once, round_seen=round_of(request)),
        _("La demande est faite : l'entreprise la reçoit avec celles des autres administrations."),
    )


@require_POST
@page("task.assign", subject=the_task)
def assign_task(request: PageRequest, task: Task) -> HttpResponse:
    """Give the task to oneself, to a colleague, or to nobody."""
    wanted = request.POST.get("to", "")
    people = {str(account.uuid): account for account in colleagues(request.actor)}
    own = {account.pk: account for account in people.values()}
    to = own.get(request.actor.account_id or 0) if wanted == "moi" else people.get(wanted)
    if to is None and wanted != "personne":
        error = CaseError(_("Choisissez une personne du service."))
        return show_task(request, task, failed="assign", error=error, status=UNPROCESSABLE)
    return _done_or_said(
        request, task, "assign", lambda: assign(request.actor, task, to, timezone.now()), _("La tâche est attribuée.")
    )


@require_POST
@page("task.open", subject=the_task)
def say_on_task(request: PageRequest, task: Task) -> HttpResponse:
    """Write a message in the case, from the page of the task."""
    text, body = request.POST.get("text", ""), request.POST.get("to", "")[:30]
    return _done_or_said(
        request,
        task,
        "message",
        lambda: say(request.actor, task.case, text, body, timezone.now()),
        _("Le message est envoyé."),
    )
