"""The evaluation of a scheme on synthetic countries whose true effect is known, beside the naive comparison.

    python -m bench.evaluation [COUNTRIES]

In each of 200 countries (unless told) of 20,000 people and 60 months, firms enter the scheme in waves, the larger and
those of some filières sooner. The effect is nil, at once, or growing; then firms that enter grow faster by themselves
(no comparison can be trusted: is it said?), or take jobs from their neighbours. Every world has countries of its own.
Bias, coverage of the 95 % interval and false alarms come with the error of the trial itself. Said beside, naive: after
less before, compared with nobody. Two more worlds, of half as many, are whole countries lived person by person, as the
rest of Minassa makes them. Then jobs past the month that the premium asks for, departures unchanged or not.
"""

from __future__ import annotations

import os
import sys
import time
from multiprocessing import get_context
from typing import Any, Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from bench._goals import Goal
from bench._nation import NOTICE
from minassa.nation import lived
from minassa.nation.known_effect import Planted, firm_panel
from minassa.nation.known_stays import job_stays
from minassa.outlook.evaluation.anyway import anyway
from minassa.outlook.evaluation.displacement import displacement
from minassa.outlook.evaluation.effects import event_study
from minassa.outlook.evaluation.estimates import Estimate
from minassa.outlook.evaluation.panel import NEVER, Panel, panel_of
from minassa.outlook.evaluation.plan import plan
from minassa.outlook.evaluation.sensitivity import sensitivity
from minassa.outlook.evaluation.stacking import Window, stacked
from minassa.outlook.evaluation.survival import kept_jobs
from minassa.outlook.evaluation.synthetic_control import blend
from minassa.outlook.evaluation.verdict import checks, said, trust
from minassa.vocabulary.periods import parse_month

START: Final = parse_month("2025-01")
COUNTRIES, PEOPLE, MONTHS = 200, 20_000, 60
FIRST_SEED: Final = 700_001
WINDOW: Final = Window(12, 18)
REQUIRED, HORIZON = 18, 12
WORLDS: Final = {
    "effet nul": Planted(0.0),
    "effet immédiat de 8 %": Planted(0.08),
    "effet qui monte à 8 %": Planted(0.08, shape="growing"),
    "effet nul, entrantes plus dynamiques": Planted(0.0, chosen_drift=0.08),
    "15 %, la moitié prise aux voisines": Planted(0.15, displaced=0.5),
}
WHOLE: Final = {"pays entier, effet nul": Planted(0.0), "pays entier, effet immédiat de 8 %": Planted(0.08)}
"""Countries whose people are hired, leave and are replaced one by one, as in the rest of Minassa."""
ALONE: Final = {"un lieu entre seul, effet nul": 0.0, "un lieu entre seul, 15 %": 0.15}
ENTRY, FIRST_TENTH = 36, 0.1
STAYS: Final = {"départs inchangés après 18 mois": 0.0, "départs × 1,5 après 18 mois": float(np.log(1.5))}


Row = dict[str, Any]
ALARM: Final = {"adds", "harms"}


def tried(world: str, seed: int, planted: Planted) -> list[Row]:
    """What was found of one country beside the truth: a row for each quantity."""
    rows = firm_panel(people=PEOPLE, months=MONTHS, seed=seed, start_month=START, planted=planted)
    panel = panel_of(rows)
    alone = panel_of(rows.with_columns(pl.max_horizontal("headcount_without", 1).alias("headcount_month")))
    without = alone.headcount[np.isin(alone.firm, panel.firm)]
    study = event_study(panel, WINDOW)
    tested = sensitivity(study)
    held = checks(study, tested, plan("emplois").plan.answer, 0)
    said_of = {
        "said": said(study, plan("emplois").plan.answer),
        "trust": trust(held),
        "alarm": not (held[0].held and held[1].held),
    }
    true, jobs = _truth(panel, without)
    found = [
        _row(world, "effet", true, study.mean, **said_of),
        _row(world, "naïf", true, study.naive),
        _row(world, "redressé de la pente", true, tested.straightened),
    ]
    shares = anyway(panel, study, logarithm=True)
    if shares.anyway is not None:
        part = Estimate(shares.anyway, 0.0, shares.anyway_low or 0.0, shares.anyway_high or 0.0)
        found.append(_row(world, "part d'aubaine", 1 - jobs / shares.paid_for, part))
    outside = panel.cohort == NEVER
    spilled = float((panel.outcome[outside, -1] - np.log(without[outside, -1])).mean())
    return [*found, _row(world, "voisines hors dispositif", spilled, displacement(panel).mean)]


