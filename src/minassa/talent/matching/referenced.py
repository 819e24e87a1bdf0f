"""The occupations of the National Reference as entries of the lexicon: our own codes, names and synonyms."""

from __future__ import annotations

import re
from functools import cache

from minassa.talent.matching.entries import LANGUAGES, Concept, Entry, Lexicon
from minassa.talent.matching.lexicon import shipped_lexicon
from minassa.talent.reference.entries import Occupation
from minassa.talent.reference.reading import reference

SOURCE = "Référentiel national"
TRUST = 0.95
"""Names of the reference are read beside the usage of registers, which passes them where both speak."""


@cache
def lexicon_with_reference() -> Lexicon:
    """Return the lexicon that is shipped, with the codes and names that the reference gives its occupations.

    Other occupations of the reference enter with their names and synonyms; those of the lexicon keep their own entries,
    which were written after the usage of registers.
    """
    shipped, told = shipped_lexicon(), lexicon_of(tuple(reference().occupations.values()))
    written = {entry.concept for entry in shipped.entries}
    others = [entry for entry in told.entries if entry.concept not in written]
    return Lexicon(dict(told.concepts), others).over(shipped)


def lexicon_of(occupations: tuple[Occupation, ...]) -> Lexicon:
    """Return occupations as a lexicon: names in three languages, each gender apart, and synonyms."""
    lexicon = Lexicon()
    for one in occupations:
        labels = tuple((language, one.label.said(language)) for language in LANGUAGES)
        key = one.esco or one.code
        concept = Concept(key, one.isco08, one.esco or "", one.code, labels)
        names = [(language, form) for language, label in labels for form in genders_of(label)]
        names += [(language, form) for language in LANGUAGES for form in getattr(one.synonyms, language)]
        status = one.status.value
        lexicon.add(concept, [Entry(form, key, lang, lang, SOURCE, status, TRUST) for lang, form in names])
    return lexicon


def genders_of(label: str) -> list[str]:
    """Return the names that a label says: one, or the masculine and the feminine parted by a slash."""
    return [part for part in re.split(r"\s+/\s+", label) if part]
