"""Who may do what with surveys: one predicate per action. What is not said here is refused.

Who follows firms sees their names and never their answers; who studies answers never sees a name.
"""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from minassa.registry.models import Power, Role
from minassa.registry.public import Actor, action
from minassa.surveys.models import Asked

FIRM: Final = (Power.PREPARE, Power.SIGN)
READERS: Final = (
    Role.STEERING_MEMBER,
    Role.CTO_MEMBER,
    Role.SECRETARIAT,
    Role.ANALYST,
    Role.FEDERATION,
    Role.TRAINING,
)


MAKERS: Final = (Role.ANALYST, Role.FEDERATION)
"""Who makes questionnaires and draws the firms they are put to."""


@action("survey.list", label=_("Voir les enquêtes"), roles=READERS, powers=FIRM)
def _list(_actor: Actor, _subject: object) -> bool:
    return True


@action("survey.results", label=_("Lire les résultats protégés d'une enquête"), roles=READERS)
def _results(_actor: Actor, _survey: object) -> bool:
    return True


@action("survey.keep", label=_("Garder un questionnaire, le relire"), roles=MAKERS)
def _keep(_actor: Actor, _questionnaire: object) -> bool:
    return True


@action("survey.draw", label=_("Tirer l'échantillon d'une enquête"), roles=MAKERS)
def _draw(_actor: Actor, _survey: object) -> bool:
    return True


@action("survey.answer", label=_("Répondre à une enquête pour une entreprise"), powers=FIRM)
def may_answer(actor: Actor, asked: Asked) -> bool:
    """The firm itself, through those who prepare or sign for it."""
    return actor.may_act_for(asked.enterprise_id, *FIRM)


@action("survey.follow", label=_("Suivre qui n'a pas répondu à une enquête"), roles=(Role.SECRETARIAT,))
def _follow(_actor: Actor, _survey: object) -> bool:
    """Names and states, never answers."""
    return True


@action("survey.import", label=_("Importer des réponses venues d'un autre outil"), roles=(Role.SECRETARIAT,))
def _import(_actor: Actor, _survey: object) -> bool:
    """What is wrong is told by line and question; no answer is shown."""
    return True


@action("survey.study", label=_("Lire les réponses d'une enquête, sans les noms"), roles=(Role.ANALYST,))
def _study(_actor: Actor, _survey: object) -> bool:
    """Answers with stratum and weight, never the name nor a number of the firm."""
    return True


@action("survey.theme", label=_("Faire des thèmes de réponses ouvertes"), roles=(Role.ANALYST,))
def _theme(_actor: Actor, _survey: object) -> bool:
    """Who studies answers without names."""
    return True
