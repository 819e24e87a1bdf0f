"""What the labour market says of an occupation: tension and wage of its unit group, and training of its filière."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

import polars as pl
from django.conf import settings
from django.utils import timezone

from minassa.delays import instant_of, local_day
from minassa.outlook.disclosure.parameters import control
from minassa.steering.gaps.kept import latest_gaps
from minassa.talent.balance.gaps import ALL
from minassa.talent.reference.entries import Occupation
from minassa.talent.reference.reading import reference
from minassa.training.public import cohorts
from minassa.vocabulary.filieres import FILIERE_CODES
from minassa.vocabulary.periods import month_of
from minassa.web.gaps.asked import scenarios_told
from minassa.web.gaps.wording import CLASSES

SURPLUS: Final = 2
"""The highest class of tension that is a surplus."""
MOST_COURSES: Final = 3


@dataclass(frozen=True, slots=True)
class Course:
    """A cohort that has not ended: its programme, who trains, its seats (None: nobody said)."""

    title: str
    provider: str
    seats: int | None
    region: int
    filiere: int


@dataclass(frozen=True, slots=True)
class Market:
    """Classes of tension by unit group and region (`ALL`: the country), wages of a month by occupation, in centimes."""

    tensions: Mapping[tuple[str, int], int]
    wages: Mapping[str, int]
    courses: tuple[Course, ...]
    until: str = ""
    synthetic: bool = False

    def tension(self, occupation: Occupation, region: int) -> int | None:
        """The class of an occupation in a region, else in the country; None where too few people hold it."""
        code = occupation.isco08
        return self.tensions.get((code, region), self.tensions.get((code, ALL)))

    def courses_to(self, occupation: Occupation, region: int) -> list[Course]:
        """Programmes of the filières of an occupation: those of the region, else of the country; the largest first."""
        wanted = {FILIERE_CODES[code] for code in occupation.filieres}
        found = [one for one in self.courses if one.filiere in wanted]
        near = [one for one in found if one.region == region] or found
        return sorted(_by_programme(near), key=lambda one: (-(one.seats or 0), one.title))[:MOST_COURSES]


def _by_programme(courses: Iterable[Course]) -> Iterator[Course]:
    """One course for each programme and provider, with the seats that are known of all its cohorts."""
    together: dict[tuple[str, str], list[Course]] = {}
    for one in courses:
        together.setdefault((one.title, one.provider), []).append(one)
    for held in together.values():
        known = [one.seats for one in held if one.seats is not None]
        yield replace(held[0], seats=sum(known) if known else None)


def market_now() -> Market:
    """The market as the gaps kept last and the sheets of training tell it; empty where nothing is kept."""
    vintage = latest_gaps(settings.MINASSA_HOME)
    if vintage is None or vintage.cube is None:
        return Market({}, {}, _courses())
    document = vintage.document
    paid = {code: cents for code, region, _people, cents in document["wages"] if region == ALL}
    wages = {code: paid[one.isco08] for code, one in reference().occupations.items() if one.isco08 in paid}
    return Market(_tensions(vintage.cube), wages, _courses(), document["until"], document["synthetic"])


def _tensions(cube: pl.DataFrame) -> dict[tuple[str, int], int]:
    """Classes of the first year ahead; a group that too few people hold is left out."""
    told = scenarios_told(cube)
    rows = cube.filter(
        pl.col("grain").is_in(["occupation", "occupation_region"]),
        pl.col("month") == pl.col("month").min(),
        pl.col("scenario") == (told[0] if told else ""),
        pl.col("before") >= control().fewest_persons.value,
    )
    return {(code, region): rank for code, region, rank in rows.select("occupation", "region", "tension").iter_rows()}


def _courses() -> tuple[Course, ...]:
    today = month_of(local_day(instant_of(timezone.now())))
    rows = cohorts().filter(ends_month__gte=today)
    return tuple(Course(one.title, one.provider, one.seats, one.region, one.filiere) for one in rows)


def demand(rank: int | None) -> dict[str, object] | None:
    """A class of tension in words; None for none."""
    return None if rank is None else {"rank": rank, "sign": CLASSES[rank][0], "label": CLASSES[rank][1]}


def in_surplus(rank: int | None) -> bool:
    """Whether a class is one of surplus; what nobody knows is not."""
    return rank is not None and rank <= SURPLUS
