"""A plan of seats put to a committee, taken back, or decided by it: each step stays, with the session that took it."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from minassa.journal.public import append
from minassa.registry.public import Actor, require
from minassa.training.answering import SOLVED
from minassa.training.asking import stream_of
from minassa.training.errors import TrainingError
from minassa.training.models import PlanProposal, PlanRuling, RulingState, SeatPlan

LONGEST_GROUND: Final = 2_000


def propose_plan(actor: Actor, plan: SeatPlan, ground: str, at: datetime) -> PlanProposal:
    """Put a solved plan to a committee. TrainingError without ground or figures, or while it already waits."""
    require(actor, "seats.propose", plan)
    said = ground.replace("\x00", "").strip()
    if not said or len(said) > LONGEST_GROUND:
        raise TrainingError(_("Une proposition se motive, en %(most)d caractères au plus.") % {"most": LONGEST_GROUND})
    answer = getattr(plan, "answer", None)
    if answer is None or answer.outcome != SOLVED:
        raise TrainingError(_("Seul un plan trouvé se propose à un comité."))
    with transaction.atomic():
        SeatPlan.objects.select_for_update().get(pk=plan.pk)
        if proposals_to_decide().filter(plan=plan).exists():
            raise TrainingError(_("Ce plan est déjà proposé au comité."))
        made = PlanProposal.objects.create(
            plan=plan, ground=said, digest=digest_of(plan), proposed_by=str(actor), proposed_at=at
        )
        append(stream_of(plan), "seats.proposed", str(actor), {"plan": plan.reference, "digest": made.digest}, at)
    return made


def withdraw_plan(actor: Actor, proposal: PlanProposal, at: datetime) -> PlanRuling:
    """Take back a proposal that nobody decided."""
    require(actor, "seats.propose", proposal.plan)
    return _rule(actor, proposal, RulingState.WITHDRAWN, "", at)


def decide_plan(actor: Actor, proposal: PlanProposal, ground: str, at: datetime, *, adopted: bool) -> PlanRuling:
    """What a committee decides of a plan; its session stays with it."""
    require(actor, "seats.decide", proposal.plan)
    return _rule(actor, proposal, RulingState.ADOPTED if adopted else RulingState.REJECTED, ground, at)


def proposals_to_decide() -> QuerySet[PlanProposal]:
    """Proposals that await a committee, the oldest first."""
    return PlanProposal.objects.filter(ruling__isnull=True).select_related("plan__answer").order_by("pk")


def proposal_of(number: str) -> PlanProposal:
    """The proposal with this universal number; ValueError, DoesNotExist."""
    return PlanProposal.objects.select_related("plan__answer", "ruling").get(uuid=UUID(number))


def digest_of(plan: SeatPlan) -> str:
    """SHA-256 in hexadecimal of what was asked of a plan and of all that it gives."""
    written = json.dumps([plan.reference, plan.settings, plan.answer.content], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(written.encode()).hexdigest()


def figures_of(plan: SeatPlan) -> dict[str, Any]:
    """What a plan gives in a few numbers: entrants and centimes by year, posts needed and left open in all."""
    content = plan.answer.content
    return {
        "first_year": content["first_year"],
        "entrants": [sum(column) for column in zip(*(row["seats"] for row in content["seats"]), strict=True)],
        "spent": content["spent"],
        "needs": sum(sum(row) for row in content["needs"]),
        "unmet": sum(sum(row) for row in content["unmet"]),
        "paf": [sum(column) for column in zip(*(row[3] for row in content.get("envelopes", [])), strict=True)],
        "run": content.get("needs_from", {}).get("run", ""),
    }


def frozen_plan(proposal: PlanProposal) -> dict[str, Any]:
    """A proposal as it is put to those who decide, as plain data."""
    return {
        "plan": proposal.plan.reference,
        "digest": digest_of(proposal.plan),
        "figures": figures_of(proposal.plan),
        "ground": proposal.ground,
        "proposed_by": proposal.proposed_by,
        "waits": not hasattr(proposal, "ruling"),
    }


def _rule(actor: Actor, proposal: PlanProposal, state: RulingState, ground: str, at: datetime) -> PlanRuling:
    with transaction.atomic():
        held = PlanProposal.objects.select_for_update().get(pk=proposal.pk)
        if PlanRuling.objects.filter(proposal=held).exists():
            raise TrainingError(_("Cette proposition est déjà décidée ou retirée."))
        made = PlanRuling.objects.create(
            proposal=held,
            state=state,
            ground=ground[:300],
            sitting=actor.sitting,
            decided_by=str(actor),
            decided_at=at,
        )
        body = {"plan": held.plan.reference, "digest": held.digest, "sitting": actor.sitting}
        append(stream_of(held.plan), f"seats.{state}", str(actor), body, at)
    return made
