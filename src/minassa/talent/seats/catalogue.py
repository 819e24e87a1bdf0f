"""From cohorts to a situation: what was offered last, what was kept, and what is assumed where nobody knows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil

import numpy as np

from minassa.talent.balance.cohorts import LEAST_OBSERVED
from minassa.talent.balance.parameters import Parameters
from minassa.talent.flows.shares import Counted
from minassa.talent.seats.assumed import Assumptions
from minassa.talent.seats.linear import Reals
from minassa.talent.seats.situation import Edit, Limits, Programmes, Situation, Trainers
from minassa.talent.seats.sought import REGIONS, Sought, flexibility_of
from minassa.vocabulary.money import CENTIMES_A_DIRHAM
from minassa.vocabulary.periods import MONTHS_A_YEAR
from minassa.vocabulary.rates import BASIS_POINTS


@dataclass(frozen=True, slots=True)
class Offered:
    """A cohort as it was told: its programme, region (1 to 12), months, counts (None: nobody knows)."""

    provider: str
    programme: str
    title: str
    filiere: int
    region: int
    starts_month: int
    ends_month: int
    seats: int | None
    enrolled: int | None
    graduated: int | None
    placed: int | None


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the person who plans decides: centimes a year, years, shares in basis points.

    `floor`: the part of the entrants of its last year that a region keeps. `edits`: (programme, region, year, seats).
    """

    budget_year: int
    years: int
    stability: int
    floor: int
    edits: tuple[tuple[str, int, int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Offer:
    """A programme of the catalogue, as its cohorts tell it; shares told by cohorts, None where none tells it.

    `measured`: insertion counted in declarations, where enough graduates were observed; it goes before what is told.
    """

    code: str
    title: str
    filiere: int
    length_years: int
    kept: float | None
    inserted: float | None
    measured: Counted | None = None


def programmes_of(cohorts: Sequence[Offered], measured: Mapping[str, Counted]) -> tuple[Offer, ...]:
    """The programmes of these cohorts, by code; the last cohort gives the title and filière."""
    found = {}
    for code in sorted({one.programme for one in cohorts}):
        own = sorted((one for one in cohorts if one.programme == code), key=lambda one: one.starts_month)
        months = max(one.ends_month - one.starts_month + 1 for one in own)
        found[code] = Offer(
            code=code,
            title=own[-1].title,
            filiere=own[-1].filiere,
            length_years=max(1, ceil(months / MONTHS_A_YEAR)),
            kept=_ratio([(one.graduated, one.enrolled) for one in own]),
            inserted=_ratio([(one.placed, one.graduated) for one in own]),
            measured=_enough(measured.get(code)),
        )
    return tuple(found.values())


@dataclass(frozen=True, slots=True)
class Supposed:
    """What a plan takes where nothing is told or measured: assumptions of seats, parameters of the balance."""

    seats: Assumptions
    balance: Parameters

    def inserted(self, offer: Offer) -> tuple[float, str]:
        """The share of graduates who come to work, and where it is from: measured, told or assumed."""
        if offer.measured is not None:
            return offer.measured.share / BASIS_POINTS, "measured"
        if offer.inserted is not None:
            return offer.inserted, "told"
        return self.balance.inserted_of_graduates.value / BASIS_POINTS, "assumed"

    def kept(self, offer: Offer) -> float:
        """The share of entrants who graduate."""
        return self.balance.kept_of_entrants.value / BASIS_POINTS if offer.kept is None else offer.kept


def years_reached(offers: Sequence[Offer], wanted: Wanted) -> int:
    """Years of diploma of those who enter in the years of a plan."""
    return wanted.years + max(offer.length_years for offer in offers) - 1


def situation_of(
    cohorts: Sequence[Offered],
    offers: Sequence[Offer],
    wanted: Wanted,
    supposed: Supposed,
    sought: Sought,
    *,
    first_year: int,
) -> Situation:
    """The situation that a plan from `first_year` on is sought in; edits of programmes that are gone are left out."""
    assumed = supposed.seats
    before = entrants_before(cohorts, offers, first_year)
    ranks = {offer.code: rank for rank, offer in enumerate(offers)}
    return Situation(
        programmes=_programmes(offers, supposed, sought),
        trainers=_trainers(before, assumed),
        limits=_limits(before, wanted, assumed),
        needs=sought.posts,
        weights=np.full(len(sought.occupations), assumed.objective.post_filled / CENTIMES_A_DIRHAM),
        surplus=np.full(len(sought.occupations), assumed.objective.surplus_graduate / CENTIMES_A_DIRHAM),
        seats_before=before,
        edits=tuple(
            Edit(ranks[code], region - 1, year - first_year, seats)
            for code, region, year, seats in wanted.edits
            if code in ranks and 0 <= year - first_year < wanted.years
        ),
    )


def _ratio(pairs: list[tuple[int | None, int | None]]) -> float | None:
    """Parts over wholes of the cohorts where both are known; None when there is none."""
    known = [(part, whole) for part, whole in pairs if part is not None and whole]
    return min(1.0, sum(part for part, _whole in known) / sum(whole for _part, whole in known)) if known else None


def entrants_before(cohorts: Sequence[Offered], offers: Sequence[Offer], first_year: int) -> Reals:
    """Entrants (p, r) of the last year that has any before the plan: enrolled, else seats where enrolled is unknown."""
    entered = np.zeros((len(offers), len(REGIONS)))
    years = [one.starts_month // MONTHS_A_YEAR for one in cohorts if one.starts_month // MONTHS_A_YEAR < first_year]
    last = max(years, default=first_year - 1)
    ranks = {offer.code: rank for rank, offer in enumerate(offers)}
    for one in cohorts:
        if one.starts_month // MONTHS_A_YEAR == last:
            entered[ranks[one.programme], one.region - 1] += (
                one.enrolled if one.enrolled is not None else one.seats or 0
            )
    return entered


def _enough(measured: Counted | None) -> Counted | None:
    return measured if measured is not None and measured.of >= LEAST_OBSERVED else None


def _programmes(offers: Sequence[Offer], supposed: Supposed, sought: Sought) -> Programmes:
    assumed = supposed.seats
    values = assumed.programmes
    length = np.array([offer.length_years for offer in offers], dtype=np.int64)
    each = np.ones(len(offers))
    return Programmes(
        length_years=length,
        kept=np.array([supposed.kept(offer) for offer in offers]),
        inserted=np.array([supposed.inserted(offer)[0] for offer in offers]),
        flexibility=flexibility_of(sought, [offer.code for offer in offers]),
        ratio=each * values.entrants_by_trainer,
        minimum_class=each * values.minimum_class,
        seat_cost=each * length * (values.seat_cost_year / CENTIMES_A_DIRHAM),
        opening_cost=each * (values.opening_cost / CENTIMES_A_DIRHAM),
        trainer_cost_year=each * (assumed.trainers.cost_year / CENTIMES_A_DIRHAM),
    )


def _trainers(before: Reals, assumed: Assumptions) -> Trainers:
    """Trainers in post are unknown: as many as last year's entrants asked for."""
    trainers, institute = assumed.trainers, assumed.institute
    in_post = np.ceil(before / assumed.programmes.entrants_by_trainer)
    return Trainers(
        in_post=in_post,
        leave=np.full(len(before), trainers.leave / BASIS_POINTS),
        recruited_most=np.maximum(1.0, np.floor(in_post * trainers.recruited_share / BASIS_POINTS)),
        recruited_cost=trainers.recruited_cost / CENTIMES_A_DIRHAM,
        masters=float(institute.masters),
        masters_leave=institute.masters_leave / BASIS_POINTS,
        masters_appointed_most=float(institute.masters_appointed_year),
        masters_cost_year=institute.masters_cost_year / CENTIMES_A_DIRHAM,
        certified_by_master=float(institute.certified_by_master),
        certified_kept=institute.certified_kept / BASIS_POINTS,
        certified_after_years=institute.certified_after_years,
        certified_cost=institute.certified_cost / CENTIMES_A_DIRHAM,
    )


def _limits(before: Reals, wanted: Wanted, assumed: Assumptions) -> Limits:
    last, years = before.sum(axis=0)[:, None], np.ones(wanted.years)
    least_room = float(assumed.programmes.minimum_class)
    return Limits(
        budget=years * (wanted.budget_year / CENTIMES_A_DIRHAM),
        rooms=np.maximum(least_room, np.ceil(last * (1 + assumed.limits.rooms_growth / BASIS_POINTS))) * years,
        floor=np.floor(last * wanted.floor / BASIS_POINTS) * years,
        stability=wanted.stability / BASIS_POINTS,
        step=float(assumed.limits.step_seats),
    )
