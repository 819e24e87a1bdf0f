"""Entries found by words of any of the three languages: neither accents nor spellings of a letter count, typos little.

A word of the search meets a word of an entry when it is the same (3 points), begins it (2), or departs from it by a
letter or two (1). An entry is found when each word of the search meets one of its own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Final

from minassa.talent.reference.entries import Occupation, Skill
from minassa.talent.reference.reading import Reference
from minassa.vocabulary.folding import fold

SAME, BEGINS, NEAR = 3, 2, 1
IN_LABEL: Final = 2
"""What a word of the label counts against a word of a synonym or of a code."""
ONE_LETTER, TWO_LETTERS = 4, 8
"""Length of a word from which a search may depart from it by one letter, by two."""
LONGEST: Final = 80
"""Signs of a search that are read."""
_ARTICLE: Final = "ال"
_MOST_WORDS: Final = 8
Index = Mapping[str, Mapping[str, int]]


class Finder:
    """A reference made ready for searches; its words are laid out the first time that they are asked."""

    def __init__(self, held: Reference) -> None:
        self.held = held

    @cached_property
    def _occupations(self) -> Index:
        return _index(self.held.occupations.values())

    @cached_property
    def _skills(self) -> Index:
        return _index(self.held.skills.values())

    def occupations(self, text: str) -> list[Occupation]:
        """Occupations that a search finds, the best first; all of them in the order of codes for an empty search."""
        return [self.held.occupations[code] for code in _ranked(self._occupations, text)]

    def skills(self, text: str) -> list[Skill]:
        """Skills that a search finds, the best first; all of them in the order of codes for an empty search."""
        return [self.held.skills[code] for code in _ranked(self._skills, text)]


def words_of(text: str) -> list[str]:
    """The folded words of a text, without the Arabic article: what is compared."""
    return [_bare(word) for word in fold(text).split()]


def distance(one: str, other: str, most: int) -> int:
    """Letters added, left out, changed or swapped with the next between two words; `most` + 1 when it is more."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    above = list(range(len(other) + 1))
    for row, letter in enumerate(one, 1):
        line = [row]
        for column, seen in enumerate(other, 1):
            cost = min(above[column] + 1, line[column - 1] + 1, above[column - 1] + (letter != seen))
            if row > 1 and column > 1 and letter == other[column - 2] and one[row - 2] == seen:
                cost = min(cost, before[column - 2] + 1)
            line.append(cost)
        if min(line) > most:
            return most + 1
        before, above = above, line
    return min(above[-1], most + 1)


def _index(entries: Iterable[Occupation | Skill]) -> Index:
    """Weight of each word in each entry that says it: by word, then by code."""
    index: dict[str, dict[str, int]] = defaultdict(dict)
    for one in sorted(entries, key=lambda entry: entry.code):
        for word in words_of(" ".join((*one.synonyms.everything(), one.code))):
            index[word][one.code] = 1
        for word in words_of(f"{one.label.fr} {one.label.ar} {one.label.en}"):
            index[word][one.code] = IN_LABEL
    return index


def _ranked(index: Index, text: str) -> list[str]:
    every = sorted({code for codes in index.values() for code in codes})
    asked = list(dict.fromkeys(words_of(text[:LONGEST])))[:_MOST_WORDS]
    points = dict.fromkeys(every, 0)
    for word in asked:
        met = _met(index, word)
        points = {code: total + met[code] for code, total in points.items() if code in met}
    return sorted(points, key=lambda code: (-points[code], code))


def _met(index: Index, word: str) -> dict[str, int]:
    """Points of each entry for a word: those of its word that meets it best."""
    met: dict[str, int] = {}
    for written, codes in index.items():
        nearness = _nearness(word, written)
        for code, weight in codes.items() if nearness else ():
            met[code] = max(met.get(code, 0), nearness * weight)
    return met


def _nearness(word: str, written: str) -> int:
    if word == written:
        return SAME
    if written.startswith(word):
        return BEGINS
    most = 0 if len(word) < ONE_LETTER else 1 if len(word) < TWO_LETTERS else 2
    return NEAR if most and distance(word, written, most) <= most else 0


def _bare(word: str) -> str:
    return word.removeprefix(_ARTICLE) if len(word) >= ONE_LETTER + 1 else word
