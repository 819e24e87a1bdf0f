"""Settings of PAE and PAF by filière and region for a budget, on a synthetic nation: time, gap, what binds, frontier.

    python -m bench.optimiser [PEOPLE | RUN]

A nation of 20,000 people (unless told) is computed, or the RUN of a folder is read (that of a platform, for instance);
the plan of its last whole year is then sought in the grid of rates of the page, for each response of jobs that is
assumed, with floors, stability and the part that regions keep. Equality
with every plan tried one by one is a test (`tests/outlook/optimiser`).
"""

from __future__ import annotations

import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import Final

from bench._goals import Goal
from bench._nation import NOTICE, prepared
from minassa.entitlements.runs import Run
from minassa.offer.loading import load_offer
from minassa.outlook.optimiser.choices import Limits
from minassa.outlook.optimiser.grid import grid
from minassa.outlook.optimiser.nation import cells_of_run
from minassa.outlook.optimiser.solving import Problem, binding, frontier, solved
from minassa.outlook.response import elasticities
from minassa.vocabulary.money import format_dirhams

PEOPLE: Final = 20_000
SECONDS, GAP = 10.0, 1.0


def main() -> None:
    """Print the plan of each response, what binds, the frontier; then what is required."""
    asked, tried = sys.argv[1] if len(sys.argv) > 1 else str(PEOPLE), grid()
    folder = prepared(int(asked))[0] if asked.isdecimal() else Path(asked)
    cells = cells_of_run(Run(folder), load_offer())
    offered = sum(cell.offered_year for cell in cells)
    limits = Limits(offered, tried.pae_floor, tried.paf_floor, tried.stability, tried.region_floor)
    what = f"{folder.name if folder.name != 'run' else asked}, {len(cells)} cases, {len(tried.pairs)} réglages"
    print(f"{NOTICE} ; {what}, budget {format_dirhams(offered)}")
    slowest = widest = 0.0
    for elasticity in elasticities().value:
        problem = Problem(cells, tried.pairs, elasticity, limits)
        began = time.process_time()
        plan = solved(problem)
        slowest, widest = max(slowest, time.process_time() - began), max(widest, plan.gap_hundredths)
        held = {name: gained / 100 for name, gained in binding(problem, plan).items()}
        status = elasticities().status.value
        print(f"  réponse {elasticity / 100:.1f} ({status}) : {plan.jobs_hundredths / 100:.2f} emplois")
        print(f"    coût {format_dirhams(plan.cost_year)}, écart {plan.gap_hundredths / 100:.2f} ; ce qui lie : {held}")
        for one in frontier(replace(problem), [offered * share // 100 for share in tried.frontier_shares]):
            print(f"    {format_dirhams(one.cost_year)} : {one.jobs_hundredths / 100:.2f} emplois")
    Goal("temps d'un plan, processeur", slowest, SECONDS, "s").say()
    Goal("écart au meilleur plan, centièmes d'emploi", widest, GAP, "").say()


if __name__ == "__main__":
    main()
