from __future__ import annotations

from random import Random

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from minassa.engine import Offer, evaluate
from minassa.engine.errors import MissingColumn, OutsideDates, UnknownName, WrongType
from minassa.vocabulary.periods import month_index
from minassa.vocabulary.statuses import Status, rank
from tests.engine.country import GRAINS, INPUTS, SPANS, figures, populations
from tests.engine.evaluating import ALL_RULES, KEYS, OFFER, computed, village


def only_miller(month: int, **mill: object) -> dict[str, object]:
    return computed(village(month, mill=mill), wanted=ALL_RULES)["miller"].row(0, named=True)


def test_amounts_worked_by_hand_under_the_first_law() -> None:
    row = only_miller(month_index(2020, 5))
    assert row["toll_paid"] == 1_200
    assert row["flour_tax"] == 31_500  # 10.5 % of 3,000.00
    assert row["bread_amount"] == 139_593  # 17.33 % of 2,685.00, three shares: 139,593.15


def test_amounts_worked_by_hand_under_the_second_law() -> None:
    row = only_miller(month_index(2022, 5))
    assert row["taxed_wage"] == 298_500
    assert row["flour_tax"] == 27_367  # 10 % of 1,499.99 and 25.5 % of 485.00, rounded once
    assert row["bread_amount"] == 141_742  # 17.33 % of 2,726.33, three shares: 141,741.9


def test_each_condition_is_a_column_and_entitlement_counts_those_switched_on() -> None:
    before, after = only_miller(month_index(2021, 3), roofed=False), only_miller(month_index(2021, 4), roofed=False)
    assert (before["bread_good_mill"], before["bread_entitled"]) == (False, True)
    assert (after["bread_good_mill"], after["bread_entitled"], after["bread_amount"]) == (False, False, 0)


def test_a_rule_outside_its_dates_is_null_and_so_is_its_status() -> None:
    mill = computed(village(month_index(2023, 5)))["mill"].row(0, named=True)
    assert mill["dam_amount"] is None
    assert mill["dam_status"] is None


def test_what_rests_on_a_refused_rule_of_the_parent_is_refused_too() -> None:
    row = only_miller(month_index(2021, 5), closing_month=month_index(2021, 6))
    assert (row["bread_good_mill"], row["bread_entitled"], row["bread_amount"], row["bread_status"]) == (None,) * 4
    assert row["flour_tax"] is not None


def test_a_row_that_has_lost_its_parent_is_refused_what_it_borrows() -> None:
    frames = village(month_index(2022, 5))
    lost = {**frames, "mill": frames["mill"].with_columns(mill=pl.lit(9, dtype=pl.Int32))}
    row = computed(lost, wanted=ALL_RULES)["miller"].row(0, named=True)
    assert (row["bread_good_mill"], row["bread_entitled"], row["bread_amount"], row["bread_status"]) == (None,) * 4
    assert row["flour_tax"] == 27_367


def test_the_weakest_status_travels_with_the_amount() -> None:
    assert only_miller(month_index(2020, 5))["bread_status"] == rank(Status.OFFICIAL)
    # the mill's threshold is inferred, and it counts once the mill must thrive
    assert only_miller(month_index(2022, 5))["bread_status"] == rank(Status.INFERRED)
    assert computed(village(month_index(2022, 5)))["mill"]["dam_status"].to_list() == [rank(Status.PRESS)]


def test_only_the_rules_asked_for_become_columns_and_those_that_children_read() -> None:
    result = computed(village(month_index(2022, 5)), wanted={"miller": ["flour_tax"]})
    assert result["miller"].columns == [*village(month_index(2022, 5))["miller"].columns, "flour_tax"]
    assert result["mill"].columns == [*village(month_index(2022, 5))["mill"].columns, "mill_thrives"]


def test_columns_that_a_former_evaluation_left_are_computed_again() -> None:
    frames = village(month_index(2022, 5))
    stale = {
        **frames,
        "miller": frames["miller"].with_columns(bread_amount=pl.lit(7), mill_thrives=pl.lit(value=False)),
    }
    assert computed(stale)["miller"]["bread_amount"].to_list() == [141_742]


