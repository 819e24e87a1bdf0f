"""People to fill posts: graduates by the table of flexibility, entries of other origin, returns, visas."""

from __future__ import annotations

import numpy as np

from minassa.talent.balance.chance import Chance
from minassa.talent.balance.demand import Rates
from minassa.talent.balance.market import Market, Table
from minassa.talent.balance.observed import YEAR
from minassa.talent.balance.parameters import Parameters
from minassa.talent.balance.tables import BalanceTables
from minassa.vocabulary.rates import BASIS_POINTS

SINCE, FULL = 2024, 2030
"""Years between which the visas announced rise evenly to their number."""


def supply(
    market: Market, staff: Table, rate: Rates, chance: Chance, known: Parameters, tables: BalanceTables
) -> dict[str, Table]:
    """People by draw, year and line: `pipelines`, `unannounced`, `entries` (of other origin), `returns`, `visas`.

    `unannounced`: graduates of the known year that no cohort told so far brings again, while more may be told.
    """
    trained = _trained(market, chance, known, tables)
    centre = Chance()
    then = _trained(market, centre, known, tables)[:, :1]
    back = chance.share(known.returning_of_exits)
    known_back = centre.share(known.returning_of_exits) * rate.left.mean(axis=0, keepdims=True) * staff[:, :1]
    entered = market.lines["entered"].to_numpy()[None, None]
    others = np.maximum(0.0, entered - then - known_back)
    spread = chance.share(known.entries_spread) * others * chance.normal(len(market.months), 1)
    noise = np.sqrt(others) * chance.normal(1, entered.shape[-1])
    return {
        "pipelines": chance.counted(trained[:, 1:]),
        "unannounced": np.maximum(0.0, trained[:, :1] - trained[:, 1:]) * market.more_may_come,
        "entries": chance.counted(np.maximum(0.0, others + spread + noise)),
        "returns": chance.counted(back * rate.left * staff[:, :-1]),
        "visas": _visas(market, staff, chance, known),
    }


def _trained(market: Market, chance: Chance, known: Parameters, tables: BalanceTables) -> Table:
    """Graduates who enter, by draw, year (the known one first) and line."""
    stays = chance.share(known.staying_in_region)
    usual = chance.share(known.inserted_of_graduates)
    whole = np.zeros((chance.draws, 1 + len(market.months), market.lines.height))
    for field, (near, far) in _allotted(market, tables).items():
        entering = chance.share(market.insertion[field]) if field in market.insertion else usual
        whole = whole + entering * (stays * near + (1 - stays) * far)
    spread = chance.share(known.flexibility_spread)
    by_occupation, rank = np.unique(market.lines["occupation"].to_numpy(), return_inverse=True)
    noise = spread * chance.normal(1, len(by_occupation))
    return np.asarray(whole * np.exp(noise - spread**2 / 2 * (noise != 0))[..., rank])


def _allotted(market: Market, tables: BalanceTables) -> dict[str, tuple[Table, Table]]:
    """By field, graduates of each year (the known one first) by line: all where they were trained, all elsewhere."""
    lines, months = market.lines, [market.month, *market.months]
    occupation, region = lines["occupation"].to_numpy(), lines["region"].to_numpy()
    level, people = lines["level"].to_numpy(), lines["people"].to_numpy()
    found: dict[str, tuple[Table, Table]] = {}
    for field, of_region, of_level, month, number in market.graduates.iter_rows():
        if month not in months:
            continue
        year = months.index(month)
        nobody = np.zeros((2, len(months), lines.height))
        near, far = found.setdefault(field, (nobody[0], nobody[1]))
        for group, share in tables.flexibility.get(field, {}).items():
            holds = occupation == group
            if not holds.any():
                continue
            fits = holds & (level == _nearest(level[holds], of_level))
            here = fits & (region == of_region)
            sent = number * share / BASIS_POINTS
            far[year] += sent * _parts(people, fits)
            near[year] += sent * _parts(people, here if people[here].sum() > 0 else fits)
    return found


def _nearest(levels: Table, wanted: int) -> int:
    """The level held nearest to that of a graduate, the lower of two."""
    return int(min(np.unique(levels), key=lambda one: (abs(one - wanted), one)))


def _parts(people: Table, of: Table) -> Table:
    held = np.where(of, people, 0.0)
    whole = held.sum()
    return held / whole if whole > 0 else of / max(1, int(of.sum()))


def _visas(market: Market, staff: Table, chance: Chance, known: Parameters) -> Table:
    """Foreign talents by draw, year and line, where the level may call for one, by its people."""
    rise = np.clip([(month // YEAR - SINCE) / (FULL - SINCE) for month in market.months], 0.0, 1.0)
    number = known.visas_year.value * market.scale * rise[None, :, None]
    skilled = staff[:, :-1] * (market.lines["level"].to_numpy() >= known.visa_least_level.value)
    whole = skilled.sum(axis=2, keepdims=True)
    parts = np.divide(skilled, whole, out=np.zeros_like(skilled), where=whole > 0)
    return np.asarray(chance.share(known.visas_in_sector) * number * parts)
