"""Sums that a firm may have to give back, heard with it, as items of a committee."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from minassa.claims.models import Restitution
from minassa.claims.public import decide_restitution, lines_of, restitutions_to_decide
from minassa.governance.agendas import on_agendas
from minassa.governance.errors import GovernanceError, UnknownSubject
from minassa.governance.kinds import Effect, Frozen, Kind, Kinds, Proposal, Proposed
from minassa.registry.public import Actor

RESTITUTION: Final = "restitution"
DECISIONS: Final = {"ask_back": gettext_lazy("Faire rendre"), "drop": gettext_lazy("Abandonner")}


def _restitution(proposed: Proposed) -> Restitution:
    try:
        return Restitution.objects.select_related("claim__enterprise").get(uuid=UUID(proposed.subject))
    except (ValueError, Restitution.DoesNotExist) as error:
        raise UnknownSubject(_("Cette restitution n'existe pas.")) from error


def check(proposed: Proposed) -> Proposal:
    """The ground; UnknownSubject for one that is decided already, GovernanceError without ground."""
    if not restitutions_to_decide().filter(pk=_restitution(proposed).pk).exists():
        raise UnknownSubject(_("Cette restitution n'attend pas de décision."))
    ground = str(proposed.proposal.get("ground", "")).strip()
    if not ground:
        raise GovernanceError(_("Cette décision se motive : indiquez le motif."))
    return {"ground": ground}


def freeze(proposed: Proposed) -> Frozen:
    """A restitution as it was proposed, line by line, and whether the firm has answered."""
    found = _restitution(proposed)
    lines = [[one.line_id, one.cause, one.claimed_cents, one.now_cents, one.cents] for one in lines_of(found)]
    return Frozen(
        title=f"{found.claim.reference} · {found.claim.enterprise.name}",
        content={"claim": found.claim.reference, "state": str(found.state), "cents": found.cents, "lines": lines},
        enterprises=(found.claim.enterprise_id,),
        hands=frozenset({found.claim.controlled_by, found.claim.proposed_by}) - {""},
    )


def take_effect(actor: Actor, proposed: Proposed, effect: Effect) -> Mapping[str, Any]:
    """The sum is asked back, or dropped."""
    upheld = proposed.decision == "ask_back"
    ground = proposed.proposal["ground"]
    done = decide_restitution(actor, _restitution(proposed), ground, effect.at, upheld=upheld)
    return {"claim": done.claim.reference, "state": str(done.state), "cents": done.cents if upheld else 0}


def examine(_actor: Actor, proposed: Proposed) -> Mapping[str, Any]:
    """The restitution with its lines and what the firm has answered."""
    found = _restitution(proposed)
    return {"restitution": found, "claim": found.claim, "restitution_lines": list(lines_of(found))}


def waiting_restitutions() -> QuerySet[Restitution]:
    """Restitutions that await a decision and are on no agenda."""
    return restitutions_to_decide().exclude(uuid__in=on_agendas(RESTITUTION))


Kinds.add(Kind(RESTITUTION, gettext_lazy("Restitution"), DECISIONS, check, freeze, take_effect, examine))
