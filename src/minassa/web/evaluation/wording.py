"""An evaluation in words that people read, each figure with how sure it is."""

from __future__ import annotations

import math
from typing import Any, Final

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy

from minassa.outlook.evaluation.trial import Trial
from minassa.vocabulary.rates import BASIS_POINTS
from minassa.web import writing
from minassa.web.public.pages import language

Found = dict[str, Any]
_HUNDRED: Final = 100
ANSWERS: Final = {
    "adds": gettext_lazy("Oui : il y a plus d'emplois que ce qui serait arrivé de toute façon."),
    "harms": gettext_lazy("Non : il y a moins d'emplois que ce qui serait arrivé de toute façon."),
    "negligible": gettext_lazy("Non : l'effet est trop petit pour compter."),
    "unsure": gettext_lazy("On ne peut pas trancher : l'effet peut être nul."),
    "refused": gettext_lazy("On ne peut pas le dire : trop peu d'entreprises se comparent."),
}
TRUSTS: Final = {
    "high": gettext_lazy("forte : toutes les hypothèses essayées tiennent"),
    "medium": gettext_lazy("moyenne : une hypothèse au moins ne tient pas"),
    "low": gettext_lazy("faible : les entreprises évoluaient déjà autrement avant d'entrer"),
}
CHECKS: Final = {
    "pre-trends": gettext_lazy("Avant l'entrée, les deux groupes évoluaient de la même façon, trimestre par trimestre"),
    "drift": gettext_lazy("Avant l'entrée, l'écart entre les deux groupes ne se creusait pas"),
    "sensitivity": gettext_lazy("La réponse tient si l'écart d'avant continue après, au pire rythme vu"),
    "firms": gettext_lazy("Assez d'entreprises de chaque côté"),
    "plan": gettext_lazy("Le plan enregistré a été suivi à la lettre"),
}
DEVIATIONS: Final = {
    "plan-changed": gettext_lazy("Le plan a été modifié après avoir été enregistré."),
    "written-late": gettext_lazy("Le plan a été enregistré quand ces mois étaient déjà connus."),
    "window-cut": gettext_lazy("La période suivie est plus courte que prévu : les mois suivants ne sont pas connus."),
    "cells-merged": gettext_lazy("Les filières sont comparées ensemble : dans chacune, les entreprises sont trop peu."),
}
WORLDS: Final = {
    "nil": gettext_lazy("effet nul"),
    "level": gettext_lazy("effet immédiat de 8 %"),
    "growing": gettext_lazy("effet qui monte à 8 % en un an"),
    "drift": gettext_lazy("effet nul, mais celles qui entrent croissaient déjà plus vite"),
    "displaced": gettext_lazy("effet de 16 %, dont la moitié prise aux voisines"),
}


def card_of(found: Found, drawings: dict[str, dict[str, str]], side: str, true: float | None = None) -> Found:
    """What a card shows of a result; `true`: the effect planted in the invented country, when it is one."""
    jobs = found["jobs"]
    card: Found = {
        "answer": ANSWERS[jobs["said"]],
        "said": jobs["said"],
        "refused": jobs["refused"] is not None,
        "drawings": {name: _drawing(sizes, side) for name, sizes in drawings.items()},
        "stays": _stays(found["stays"], found["plan"]["stay"]),
        "true": None if true is None else effect(true),
        "where": "" if true is None else f" ({_percent(true)})",
    }
    return card | _refused(jobs) if card["refused"] else card | _told(jobs)


def _refused(jobs: Found) -> Found:
    """Why the comparison cannot be had, in numbers where something lacks, and the naive one where it can."""
    naive = jobs["before_after"]
    return {
        "had": jobs["had"],
        "wanted": jobs["wanted"],
        "before_after": naive and {**three(naive), "firms": naive["firms"], "months": naive["months"]},
    }


def _told(jobs: Found) -> Found:
    """The figures of a result that could be made."""
    return {
        "effect": three(jobs["mean"]),
        "naive": three(jobs["naive"]),
        "straightened": three(jobs["straightened"]),
        "trust": TRUSTS[jobs["trust"]] if jobs["said"] in {"adds", "harms", "negligible"} else "",
        "checks": [
            {"name": check["name"], "label": CHECKS[check["name"]], "held": check["held"]} for check in jobs["checks"]
        ],
        "months": [{"month": row["month"], **three(row)} for row in jobs["months"]],
        "firms": jobs["firms"],
        "anyway": _anyway(jobs["anyway"]),
        "added": [round(jobs["anyway"][name]) for name in ("added", "added_low", "added_high")],
        "displacement": _displacement(jobs["displacement"]),
        "bounds": [{"times": one["times"], **three({"value": 0.0, **one})} for one in jobs["bounds"]],
        "pre_trend": rate(jobs["pre_trend_p"]),
        "breakdown": None if jobs["breakdown"] is None else plain(jobs["breakdown"]),
    }


