"""The file of an item on one screen: what is asked, on what law, what calls for attention, what was said."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.utils import timezone
from django.utils.translation import gettext as _

from minassa.claims.models import Claim
from minassa.claims.public import lines_of
from minassa.governance.models import Item
from minassa.governance.public import Kinds, Proposed
from minassa.onestop.models import Case
from minassa.onestop.public import timeline, view_for
from minassa.reforms.public import offer_in_force, proposal_of
from minassa.registry.models import Enterprise
from minassa.registry.public import Actor, allowed
from minassa.web.cases.one import lanes_of, shown_answers
from minassa.web.cases.showing import body_names, deadline, place_name
from minassa.web.committees.claim_file import MOST_LINES, claim_file
from minassa.web.estimate.wording import CONDITIONS
from minassa.web.restitutions.showing import shown_lines, told
from minassa.web.restitutions.subjects import the_restitution
from minassa.web.trials.wording import moved


@dataclass(frozen=True, slots=True)
class Examined:
    """A file to be looked at: the template that shows it, and what the template reads."""

    template: str
    content: Mapping[str, Any]


def examined(actor: Actor, kind: str, subject: str, proposal: Mapping[str, Any] | None = None) -> Examined | None:
    """The file of a thing that is or may be put to a committee; None when the actor may not know of it."""
    read = _READERS.get(kind)
    try:
        content = read(actor, subject, proposal or {}) if read else _other(actor, kind, subject, proposal or {})
    except (ObjectDoesNotExist, ValueError, KeyError):
        return None
    template = kind if kind in _READERS else "other"
    return None if content is None else Examined(f"web/committees/files/{template}.html", content)


def file_of(actor: Actor, item: Item) -> Examined | None:
    """The file of an item of an agenda."""
    return examined(actor, item.kind, item.subject, item.proposal)


def _claim(actor: Actor, subject: str, proposal: Mapping[str, Any]) -> Mapping[str, Any] | None:
    claim = Claim.objects.select_related("enterprise", "control").get(uuid=UUID(subject))
    if not allowed(actor, "claim.open", claim):
        return None
    return claim_file(actor, claim, proposal.get("lines", ()))


def _case(actor: Actor, subject: str, _proposal: Mapping[str, Any]) -> Mapping[str, Any] | None:
    case = Case.objects.select_related("enterprise", "procedure").get(uuid=UUID(subject))
    if not allowed(actor, "case.open", case):
        return None
    view, names, now = view_for(actor, case), body_names(), timezone.now()
    return {
        "case": case,
        "procedure": view.procedure,
        "timeline": timeline(case, now),
        "names": names,
        "lanes": lanes_of(actor, view, names, now),
        "answers": shown_answers(view),
        "deadline": deadline(case.due_at, now),
    }


def _derogation(_actor: Actor, subject: str, proposal: Mapping[str, Any]) -> Mapping[str, Any]:
    condition = str(proposal.get("condition", ""))
    return {
        "enterprise": Enterprise.objects.get(uuid=UUID(subject)),
        "condition": CONDITIONS.get(condition, condition),
        "place": place_name(proposal["place"]) if proposal.get("place") else _("tous les lieux"),
        "starts": date.fromisoformat(proposal["from"]) if proposal.get("from") else None,
        "ends": date.fromisoformat(proposal["to"]) if proposal.get("to") else None,
        "proposal": proposal,
    }


def _restitution(actor: Actor, subject: str, _proposal: Mapping[str, Any]) -> Mapping[str, Any] | None:
    found = the_restitution(actor, UUID(subject))
    if found is None:
        return None
    lines = lines_of(found)
    shown = shown_lines(actor, found, lines.order_by("-cents", "pk")[:MOST_LINES])
    return {**told(found), "lines_shown": shown, "lines_left": lines.count() - len(shown)}


def _reform(actor: Actor, subject: str, _proposal: Mapping[str, Any]) -> Mapping[str, Any] | None:
    put = proposal_of(subject)
    if not allowed(actor, "reform.read"):
        return None
    return {"put": put, "moved": moved(offer_in_force(), put.revision.changes)}


def _motion(_actor: Actor, _subject: str, proposal: Mapping[str, Any]) -> Mapping[str, Any]:
    return {"proposal": proposal}


def _other(actor: Actor, kind: str, subject: str, proposal: Mapping[str, Any]) -> Mapping[str, Any]:
    """What the kind itself says is to be looked at."""
    shown = Kinds.all()[kind].examine(actor, Proposed(subject, "", proposal))
    return {"rows": list(shown.items())}


_READERS: Final[Mapping[str, Callable[[Actor, str, Mapping[str, Any]], Mapping[str, Any] | None]]] = {
    "claim": _claim,
    "case": _case,
    "derogation": _derogation,
    "restitution": _restitution,
    "motion": _motion,
    "reform": _reform,
}
