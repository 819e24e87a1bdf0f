"""How well likeness of occupations finds those of the same ISCO-08 unit group, on the occupations of ESCO in a folder.

    python -m bench.reconversion [--reference FOLDER] [--halves N]

ESCO is read from a folder (`--reference`, else the variable MINASSA_REFERENCE_DATA): the subset at hand, or the
official download (zips or folders of CSV files, one for each language). The figure is the area under the curve of all
pairs of occupations, those of one unit group (four digits) against the others; no likeness sees the code. Published
anchors are of the 3,007 occupations of ESCO v1.1.1; the folder may hold fewer: the count is told beside.

What is chosen (which likenesses, how sharply the nearest count) is chosen again on half of the unit groups and measured
on the other half, so that the figure is not one of what it was chosen on; what the product holds is measured there too.
"""

from __future__ import annotations

import argparse
import os
from itertools import combinations
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.stats import rankdata

from bench._esco import Whole, download_in, subset_in
from bench._goals import Goal
from minassa.talent.reconversion.closeness import Closeness
from minassa.talent.reconversion.nearness import SHARPNESS, Named, Nearness, company, places
from minassa.talent.reconversion.settings import settings

WHOLE = 3_007
PUBLISHED = (
    ("essential, IDF", 0.883),
    ("essential 1 + optional 0.5, IDF", 0.915),
    ("essential 1 + optional 1, IDF", 0.916),
)
MADE_OF = ("skills", "like names of skills", "names of occupations")
SHARP = (1, 2, 4, 6, 8)
HALVES = 10
Square = NDArray[np.float64]
Groups = NDArray[np.str_]
Way = tuple[tuple[int, ...], int]
"""Likenesses taken, and the sharpness of their company."""


def area(likeness: Square, groups: Groups) -> tuple[float, float, float]:
    """Return the area under the curve of pairs of one group, the mean of their likeness and its deviation."""
    upper = np.triu_indices(len(groups), 1)
    same, told = groups[upper[0]] == groups[upper[1]], likeness[upper]
    ranks, pairs = rankdata(told), int(same.sum())
    over = ranks[same].sum() - pairs * (pairs + 1) / 2
    return float(over / (pairs * (len(told) - pairs))), float(told[same].mean()), float(told[same].std())


def main() -> None:
    """Print the areas, beside those published, and whether the goal is reached."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reference", type=Path, default=os.environ.get("MINASSA_REFERENCE_DATA"))
    parser.add_argument("--halves", type=int, default=HALVES)
    given = parser.parse_args()
    found = None if given.reference is None else subset_in(Path(given.reference)) or download_in(Path(given.reference))
    if found is None:
        print("ESCO is in no folder that was given: nothing is measured.")
        return
    groups = np.array(list(found.groups.values()))
    of_the_whole = "all of ESCO" if len(groups) >= WHOLE else f"a subset of the {WHOLE:,} of ESCO v1.1.1"
    print(f"{found.notice}\nPairs of {len(groups):,} occupations, {of_the_whole}, {len(set(groups))} unit groups")
    for said, figure in PUBLISHED:
        print(f"  {said:52} area {figure:.3f}  on all {WHOLE:,}, measured elsewhere")
    best = measured(found, groups, given.halves)
    Goal(f"Same unit group by likeness, area, {len(groups):,} occupations", best, 0.92, "", least=True).say()


def measured(found: Whole, groups: Groups, halves: int) -> float:
    """Print each likeness and what the product makes of them; its area is returned."""
    weights = settings().similarity
    closeness = Closeness(found.asked, weights.essential, weights.optional)
    near = Nearness(found.asked, closeness, Named(found.occupations, found.skills))
    _say("essential 1 + optional 0.5, IDF", near.likenesses[0], groups)
    _say("  with skills of like names", near.likenesses[1], groups)
    _say("names of occupations alone", near.likenesses[2], groups)
    _say("ranks of the three, both ways", places(near.likenesses), groups)
    skills = company(places(near.likenesses[:2]))
    _say("company kept, by skills only", skills @ skills.T, groups)
    product = _say("company kept (the product)", near.square(), groups)
    if halves:
        held_out(near.likenesses, groups, halves)
    return product


def _say(name: str, likeness: Square, groups: Groups) -> float:
    under, within, deviation = area(likeness, groups)
    print(f"  {name:52} area {under:.3f}  within a group {within:.2f}, deviation {deviation:.2f}")
    return under


def held_out(likenesses: tuple[Square, ...], groups: Groups, halves: int) -> None:
    """Print what is chosen on half of the unit groups, measured on the other half, `halves` times both ways."""
    rng, kinds = np.random.default_rng(1), np.unique(groups)
    drawn = [np.isin(groups, rng.permutation(kinds)[: len(kinds) // 2]) for _time in range(halves)]
    parts = [part for half in drawn for part in (half, ~half)]
    ways = [(some, sharp) for size in range(1, 4) for some in combinations(range(3), size) for sharp in SHARP]
    areas = {way: _areas(_likeness(likenesses, way), groups, parts) for way in ways}
    cosine = _areas(likenesses[0], groups, parts)
    others = [at ^ 1 for at in range(len(parts))]
    chosen = [ways[int(np.argmax([areas[way][at] for way in ways]))] for at in range(len(parts))]
    there = np.mean([areas[way][at] for at, way in enumerate(chosen)])
    held = np.mean([areas[way][other] for way, other in zip(chosen, others, strict=True)])
    product = areas[(0, 1, 2), SHARPNESS]
    print(
        f"Chosen on half of the unit groups, {len(parts)} times: area {there:.3f} there, {held:.3f} on the other half"
    )
    print(f"  the product on those halves {np.mean(product):.3f}, deviation {np.std(product):.3f};")
    print(f"  the cosine of skills on the same {np.mean(cosine):.3f}")
    for way in sorted(set(chosen), key=lambda way: -chosen.count(way))[:3]:
        made = " + ".join(MADE_OF[at] for at in way[0])
        print(f"  chosen {chosen.count(way)} times: {made}, sharpness {way[1]}")


def _likeness(likenesses: tuple[Square, ...], way: Way) -> Square:
    kept = company(places([likenesses[at] for at in way[0]]), way[1])
    return np.asarray(kept @ kept.T)


def _areas(square: Square, groups: Groups, parts: list[NDArray[np.bool_]]) -> list[float]:
    return [area(square[np.ix_(part, part)], groups[part])[0] for part in parts]


if __name__ == "__main__":
    main()
