"""Lists of occupations in shortage as items of a committee: what is adopted opens the fast track from its day on."""

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
from minassa.visas.models import ListState, ShortageList
from minassa.visas.public import adopt_list, frozen_list, list_of, lists_to_decide, reject_list

SHORTAGE: Final = "shortage"
DECISIONS: Final = {"adopt": gettext_lazy("Adopter"), "reject": gettext_lazy("Rejeter")}


def _listed(proposed: Proposed) -> ShortageList:
    try:
        return list_of(proposed.subject)
    except ShortageList.DoesNotExist as error:
        raise UnknownSubject(_("Cette liste de métiers n'existe pas.")) from error


def check(proposed: Proposed) -> Proposal:
    """The ground; UnknownSubject for a list that awaits nothing, GovernanceError without a ground to reject."""
    if _listed(proposed).state != ListState.PROPOSED:
        raise UnknownSubject(_("Cette liste de métiers n'attend pas de décision."))
    ground = str(proposed.proposal.get("ground", "")).strip()
    if proposed.decision == "reject" and not ground:
        raise GovernanceError(_("Un rejet se motive : indiquez le motif."))
    return {"ground": ground}


def freeze(proposed: Proposed) -> Frozen:
    """The list with its criteria, as it was computed."""
    listed = _listed(proposed)
    title = _("Métiers en pénurie · %(number)s métiers et régions") % {"number": len(listed.entries)}
    return Frozen(title, frozen_list(listed), hands=frozenset({listed.proposed_by}))


def take_effect(actor: Actor, proposed: Proposed, effect: Effect) -> Mapping[str, Any]:
    """The list takes its number, or is rejected."""
    listed = _listed(proposed)
    decide = adopt_list if proposed.decision == "adopt" else reject_list
    made = decide(actor, listed, proposed.proposal["ground"], effect.at)
    return {"list": made.number or 0, "state": str(made.state), "effective_on": made.effective_on.isoformat()}


def examine(_actor: Actor, proposed: Proposed) -> Mapping[str, Any]:
    """What is shown beside the vote; the page of Talent Visas has every entry."""
    listed = _listed(proposed)
    return {
        _("Métiers et régions"): str(len(listed.entries)),
        _("Vaut à partir du"): listed.effective_on.isoformat(),
        _("Calcul"): listed.run,
        _("Motif"): listed.ground,
        _("Empreinte de la liste"): listed.digest,
    }


def waiting_shortage_lists() -> QuerySet[ShortageList]:
    """Lists that await a decision and are on no agenda."""
    return lists_to_decide().exclude(uuid__in=on_agendas(SHORTAGE))


Kinds.add(Kind(SHORTAGE, gettext_lazy("Métiers en pénurie"), DECISIONS, check, freeze, take_effect, examine))
