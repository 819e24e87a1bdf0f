"""Weights of surveys beside R's `survey` and weightipy: intervals on made-up firms.

    python -m bench.survey [--draws N]

R: package `survey`, its own example of raking (data api: 183 schools; tests/rakecheck.R of cran/survey, population
margins 4421, 755, 1018 and 1072, 5122). The raked weights in full figures are those kept in
xKDR/Survey.jl, test/r_reference/rake_weights.csv (made by R). R stops when totals move by less than one school, so its
own margins are met to 3e-5 only. weightipy 0.4.2: `gold/raking.tsv`, made once by it in an environment of its own.
"""

from __future__ import annotations

import argparse
import random
import time
from pathlib import Path
from typing import Final

import numpy as np

from bench._goals import Goal
from minassa.talent.survey.design import Design, Firm, Sample, draw
from minassa.talent.survey.raking import Margin, Weights, as_weights, design_effect, rake
from minassa.talent.survey.replicates import jackknife, total

GOLD: Final = Path(__file__).parent / "gold" / "raking.tsv"
R_CELLS: Final = (
    ("E", "Yes", 132, 29.8704638727345),
    ("E", "No", 12, 39.838509410554),
    ("H", "Yes", 11, 50.3301527726748),
    ("H", "No", 3, 67.1257826263303),
    ("M", "Yes", 17, 36.7921816646831),
    ("M", "No", 8, 49.0700673992951),
)
"""Type of school, whether its target was met, schools of the sample, weight by R."""
R_TOTALS: Final = ({"E": 4421.0, "H": 755.0, "M": 1018.0}, {"No": 1072.0, "Yes": 5122.0})
Case = tuple[Weights, list[Margin], Weights]


def r_margins() -> Case:
    """The example of R: base weights, margins, and the weights that R gives."""
    rows = [(kind, met, weight) for kind, met, schools, weight in R_CELLS for _school in range(schools)]
    margins = [
        Margin("stype", [row[0] for row in rows], R_TOTALS[0]),
        Margin("sch.wide", [row[1] for row in rows], R_TOTALS[1]),
    ]
    return np.full(len(rows), 6194 / len(rows)), margins, as_weights([row[2] for row in rows])


def weightipy_case(file: Path = GOLD) -> Case:
    """The three-margin example and the weights of weightipy, whose mean is 1."""
    comment, heads, *lines = file.read_text(encoding="utf-8").splitlines()[1:]
    names = heads.split("\t")[:3]
    cells = [line.split("\t") for line in lines]
    rows = [cell for cell in cells for _answer in range(int(cell[3]))]
    targets = dict(part.strip().split(" ", 1) for part in comment.removeprefix("# Targets (%):").split(";"))
    margins = []
    for column, name in enumerate(names):
        shares = {key: float(value) for key, value in (one.strip().split("=") for one in targets[name].split(","))}
        totals = {key: share * len(rows) / 100 for key, share in shares.items()}
        margins.append(Margin(name, [row[column] for row in rows], totals))
    return np.ones(len(rows)), margins, as_weights([float(row[4]) for row in rows])


def _beside(name: str, case: Case) -> None:
    base, margins, expected = case
    began = time.process_time()
    found = rake(base, margins)
    took = time.process_time() - began
    apart = float(np.max(np.abs(found.weights / expected - 1)))
    theirs = max(
        abs(float(expected[np.asarray(margin.categories) == key].sum()) / wanted - 1)
        for margin in margins
        for key, wanted in margin.totals.items()
    )
    print(f"{name}: {len(base)} answers, {found.rounds} rounds, {took * 1000:.1f} ms of processor")
    print(f"  greatest gap to a margin: ours {found.gap:.1e}, theirs {theirs:.1e}")
    print(f"  greatest relative difference of a weight: {apart:.1e}; Kish {design_effect(found.weights):.4f}")
    key = next(iter(margins[0].totals))
    at = list(margins[0].categories).index(key)
    print(f"  first answer of {key}: ours {found.weights[at]:.7f}, theirs {expected[at]:.7f}")
    Goal(f"weights beside {name}", apart, 1e-4, "relative").say()
    Goal(f"margins met, {name}", found.gap, 1e-6, "relative").say()


def made_up_firms(seed: str, firms: int = 1200) -> list[Firm]:
    """A register of invented firms: headcounts of a lognormal law, filières and groups of regions by fixed shares."""
    source = random.Random(seed)  # noqa: S311 (made-up data)
    found = []
    for key in range(firms):
        headcount = max(1, round(source.lognormvariate(3.4, 1.3)))
        region = source.choices(["casablanca", "rabat", "autres"], [5, 3, 2])[0]
        found.append(Firm(f"{key:05d}", source.choices([1, 2, 3, 4, 5], [34, 31, 18, 11, 6])[0], region, headcount))
    return found


def _estimated(sample: Sample, firms: list[Firm], needs: dict[str, int], source: random.Random) -> tuple[bool, float]:
    """Whether the 95 % interval of a sample with one firm in four silent holds the true total; Kish's effect."""
    answered = [one for one in sample.drawn if source.random() < 0.75]  # noqa: PLR2004 (one in four is silent)
    base = as_weights([one.weight for one in answered])
    of_filiere, of_size = ([str(one.stratum[at]) for one in answered] for at in (0, 1))
    totals: list[dict[str, float]] = [{}, {}]
    for stratum, count in sample.frame.items():
        for at in (0, 1):
            totals[at][str(stratum[at])] = totals[at].get(str(stratum[at]), 0.0) + count
    margins = [Margin("filiere", of_filiere, totals[0]), Margin("size", of_size, totals[1])]
    found = rake(base, margins, cap=5)
    strata = ["|".join(map(str, one.stratum)) for one in answered]
    frame = {"|".join(map(str, key)): count for key, count in sample.frame.items()}
    values = as_weights([needs[one.firm.key] for one in answered])
    estimate = total(values, jackknife(base, found.weights, strata, frame, margins, cap=5))
    truth = sum(needs[one.key] for one in firms)
    return estimate.low <= truth <= estimate.high, design_effect(found.weights)


def _coverage(draws: int) -> None:
    firms = made_up_firms("bench-survey")
    source = random.Random("needs")  # noqa: S311 (made-up data)
    needs = {one.key: round(one.headcount * source.betavariate(2, 8)) for one in firms}
    design = Design(take_all_above=250, upper_headcounts=(9, 49), size=400)
    began = time.process_time()
    found = [_estimated(draw(firms, design, str(seed)), firms, needs, source) for seed in range(draws)]
    held = sum(inside for inside, _effect in found) / draws
    effect = sum(effect for _inside, effect in found) / draws
    print(f"samples of 400 of {len(firms)} made-up firms, a quarter silent, drawn {draws} times:")
    print(f"  the 95 % interval holds the true total in {held:.1%}; mean Kish effect {effect:.2f}")
    print(f"  {(time.process_time() - began) / draws:.2f} s of processor for a draw, its raking and its jackknife")
    Goal("intervals at 95 % that hold the truth", held * 100, 90, "%", least=True).say()


def main() -> None:
    """Print ours beside the references."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--draws", type=int, default=40)
    _beside("R survey 4.x", r_margins())
    _beside("weightipy 0.4.2", weightipy_case())
    _coverage(parser.parse_args().draws)


if __name__ == "__main__":
    main()