def _truth(panel: Panel, without: NDArray[np.float64]) -> tuple[float, float]:
    """The true mean effect over the window, and the jobs truly added at its end, of the firms that are compared."""
    stack = stacked(panel, WINDOW)
    rows = np.searchsorted(panel.firm, stack.firm[stack.entered])
    columns = (panel.cohort[rows] - panel.first_month)[:, None] + np.arange(WINDOW.after)
    true = panel.outcome[rows[:, None], columns] - np.log(without[rows[:, None], columns])
    last = columns[:, -1]
    return float(true.mean()), float((panel.headcount[rows, last] - without[rows, last]).sum())


def _row(world: str, quantity: str, truth: float, found: Estimate, **more: Any) -> Row:  # noqa: ANN401 (plain data)
    return {
        "world": world,
        "quantity": quantity,
        "truth": truth,
        "value": found.value,
        "low": found.low,
        "high": found.high,
        "signals": found.significant,
        "said": None,
        "trust": None,
        "alarm": None,
        **more,
    }


def stayed(world: str, seed: int, log_ratio: float) -> list[Row]:
    """What was found of departures past the 18th month."""
    stays = job_stays(people=PEOPLE, months=MONTHS, seed=seed, required=REQUIRED, log_ratio=log_ratio)
    return [_row(world, "départs", log_ratio, kept_jobs(stays, REQUIRED, HORIZON).ratio)]


def whole(world: str, seed: int) -> list[Row]:
    """What was found of a country lived person by person, beside its twin in which the scheme does nothing."""
    made = {"people": PEOPLE, "months": MONTHS, "seed": seed, "start_month": START}
    not_new = pl.col("transfers_in_month") + pl.col("rehires_month") + pl.col("replacements_month")
    new_jobs = (pl.col("hires_month") - not_new).alias("new_jobs_month")
    panel = panel_of(lived(**made, planted=WHOLE[world]).with_columns(new_jobs))
    study = event_study(panel, WINDOW)
    truth = 0.0
    if WHOLE[world].effect:
        truth = _gained(panel, panel_of(lived(**made, planted=Planted(0.0)).with_columns(new_jobs)))
    held = checks(study, sensitivity(study), plan("emplois").plan.answer, 0)
    told = {"said": said(study, plan("emplois").plan.answer), "trust": trust(held)}
    alarm = not (held[0].held and held[1].held)
    return [_row(world, "effet", truth, study.mean, **told, alarm=alarm), _row(world, "naïf", truth, study.naive)]


def _gained(panel: Panel, twin: Panel) -> float:
    """The mean of what firms that entered have more than in the twin of their country, over the window."""
    both = np.isin(panel.firm, twin.firm)
    mates = np.searchsorted(twin.firm, panel.firm[both])
    gain = np.full(panel.outcome.shape, np.nan)
    gain[both] = panel.outcome[both] - twin.outcome[mates]
    stack = stacked(panel, WINDOW)
    rows = np.searchsorted(panel.firm, stack.firm[stack.entered])
    columns = (panel.cohort[rows] - panel.first_month)[:, None] + np.arange(WINDOW.after)
    return float(np.nanmean(gain[rows[:, None], columns]))


def alone(world: str, seed: int, effect: float) -> list[Row]:
    """What the blend of other places said of one place that entered alone; a signal is a rank among the first tenth."""
    rows = firm_panel(people=PEOPLE, months=MONTHS, seed=seed, start_month=START, planted=Planted(0.0))
    heads = rows.group_by("place", "month").agg(pl.col("headcount_month").sum()).sort("place", "month")
    outcome = np.log(heads["headcount_month"].to_numpy().reshape(-1, MONTHS))
    entered = seed % len(outcome)
    outcome[entered, ENTRY:] += effect
    found = blend(outcome, entered, ENTRY)
    told = _row(world, "lieu contre mélange", effect, Estimate(found.effect, 0.0, 0.0, 0.0))
    return [{**told, "low": None, "high": None, "signals": found.p <= FIRST_TENTH}]


