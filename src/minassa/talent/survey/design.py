"""A sample of firms: every large one, and of the others so many of each stratum, by Neyman's allocation on headcount.

Neyman gives to a stratum in proportion to its size times how unequal its firms are. The draw is seeded: anyone with
the list of firms and the seed draws the same sample, and the digest of the list tells that it is the same.
"""

from __future__ import annotations

import hashlib
import json
import random
import statistics
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from minassa.talent.survey.errors import SampleError

FEWEST: Final = 2
"""Firms drawn of a stratum at least, so that its variance can be told."""
Stratum: TypeAlias = tuple[int, str, str]
"""A filière, a class of size, a group of regions."""
TAKE_ALL: Final = "all"
"""The class of size of firms that are all asked."""


@dataclass(frozen=True, slots=True)
class Firm:
    """A firm of the frame: its key, filière, group of regions, and headcount (persons, last month known)."""

    key: str
    filiere: int
    region_group: str
    headcount: int


@dataclass(frozen=True, slots=True)
class Design:
    """How a sample is drawn: above which headcount every firm is asked, upper bounds of size classes, sample size."""

    take_all_above: int
    upper_headcounts: tuple[int, ...]
    size: int


@dataclass(frozen=True, slots=True)
class Drawn:
    """A firm that is asked: its stratum, and the inverse of its chance of being drawn."""

    firm: Firm
    stratum: Stratum
    weight: float


@dataclass(frozen=True)
class Sample:
    """Firms asked, in the order of their keys, with how many of each stratum there were and were drawn."""

    drawn: tuple[Drawn, ...]
    frame: Mapping[Stratum, int]
    allocation: Mapping[Stratum, int]
    digest: str


def size_class(headcount: int, design: Design) -> str:
    """The class of size of a firm: `all` when every such firm is asked, else `lower-upper`."""
    if headcount > design.take_all_above:
        return TAKE_ALL
    lower = 0
    for upper in design.upper_headcounts:
        if headcount <= upper:
            return f"{lower}-{upper}"
        lower = upper + 1
    return f"{lower}-{design.take_all_above}"


def strata_of(firms: Sequence[Firm], design: Design) -> dict[Stratum, list[Firm]]:
    """Firms by stratum, in the order of their keys."""
    found: dict[Stratum, list[Firm]] = defaultdict(list)
    for firm in sorted(firms, key=lambda one: one.key):
        found[firm.filiere, size_class(firm.headcount, design), firm.region_group].append(firm)
    return dict(sorted(found.items()))


def neyman(strata: Mapping[Stratum, Sequence[Firm]], size: int) -> dict[Stratum, int]:
    """How many firms to draw of each stratum: N × S of headcounts, two at least, all where all are asked.

    SampleError when the sample is too small for what must be taken.
    """
    taken = {key: len(firms) for key, firms in strata.items() if key[1] == TAKE_ALL}
    open_ = {key: firms for key, firms in strata.items() if key not in taken}
    floor = {key: min(FEWEST, len(firms)) for key, firms in open_.items()}
    rest = size - sum(taken.values())
    if rest < sum(floor.values()):
        raise SampleError(
            f"Un échantillon de {size} entreprises est trop petit : il en faut {sum(taken.values())} au-dessus du seuil"
            f" et {sum(floor.values())} pour deux par strate."
        )
    return taken | _shared(open_, floor, rest)


def _shared(strata: Mapping[Stratum, Sequence[Firm]], floor: Mapping[Stratum, int], size: int) -> dict[Stratum, int]:
    """A number of firms shared in proportion, each stratum between its floor and its number of firms."""
    pull = {key: len(firms) * _spread(firms) for key, firms in strata.items()}
    found = dict(floor)
    for _one in range(min(size, sum(map(len, strata.values()))) - sum(floor.values())):
        # One at a time to whoever gains most by it: the exact integer form of Neyman's allocation (Wright, 2012).
        room = [key for key in strata if found[key] < len(strata[key])]
        best = max(room, key=lambda key: (pull[key] / (found[key] * (found[key] + 1)) ** 0.5, len(strata[key]), key))
        found[best] += 1
    return found


def _spread(firms: Sequence[Firm]) -> float:
    """The standard deviation of headcounts of a stratum (persons)."""
    return statistics.stdev(one.headcount for one in firms) if len(firms) > 1 else 0.0


def draw(firms: Sequence[Firm], design: Design, seed: str) -> Sample:
    """A sample of firms; SampleError when it is too small, or a firm stands twice in the frame."""
    if len({one.key for one in firms}) != len(firms):
        raise SampleError("Une entreprise figure deux fois dans la base de sondage.")
    strata = strata_of(firms, design)
    allocation = neyman(strata, min(design.size, len(firms)))
    drawn: list[Drawn] = []
    for stratum, members in strata.items():
        # Each stratum has a seed of its own: a firm that joins one changes the draw of no other.
        source = random.Random(f"{seed}|{stratum}")  # noqa: S311 (a draw to be drawn again, not a secret)
        chosen = source.sample(members, allocation[stratum])
        drawn += [Drawn(one, stratum, len(members) / allocation[stratum]) for one in chosen]
    drawn.sort(key=lambda one: one.firm.key)
    return Sample(tuple(drawn), {key: len(each) for key, each in strata.items()}, allocation, digest_of(drawn))


def digest_of(drawn: Sequence[Drawn]) -> str:
    """The digest of the list of firms asked, with their strata and weights: what is committed to before any answer."""
    plain = [[one.firm.key, list(one.stratum), repr(one.weight)] for one in drawn]
    return hashlib.sha256(json.dumps(plain, ensure_ascii=False).encode()).hexdigest()
