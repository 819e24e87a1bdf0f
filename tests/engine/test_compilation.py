from __future__ import annotations

from dataclasses import replace

import narwhals as nw
import polars as pl

from minassa.engine.compilation import columns_read, layers
from minassa.engine.offers import Offer
from minassa.vocabulary.periods import month_index
from tests.engine.evaluating import OFFER

LAW = OFFER.at("miller", month_index(2022, 5))


def names(stacked: list[dict[str, nw.Expr]]) -> list[list[str]]:
    return [sorted(layer) for layer in stacked]


def test_each_layer_rests_on_those_before() -> None:
    everything = sorted(LAW.rules)
    assert names(layers(LAW, everything)) == [
        ["bread_good_mill", "bread_low_wage", "bread_no_apprentice", "toll_paid"],
        ["bread_entitled", "taxed_wage"],
        ["flour_tax"],
        ["bread_amount"],
    ]


def test_a_rule_read_once_by_one_rule_never_becomes_a_column() -> None:
    # the taxed wage stands several times in the tax, so it is a column; the rest is written in its reader
    assert names(layers(LAW, ["bread_amount"])) == [["taxed_wage"], ["bread_amount"]]


def test_what_is_given_is_neither_computed_nor_what_it_rests_on() -> None:
    assert names(layers(LAW, ["bread_amount"], given=["flour_tax", "bread_entitled"])) == [["bread_amount"]]
    assert columns_read(LAW, ["bread_amount"], ["flour_tax", "bread_entitled"]) == {
        "bread_entitled",
        "wage_month",
        "flour_tax",
        "children",
    }


def test_a_long_chain_of_rules_that_repeat_their_input_does_not_grow_out_of_hand() -> None:
    links = {f"link_{n}": f"link_{n - 1}" if n else "wage_month" for n in range(40)}
    source = LAW.rules["taxed_wage"]
    chain = tuple(
        replace(source, name=name, body=lambda **read: sum(read.values()) + sum(read.values()), inputs=(read,))
        for name, read in links.items()
    )
    offer = Offer(chain, {}, OFFER.inputs, OFFER.grains)
    rows = nw.from_native(pl.LazyFrame({"wage_month": [1]}))
    for layer in layers(offer.at("miller", month_index(2022, 5)), ["link_39"]):
        rows = rows.with_columns(**layer)
    assert rows.collect()["link_39"].to_list() == [2**40]
