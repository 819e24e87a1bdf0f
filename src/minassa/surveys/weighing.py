"""Answers of a survey with their weights: raked to the register under the cap, with replicates for the variance."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from minassa.surveys.models import Asked, AskedState, Submission, Survey
from minassa.surveys.parameters import number
from minassa.talent.survey.answers import Answers
from minassa.talent.survey.errors import RakingError
from minassa.talent.survey.raking import Margin, Raked, as_weights, collapsed, design_effect, rake
from minassa.talent.survey.replicates import Replicates, jackknife

FEWEST_IN_A_MARGIN: Final = 3
"""Answers that a category of a margin must have to stand by itself."""
_AXES: Final = ("filiere", "size_class", "region_group")


@dataclass(frozen=True)
class Weighed:
    """The last answers of each firm that answered, with weights and replicates, in one order."""

    asked: tuple[Asked, ...]
    answers: tuple[Answers, ...]
    raked: Raked
    replicates: Replicates
    margins: tuple[str, ...]
    cap: int | None

    @property
    def effect(self) -> float:
        """Kish's design effect of the weights."""
        return design_effect(self.raked.weights)


def weighed(survey: Survey) -> Weighed | None:
    """Answers with their weights; None while nobody answered.

    When no weights meet every margin under the cap, the cap is left, then the last margin, and what was used is said.
    """
    asked = list(survey.asked.filter(state=AskedState.ANSWERED).order_by("pk"))
    if not asked:
        return None
    last = _last(survey)
    margins = [collapsed(_margin(survey, asked, axis), FEWEST_IN_A_MARGIN) for axis in _AXES]
    base = as_weights([one.weight for one in asked])
    for used, cap in _ways(margins):
        try:
            found = rake(base, used, cap=cap)
        except RakingError:
            continue
        strata = [one.stratum for one in asked]
        replicates = jackknife(base, found.weights, strata, survey.frame, used, cap=cap)
        names = tuple(one.name for one in used)
        return Weighed(tuple(asked), tuple(last[one.pk] for one in asked), found, replicates, names, cap)
    return None


def _ways(margins: list[Margin]) -> list[tuple[list[Margin], int | None]]:
    cap = number("cap_of_weights")
    return [(margins, cap), (margins, None), (margins[:2], cap), (margins[:2], None), (margins[:1], None)]


def _last(survey: Survey) -> Mapping[int, Answers]:
    rows = Submission.objects.filter(asked__survey=survey).order_by("asked_id", "number")
    return {row.asked_id: row.answers for row in rows}


def _margin(survey: Survey, asked: list[Asked], axis: str) -> Margin:
    """A variable of the strata: the category of each answer, and firms of the register in each."""
    place, totals = _AXES.index(axis), dict[str, float]()
    for stratum, count in survey.frame.items():
        name = stratum.split("|")[place]
        totals[name] = totals.get(name, 0.0) + count
    return Margin(axis, [str(getattr(one, axis)) for one in asked], totals)
