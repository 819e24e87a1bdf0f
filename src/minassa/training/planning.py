"""What a plan is sought on, put together: cohorts told, insertion measured, gaps kept, the offer in force."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.utils import timezone

from minassa.reforms.public import offer_in_force
from minassa.talent.balance.parameters import parameters
from minassa.talent.balance.tables import balance_tables
from minassa.talent.seats.assumed import assumptions
from minassa.talent.seats.catalogue import (
    Offer,
    Offered,
    Supposed,
    Wanted,
    programmes_of,
    situation_of,
    years_reached,
)
from minassa.talent.seats.envelopes import envelopes, incomes_of
from minassa.talent.seats.situation import Situation
from minassa.talent.seats.sought import Sought, sought_as_assumed, sought_in
from minassa.training.asking import wanted_of
from minassa.training.inserting import by_programme, seen
from minassa.training.needing import Needs
from minassa.training.plan_models import SeatPlan
from minassa.vocabulary.periods import MONTHS_A_YEAR
from minassa.vocabulary.rates import BASIS_POINTS

FIELDS: Final = tuple(Offered.__dataclass_fields__)
PAF_RATE: Final = "paf_rate"


@dataclass(frozen=True)
class AskedPlan:
    """All that a plan is sought on; `first_year` is the first that it plans."""

    cohorts: Sequence[Offered]
    offers: Sequence[Offer]
    supposed: Supposed
    sought: Sought
    situation: Situation
    first_year: int

    def told(self) -> dict[str, Any]:
        """What any answer says of what it was sought on."""
        return {
            "first_year": self.first_year,
            "programmes": [self._programme(one) for one in self.offers],
            "occupations": [
                {"code": one.code, "fr": one.fr, "ar": one.ar, "en": one.en} for one in self.sought.occupations
            ],
            "needs_from": {"run": self.sought.run, "until": self.sought.until},
        }

    def _programme(self, one: Offer) -> dict[str, Any]:
        share, origin = self.supposed.inserted(one)
        told = {"code": one.code, "title": one.title, "filiere": one.filiere}
        told |= {"inserted": round(share * BASIS_POINTS), "inserted_from": origin}
        if one.measured is not None:
            told |= {"observed": one.measured.of, "inserted_low": one.measured.low, "inserted_high": one.measured.high}
        return told

    def money(self, seats: Mapping[tuple[int, int], Sequence[int]]) -> dict[str, Any]:
        """Money by body and year of the seats of a plan (rank of the programme, rank of the region), and its rule."""
        offer, month = offer_in_force(), self.first_year * MONTHS_A_YEAR
        rate = offer.figures[PAF_RATE].at(month)
        value = rate.value if rate is not None and isinstance(rate.value, int) else 0
        incomes = incomes_of(self.offers, self.sought, self.supposed)
        named = {(self.offers[rank].code, region + 1): row for (rank, region), row in seats.items()}
        found = envelopes(
            named,
            self.cohorts,
            {one.code: one for one in self.offers},
            self.supposed,
            {code: income for code, (income, _measured) in incomes.items()},
            value,
        )
        return {
            "envelopes": [[one.provider, one.seats, one.seat_cost, one.paf] for one in found],
            "incomes": {code: [income, measured] for code, (income, measured) in incomes.items()},
            "paf": rate
            and {
                "rate": value,
                "status": rate.status.value,
                "article": f"{rate.source.text}#{rate.source.article}",
                "offer": offer.digest,
            },
        }


def asked_of(plan: SeatPlan, cohorts: Sequence[Offered]) -> AskedPlan:
    """A plan on what is known now; posts of the gaps kept last, assumed where none is kept."""
    first_year = timezone.localtime(plan.asked_at).year + 1
    wanted, offers = wanted_of(plan), programmes_of(cohorts, by_programme(seen()))
    supposed = Supposed(assumptions(), parameters())
    sought = _sought(offers, wanted, supposed, first_year)
    situation = situation_of(cohorts, offers, wanted, supposed, sought, first_year=first_year)
    return AskedPlan(cohorts, offers, supposed, sought, situation, first_year)


def _sought(offers: Sequence[Offer], wanted: Wanted, supposed: Supposed, first_year: int) -> Sought:
    found, codes = Needs.now(), {one.code: one.filiere for one in offers}
    years = years_reached(offers, wanted)
    if found is None:
        return sought_as_assumed(codes, supposed.seats, years)
    return sought_in(found, codes, balance_tables(), first_year, years)
