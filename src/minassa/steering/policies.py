"""Who may do what in steering: one predicate per action. What is not said here is refused."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from minassa.reforms.public import STEERERS
from minassa.registry.models import Enterprise, Power, Role
from minassa.registry.public import Actor, action

OFFICERS: Final = (Role.OFFICER, Role.SUPERVISOR)
DECIDERS: Final = (Role.CTO_MEMBER, Role.SECRETARIAT)
BODY_OF_DECLARATIONS: Final = "cnss"
"""The body that receives declarations of wages by law: it may look at what is made of them."""


@action("reform.try", label=_("Essayer une réforme sur toutes les déclarations"), roles=STEERERS)
def _try(_actor: Actor, _subject: object) -> bool:
    return True


@action("plan.ask", label=_("Demander à l'optimiseur un plan de primes, en lire un"), roles=STEERERS)
def _plan(_actor: Actor, _subject: object) -> bool:
    return True


@action(
    "cockpit.view",
    label=_("Ouvrir le tableau de bord des comités"),
    roles=(Role.STEERING_MEMBER, *DECIDERS),
)
def _cockpit(_actor: Actor, _subject: object) -> bool:
    return True


def _receives(actor: Actor) -> bool:
    return actor.in_body(BODY_OF_DECLARATIONS, *OFFICERS)


@action("indicator.view", label=_("Lire les indicateurs, jusqu'aux entreprises"), roles=(*STEERERS, *OFFICERS))
def _view(actor: Actor, _subject: object) -> bool:
    return actor.has_role(*STEERERS) or _receives(actor)


@action("review.view", label=_("Lire le bilan d'une année du contrat-programme"), roles=STEERERS)
def _review_view(_actor: Actor, _subject: object) -> bool:
    return True


@action(
    "review.make",
    label=_("Faire le bilan d'une année du contrat-programme"),
    roles=(Role.SECRETARIAT, Role.ANALYST),
)
def _review(_actor: Actor, _subject: object) -> bool:
    return True


@action(
    "indicator.lines",
    label=_("Descendre d'un indicateur aux mois de chaque salarié"),
    roles=(*DECIDERS, *OFFICERS),
)
def _lines(actor: Actor, _subject: object) -> bool:
    return actor.has_role(*DECIDERS) or _receives(actor)


@action(
    "firm.figures",
    label=_("Lire les chiffres d'une entreprise : emplois, montants, indicateurs"),
    roles=(*STEERERS, *OFFICERS),
    powers=tuple(Power.values),
)
def _firm_figures(actor: Actor, enterprise: Enterprise) -> bool:
    return actor.may_act_for(enterprise.pk) or actor.has_role(*STEERERS) or _receives(actor)


@action("evaluation.view", label=_("Lire tous les chiffres de l'évaluation"), roles=STEERERS)
def _evaluation(_actor: Actor, _subject: object) -> bool:
    return True


@action(
    "gaps.view",
    label=_("Lire les besoins et les ressources du marché du travail, par métier et région"),
    roles=(*STEERERS, Role.FEDERATION, Role.TRAINING),
)
def _gaps(_actor: Actor, _subject: object) -> bool:
    return True
