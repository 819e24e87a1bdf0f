"""Recommendations from the field as items of a committee: what is adopted becomes a commitment."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from minassa.commitments.models import Recommendation, RecommendationState
from minassa.commitments.public import decide, frozen_recommendation, recommendation_of, recommendations_to_decide
from minassa.governance.agendas import on_agendas
from minassa.governance.errors import GovernanceError, UnknownSubject
from minassa.governance.kinds import Effect, Frozen, Kind, Kinds, Proposal, Proposed
from minassa.registry.public import Actor
from minassa.vocabulary.periods import format_month

RECOMMENDATION: Final = "recommendation"
DECISIONS: Final = {"adopt": gettext_lazy("Adopter"), "reject": gettext_lazy("Rejeter")}


def _row(proposed: Proposed) -> Recommendation:
    try:
        return recommendation_of(proposed.subject)
    except (ValueError, Recommendation.DoesNotExist) as error:
        raise UnknownSubject(_("Cette recommandation n'existe pas.")) from error


def check(proposed: Proposed) -> Proposal:
    """The ground; UnknownSubject for what awaits no decision, GovernanceError without a ground to reject."""
    if _row(proposed).state != RecommendationState.PROPOSED:
        raise UnknownSubject(_("Cette recommandation n'attend pas de décision."))
    ground = str(proposed.proposal.get("ground", "")).strip()
    if proposed.decision == "reject" and not ground:
        raise GovernanceError(_("Un rejet se motive : indiquez le motif."))
    return {"ground": ground}


def freeze(proposed: Proposed) -> Frozen:
    """The recommendation as it was put, and who had a hand in it."""
    row = _row(proposed)
    hands = frozenset({row.drafted_by, row.proposed_by} - {""})
    return Frozen(f"{row.reference} · {row.action}", frozen_recommendation(row), hands=hands)


def take_effect(actor: Actor, proposed: Proposed, effect: Effect) -> Mapping[str, Any]:
    """The recommendation becomes a commitment, or is rejected."""
    row = _row(proposed)
    decide(actor, row, proposed.proposal["ground"], effect.at, adopted=proposed.decision == "adopt")
    return {"recommendation": row.reference, "state": str(row.state)}


def examine(_actor: Actor, proposed: Proposed) -> Mapping[str, Any]:
    """What is shown beside the vote; its page has where it comes from."""
    row = _row(proposed)
    return {
        _("Recommandation"): f"{row.reference} · {row.action}",
        _("Chef de file"): row.lead,
        _("Partenaires"): row.partners,
        _("Échéance"): format_month(row.due_month),
        _("Indicateur"): row.indicator,
        _("Motif"): row.reasons,
    }


def waiting_recommendations() -> QuerySet[Recommendation]:
    """Recommendations that await a decision and are on no agenda."""
    return recommendations_to_decide().exclude(uuid__in=on_agendas(RECOMMENDATION))


Kinds.add(Kind(RECOMMENDATION, gettext_lazy("Recommandation"), DECISIONS, check, freeze, take_effect, examine))
