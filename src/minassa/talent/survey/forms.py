"""A form as it is answered: its questions, sections and repeats, read from the rows of an XLSForm.

Read: text, integer, decimal, date, select_one, select_multiple, note, calculate, groups, repeats; required, relevant,
constraint and their messages, hints, default. Anything else is refused, so that no question is lost in silence.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final, TypeAlias

from minassa.talent.survey.errors import FormError
from minassa.talent.survey.expressions import Expression, read_expression
from minassa.talent.survey.sheets import Row, Sheets

KINDS: Final = ("text", "integer", "decimal", "date", "select_one", "select_multiple", "note", "calculate")
_NAME: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,62}")
_LANGUAGE: Final = re.compile(r"\(([a-z]{2,3})\)\s*$")
_YES: Final = frozenset({"yes", "true", "true()", "1", "oui"})
Words: TypeAlias = Mapping[str, str]
"""A text by language (`fr`, `ar`, `en`)."""


@dataclass(frozen=True)
class Choice:
    """An answer that may be chosen."""

    name: str
    labels: Words


@dataclass(frozen=True)
class Question:
    """A question, a note or a calculated value."""

    name: str
    kind: str
    labels: Words
    hints: Words
    required: bool
    required_messages: Words
    relevant: Expression | None
    constraint: Expression | None
    constraint_messages: Words
    calculation: Expression | None
    choices: tuple[Choice, ...]

    @property
    def answered(self) -> bool:
        """Whether a person answers it."""
        return self.kind not in {"note", "calculate"}

    def label_of(self, name: str, language: str) -> str:
        """The words of a choice; its code when it is none of the list."""
        return next((said(one.labels, language) for one in self.choices if one.name == name), name)


@dataclass(frozen=True)
class Section:
    """Questions under one title; a repeat is answered as many times as there is something to say."""

    name: str
    labels: Words
    relevant: Expression | None
    repeated: bool
    parts: tuple[Question | Section, ...]


@dataclass(frozen=True)
class Form:
    """A form: its code and version, its title, its languages, and its parts in order."""

    code: str
    version: str
    titles: Words
    languages: tuple[str, ...]
    parts: tuple[Question | Section, ...]
    digest: str

    @cached_property
    def questions(self) -> dict[str, Question]:
        """Every question by its name."""
        return {one.name: one for one in _questions(self.parts)}

    @cached_property
    def repeats(self) -> dict[str, Section]:
        """Every repeat by its name."""
        return {one.name: one for one in _sections(self.parts) if one.repeated}

    @cached_property
    def repeat_of(self) -> dict[str, str]:
        """The repeat that a question stands in, for those that do."""
        return {one.name: name for name, repeat in self.repeats.items() for one in _questions(repeat.parts)}


def said(words: Words, language: str) -> str:
    """A text in a language, in French when it has none there, else in any."""
    return words.get(language) or words.get("fr") or next(iter(words.values()), "")


def _questions(parts: tuple[Question | Section, ...]) -> Iterator[Question]:
    for part in parts:
        if isinstance(part, Section):
            yield from _questions(part.parts)
        else:
            yield part


def _sections(parts: tuple[Question | Section, ...]) -> Iterator[Section]:
    for part in parts:
        if isinstance(part, Section):
            yield part
            yield from _sections(part.parts)


def form_of(sheets: Sheets) -> Form:
    """The form that rows describe; FormError names the row that cannot be read."""
    settings = sheets["settings"][0] if sheets["settings"] else {}
    choices = _choices(sheets["choices"])
    rows = iter(list(enumerate(sheets["survey"], start=2)))
    parts = _parts(rows, choices, end="")
    titles = {"fr": settings.get("form_title", ""), **_titles(settings)}
    made = Form(
        settings.get("form_id", "formulaire"),
        settings.get("version", "1"),
        titles if titles["fr"] else {"fr": settings.get("form_id", "")},
        _languages(sheets["survey"]),
        parts,
        _digest(sheets),
    )
    _require_sound(made)
    return made


def _digest(sheets: Sheets) -> str:
    plain = {name: [{key: row[key] for key in sorted(row) if row[key]} for row in sheets[name]] for name in sheets}
    return hashlib.sha256(json.dumps(plain, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def _languages(rows: Sequence[Row]) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for row in rows:
        for head in row:
            match = _LANGUAGE.search(head) if head.startswith("label::") else None
            if match:
                found[match.group(1)] = None
    return tuple(found) or ("fr",)


def _words(row: Row, name: str) -> Words:
    """The columns `name::Language (code)` of a row, by code; a column without language is French."""
    found = {"fr": row[name]} if row.get(name) else {}
    for head, cell in row.items():
        match = _LANGUAGE.search(head) if head.startswith(f"{name}::") else None
        if match and cell:
            found[match.group(1)] = cell
    return found


def _titles(settings: Row) -> Words:
    """The columns `title_ar`, `title_en` that Minassa adds for a title in other languages."""
    return {head.removeprefix("title_"): cell for head, cell in settings.items() if head.startswith("title_") and cell}


def _choices(rows: Sequence[Row]) -> dict[str, tuple[Choice, ...]]:
    found: dict[str, tuple[Choice, ...]] = {}
    for row in rows:
        name, words = row.get("name", ""), _words(row, "label")
        known = found.get(row.get("list_name", ""), ())
        if not name or " " in name or any(one.name == name for one in known):
            raise FormError(f"Choix sans code, ou de code double, dans la liste « {row.get('list_name', '')} ».")
        found[row.get("list_name", "")] = (*known, Choice(name, words))
    return found


def _parts(
    rows: Iterator[tuple[int, Row]], choices: Mapping[str, tuple[Choice, ...]], end: str
) -> tuple[Question | Section, ...]:
    found: list[Question | Section] = []
    for line, row in rows:
        kind = " ".join(row.get("type", "").split())
        if kind.startswith("end"):
            if kind.replace("_", " ") != end:
                raise FormError(f"Ligne {line} : « {kind} » ne ferme rien.", line=line)
            return tuple(found)
        if kind.startswith("begin"):
            of = kind.replace("_", " ").removeprefix("begin ")
            inner = _parts(rows, choices, end=f"end {of}")
            found.append(
                Section(_name(row, line), _words(row, "label"), _read(row, "relevant", line), of == "repeat", inner)
            )
        elif kind:
            found.append(_question(kind, row, line, choices))
    if end:
        raise FormError(f"Une section n'est pas fermée : « {end} » manque.")
    return tuple(found)


def _question(kind: str, row: Row, line: int, choices: Mapping[str, tuple[Choice, ...]]) -> Question:
    kind, _space, wanted = kind.partition(" ")
    if kind not in KINDS:
        raise FormError(f"Ligne {line} : le type « {kind} » n'est pas de ceux qui sont lus ici.", line=line)
    if kind.startswith("select") and wanted not in choices:
        raise FormError(f"Ligne {line} : la liste de choix « {wanted} » n'existe pas.", line=line)
    return Question(
        name=_name(row, line),
        kind=kind,
        labels=_words(row, "label"),
        hints=_words(row, "hint"),
        required=row.get("required", "").lower() in _YES,
        required_messages=_words(row, "required_message"),
        relevant=_read(row, "relevant", line),
        constraint=_read(row, "constraint", line),
        constraint_messages=_words(row, "constraint_message"),
        calculation=_read(row, "calculation", line),
        choices=choices.get(wanted, ()),
    )


def _name(row: Row, line: int) -> str:
    name = row.get("name", "")
    if not _NAME.fullmatch(name):
        raise FormError(f"Ligne {line} : « {name} » n'est pas un nom de question.", line=line)
    return name


def _read(row: Row, column: str, line: int) -> Expression | None:
    text = row.get(column, "")
    try:
        return read_expression(text) if text else None
    except FormError as error:
        raise FormError(f"Ligne {line}, {column} : {error.message}", line=line) from error


def _require_sound(form: Form) -> None:
    """Every name once, every name of a condition known, no repeat within a repeat."""
    names = [one.name for one in _questions(form.parts)] + [one.name for one in _sections(form.parts)]
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise FormError(f"Noms employés deux fois : {', '.join(twice)}.")
    parts: list[Question | Section] = [*_questions(form.parts), *_sections(form.parts)]
    for one in parts:
        for read in (one.relevant, getattr(one, "constraint", None), getattr(one, "calculation", None)):
            if read is not None and (unknown := read.names - set(names)):
                raise FormError(f"« {one.name} » nomme des questions inconnues : {', '.join(sorted(unknown))}.")
    for repeat in form.repeats.values():
        if any(inner.repeated for inner in _sections(repeat.parts)):
            raise FormError(f"« {repeat.name} » : une répétition dans une répétition n'est pas lue ici.")
