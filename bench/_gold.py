"""Titles coded twice (`bench/gold/titles.tsv`), and what a recogniser makes of them."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from minassa.talent.matching import Lexicon, Recogniser, Recognition, fold

GOLD = Path(__file__).parent / "gold" / "titles.tsv"
FIVE = 5
COVERED = 0.7
"""The share of titles at which precision with abstention is told."""


@dataclass(frozen=True)
class Title:
    """A title with the codes of both passes, the adjudicated one (empty: no occupation) and those that are accepted."""

    title: str
    language: str
    filiere: str
    split: str
    first: str
    second: str
    isco: str
    accepted: frozenset[str]


@dataclass(frozen=True)
class Figures:
    """Shares of titles, 0 to 1: right first, among five, mean of 1 over the rank, right first strictly."""

    titles: int
    first: float
    among_five: float
    reciprocal_rank: float
    first_strictly: float


def gold() -> list[Title]:
    """Return every title of the set, in its order."""
    lines = [line for line in GOLD.read_text("utf-8").splitlines() if not line.startswith("#")]
    return [
        Title(
            row["title"],
            row["language"],
            row["filiere"],
            row["split"],
            row["first"],
            row["second"],
            row["isco08"],
            frozenset(row["accepted"].split("|")) - {""},
        )
        for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
    ]


def agreement(titles: Sequence[Title]) -> tuple[int, float]:
    """Return how many titles both passes coded alike, and Cohen's kappa."""
    alike = sum(title.first == title.second for title in titles)
    ones, others = Counter(t.first for t in titles), Counter(t.second for t in titles)
    chance = sum(ones[code] * others[code] for code in ones) / len(titles) ** 2
    return alike, (alike / len(titles) - chance) / (1 - chance)


def figures(titles: Sequence[Title], found: Sequence[Recognition]) -> Figures:
    """Return how well titles that name an occupation are recognised, by unit group of ISCO-08."""
    ranks, strict = [], []
    for title, recognition in zip(titles, found, strict=True):
        if title.isco:
            groups = [candidate.concept.isco for candidate in recognition.candidates]
            ranks.append(next((at + 1 for at, group in enumerate(groups) if group in title.accepted), 0))
            strict.append(bool(groups) and groups[0] == title.isco)
    got = np.array(ranks)
    inverse = np.where(got > 0, 1 / np.maximum(got, 1), 0.0)
    return Figures(
        len(got),
        float((got == 1).mean()),
        float(((got > 0) & (got <= FIVE)).mean()),
        float(inverse.mean()),
        float(np.mean(strict)),
    )


def right(titles: Sequence[Title], found: Sequence[Recognition]) -> list[bool]:
    """Return whether the first candidate of each title is accepted; of a title that names no occupation, never."""
    return [
        bool(recognition.candidates) and recognition.candidates[0].concept.isco in title.accepted
        for title, recognition in zip(titles, found, strict=True)
    ]


def precision_at(titles: Sequence[Title], found: Sequence[Recognition], share: float) -> float:
    """Return the share of right answers among the surest `share` of the titles, those without occupation counted in."""
    surest = np.argsort([-recognition.evidence for recognition in found], kind="stable")
    return float(np.mean(np.array(right(titles, found))[surest[: round(share * len(titles))]]))


def answered(titles: Sequence[Title], found: Sequence[Recognition]) -> tuple[float, float]:
    """Return the share of titles answered by themselves, and the share of right answers among them."""
    kept = np.array([not recognition.abstained for recognition in found])
    hits = np.array(right(titles, found))
    return float(kept.mean()), float(hits[kept].mean()) if kept.any() else 0.0


def without_equals(lexicon: Lexicon, titles: Sequence[Title]) -> Lexicon:
    """Return a lexicon without the entries that a title equals once folded."""
    folded = {entry.form: fold(entry.form) for entry in lexicon.entries}
    return lexicon.without(frozenset(fold(title.title) for title in titles), folded)


def unequalled(lexicon: Lexicon, titles: Sequence[Title]) -> list[Title]:
    """Return the titles that no entry equals once folded."""
    known = {fold(entry.form) for entry in lexicon.entries}
    return [title for title in titles if fold(title.title) not in known]


def found_in(recogniser: Recogniser, titles: Sequence[Title]) -> list[Recognition]:
    """Return what becomes of the titles, with enough candidates for the ranks that are told."""
    return recogniser.recognise([title.title for title in titles], most=50, why=False)
