"""The work plan of a commission: actions with who does them and by when; each move is a row that nobody changes."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from minassa.commissions.errors import CommissionError, ImpossibleStep, StaleRow
from minassa.commissions.known import Commission
from minassa.commissions.models import Action, ActionMove, ActionState, Member, Point
from minassa.commissions.seating import stream_of
from minassa.commissions.states import NEXT
from minassa.delays import instant_of, local_day
from minassa.journal.public import append
from minassa.registry.acting import RowAct, acting_on_row
from minassa.registry.public import Actor, require


def plan_action(
    actor: Actor,
    one: Commission,
    what: str,
    owner: Member,
    due_on: date,
    at: datetime,
    *,
    point: Point | None = None,
    synthetic: bool = False,
) -> Action:
    """Put an action in the work plan. CommissionError for nothing said, what is of elsewhere, a day gone by."""
    require(actor, "commission.write", one)
    said = " ".join(what.replace("\x00", "").split())
    if not said:
        raise CommissionError(_("Dites l'action."))
    if owner.commission != one.code or owner.until is not None:
        raise CommissionError(_("Qui mène l'action est un membre de la commission."))
    if point is not None and point.sitting.commission != one.code:
        raise CommissionError(_("Ce point n'est pas d'une séance de la commission."))
    if due_on < local_day(instant_of(at)):
        raise CommissionError(_("L'échéance est à venir."))
    with transaction.atomic():
        made = Action.objects.create(
            commission=one.code,
            what=said[:300],
            owner=owner,
            point=point,
            due_on=due_on,
            synthetic=synthetic,
            by=str(actor),
            at=at,
            touched_at=at,
        )
        append(stream_of(one.code), "commission.action-planned", str(actor), {"action": str(made.uuid)}, at)
    return made


def move_action(
    actor: Actor, action: Action, state: str, said: str, at: datetime, *, expected: int | None = None
) -> ActionMove:
    """Move an action, saying why it is given up. ImpossibleStep for a state that does not follow."""

    def stale(_row: Action) -> StaleRow:
        return StaleRow(_("Quelqu'un a changé cette action entre-temps : relisez, puis recommencez."))

    def act_on(row: Action) -> RowAct[Action]:
        return RowAct(row, actor, at, stream_of(row.commission))

    why = " ".join(said.replace("\x00", "").split())[:300]
    with acting_on_row(action, act_on, actor, "commission.part", expected, stale) as act:
        before = ActionState(act.row.state)
        if state not in NEXT[before]:
            refusal = _("L'action est « %(state)s » : cela ne peut pas s'y faire.")
            raise ImpossibleStep(refusal % {"state": before.label})
        if state == ActionState.DROPPED and not why:
            raise CommissionError(_("Dites pourquoi l'action est abandonnée."))
        act.set(state=ActionState(state))
        moved = ActionMove.objects.create(
            action=act.row, before=before, after=state, said=why, by=str(actor), at=act.at
        )
        act.tell("commission.action-moved", action=str(act.row.uuid), state=state)
    return moved