def test_rows_outside_the_span_are_left_out() -> None:
    frames = {grain: frame.lazy() for grain, frame in village(month_index(2022, 5)).items()}
    spans = {"mill": SPANS["mill"], "miller": (month_index(2022, 6), month_index(2022, 7))}
    assert evaluate(OFFER, frames, spans)["miller"].collect().is_empty()


def test_a_child_alone_needs_the_columns_of_its_parent() -> None:
    miller = village(month_index(2022, 5))["miller"]
    with pytest.raises(
        MissingColumn, match=r"Il manque à la table miller : mill_thrives .*roofed \(The mill has a roof"
    ):
        computed({"miller": miller})
    joined = miller.with_columns(roofed=pl.lit(value=True), mill_thrives=pl.lit(value=True))
    assert computed({"miller": joined})["miller"]["bread_amount"].to_list() == [141_742]


def test_a_column_declared_for_the_child_is_not_taken_from_its_parent() -> None:
    frames = village(month_index(2022, 5))
    with pytest.raises(MissingColumn, match=r"miller : valley \(The valley"):
        computed({**frames, "miller": frames["miller"].drop("valley")})


@pytest.mark.parametrize(
    ("column", "values", "told"),
    [
        ("wage_month", pl.Series([3000.0]), r"wage_month \(cents\) doit contenir des nombres entiers, pas Float64"),
        ("apprentice", pl.Series([1]), r"apprentice \(boolean\) doit contenir vrai ou faux, pas Int64"),
    ],
)
def test_a_column_of_another_type_is_refused(column: str, values: pl.Series, told: str) -> None:
    frames = village(month_index(2022, 5))
    with pytest.raises(WrongType, match=told):
        computed({**frames, "miller": frames["miller"].with_columns(values.alias(column))})


def test_names_that_nobody_knows_are_refused_with_those_that_exist() -> None:
    frames = village(month_index(2022, 5))
    with pytest.raises(UnknownName, match=r"Pas de règle salt_tax .* règles : bread_amount, .*toll_paid"):
        computed(frames, wanted={"miller": ["salt_tax"]})
    with pytest.raises(UnknownName, match="Grain inconnu : baker ; grains : mill, miller"):
        evaluate(OFFER, {"baker": frames["mill"].lazy()}, {"baker": (0, 1)})


def test_a_rule_that_no_month_of_the_span_knows_is_refused() -> None:
    mill = village(month_index(2023, 5))["mill"].lazy()
    with pytest.raises(OutsideDates, match=r"Aucune version de dam_amount \(mill\)"):
        evaluate(
            OFFER, {"mill": mill}, {"mill": (month_index(2023, 1), month_index(2023, 12))}, {"mill": ["dam_amount"]}
        )


@settings(max_examples=8)
@given(populations, st.randoms(use_true_random=False), st.integers(1, 7))
def test_order_and_chunks_of_rows_change_nothing(frames: dict[str, pl.DataFrame], random: Random, size: int) -> None:
    whole = computed(frames, wanted=ALL_RULES)
    millers = list(range(frames["miller"].height))
    random.shuffle(millers)
    shuffled = frames["miller"][millers]
    cut = pl.concat([shuffled[i : i + size] for i in range(0, shuffled.height, size)], rechunk=False)
    again = computed({"mill": frames["mill"].reverse(), "miller": cut}, wanted=ALL_RULES)
    for grain in KEYS:
        assert again[grain].equals(whole[grain])


@settings(max_examples=8)
@given(populations)
def test_each_row_alone_gives_what_all_rows_together_give(frames: dict[str, pl.DataFrame]) -> None:
    whole = computed(frames)["miller"]
    for row in range(min(3, whole.height)):
        alone = computed({**frames, "miller": frames["miller"][row : row + 1]})["miller"]
        assert alone.equals(whole.filter(pl.col("miller") == row))


def test_the_order_in_which_rules_are_given_changes_nothing() -> None:
    frames = village(month_index(2022, 5))
    backward = Offer(OFFER.rules[::-1], dict(reversed(list(figures().items()))), INPUTS, GRAINS)
    assert computed(frames, backward)["miller"].equals(computed(frames)["miller"])
    assert backward.intervals("miller", 24228, 24287)[0][2].rules.keys() == OFFER.at("miller", 24228).rules.keys()
