"""Posts that a plan of seats is made to fill: those that kept gaps leave open, or assumed ones where none is kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import polars as pl

from minassa.talent.balance.tables import BalanceTables
from minassa.talent.balance.unit_groups import unit_group_name
from minassa.talent.seats.assumed import Assumptions
from minassa.talent.seats.linear import Reals
from minassa.vocabulary.periods import MONTHS_A_YEAR
from minassa.vocabulary.rates import BASIS_POINTS

REGIONS: Final = tuple(range(1, 13))
Key = tuple[str, str, int, int]


@dataclass(frozen=True, slots=True)
class Needed:
    """What kept gaps leave open: posts of the country by scenario, occupation, region and year; whence it is read.

    `wages`: the median salary of a month by occupation, in centimes, where it is shown.
    """

    posts: Mapping[Key, float]
    run: str
    until: str
    wages: Mapping[str, int]

    @property
    def scenarios(self) -> tuple[str, ...]:
        """Roads that the gaps were told for."""
        return tuple(sorted({scenario for scenario, _occupation, _region, _year in self.posts}))

    def of_year(self, scenario: str, occupation: str, region: int, year: int) -> float:
        """Posts of a year; of the nearest one that is told when it is not."""
        told = sorted({each for _scenario, _occupation, _region, each in self.posts})
        nearest = min(max(year, told[0]), told[-1])
        return self.posts.get((scenario, occupation, region, nearest), 0.0)


def needed(cube: pl.DataFrame, document: Mapping[str, Any]) -> Needed:
    """What a kept cube of gaps leaves open to those a plan would train.

    Graduates like last year's, whom no cohort told so far brings, are those that a plan decides: they are not counted
    as coming. Data that are a sample of the country are brought to its size.
    """
    millionths = document["scale_millionths"] or 1_000_000
    rows = cube.filter(pl.col("grain") == "occupation_region").select(
        "scenario",
        "occupation",
        "region",
        pl.col("month") // MONTHS_A_YEAR,
        ((pl.col("gap") + pl.col("unannounced")).clip(lower_bound=0.0) * 1_000_000 / millionths).alias("posts"),
    )
    posts = {(str(row[0]), str(row[1]), int(row[2]), int(row[3])): float(row[4]) for row in rows.iter_rows()}
    wages = {code: cents for code, region, _people, cents in document["wages"] if region < 0}
    return Needed(posts, document["run"], document["until"], wages)


@dataclass(frozen=True, slots=True)
class Named:
    """An occupation sought, by its code and its name in three languages."""

    code: str
    fr: str
    ar: str
    en: str


@dataclass(frozen=True, slots=True)
class Sought:
    """Occupations, the share of a programme's graduates that each can take (basis points), and posts (s, o, r, year).

    `run`: the one whose gaps were read, empty where posts are assumed. `wages`: centimes a month by occupation.
    """

    occupations: tuple[Named, ...]
    leads_to: Mapping[str, Mapping[str, int]]
    posts: Reals
    run: str = ""
    until: str = ""
    wages: Mapping[str, int] | None = None


def sought_in(
    found: Needed, programmes: Mapping[str, int], tables: BalanceTables, first_year: int, years: int
) -> Sought:
    """What the kept gaps leave open in the occupations that some programmes (code, filière) lead to."""
    leads_to = {code: tables.flexibility[tables.field_of(code, filiere).field] for code, filiere in programmes.items()}
    codes = sorted({occupation for row in leads_to.values() for occupation in row})
    asked = [
        [
            [[found.of_year(scenario, code, region, first_year + year) for year in range(years)] for region in REGIONS]
            for code in codes
        ]
        for scenario in found.scenarios
    ]
    names = tuple(Named(code, *(unit_group_name(code, language) for language in ("fr", "ar", "en"))) for code in codes)
    return Sought(names, leads_to, np.array(asked), found.run, found.until, found.wages)


def sought_as_assumed(programmes: Mapping[str, int], assumed: Assumptions, years: int) -> Sought:
    """Posts as assumed, in the occupations that are assumed too."""
    leads_to = {code: assumed.leads_to(code, filiere) for code, filiere in programmes.items()}
    names = tuple(Named(one.code, one.fr, one.ar, one.en) for one in assumed.occupations)
    return Sought(names, leads_to, _assumed_posts(assumed, years))


def flexibility_of(sought: Sought, codes: Sequence[str]) -> Reals:
    """The share (p, o) of the graduates of each programme that each occupation can take."""
    return np.array(
        [[sought.leads_to[code].get(one.code, 0) / BASIS_POINTS for one in sought.occupations] for code in codes]
    )


def _assumed_posts(assumed: Assumptions, years: int) -> Reals:
    grown = (1 + assumed.growth_year / BASIS_POINTS) ** np.arange(years)
    where = np.array([assumed.regions[region] / BASIS_POINTS for region in REGIONS])
    of_year = np.array(
        [
            [assumed.needs_year[one.filiere][scenario] * one.share / BASIS_POINTS for one in assumed.occupations]
            for scenario in range(len(assumed.scenarios))
        ]
    )
    return np.asarray(of_year[:, :, None, None] * where[None, None, :, None] * grown)
