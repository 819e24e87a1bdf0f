"""What firms state of their exports, added up along one dimension, with nothing told that would give a firm away."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from minassa.outlook.disclosure.parameters import Control
from minassa.outlook.disclosure.suppression import suppressed
from minassa.outlook.disclosure.tables import ALL, Contribution, Shape, filled
from minassa.outlook.export.concentration import Concentration, concentration
from minassa.outlook.export.scopes import StatedTurnover, total

_ROOT: Final = "*"


class Dimension(StrEnum):
    """Along what statements are added up; the name is that of a line."""

    MARKET = "market"
    SEGMENT = "segment"
    FILIERE = "filiere"
    CURRENCY = "currency"


@dataclass(frozen=True, slots=True)
class Line:
    """What one firm exported in a quarter to a market, in a segment, filière and currency."""

    firm: int
    market: str
    segment: str
    filiere: int
    currency: str
    value: StatedTurnover

    def along(self, dimension: Dimension) -> str:
        """Where the line stands along a dimension."""
        return str(getattr(self, str(dimension)))


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a whole along a dimension; its value is None where it is not told."""

    name: str
    value: StatedTurnover | None


@dataclass(frozen=True, slots=True)
class Spread:
    """A turnover along a dimension, the largest told parts first: `whole` is None where even the sum is not told."""

    whole: StatedTurnover | None
    parts: tuple[Part, ...]

    @property
    def hidden(self) -> int:
        """Parts that are not told."""
        return sum(part.value is None for part in self.parts)


def spread(lines: Sequence[Line], dimensions: Sequence[Dimension], thresholds: Control) -> dict[Dimension, Spread]:
    """Statements along each dimension: dimensions share their whole, so that it is hidden in all when it is in one."""
    found = {dimension: _spread(lines, dimension, thresholds) for dimension in dimensions}
    if any(one.whole is None for one in found.values()):
        return {dimension: Spread(None, one.parts) for dimension, one in found.items()}
    return found


def _spread(lines: Sequence[Line], dimension: Dimension, thresholds: Control) -> Spread:
    names = sorted({line.along(dimension) for line in lines})
    if not names:
        return Spread(None, ())
    shape = Shape({_ROOT: _ROOT, **dict.fromkeys(names, _ROOT)})
    table = filled(shape, (Contribution(one.firm, one.along(dimension), ALL, one.value.cents) for one in lines))
    hidden = suppressed([table], thresholds).hidden
    parts = [Part(name, None if (name, ALL) in hidden else StatedTurnover(table.total((name, ALL)))) for name in names]
    whole = None if (_ROOT, ALL) in hidden else StatedTurnover(table.total((_ROOT, ALL)))
    ordered = sorted(parts, key=lambda part: (-(part.value.cents if part.value else 0), part.name))
    return Spread(whole, tuple(ordered))


def along(lines: Sequence[Line], dimension: Dimension) -> dict[str, StatedTurnover]:
    """One firm's own turnover along a dimension, nothing hidden: for that firm alone."""
    names = dict.fromkeys(line.along(dimension) for line in lines)
    return {
        name: total(StatedTurnover, (line.value for line in lines if line.along(dimension) == name)) for name in names
    }


def concentrated(parts: Mapping[str, StatedTurnover]) -> Concentration[str] | None:
    """How concentrated a turnover is along a dimension."""
    return concentration({name: value.cents for name, value in parts.items()})
