"""The fast track of the one-stop shop: a case whose occupation is listed in its region on the day of its deposit."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from minassa.delays import instant_of, local_day
from minassa.onestop.models import Case
from minassa.onestop.tracks import ACCEPTED, CHANGED, REFUSED, WITHDRAWN, Entered, Track, Tracks
from minassa.registry.public import Actor
from minassa.visas.errors import QuotaFull
from minassa.visas.listing import entry_of, list_in_force
from minassa.visas.quota import give_back, moved, take_place
from minassa.visas.visa_models import Move, Visa, VisaState
from minassa.vocabulary.places import places

CODE: Final = "talent_visa"
OCCUPATION: Final = "occupation"
"""The field of the procedure that names the occupation."""
_FREED: Final = {REFUSED: Move.REFUSED, WITHDRAWN: Move.WITHDRAWN, CHANGED: Move.CHANGED}


def region_of(place: int) -> int:
    """The region of a place; 0 for none."""
    return next((one.region for one in places() if one.code == place), 0)


def enter(case: Case, actor: Actor, at: datetime) -> Entered:
    """Take a case when its occupation is listed in its region that day and a place of the quota is left."""
    occupation, on = str(case.answers.get(OCCUPATION) or ""), local_day(instant_of(at))
    if not occupation:
        return Entered(taken=False, told={"reason": "no_occupation"})
    listed = list_in_force(on)
    if listed is None:
        return Entered(taken=False, told={"reason": "no_list"})
    region = region_of(case.place)
    told = {"list": listed.number, "occupation": occupation, "region": region}
    if entry_of(listed, occupation, region) is None:
        return Entered(taken=False, told={**told, "reason": "not_listed"})
    try:
        take_place(on.year, region, case.enterprise_id, on)
    except QuotaFull as full:
        return Entered(taken=False, told={**told, "reason": "quota", "scope": str(full.details["scope"])})
    visa = Visa.objects.create(
        case=case,
        enterprise_id=case.enterprise_id,
        listed=listed,
        occupation=occupation,
        region=region,
        year=on.year,
        filed_on=on,
    )
    moved(actor, visa, Move.RESERVED, at)
    return Entered(taken=True, told={**told, "reason": "listed"})


def holds(case: Case) -> bool:
    """Whether the case still is about the occupation and the region that were taken."""
    visa = Visa.objects.get(case=case)
    return visa.occupation == case.answers.get(OCCUPATION) and visa.region == region_of(case.place)


def leave(case: Case, how: str, actor: Actor, at: datetime) -> None:
    """A case is decided, withdrawn or changed: its place is kept, or given back.

    A refusal gives the place back; accepted on appeal afterwards, the case takes one again if one is left, and is else
    an ordinary authorisation: nothing is ever granted over the quota.
    """
    visa = Visa.objects.select_for_update().get(case=case)
    if how == ACCEPTED:
        _accepted(visa, actor, at)
    elif visa.state == VisaState.RESERVED:
        give_back(visa)
        visa.state = VisaState.REFUSED if how == REFUSED else VisaState.FREED
        visa.save(update_fields=["state"])
        moved(actor, visa, _FREED[how], at)


def _accepted(visa: Visa, actor: Actor, at: datetime) -> None:
    on = local_day(instant_of(at))
    if visa.state == VisaState.REFUSED:
        try:
            take_place(visa.year, visa.region, visa.enterprise_id, on)
        except QuotaFull:
            moved(actor, visa, Move.OUTSIDE, at)
            return
    visa.state, visa.granted_on = VisaState.GRANTED, on
    visa.save(update_fields=["state", "granted_on"])
    moved(actor, visa, Move.GRANTED, at)


Tracks.add(Track(CODE, enter, holds, leave))
