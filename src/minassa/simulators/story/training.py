"""What a training body tells in the story: cohorts and graduates planted over the nation, handed in like any other."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Final

from minassa.entitlements.runs import Run
from minassa.nation import Manifest
from minassa.nation.graduates import as_csv, cohort_sheet, graduate_sheet, planted
from minassa.simulators.story.cast import Cast
from minassa.training.models import Content, Graduate
from minassa.training.taking import take

TELLER: Final = "formation"


def told(cast: Cast, home: Path, manifest: Manifest, run: Run, now: datetime) -> int:
    """Hand in both sheets, once; the number of cohorts, 0 where the files of the nation are not kept."""
    nation = home / f"nation-{manifest.people}-{manifest.months}-{manifest.seed}"
    if not (nation / "verite").is_dir() or Graduate.objects.exists():
        return 0
    graduates = planted(nation, seed=manifest.seed, last_month=run.until)
    cohorts = cohort_sheet(graduates)
    take(cast[TELLER], Content.COHORTS, "COHORTES_organisme.csv", as_csv(cohorts), now)
    take(cast[TELLER], Content.GRADUATES, "DIPLOMES_organisme.csv", as_csv(graduate_sheet(graduates)), now)
    return len(cohorts)
