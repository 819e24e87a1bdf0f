"""The firms of the synthetic country, as columns, and the draws that make each one different."""

from __future__ import annotations

from dataclasses import dataclass, fields
from statistics import NormalDist
from typing import Any

import numpy as np
from numpy.typing import NDArray

from minassa.nation.calibration import by_filiere, calibration
from minassa.nation.invented_numbers import affiliation
from minassa.nation.streams import BASIS, chance, share_out, stream
from minassa.vocabulary.filieres import Filiere
from minassa.vocabulary.places import place_by_slug
from minassa.vocabulary.rounding import allocate

NEVER = 32_000
"""A month, counted from the first one, that never comes."""

MONTHS_A_YEAR = 12
_SMALLEST = 3
_LARGEST = 12_000
NOTABLE_SIZE = 15
"""Staff from which a habit of a firm can be seen."""
MOST_STAFF = 36_000
"""A CNSS file cannot hold more: its total of days has six digits."""
_LARGE = 250
_EXEMPTION_YEARS_SPREAD = 18


@dataclass(frozen=True)
class Firms:
    """Firms as columns of one length. Months are counted from the first simulated month (negative: before it).

    `group` is the rank of the firm at the head of the group (its own when alone); `started` the first month of
    activity; `opens` and `closes` the first and last months with staff (NEVER: does not close); `second_from` the
    month the second establishment opens, at `second_place` (0: none); `moved_on` the month the first one moves to
    `moved_to`. In basis points: `growth` and `raises` a year,
    export share at both ends of the simulation, turnover over payroll (`markup`), profit over turnover (`margin`).
    From month `silent_from` a firm files nothing with the CNSS any more (NEVER: it always does); one that `renewed`
    has joined the offer of 2025, whenever it settled.
    `transport` is an exempt allowance, in centimes a month; `stale` which certificate is old (0 none, 1 tax, 2 CNSS,
    3 both); `announced`: the préétabli files are kept; `style`: the way titles are written.
    """

    rank: NDArray[np.int64]
    affiliation: NDArray[np.int64]
    group: NDArray[np.int64]
    filiere: NDArray[np.int64]
    size: NDArray[np.int64]
    started: NDArray[np.int64]
    installed: NDArray[np.int64]
    opens: NDArray[np.int64]
    closes: NDArray[np.int64]
    growth: NDArray[np.int64]
    export_first: NDArray[np.int64]
    export_last: NDArray[np.int64]
    markup: NDArray[np.int64]
    margin: NDArray[np.int64]
    closing_month: NDArray[np.int64]
    raises: NDArray[np.int64]
    thirteenth: NDArray[np.bool_]
    transport: NDArray[np.int64]
    rounds: NDArray[np.bool_]
    tahfiz: NDArray[np.bool_]
    slow_register: NDArray[np.bool_]
    announced: NDArray[np.bool_]
    listed: NDArray[np.bool_]
    stale: NDArray[np.int64]
    style: NDArray[np.int64]
    place: NDArray[np.int64]
    second_place: NDArray[np.int64]
    second_from: NDArray[np.int64]
    moved_to: NDArray[np.int64]
    moved_on: NDArray[np.int64]
    silent_from: NDArray[np.int64]
    renewed: NDArray[np.bool_]

    def __len__(self) -> int:
        """Return the number of firms."""
        return len(self.rank)

    def take(self, rows: NDArray[np.int64]) -> Firms:
        """Return some of the firms, in the given order."""
        return Firms(**{field.name: getattr(self, field.name)[rows] for field in fields(self)})


def make_firms(seed: int, people: int, months: int) -> Firms:
    """Draw the firms of a country of `people` employees at the start, followed for `months` months."""
    rng = stream(seed, "firms")
    filiere, size = _at_the_start(people)
    order = rng.permutation(len(size))
    filiere, size = filiere[order], size[order]
    opens = np.zeros(len(size), np.int64)
    born_filiere, born_size, born_opens = _entrants(rng, filiere, size, months)
    filiere, size = np.append(filiere, born_filiere), np.append(size, born_size)
    opens = np.append(opens, born_opens)
    return _dress(rng, filiere, size, opens, months)