def one(task: tuple[str, int]) -> list[Row]:
    """One country of one world."""
    world, seed = task
    if world in WHOLE:
        return whole(world, seed)
    if world in ALONE:
        return alone(world, seed, ALONE[world])
    return tried(world, seed, WORLDS[world]) if world in WORLDS else stayed(world, seed, STAYS[world])


def scores(found: pl.DataFrame) -> pl.DataFrame:
    """By world and quantity: truth, bias, coverage and signals, each with the standard error of the trial."""
    count = pl.len().sqrt()
    # The twins of a whole country do not draw alike: one of them alone says little of the truth, all together do.
    common = pl.col("truth").mean().over("world", "quantity")
    told = found.with_columns(
        pl.when(pl.col("world").is_in(list(WHOLE))).then(common).otherwise("truth").alias("truth")
    )
    told = told.with_columns(
        (pl.col("value") - pl.col("truth")).alias("error"),
        pl.col("truth").is_between("low", "high").alias("covered"),
    )
    return told.group_by("world", "quantity", maintain_order=True).agg(
        pl.len().alias("countries"),
        pl.col("truth").mean(),
        pl.col("error").mean().alias("bias"),
        (pl.col("error").std() / count).alias("bias_se"),
        pl.col("covered").mean(),
        ((pl.col("covered").mean() * (1 - pl.col("covered").mean())).sqrt() / count).alias("covered_se"),
        pl.col("signals").mean(),
        pl.col("alarm").mean(),
        (pl.col("said").is_in(ALARM) & (pl.col("trust") != "low")).mean().alias("says_so"),
    )


def main() -> None:
    """Try every world on every core, print the scores, then what is required of them."""
    countries = int(sys.argv[1]) if len(sys.argv) > 1 else COUNTRIES
    worlds = [*WORLDS, *WHOLE, *ALONE, *STAYS]
    tasks = [
        (world, FIRST_SEED + rank * countries + which)
        for rank, world in enumerate(worlds)
        for which in range(countries if world not in WHOLE else countries // 2)
    ]
    began, rows = time.perf_counter(), []
    with get_context("spawn").Pool(os.cpu_count()) as pool:
        for done, found in enumerate(pool.imap(one, tasks, chunksize=4), start=1):
            rows += found
            if done == len(tasks) or tasks[done][0] != tasks[done - 1][0]:
                print(f"  … {tasks[done - 1][0]}, {time.perf_counter() - began:.0f} s", flush=True)
    table = scores(pl.DataFrame(rows, infer_schema_length=None))
    print(f"{NOTICE} ; {countries} pays de {PEOPLE} salariés par monde, {time.perf_counter() - began:.0f} s")
    with pl.Config(tbl_rows=-1, tbl_cols=-1, tbl_width_chars=200, float_precision=3, fmt_str_lengths=40):
        print(table)
    _goals(table)


def _goals(table: pl.DataFrame) -> None:
    """What is required: no bias to speak of, intervals that cover, few false alarms."""
    ours = {row["world"]: row for row in table.filter(pl.col("quantity") == "effet").iter_rows(named=True)}
    fair = [world for world, planted in WORLDS.items() if not planted.chosen_drift and not planted.displaced]
    fair += list(WHOLE)
    nil = fair[0]
    Goal("pays à l'effet connu", ours[nil]["countries"], COUNTRIES, "", least=True).say()
    Goal("biais, le pire des cinq", max(abs(ours[one]["bias"]) for one in fair), 0.005, "log").say()
    Goal("couverture à 95 %, la pire", min(ours[one]["covered"] for one in fair), 0.92, "", least=True).say()
    Goal("fausses alarmes à l'effet nul", ours[nil]["signals"], 0.08, "").say()
    Goal("dit « ajoute » ou « nuit » à tort, effet nul", ours[nil]["says_so"], 0.05, "").say()
    Goal("fausses alarmes, pays entiers à l'effet nul", ours[next(iter(WHOLE))]["signals"], 0.08, "").say()
    Goal("effet immédiat trouvé", ours[fair[1]]["signals"], 0.9, "", least=True).say()
    Goal("pente des entrantes signalée", ours[list(WORLDS)[3]]["alarm"], 0.8, "", least=True).say()
    stays = table.filter(pl.col("quantity") == "départs")
    Goal("départs après 18 mois : couverture, écart", float((stays["covered"] - 0.95).abs().max()), 0.03, "").say()  # type: ignore[arg-type]


if __name__ == "__main__":
    main()
