"""An evaluation made by its frozen plan: the result as plain data, with what departs from the plan told in it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

import polars as pl

from minassa.outlook.evaluation.anyway import anyway
from minassa.outlook.evaluation.displacement import displacement
from minassa.outlook.evaluation.effects import EventStudy, event_study
from minassa.outlook.evaluation.instead import before_after, early
from minassa.outlook.evaluation.panel import NEVER, Panel, TooFew, UnusablePanel, panel_of
from minassa.outlook.evaluation.plan import Frozen, Plan
from minassa.outlook.evaluation.sensitivity import sensitivity
from minassa.outlook.evaluation.stacking import Window
from minassa.outlook.evaluation.survival import kept_jobs
from minassa.outlook.evaluation.verdict import checks, said, trust
from minassa.vocabulary.periods import format_month, month_of

Document = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Data:
    """What an evaluation reads: firms by month (see `panel_of`), jobs with their stay (see `kept_jobs`)."""

    months: pl.DataFrame
    stays: pl.DataFrame


def evaluated(frozen: Frozen, data: Data) -> Document:
    """The result of a plan on data. What cannot be said is a sentence (`refused`), never an error."""
    found: Document = {**frozen.as_json(), "jobs": _jobs(frozen.plan, data.months, frozen)}
    found["stays"] = _stays(frozen.plan, data.stays)
    if found["jobs"]["refused"] is not None:
        found["jobs"]["before_after"] = before_after(frozen.plan, data.months)
    if found["stays"]["refused"] is not None:
        found["stays"]["early"] = early(frozen.plan, data.stays)
    return found


def _refusal(refusal: UnusablePanel) -> Document:
    """Why a design cannot be had: a sentence, and where something lacks, how many there are and are wanted."""
    lacking = refusal if isinstance(refusal, TooFew) else None
    return {"refused": str(refusal), "had": lacking and lacking.had, "wanted": lacking and lacking.wanted}


def _jobs(plan: Plan, months: pl.DataFrame, frozen: Frozen) -> Document:
    deviations = _known_deviations(frozen, months)
    try:
        panel = panel_of(months, plan.outcome, plan.compare_within)
        window = _window(plan, panel, deviations)
        panel, study = _studied(plan, months, panel, window, deviations)
    except UnusablePanel as refusal:
        return {**_refusal(refusal), "said": "refused", "trust": "low", "deviations": deviations}
    tried = sensitivity(study)
    held = checks(study, tried, plan.answer, len(deviations))
    return {
        "refused": None,
        "said": said(study, plan.answer),
        "trust": trust(held),
        "deviations": deviations,
        "checks": [asdict(check) for check in held],
        "mean": study.mean.as_json(),
        "naive": study.naive.as_json(),
        "straightened": tried.straightened.as_json(),
        "bounds": [asdict(one) for one in tried.bounds],
        "breakdown": tried.breakdown,
        "pre_trend_p": study.pre_trend_p,
        "months": _by_month(study),
        "firms": _firms(panel, study),
        "anyway": asdict(anyway(panel, study, logarithm=plan.outcome == "log_headcount")),
        "displacement": _displacement(panel),
    }


def _known_deviations(frozen: Frozen, months: pl.DataFrame) -> list[str]:
    """Deviations that no data has to be weighed for: a plan changed, or written when its months were known."""
    late = months.height > 0 and int(months["month"].max()) < month_of(frozen.registered_on)  # type: ignore[arg-type]
    return [name for name, so in (("plan-changed", frozen.changed), ("written-late", late)) if so]


def _window(plan: Plan, panel: Panel, deviations: list[str]) -> Window:
    """The window of the plan, cut to what is known of the first wave; never below the least the plan allows."""
    waves = panel.cohort[panel.cohort < NEVER]
    known = panel.last_month - int(waves.min()) + 1 if len(waves) else 0
    after = min(plan.months.after, max(known, plan.months.least_after))
    if after < plan.months.after:
        deviations.append("window-cut")
    return Window(plan.months.before, after)


def _studied(
    plan: Plan, months: pl.DataFrame, panel: Panel, window: Window, deviations: list[str]
) -> tuple[Panel, EventStudy]:
    """The study within the cells of the plan; where too few can be compared in them, without cells."""
    try:
        return panel, event_study(panel, window)
    except UnusablePanel:
        if not plan.compare_within:
            raise
    whole = panel_of(months, plan.outcome, ())
    study = event_study(whole, window)
    deviations.append("cells-merged")
    return whole, study


def _by_month(study: EventStudy) -> list[Document]:
    """The effect of every month since the entry, the base among them at zero."""
    rows = [
        {"month": int(month), **one.as_json()} for month, one in zip(study.window.events, study.each(), strict=True)
    ]
    rows.append({"month": -1, "value": 0.0, "error": 0.0, "low": 0.0, "high": 0.0})
    return sorted(rows, key=lambda row: row["month"])


def _firms(panel: Panel, study: EventStudy) -> Document:
    return {
        "entered": study.entered,
        "compared": study.compared,
        "left_out": study.entered_left_out,
        "set_aside": panel.set_aside,
        "first": format_month(panel.first_month),
        "last": format_month(panel.last_month),
    }


def _displacement(panel: Panel) -> Document:
    try:
        found = displacement(panel)
    except UnusablePanel as refusal:
        return {"refused": str(refusal)}
    return {
        "refused": None,
        "mean": found.mean.as_json(),
        "exposure": found.exposure,
        "outside": found.outside,
        "neighbourhoods": found.neighbourhoods,
    }


def _stays(plan: Plan, stays: pl.DataFrame) -> Document:
    try:
        found = kept_jobs(stays, plan.stay.required, plan.stay.horizon)
    except UnusablePanel as refusal:
        return _refusal(refusal)
    return {
        "refused": None,
        "helped": asdict(found.helped),
        "others": asdict(found.others),
        "ratio": found.ratio.as_json(),
        "jobs_helped": found.jobs_helped,
        "jobs_others": found.jobs_others,
    }
