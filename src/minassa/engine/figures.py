"""Figures of the law: dated YAML in a closed schema, each value with its source, its status and its last review."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any, Literal, TypeAlias

import yaml
from pydantic import BaseModel, ConfigDict, Field, StrictBool, StrictInt, ValidationError

from minassa.engine.columns import Brackets, Table
from minassa.engine.documents import first_month, last_month, read_yaml, told
from minassa.engine.errors import InvalidFigure, OutsideDates
from minassa.engine.rules import overlap_error
from minassa.vocabulary.errors import MinassaError
from minassa.vocabulary.periods import format_month
from minassa.vocabulary.statuses import Status

Unit: TypeAlias = Literal["cents", "basis_points", "month", "months", "years", "days", "count", "boolean", "brackets"]
Value: TypeAlias = bool | int | Table | Brackets
Codes: TypeAlias = Mapping[str, Callable[[str], int]]
"""How the keys of tables are read: for `by: place`, a function from the place's slug to its code."""
OTHERS = "*"
"""The key of a table's value for every code that has none of its own."""


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
    description: str = Field(min_length=1)
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
            raise OutsideDates(
                f"Le chiffre {self.name} n'a pas de valeur en {format_month(month)} ; il est connu pour {self.spans}."
            )
        return found

    @property
    def spans(self) -> str:
        """The months at which the figure is known, for people."""
        return ", ".join(
            f"{format_month(v.starts)} à {'…' if v.ends is None else format_month(v.ends)}" for v in self.values
        )

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
    try:
        document = read_yaml(text) or {}
    except yaml.YAMLError as error:
        raise InvalidFigure(f"{origin} n'est pas un YAML lisible : {error}") from error
    if not isinstance(document, dict):
        raise InvalidFigure(f"{origin} doit donner les chiffres par leur nom, pas une liste ni une valeur seule.")
    return tuple(make_figure(str(name), entry, origin, codes) for name, entry in sorted(document.items()))


def make_figure(name: str, entry: Any, origin: str, codes: Codes) -> Figure:
    """One figure from its YAML entry; OverlappingDates when two of its values hold in the same month."""
    try:
        parsed = FigureEntry.model_validate(entry)
        values = [_dated(parsed, value, codes) for value in parsed.values]
    except ValidationError as error:
        raise InvalidFigure(f"{origin}, chiffre {name} : {told(error)}") from error
    except ValueError as error:
        raise InvalidFigure(f"{origin}, chiffre {name} : {error}") from error
    values.sort(key=lambda value: value.starts)
    for earlier, later in pairwise(values):
        if earlier.ends is None or earlier.ends >= later.starts:
            raise overlap_error("Chiffre", name, earlier.starts, later.starts)
    return Figure(name, parsed.description, parsed.unit, parsed.by, tuple(values))


def _dated(figure: FigureEntry, entry: ValueEntry, codes: Codes) -> DatedValue:
    starts, ends = first_month(entry.starts), None if entry.ends is None else last_month(entry.ends)
    if ends is not None and ends < starts:
        raise ValueError(f"la valeur finit ({entry.ends}) avant de commencer ({entry.starts}).")
    return DatedValue(
        starts=starts,
        ends=ends,
        value=read_value(figure.unit, figure.by, entry.value, codes),
        status=entry.status,
        source=entry.source,
        reviewed_on=entry.reviewed_on,
    )


def read_value(unit: str, by: str | None, raw: Any, codes: Codes) -> Value:
    """A raw YAML value as the engine holds it; ValueError when its kind does not fit the unit."""
    if by is not None:
        return _table(by, raw, codes)
    if unit == "brackets":
        return _brackets(raw)
    if isinstance(raw, bool) is not (unit == "boolean") or not isinstance(raw, (bool, int)):
        raise ValueError(f"{raw!r} n'est pas une valeur en {unit}.")
    return raw


def _table(by: str, raw: Any, codes: Codes) -> Table:
    entries = read_entries(by, raw, codes)
    if OTHERS not in entries:
        raise ValueError("une table donne aussi, sous la clé « * », la valeur de tous les autres codes.")
    default = entries.pop(OTHERS)
    return Table(tuple(sorted((int(code), value) for code, value in entries.items())), default)


def read_entries(by: str, raw: Any, codes: Codes) -> dict[int | str, int]:
    """The values of a table, or of the part of one that a reform changes, by code (`*` for all others); ValueError."""
    if by not in codes or not isinstance(raw, dict):
        raise ValueError(f"une table par {by} se donne par clés (tables possibles : {', '.join(sorted(codes))}).")
    if any(not isinstance(value, int) or isinstance(value, bool) for value in raw.values()):
        raise ValueError("les valeurs d'une table sont des nombres entiers.")
    entries = {OTHERS if key == OTHERS else _code(by, str(key), codes): value for key, value in raw.items()}
    if len(entries) != len(raw):
        raise ValueError(f"deux clés de la table par {by} désignent le même code.")
    return entries


def _code(by: str, key: str, codes: Codes) -> int:
    try:
        return codes[by](key)
    except (MinassaError, LookupError, ValueError) as error:
        raise ValueError(f"la clé {key} ne désigne rien dans une table par {by} ({error}).") from error


def _brackets(raw: Any) -> Brackets:
    try:
        thresholds, rates = (tuple(part) for part in zip(*raw, strict=True))
    except (TypeError, ValueError):
        thresholds, rates = (), ()
    if not thresholds or thresholds[0] != 0 or list(thresholds) != sorted(set(thresholds)):
        raise ValueError("un barème est une liste de [seuil, taux], le premier seuil à 0, les seuils croissants.")
    return Brackets(thresholds, rates)
