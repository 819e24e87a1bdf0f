"""A new run once new declarations were deposited by the web: one at a time, when deposits have paused, recorded.

Claims follow from it by themselves (`nightly.rounds`).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

import polars as pl
from django.conf import settings
from django.db.models import Max, Min

from minassa.claims.nightly import RUNS, all_runs
from minassa.claims.round_models import Round
from minassa.delays import instant_of, local_day
from minassa.engine import Offer
from minassa.entitlements.runs import Run, run
from minassa.intake.models import Upload, UploadState
from minassa.intake.public import DUE_DAY, lake
from minassa.reforms.public import changed_since, offer_in_force
from minassa.statements.holding import alone
from minassa.vocabulary.periods import month_of

KIND: Final = "run"
QUIET: Final = timedelta(seconds=5)
"""Deposits that follow each other within this time are computed together."""
LONGEST_WAIT: Final = timedelta(minutes=2)
"""After this time they are computed even if more keep coming."""
NUMBERED: Final = "calcul-"
_WORK: Final = ".en-cours"


def runs(at: datetime) -> bool:
    """One piece of the loop: a new run when deposits wait for one; whether one was made now."""
    if not _wanted(at):
        return False
    with alone("claims:run") as free:
        if not free or not _wanted(at):
            return False
        made = _computed(at)
        name = made.path.name if made is not None else at.isoformat()
        Round.objects.create(kind=KIND, key=name, at=at, report={"until": made.until if made else None})
    return made is not None


def _wanted(at: datetime) -> bool:
    """Whether something was deposited or the offer changed since the last run began, and no more is coming."""
    deposited = Upload.objects.filter(state=UploadState.DEPOSITED)
    last_run = Round.objects.filter(kind=KIND).aggregate(at=Max("at"))["at"]
    if last_run is not None:
        deposited = deposited.filter(deposited_at__gt=last_run)
    span = deposited.aggregate(first=Min("deposited_at"), last=Max("deposited_at"))
    if span["last"] is None:
        return bool(all_runs()) and changed_since(last_run)
    coming = Upload.objects.filter(state=UploadState.DEPOSITING).exists()
    return bool((at - span["last"] >= QUIET and not coming) or at - span["first"] >= LONGEST_WAIT)


def _computed(at: datetime) -> Run | None:
    """A run on the lake as it stands; None when the latest one saw the same deposits, or when nothing is declared."""
    kept = lake()
    versions, known = kept.versions(), all_runs()
    offer = offer_in_force()
    if known and _same(known[-1], versions, offer):
        return None
    until = known_month(kept.current("cnss_lines", versions), at)
    if until is None:
        return None
    folder = Path(settings.MINASSA_HOME, RUNS)
    work = folder / _WORK / f"{NUMBERED}{_next_number(folder):04d}"
    run(kept, versions, offer, work, until)
    return Run(work.rename(folder / work.name))


def _same(latest: Run, versions: Mapping[str, int], offer: Offer) -> bool:
    """Whether a run saw these deposits, and no version of the offer that it did not know of was adopted."""
    known = latest.manifest
    if known["versions"]["deposits"] != versions["deposits"]:
        return False
    return bool(known["offer"]["reforms"] == list(offer.reforms))


def known_month(lines: pl.LazyFrame, at: datetime) -> int | None:
    """The last month declared, of those whose declaration was due: one declared early says nothing of other firms."""
    day = local_day(instant_of(at))
    due = month_of(day) - (1 if day.day > DUE_DAY else 2)
    months = lines.select(pl.col("month").unique()).collect()["month"]
    over = months.filter(months <= due)
    last = over.max() if over.len() else months.min()
    return int(str(last)) if last is not None else None


def _next_number(folder: Path) -> int:
    names = [path.name.removeprefix(NUMBERED).removesuffix(".partial") for path in folder.glob(f"{NUMBERED}*")]
    return max((int(name) for name in names if name.isdecimal()), default=0) + 1