def _at_the_start(people: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the filière and the size of each firm of the start: sizes add up to `people`."""
    figures = calibration()
    heads = allocate(people, list(by_filiere(figures.job_shares).values()))
    most = min(8_000, max(10, people * figures.anchor_firms.value // figures.anchor_jobs.value))
    firms = allocate(most, list(by_filiere(figures.firm_shares).values()))
    filieres, sizes = [], []
    for filiere, staff, wanted in zip(by_filiere(figures.job_shares), heads, firms, strict=True):
        count = max(1, min(wanted, staff // (2 * _SMALLEST)))
        sizes.append(_sizes(staff, count, figures.size_spread.value / 100))
        filieres.append(np.full(count, filiere, np.int64))
    return np.concatenate(filieres), np.concatenate(sizes)


def _sizes(staff: int, count: int, spread: float) -> NDArray[np.int64]:
    """Return the sizes of `count` firms: the quantiles of a lognormal law, so that the tail is always there."""
    smallest = min(_SMALLEST, staff // count)
    normal = NormalDist()
    weights = [int(1e6 * np.exp(spread * normal.inv_cdf((rank + 0.5) / count))) for rank in range(count)]
    sizes = allocate(staff - smallest * count, weights)
    while max(sizes) > _LARGEST:
        # The weights are sorted: the largest firms are cut, and the others share what is left.
        cut = sum(size >= _LARGEST for size in sizes)
        left = staff - smallest * count - cut * _LARGEST
        sizes = allocate(left, weights[: count - cut]) + [_LARGEST] * cut
    return np.array(sizes, np.int64) + smallest


def _entrants(
    rng: np.random.Generator, filiere: NDArray[np.int64], size: NDArray[np.int64], months: int
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Return the filière, first size and first month of the firms that will open."""
    yearly = len(size) * calibration().entrants.value
    count = max(1, yearly * months // (BASIS * MONTHS_A_YEAR)) if months > MONTHS_A_YEAR // 2 else 0
    usual = max(4.0, float(np.mean(size)) / 10)
    sizes = np.clip(np.exp(rng.normal(np.log(usual), 0.7, count)), _SMALLEST, 8 * usual).astype(np.int64)
    return rng.choice(filiere, count), sizes, rng.integers(1, max(2, months - 2), count)


def _dress(
    rng: np.random.Generator, filiere: NDArray[np.int64], size: NDArray[np.int64], opens: NDArray[np.int64], months: int
) -> Firms:
    """Give each firm its history, its growth, its exports, its places and its habits."""
    count = len(size)
    started, installed = _history(rng, opens)
    export_first, export_last = _exports(rng, count)
    second_place, second_from = _second_places(rng, size, months)
    moved_to, moved_on = _relocations(rng, size, opens, months)
    return Firms(
        rank=np.arange(count),
        affiliation=np.array([affiliation(rank) for rank in range(count)], np.int64),
        group=_groups(rng, size, opens),
        filiere=filiere,
        size=size,
        started=started,
        installed=installed,
        opens=opens,
        closes=_closures(rng, size, opens, months),
        growth=_growth(rng, opens, months),
        export_first=export_first,
        export_last=export_last,
        markup=np.full(count, BASIS),
        margin=np.clip(rng.normal(900, 600, count), -600, 2500).astype(np.int64),
        tahfiz=chance(rng, count, 3000) & (started > -2 * MONTHS_A_YEAR),
        place=_places(rng, size),
        second_place=second_place,
        second_from=second_from,
        moved_to=moved_to,
        moved_on=moved_on,
        silent_from=np.full(count, NEVER),
        renewed=np.zeros(count, np.bool_),
        **_habits(rng, size, opens),
    )


def _habits(rng: np.random.Generator, size: NDArray[np.int64], opens: NDArray[np.int64]) -> dict[str, Any]:
    """Return the columns that tell how each firm pays, closes its year and keeps its papers."""
    figures, count = calibration(), len(size)
    return {
        "closing_month": np.where(chance(rng, count, figures.june_closing_share.value), 6, 12),
        "raises": np.clip(rng.normal(figures.raise_a_year.value, 120, count), 0, 900).astype(np.int64),
        "thirteenth": chance(rng, count, figures.thirteenth_month_share.value),
        "transport": np.where(chance(rng, count, 3500), rng.choice([20_000, 30_000, 50_000], count), 0),
        "rounds": _some(rng, size, opens, 1_000),
        "slow_register": _some(rng, size, opens, 800),
        "announced": _some(rng, size, opens, 300),
        "listed": ~chance(rng, count, figures.unlisted_activity_share.value),
        "stale": np.where(chance(rng, count, figures.stale_certificate_share.value), rng.integers(1, 4, count), 0),
        "style": rng.integers(0, 3, count),
    }


def _some(rng: np.random.Generator, size: NDArray[np.int64], opens: NDArray[np.int64], share: int) -> NDArray[np.bool_]:
    """Draw a share of the firms, in basis points: at least one of some size, so that small countries have one too."""
    fit = np.flatnonzero((opens == 0) & (size >= min(NOTABLE_SIZE, int(size.max()))))
    drawn = chance(rng, len(size), share)
    drawn[rng.choice(fit)] = True
    return drawn


def _history(rng: np.random.Generator, opens: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the first month of activity and the month of installation of each firm."""
    age = np.clip(rng.gamma(2.0, 45.0, len(opens)), 6, _EXEMPTION_YEARS_SPREAD * MONTHS_A_YEAR).astype(np.int64)
    started = np.where(opens > 0, opens - rng.integers(0, 3, len(opens)), -age)
    return started, np.minimum(started + rng.integers(0, 6, len(opens)), opens)


def _groups(rng: np.random.Generator, size: NDArray[np.int64], opens: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the head of each firm: alone, at the head of 2 to 5 firms, or in the group of another."""
    group = np.arange(len(size))
    leads = chance(rng, len(size), np.where(size > _LARGE, 3500, calibration().group_share.value))
    leads[0] |= len(size) > 1
    followers = rng.integers(1, 5, len(size))
    taken, last = 0, int(np.sum(opens == 0))
    for rank in range(last):
        if rank < taken or not leads[rank]:
            continue
        taken = min(last, rank + 1 + int(followers[rank]))
        group[rank:taken] = rank
    heads = np.unique(group[:last][np.bincount(group[:last], minlength=last)[group[:last]] > 1])
    joins = chance(rng, len(size), 2000) & (opens > 0)
    if len(heads):
        group[joins] = rng.choice(heads, int(joins.sum()))
    return group


def _growth(rng: np.random.Generator, opens: NDArray[np.int64], months: int) -> NDArray[np.int64]:
    """Return the yearly growth of each firm, such that the whole grows as the figure says.

    Firms that grow faster than the mean weigh more and more, so the mean of firms is lower than that of the whole.
    """
    figures = calibration()
    spread, years = figures.growth_spread.value, months / MONTHS_A_YEAR
    even = BASIS * float(np.log1p(figures.growth.value / BASIS))
    usual = even - spread * spread * years / (2 * BASIS)
    drawn = rng.normal(usual, spread, len(opens))
    return np.where(opens > 0, 1_500, np.clip(drawn, -1500, 3500)).astype(np.int64)


def _exports(rng: np.random.Generator, count: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the export share at both ends: most firms stay above 70 %, some below, some cross."""
    figures = calibration()
    first, last = rng.integers(7_600, BASIS + 1, count), rng.integers(-200, 201, count)
    last = np.clip(first + last, 7_400, BASIS)
    low = chance(rng, count, figures.low_export_share.value)
    level = rng.integers(500, 6_400, count)
    first, last = np.where(low, level, first), np.where(low, level, last)
    crosses = ~low & chance(rng, count, figures.crossing_export_share.value)
    under, over = rng.integers(5_600, 6_900, count), rng.integers(7_200, 8_600, count)
    up = chance(rng, count, 6_500)
    return (
        np.where(crosses, np.where(up, under, over), first),
        np.where(crosses, np.where(up, over, under), last),
    )


def _closures(
    rng: np.random.Generator, size: NDArray[np.int64], opens: NDArray[np.int64], months: int
) -> NDArray[np.int64]:
    """Return the last month of the firms that close, NEVER for the others: only small firms close."""
    small = size <= max(40.0, float(np.median(size)))
    ends = chance(rng, len(size), calibration().closures.value * months / MONTHS_A_YEAR * 2) & small
    month = opens + rng.integers(4, max(5, months), len(size))
    return np.where(ends & (month < months - 1), month, NEVER)


def _places(rng: np.random.Generator, size: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the place of each firm: the largest first, each where enough of the place's share is left."""
    shares = calibration().place_shares
    codes = np.array([place_by_slug(slug).code for slug in shares], np.int64)
    left = np.array([figure.value for figure in shares.values()], np.float64) * float(size.sum()) / BASIS
    chosen = np.zeros(len(size), np.int64)
    for firm in np.argsort(-size, kind="stable"):
        room = np.where(left >= size[firm] / 2, left, 0.0)
        rank = int(share_out(rng, room if room.any() else np.maximum(left, 1.0), 1)[0])
        left[rank] -= size[firm]
        chosen[firm] = codes[rank]
    return chosen


def _second_places(
    rng: np.random.Generator, size: NDArray[np.int64], months: int
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the place of the second establishment (0: none) and the month it opens, often after the start."""
    has = chance(rng, len(size), np.where(size > _LARGE, 5_000, np.where(size > _LARGE // 4, 1_200, 100)))
    since = np.where(chance(rng, len(size), 5_000), 0, rng.integers(1, max(2, months), len(size)))
    return np.where(has, _places(rng, size // 3), 0), np.where(has, since, NEVER)


def _relocations(
    rng: np.random.Generator, size: NDArray[np.int64], opens: NDArray[np.int64], months: int
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return where and when a few firms move their first establishment (0, NEVER: they stay)."""
    moves = chance(rng, len(size), calibration().relocation_share.value) & (opens == 0)
    month = rng.integers(1, max(2, months), len(size))
    return np.where(moves, _places(rng, size), 0), np.where(moves, month, NEVER)


def filiere_of(code: int) -> str:
    """Return the code of a filière as files write it: ITO ... KPO, or AUCUNE."""
    return "AUCUNE" if code == Filiere.NONE else Filiere(code).name
