"""Ventures counted by stage and by market, as bars; the same counts are in the table beside."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from minassa.ventures.models import Venture
from minassa.ventures.public import stages
from minassa.vocabulary.rounding import Direction, divide
from minassa.web.ventures.wording import country, stage_words

ACROSS: Final = 100
"""Hundredths of the width that the longest bar takes."""
MOST: Final = 8
ROUNDING: Final = "minassa-default#echelle"


@dataclass(frozen=True, slots=True)
class Bar:
    """A count, its name, and how long its bar is in hundredths of the width."""

    name: str
    count: int
    across: int


def by_stage(rows: Sequence[Venture]) -> list[Bar]:
    """How many at each stage, from the first to the last."""
    counts = Counter(row.checked.stage for row in rows if row.checked)
    return _bars([(stage_words(code), counts[code]) for code in stages()])


def by_market(rows: Sequence[Venture]) -> list[Bar]:
    """How many export to each country, the first ones alone."""
    counts = Counter(code for row in rows if row.checked for code in row.checked.markets)
    return _bars([(country(code), number) for code, number in counts.most_common(MOST)])


def _bars(counts: Sequence[tuple[str, int]]) -> list[Bar]:
    longest = max((number for _name, number in counts), default=0)
    if not longest:
        return []
    return [Bar(name, n, divide(n * ACROSS, longest, Direction.HALF_UP, ROUNDING)) for name, n in counts]
