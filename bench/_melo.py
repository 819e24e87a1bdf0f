"""The public half of MELO, French titles of ROME to French labels of ESCO, scored as MELO scores it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bench._reference import CORPUS, QUERIES, rows

KEPT, FIVE = 100, 5
PUBLISHED = (
    ("edit distance", 0.7726, 0.7289, 0.8223),
    ("BM25, lemmas", 0.8042, 0.7672, 0.8502),
    ("char TF-IDF (1 to 3)", 0.7956, 0.7526, 0.8467),
    ("mUSE-CNN", 0.7794, 0.7282, 0.8404),
    ("mE5", 0.8427, 0.8007, 0.8948),
    ("BGE-M3", 0.8454, 0.8035, 0.8927),
    ("E5", 0.8632, 0.8272, 0.9073),
    ("OpenAI", 0.8721, 0.8314, 0.9199),
)
"""Figures of the authors, on all 1,435 queries: MRR, A@1, A@5 (Retyk and others, 2024)."""


@dataclass(frozen=True)
class Melo:
    """Queries with the concept each must lead to, and labels with theirs."""

    queries: list[str]
    answers: NDArray[np.str_]
    labels: list[str]
    concepts: NDArray[np.str_]
    elements: NDArray[np.str_]


def melo(folder: Path) -> Melo:
    """Return the public half of a folder."""
    queries, corpus = list(rows(folder, QUERIES)), list(rows(folder, CORPUS))
    return Melo(
        [row["query"] for row in queries],
        np.array([row["gold_esco_uri"] for row in queries]),
        [row["label"] for row in corpus],
        np.array([row["esco_uri"] for row in corpus]),
        np.array([row["element_id"] for row in corpus]),
    )


def scored(data: Melo, likeness: NDArray[np.float32]) -> tuple[float, float, float]:
    """Return MRR, A@1 and A@5 of a table of likenesses (queries × labels)."""
    ranks = []
    for row, answer in zip(likeness, data.answers, strict=True):
        top = np.argsort(-row, kind="stable")[:KEPT]
        order = np.lexsort((data.elements[top], np.round(row[top], 5)))[::-1]
        hits = np.flatnonzero(data.concepts[top[order]] == answer)
        ranks.append(int(hits[0]) + 1 if hits.size else 0)
    got = np.array(ranks)
    inverse = np.where(got > 0, 1 / np.maximum(got, 1), 0.0)
    return float(inverse.mean()), float((got == 1).mean()), float(((got > 0) & (got <= FIVE)).mean())
