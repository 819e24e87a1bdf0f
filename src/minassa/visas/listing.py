"""The shortage list: proposed as computed, decided by a committee, in force from a day on."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils.translation import gettext as _

from minassa.journal.public import append
from minassa.proof import canonical_bytes
from minassa.registry.public import Actor, require
from minassa.visas.errors import ListOver, NoShortage, VisaError
from minassa.visas.list_models import ListState, ShortageList

Entry = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Computed:
    """A list as it comes out of a vintage of gaps: what it was computed from, with which criteria, and its entries."""

    run: str
    until: int
    cube_digest: str
    criteria: Mapping[str, Any]
    entries: Sequence[Entry]
    synthetic: bool


def stream_of(list_id: int) -> str:
    """The stream of a list in the journal."""
    return f"visa-list:{list_id}"


def propose_list(actor: Actor, computed: Computed, effective_on: date, ground: str, at: datetime) -> ShortageList:
    """Propose a computed list, from a day on. NoShortage for an empty one; VisaError without reason."""
    require(actor, "visa.propose")
    said = ground.replace("\x00", "").strip()
    if not said:
        raise VisaError(_("Dites pourquoi cette liste est proposée maintenant."))
    if not computed.entries:
        raise NoShortage(_("Aucun métier ne remplit les critères dans le dernier calcul : il n'y a rien à proposer."))
    content = {"criteria": dict(computed.criteria), "entries": [dict(one) for one in computed.entries]}
    digest = hashlib.sha256(canonical_bytes(content)).hexdigest()
    with transaction.atomic():
        made = ShortageList.objects.create(
            effective_on=effective_on,
            run=computed.run,
            until=computed.until,
            cube_digest=computed.cube_digest,
            digest=digest,
            synthetic=computed.synthetic,
            ground=said,
            proposed_by=str(actor),
            proposed_at=at,
            **content,
        )
        body = {"digest": digest, "run": computed.run, "entries": len(computed.entries)}
        append(stream_of(made.pk), "visa-list.proposed", str(actor), body, at)
    return made


def frozen_list(proposed: ShortageList) -> dict[str, Any]:
    """What a committee votes on."""
    return {
        "effective_on": proposed.effective_on.isoformat(),
        "run": proposed.run,
        "criteria": proposed.criteria,
        "entries": proposed.entries,
        "digest": proposed.digest,
    }


def list_of(subject: str) -> ShortageList:
    """A proposed list by its identifier. ValueError, ShortageList.DoesNotExist."""
    try:
        return ShortageList.objects.get(uuid=subject)
    except ValueError as error:
        raise ShortageList.DoesNotExist from error


def lists_to_decide() -> QuerySet[ShortageList]:
    """Lists that await a committee, the oldest first."""
    return ShortageList.objects.filter(state=ListState.PROPOSED).order_by("pk")


def adopt_list(actor: Actor, proposed: ShortageList, ground: str, at: datetime) -> ShortageList:
    """Adopt a list: it takes the next number and holds from its day on. ListOver."""
    return _decided(actor, proposed, ListState.ADOPTED, ground, at)


def reject_list(actor: Actor, proposed: ShortageList, ground: str, at: datetime) -> ShortageList:
    """Reject a list. ListOver."""
    return _decided(actor, proposed, ListState.REJECTED, ground, at)


def _decided(actor: Actor, proposed: ShortageList, state: ListState, ground: str, at: datetime) -> ShortageList:
    require(actor, "visa.decide", proposed)
    with transaction.atomic():
        # All lists, in one order: two decisions at one instant do not take the same number.
        held = {one.pk: one for one in ShortageList.objects.select_for_update().order_by("pk").defer("entries")}
        one = held[proposed.pk]
        if one.state != ListState.PROPOSED:
            raise ListOver(_("Cette liste est déjà « %(state)s ».") % {"state": one.get_state_display()})
        if state == ListState.ADOPTED:
            one.number = (ShortageList.objects.aggregate(last=Max("number"))["last"] or 0) + 1
        one.state, one.decision_ground, one.decided_at = state, ground, at
        one.save(update_fields=["number", "state", "decision_ground", "decided_at"])
        body = {"number": one.number or 0, "digest": one.digest}
        append(stream_of(one.pk), f"visa-list.{state.value}", str(actor), body, at)
    proposed.refresh_from_db()
    return proposed


def list_in_force(on: date) -> ShortageList | None:
    """The list that holds on a day: the last adopted of those that have taken effect; None before the first."""
    adopted = ShortageList.objects.filter(state=ListState.ADOPTED, effective_on__lte=on)
    return adopted.order_by("-effective_on", "-number").first()


def entry_of(listed: ShortageList, occupation: str, region: int) -> Entry | None:
    """The entry of an occupation in a region on a list; None when it is not on it."""
    return next((one for one in listed.entries if one["occupation"] == occupation and one["region"] == region), None)
