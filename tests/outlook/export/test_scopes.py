"""Two official series never meet: not in a sum, a comparison, a series, a path or a chart."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from minassa.outlook.export.official import MILLION, Series, exchange_office_series, ministry_series
from minassa.outlook.export.scopes import (
    KINDS,
    ExchangeOfficeTurnover,
    MinistryTurnover,
    MixedScopes,
    Scope,
    one_scope,
    total,
)
from minassa.outlook.export.target_path import path_of, paths
from minassa.web.exports.drawing import curves_of

OLD, NEW = MinistryTurnover(17_900 * MILLION), ExchangeOfficeTurnover(26_170 * MILLION)
BOTH: tuple[Any, ...] = (*ministry_series().points, *exchange_office_series().points)
MIXES: dict[str, Callable[[], object]] = {
    "sum": lambda: OLD + NEW,  # type: ignore[operator]
    "difference": lambda: NEW - OLD,  # type: ignore[operator]
    "equal": lambda: OLD == NEW,
    "less": lambda: OLD < NEW,  # type: ignore[operator]
    "at most": lambda: OLD <= NEW,  # type: ignore[operator]
    "more": lambda: OLD > NEW,  # type: ignore[operator]
    "growth": lambda: NEW.growth_since(OLD),  # type: ignore[arg-type]
    "share": lambda: OLD.of(NEW),  # type: ignore[arg-type]
    "total": lambda: total(MinistryTurnover, [OLD, NEW]),
    "greatest": lambda: max(OLD, NEW),
    "series": lambda: Series(Scope.MINISTRY, BOTH),
    "path": lambda: path_of(paths()[0], exchange_office_series().yearly()),
    "chart": lambda: curves_of([*ministry_series().yearly(), *exchange_office_series().yearly()], right_to_left=False),
    "chart of a path": lambda: curves_of(
        ministry_series().yearly(), [path_of(paths()[1], exchange_office_series().yearly())], right_to_left=False
    ),
}


@pytest.mark.parametrize("mix", MIXES.values(), ids=MIXES.keys())
def test_two_scopes_are_refused(mix: Callable[[], object]) -> None:
    with pytest.raises(MixedScopes) as refused:
        mix()
    assert refused.value.code == "EXPORT-MIXED-SCOPES"


def test_every_scope_has_a_type_of_its_own_that_meets_no_other() -> None:
    assert set(KINDS) == set(Scope)
    values = [kind(1) for kind in KINDS.values()]
    for one in values:
        for other in values:
            if one is not other:
                with pytest.raises(MixedScopes):
                    one_scope([one.scope, other.scope])
                with pytest.raises(MixedScopes):
                    _ = one + other


def test_one_scope_adds_and_compares() -> None:
    more = NEW + ExchangeOfficeTurnover(50 * MILLION)
    assert more.cents == 26_220 * MILLION
    assert (more.growth_since(NEW), (more - NEW).cents, more > NEW) == (19, 50 * MILLION, True)
    assert total(MinistryTurnover, [OLD, OLD]) == MinistryTurnover(35_800 * MILLION)
    assert ExchangeOfficeTurnover(0).of(ExchangeOfficeTurnover(0)) is None


def test_the_path_goes_through_what_was_promised_in_seven_years() -> None:
    old, new = (path_of(read, []) for read in paths())
    assert [(step.year, step.asked.cents // MILLION) for step in old.steps if step.milestone] == [
        (2023, 17_900),
        (2026, 25_000),
        (2030, 40_000),
    ]
    assert len(old.steps) == len(new.steps) == 7 + 1
    assert (old.pace, new.pace) == (1_217, 625)
    measured = path_of(paths()[1], exchange_office_series().yearly()).steps[1]
    assert measured.gap is not None
    assert measured.gap.cents == (26_220 - 28_146) * MILLION
