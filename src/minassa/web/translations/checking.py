"""What is wrong with the translations of the platform: nothing missing, nothing stale, nothing in one language only."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from babel.messages.catalog import Message

from minassa.web.translations.catalogues import LANGUAGES, PLURALS, Area, areas, header_of
from minassa.web.translations.extraction import Use, modules, templates, uses
from minassa.web.translations.literals import python_literals, template_literals

_PLACES: Final = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")
_TOOLS: Final = ("translations", "management", "migrations")
_SHOWN: Final = 90


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong and where (`file:line`)."""

    where: str
    sentence: str

    def __str__(self) -> str:
        return f"{self.where} : {self.sentence}"


def problems(package: Path) -> list[Problem]:
    """Every problem of the package, by file."""
    found, known = uses(package), areas(package)
    every = [*_missing(package, found, known), *_entries(package, found, known), *_literals(package)]
    return sorted(every, key=lambda problem: problem.where)


def missing(package: Path) -> list[tuple[Use, str]]:
    """Sentences without translation, once each, with the language that lacks it."""
    known = {(area.language, key) for area in areas(package) for key in _index(area)}
    lacking: dict[tuple[str, tuple[str, str]], Use] = {}
    for use in uses(package):
        for language in LANGUAGES:
            if (language, use.sentence.key) not in known:
                lacking.setdefault((language, use.sentence.key), use)
    return [(use, language) for (language, _key), use in lacking.items()]


def _missing(package: Path, found: list[Use], known: list[Area]) -> Iterator[Problem]:
    index: dict[str, dict[tuple[str, str], list[Message]]] = {language: defaultdict(list) for language in LANGUAGES}
    for area in known:
        for key, message in _index(area).items():
            index.setdefault(area.language, defaultdict(list))[key].append(message)
    for use in found:
        for language in LANGUAGES:
            candidates = index[language].get(use.sentence.key, [])
            if not candidates:
                yield _at(package, use, f"pas de traduction ({language})")
            elif use.sentence.plural and not any(message.pluralizable for message in candidates):
                yield _at(package, use, f"traduit sans pluriel ({language})")


def _entries(package: Path, found: list[Use], known: list[Area]) -> Iterator[Problem]:
    used = {use.sentence.key for use in found}
    for area in known:
        where = str(area.file.relative_to(package))
        if area.language in PLURALS and header_of(area.file).rstrip(";") != PLURALS[area.language].rstrip(";"):
            yield Problem(where, f"l'en-tête Plural-Forms doit être : {PLURALS[area.language]}")
        for key, message in _index(area).items():
            for fault in _faults(message):
                yield Problem(f"{where}:{message.lineno}", f"{fault} : {_short(key[1])}")
            if key not in used:
                yield Problem(f"{where}:{message.lineno}", f"ne sert nulle part : {_short(key[1])}")


def _faults(message: Message) -> Iterator[str]:
    ids = list(message.id) if isinstance(message.id, tuple | list) else [message.id]
    said = message.string
    texts = [each or "" for each in said] if isinstance(said, tuple | list) else [said or ""]
    if message.fuzzy:
        yield "traduction douteuse (fuzzy)"
    if not all(texts):
        yield "traduction vide ou incomplète"
        return
    wanted = [set(_PLACES.findall(text)) for text in ids]
    allowed = set().union(*wanted)
    # One and two are often said by the word alone in Arabic: only the last form must hold everything.
    if any(set(_PLACES.findall(text)) - allowed for text in texts) or set(_PLACES.findall(texts[-1])) != wanted[-1]:
        yield "les éléments insérés diffèrent du français"


def _literals(package: Path) -> Iterator[Problem]:
    for file in templates(package):
        for line, text in template_literals(file):
            yield Problem(f"{file.relative_to(package)}:{line}", f"texte hors traduction : {_short(text)}")
    for file in modules(package / "web"):
        if not set(_TOOLS) & set(file.relative_to(package).parts):
            for line, text in python_literals(file):
                yield Problem(f"{file.relative_to(package)}:{line}", f"phrase non marquée : {_short(text)}")


def _index(area: Area) -> dict[tuple[str, str], Message]:
    entries = (message for message in area.catalogue if message.id)
    return {(entry.context or "", entry.id if isinstance(entry.id, str) else entry.id[0]): entry for entry in entries}


def _at(package: Path, use: Use, fault: str) -> Problem:
    return Problem(f"{use.file.relative_to(package)}:{use.line}", f"{fault} : {_short(use.sentence.msgid)}")


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return f"« {flat if len(flat) <= _SHOWN else flat[:_SHOWN] + '…'} »"
