"""A rule: a small dated function over columns, with its unit, its grain and the texts it comes from."""

from __future__ import annotations

import hashlib
import inspect
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from minassa.engine.errors import OverlappingDates
from minassa.vocabulary.periods import format_month, month_of
from minassa.vocabulary.statuses import Status

Body = Callable[..., Any]
BodyT = TypeVar("BodyT", bound=Body)
MARK = "__minassa_rules__"


@dataclass(frozen=True, slots=True)
class Rule:
    """One dated version of a rule. `starts` and `ends` are month indices, both included; `ends` None is open."""

    name: str
    body: Body
    grains: tuple[str, ...]
    starts: int
    ends: int | None
    texts: tuple[str, ...]
    unit: str
    status: Status
    kind: str
    measure: str | None
    switch: str | None
    inputs: tuple[str, ...]

    def in_force(self, month: int) -> bool:
        """Whether this version applies in the month."""
        return self.starts <= month and (self.ends is None or month <= self.ends)

    @property
    def meaning(self) -> str:
        """What the quantity is: the first paragraph of the docstring."""
        return (inspect.getdoc(self.body) or "").split("\n\n")[0].replace("\n", " ")

    @property
    def digest(self) -> str:
        """Fingerprint of the rule's text, to know on replay whether the code is still the same."""
        source = f"{self.name}|{self.starts}|{self.ends}|{self.inputs}|{inspect.getsource(self.body)}"
        return hashlib.sha256(source.encode()).hexdigest()


def rule(
    *,
    grain: str | tuple[str, ...],
    starts: str,
    ends: str | None = None,
    texts: tuple[str, ...],
    unit: str,
    status: Status,
    name: str | None = None,
    kind: str = "value",
    measure: str | None = None,
    switch: str | None = None,
) -> Callable[[BodyT], BodyT]:
    """Declare a dated version of a rule. Dates are the first and the last day of months (`AAAA-MM-JJ`)."""

    def declare(body: BodyT) -> BodyT:
        made = Rule(
            name=name or body.__name__,
            body=body,
            grains=(grain,) if isinstance(grain, str) else grain,
            starts=month_of(date.fromisoformat(starts)),
            ends=None if ends is None else month_of(date.fromisoformat(ends)),
            texts=texts,
            unit=unit,
            status=status,
            kind=kind,
            measure=measure,
            switch=switch,
            inputs=tuple(inspect.signature(body).parameters),
        )
        setattr(body, MARK, (*getattr(body, MARK, ()), made))
        return body

    return declare


def condition(
    *,
    measure: str,
    grain: str | tuple[str, ...],
    starts: str,
    ends: str | None = None,
    texts: tuple[str, ...],
    status: Status,
    switch: str | None = None,
    name: str | None = None,
) -> Callable[[BodyT], BodyT]:
    """Declare one condition of a measure: a boolean. With a `switch`, a dated boolean figure turns it on or off."""
    return rule(
        grain=grain,
        starts=starts,
        ends=ends,
        texts=texts,
        unit="boolean",
        status=status,
        name=name,
        kind="condition",
        measure=measure,
        switch=switch,
    )


def amount(
    *,
    measure: str,
    grain: str,
    starts: str,
    ends: str | None = None,
    texts: tuple[str, ...],
    status: Status,
    name: str | None = None,
) -> Callable[[BodyT], BodyT]:
    """Declare the amount of a measure, in centimes. By convention its name is `<measure>_amount`."""
    return rule(
        grain=grain,
        starts=starts,
        ends=ends,
        texts=texts,
        unit="cents",
        status=status,
        name=name,
        kind="amount",
        measure=measure,
    )


def rules_of(module: Any) -> tuple[Rule, ...]:
    """Every rule that a module declares, in the order of its names."""
    found: list[Rule] = []
    for attribute in sorted(vars(module)):
        body = vars(module)[attribute]
        if inspect.isfunction(body) and body.__module__ == module.__name__:
            found.extend(getattr(body, MARK, ()))
    return tuple(found)


def refuse_duplicates(rules: tuple[Rule, ...]) -> None:
    """Refuse two versions of one rule in force for the same grain in the same month."""
    versions: dict[tuple[str, str], list[Rule]] = {}
    for made in rules:
        for grain in made.grains:
            versions.setdefault((made.name, grain), []).append(made)
    for (name, grain), several in versions.items():
        ordered = sorted(several, key=lambda one: one.starts)
        for earlier, later in zip(ordered, ordered[1:], strict=False):
            if earlier.ends is None or earlier.ends >= later.starts:
                raise overlap_error("rule", f"{name} ({grain})", earlier.starts, later.starts)


def overlap_error(what: str, name: str, first: int, second: int) -> OverlappingDates:
    """The error for two versions in force at once."""
    message = (
        f"{what} {name}: the versions starting {format_month(first)} and {format_month(second)} overlap; "
        "end the first one earlier"
    )
    return OverlappingDates(message)
