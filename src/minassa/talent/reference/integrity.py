"""What the reference must hold, entry by entry: nothing dangling, nothing said twice, three languages everywhere."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace

from minassa.talent.reference.entries import Occupation, Skill, Standing, Words
from minassa.talent.reference.reading import Reference
from minassa.vocabulary.folding import fold

ARABIC = re.compile("[\u0620-\u064a]")
LEAST_ESSENTIAL = 4
CORE = 203
"""Core occupations: those of the 25 unit groups of ISCO-08 that the sector is made of."""
LEAST_SKILLS = 250


@dataclass(frozen=True)
class Fault:
    """Something wrong with an entry, and what to do."""

    code: str
    what: str
    file: str = ""

    def __str__(self) -> str:
        return f"{self.file or 'référentiel'} · {self.code} : {self.what}"


def faults(held: Reference) -> list[Fault]:
    """Everything that is wrong with a reference; an empty list says that it is whole."""
    found = (*_counts(held), *_links(held), *_successors(held), *_words(held), *_undefined(held), *_twice(held))
    return [replace(fault, file=held.files.get(fault.code, "")) for fault in found]


def _counts(held: Reference) -> Iterator[Fault]:
    if len(held.occupations) < CORE:
        yield Fault("métiers", f"{len(held.occupations)} métiers ; il en faut {CORE} au moins.")
    if len(held.skills) < LEAST_SKILLS:
        yield Fault("compétences", f"{len(held.skills)} compétences ; il en faut {LEAST_SKILLS} au moins.")


def _links(held: Reference) -> Iterator[Fault]:
    for code, one in held.occupations.items():
        asked = (*one.essential, *one.optional)
        yield from (Fault(code, f"demande {s}, qui n'existe pas.") for s in asked if s not in held.skills)
        if len(set(asked)) < len(asked):
            yield Fault(code, "demande deux fois la même compétence.")
        if len(one.essential) < LEAST_ESSENTIAL:
            yield Fault(code, f"{len(one.essential)} compétences essentielles ; il en faut {LEAST_ESSENTIAL} au moins.")
        if one.isco08 not in held.groups:
            yield Fault(code, f"le groupe {one.isco08} de la CITP n'est pas nommé.")
        if code.split("-")[1] != one.isco08:
            yield Fault(code, f"le code ne dit pas le groupe {one.isco08} de la CITP.")
    asked_somewhere = {s for one in held.occupations.values() for s in (*one.essential, *one.optional)}
    for code, skill in held.skills.items():
        if skill.domain not in held.domains:
            yield Fault(code, f"le domaine {skill.domain} n'est pas décrit.")
        if skill.esco and code not in asked_somewhere:
            yield Fault(code, "a un lien vers ESCO et aucun métier ne la demande.")


def _successors(held: Reference) -> Iterator[Fault]:
    for entries in (held.occupations, held.skills):
        for code, one in entries.items():
            if one.successor is None:
                continue
            if one.status is not Standing.DEPRECATED:
                yield Fault(code, "a un successeur sans être retiré.")
            follows = entries.get(one.successor)
            if follows is None or follows.status is Standing.DEPRECATED:
                yield Fault(code, f"a pour successeur {one.successor}, qui n'existe pas ou est retiré.")


def _words(held: Reference) -> Iterator[Fault]:
    for code, words in _said(held):
        if not ARABIC.search(words.ar):
            yield Fault(code, f"« {words.ar} » n'est pas écrit en arabe.")
        for said in (words.fr, words.en):
            if ARABIC.search(said):
                yield Fault(code, f"« {said} » est écrit en arabe.")


def _undefined(held: Reference) -> Iterator[Fault]:
    yield from (Fault(code, "n'est pas définie.") for code, one in held.skills.items() if one.definition is None)


def _said(held: Reference) -> Iterator[tuple[str, Words]]:
    entries: list[Occupation | Skill] = [*held.occupations.values(), *held.skills.values()]
    for one in entries:
        yield one.code, one.label
        if one.definition is not None:
            yield one.code, one.definition
    yield from held.domains.items()
    yield from held.groups.items()


def _twice(held: Reference) -> Iterator[Fault]:
    yield from _labels_twice(held.occupations)
    yield from _labels_twice(held.skills)
    uris: dict[str, str] = {}
    for code, one in held.occupations.items():
        if one.esco is not None and uris.setdefault(one.esco, code) != code:
            yield Fault(code, f"nomme le même métier d'ESCO que {uris[one.esco]}.")


def _labels_twice(entries: dict[str, Occupation] | dict[str, Skill]) -> Iterator[Fault]:
    for language in ("fr", "ar", "en"):
        named: dict[str, list[str]] = defaultdict(list)
        for code, one in entries.items():
            named[fold(one.label.said(language))].append(code)
        for codes in named.values():
            if len(codes) > 1:
                yield Fault(codes[1], f"porte le même nom ({language}) que {codes[0]}.")
