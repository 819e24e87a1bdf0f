"""The eight levels of the National Qualifications Framework, read by six descriptors: our reading, said as such."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Final

import yaml
from pydantic import Field, ValidationError, model_validator

from minassa.talent.reference.entries import HIGHEST, LOWEST, Closed, Text, Words
from minassa.talent.reference.reading import InvalidReferenceError
from minassa.vocabulary.statuses import Status

FILE: Final = "levels.yaml"
DESCRIPTORS: Final = ("knowledge", "know_how", "complexity", "autonomy", "adaptability", "communication")


class Level(Closed):
    """A level: its short name, and what it asks under each of the six descriptors."""

    level: int = Field(ge=LOWEST, le=HIGHEST)
    label: Words
    knowledge: Words
    know_how: Words
    complexity: Words
    autonomy: Words
    adaptability: Words
    communication: Words

    def under(self, descriptor: str) -> Words:
        """What it asks under a descriptor. KeyError for another name."""
        said: dict[str, Words] = {name: getattr(self, name) for name in DESCRIPTORS}
        return said[descriptor]


class Origin(Closed):
    """Where the levels come from, and how far our wording is theirs."""

    title: Text
    note: Text


class Levels(Closed):
    """All the levels, the lowest first, with the names of the descriptors and the status of the wording."""

    status: Status
    source: Origin
    descriptors: dict[str, Words]
    levels: tuple[Level, ...]

    @model_validator(mode="after")
    def _whole(self) -> Levels:
        if tuple(self.descriptors) != DESCRIPTORS:
            message = f"descripteurs attendus : {', '.join(DESCRIPTORS)}"
            raise ValueError(message)
        if [one.level for one in self.levels] != list(range(LOWEST, HIGHEST + 1)):
            message = f"il faut les niveaux {LOWEST} à {HIGHEST}, dans l'ordre"
            raise ValueError(message)
        return self

    def at(self, level: int) -> Level:
        """One level. IndexError outside 1 to 8."""
        return self.levels[level - LOWEST]


@cache
def levels() -> Levels:
    """The levels that are shipped. Raises InvalidReferenceError."""
    written = resources.files(__name__.rpartition(".")[0]).joinpath(FILE)
    try:
        return Levels.model_validate(yaml.safe_load(written.read_bytes()))
    except ValidationError as error:
        message = f"{FILE} : {error}"
        raise InvalidReferenceError(message) from error
