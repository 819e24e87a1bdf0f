"""French names of occupations linked to Arabic ones through the concept they share, the name itself never looked up.

For each of 200 ICT and engineering occupations: its French name is asked; every label of the occupation that is the
name, or its other gender, once read (`canonical`), is taken out of what may be found. The occupation is then recognised
by its other French labels, its English ones and those of the shipped lexicon, among 2,942 of ESCO; the Arabic name of
the occupation found is the answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from bench._reference import CORPUS, OCCUPATIONS, forms_of, rows
from minassa.talent.matching import Concept, Entry, Lexicon, Recogniser, canonical
from minassa.talent.matching.encoders import Encoder

ASKED, FIVE = 200, 5
ICT_GROUPS = 3
"""How many of the first groups below are ICT; the rest is engineering."""
ENGINEERING = ("133", "25", "35", "2141", "2142", "2144", "2149", "2151", "2152", "2153", "311")


@dataclass(frozen=True)
class Asked:
    """A French name, the concept it is of, and its Arabic name."""

    name: str
    concept: str
    arabic: str


def asked(folder: Path) -> list[Asked]:
    """Return the first 200 ICT and engineering occupations with a French and an Arabic name, ICT before engineering."""
    wanted = [
        (next(rank for rank, group in enumerate(ENGINEERING) if row["isco08"].startswith(group)), row)
        for row in rows(folder, OCCUPATIONS)
        if row["label_fr"] and row["label_ar"] and row["isco08"].startswith(ENGINEERING)
    ]
    first = sorted(wanted, key=lambda each: (each[0] >= ICT_GROUPS, each[1]["core"] != "1"))[:ASKED]
    return [Asked(row["label_fr"].split("/")[0].strip(), row["esco_uri"], row["label_ar"]) for _, row in first]


def _bag(text: str) -> str:
    return " ".join(sorted(canonical(text).split()))


def pivots(folder: Path, names: Iterable[Asked], *, french: bool) -> Lexicon:
    """Return what may be found: French labels of every occupation but the names asked, English ones of the subset."""
    own = {each.concept: _bag(each.name) for each in names}
    lexicon = Lexicon()
    for row in rows(folder, CORPUS):
        uri = row["esco_uri"]
        if "/occupation/" in uri:
            forms = [f for f in forms_of(row["label"]) if uri not in own or (french and _bag(f) != own[uri])]
            if uri in own and _bag(row["label"]) == own[uri]:
                forms = []
            lexicon.add(
                Concept(uri, row["isco08"], uri), [Entry(f, uri, "fr", "fr", "ESCO", "validated") for f in forms]
            )
    for row in rows(folder, OCCUPATIONS):
        uri = row["esco_uri"]
        english = [row["label_en"], *[form for form in row["alt_labels_en"].split("|") if form]]
        lexicon.add(Concept(uri, row["isco08"], uri), [Entry(f, uri, "en", "en", "ESCO", "validated") for f in english])
    return lexicon


def without_names(lexicon: Lexicon, names: Iterable[Asked]) -> Lexicon:
    """Return a lexicon without the entries of an asked occupation that read as its name."""
    own = {each.concept: _bag(each.name) for each in names}
    kept = [entry for entry in lexicon.entries if own.get(entry.concept) != _bag(entry.form)]
    return Lexicon(dict(lexicon.concepts), kept)


def linked(lexicon: Lexicon, names: list[Asked], encoders: Sequence[Encoder] = ()) -> tuple[float, float]:
    """Return A@1 and A@5: whether the concept whose Arabic name is told is the right one."""
    found = Recogniser(lexicon, encoders=encoders).recognise([each.name for each in names], why=False)
    ranks = [
        next((at + 1 for at, one in enumerate(recognition.candidates) if one.concept.key == each.concept), 0)
        for each, recognition in zip(names, found, strict=True)
    ]
    got = np.array(ranks)
    return float((got == 1).mean()), float(((got > 0) & (got <= FIVE)).mean())
