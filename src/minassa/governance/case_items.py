"""Cases of the one-stop shop as items of a committee."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from minassa.governance.agendas import on_agendas
from minassa.governance.errors import GovernanceError, UnknownSubject
from minassa.governance.kinds import Effect, Frozen, Kind, Kinds, Proposal, Proposed
from minassa.onestop.models import Case, Task
from minassa.onestop.public import CaseState, decide, definition, in_force, view_for
from minassa.registry.public import Actor

DEROGATION: Final = "derogation"
"""The procedure whose favourable decision is a derogation, by consensus and in the register."""
CTO: Final = "cto"
DECISIONS: Final = {"favourable": gettext_lazy("Accepter"), "unfavourable": gettext_lazy("Refuser")}
WAITING: Final = frozenset({CaseState.TO_DECIDE, CaseState.APPEALED})


def case_of(subject: str) -> Case:
    """The case that an item names; UnknownSubject."""
    try:
        return Case.objects.select_related("enterprise").get(uuid=UUID(subject))
    except (ValueError, Case.DoesNotExist) as error:
        raise UnknownSubject(_("Ce dossier n'existe pas.")) from error


def awaited(case: Case) -> bool:
    """Whether the committee is who decides this case now."""
    decision = definition(case.procedure_id).decision
    by = decision.appeal_to if case.state == CaseState.APPEALED else decision.by
    return case.state in WAITING and by == CTO


def check(proposed: Proposed) -> Proposal:
    """The proposal with its ground; GovernanceError when it is missing or when the case is not the committee's."""
    case = case_of(proposed.subject)
    if not awaited(case):
        raise UnknownSubject(_("Ce dossier n'attend pas la décision du comité."), case=case.reference)
    favourable = proposed.decision == "favourable"
    if favourable and case.procedure_code == DEROGATION:
        raise GovernanceError(_("Une dérogation s'accorde par un point « dérogation », qui dit ce qu'elle couvre."))
    ground = str(proposed.proposal.get("ground", "")).strip()
    if not favourable and not ground:
        raise GovernanceError(_("Un refus se motive : indiquez le motif."))
    return {"ground": ground}


def frozen_case(case: Case) -> dict[str, Any]:
    """What the digest of a case covers: every act on it raises its version."""
    return {"reference": case.reference, "version": case.version, "state": str(case.state)}


def hands_in(case: Case) -> frozenset[str]:
    """Who made or checked the answer to a task of the case."""
    rows = Task.objects.filter(case=case).values_list("maker", "checker")
    return frozenset(hand for row in rows for hand in row) - {""}


def freeze(proposed: Proposed) -> Frozen:
    """A case as it stands."""
    case = case_of(proposed.subject)
    title = f"{case.reference} · {case.enterprise.name}"
    return Frozen(title, frozen_case(case), (case.enterprise_id,), hands_in(case))


def take_effect(actor: Actor, proposed: Proposed, effect: Effect) -> Mapping[str, Any]:
    """Decide the case through its own door."""
    case = case_of(proposed.subject)
    decide(actor, case, proposed.decision == "favourable", proposed.proposal["ground"], effect.at)
    return {"case": case.reference, "state": str(case.state)}


def examine(actor: Actor, proposed: Proposed) -> Mapping[str, Any]:
    """The file of a case: all that the actor may see of it, answers of agencies included."""
    case = case_of(proposed.subject)
    return {"case": case, "view": view_for(actor, case)}


def waiting_cases() -> QuerySet[Case]:
    """The cases that await the technical committee and are on no agenda, the one due first before others."""
    known = in_force(timezone.localdate())
    first = [each.code for each in known if each.decision.by == CTO]
    appeal = [each.code for each in known if each.decision.appeal_to == CTO]
    awaiting = Q(state=CaseState.TO_DECIDE, procedure_code__in=first)
    awaiting |= Q(state=CaseState.APPEALED, procedure_code__in=appeal)
    waiting = Case.objects.filter(awaiting).exclude(uuid__in=on_agendas("case"))
    return waiting.select_related("enterprise").order_by("due_at", "pk")


Kinds.add(Kind("case", gettext_lazy("Dossier"), DECISIONS, check, freeze, take_effect, examine))
