"""Targets of specialisation on the page of a P2I: each beside its measure; who may proposes one, or sets it."""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from minassa.outlook.specialisation.fields import ELSEWHERE, fields
from minassa.platforms.models import SpecialisationTarget
from minassa.platforms.public import (
    Aim,
    TargetRefused,
    Unit,
    propose_target,
    set_target,
    targets_of,
)
from minassa.registry.public import Actor, allowed
from minassa.steering.platforms.trying import measure_of
from minassa.web.access import PageRequest
from minassa.web.platforms.subjects import Followed
from minassa.web.platforms.trial_asked import basis_points
from minassa.web.public.pages import language

NAMES: Final = ("field", "share", "by_year", "said")


def write_target(request: PageRequest, unit: Unit) -> None:
    """Set or propose the target that a form tells, by the act that it names; TargetRefused for what cannot be."""
    post, at, synthetic = request.POST, timezone.now(), settings.MINASSA_DEMONSTRATION
    answers = _proposal(post.get("proposal", ""), unit)
    aim = _aim(request) if answers is None else _agreed(answers, post.get("said", ""))
    measure = measure_of(settings.MINASSA_HOME, unit, aim.field)
    if post.get("act") == "propose-target":
        propose_target(request.actor, unit.code, aim, measure, at, synthetic=synthetic)
    else:
        set_target(request.actor, unit.code, aim, measure, at, answers=answers, synthetic=synthetic)


def _aim(request: PageRequest) -> Aim:
    post = request.POST
    share, year = basis_points(post.get("share", "")), post.get("by_year", "").strip()
    if share is None:
        raise TargetRefused(_("La part visée est un pourcentage, par exemple 12,5."))
    if not (year.isascii() and year.isdecimal() and len(year) == len("2030")):
        raise TargetRefused(_("L'année visée s'écrit en quatre chiffres, par exemple 2030."))
    return Aim(post.get("field", ""), share, int(year), post.get("said", ""))


def _agreed(proposal: SpecialisationTarget, said: str) -> Aim:
    """The target that a proposal becomes: what it asks, and what is said of it or the words of who proposed it."""
    return Aim(proposal.field, proposal.share, proposal.by_year, said.strip() or proposal.said)


def _proposal(text: str, unit: Unit) -> SpecialisationTarget | None:
    try:
        return SpecialisationTarget.objects.get(uuid=UUID(text), place=unit.code) if text else None
    except (ValueError, SpecialisationTarget.DoesNotExist) as error:
        raise TargetRefused(_("Cette proposition n'est pas de cette P2I : relisez la page.")) from error


def targets_shown(actor: Actor, followed: Followed) -> dict[str, Any]:
    """What the page of a unit shows of its targets, and what this reader may do of them."""
    rows = [] if followed.unit.national else targets_of(followed.place)
    in_force: dict[str, SpecialisationTarget] = {}
    for one in rows:
        if not one.proposed:
            in_force.setdefault(one.field, one)
    return {
        "targets": [_shown(one, followed.unit, in_force) for one in rows],
        "targets_set": not followed.unit.national and allowed(actor, "specialisation.target", followed),
        "targets_proposed": not followed.unit.national and allowed(actor, "specialisation.propose", followed),
        "target_fields": [(code, field_name(code)) for code in fields()],
        "first_year": timezone.localdate().year + 1,
        "tries": not followed.unit.national and allowed(actor, "specialisation.view"),
    }


def _shown(one: SpecialisationTarget, unit: Unit, in_force: dict[str, SpecialisationTarget]) -> dict[str, Any]:
    now = measure_of(settings.MINASSA_HOME, unit, one.field).share
    return {
        "target": one,
        "name": field_name(one.field) if one.field in fields() else one.field,
        "now": now,
        "gap": None if now is None else max(one.share - now, 0),
        "reached": now is not None and now >= one.share,
        "standing": _standing(one, in_force),
        "waits": one.proposed and not hasattr(one, "answer"),
        "query": f"?domaine={one.field}&part={one.share / 100:.2f}&annee={one.by_year}",
    }


def _standing(one: SpecialisationTarget, in_force: dict[str, SpecialisationTarget]) -> str:
    if one.proposed:
        return _("proposition retenue") if hasattr(one, "answer") else _("proposée")
    return _("en vigueur") if in_force.get(one.field) == one else _("remplacée")


def field_name(code: str) -> str:
    """The name of a field in the language of the page; whoever is in none that is told has one too."""
    found = fields().get(code)
    if found is None:
        return _("Autres métiers") if code == ELSEWHERE else _("Autres métiers et domaines tus")
    return str(getattr(found, f"name_{language()}"))
