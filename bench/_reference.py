"""ESCO, ROME and the public half of MELO, read from a folder that is given: nothing of them is in the project."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from pathlib import Path

from minassa.talent.matching import Concept, Entry, Lexicon
from minassa.talent.matching.entries import LANGUAGES

OCCUPATIONS = "esco/occupations.csv"
CROSSWALK = "rome/esco_crosswalk.csv"
QUERIES = "benchmark/melo_fra/queries.tsv"
CORPUS = "benchmark/melo_fra/corpus.tsv"
NEEDED = (OCCUPATIONS, CROSSWALK, QUERIES, CORPUS)
NOTICE = (
    "This publication uses the ESCO classification of the European Commission. "
    "Adapted version: subset of ESCO v1.1.1 with labels of v1.0, v1.0.9 and v1.2.1; not the official ESCO.\n"
    "Source : France Travail, ROME 4.0, Licence Ouverte 2.0 ; extrait adapté. "
    "MELO benchmark, copyright (c) 2024 Avature, MIT licence."
)


def missing(folder: Path) -> list[str]:
    """Return the files that are needed and not in a folder."""
    return [name for name in NEEDED if not (folder / name).is_file()]


def rows(folder: Path, name: str) -> Iterator[dict[str, str]]:
    """Return the rows of a file: commas with quotes for `.csv`, tabs without for `.tsv`."""
    tabs = name.endswith(".tsv")
    with (folder / name).open(encoding="utf-8", newline="") as lines:
        if tabs:
            yield from csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        else:
            yield from csv.DictReader(lines)


def forms_of(label: str) -> list[str]:
    """Return a label and, where it says masculine and feminine (`directeur/directrice`), each of both."""
    parts = [part.strip() for part in re.split(r"\s*/\s*", label) if part.strip()]
    return list(dict.fromkeys([label, *parts])) if len(parts) > 1 else [label]


def esco(folder: Path) -> Lexicon:
    """Return the subset of ESCO as a lexicon: labels and synonyms in French, English, Arabic."""
    lexicon = Lexicon()
    for row in rows(folder, OCCUPATIONS):
        named = ((language, row[f"label_{language}"]) for language in LANGUAGES)
        labels = tuple((language, label) for language, label in named if label)
        concept = Concept(row["esco_uri"], row["isco08"], row["esco_uri"], labels=labels)
        said = [(language, form) for language, label in labels for form in forms_of(label)]
        said += [(lang, form) for lang in ("fr", "en") for form in row[f"alt_labels_{lang}"].split("|") if form]
        lexicon.add(concept, [Entry(form, concept.key, lang, lang, "ESCO", "validated") for lang, form in said])
    return lexicon


def rome(folder: Path, known: Lexicon, *, narrow: bool = True) -> Lexicon:
    """Return titles of ROME as entries of the concepts they point to, answers of the benchmark left out."""
    wanted = {"exactMatch", "closeMatch"} | ({"narrowMatch"} if narrow else set())
    lexicon = Lexicon()
    for row in rows(folder, CROSSWALK):
        concept = known.concepts.get(row["esco_uri"])
        if row["in_public_benchmark"] == "0" and row["relation"] in wanted and concept is not None:
            forms = forms_of(row["rome_title"])
            lexicon.add(concept, [Entry(form, concept.key, "fr", "fr", "ROME", "validated") for form in forms])
    return lexicon
