"""The map, the table and the opened cell, as templates take them."""

from __future__ import annotations

from typing import Any

import polars as pl

from minassa.steering.gaps.kept import Document
from minassa.talent.balance.gaps import ALL
from minassa.talent.balance.observed import YEAR
from minassa.vocabulary.periods import format_month
from minassa.vocabulary.rates import BASIS_POINTS
from minassa.vocabulary.regions import regions
from minassa.web.gaps.asked import Asked, Row, occupation_name, region_name, rows_of
from minassa.web.gaps.wording import CLASSES, FIELDS, NAIVE, NEEDS, SCENARIOS, SOURCES, inserted, share
from minassa.web.public.atlas import HIDDEN, outlined

HIDDEN_SIGN = "•"


def told(row: Row | None) -> dict[str, Any]:
    """The class, interval and point of a row; `known` is False where nobody holds the occupation there."""
    if row is None:
        return {"known": False}
    if row["hidden"]:
        return {"known": True, "hidden": True}
    sign, label = CLASSES[row["tension"]]
    numbers = {name: round(row[name]) for name in ("before", "gap", "low_80", "high_80", "low_95", "high_95")}
    return (
        {"known": True, "hidden": False, "tension": row["tension"], "sign": sign, "label": label}
        | numbers
        | {"sure": share(row["sure"])}
    )


def map_of(cube: pl.DataFrame, question: Asked) -> list[dict[str, Any]]:
    """Each region with its outline and its class for the occupation asked."""
    found = rows_of(
        cube, "occupation_region", scenario=question.scenario, month=question.month, occupation=question.occupation
    )
    by_region = {row["region"]: told(row) for row in found}
    areas = []
    for number, path, x, y in outlined():
        cell = by_region.get(number, {"known": False})
        shade = cell["tension"] if cell.get("tension") else HIDDEN
        sign = cell.get("sign", HIDDEN_SIGN if cell["known"] else "")
        areas.append(
            {
                "number": number,
                "name": region_name(number),
                "path": path,
                "x": x,
                "y": y,
                "shade": shade,
                "sign": sign,
                **cell,
            }
        )
    return areas


def table_of(cube: pl.DataFrame, question: Asked) -> list[dict[str, Any]]:
    """A row for each occupation: the country, then every region; in the order asked, from the least class asked on."""
    keys = {"scenario": question.scenario, "month": question.month}
    cells: dict[str, dict[int, Row]] = {}
    for row in rows_of(cube, "occupation_region", **keys):
        cells.setdefault(row["occupation"], {})[row["region"]] = row
    lines = [
        {
            "code": row["occupation"],
            "name": occupation_name(row["occupation"]),
            "country": told(row),
            "people": row["before"],
            "part": row["gap"] / row["before"] if row["before"] > 0 else 0.0,
            "cells": [(one.number, told(cells.get(row["occupation"], {}).get(one.number))) for one in regions()],
        }
        for row in rows_of(cube, "occupation", **keys)
        if row["tension"] >= question.least
    ]
    if question.order == "name":
        return sorted(lines, key=lambda line: line["name"])
    return sorted(lines, key=lambda line: line["part"] if question.order == "tension" else line["people"], reverse=True)


def opened(cube: pl.DataFrame, question: Asked) -> dict[str, Any] | None:
    """A cell in full: scenarios year by year, parts of the one asked, levels; None where too few people are."""
    grain = "occupation_region" if question.region else "occupation"
    keys: dict[str, object] = {"occupation": question.occupation}
    if question.region:
        keys["region"] = question.region
    rows = rows_of(cube, grain, **keys)
    if not rows or any(row["hidden"] for row in rows):
        return None
    chosen = [row for row in rows if row["scenario"] == question.scenario]
    levels = rows_of(cube, "cell", scenario=question.scenario, month=question.month, **keys) if question.region else []
    return {
        "years": [format_month(row["month"]) for row in chosen],
        "scenarios": [
            (label, [told(row) for row in rows if row["scenario"] == name])
            for name, label in SCENARIOS.items()
            if any(row["scenario"] == name for row in rows)
        ],
        "needs": _parts(chosen, NEEDS),
        "sources": _sources(chosen),
        "need": [round(row["need"]) for row in chosen],
        "supply": [round(row["supply"]) for row in chosen],
        "gap": [told(row) for row in chosen],
        "naive": _parts(chosen, NAIVE),
        "levels": [(row["level"], told(row)) for row in levels],
    }


def _parts(rows: list[Row], words: dict[str, Any]) -> list[tuple[Any, list[int]]]:
    return [(label, [round(row[name]) for row in rows]) for name, label in words.items()]


def _sources(rows: list[Row]) -> list[tuple[Any, list[int | None]]]:
    """Where people come from; a year that no cohort is told for is empty, and that is not zero."""
    empty = {rank for rank, row in enumerate(rows) if not row["pipelines"]}
    return [
        (
            label,
            [None if name == "pipelines" and rank in empty else round(row[name]) for rank, row in enumerate(rows)],
        )
        for name, label in SOURCES.items()
    ]


def trained(document: Document, question: Asked, ends: list[int]) -> list[dict[str, Any]]:
    """Fields that lead to an occupation: graduates told by year (None: no cohort), and who of them comes, how sure."""
    told: dict[str, dict[int, float]] = {}
    for field, region, _level, month, number in document["graduates"]:
        end = next((one for one in ends if one - YEAR < month <= one), None)
        if question.region in (0, region) and end is not None:
            years = told.setdefault(field, {})
            years[end] = years.get(end, 0.0) + number
    usual = document["parameters"]["inserted_of_graduates"]
    return [
        {
            "name": FIELDS.get(field, field),
            "leads": share(row[question.occupation] / BASIS_POINTS),
            "years": [round(told[field][end]) if end in told.get(field, {}) else None for end in ends],
            "inserted": inserted(document["insertion"].get(field, usual)),
            "measured": field in document["insertion"],
        }
        for field, row in document["tables"]["flexibility"].items()
        if question.occupation in row
    ]


def wage_of(document: Document, occupation: str, region: int) -> dict[str, Any] | None:
    """The median wage declared for an occupation, in a region or (0) in the country; None where too few are paid it."""
    rows = {(code, place): (people, cents) for code, place, people, cents in document["wages"]}
    found = rows.get((occupation, region or ALL))
    return None if found is None else {"people": found[0], "wage_month": found[1]}


def reasons(document: Document, occupation: str) -> list[dict[str, Any]]:
    """The changes of staffing that touch an occupation, each with its reason."""
    changes = document["tables"]["staffing"]
    return [{**one, "share": share(one["yearly"] / 10_000)} for one in changes if one["occupation"] == occupation]
