"""What may be changed of the reference, what a change makes of it, and what differs between two versions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from pydantic import TypeAdapter, ValidationError

from minassa.talent.reference.entries import Occupation, Skill, Standing, Words
from minassa.talent.reference.integrity import faults
from minassa.talent.reference.reading import Reference
from minassa.vocabulary.errors import MinassaError

ADD_SYNONYMS: Final = "add_synonyms"
"""A value that adds names to those of an entry, by language: two of them accepted one after the other both stay."""
_MOVES: Final = frozenset({"isco08", "filieres", "cnc"})
"""Fields whose change puts an entry elsewhere in the reference."""


class InvalidChange(MinassaError):
    """A change that the reference cannot bear."""

    code = "reference-change-invalid"


@dataclass(frozen=True, slots=True)
class Differences:
    """Codes of entries that differ between two references; `changed` and `moved` with the fields that do."""

    added: tuple[str, ...]
    removed: tuple[str, ...]
    changed: Mapping[str, tuple[str, ...]]
    moved: Mapping[str, tuple[str, ...]]
    deprecated: Mapping[str, str]
    """With the successor of each, empty for none."""


def changed(held: Reference, code: str, values: Mapping[str, Any]) -> Reference:
    """The reference once an entry has new values, or once a new entry is there (`values` being the whole of it).

    InvalidChange when they do not follow the schema, change nothing, or break what the check of integrity asks.
    """
    kind, entries = (Occupation, held.occupations) if code.startswith("MO-") else (Skill, held.skills)
    before = entries.get(code)
    try:
        after = kind.model_validate({**_merged(before, values), "code": code})
    except ValidationError as error:
        message = "; ".join(f"{'.'.join(map(str, one['loc']))} : {one['msg']}" for one in error.errors())
        raise InvalidChange(message) from error
    if after == before:
        message = "Cette proposition ne change rien."
        raise InvalidChange(message)
    made = _with(held, after)
    new = [fault for fault in faults(made) if fault not in faults(held)]
    if new:
        raise InvalidChange(" ".join(str(fault) for fault in new))
    return made


def says(held: Reference, code: str, values: Mapping[str, Any]) -> bool:
    """Whether the entry of a code already has these values."""
    entry = (held.occupations if code.startswith("MO-") else held.skills).get(code)
    known = entry.model_dump(mode="json") if entry else {}
    return all(known.get(name) == value for name, value in _merged(entry, values).items() if name != "code")


def _merged(entry: Occupation | Skill | None, values: Mapping[str, Any]) -> dict[str, Any]:
    """An entry as plain data with new values; names that are added join those that it has, each once."""
    told: dict[str, Any] = {**(entry.model_dump(mode="json") if entry else {}), **values}
    added: Mapping[str, list[str]] = told.pop(ADD_SYNONYMS, {})
    if added:
        known: Mapping[str, list[str]] = told.get("synonyms", {})
        languages = {*known, *added}
        told["synonyms"] = {one: list(dict.fromkeys([*known.get(one, []), *added.get(one, [])])) for one in languages}
    return told


def differences(before: Reference, after: Reference) -> Differences:
    """What the second reference says otherwise than the first."""
    old, new = _entries(before), _entries(after)
    fields = {code: _fields(old[code], new[code]) for code in old.keys() & new.keys() if old[code] != new[code]}
    gone = {
        code: new[code].successor or ""
        for code in fields
        if new[code].status is Standing.DEPRECATED and old[code].status is not Standing.DEPRECATED
    }
    kept = {code: found for code, found in sorted(fields.items()) if code not in gone}
    return Differences(
        added=tuple(sorted(new.keys() - old.keys())),
        removed=tuple(sorted(old.keys() - new.keys())),
        changed={code: found for code, found in kept.items() if not _MOVES.intersection(found)},
        moved={code: found for code, found in kept.items() if _MOVES.intersection(found)},
        deprecated=dict(sorted(gone.items())),
    )


def content_of(held: Reference) -> dict[str, Any]:
    """A reference as plain data, to be kept whole."""
    return {
        name: {code: one.model_dump(mode="json") for code, one in getattr(held, name).items()}
        for name in ("occupations", "skills", "domains", "groups")
    }


def read_content(content: Mapping[str, Any]) -> Reference:
    """The reference that was kept. ValidationError when it does not follow the schema."""
    return Reference(
        TypeAdapter(dict[str, Occupation]).validate_python(content["occupations"]),
        TypeAdapter(dict[str, Skill]).validate_python(content["skills"]),
        TypeAdapter(dict[str, Words]).validate_python(content["domains"]),
        TypeAdapter(dict[str, Words]).validate_python(content["groups"]),
    )


def _with(held: Reference, one: Occupation | Skill) -> Reference:
    if isinstance(one, Occupation):
        return replace(held, occupations=held.occupations | {one.code: one})
    return replace(held, skills=held.skills | {one.code: one})


def _entries(held: Reference) -> dict[str, Occupation | Skill]:
    return {**held.occupations, **held.skills}


def _fields(before: Occupation | Skill, after: Occupation | Skill) -> tuple[str, ...]:
    old, new = before.model_dump(), after.model_dump()
    return tuple(name for name in new if new[name] != old.get(name))
