"""The lexicon that Minassa ships: titles as Moroccan registers and adverts write them, a file for each filière."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from minassa.talent.matching.entries import ESCO_OCCUPATION, LANGUAGES, Concept, Entry, Lexicon

KINDS = ("fr", "en", "ar", "darija", "short", "diploma")
"""The lists of a concept in a file. The last three are of Morocco by nature: spellings, acronyms, diplomas."""


@cache
def shipped_lexicon() -> Lexicon:
    """Return every concept and entry of the files beside this module."""
    lexicon = Lexicon()
    folder = files("minassa.talent.matching").joinpath("lexicon")
    for file in sorted(folder.iterdir(), key=lambda each: each.name):
        if file.name.endswith(".yaml"):
            _read(lexicon, yaml.safe_load(file.read_text("utf-8")))
    return lexicon


def _read(lexicon: Lexicon, said: dict[str, Any]) -> None:
    for row in said["concepts"]:
        esco = ESCO_OCCUPATION + row["esco"] if row["esco"] else ""
        names = tuple((language, row[language][0]) for language in LANGUAGES if row.get(language))
        concept = Concept(esco or f"isco:{row['isco']}/{names[0][1]}", row["isco"], esco, labels=names)
        status = row.get("status", said["status"])
        lexicon.add(
            concept,
            [
                Entry(form, concept.key, _language(kind), kind, said["source"], status)
                for kind in KINDS
                for form in row.get(kind, ())
            ],
        )


def _language(kind: str) -> str:
    """Return the language of a list: Darija is Arabic, acronyms and diplomas are read as French."""
    return {"darija": "ar", "short": "fr", "diploma": "fr"}.get(kind, kind)
