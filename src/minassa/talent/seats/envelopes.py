"""Money that follows a plan of seats, by training body and year: what seats cost, the PAF that graduates call for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from minassa.talent.seats.adjusting import ROUNDING, paf_envelope
from minassa.talent.seats.catalogue import Offer, Offered, Supposed
from minassa.talent.seats.sought import Sought
from minassa.vocabulary.periods import MONTHS_A_YEAR
from minassa.vocabulary.rounding import Direction, divide

PARTS = 1_000_000


@dataclass(frozen=True, slots=True)
class Envelope:
    """A training body year by year: entrants of the plan, what their seats cost, PAF of a year at work; centimes."""

    provider: str
    seats: tuple[int, ...]
    seat_cost: tuple[int, ...]
    paf: tuple[int, ...]


def envelopes(
    seats: Mapping[tuple[str, int], Sequence[int]],
    cohorts: Sequence[Offered],
    offers: Mapping[str, Offer],
    supposed: Supposed,
    incomes: Mapping[str, int],
    paf_rate: int,
) -> tuple[Envelope, ...]:
    """Envelopes of the seats of a plan (programme, region; one number for each year), by provider in order.

    A programme of a region is shared between the bodies that gave it there last, by their entrants; else between those
    that give it anywhere. `incomes`: gross taxable income of a year by programme, centimes. `paf_rate`: basis points.
    """
    sums: dict[str, list[list[int]]] = {}
    for (code, region), of_years in seats.items():
        offer, cost = offers[code], supposed.seats.programmes.seat_cost_year
        works = round(supposed.kept(offer) * supposed.inserted(offer)[0] * PARTS)
        for provider, part in _parts(cohorts, code, region).items():
            rows = sums.setdefault(provider, [[0] * len(of_years) for _ in range(3)])
            for year, number in enumerate(of_years):
                rows[0][year] += number * part
                rows[1][year] += divide(number * part * cost * offer.length_years, PARTS, Direction.HALF_UP, ROUNDING)
                whole = paf_envelope(number * part * works, incomes[code], paf_rate)
                rows[2][year] += divide(whole, PARTS * PARTS, Direction.HALF_UP, ROUNDING)
    return tuple(
        Envelope(
            provider,
            tuple(divide(one, PARTS, Direction.HALF_UP, ROUNDING) for one in rows[0]),
            tuple(rows[1]),
            tuple(rows[2]),
        )
        for provider, rows in sorted(sums.items())
    )


def incomes_of(offers: Sequence[Offer], sought: Sought, supposed: Supposed) -> dict[str, tuple[int, bool]]:
    """By programme, the gross taxable income of a year at work, and whether it is from declared salaries.

    The mean of the median salaries of the occupations that it leads to, by its shares; assumed where none is shown.
    """
    wages, found = sought.wages or {}, {}
    for offer in offers:
        known = {code: share for code, share in sought.leads_to[offer.code].items() if code in wages}
        whole = sum(known.values())
        month = divide(
            sum(wages[code] * share for code, share in known.items()), whole or 1, Direction.HALF_UP, ROUNDING
        )
        assumed = supposed.seats.gross_taxable_income_year
        found[offer.code] = (month * MONTHS_A_YEAR, True) if whole else (assumed, False)
    return found


def _parts(cohorts: Sequence[Offered], code: str, region: int) -> dict[str, int]:
    """By provider, its part in a million of a programme in a region."""
    own = [one for one in cohorts if one.programme == code]
    there = [one for one in own if one.region == region] or own
    last = max(one.starts_month // MONTHS_A_YEAR for one in there)
    weights: dict[str, int] = {}
    for one in there:
        if one.starts_month // MONTHS_A_YEAR == last:
            weights[one.provider] = weights.get(one.provider, 0) + max(1, one.enrolled or one.seats or 0)
    whole = sum(weights.values())
    parts = {provider: weight * PARTS // whole for provider, weight in sorted(weights.items())}
    first = next(iter(parts))
    return {**parts, first: parts[first] + PARTS - sum(parts.values())}
