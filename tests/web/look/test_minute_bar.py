"""The bar of who held a case."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from minassa.web.minute_bar import WIDTH, bar


@dataclass(frozen=True)
class Piece:
    start: int
    end: int
    main: str


@dataclass(frozen=True)
class Asked:
    agency: str
    opened: int
    last: int


@given(st.lists(st.integers(60, 10**7), min_size=1, max_size=20))
def test_the_pieces_fill_the_bar_and_the_seconds_add_up(lengths: list[int]) -> None:
    holders = ("firm", "agencies", "committee")
    begins, pieces = 1_700_000_000, []
    for rank, length in enumerate(lengths):
        pieces.append(Piece(begins, begins + length, holders[rank % 3]))
        begins += length
    drawn = bar(pieces)
    assert sum(seconds for _holder, _label, seconds in drawn.totals) == sum(lengths)
    assert [part.x for part in drawn.parts] == sorted(part.x for part in drawn.parts)
    assert drawn.parts[0].x == 0
    assert WIDTH - 1 <= drawn.parts[-1].x + drawn.parts[-1].width <= WIDTH + 2
    assert drawn.due_x is None


def test_a_deadline_to_come_leaves_room_and_a_past_one_is_late() -> None:
    pieces = [Piece(0, 1_000, "agencies")]
    to_come = bar(pieces, due=dt.datetime.fromtimestamp(2_000, dt.UTC))
    past = bar(pieces, due=dt.datetime.fromtimestamp(500, dt.UTC))
    assert (to_come.due_x, to_come.late, to_come.parts[0].width) == (WIDTH, False, WIDTH // 2)
    assert (past.due_x, past.late) == (WIDTH // 2, True)


def test_lanes_bear_the_name_given_to_their_administration() -> None:
    drawn = bar([Piece(0, 100, "agencies")], [Asked("cnss", 0, 50), Asked("dgi", 50, 100)], names={"cnss": "Caisse"})
    assert [(lane.name, lane.part.x, lane.part.width) for lane in drawn.lanes] == [
        ("Caisse", 0, 500),
        ("DGI", 500, 500),
    ]


def test_a_case_without_life_draws_nothing() -> None:
    assert bar([]).parts == ()
