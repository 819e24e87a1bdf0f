"""A plan of seats asked for: its settings kept, answered by the worker, changed by hand in a plan that follows."""

from __future__ import annotations

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


def ask_plan(actor: Actor, name: str, wanted: Wanted, at: datetime, *, follows: SeatPlan | None = None) -> SeatPlan:
    """Keep what is asked; the worker answers. TrainingError for settings that no plan can have."""
    require(actor, "seats.plan")
    said = " ".join(name.replace("\x00", "").split())
    _check(said, wanted)
    with transaction.atomic():
        number = next_number("training_seatplan")
        plan = SeatPlan.objects.create(
            pk=number,
            reference=f"PP-{local_day(instant_of(at)).year}-{number:04d}",
            name=said,
            settings={**asdict(wanted), "edits": [list(one) for one in wanted.edits]},
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
    kept = tuple(one for one in wanted.edits if one[:3] != edit[:3])
    return ask_plan(actor, plan.name, replace(wanted, edits=(*kept, edit)), at, follows=plan)


def free_plan(actor: Actor, plan: SeatPlan, edit: tuple[str, int, int], at: datetime) -> SeatPlan:
    """The plan that follows, with one edit less."""
    wanted = wanted_of(plan)
    return ask_plan(
        actor,
        plan.name,
        replace(wanted, edits=tuple(one for one in wanted.edits if one[:3] != edit)),
        at,
        follows=plan,
    )


def wanted_of(plan: SeatPlan) -> Wanted:
    """What a plan asks for."""
    told: dict[str, Any] = plan.settings
    edits = tuple((str(code), int(region), int(year), int(seats)) for code, region, year, seats in told["edits"])
    return Wanted(**{**told, "edits": edits})


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
