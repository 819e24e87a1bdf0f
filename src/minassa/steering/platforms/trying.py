"""A target of specialisation tried on what is known: the last run, cohorts and their insertion, the reference."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from minassa.outlook.specialisation.fields import field_of, fields
from minassa.outlook.specialisation.trial import Held, Passage, Ratios, Trial, Wanted, tried
from minassa.platforms.public import Measure, Unit, platform_parameters
from minassa.steering.platforms.specialising import Document, latest_specialisation
from minassa.talent.balance.parameters import parameters
from minassa.talent.reconversion.moves import Move, shipped_passages
from minassa.talent.reference.reading import reference
from minassa.talent.seats.assumed import assumptions
from minassa.talent.seats.catalogue import Offered, Supposed, programmes_of
from minassa.training.public import by_programme, cohorts, seen
from minassa.vocabulary.rates import BASIS_POINTS


@dataclass(frozen=True, slots=True)
class Counted:
    """The shares of training that a trial counts with, 0 to 1, and where each is from: measured, told or assumed."""

    kept: float
    kept_from: str
    inserted: float
    inserted_from: str
    programme: str


@dataclass(frozen=True, slots=True)
class Tried:
    """A trial with all that it was counted with. `silent`: too few are in the field, who count for nobody."""

    trial: Trial
    ratios: Ratios
    counted: Counted
    silent: bool
    compared: int
    """People of occupations present that are told and that the reference can compare."""


def place_row(home: Path, unit: Unit) -> tuple[Document, dict[str, Any]] | None:
    """What was kept of the latest run, and its row of a unit; None while nobody's occupation there is known."""
    document = latest_specialisation(home)
    row = next((one for one in document["units"] if one["place"] == unit.code), None) if document else None
    return (document, row) if document is not None and row is not None and row["recognised"] else None


def measure_of(home: Path, unit: Unit, field: str) -> Measure:
    """The share of a field in a unit by the latest run, rounded down to the basis point; no run, no measure."""
    found = place_row(home, unit)
    if found is None:
        return Measure(None, "")
    document, row = found
    told = next((one["share"] for one in row["fields"] if one["code"] == field), None)
    return Measure(None if told is None else int(told * BASIS_POINTS), document["run"])


def recognised_in(row: Mapping[str, Any]) -> int | None:
    """People recognised in a unit as a trial may tell them; None where they are too few.

    Where too few are in no field, they are left out with those of fields that are not told, which a subtraction would
    give back.
    """
    whole = row["whole"]
    if whole["recognised"] is None:
        return None
    told = sum(one["people"] or 0 for one in row["fields"])
    return int(told if whole["elsewhere"] is None else whole["recognised"])


def try_target(row: Mapping[str, Any], wanted: Wanted, metres: int) -> Tried:
    """Try a target on the row of a unit; `metres`: square metres for one more post."""
    told = {one["code"]: one["people"] for one in row["fields"] if one["people"] is not None}
    whole = recognised_in(row) or 0
    found, counted = passages_to(wanted.field, row["occupations"]), shares_of(wanted.field)
    ratios = Ratios(
        movable=platform_parameters()["movable_of_near"].value,
        kept=counted.kept,
        inserted=counted.inserted,
        entrants_by_trainer=assumptions().programmes.entrants_by_trainer,
        metres=metres,
    )
    trial = tried(Held(whole, told, found), wanted, ratios)
    compared = sum(one.people for one in found)
    return Tried(trial, ratios, counted, wanted.field not in told, compared)


def passages_to(field: str, occupations: Sequence[Mapping[str, Any]]) -> tuple[Passage, ...]:
    """From each occupation that is told and out of the field, the best passage into it: one advised first."""
    known, targets = reference().occupations, occupations_of(field)
    found = []
    for one in occupations:
        if one["people"] and one["field"] != field and one["occupation"] in known and targets:
            best = _best(one["occupation"], targets)
            told = (best.to.code, best.similarity, best.hours)
            found.append(Passage(one["occupation"], one["field"], one["people"], *told, advised=best.advised))
    return tuple(found)


@cache
def occupations_of(field: str) -> tuple[str, ...]:
    """Occupations of the reference that are in a field."""
    return tuple(code for code, one in reference().occupations.items() if field_of(code, one.isco08) == field)


def _best(code: str, targets: Sequence[str]) -> Move:
    passages = shipped_passages()
    leaving = passages.leaving(code)
    moves = [passages.one(leaving, to) for to in targets]
    return max(moves, key=lambda move: (move.advised, move.similarity, move.to.code))


def shares_of(field: str) -> Counted:
    """Entrants who graduate and graduates who come to work, of the programme of a field; assumed where nobody told."""
    programme = fields()[field].programme
    known = [Offered(**row) for row in cohorts().filter(programme=programme).values(*Offered.__dataclass_fields__)]
    supposed = Supposed(assumptions(), parameters())
    offers = programmes_of(known, by_programme(seen())) if known else ()
    if not offers:
        entrants, graduates = parameters().kept_of_entrants.value, parameters().inserted_of_graduates.value
        return Counted(entrants / BASIS_POINTS, "assumed", graduates / BASIS_POINTS, "assumed", programme)
    offer = offers[0]
    kept, (share, origin) = supposed.kept(offer), supposed.inserted(offer)
    return Counted(kept, "assumed" if offer.kept is None else "told", share, origin, programme)
