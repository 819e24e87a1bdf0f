"""What may be moved in a reform: a lever for every figure and condition of the offer, one per place of a table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any, Final

import yaml

from minassa.engine import Brackets, Offer, Reform, Table, read_reform
from minassa.engine.figures import DatedValue, Figure
from minassa.offer.catalogue import catalogue
from minassa.offer.loading import codes, measure_figures
from minassa.vocabulary.errors import MinassaError
from minassa.vocabulary.periods import format_month, month_index, parse_month
from minassa.vocabulary.places import place
from minassa.vocabulary.rates import BASIS_POINTS
from minassa.vocabulary.statuses import Status

EVERY_OTHER: Final = "*"
"""The key of a table's value for every place that has none of its own."""
THRESHOLD: Final = "threshold"
RATE: Final = "rate"
"""How the levers of a scale are keyed: `threshold-1`, `rate-0`, by the rank of the bracket."""
_MONTHS_AT_MOST: Final = 120
_YEARS_AT_MOST: Final = 15
_COUNT_AT_MOST: Final = 15
_DAYS_AT_MOST: Final = 366
_DIGITS: Final = 15
_CENTS_AT_LEAST: Final = 20_000_000
_DOUBLED: Final = 2
_WHOLE_FROM: Final = 4_000
_FIRST_MONTH: Final = month_index(2015, 1)
_LAST_MONTH: Final = month_index(2035, 12)
_STEPS: Final = MappingProxyType({"basis_points": 25, "cents": 100_000})
"""How far a slider goes at once, where it is not by one."""


class InvalidLever(MinassaError):
    """A value that a lever cannot take."""

    code = "TRIAL-LEVER"


@dataclass(frozen=True, slots=True)
class Lever:
    """A number or a switch of the offer. `key`: the slug of a place (or `*`) of a table, the part of a scale, or empty.

    `value` is that of the last dated value, `lowest` and `highest` how far it may be moved, `step` between them.
    `condition`: a condition that the law gives no switch; 1 as the law has it, 0 when it counts as met.
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
    lowest: int = 0
    condition: bool = False

    @property
    def code(self) -> str:
        """How the lever is called in an address: `pae_rate`, `air_cap.fes-shore`."""
        return f"{self.name}.{self.key}" if self.key else self.name

    def read(self, text: str) -> int:
        """A value from its text, within bounds (a month as `AAAA-MM`, or by its index); InvalidLever."""
        value = self._number(text)
        if value is None or not self.lowest <= value <= self.highest:
            lowest, highest = self.told(self.lowest), self.told(self.highest)
            raise InvalidLever(
                f"« {self.description} » va de {lowest} à {highest}, en nombres entiers.",
                lever=self.code,
                given=text[:20],
            )
        return value

    def told(self, value: int) -> str:
        """A value as `read` takes it."""
        return format_month(value) if self.unit == "month" else str(value)

    def _number(self, text: str) -> int | None:
        if text.isascii() and text.isdecimal():
            return int(text) if len(text) <= _DIGITS else None
        try:
            return parse_month(text) if self.unit == "month" else None
        except MinassaError:
            return None


def levers(offer: Offer) -> tuple[Lever, ...]:
    """Every lever of an offer, measure by measure in the order of the catalogue: figures, then plain conditions."""
    return tuple(lever for measure, names in _figures() for lever in _of_measure(measure, names, offer))


@cache
def _figures() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The names of the figures of each measure, in the order of the catalogue."""
    return tuple((one.measure, tuple(each.name for each in measure_figures(one.measure))) for one in catalogue())


def _of_measure(measure: str, names: Iterable[str], offer: Offer) -> Iterator[Lever]:
    for name in names:
        yield from _of_figure(measure, offer.figures[name])
    plain = {r.name: r for r in offer.rules if r.kind == "condition" and r.measure == measure and r.switch is None}
    for name, rule in sorted(plain.items()):
        met = int(name not in offer.waived)
        yield Lever(measure, name, "", rule.meaning, "boolean", met, 1, 1, rule.status, condition=True)


def _of_figure(measure: str, figure: Figure) -> Iterator[Lever]:
    """The levers of a figure: one for a plain value, one for each entry of a table, each part of a scale."""
    last = figure.values[-1]
    if isinstance(last.value, Table):
        for code, value in last.value.entries:
            yield _lever(measure, figure, last, place(code).slug, value)
        yield _lever(measure, figure, last, EVERY_OTHER, last.value.default)
    elif isinstance(last.value, Brackets):
        for rank, (threshold, rate) in enumerate(zip(last.value.thresholds, last.value.rates, strict=True)):
            if rank:  # a scale begins at zero
                yield _lever(measure, figure, last, f"{THRESHOLD}-{rank}", threshold, "cents")
            yield _lever(measure, figure, last, f"{RATE}-{rank}", rate, "basis_points")
    else:
        yield _lever(measure, figure, last, "", int(last.value))


def _lever(measure: str, figure: Figure, last: DatedValue, key: str, value: int, unit: str = "") -> Lever:
    held = unit or figure.unit
    return Lever(
        measure=measure,
        name=figure.name,
        key=key,
        description=figure.description,
        unit=held,
        value=value,
        highest=_highest(held, value),
        step=_STEPS.get(held, 1),
        status=last.status,
        lowest=min(_FIRST_MONTH, value) if held == "month" else 0,
    )


def _highest(unit: str, value: int) -> int:
    if unit == "basis_points":
        return BASIS_POINTS if value * _DOUBLED > _WHOLE_FROM else _WHOLE_FROM
    fixed = {
        "months": _MONTHS_AT_MOST,
        "years": _YEARS_AT_MOST,
        "days": _DAYS_AT_MOST,
        "count": _COUNT_AT_MOST,
        "month": _LAST_MONTH,
        "boolean": 1,
    }
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
    document = {"name": name, **patch_of(offer, changes)}
    return yaml.safe_dump(document, allow_unicode=True, sort_keys=True)


def patch_of(offer: Offer, changes: Mapping[str, int]) -> dict[str, Any]:
    """What a reform says of figures and of conditions that are waived, as plain data."""
    figures: dict[str, Any] = {}
    waived: list[str] = []
    for lever in levers(offer):
        if lever.code not in changes:
            continue
        value = bool(changes[lever.code]) if lever.unit == "boolean" else changes[lever.code]
        if lever.condition:
            waived += [] if value else [lever.name]
        elif isinstance(offer.figures[lever.name].values[-1].value, Brackets):
            scale = figures.setdefault(lever.name, _brackets(offer, lever.name))
            part, _dash, rank = lever.key.partition("-")
            scale[int(rank)][int(part == RATE)] = value
        elif lever.key:
            figures.setdefault(lever.name, {})[lever.key] = value
        else:
            figures[lever.name] = value
    return {"figures": figures, **({"waived": waived} if waived else {})}


def _brackets(offer: Offer, name: str) -> list[list[int]]:
    """A scale as a reform writes it: the threshold and the rate of each bracket."""
    held = offer.figures[name].values[-1].value
    return [list(pair) for pair in zip(held.thresholds, held.rates, strict=True)] if isinstance(held, Brackets) else []
