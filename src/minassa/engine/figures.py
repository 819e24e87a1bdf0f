"""Figures of the law: dated YAML in a closed schema, each value with its source, its status and its last review."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, StrictBool, StrictInt, ValidationError

from minassa.engine.columns import Brackets, Table
from minassa.engine.errors import InvalidFigure, OutsideDates
from minassa.engine.rules import overlap_error
from minassa.vocabulary.periods import format_month, month_of
from minassa.vocabulary.statuses import Status

Unit = Literal["cents", "basis_points", "months", "years", "days", "count", "boolean", "brackets"]
Value = bool | int | Table | Brackets
Codes = Mapping[str, Callable[[str], int]]
"""How the keys of tables are read: for `by: place`, a function from the place's slug to its code."""


class SourceEntry(BaseModel):
    """Where a value was read: a text of `vocabulary.texts`, the article, a page, a remark."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    text: str
    article: str | None = None
    url: str | None = None
    note: str | None = None


class ValueEntry(BaseModel):
    """One dated value. `starts` is the first day of a month, `ends` the last day of one."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    starts: date
    ends: date | None = None
    value: StrictBool | StrictInt | dict[str, StrictInt] | list[tuple[StrictInt, StrictInt]]
    status: Status
    source: SourceEntry
    reviewed_on: date


class FigureEntry(BaseModel):
    """One figure of the law and all its dated values."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    description: str
    unit: Unit
    by: str | None = None
    values: list[ValueEntry] = Field(min_length=1)


@dataclass(frozen=True, slots=True)
class DatedValue:
    """A value with the months (indices, both included) at which it holds, and where it comes from."""

    starts: int
    ends: int | None
    value: Value
    status: Status
    source: SourceEntry
    reviewed_on: date

    def in_force(self, month: int) -> bool:
        """Whether the value holds in the month."""
        return self.starts <= month and (self.ends is None or month <= self.ends)


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure: its meaning, its unit, what its table is keyed by, and its dated values in order."""

    name: str
    description: str
    unit: str
    by: str | None
    values: tuple[DatedValue, ...]

    def at(self, month: int) -> DatedValue | None:
        """The value in force in the month, or None outside the figure's dates."""
        return next((value for value in self.values if value.in_force(month)), None)

    def require(self, month: int) -> DatedValue:
        """The value in force in the month; OutsideDates when there is none."""
        found = self.at(month)
        if found is None:
            spans = ", ".join(f"{format_month(v.starts)}–{format_month(v.ends) if v.ends else '…'}" for v in self.values)
            message = f"figure {self.name} has no value in {format_month(month)}; it is known for {spans}"
            raise OutsideDates(message)
        return found

    def patched(self, new: DatedValue) -> Figure:
        """The same figure with `new` in place of what stood between its dates; the rest is kept."""
        kept: list[DatedValue] = []
        for old in self.values:
            kept.extend(_outside(old, new))
        return replace(self, values=tuple(sorted((*kept, new), key=lambda value: value.starts)))


def _outside(old: DatedValue, new: DatedValue) -> list[DatedValue]:
    """The parts of `old` before and after `new`."""
    parts: list[DatedValue] = []
    if old.starts < new.starts:
        ends = new.starts - 1 if old.ends is None else min(old.ends, new.starts - 1)
        parts.append(replace(old, ends=ends))
    if new.ends is not None and (old.ends is None or old.ends > new.ends):
        parts.append(replace(old, starts=max(old.starts, new.ends + 1)))
    return parts


def read_figures(path: Path, codes: Codes) -> tuple[Figure, ...]:
    """Read one figures file; InvalidFigure says which figure and which key is wrong."""
    return parse_figures(path.read_text(encoding="utf-8"), path.name, codes)


def parse_figures(text: str, origin: str, codes: Codes) -> tuple[Figure, ...]:
    """Figures from the text of a figures file; `origin` is named in errors."""
    document = yaml.safe_load(text) or {}
    return tuple(make_figure(name, entry, origin, codes) for name, entry in sorted(document.items()))


def make_figure(name: str, entry: Any, origin: str, codes: Codes) -> Figure:
    """One figure from its YAML entry."""
    try:
        parsed = FigureEntry.model_validate(entry)
    except ValidationError as error:
        details = "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors())
        message = f"{origin}, figure {name}: {details}"
        raise InvalidFigure(message) from error
    values = tuple(sorted((_dated(name, parsed, value, codes) for value in parsed.values), key=lambda v: v.starts))
    for earlier, later in zip(values, values[1:], strict=False):
        if earlier.ends is None or earlier.ends >= later.starts:
            raise overlap_error("figure", name, earlier.starts, later.starts)
    return Figure(name, parsed.description, parsed.unit, parsed.by, values)


def _dated(name: str, figure: FigureEntry, entry: ValueEntry, codes: Codes) -> DatedValue:
    return DatedValue(
        starts=month_of(entry.starts),
        ends=None if entry.ends is None else month_of(entry.ends),
        value=read_value(name, figure.unit, figure.by, entry.value, codes),
        status=entry.status,
        source=entry.source,
        reviewed_on=entry.reviewed_on,
    )


def read_value(name: str, unit: str, by: str | None, raw: Any, codes: Codes) -> Value:
    """A raw YAML value as the engine holds it; InvalidFigure when its kind does not fit the unit."""
    if by is not None:
        return _table(name, by, raw, codes)
    if unit == "brackets":
        return _brackets(name, raw)
    if isinstance(raw, bool) is not (unit == "boolean") or not isinstance(raw, (bool, int)):
        message = f"figure {name}: {raw!r} is not a value in {unit}"
        raise InvalidFigure(message)
    return raw


def _table(name: str, by: str, raw: Any, codes: Codes) -> Table:
    if by not in codes or not isinstance(raw, dict):
        message = f"figure {name}: a table by {by} needs a mapping (tables may be by {', '.join(sorted(codes))})"
        raise InvalidFigure(message)
    default = raw.get("*")
    entries = sorted((codes[by](key), value) for key, value in raw.items() if key != "*")
    return Table(tuple(entries), default)


def _brackets(name: str, raw: Any) -> Brackets:
    if not isinstance(raw, list) or raw != sorted(raw) or len({step[0] for step in raw}) != len(raw):
        message = f"figure {name}: brackets are a list of [threshold, rate], thresholds ascending"
        raise InvalidFigure(message)
    return Brackets(tuple(step[0] for step in raw), tuple(step[1] for step in raw))
