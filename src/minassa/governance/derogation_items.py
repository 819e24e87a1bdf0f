"""Derogations as items of a committee: granted by consensus, for a condition, a place and a time, to one firm."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from minassa.claims.public import MEASURES
from minassa.governance.acting import said
from minassa.governance.case_items import DEROGATION, awaited, case_of, frozen_case, hands_in
from minassa.governance.derogation_models import Derogation
from minassa.governance.errors import GovernanceError, UnknownSubject
from minassa.governance.kinds import Effect, Frozen, Kind, Kinds, Proposal, Proposed
from minassa.onestop.models import Case
from minassa.onestop.public import decide
from minassa.registry.models import Enterprise
from minassa.registry.public import Actor
from minassa.vocabulary.places import UnknownPlaceError, place


def enterprise_of(subject: str) -> Enterprise:
    """The firm that an item names; UnknownSubject."""
    try:
        return Enterprise.objects.get(uuid=UUID(subject))
    except (ValueError, Enterprise.DoesNotExist) as error:
        raise UnknownSubject(_("Cette entreprise n'existe pas.")) from error


def check(proposed: Proposed) -> Proposal:
    """What the derogation covers, why, and from when to when; GovernanceError when one is missing or wrong.

    `measure`: empty for all; `place`: 0 for every one; `case`: the request that it answers, empty without one.
    """
    given = proposed.proposal
    starts, ends = (_day(str(given.get(name, ""))) for name in ("from", "to"))
    if ends < starts:
        raise GovernanceError(_("Une dérogation a un terme, qui vient après son début."))
    measure = str(given.get("measure", ""))
    if measure not in {"", *MEASURES}:
        raise GovernanceError(_("Cette mesure n'existe pas."), measure=measure)
    case = str(given.get("case", ""))
    _request(case, enterprise_of(proposed.subject))
    return {
        "measure": measure,
        "condition": said(str(given.get("condition", ""))),
        "place": _place(given.get("place", 0)),
        "reason": said(str(given.get("reason", ""))),
        "from": starts.isoformat(),
        "to": ends.isoformat(),
        "case": case,
    }


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise GovernanceError(_("Donnez les dates de la dérogation, année, mois et jour.")) from error


def _place(given: Any) -> int:  # noqa: ANN401 (what a form gives)
    code = int(given) if str(given).isdecimal() else -1
    try:
        return place(code).code if code else 0
    except UnknownPlaceError as error:
        raise GovernanceError(_("Ce lieu n'existe pas.")) from error


def _request(subject: str, enterprise: Enterprise) -> Case | None:
    """The request that a derogation answers; UnknownSubject when it is not one of this firm that waits."""
    if not subject:
        return None
    case = case_of(subject)
    if case.enterprise_id != enterprise.pk or case.procedure_code != DEROGATION or not awaited(case):
        raise UnknownSubject(_("Ce dossier n'attend pas cette dérogation."), case=case.reference)
    return case


def freeze(proposed: Proposed) -> Frozen:
    """The derogation as proposed, and the request as it stands."""
    enterprise = enterprise_of(proposed.subject)
    content = {"enterprise": proposed.subject, "proposal": dict(proposed.proposal)}
    hands: frozenset[str] = frozenset()
    if proposed.proposal["case"]:
        case = case_of(proposed.proposal["case"])
        content["case"], hands = frozen_case(case), hands_in(case)
    return Frozen(f"{enterprise.name} · {proposed.proposal['condition']}", content, (enterprise.pk,), hands)


def take_effect(actor: Actor, proposed: Proposed, effect: Effect) -> Mapping[str, Any]:
    """Enter the derogation in the register, and grant the request that it answers."""
    given, enterprise = proposed.proposal, enterprise_of(proposed.subject)
    request = _request(given["case"], enterprise)
    made = Derogation.objects.create(
        reference=f"DER-{actor.sitting.replace('/', '-')}",
        enterprise=enterprise,
        item_id=effect.item_id,
        measure=given["measure"],
        condition=given["condition"],
        place=given["place"],
        reason=given["reason"],
        starts=date.fromisoformat(given["from"]),
        ends=date.fromisoformat(given["to"]),
        granted_at=effect.at,
    )
    if request is not None:
        decide(actor, request, favourable=True, ground=given["reason"], at=effect.at)
    return {"derogation": made.reference}


def examine(_actor: Actor, proposed: Proposed) -> Mapping[str, Any]:
    """The firm, its request, and the derogations that it had before."""
    enterprise = enterprise_of(proposed.subject)
    case = case_of(proposed.proposal["case"]) if proposed.proposal["case"] else None
    before = list(Derogation.objects.filter(enterprise=enterprise).order_by("-pk"))
    return {"enterprise": enterprise, "case": case, "before": before}


Kinds.add(
    Kind(
        "derogation",
        gettext_lazy("Dérogation"),
        {"grant": gettext_lazy("Accorder")},
        check,
        freeze,
        take_effect,
        examine,
        consensus=True,
    )
)
