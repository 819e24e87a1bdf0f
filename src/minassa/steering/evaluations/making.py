"""The evaluation of a run made by its frozen plan, and the same plan on invented countries whose effect is known.

The worker makes it once after a run. An answer that is looked at again at every new month would end by saying anything:
how many looks were taken stands beside it. statsmodels is loaded here and nowhere in the pages.
"""

from __future__ import annotations

import json
import os
from datetime import datetime
from pathlib import Path
from typing import Final

from django.conf import settings

from minassa.entitlements.runs import Run, runs_in
from minassa.hosting.locks import take
from minassa.nation.known_effect import Planted, firm_panel
from minassa.nation.known_stays import job_stays
from minassa.outlook.evaluation.evaluating import Data, evaluated
from minassa.outlook.evaluation.from_run import data_of
from minassa.outlook.evaluation.plan import Frozen, plan
from minassa.steering.evaluations.drawing import drawings
from minassa.steering.evaluations.kept import Document, kept, path_of
from minassa.steering.public import synthetic_of
from minassa.vocabulary.periods import format_month, parse_month

PLAN: Final = "emplois"
RUNS: Final = "runs"
EXAMPLES: Final = (Planted(0.0), Planted(0.08))
"""What the scheme truly does in the invented countries shown beside."""
_PEOPLE, _MONTHS, _SEED, _START = 20_000, 60, 2_030, parse_month("2025-01")


def evaluate_next(_at: datetime) -> bool:
    """Evaluate the last run once, if it was not yet; whether it was to be done. A loop of the worker."""
    home = settings.MINASSA_HOME
    runs = runs_in(home / RUNS)
    if not runs or kept(home, runs[-1]) is not None:
        return False
    return evaluate(home, runs[-1], synthetic=synthetic_of(home) is not None) is not None


def evaluate(home: Path, run: Run, *, synthetic: bool) -> Document | None:
    """Evaluate a run of a workspace and keep the result; None while another process does."""
    path = path_of(home, run)
    path.parent.mkdir(parents=True, exist_ok=True)
    lock = take(path.with_suffix(".lock"))
    if lock is None:
        return None
    try:
        document = evaluation_of(run, synthetic=synthetic)
        waiting = path.with_suffix(".writing")
        waiting.write_text(json.dumps(document, ensure_ascii=False), "utf-8")
        waiting.replace(path)
    finally:
        os.close(lock)
    return document


def evaluation_of(run: Run, *, synthetic: bool) -> Document:
    """What is kept of a run: its evaluation, then those of countries whose effect is known, each with its drawings."""
    frozen = plan(PLAN)
    found = evaluated(frozen, data_of(run))
    return {
        "run": run.path.name,
        "until": format_month(run.until),
        "synthetic": synthetic,
        "found": found,
        "drawings": drawings(found),
        "examples": [_example(frozen, planted) for planted in EXAMPLES],
    }


def _example(frozen: Frozen, planted: Planted) -> Document:
    """The plan on an invented country; jobs past the month required leave as any others there."""
    country = {"people": _PEOPLE, "months": _MONTHS, "seed": _SEED}
    stays = job_stays(**country, required=frozen.plan.stay.required, log_ratio=0.0)
    found = evaluated(frozen, Data(firm_panel(**country, start_month=_START, planted=planted), stays))
    return {"effect": planted.effect, "found": found, "drawings": drawings(found)}
