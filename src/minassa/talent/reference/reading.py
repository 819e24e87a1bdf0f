"""The reference as its files say it: read once, each file named when it does not follow its schema."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache, cached_property
from importlib import resources
from importlib.resources.abc import Traversable
from typing import TypeVar

import yaml
from pydantic import TypeAdapter, ValidationError

from minassa.talent.reference.entries import Closed, Occupation, Skill, Words
from minassa.vocabulary.errors import MinassaError

DOMAINS, GROUPS = "domains.yaml", "groups.yaml"
Entry = TypeVar("Entry", bound=Closed)


class InvalidReferenceError(MinassaError):
    """A file of the reference does not follow its closed schema, or two entries have one code."""

    code = "TALENT-REFERENCE"


@dataclass(frozen=True)
class Reference:
    """Occupations and skills by code, with the domains of skills; a value, never changed.

    `groups` names in short the unit groups of ISCO-08.
    `files`: the file that each entry was read in, by code; empty for a reference that was not read in files.
    """

    occupations: dict[str, Occupation]
    skills: dict[str, Skill]
    domains: dict[str, Words]
    groups: dict[str, Words] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict, compare=False)

    @cached_property
    def digest(self) -> str:
        """SHA-256 of everything said, in the order of codes: two references that say the same have the same."""
        told = hashlib.sha256()
        for entries in (self.occupations, self.skills, self.domains, self.groups):
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
    domains, groups = (_names(root.joinpath(file)) for file in (DOMAINS, GROUPS))
    files: dict[str, str] = {}
    occupations = _by_code(_entries(root.joinpath("occupations"), Occupation), files)
    return Reference(occupations, _by_code(_entries(root.joinpath("skills"), Skill), files), domains, groups, files)


def _names(file: Traversable) -> dict[str, Words]:
    try:
        return TypeAdapter(dict[str, Words]).validate_python(yaml.safe_load(file.read_bytes()))
    except ValidationError as error:
        message = f"{file.name} : {error}"
        raise InvalidReferenceError(message) from error


def _entries(folder: Traversable, kind: type[Entry]) -> Iterator[tuple[str, Entry]]:
    """Each entry with the file that holds it."""
    for file in sorted(folder.iterdir(), key=lambda one: one.name):
        if file.name.endswith(".yaml"):
            place = f"{folder.name}/{file.name}"
            try:
                held = TypeAdapter(list[kind]).validate_python(yaml.safe_load(file.read_bytes()))  # type: ignore[valid-type]
            except ValidationError as error:
                message = f"{place} : {error}"
                raise InvalidReferenceError(message) from error
            yield from ((place, one) for one in held)


Coded = TypeVar("Coded", Occupation, Skill)


def _by_code(entries: Iterator[tuple[str, Coded]], files: dict[str, str]) -> dict[str, Coded]:
    held: dict[str, Coded] = {}
    for place, one in entries:
        if one.code in held:
            message = f"{place} : le code {one.code} est déjà dans {files[one.code]} ; il ne sert qu'une fois."
            raise InvalidReferenceError(message)
        held[one.code], files[one.code] = one, place
    return held
