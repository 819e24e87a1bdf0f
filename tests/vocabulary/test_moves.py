"""A table of states: what it holds happens, anything else is refused in words, and it never says two things."""

from __future__ import annotations

from enum import StrEnum

import pytest

from minassa.vocabulary.errors import MinassaError
from minassa.vocabulary.moves import Move, Moves


class Lamp(StrEnum):
    OFF = "off"
    ON = "on"


class Press(StrEnum):
    ONCE = "once"
    TWICE = "twice"


MOVES = (Move(Lamp.OFF, Press.ONCE, Lamp.ON, "there is power"), Move(Lamp.ON, Press.ONCE, Lamp.OFF))
TABLE = Moves(MOVES, MinassaError, lambda: "La lampe est « %(state)s ».")


def test_a_move_leads_where_the_table_says() -> None:
    assert [TABLE.after(move.state, move.event) for move in MOVES] == [Lamp.ON, Lamp.OFF]
    assert TABLE.events(Lamp.ON) == {Press.ONCE}


def test_what_is_not_in_the_table_is_refused_in_words_with_what_a_program_needs() -> None:
    with pytest.raises(MinassaError, match="« on »") as refused:
        TABLE.after(Lamp.ON, Press.TWICE)
    assert refused.value.details == {"state": "on", "event": "twice"}


def test_a_table_that_says_two_things_is_refused() -> None:
    with pytest.raises(ValueError, match="same event"):
        Moves((*MOVES, Move(Lamp.ON, Press.ONCE, Lamp.ON)), MinassaError, lambda: "")
