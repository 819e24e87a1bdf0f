"""The making of a whole country: basins worked one by one or by several processes, and made again where it stopped."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import asdict
from multiprocessing import get_context
from pathlib import Path

from minassa.nation.basin import PARTS, Summary, make_basin
from minassa.nation.calibration import calibration
from minassa.nation.late_firm import late_firm
from minassa.nation.manifest import Manifest, read_manifest
from minassa.nation.plan import NationError, Plan, make_plan
from minassa.nation.truth import COLUMNS
from minassa.vocabulary.periods import format_month, month_index

Progress = Callable[[int, int], None]
"""Told the employees at the start of the basins made so far, and of all basins."""

VERSION = 1
"""Raised when the same seed no longer makes the same country."""

_WORK = ".avancement"
_DONE = "fini.json"
_FLOWS = [
    "affiliation",
    "month",
    "headcount",
    "hires",
    "exits",
    "true_new_jobs",
    "replacements",
    "transfers",
    "rehires",
    "closed_posts",
    "ghosts",
]
_SPELLS = ["affiliation", "person", "cin", "hired_on", "left_on", "entry", "origin", "planted", "post"]
_HEADINGS = {name: list(COLUMNS) for name in PARTS} | {"flows": _FLOWS, "spells": _SPELLS}


def make_nation(
    target: Path,
    *,
    people: int,
    months: int,
    seed: int,
    start_month: int = month_index(2025, 1),
    irregularities: bool = True,
    straight: bool = False,
    written: int | None = None,
    silent_from: int | None = None,
    progress: Progress | None = None,
    workers: int = 1,
) -> Manifest:
    """Make a synthetic country in a folder: declarations to deposit, and the truth about them.

    `people` employees are in post before `start_month` (a month index); `months` months follow. The bytes depend on
    these and on `seed`, never on `workers`. Of the months lived, files are written for the first `written` (all by
    default): the same as when more are. `silent_from`: the month, counted from the first, from which one firm is late.
    `straight`: the same country as its declarations would tell it if nobody bent pay, days or statements (see `Plan`).
    A country whose making was interrupted is continued; a finished one is left as it is. NationError when the folder
    holds another country, or when the country is impossible.
    """
    bent = {"irregularities": irregularities, "straight": straight}
    plan = make_plan(
        people=people, months=months, seed=seed, start=start_month, written=written, silent_from=silent_from, **bent
    )
    asked = _manifest(plan, irregularities=irregularities, silent_from=silent_from)
    found = read_manifest(target)
    _refuse_other(target, found, asked)
    if found is not None and found.complete:
        return found
    target.mkdir(parents=True, exist_ok=True)
    asked.write(target)
    summaries = _make_basins(plan, target, progress, workers)
    made = _finish(plan, asked, summaries, target)
    shutil.rmtree(target / _WORK)
    return made


def _manifest(plan: Plan, *, irregularities: bool, silent_from: int | None) -> Manifest:
    return Manifest(
        version=VERSION,
        seed=plan.seed,
        people=plan.people,
        months=plan.months,
        start=format_month(plan.start),
        irregularities=irregularities,
        straight=plan.straight,
        written=plan.written,
        late_firm=late_firm(plan.firms) or 0,
        silent_from=silent_from,
        scale_millionths=plan.people * 1_000_000 // calibration().anchor_jobs.value,
    )


def _refuse_other(target: Path, found: Manifest | None, asked: Manifest) -> None:
    if found is None and target.exists() and any(target.iterdir()):
        raise NationError("Le dossier n'est pas vide et ne contient pas de pays synthétique : choisissez-en un autre.")
    if found is not None and not found.same_recipe(asked):
        raise NationError(
            "Le dossier contient un autre pays synthétique (graine, taille, mois ou version différents) : "
            "choisissez un autre dossier, ou effacez celui-ci."
        )


def _make_basins(plan: Plan, target: Path, progress: Progress | None, workers: int) -> list[Summary]:
    """Make the basins that are not made yet, the largest first; return what was made of each, in order."""
    sizes = [int(plan.firms.size[basin.firms].sum()) for basin in plan.basins]
    work = target / _WORK
    done = {basin.rank: found for basin in plan.basins if (found := _done(work, basin.rank)) is not None}
    todo = sorted((basin.rank for basin in plan.basins if basin.rank not in done), key=lambda rank: -sizes[rank])
    reached = sum(sizes[rank] for rank in done)
    for rank, summary in _work_through(plan, target, todo, workers):
        done[rank] = summary
        reached += sizes[rank]
        if progress is not None:
            progress(reached, sum(sizes))
    return [done[basin.rank] for basin in plan.basins]


def _work_through(plan: Plan, target: Path, todo: list[int], workers: int) -> Iterator[tuple[int, Summary]]:
    if workers <= 1 or len(todo) <= 1:
        for rank in todo:
            yield rank, _make_one(plan, target, rank)
        return
    # Fresh processes: a forked one would inherit the threads of the engine in an unknown state.
    with get_context("spawn").Pool(min(workers, len(todo)), _prepare, (plan, target)) as pool:
        yield from pool.imap_unordered(_make_prepared, todo)


_prepared: list[tuple[Plan, Path]] = []


def _prepare(plan: Plan, target: Path) -> None:
    _prepared[:] = [(plan, target)]


def _make_prepared(rank: int) -> tuple[int, Summary]:
    plan, target = _prepared[0]
    return rank, _make_one(plan, target, rank)


def _make_one(plan: Plan, target: Path, rank: int) -> Summary:
    """Make a basin, then leave the mark that says so."""
    work = target / _WORK
    parts = work / f"{rank:05d}"
    summary = make_basin(plan, plan.basins[rank], target / "declarations", parts)
    draft = parts / f"{_DONE}.tmp"
    draft.write_text(json.dumps(asdict(summary)), encoding="utf-8")
    draft.replace(parts / _DONE)
    return summary


def _done(work: Path, rank: int) -> Summary | None:
    mark = work / f"{rank:05d}" / _DONE
    return Summary(**json.loads(mark.read_text(encoding="utf-8"))) if mark.exists() else None


def _finish(plan: Plan, asked: Manifest, summaries: list[Summary], target: Path) -> Manifest:
    """Put the parts of the truth together and complete the manifest."""
    truth = target / "verite"
    truth.mkdir(exist_ok=True)
    rows = {name: _together(plan, target, truth / f"{name}.csv", name) for name in PARTS}
    made = asked.completed(
        firms=len(plan.firms),
        people_ever=sum(summary.people for summary in summaries),
        employee_months=sum(summary.employee_months for summary in summaries),
        truth=rows,
    )
    made.write(target)
    return made


def _together(plan: Plan, target: Path, path: Path, name: str) -> int:
    rows = 0
    with path.open("wb") as whole:
        whole.write((";".join(_HEADINGS[name]) + "\n").encode())
        for basin in plan.basins:
            part = (target / _WORK / f"{basin.rank:05d}" / f"{name}.csv").read_bytes()
            rows += part.count(b"\n")
            whole.write(part)
    return rows
