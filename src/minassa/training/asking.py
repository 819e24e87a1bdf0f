"""A plan of seats asked for: its settings kept, answered by the worker, changed by hand in a plan that follows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any, Final

from django.db import connection, transaction
from django.utils.translation import gettext as _

from minassa.delays import instant_of, local_day
from minassa.journal.public import append
from minassa.registry.public import Actor, require
from minassa.talent.seats.catalogue import Wanted
from minassa.training.errors import TrainingError
from minassa.training.plan_models import SeatPlan

LONGEST_NAME: Final = 60
YEARS: Final = range(2, 7)
MOST_SEATS: Final = 100_000
MOST_EDITS: Final = 100
_NAMES: Final = ("budget_year", "years", "stability", "floor")


Adjustment = tuple[str, int, int, int, str, int, int]
"""An edit that measured insertion proposed and a person accepted: programme, region, year, seats, move, bounds."""


def ask_plan(
    actor: Actor,
    name: str,
    wanted: Wanted,
    at: datetime,
    *,
    follows: SeatPlan | None = None,
    adjusted: Iterable[Adjustment] = (),
) -> SeatPlan:
    """Keep what is asked; the worker answers. TrainingError for settings that no plan can have.

    `adjusted`: the edits that come from measured insertion; those that are no edit of the plan any more are left out.
    """
    require(actor, "seats.plan")
    said = " ".join(name.replace("\x00", "").split())
    _check(said, wanted)
    with transaction.atomic():
        number = next_number("training_seatplan")
        plan = SeatPlan.objects.create(
            pk=number,
            reference=f"PP-{local_day(instant_of(at)).year}-{number:04d}",
            name=said,
            settings={
                **asdict(wanted),
                "edits": [list(one) for one in wanted.edits],
                "adjusted": [list(one) for one in adjusted if one[:4] in wanted.edits],
            },
            follows=follows,
            asked_by=str(actor),
            asked_at=at,
        )
        body = {"plan": plan.reference, "follows": follows.reference if follows else "", "settings": plan.settings}
        append(stream_of(plan), "seats.asked", str(actor), body, at)
    return plan


def edit_plan(actor: Actor, plan: SeatPlan, edit: tuple[str, int, int, int], at: datetime) -> SeatPlan:
    """The plan that follows, with these seats (programme, region, year, seats) fixed, whatever fixed them before."""
    wanted = wanted_of(plan)
    edits = (*(one for one in wanted.edits if one[:3] != edit[:3]), edit)
    return ask_plan(actor, plan.name, replace(wanted, edits=edits), at, follows=plan, adjusted=adjusted_of(plan))


def free_plan(actor: Actor, plan: SeatPlan, edit: tuple[str, int, int], at: datetime) -> SeatPlan:
    """The plan that follows, with one edit less."""
    wanted = wanted_of(plan)
    return ask_plan(
        actor,
        plan.name,
        replace(wanted, edits=tuple(one for one in wanted.edits if one[:3] != edit)),
        at,
        follows=plan,
        adjusted=adjusted_of(plan),
    )


def accept_adjustment(actor: Actor, plan: SeatPlan, accepted: Adjustment, at: datetime) -> SeatPlan:
    """The plan that follows, with seats that measured insertion proposed and a person accepts."""
    wanted = wanted_of(plan)
    edits = (*(one for one in wanted.edits if one[:3] != accepted[:3]), accepted[:4])
    adjusted = (*adjusted_of(plan), accepted)
    return ask_plan(actor, plan.name, replace(wanted, edits=edits), at, follows=plan, adjusted=adjusted)


def adjusted_of(plan: SeatPlan) -> tuple[Adjustment, ...]:
    """The edits of a plan that come from measured insertion."""
    told: list[list[Any]] = plan.settings.get("adjusted", [])
    return tuple((code, region, year, seats, move, low, high) for code, region, year, seats, move, low, high in told)


def wanted_of(plan: SeatPlan) -> Wanted:
    """What a plan asks for."""
    told: dict[str, Any] = plan.settings
    edits = tuple((str(code), int(region), int(year), int(seats)) for code, region, year, seats in told["edits"])
    return Wanted(**{**{name: told[name] for name in _NAMES}, "edits": edits})


def stream_of(plan: SeatPlan) -> str:
    """The stream of a plan in the journal."""
    return f"seat-plan:{plan.pk}"


def next_number(table: str) -> int:
    """The number that the next row of a table will bear, taken now so that its reference can hold it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence(%s, 'id'))", [table])
        return int(cursor.fetchone()[0])


def _check(name: str, wanted: Wanted) -> None:
    if not name or len(name) > LONGEST_NAME:
        raise TrainingError(_("Donnez un nom au plan, en %(most)d caractères au plus.") % {"most": LONGEST_NAME})
    if wanted.years not in YEARS or wanted.budget_year < 0:
        raise TrainingError(_("Un plan porte sur deux à six ans, avec un budget qui n'est pas négatif."))
    if len(wanted.edits) > MOST_EDITS or any(not 0 <= one[3] <= MOST_SEATS for one in wanted.edits):
        raise TrainingError(_("Ces places fixées à la main ne sont pas possibles."))
