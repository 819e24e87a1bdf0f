"""What an address of surveys bears on, among what the actor may know of."""

from __future__ import annotations

from uuid import UUID

from minassa.registry.public import Actor, allowed
from minassa.surveys.models import Asked, Questionnaire, Survey
from minassa.surveys.public import may_answer


def the_survey(_actor: Actor, survey: UUID) -> Survey:
    """The survey of an address: that it exists is known to whoever may see surveys."""
    return Survey.objects.get(uuid=survey)


def the_firm_asked(actor: Actor, asked: UUID) -> Asked | None:
    """A firm of a sample, for its own people; None for anyone else, who must not learn that it is asked."""
    found = Asked.objects.select_related("survey", "enterprise").get(uuid=asked)
    return found if allowed(actor, "survey.answer", found) and may_answer(actor, found) else None


def the_firm_followed(actor: Actor, asked: UUID) -> Asked | None:
    """A firm of a sample, for who follows non-response."""
    found = Asked.objects.select_related("survey", "enterprise").get(uuid=asked)
    return found if allowed(actor, "survey.follow", found.survey) or may_answer(actor, found) else None


def the_questionnaire(_actor: Actor, questionnaire: UUID) -> Questionnaire:
    """A questionnaire that is kept, for whoever makes them."""
    return Questionnaire.objects.get(uuid=questionnaire)
