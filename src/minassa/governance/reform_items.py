"""Reforms of the offer as items of a committee: what is adopted makes a version of the offer, from a day on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from minassa.governance.agendas import on_agendas
from minassa.governance.errors import GovernanceError, UnknownSubject
from minassa.governance.kinds import Effect, Frozen, Kind, Kinds, Proposal, Proposed
from minassa.reforms import public as reforms
from minassa.reforms.models import Proposal as Put
from minassa.reforms.models import ProposalState
from minassa.registry.public import Actor

REFORM: Final = "reform"
DECISIONS: Final = {"adopt": gettext_lazy("Adopter"), "reject": gettext_lazy("Rejeter")}


def _put(proposed: Proposed) -> Put:
    try:
        return reforms.proposal_of(proposed.subject)
    except (ValueError, Put.DoesNotExist) as error:
        raise UnknownSubject(_("Cette proposition de réforme n'existe pas.")) from error


def check(proposed: Proposed) -> Proposal:
    """The ground; UnknownSubject for a proposal that awaits nothing, GovernanceError without a ground to reject."""
    if _put(proposed).state != ProposalState.PROPOSED:
        raise UnknownSubject(_("Cette proposition de réforme n'attend pas de décision."))
    ground = str(proposed.proposal.get("ground", "")).strip()
    if proposed.decision == "reject" and not ground:
        raise GovernanceError(_("Un rejet se motive : indiquez le motif."))
    return {"ground": ground}


def freeze(proposed: Proposed) -> Frozen:
    """The proposal with the levers of its revision, and the offer that it bears on."""
    put = _put(proposed)
    revision = put.revision
    title = f"{revision.reform.reference} · {revision.name}"
    hands = frozenset({put.proposed_by, revision.written_by})
    return Frozen(title, reforms.frozen_content(put), hands=hands)


def take_effect(actor: Actor, proposed: Proposed, effect: Effect) -> Mapping[str, Any]:
    """A version of the offer is made, or the proposal is rejected."""
    put, ground = _put(proposed), proposed.proposal["ground"]
    if proposed.decision == "reject":
        reforms.reject(actor, put, ground, effect.at)
        return {"reform": put.revision.reform.reference, "state": str(put.state)}
    made = reforms.adopt(actor, put, ground, effect.at)
    return {
        "reform": put.revision.reform.reference,
        "version": made.number,
        "effective_on": made.effective_on.isoformat(),
        "offer": made.digest,
    }


def examine(_actor: Actor, proposed: Proposed) -> Mapping[str, Any]:
    """What is shown beside the vote; the page of the reform has its gains, its losses and what was said of it."""
    put = _put(proposed)
    revision = put.revision
    return {
        _("Réforme"): f"{revision.reform.reference} · {revision.name}",
        _("Vaut à partir du"): put.effective_on.isoformat(),
        _("Leviers déplacés"): ", ".join(f"{code} = {value}" for code, value in sorted(revision.changes.items())),
        _("Motif"): put.ground,
        _("Empreinte de la version proposée"): revision.digest,
    }


def waiting_reforms() -> QuerySet[Put]:
    """Reforms that await a decision and are on no agenda."""
    return reforms.proposals_to_decide().exclude(uuid__in=on_agendas(REFORM))


Kinds.add(Kind(REFORM, gettext_lazy("Réforme de l'offre"), DECISIONS, check, freeze, take_effect, examine))
