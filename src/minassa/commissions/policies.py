"""Who may do what in a commission: one predicate per action. What is not said here is refused.

The federation writes; whoever speaks for a member reads the space and takes part; everyone else has the public sheet.
"""

from __future__ import annotations

from typing import Any, Final

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from minassa.commissions.models import Member
from minassa.registry.models import Power, Role
from minassa.registry.public import Actor, action

ROLES: Final = tuple(Role)
POWERS: Final = tuple(Power)


def memberships(actor: Actor) -> Q:
    """Condition of the members that the actor speaks for today: its firm, its body, or itself by name."""
    today = timezone.localdate()
    held = {one.body_id for one in actor.appointments}
    own = Q(enterprise__in=sorted(actor.enterprises())) | Q(body__in=sorted(held)) | Q(account=actor.account_id or 0)
    return own & Q(since__lte=today) & (Q(until__isnull=True) | Q(until__gte=today))


def speaks_in(actor: Actor, commission: str) -> bool:
    """Whether the actor speaks for a member of the commission today."""
    return actor.signed_in and Member.objects.filter(memberships(actor), commission=commission).exists()


def _code(subject: Any) -> str:  # noqa: ANN401 (a commission, or what is of one)
    return str(getattr(subject, "commission", "") or subject.code)


@action("commission.view", label=_("Lire l'espace d'une commission"), roles=ROLES, powers=POWERS)
def _view(actor: Actor, subject: Any) -> bool:  # noqa: ANN401 (a commission, or what is of one)
    return actor.has_role(Role.FEDERATION) or speaks_in(actor, _code(subject))


@action(
    "commission.part",
    label=_("Prendre part à une commission : points, procès-verbal à approuver, actions"),
    roles=ROLES,
    powers=POWERS,
)
def _part(actor: Actor, subject: Any) -> bool:  # noqa: ANN401 (a commission, or what is of one)
    return actor.has_role(Role.FEDERATION) or speaks_in(actor, _code(subject))


@action(
    "commission.write",
    label=_("Tenir une commission : mandat, membres, séances, plan de travail"),
    roles=(Role.FEDERATION,),
)
def _write(_actor: Actor, _subject: object) -> bool:
    return True
