"""An agency needs something more: what it asks joins the single request for complements of the case (law 55-19)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from minassa.onestop.case_models import Task
from minassa.onestop.errors import CaseError, ComplementAlreadyAsked
from minassa.onestop.file_models import Complement
from minassa.onestop.joining import after_tasks, ask
from minassa.onestop.procedure_schema import Procedure
from minassa.onestop.states import TaskEvent, task_after
from minassa.onestop.tasks import OnTask, on_task, same_round
from minassa.registry.public import Actor

LONGEST_NOTE = 1_000


def send_back(
    actor: Actor,
    task: Task,
    items: Sequence[Mapping[str, str]],
    at: datetime,
    *,
    at_once: bool = False,
    round_seen: int | None = None,
    expected: int | None = None,
) -> Task:
    """Ask the enterprise for `items`, each `{"key": field or document of the procedure, "note": why}`.

    The request goes out when every agency has spoken, or `at_once`; the agencies still at work then go on, but can ask
    for nothing more: ComplementAlreadyAsked, since the law allows one request a case.
    """
    with on_task(actor, "task.send_back", task, at, expected) as on:
        same_round(on.task, round_seen)
        if Complement.objects.filter(case=on.act.case).exists():
            raise ComplementAlreadyAsked(
                _("Le complément unique de ce dossier a déjà été demandé : répondez sur ce que vous avez."),
                case=on.act.case.reference,
            )
        asked = _items(on.act.procedure, items)
        on.task.state = task_after(on.task.state, TaskEvent.SEND_BACK)
        on.task.data = {"items": asked}
        on.task.maker = str(actor)
        on.task.save(update_fields=["state", "data", "maker"])
        on.act.tell("task.sent_back", step=on.task.step, body=on.task.body.code, keys=[item["key"] for item in asked])
        _follow(on, at_once=at_once)
    return task


def _follow(on: OnTask, *, at_once: bool) -> None:
    """The clock of the agency stops: it has spoken. Asked at once or gathered, the request then goes out."""
    on.close_lane()
    if at_once:
        ask(on.act, on.all)
    else:
        after_tasks(on.act, on.all)


def _items(procedure: Procedure, items: Sequence[Mapping[str, str]]) -> list[dict[str, str]]:
    known = {asked.key for asked in (*procedure.fields, *procedure.requirements)}
    found = []
    for item in items:
        key, note = str(item.get("key", "")), str(item.get("note", "")).strip()
        if key not in known:
            raise CaseError(_("On ne demande que ce que la démarche publie : « %(key)s » n'y est pas.") % {"key": key})
        found.append({"key": key, "note": note[:LONGEST_NOTE]})
    if not found:
        raise CaseError(_("Indiquez ce qui manque : au moins un champ ou une pièce."))
    return found
