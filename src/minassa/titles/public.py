"""The door of titles: what the packages above may call. The rest is private to the package."""

from __future__ import annotations

from minassa.titles.asking import STREAM, answer, ask, waiting
from minassa.titles.errors import TitleError
from minassa.titles.lexicon import ANSWERED, InEffect, in_effect
from minassa.titles.models import Answer, Origin, Question
from minassa.titles.registers import OccupationHeld, Registers, keep_titles, registers_of

__all__ = [
    "ANSWERED",
    "STREAM",
    "Answer",
    "InEffect",
    "OccupationHeld",
    "Origin",
    "Question",
    "Registers",
    "TitleError",
    "answer",
    "ask",
    "in_effect",
    "keep_titles",
    "registers_of",
    "waiting",
]
