"""The reference as its files say it: read once, each file named when it does not follow its schema."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from importlib import resources
from importlib.resources.abc import Traversable
from typing import TypeVar

import yaml
from pydantic import TypeAdapter, ValidationError

from minassa.talent.reference.entries import Closed, Occupation, Skill, Words
from minassa.vocabulary.errors import MinassaError

DOMAINS = "domains.yaml"
Entry = TypeVar("Entry", bound=Closed)


class InvalidReferenceError(MinassaError):
    """A file of the reference does not follow its closed schema, or two entries have one code."""

    code = "TALENT-REFERENCE"


@dataclass(frozen=True)
class Reference:
    """Occupations and skills by code, with the domains of skills; a value, never changed."""

    occupations: dict[str, Occupation]
    skills: dict[str, Skill]
    domains: dict[str, Words]

    @cached_property
    def digest(self) -> str:
        """SHA-256 of everything said, in the order of codes: two references that say the same have the same."""
        told = hashlib.sha256()
        for entries in (self.occupations, self.skills, self.domains):
            for code in sorted(entries):
                told.update(f"{code}\n{entries[code].model_dump_json()}\n".encode())
        return told.hexdigest()

    def asking(self, skill: str) -> list[Occupation]:
        """Occupations that ask a skill, those for which it is essential first."""
        asked = [one for one in self.occupations.values() if skill in (*one.essential, *one.optional)]
        return sorted(asked, key=lambda one: (skill not in one.essential, one.code))


@cache
def reference() -> Reference:
    """The reference that is shipped with Minassa. Raises InvalidReferenceError."""
    root = resources.files(__name__.rpartition(".")[0])
    domains = TypeAdapter(dict[str, Words]).validate_python(yaml.safe_load(root.joinpath(DOMAINS).read_bytes()))
    return Reference(
        _by_code(_entries(root.joinpath("occupations"), Occupation)),
        _by_code(_entries(root.joinpath("skills"), Skill)),
        domains,
    )


def _entries(folder: Traversable, kind: type[Entry]) -> Iterator[Entry]:
    for file in sorted(folder.iterdir(), key=lambda one: one.name):
        if file.name.endswith(".yaml"):
            try:
                yield from TypeAdapter(list[kind]).validate_python(yaml.safe_load(file.read_bytes()))  # type: ignore[valid-type]
            except ValidationError as error:
                message = f"{file.name} : {error}"
                raise InvalidReferenceError(message) from error


Coded = TypeVar("Coded", Occupation, Skill)


def _by_code(entries: Iterator[Coded]) -> dict[str, Coded]:
    held: dict[str, Coded] = {}
    for one in entries:
        if one.code in held:
            message = f"Le code {one.code} est donné deux fois : un code ne sert qu'une fois, même retiré."
            raise InvalidReferenceError(message)
        held[one.code] = one
    return held
