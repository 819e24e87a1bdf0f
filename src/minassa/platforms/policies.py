"""Who may do what with the follow-up of P2I: one predicate per action. What is not said here is refused.

Who manages a P2I tells and repairs, another hand of the same body seals; the secretariat of the CTO receives, visits
and verifies. What an action bears on has a `place`: the code of its unit.
"""

from __future__ import annotations

from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from minassa.platforms.units import NATIONAL, NATIONAL_BODY, body_of
from minassa.registry.models import Role
from minassa.registry.public import Actor, action

OVERSEERS: Final = (Role.SECRETARIAT, Role.CTO_MEMBER, Role.STEERING_MEMBER, Role.ANALYST)
MANAGERS: Final = (Role.PARK_MANAGER, Role.OFFICER, Role.SUPERVISOR)


def _manages(actor: Actor, subject: Any) -> bool:  # noqa: ANN401 (whatever has a place)
    """Whether the actor is of those who manage the unit."""
    if subject.place == NATIONAL:
        return actor.in_body(NATIONAL_BODY, *MANAGERS)
    return subject.place in actor.places


def sees_unit(actor: Actor, place: int) -> bool:
    """Whether the actor may know what stands behind the public sheet of a unit."""
    if actor.has_role(*OVERSEERS) or place in actor.places:
        return True
    return place == NATIONAL and actor.in_body(NATIONAL_BODY, *MANAGERS)


@action("platform.list", label=_("Suivre les P2I"), roles=(*OVERSEERS, *MANAGERS))
def _list(actor: Actor, _subject: object) -> bool:
    """Those who manage one, and those who oversee them all."""
    return actor.has_role(*OVERSEERS) or bool(actor.places) or actor.in_body(NATIONAL_BODY, *MANAGERS)


@action("platform.view", label=_("Lire le suivi d'une P2I"), roles=(*OVERSEERS, *MANAGERS))
def _view(actor: Actor, subject: Any) -> bool:  # noqa: ANN401 (whatever has a place)
    return sees_unit(actor, subject.place)


@action("platform.describe", label=_("Écrire la fiche d'une P2I"), roles=MANAGERS)
def _describe(actor: Actor, subject: Any) -> bool:  # noqa: ANN401 (whatever has a place)
    return _manages(actor, subject)


@action("platform.complete", label=_("Compléter et vérifier le rapport d'une P2I"), roles=MANAGERS)
def _complete(actor: Actor, report: Any) -> bool:  # noqa: ANN401 (a report)
    return _manages(actor, report)


@action("platform.seal", label=_("Sceller et déposer le rapport d'une P2I"), roles=(Role.SUPERVISOR,))
def _seal(actor: Actor, report: Any) -> bool:  # noqa: ANN401 (a report)
    """Whoever supervises the body that manages the unit."""
    return actor.in_body(body_of(report.place), Role.SUPERVISOR)


@action("platform.receive", label=_("Recevoir ou renvoyer le rapport d'une P2I"), roles=(Role.SECRETARIAT,))
def _receive(_actor: Actor, _report: object) -> bool:
    return True


@action(
    "platform.inspect", label=_("Visiter une P2I, dire sa conformité, vérifier un remède"), roles=(Role.SECRETARIAT,)
)
def _inspect(_actor: Actor, _subject: object) -> bool:
    return True


@action("platform.remedy", label=_("Proposer et faire un remède dans une P2I"), roles=MANAGERS)
def _remedy(actor: Actor, finding: Any) -> bool:  # noqa: ANN401 (a finding)
    return _manages(actor, finding)


@action("platform.decide", label=_("Décider d'un constat porté au CTO"), committees=True)
def _decide(_actor: Actor, _finding: object) -> bool:
    return True


@action(
    "specialisation.view",
    label=_("Lire la spécialisation des P2I"),
    roles=(*OVERSEERS, *MANAGERS, Role.FEDERATION, Role.TRAINING),
)
def _specialisation(actor: Actor, _subject: object) -> bool:
    return actor.has_role(*OVERSEERS, Role.FEDERATION, Role.TRAINING) or bool(actor.places)


@action("specialisation.propose", label=_("Proposer une cible de spécialisation pour sa P2I"), roles=(Role.SUPERVISOR,))
def _propose_target(actor: Actor, target: Any) -> bool:  # noqa: ANN401 (whatever has a place)
    """Whoever supervises the body that manages the unit."""
    return actor.in_body(body_of(target.place), Role.SUPERVISOR)


@action(
    "specialisation.target",
    label=_("Fixer une cible de spécialisation à une P2I"),
    roles=(Role.SECRETARIAT, Role.STEERING_MEMBER),
)
def _target(_actor: Actor, _subject: object) -> bool:
    return True
