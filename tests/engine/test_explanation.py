from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings

from minassa.engine import Node, Offer, explain, reform
from minassa.engine.errors import MissingColumn, NullInput, OutsideDates
from minassa.vocabulary.periods import month_index
from minassa.vocabulary.statuses import Status, rank
from tests.engine.country import patch, population, populations
from tests.engine.evaluating import ALL_RULES, OFFER, computed, village


def rows_of(frames: Mapping[str, pl.DataFrame], miller: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    """A miller's row and that of the mill above, with the columns of the frames alone."""
    own = {name: miller[name] for name in frames["miller"].columns}
    mill = frames["mill"].row(
        by_predicate=(pl.col("mill") == own["mill"]) & (pl.col("year") == own["year"]), named=True
    )
    return {"miller": own, "mill": mill}


def told(offer: Offer, name: str, grain: str, rows: Mapping[str, Mapping[str, Any]]) -> tuple[object, int | None]:
    """Value and weakest status as told, or as refused."""
    try:
        node = explain(offer, name, grain, rows)
    except OutsideDates:
        return None, None
    return node.value, None if node.weakest is None else rank(node.weakest)


@settings(max_examples=8)
@given(populations)
def test_what_is_told_is_what_is_computed_for_every_rule_and_row(frames: dict[str, pl.DataFrame]) -> None:
    results = computed(frames, wanted=ALL_RULES)
    for row in results["miller"].iter_rows(named=True):
        rows = rows_of(frames, row)
        for name in ALL_RULES["miller"]:
            assert told(OFFER, name, "miller", rows)[0] == row[name], name
        assert told(OFFER, "bread_amount", "miller", rows) == (row["bread_amount"], row["bread_status"])
    for row in results["mill"].iter_rows(named=True):
        for name in ALL_RULES["mill"]:
            assert told(OFFER, name, "mill", {"mill": row})[0] == row[name], name


def test_the_same_under_a_reform() -> None:
    offer = reform(
        OFFER, patch("{name: x, figures: {flour_tax_scale: [[0, 500]]}, conditions: {bread_good_mill: false}}")
    )
    frames = population(seed=11, millers=60)
    for row in computed(frames, offer, wanted=ALL_RULES)["miller"].iter_rows(named=True):
        told_amount = told(offer, "bread_amount", "miller", rows_of(frames, row))
        assert told_amount == (row["bread_amount"], row["bread_status"])


def tree(month: int, name: str = "bread_amount", **mill: object) -> Node:
    frames = village(month, mill=mill)
    return explain(OFFER, name, "miller", rows_of(frames, frames["miller"].row(0, named=True)))


def walk(node: Node) -> Iterator[Node]:
    yield node
    for child in node.children:
        yield from walk(child)


def test_a_rule_tells_what_it_is_and_where_it_comes_from() -> None:
    node = tree(month_index(2022, 5), "flour_tax")
    assert (node.kind, node.value, node.unit, node.grain) == ("value", 27_367, "cents", "miller")
    assert node.meaning == "Flour tax of the month, by the scale."
    assert node.texts == ("code-des-moulins#3bis",)
    assert [child.name for child in node.children] == ["taxed_wage", "flour_tax_scale"]


def test_a_figure_tells_its_source_and_its_review() -> None:
    found = {node.name: node for node in walk(tree(month_index(2022, 5)))}
    assert found["toll"].kind == "figure"
    assert found["toll"].texts == ("gazette",)
    assert found["toll"].source == {
        "url": "https://example.org/gazette",
        "note": "read in the gazette only",
        "reviewed_on": "2026-01-01",
        "starts": "2021-07",
    }
    assert found["flour_tax_scale"].texts == ("code-des-moulins#3 bis",)


def test_a_column_tells_its_unit_and_its_meaning() -> None:
    found = {node.name: node for node in walk(tree(month_index(2022, 5)))}
    assert (found["wage_month"].kind, found["wage_month"].unit) == ("input", "cents")
    assert found["wage_month"].meaning == "Wage of the month"
    assert (found["roofed"].grain, found["mill_thrives"].grain) == ("mill", "mill")


def test_conditions_switched_off_are_told_and_count_for_nothing() -> None:
    found = {node.name: node for node in walk(tree(month_index(2022, 5)))}
    entitled = found["bread_entitled"]
    assert [(child.name, child.active) for child in entitled.children] == [
        ("bread_good_mill", True),
        ("bread_low_wage", True),
        ("bread_no_apprentice", False),
    ]
    assert found["bread_no_apprentice"].weakest == Status.PROPOSED
    before = {node.name: node for node in walk(tree(month_index(2020, 5), roofed=False, sacks_year=0))}
    assert before["bread_entitled"].weakest == Status.OFFICIAL


def test_the_tree_is_plain_data() -> None:
    plain = tree(month_index(2022, 5)).as_json()
    assert json.loads(json.dumps(plain)) == plain
    texts = json.dumps(plain)
    assert '"value": {"1": 1500, "2": 700, "7": 1500, "*": 300}' in texts
    assert '"value": [[0, 0], [100001, 1000], [250000, 2550], [900000, 3700]]' in texts


def test_what_cannot_be_told_is_refused() -> None:
    frames = village(month_index(2022, 5))
    rows = rows_of(frames, frames["miller"].row(0, named=True))
    childless = {name: value for name, value in rows["miller"].items() if name != "children"}
    with pytest.raises(
        OutsideDates, match=r"Pas de règle dam_amount \(mill\) en 2023-12 : règles en vigueur : mill_thr"
    ):
        explain(OFFER, "dam_amount", "mill", {"mill": {**rows["mill"], "closing_month": month_index(2023, 12)}})
    with pytest.raises(MissingColumn, match="La ligne de miller n'a pas la colonne children"):
        explain(OFFER, "bread_amount", "miller", {**rows, "miller": childless})
    with pytest.raises(NullInput, match="La colonne wage_month de la ligne de miller est vide"):
        explain(OFFER, "bread_amount", "miller", {**rows, "miller": {**rows["miller"], "wage_month": None}})
    with pytest.raises(MissingColumn, match="La ligne de miller n'a pas la colonne roofed, ni la ligne au-dessus"):
        explain(OFFER, "bread_amount", "miller", {"miller": rows["miller"]})
