"""The survey of needs of the invented nation: its firms are asked, most answer, one is left for a person to try."""

from __future__ import annotations

import random
from datetime import datetime, timedelta
from typing import Final

from minassa.entitlements.runs import Run
from minassa.registry.models import Enterprise, Power
from minassa.registry.public import Actor, Mandated
from minassa.simulators.story.cast import Cast
from minassa.surveys.models import Asked, Survey
from minassa.surveys.public import Plan, frame_of, open_survey, save_draft, submit, survey_parameters
from minassa.talent.survey.answers import Answers, Turn
from minassa.talent.survey.sources import NEEDS, shipped_form, shipped_sheets
from minassa.vocabulary.filieres import Filiere

SILENT: Final = 0.2
"""The share of firms that do not answer."""
_OPEN: Final = timedelta(days=60)
_GROUPS: Final = {
    Filiere.ITO: ("software", "cloud", "cybersecurity", "data_ai", "testing", "it_support", "projects"),
    Filiere.CRM: ("contact_agents", "contact_leaders", "it_support"),
    Filiere.BPO: ("finance_hr", "contact_agents", "projects"),
    Filiere.ESO: ("engineering", "software", "projects"),
    Filiere.KPO: ("knowledge", "data_ai", "projects"),
}


def surveyed(people: Cast, run: Run, late: int, now: datetime) -> int:
    """Open the survey of needs and let firms answer, once; how many did. The firm numbered `late` stays unanswered."""
    frame = frame_of(run)
    if Survey.objects.exists() or not frame:
        return 0
    day, size = now.date(), survey_parameters()["sample_size"].value
    plan = Plan(shipped_sheets(NEEDS), day - timedelta(days=1), day + _OPEN, f"synthetique-{run.until}", size)
    survey = open_survey(people["analyste"], plan, frame, now, run=run.path.name, synthetic=True)
    left = Enterprise.objects.filter(affiliation=late).values_list("pk", flat=True).first()
    source = random.Random(survey.seed)  # noqa: S311 (invented answers, drawn again alike)
    answered = 0
    for asked in survey.asked.exclude(enterprise=left).select_related("survey").order_by("pk"):
        if source.random() >= SILENT:
            submit(_for(people, asked), asked, _invented(asked, source), now, language="fr")
            answered += 1
    begun = survey.asked.filter(state="asked").exclude(enterprise=left).order_by("pk").first()
    if begun is not None:
        save_draft(_for(people, begun), begun, {"headcount": str(begun.headcount)}, now)
    return answered


def _for(people: Cast, asked: Asked) -> Actor:
    """Who answers for a firm: the account that prepares for all firms of the story."""
    account = people.accounts["accountant"]
    held = (Mandated(asked.enterprise_id, frozenset({Power.PREPARE.value})),)
    return Actor(account_id=account.pk, email=account.email, mandates=held)


def _invented(asked: Asked, source: random.Random) -> Answers:
    heads = asked.headcount
    turns = _turns(asked, source)
    threatened = source.random() < 0.4  # noqa: PLR2004 (two firms in five)
    answers: Answers = {
        "headcount": str(heads),
        "outlook": source.choices(["growth", "stable", "decline"], [6, 3, 1])[0],
        "headcount_in_three_years": str(round(heads * source.uniform(0.9, 1.6))),
        "markets": " ".join(_some("markets", source, 2)),
        "capabilities_lacking": " ".join(_some("capabilities_lacking", source, 2)),
        "occupations": turns,
        "skills_lacking": " ".join(_some("skills_lacking", source, 3)),
        "skills_to_train": " ".join(_some("skills_to_train", source, 3)),
        "trained": str(round(heads * source.uniform(0, 0.4))),
        "to_train": str(round(heads * source.uniform(0.1, 0.6))),
        "trainers": str(round(heads * source.uniform(0, 0.03))),
        "apprentices": str(round(heads * source.uniform(0, 0.06))),
        "jobs_threatened": "yes" if threatened else "no",
        "hires_reconverted": source.choice(["yes", "no"]),
    }
    if threatened:
        named = " ".join(turn["group"] for turn in turns[:1])
        answers |= {"threatened_groups": named, "to_reconvert": str(round(heads * source.uniform(0, 0.1)))}
    return answers


def _turns(asked: Asked, source: random.Random) -> list[Turn]:
    groups = _GROUPS.get(Filiere(asked.filiere), ("other_jobs",))
    chosen = [groups[0], *source.sample(groups[1:], min(2, len(groups) - 1))]
    found: list[Turn] = []
    for share, group in zip((0.6, 0.25, 0.15), chosen, strict=False):
        people = round(asked.headcount * share)
        hires = round(people * source.uniform(0.05, 0.3))
        hard = round(hires * source.uniform(0, 0.7))
        turn = {
            "group": group,
            "group_headcount": str(people),
            "group_hires": str(hires),
            "group_leaving": str(round(hires * source.uniform(0.2, 0.6))),
        }
        if hires:
            turn["group_hard"] = str(hard)
        if hard:
            turn["hard_reasons"] = " ".join(source.sample(["few", "skills", "languages", "pay", "abroad"], 2))
        found.append(turn)
    return found


def _some(question: str, source: random.Random, most: int) -> list[str]:
    names = [one.name for one in shipped_form(NEEDS).questions[question].choices]
    return source.sample(names, most)
