"""What can happen to a lead, in one table of moves."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from django.utils.translation import gettext as _

from minassa.markets.errors import ImpossibleStep
from minassa.markets.models import LeadState
from minassa.vocabulary.moves import Move, Moves


class LeadEvent(StrEnum):
    """What happens to a lead."""

    QUALIFY = "qualify"
    PROPOSE = "propose"
    ANSWER = "answer"
    DECLINE = "decline"
    WIN = "win"
    LOSE = "lose"


_S, _E = LeadState, LeadEvent
OPEN: Final = (_S.NEW, _S.QUALIFIED, _S.PROPOSED, _S.ANSWERED)
"""States of a lead that has not ended."""

LEAD_MOVES: Final = Moves(
    (
        Move(_S.NEW, _E.QUALIFY, _S.QUALIFIED),
        *(Move(state, _E.PROPOSE, _S.PROPOSED, "not yet there") for state in OPEN[1:]),
        *(Move(state, _E.ANSWER, _S.ANSWERED, "its own P2I") for state in OPEN[2:]),
        *(Move(state, _E.DECLINE, _S.ANSWERED, "its own P2I") for state in OPEN[2:]),
        *(Move(state, _E.WIN, _S.WON, "a P2I accepted") for state in OPEN[2:]),
        *(Move(state, _E.LOSE, _S.LOST) for state in OPEN),
    ),
    ImpossibleStep,
    lambda: _("La piste est « %(state)s » : cela ne peut pas s'y faire."),
)
