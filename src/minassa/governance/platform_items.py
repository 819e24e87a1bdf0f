"""Findings of P2I brought before the committee, as items: a remedy is required, or the finding is closed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from minassa.governance.agendas import on_agendas
from minassa.governance.errors import GovernanceError, UnknownSubject
from minassa.governance.kinds import Effect, Frozen, Kind, Kinds, Proposal, Proposed
from minassa.platforms.models import Finding
from minassa.platforms.public import decide_finding, finding_of, findings_to_decide, unit
from minassa.registry.public import Actor

FINDING: Final = "platform_finding"
DECISIONS: Final = {"require": gettext_lazy("Exiger un remède"), "close": gettext_lazy("Clore le constat")}


def _finding(proposed: Proposed) -> Finding:
    try:
        return finding_of(proposed.subject)
    except (ValueError, Finding.DoesNotExist) as error:
        raise UnknownSubject(_("Ce constat n'existe pas.")) from error


def check(proposed: Proposed) -> Proposal:
    """The ground, which says the remedy that is required, or why the finding is closed."""
    if not findings_to_decide().filter(pk=_finding(proposed).pk).exists():
        raise UnknownSubject(_("Ce constat n'attend pas le comité."))
    ground = str(proposed.proposal.get("ground", "")).strip()
    if not ground:
        raise GovernanceError(_("Dites le remède exigé, ou pourquoi le constat est clos."))
    return {"ground": ground}


def freeze(proposed: Proposed) -> Frozen:
    """The finding as it stands, and whose hands were in it."""
    found = _finding(proposed)
    content = {
        "place": found.place,
        "point": found.point,
        "severity": found.severity,
        "said": found.said,
        "found_on": found.found_on.isoformat(),
        "remedy": found.remedy,
        "answer": found.answer,
    }
    hands = frozenset(filter(None, (found.found_by, found.remedy_by)))
    return Frozen(f"{unit(found.place).name_fr} : {found.point}", content, (), hands)


def take_effect(actor: Actor, proposed: Proposed, effect: Effect) -> Mapping[str, Any]:
    """A remedy is due, or the finding is closed."""
    found = _finding(proposed)
    decide_finding(actor, found, proposed.proposal["ground"], effect.at, closed=proposed.decision == "close")
    return {"finding": str(found.uuid), "state": str(found.state)}


def examine(_actor: Actor, proposed: Proposed) -> Mapping[str, Any]:
    """What is shown beside the vote; the page of the finding says the rest."""
    found = _finding(proposed)
    return {
        _("P2I"): unit(found.place).name_fr,
        _("Constat"): found.said,
        _("Gravité"): str(found.get_severity_display()),
        _("Remède proposé"): found.remedy or "—",
        _("Motif"): found.answer,
    }


def waiting_findings() -> QuerySet[Finding]:
    """Findings that await a decision and are on no agenda."""
    return findings_to_decide().exclude(uuid__in=on_agendas(FINDING))


Kinds.add(Kind(FINDING, gettext_lazy("Constat dans une P2I"), DECISIONS, check, freeze, take_effect, examine))
