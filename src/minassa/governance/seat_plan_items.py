"""Plans of seats as items of a committee: what is adopted is the plan decided, with the session that took it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from minassa.governance.agendas import on_agendas
from minassa.governance.errors import GovernanceError, UnknownSubject
from minassa.governance.kinds import Effect, Frozen, Kind, Kinds, Proposal, Proposed
from minassa.registry.public import Actor
from minassa.training.models import PlanProposal
from minassa.training.public import (
    HUNDREDTHS,
    decide_plan,
    figures_of,
    frozen_plan,
    proposal_of,
    proposals_to_decide,
)
from minassa.vocabulary.money import CENTIMES_A_DIRHAM

SEAT_PLAN: Final = "seat_plan"
DECISIONS: Final = {"adopt": gettext_lazy("Adopter"), "reject": gettext_lazy("Rejeter")}


def _put(proposed: Proposed) -> PlanProposal:
    try:
        return proposal_of(proposed.subject)
    except (ValueError, PlanProposal.DoesNotExist) as error:
        raise UnknownSubject(_("Ce plan de places n'est pas proposé.")) from error


def check(proposed: Proposed) -> Proposal:
    """The ground; UnknownSubject for a proposal that awaits nothing, GovernanceError without a ground to reject."""
    if hasattr(_put(proposed), "ruling"):
        raise UnknownSubject(_("Ce plan de places n'attend pas de décision."))
    ground = str(proposed.proposal.get("ground", "")).strip()
    if proposed.decision == "reject" and not ground:
        raise GovernanceError(_("Un rejet se motive : indiquez le motif."))
    return {"ground": ground}


def freeze(proposed: Proposed) -> Frozen:
    """The plan with its figures and the digest of all that it gives."""
    put = _put(proposed)
    title = f"{put.plan.reference} · {put.plan.name}"
    return Frozen(title, frozen_plan(put), hands=frozenset({put.proposed_by, put.plan.asked_by}))


def take_effect(actor: Actor, proposed: Proposed, effect: Effect) -> Mapping[str, Any]:
    """The plan is decided, or rejected."""
    put, ground = _put(proposed), proposed.proposal["ground"]
    made = decide_plan(actor, put, ground, effect.at, adopted=proposed.decision == "adopt")
    return {"plan": put.plan.reference, "digest": put.digest, "state": str(made.state)}


def examine(_actor: Actor, proposed: Proposed) -> Mapping[str, Any]:
    """The figures of the plan beside the vote; they never change, so that a decision is read again with them."""
    put = _put(proposed)
    told = figures_of(put.plan)
    years = [told["first_year"] + rank for rank in range(len(told["entrants"]))]
    return {
        _("Plan de places"): f"{put.plan.reference} · {put.plan.name}",
        _("Entrants"): _by_year(years, told["entrants"]),
        _("Dépense, en dirhams"): _by_year(years, [one // CENTIMES_A_DIRHAM for one in told["spent"]]),
        _("PAF d'une année en poste, en dirhams"): _by_year(years, [one // CENTIMES_A_DIRHAM for one in told["paf"]]),
        _("Postes laissés ouverts"): f"{told['unmet'] // HUNDREDTHS} / {told['needs'] // HUNDREDTHS}",
        _("Besoins lus dans les écarts du calcul"): told["run"] or _("aucun : besoins supposés"),
        _("Motif"): put.ground,
        _("Empreinte du plan"): put.digest,
    }


def _by_year(years: list[int], values: list[int]) -> str:
    return " · ".join(f"{year} : {value}" for year, value in zip(years, values, strict=False))


def waiting_seat_plans() -> QuerySet[PlanProposal]:
    """Plans that await a decision and are on no agenda."""
    return proposals_to_decide().exclude(uuid__in=on_agendas(SEAT_PLAN))


Kinds.add(Kind(SEAT_PLAN, gettext_lazy("Plan de places"), DECISIONS, check, freeze, take_effect, examine))
