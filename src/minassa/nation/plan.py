"""The plan of the country: its firms, the basins they are worked in, the numbers each basin may give, who cheats.

A basin is a few groups of firms whose people change jobs among themselves. It is the unit of work: its files depend
on the seed and on its rank alone, so basins may be made in any order, by any number of processes, and made again.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from minassa.nation.calibration import by_filiere, calibration, jobs
from minassa.nation.firms import MONTHS_A_YEAR, NOTABLE_SIZE, Firms, make_firms
from minassa.nation.invented_numbers import MOST_FIRMS, MOST_PEOPLE
from minassa.nation.late_firm import with_late_firm
from minassa.nation.streams import BASIS, stream
from minassa.vocabulary.errors import MinassaError
from minassa.vocabulary.filieres import Filiere

FIRM_KINDS = ("rehire", "replacement", "ghost", "raised_reference", "underdeclared_days", "disagreement")
"""The irregularities that a firm commits alone; `transfer` takes a group."""

KINDS = ("transfer", *FIRM_KINDS)
_FEWEST_PEOPLE = 100
_MOST_PEOPLE_AT_START = 4_000_000
_LEAST_SUPPLY = 1.1
_BASIN_PEOPLE = 6_000
_SPARE_SERIALS = 200


class NationError(MinassaError):
    """A country that cannot be made as asked."""

    code = "nation-impossible"


@dataclass(frozen=True)
class Basin:
    """Some groups of firms (`firms`, ranks in the country) and the serials of people they may use."""

    rank: int
    firms: NDArray[np.int64]
    first_serial: int
    serials: int


@dataclass(frozen=True)
class Plan:
    """A country before anything happens in it. `cheats` tells for each kind which firms plant it.

    `straight`: the same people and firms, pay never raised for a reference, every declaration saying what was paid;
    hires arranged to look new and invented employees stay. What it would owe is what the other one truly owes.
    People live through `months` months; files are written for the first `written` of them. `uplift`: by what the posts
    that each firm aims at are multiplied in each month (firms × months), where a scheme has a known effect.
    """

    seed: int
    people: int
    months: int
    written: int
    start: int
    firms: Firms
    basins: tuple[Basin, ...]
    changers: int
    cheats: dict[str, NDArray[np.bool_]]
    straight: bool
    uplift: NDArray[np.float64] | None = None


def make_plan(
    *,
    people: int,
    months: int,
    seed: int,
    start: int,
    irregularities: bool,
    straight: bool = False,
    written: int | None = None,
    silent_from: int | None = None,
) -> Plan:
    """Draw the plan of a country; `start` is a month index. NationError when the country is impossible.

    `written` and `silent_from` are as in `make_nation`.
    """
    _refuse_impossible(people, months, seed)
    _refuse_unwritten(months if written is None else written, months)
    firms = make_firms(seed, people, months)
    if silent_from is not None:
        firms = with_late_firm(firms, silent_from)
    firms = replace(firms, markup=_markups(firms, people))
    basins, supply = _basins(firms, people, months, stream(seed, "basins"))
    return Plan(
        seed=seed,
        people=people,
        months=months,
        written=months if written is None else written,
        start=start,
        firms=firms,
        basins=basins,
        changers=_changers(supply, months),
        cheats=_cheats(firms, stream(seed, "cheats"), planted=irregularities),
        straight=straight,
    )


def _refuse_impossible(people: int, months: int, seed: int) -> None:
    if not _FEWEST_PEOPLE <= people <= _MOST_PEOPLE_AT_START:
        message = f"Un pays synthétique compte de {_FEWEST_PEOPLE} à 4 000 000 de salariés au départ."
        raise NationError(message, people=people)
    if not 1 <= months <= 20 * MONTHS_A_YEAR or seed < 0:
        message = "Demandez de 1 à 240 mois, et une graine positive ou nulle."
        raise NationError(message, months=months, seed=seed)


def _refuse_unwritten(written: int, months: int) -> None:
    if not 1 <= written <= months:
        message = "Les mois écrits d'un pays synthétique sont de 1 à tous ses mois."
        raise NationError(message, months=months, written=written)


def yearly_pay(filiere: int) -> float:
    """Return the pay that a year of an employee of a filière is expected to cost, in dirhams, with no 13th month."""
    figures = calibration()
    core = [job for job in jobs() if job.filiere_code == filiere]
    support = [job for job in jobs() if job.filiere_code == Filiere.NONE]
    part = figures.support_share.value / BASIS
    mean = float(np.exp((figures.pay_spread.value / 100) ** 2 / 2))
    usual = [sum(job.pay * job.weight for job in some) / sum(job.weight for job in some) for some in (core, support)]
    return MONTHS_A_YEAR * mean * (usual[0] * (1 - part) + usual[1] * part)


def _markups(firms: Firms, people: int) -> NDArray[np.int64]:
    """Return turnover over payroll, in basis points, such that the exports of a filière are those of its anchor."""
    figures = calibration()
    scale = people / figures.anchor_jobs.value
    markup = np.full(len(firms), BASIS)
    at_start = firms.opens == 0
    for filiere, millions in by_filiere(figures.export_turnover).items():
        mine = firms.filiere == filiere
        pay = yearly_pay(filiere) * np.where(firms.thirteenth, 13, 12) / 12
        exported = np.sum((firms.size * pay * firms.export_first / BASIS)[mine & at_start])
        markup[mine] = int(millions * 1_000_000 * scale * BASIS / exported)
    return markup


def _basins(firms: Firms, people: int, months: int, rng: np.random.Generator) -> tuple[tuple[Basin, ...], float]:
    """Cut the groups, shuffled, into basins; return them and the people that each job of the start may use."""
    target = max(150, min(_BASIN_PEOPLE, people // 4))
    members: list[list[int]] = [[]]
    staff = 0
    by_group = np.argsort(firms.group, kind="stable")
    heads, starts = np.unique(firms.group[by_group], return_index=True)
    groups = np.split(by_group, starts[1:])
    for rank in rng.permutation(len(heads)):
        if staff >= target:
            members.append([])
            staff = 0
        members[-1].extend(int(firm) for firm in groups[rank])
        staff += int(firms.size[groups[rank]].sum())
    return _with_serials(firms, members, months)


def _with_serials(firms: Firms, members: list[list[int]], months: int) -> tuple[tuple[Basin, ...], float]:
    years = months / MONTHS_A_YEAR
    wanted = 1.4 + 0.6 * years * (1 + 0.06 * years)
    room = (MOST_PEOPLE - _SPARE_SERIALS * len(members)) / float(firms.size.sum())
    supply = min(wanted, room)
    basins, first = [], 0
    for rank, some in enumerate(members):
        serials = _SPARE_SERIALS + int(supply * int(firms.size[some].sum()))
        basins.append(Basin(rank, np.array(sorted(some), np.int64), first, serials))
        first += serials
    if len(firms) > MOST_FIRMS or supply < _LEAST_SUPPLY:
        message = "Trop d'entreprises ou de mois pour les numéros réservés aux données synthétiques."
        raise NationError(message, firms=len(firms))
    return tuple(basins), supply


def _changers(supply: float, months: int) -> int:
    """Return the share of hires who come from another firm: more of them when numbers are short."""
    usual = calibration().changer_share.value
    hires = 0.42 * months / MONTHS_A_YEAR
    short = 1 - (supply - _LEAST_SUPPLY) / max(hires, 0.01)
    return max(usual, min(9_000, int(short * BASIS)))


def _cheats(firms: Firms, rng: np.random.Generator, *, planted: bool) -> dict[str, NDArray[np.bool_]]:
    """Draw the firms in which each kind is planted: at least one, when the country has one of the size for it."""
    members = np.bincount(firms.group, weights=firms.opens == 0, minlength=len(firms))[firms.group]
    chosen = {}
    for kind in KINDS:
        alone = kind != "transfer"
        fit = (firms.opens == 0) & (firms.size >= NOTABLE_SIZE) & (alone | (members > 1))
        candidates = np.unique(np.where(alone, firms.rank, firms.group)[fit])
        count = -(-len(candidates) * calibration().planted_firms.value // BASIS) if planted else 0
        drawn = rng.permutation(candidates)[:count]
        chosen[kind] = np.isin(firms.rank if alone else firms.group, drawn)
    return chosen
