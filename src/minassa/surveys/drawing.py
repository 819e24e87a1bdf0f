"""Draws the firms that a survey asks from the register, and commits to the list before any answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

import polars as pl
from django.db import transaction
from django.utils.translation import gettext as _

from minassa.entitlements.runs import Run
from minassa.journal.public import append
from minassa.registry.models import Enterprise
from minassa.registry.public import Actor, require
from minassa.surveys.errors import SurveyError
from minassa.surveys.models import Asked, Reminder, Survey
from minassa.surveys.parameters import number
from minassa.talent.survey.design import Design, Drawn, Firm, draw
from minassa.talent.survey.forms import form_of
from minassa.talent.survey.sheets import Sheets
from minassa.vocabulary.places import place
from minassa.vocabulary.regions import regions

UPPER_HEADCOUNTS: Final = (9, 49)
_GROUPS: Final = {6: "casablanca", 4: "rabat", 1: "tanger"}
"""Regions that are a group of their own (HCP numbers); the others, where the sector is small, stand together."""
OTHERS: Final = "autres"


@dataclass(frozen=True, slots=True)
class Plan:
    """A survey to open: its form, its days, the seed of its draw, how many firms at most."""

    sheets: Sheets
    opens_on: date
    closes_on: date
    seed: str
    size: int


def frame_of(run: Run) -> list[Firm]:
    """The firms of the register that employed someone in the last month known, with that headcount (persons)."""
    known = run.table("firm_month").filter(pl.col("month") == run.until, pl.col("headcount_month") > 0)
    heads = dict(known.select("affiliation", "headcount_month").collect().iter_rows())
    firms = Enterprise.objects.filter(affiliation__in=heads).order_by("pk")
    return [
        Firm(str(one.pk), one.filiere, region_group(one.place), int(heads[one.affiliation]))
        for one in firms
        if one.affiliation is not None
    ]


def region_group(number_of_place: int) -> str:
    """The group of regions of a place of work."""
    return _GROUPS.get(place(number_of_place).region, OTHERS)


def regions_of_groups() -> dict[str, list[int]]:
    """The regions (HCP numbers) of each group of regions."""
    found: dict[str, list[int]] = {}
    for one in regions():
        found.setdefault(_GROUPS.get(one.number, OTHERS), []).append(one.number)
    return found


def open_survey(actor: Actor, plan: Plan, firms: Sequence[Firm], at: datetime, *, run: str, synthetic: bool) -> Survey:
    """Draw the sample and open the survey, in one transaction; SurveyError without firms or with days out of order.

    SampleError when the sample is too small; the digest of the list goes to the journal.
    """
    require(actor, "survey.draw")
    if plan.closes_on <= plan.opens_on:
        raise SurveyError(_("Une enquête se ferme après le jour où elle s'ouvre."))
    if not firms:
        raise SurveyError(_("Aucune entreprise à interroger : il faut d'abord un calcul."))
    form = form_of(plan.sheets)
    design = Design(number("take_all_above"), UPPER_HEADCOUNTS, plan.size)
    sample = draw(firms, design, plan.seed)
    with transaction.atomic():
        made = Survey.objects.create(
            code=form.code,
            titles=dict(form.titles),
            sheets={name: list(rows) for name, rows in plan.sheets.items()},
            form_digest=form.digest,
            opens_on=plan.opens_on,
            closes_on=plan.closes_on,
            seed=plan.seed,
            take_all_above=design.take_all_above,
            frame={"|".join(map(str, key)): count for key, count in sample.frame.items()},
            sample_digest=sample.digest,
            run=run,
            synthetic=synthetic,
            drawn_by=str(actor),
            drawn_at=at,
        )
        asked = Asked.objects.bulk_create(_asked(made, one, at) for one in sample.drawn)
        Reminder.objects.bulk_create(_owed(made, asked))
        body = {"form": form.digest, "sample": sample.digest, "seed": plan.seed, "firms": len(asked)}
        append(f"survey:{made.pk}", "survey.drawn", str(actor), body, at)
    return made


def _asked(survey: Survey, one: Drawn, at: datetime) -> Asked:
    """A firm of the sample, with what it stands for."""
    filiere, size_class, group = one.stratum
    return Asked(
        survey=survey,
        enterprise_id=int(one.firm.key),
        filiere=filiere,
        size_class=size_class,
        region_group=group,
        headcount=one.firm.headcount,
        weight=one.weight,
        touched_at=at,
    )


def _owed(survey: Survey, asked: Sequence[Asked]) -> list[Reminder]:
    """Letters at fixed days after the opening, none once the survey is closed."""
    step = timedelta(days=number("days_between_reminders"))
    days = [survey.opens_on + step * rank for rank in range(1, number("most_reminders") + 1)]
    due = [(rank, day) for rank, day in enumerate(days, start=1) if day <= survey.closes_on]
    return [Reminder(asked=one, rank=rank, due_on=day) for one in asked for rank, day in due]
