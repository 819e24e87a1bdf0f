"""What may be moved in a reform: a lever for every figure and condition of the offer, one per place of a table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any, Final

import yaml

from minassa.engine import Offer, Reform, Table, read_reform
from minassa.engine.figures import DatedValue, Figure
from minassa.offer.catalogue import catalogue
from minassa.offer.loading import codes, measure_figures
from minassa.vocabulary.errors import MinassaError
from minassa.vocabulary.places import place
from minassa.vocabulary.rates import BASIS_POINTS
from minassa.vocabulary.statuses import Status

MOVED: Final = ("basis_points", "cents", "months", "years", "count", "boolean")
"""Units that a lever can have; a scale of brackets and a month are changed by a written reform."""
_MONTHS_AT_MOST: Final = 120
_YEARS_AT_MOST: Final = 15
_COUNT_AT_MOST: Final = 15
_CENTS_AT_LEAST: Final = 20_000_000
_DOUBLED: Final = 2
_WHOLE_FROM: Final = 4_000
_STEPS: Final = MappingProxyType(
    {"basis_points": 25, "cents": 100_000, "months": 1, "years": 1, "count": 1, "boolean": 1}
)


class InvalidLever(MinassaError):
    """A value that a lever cannot take."""

    code = "TRIAL-LEVER"


@dataclass(frozen=True, slots=True)
class Lever:
    """A number or a switch of the offer: `key` is the slug of a place for a table, else empty.

    `value` is that of the last dated value, `highest` how far it may be moved (the lowest is 0), `step` between them.
    """

    measure: str
    name: str
    key: str
    description: str
    unit: str
    value: int
    highest: int
    step: int
    status: Status

    @property
    def code(self) -> str:
        """How the lever is called in an address: `pae_rate`, `air_cap.fes-shore`."""
        return f"{self.name}.{self.key}" if self.key else self.name

    def read(self, text: str) -> int:
        """A value from its text, on a step and within bounds; InvalidLever."""
        if not text.isdecimal() or int(text) > self.highest:
            raise InvalidLever(
                f"« {self.description} » va de 0 à {self.highest}, en nombres entiers.",
                lever=self.code,
                given=text[:20],
            )
        return int(text)


def levers(offer: Offer) -> tuple[Lever, ...]:
    """Every lever of an offer, measure by measure in the order of the catalogue."""
    return tuple(lever for measure, names in _figures() for lever in _of_measure(measure, names, offer))


@cache
def _figures() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The names of the figures of each measure, in the order of the catalogue."""
    return tuple((one.measure, tuple(each.name for each in measure_figures(one.measure))) for one in catalogue())


def _of_measure(measure: str, names: Iterable[str], offer: Offer) -> Iterator[Lever]:
    for name in names:
        figure = offer.figures[name]
        last = figure.values[-1]
        if figure.unit not in MOVED:
            continue
        if isinstance(last.value, Table):
            for code, value in last.value.entries:
                yield _lever(measure, figure, last, place(code).slug, value)
        elif isinstance(last.value, int):
            yield _lever(measure, figure, last, "", int(last.value))


def _lever(measure: str, figure: Figure, last: DatedValue, key: str, value: int) -> Lever:
    return Lever(
        measure=measure,
        name=figure.name,
        key=key,
        description=figure.description,
        unit=figure.unit,
        value=value,
        highest=_highest(figure.unit, value),
        step=_STEPS[figure.unit],
        status=last.status,
    )


def _highest(unit: str, value: int) -> int:
    if unit == "basis_points":
        return BASIS_POINTS if value * _DOUBLED > _WHOLE_FROM else _WHOLE_FROM
    fixed = {"months": _MONTHS_AT_MOST, "years": _YEARS_AT_MOST, "count": _COUNT_AT_MOST, "boolean": 1}
    return max(fixed[unit], value) if unit in fixed else max(_CENTS_AT_LEAST, value * _DOUBLED)


def settled(offer: Offer, changes: Mapping[str, int]) -> dict[str, int]:
    """Changes as they may be kept, in order of their codes. InvalidLever for an unknown one, a value out of bounds."""
    known = {lever.code: lever for lever in levers(offer)}
    for code, value in changes.items():
        if code not in known:
            raise InvalidLever(f"L'offre n'a pas de levier « {code[:60]} ».", lever=code[:60])
        known[code].read(str(value))
    return dict(sorted(changes.items()))


def reform_of(offer: Offer, changes: Mapping[str, int], name: str) -> Reform:
    """The reform that puts levers where asked, from the last dated value on. InvalidReform if the offer refuses it."""
    return read_reform(written(offer, changes, name), codes())


def written(offer: Offer, changes: Mapping[str, int], name: str) -> str:
    """The same as the text of a reform, to keep and to try by the command."""
    figures: dict[str, Any] = {}
    for lever in levers(offer):
        if lever.code not in changes:
            continue
        value = bool(changes[lever.code]) if lever.unit == "boolean" else changes[lever.code]
        if lever.key:
            figures.setdefault(lever.name, {})[lever.key] = value
        else:
            figures[lever.name] = value
    return yaml.safe_dump({"name": name, "figures": figures}, allow_unicode=True, sort_keys=True)
