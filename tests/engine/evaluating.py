"""How the tests of the engine evaluate the invented country: on Polars, all rules, rows in a known order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import polars as pl

from minassa.engine import Offer, evaluate
from minassa.vocabulary.periods import month_index
from tests.engine.country import SPANS, country, mills_and_millers

OFFER = country()
ALL_RULES = {grain: sorted(OFFER.rule_names(grain)) for grain in OFFER.grains}
KEYS = {"mill": ["mill", "year"], "miller": ["miller"]}
Frames = Mapping[str, pl.DataFrame]


def computed(
    frames: Frames, offer: Offer = OFFER, wanted: Mapping[str, Iterable[str]] | None = None
) -> dict[str, pl.DataFrame]:
    """The frames evaluated with Polars, rows in the order of their keys."""
    lazy = {grain: frame.lazy() for grain, frame in frames.items()}
    results = evaluate(offer, lazy, {grain: SPANS[grain] for grain in frames}, wanted)
    return {grain: result.collect(engine="streaming").sort(KEYS[grain]) for grain, result in results.items()}


def village(
    month: int, *, wage: int = 300_000, valley: int = 1, mill: Mapping[str, object] | None = None
) -> dict[str, pl.DataFrame]:
    """One mill and its miller, in a month."""
    year = month // 12
    accounts = {"closing_month": month_index(year, 12), "sacks_year": 500, "price_sack": 1000, "roofed": True}
    miller = {"miller": 1, "mill": 1, "year": year, "month": month, "valley": valley, "wage_month": wage}
    return mills_and_millers(
        [{"mill": 1, "year": year, "valley": 1, **accounts, **(mill or {})}],
        [{**miller, "children": 2, "apprentice": False}],
    )
