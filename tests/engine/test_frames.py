from __future__ import annotations

import polars as pl
import pytest

from minassa.engine import refuse_broken_links, refuse_nulls
from minassa.engine.errors import BrokenLink, NullInput
from tests.engine.country import population
from tests.engine.evaluating import OFFER


def test_whole_frames_pass() -> None:
    frames = population(seed=1, millers=20)
    refuse_nulls(OFFER, frames)
    refuse_broken_links(OFFER, frames)


def test_a_null_is_refused_with_its_column_and_the_number_of_rows() -> None:
    frames = population(seed=1, millers=20)
    holed = frames["miller"].with_columns(children=pl.when(pl.col("miller") > 17).then(None).otherwise("children"))
    with pytest.raises(NullInput, match=r"La table miller a des valeurs absentes : children \(2 lignes\)"):
        refuse_nulls(OFFER, {**frames, "miller": holed.lazy()})


def test_a_null_in_a_column_that_no_rule_may_read_is_nobody_s_business() -> None:
    frames = population(seed=1, millers=20)
    refuse_nulls(OFFER, {"miller": frames["miller"].with_columns(note=pl.lit(None, dtype=pl.String))})


def test_a_row_without_a_row_above_is_refused() -> None:
    frames = population(seed=1, millers=20)
    year = frames["miller"]["year"][0]
    with pytest.raises(
        BrokenLink, match=r"La table miller a des lignes sans ligne dans mill \(mill, year\) : [123] clés"
    ):
        refuse_broken_links(OFFER, {**frames, "mill": frames["mill"].filter(pl.col("year") != year)})


def test_two_rows_above_are_refused() -> None:
    frames = population(seed=1, millers=20)
    doubled = pl.concat([frames["mill"], frames["mill"].head(2)])
    with pytest.raises(BrokenLink, match=r"La table mill a plusieurs lignes pour la même clé .* : 2 clés"):
        refuse_broken_links(OFFER, {**frames, "mill": doubled})


def test_a_child_without_its_parent_s_frame_has_no_link_to_break() -> None:
    refuse_broken_links(OFFER, {"miller": population(seed=1, millers=5)["miller"]})
