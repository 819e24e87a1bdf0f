"""Reforms tried on the whole nation (synthetic), warm: median and worst, and equality with a full recomputation."""

from __future__ import annotations

import statistics
import time

from bench._nation import NOTICE, asked, ran
from minassa.engine import Offer, evaluate, read_reform, reform
from minassa.entitlements.amounts import grain_of
from minassa.entitlements.computation import inputs_of, spans
from minassa.entitlements.replays import offer_of
from minassa.entitlements.runs import Run
from minassa.offer.loading import codes, load_offer
from minassa.outlook.trial import Trial

TRIED = {
    "taux de la PAE": [f"name: t\nfigures: {{pae_rate: {rate}}}" for rate in (1500, 1800, 2000, 2500, 3000)],
    "plafond AIR d'un lieu": [
        f"name: t\nfigures: {{air_cap: {{casanearshore: {r}}}}}" for r in (500, 1000, 1500, 1800, 2500)
    ],
    "les 18 mois": [f"name: t\nfigures: {{pae_stay_months: {months}}}" for months in (6, 12, 15, 24, 30)],
    "une condition": [
        "name: t\nconditions: {pae_net_creation: true}",
        "name: t\nconditions: {pae_no_replacement: true}",
        "name: t\nconditions: {pae_skills_rising: true}",
        "name: t\nconditions: {pae_value_added_rising: true}",
        "name: t\nconditions: {pae_moroccan: false}",
    ],
}


def recomputed(base: Offer, run: Run, text: str) -> dict[str, int]:
    """Totals of a reform from nothing: every rule on every row, no cache."""
    law = reform(base, read_reform(text, codes()))
    grains = {"firm_year", *(grain_of(law, m) for m in law.measures)}
    frames = {g: inputs_of(law, g, run.table(g).collect()) for g in sorted(grains)}
    found = evaluate(law, {g: f.lazy() for g, f in frames.items()}, spans(law, frames))
    return {m: int(found[grain_of(law, m)].collect()[f"{m}_amount"].fill_null(0).sum()) for m in law.measures}


def main() -> None:
    """Try each kind of reform five times, the answer by filière, region and firm included."""
    run = ran(asked())
    base = offer_of(run, load_offer())
    began = time.perf_counter()
    trial = Trial(base, run)
    print(f"{NOTICE} ; chargement et évaluation de base : {time.perf_counter() - began:.1f} s")
    every: list[float] = []
    for kind, texts in TRIED.items():
        seconds: list[float] = []
        for text in texts:
            before = time.perf_counter()
            answer = trial.outcome(read_reform(text, codes())).as_json()
            seconds.append(time.perf_counter() - before)
        exact = {m: d["reformed_cents"] for m, d in answer["measures"].items()} == recomputed(base, run, texts[-1])
        if not exact:
            raise SystemExit(f"{kind} : l'essai ne donne pas les montants du calcul complet")
        print(f"  {kind:24} médiane {statistics.median(seconds):.3f} s, pire {max(seconds):.3f} s, égal au centime")
        every += seconds
    print(f"  ensemble                 médiane {statistics.median(every):.3f} s, pire {max(every):.3f} s")


if __name__ == "__main__":
    main()
