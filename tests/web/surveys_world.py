"""A survey that asks firms of the tests: one has answered, the others not yet. All invented."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from minassa.registry.models import Enterprise
from minassa.registry.public import Actor
from minassa.surveys.drawing import region_group
from minassa.surveys.models import Asked, Survey
from minassa.surveys.public import Plan, open_survey, submit
from minassa.talent.survey.answers import Answers
from minassa.talent.survey.design import Firm
from minassa.talent.survey.sources import NEEDS, shipped_sheets

SOUND: Answers = {
    "headcount": "100",
    "outlook": "growth",
    "headcount_in_three_years": "150",
    "occupations": [{"group": "cloud", "group_headcount": "30", "group_hires": "4", "group_hard": "0"}],
    "trained": "0",
    "to_train": "12",
    "trainers": "0",
    "jobs_threatened": "no",
    "hires_reconverted": "yes",
    "comment": "Confidence-EXEMPLE",
}


@dataclass(frozen=True)
class Surveyed:
    """The survey, and its firms in the order in which they were given."""

    survey: Survey
    asked: list[Asked]


def make_survey(analyst: Actor, firms: Sequence[Enterprise], answerer: Actor | None, now: datetime) -> Surveyed:
    """A survey open for a month, begun yesterday; the first firm answers when someone does so for it."""
    frame = [Firm(str(one.pk), one.filiere, region_group(one.place), 300 + one.pk % 7) for one in firms]
    plan = Plan(shipped_sheets(NEEDS), (now - timedelta(days=1)).date(), (now + timedelta(days=30)).date(), "t", 99)
    survey = open_survey(analyst, plan, frame, now, run="", synthetic=True)
    asked = [survey.asked.get(enterprise=one) for one in firms]
    if answerer is not None:
        submit(answerer, asked[0], SOUND, now, language="fr")
    return Surveyed(survey, asked)
