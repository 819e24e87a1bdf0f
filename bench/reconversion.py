"""How well likeness of skills finds occupations of the same ISCO-08 unit group, on the occupations of ESCO in a folder.

    python -m bench.reconversion [--reference FOLDER]

ESCO is read from a folder (`--reference`, else the variable MINASSA_REFERENCE_DATA). The figure is the area under the
curve of all pairs of occupations, those of one unit group (four digits) against the others; no representation sees the
code. Published anchors are of the 3,007 occupations of ESCO v1.1.1; the folder may hold fewer, and the figure of a
narrow sector is lower, its occupations being alike: the count is told beside.
"""

from __future__ import annotations

import argparse
import os
from collections import Counter, defaultdict
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array, diags_array
from scipy.stats import rankdata

from bench._goals import Goal
from bench._reference import NOTICE, rows
from minassa.talent.reconversion.closeness import Asked, Closeness
from minassa.talent.reconversion.settings import settings

OCCUPATIONS, RELATIONS, SKILLS = "esco/occupations.csv", "esco/occupation_skills.csv", "esco/skills.csv"
WHOLE = 3_007
PUBLISHED = (
    ("essential, IDF", 0.883),
    ("essential 1 + optional 0.5, IDF", 0.915),
    ("essential 1 + optional 1, IDF", 0.916),
)
GRAMS = (3, 4, 5)
Square = NDArray[np.float64]


def asked_in(folder: Path) -> tuple[dict[str, Asked], list[str]]:
    """Return what each occupation asks, by URI, and their unit groups in the same order."""
    links: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for row in rows(folder, RELATIONS):
        links[row["occupation_uri"]][row["relation"]].add(row["skill_uri"])
    groups = {row["esco_uri"]: row["isco08"] for row in rows(folder, OCCUPATIONS)}
    asked = {
        uri: Asked(frozenset(links[uri]["essential"]), frozenset(links[uri]["optional"] - links[uri]["essential"]))
        for uri in groups
    }
    return asked, list(groups.values())


def area(likeness: Square, groups: list[str]) -> tuple[float, float]:
    """Return the area under the curve of pairs of one group, and their mean likeness."""
    codes = np.array(groups)
    upper = np.triu_indices(len(codes), 1)
    same, told = codes[upper[0]] == codes[upper[1]], likeness[upper]
    ranks, pairs = rankdata(told), int(same.sum())
    over = ranks[same].sum() - pairs * (pairs + 1) / 2
    return float(over / (pairs * (len(told) - pairs))), float(told[same].mean())


def vectors(asked: dict[str, Asked], skills: list[str], essential: float, optional: float) -> csr_array:
    """Return the vectors that the product compares, of length 1, one row an occupation."""
    near, place = Closeness(asked, essential, optional), {skill: at for at, skill in enumerate(skills)}
    cells = [(at, place[skill], weight) for at, code in enumerate(asked) for skill, weight in near.vector(code).items()]
    along, across, weights = zip(*cells, strict=True)
    return csr_array((weights, (along, across)), shape=(len(asked), len(skills)))


def spelt(labels: list[str]) -> csr_array:
    """Return labels as pieces of words, rare pieces weighing more, one row a label, of length 1."""
    counted = [Counter(piece for word in label.lower().split() for piece in _pieces(f" {word} ")) for label in labels]
    place: dict[str, int] = {}
    cells = [
        (at, place.setdefault(p, len(place)), 1 + np.log(n)) for at, one in enumerate(counted) for p, n in one.items()
    ]
    along, across, weights = zip(*cells, strict=True)
    seen = np.bincount(across, minlength=len(place))
    table = csr_array((weights, (along, across)), shape=(len(labels), len(place)))
    return csr_array(unit(table @ diags_array(np.log(len(labels) / seen))))


def _pieces(word: str) -> list[str]:
    return [word[at : at + size] for size in GRAMS for at in range(len(word) - size + 1)]


def unit(table: csr_array) -> csr_array:
    """Return the same rows, of length 1."""
    lengths = np.sqrt(table.multiply(table).sum(axis=1))
    return csr_array(diags_array(1 / np.maximum(lengths, 1e-12)) @ table)


def main() -> None:
    """Print the areas, beside those published, and whether the goal is reached."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reference", type=Path, default=os.environ.get("MINASSA_REFERENCE_DATA"))
    folder = parser.parse_args().reference
    if folder is None or not all((Path(folder) / name).is_file() for name in (OCCUPATIONS, RELATIONS, SKILLS)):
        print("ESCO is in no folder that was given: nothing is measured.")
        return
    folder = Path(folder)
    asked, groups = asked_in(folder)
    of_the_whole = "all of ESCO" if len(asked) >= WHOLE else f"a subset of the {WHOLE:,} of ESCO v1.1.1"
    print(f"{NOTICE}\nPairs of {len(asked):,} occupations, {of_the_whole}, {len(set(groups))} unit groups")
    for said, figure in PUBLISHED:
        print(f"  {said:48} area {figure:.3f}  on all {WHOLE:,}, measured elsewhere")
    measured(folder, asked, groups)


def measured(folder: Path, asked: dict[str, Asked], groups: list[str]) -> None:
    """Print each representation, the product's own first; the best one is held to the goal."""
    labels = {row["uri"]: row["label_en"] for row in rows(folder, SKILLS)}
    skills, weights = list(labels), settings().similarity
    found = {"essential, IDF": (vectors(asked, skills, 1.0, 0.0))}
    own = vectors(asked, skills, weights.essential, weights.optional)
    found["essential 1 + optional 0.5, IDF (the product)"] = own
    squares = {said: (table @ table.T).toarray() for said, table in found.items()}
    words = spelt(list(labels.values()))
    related = own @ (words @ words.T).toarray()
    related /= np.maximum(np.linalg.norm(related, axis=1, keepdims=True), 1e-12)
    squares["the product + likeness of the names of skills"] = ((own @ own.T).toarray() + related @ related.T) / 2
    best = 0.0
    for said, likeness in squares.items():
        under, within = area(likeness, groups)
        print(f"  {said:48} area {under:.3f}  mean within a group {within:.3f}")
        best = max(best, under)
    Goal(f"Same unit group by skills, area, {len(groups):,} occupations", best, 0.92, "", least=True).say()


if __name__ == "__main__":
    main()
