"""A plan in words and figures: its table, its bars, what a trainer more fills, what an edit costs, what clashes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from minassa.training.models import SeatAnswer, SeatPlan
from minassa.training.public import CLASH, HUNDREDTHS, SOLVED
from minassa.vocabulary.filieres import Filiere
from minassa.web import writing
from minassa.web.cases.tables import Cell
from minassa.web.training.clashing import clash_sentences
from minassa.web.training.naming import language, region_name

BAR: Final = 200


@dataclass(frozen=True, slots=True)
class PlanRow:
    """Seats of a programme in a region, year by year; `places`: how each cell is named in the form of edits."""

    title: str
    filiere: int
    region: str
    before: int
    cells: list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Year:
    """A year of diploma, of all occupations: needs, posts filled and left open, graduates too many; bars of 200."""

    year: int
    need: int
    filled: int
    unmet: int
    surplus: int
    filled_width: int
    unmet_width: int


def shown(plan: SeatPlan, answer: SeatAnswer, region: str) -> dict[str, Any]:
    """What the page of a plan shows of its answer; `region`: the one whose rows are wanted, all without."""
    content = answer.content
    if answer.outcome == CLASH:
        return {"clashes": clash_sentences(content), "edits": _edits(plan, content)}
    if answer.outcome != SOLVED:
        return {}
    first = content["first_year"]
    years = [first + rank for rank in range(len(content["spent"]))]
    wanted = int(region) - 1 if region.isdecimal() and len(region) < 3 else None  # noqa: PLR2004 (two digits)
    regions = sorted({row["region"] for row in content["seats"]})
    return {
        "years": years,
        "rows": [_row(plan, content, row) for row in content["seats"] if wanted in (None, row["region"])],
        "regions": [(str(one + 1), region_name(one + 1)) for one in regions],
        "region": region,
        "places": _places(content, years),
        "trainers": [_trainer(content, one) for one in content["trainers"]],
        "budget": _budget(years, content["budget_worth"]),
        "supply": _supply(content),
        "occupations": _occupations(content),
        "totals": _totals(content, years),
        "edit_cost": _edit_cost(content["edit_cost"]),
        "edits": _edits(plan, content),
        "gap": content["gap_basis_points"],
        "assumed": content["assumed"],
        "before": _against(plan, content),
    }


def headings(answer: SeatAnswer) -> list[str]:
    """Headings of the seats of a plan as a file."""
    content = answer.content
    years = [str(content["first_year"] + rank) for rank in range(len(content["spent"]))]
    trainers = [_("Formateurs %(year)s") % {"year": year} for year in years]
    return [_("Programme"), _("Intitulé"), _("Filière"), _("Région"), _("Année d'avant"), *years, *trainers]


def cells(answer: SeatAnswer) -> Iterator[tuple[Cell, ...]]:
    """Rows of the seats of a plan as a file; trainers to the nearest."""
    for row in answer.content["seats"]:
        programme = answer.content["programmes"][row["programme"]]
        named = (programme["code"], programme["title"], Filiere(programme["filiere"]).name)
        trainers = [_whole(one) for one in row["trainers"]]
        yield (*named, region_name(row["region"] + 1), row["before"], *row["seats"], *trainers)


def _whole(hundredths: int) -> int:
    return (hundredths + HUNDREDTHS // 2) // HUNDREDTHS


def _row(plan: SeatPlan, content: dict[str, Any], row: dict[str, Any]) -> PlanRow:
    programme = content["programmes"][row["programme"]]
    fixed = {(code, region, year) for code, region, year, _seats in plan.settings["edits"]}
    cells_of = []
    for rank, seats in enumerate(row["seats"]):
        year = content["first_year"] + rank
        key = (programme["code"], row["region"] + 1, year)
        cells_of.append(
            {"seats": seats, "fixed": key in fixed, "trainers": _whole(row["trainers"][rank]), "year": year}
        )
    return PlanRow(programme["title"], programme["filiere"], region_name(row["region"] + 1), row["before"], cells_of)


def _places(content: dict[str, Any], years: list[int]) -> list[dict[str, str]]:
    """What may be fixed by hand: every programme and region of the plan, each year, with the seats it has now."""
    return [
        {
            "place": f"{content['programmes'][row['programme']]['code']}|{row['region'] + 1}|{year}",
            "text": f"{content['programmes'][row['programme']]['title']} · {region_name(row['region'] + 1)} · {year} "
            f"({row['seats'][rank]})",
        }
        for row in content["seats"]
        for rank, year in enumerate(years)
    ]


def _trainer(content: dict[str, Any], told: list[int]) -> str:
    programme, region, filled = told
    posts = _whole(filled)
    return ngettext(
        "Un formateur de plus en « %(programme)s », région %(region)s, pourvoit %(posts)s poste sur la durée du plan.",
        "Un formateur de plus en « %(programme)s », région %(region)s, pourvoit %(posts)s postes sur la durée du plan.",
        posts,
    ) % {
        "programme": content["programmes"][programme]["title"],
        "region": region_name(region + 1),
        "posts": writing.count(posts),
    }


def _budget(years: list[int], worth: list[int]) -> list[str]:
    """What a million more is worth, net of what it costs, for the years where the budget binds."""
    text = _("Un million de dirhams de plus en %(year)s vaut %(posts)s postes pourvus, son propre coût déduit.")
    return [
        text % {"year": year, "posts": writing.count(_whole(one))}
        for year, one in zip(years, worth, strict=True)
        if _whole(one)
    ]


def _supply(content: dict[str, Any]) -> list[Year]:
    needs = [sum(column) for column in zip(*content["needs"], strict=True)]
    unmet = [sum(column) for column in zip(*content["unmet"], strict=True)]
    surplus = [sum(column) for column in zip(*content["surplus"], strict=True)]
    most = max([*needs, 1])
    return [
        Year(
            year=content["first_year"] + rank,
            need=_whole(need),
            filled=_whole(need - unmet[rank]),
            unmet=_whole(unmet[rank]),
            surplus=_whole(surplus[rank]),
            filled_width=(need - unmet[rank]) * BAR // most,
            unmet_width=unmet[rank] * BAR // most,
        )
        for rank, need in enumerate(needs)
    ]


def _occupations(content: dict[str, Any]) -> list[dict[str, Any]]:
    """Each occupation over the years that the plan reaches: need, posts left open, graduates too many."""
    return [
        {
            "name": occupation[language()],
            "need": _whole(sum(content["needs"][rank])),
            "unmet": _whole(sum(content["unmet"][rank])),
            "surplus": _whole(sum(content["surplus"][rank])),
        }
        for rank, occupation in enumerate(content["occupations"])
    ]


def _totals(content: dict[str, Any], years: list[int]) -> list[dict[str, Any]]:
    """What each year has: entrants, trainers, those in training at the Institute, trainers of trainers, centimes."""
    rows = content["seats"]
    return [
        {
            "year": year,
            "seats": sum(row["seats"][rank] for row in rows),
            "trainers": _whole(sum(row["trainers"][rank] for row in rows)),
            "certified": _whole(sum(row["certified"][rank] for row in rows)),
            "masters": _whole(content["masters"][rank]),
            "spent": content["spent"][rank],
        }
        for rank, year in enumerate(years)
    ]


def _edit_cost(told: list[int] | None) -> dict[str, Any] | None:
    return {"posts": _whole(told[0]), "loss": told[1]} if told else None


def _edits(plan: SeatPlan, content: dict[str, Any]) -> list[dict[str, Any]]:
    return [_edit(content, one) for one in plan.settings["edits"]]


def _edit(content: dict[str, Any], told: list[Any]) -> dict[str, Any]:
    code, region, year, seats = told
    title = next((one["title"] for one in content["programmes"] if one["code"] == code), code)
    return {
        "title": title,
        "region": region_name(region),
        "year": year,
        "seats": seats,
        "place": f"{code}|{region}|{year}",
    }


def _against(plan: SeatPlan, content: dict[str, Any]) -> dict[str, Any] | None:
    """The plan beside the one that it follows, when both have an answer: posts left open, and centimes, in all."""
    before = getattr(plan.follows, "answer", None) if plan.follows else None
    if before is None or before.outcome != SOLVED:
        return None
    mine, other = _whole(_all(content["unmet"])), _whole(_all(before.content["unmet"]))
    return {
        "unmet": mine,
        "unmet_before": other,
        "spent": sum(content["spent"]),
        "spent_before": sum(before.content["spent"]),
    }


def _all(table: list[list[int]]) -> int:
    return sum(sum(row) for row in table)