def three(estimate: Found) -> dict[str, SafeString]:
    """The value of an effect and its bounds, in per cent."""
    return {name: effect(estimate[name]) for name in ("value", "low", "high")}


def effect(log_points: float) -> SafeString:
    """An effect in log points as a signed percentage of jobs, its sign before its digits in every language."""
    return _kept(_percent(log_points))


def _percent(log_points: float) -> str:
    points = round(math.expm1(log_points) * 1_000) * (BASIS_POINTS // 1_000)
    return ("+" if points > 0 else "") + writing.percent(points, language())


def rate(share: float) -> SafeString:
    """A share as a percentage with one decimal at most."""
    return _kept(writing.percent(round(share * 1_000) * (BASIS_POINTS // 1_000), language()))


def plain(number: float) -> SafeString:
    """A number with one decimal."""
    return _kept(f"{number:.1f}".replace(".", "." if language() == "en" else ","))


def _kept(text: str) -> SafeString:
    return format_html('<bdi class="n" dir="ltr">{}</bdi>', text)


def _anyway(found: Found) -> Found | None:
    """Of a hundred jobs paid for, those that would have come anyway, within nought and a hundred."""
    if found["anyway"] is None:
        return None
    names = {"value": "anyway", "low": "anyway_low", "high": "anyway_high"}
    return {name: round(min(max(found[key], 0.0), 1.0) * _HUNDRED) for name, key in names.items()}


def _displacement(found: Found) -> Found:
    if found["refused"] is not None:
        return {"refused": True}
    mean = found["mean"]
    return {"refused": False, "seen": mean["high"] < 0, "effect": three(mean), "outside": found["outside"]}


def _stays(found: Found, stay: dict[str, int]) -> Found:
    """Of a hundred jobs that reached the month required, those still held at the end of the horizon."""
    if found["refused"] is not None:
        early = found["early"]
        lacking = {"had": found["had"], "wanted": found["wanted"]}
        return {"refused": True, **stay, **lacking, "early": early and _followed(early)}
    return {"refused": False, **stay, **_followed(found)}


def _followed(found: Found) -> Found:
    """Curves of jobs still held, in words and numbers; `reached`: the last month followed."""
    ratio = found["ratio"]
    return {
        "reached": found["helped"]["months"][-1],
        **{which: round(found[which]["held"][-1] * _HUNDRED) for which in ("helped", "others")},
        "more": ratio["low"] > 0,
        "less": ratio["high"] < 0,
        "jobs_helped": found["jobs_helped"],
        "jobs_others": found["jobs_others"],
        "rows": [
            {"month": month, "helped": rate(helped), "others": rate(others)}
            for month, helped, others in zip(
                found["helped"]["months"], found["helped"]["held"], found["others"]["held"], strict=True
            )
        ],
    }


def _drawing(sizes: dict[str, str], side: str) -> dict[str, SafeString]:
    """Both widths of a drawing that Minassa made itself and kept."""
    return {size: mark_safe(sizes[f"{size}-{side}"]) for size in ("wide", "narrow")}


def deviation_words(code: str) -> str:
    """A deviation from the plan, in a sentence."""
    return str(DEVIATIONS[code])


def world_rows(trial: Trial) -> list[Found]:
    """The last trial of the method, one row for each kind of country."""
    return [
        {
            "label": WORLDS[name],
            "truth": effect(world.truth / BASIS_POINTS),
            "bias": effect(world.bias / BASIS_POINTS),
            "covered": rate(world.covered / BASIS_POINTS),
            "signals": rate(world.signals / BASIS_POINTS),
            "alarm": rate(world.alarm / BASIS_POINTS),
            "naive_bias": effect(world.naive_bias / BASIS_POINTS),
            "naive_signals": rate(world.naive_signals / BASIS_POINTS),
        }
        for name, world in trial.worlds.items()
    ]
