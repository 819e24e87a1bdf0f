"""A rule: a small dated function over columns, with its unit, its grain and the texts it comes from."""

from __future__ import annotations

import hashlib
import inspect
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any, TypeVar

from minassa.engine.documents import first_month, last_month
from minassa.engine.errors import InvalidRule, OverlappingDates
from minassa.vocabulary.periods import format_month
from minassa.vocabulary.statuses import Status

Body = Callable[..., Any]
BodyT = TypeVar("BodyT", bound=Body)
MARK = "__minassa_rules__"
UNITS = ("cents", "cents/N", "basis_points", "months", "years", "days", "count", "boolean", "code", "month", "year")
"""What a rule may be counted in; `cents/10000` are ten-thousandths of a centime, held before the one rounding."""
_PARTS = re.compile(r"cents/[1-9][0-9]*")
KINDS = frozenset({"value", "condition", "amount", "entitled"})
ENTITLED = "_entitled"
AMOUNT = "_amount"


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

    def __post_init__(self) -> None:
        """InvalidRule when the unit, the kind or the dates cannot be."""
        known = self.unit in UNITS or _PARTS.fullmatch(self.unit)
        if not known or self.kind not in KINDS:
            raise InvalidRule(
                f"La règle {self.name} a pour unité {self.unit} et pour nature {self.kind} ; unités possibles : "
                f"{', '.join(UNITS)} ; natures possibles : {', '.join(sorted(KINDS))}."
            )
        if self.ends is not None and self.ends < self.starts:
            raise InvalidRule(f"La règle {self.name} finit avant de commencer ; corrigez ses dates.")

    def in_force(self, month: int) -> bool:
        """Whether this version applies in the month."""
        return self.starts <= month and (self.ends is None or month <= self.ends)

    @property
    def meaning(self) -> str:
        """What the quantity is: the first paragraph of the docstring."""
        return (inspect.getdoc(self.body) or "").split("\n\n")[0].replace("\n", " ")

    @property
    def text_digest(self) -> str:
        """Fingerprint of the text of the rule's function alone, whatever its dates."""
        return hashlib.sha256(inspect.getsource(self.body).encode()).hexdigest()

    @property
    def digest(self) -> str:
        """Fingerprint of the rule: its text and everything declared with it."""
        declared = (self.grains, self.starts, self.ends, self.texts, self.unit, self.status.value)
        attached = (self.kind, self.measure, self.switch, self.inputs)
        return hashlib.sha256(f"{self.name}|{declared}|{attached}|{self.text_digest}".encode()).hexdigest()


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
    """Declare a dated version of a rule. Dates are the first and the last day of months (`AAAA-MM-JJ`).

    The parameters of the function are the names it reads. InvalidRule for a date inside a month, an unknown unit.
    """

    def declare(body: BodyT) -> BodyT:
        made = Rule(
            name=name or body.__name__,
            body=body,
            grains=(grain,) if isinstance(grain, str) else grain,
            starts=_first(name or body.__name__, starts),
            ends=None if ends is None else _last(name or body.__name__, ends),
            texts=texts,
            unit=unit,
            status=status,
            kind=kind,
            measure=measure,
            switch=switch,
            inputs=_inputs(body),
        )
        setattr(body, MARK, (*getattr(body, MARK, ()), made))
        return body

    return declare


def _inputs(body: Body) -> tuple[str, ...]:
    """Names that the body reads: its parameters, which stand each for one quantity and have no default."""
    parameters = inspect.signature(body).parameters.values()
    for parameter in parameters:
        named = parameter.kind in {parameter.POSITIONAL_OR_KEYWORD, parameter.KEYWORD_ONLY}
        if not named or parameter.default is not parameter.empty:
            raise InvalidRule(
                f"La règle {body.__name__} a le paramètre {parameter} ; un paramètre nomme une seule quantité, "
                "sans valeur par défaut."
            )
    return tuple(parameter.name for parameter in parameters)


def _first(name: str, text: str) -> int:
    try:
        return first_month(date.fromisoformat(text))
    except ValueError as error:
        raise InvalidRule(f"Règle {name}, début : {error}") from error


def _last(name: str, text: str) -> int:
    try:
        return last_month(date.fromisoformat(text))
    except ValueError as error:
        raise InvalidRule(f"Règle {name}, fin : {error}") from error


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
    """Declare the amount of a measure, in centimes. Its name is always `<measure>_amount`: people ask for it so."""
    if name not in {None, f"{measure}{AMOUNT}"}:
        raise InvalidRule(f"Le montant de la mesure {measure} s'appelle {measure}{AMOUNT}, pas {name}.")
    return rule(
        grain=grain,
        starts=starts,
        ends=ends,
        texts=texts,
        unit="cents",
        status=status,
        name=f"{measure}{AMOUNT}",
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


def refuse_overlaps(rules: tuple[Rule, ...]) -> None:
    """Refuse two versions of one rule in force for the same grain in the same month, and names the engine makes."""
    versions: dict[tuple[str, str], list[Rule]] = {}
    for made in rules:
        if made.name.endswith(ENTITLED) and made.kind != "entitled" and _clashes(made, rules):
            raise InvalidRule(
                f"Le nom {made.name} est celui que le moteur donne au droit à la mesure ; prenez-en un autre."
            )
        for grain in made.grains:
            versions.setdefault((made.name, grain), []).append(made)
    for (name, grain), several in versions.items():
        for earlier, later in pairwise(sorted(several, key=lambda one: one.starts)):
            if earlier.ends is None or earlier.ends >= later.starts:
                raise overlap_error("Règle", f"{name} ({grain})", earlier.starts, later.starts)


def _clashes(made: Rule, rules: tuple[Rule, ...]) -> bool:
    measure = made.name.removesuffix(ENTITLED)
    return any(r.kind == "condition" and r.measure == measure for r in rules)


def overlap_error(what: str, name: str, first: int, second: int) -> OverlappingDates:
    """The error for two versions in force at once."""
    return OverlappingDates(
        f"{what} {name} : les versions qui commencent en {format_month(first)} et en {format_month(second)} se "
        "chevauchent ; faites finir la première plus tôt."
    )
