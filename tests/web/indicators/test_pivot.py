"""The pivot: cells add up to margins, two periods are compared, too few persons are not told."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from minassa.registry.models import Role
from minassa.steering.indicators.catalogue import Catalogue
from minassa.steering.indicators.cube import KEYS
from minassa.steering.indicators.kept import latest_cube
from minassa.steering.indicators.pivot import ALL, DIMENSIONS, crossed
from minassa.steering.indicators.reading import Filters, Reading

pytestmark = pytest.mark.django_db
PAIRS = [(row, column) for row in DIMENSIONS for column in ("", *DIMENSIONS) if row != column]


@pytest.mark.parametrize("by", PAIRS, ids="-".join)
def test_cells_add_up_to_margins_and_margins_to_the_value(published: Path, by: tuple[str, str]) -> None:
    found = latest_cube(published)
    assert found is not None
    run, cube = found
    for code in ("declared_jobs", "new_jobs_since", "due"):
        one = Catalogue.all()[code]
        table = crossed(cube, one, Filters(), run.until, by, sees_persons=True)
        [last] = [point.value for point in Reading(cube, Filters()).points(one) if point.period == run.until]
        corner = (run.until // 12 if by[0] == "year" else ALL, run.until // 12 if by[1] == "year" else ALL)
        assert table.value(*corner) == last
        if "year" not in by:
            assert sum(table.value(row, ALL) or 0 for row in table.rows) == last
            if by[1]:
                cells = [table.value(row, column) or 0 for row in table.rows for column in table.columns]
                assert sum(cells) == last


@given(st.lists(st.tuples(st.integers(1, 3), st.integers(101, 104), st.integers(0, 40)), min_size=1, max_size=12))
def test_no_cell_of_too_few_persons_is_alone_hidden(drawn: list[tuple[int, int, int]]) -> None:
    rows = [{"filiere": f, "place": p, "known_sex": n, "women": n // 2} for f, p, n in drawn]
    cube = (
        pl.DataFrame(rows)
        .group_by("filiere", "place")
        .sum()
        .with_columns(pl.lit(24_300, pl.Int32).alias("month"), pl.lit(1, pl.Int8).alias("size"))
    )
    cube = cube.select(*KEYS, "known_sex", "women")
    one = Catalogue.all()["women_share"]
    table = crossed(cube, one, Filters(), 24_300, ("filiere", "place"), sees_persons=False)
    for f, p, n in cube.select("filiere", "place", "known_sex").iter_rows():
        assert n >= 10 or n == 0 or table.value(f, p) is None
    for along in (0, 1):
        for line in {key[along] for key in table.hidden}:
            cells = [
                key for key in table.values if key[along] == line and ALL not in key and table.values[key] is not None
            ]
            gone = [key for key in cells if key in table.hidden]
            assert len(gone) != 1 or len(cells) == 1
    assert crossed(cube, one, Filters(), 24_300, ("filiere", "place"), sees_persons=True).hidden == frozenset()


@pytest.mark.parametrize("language", ["fr", "ar", "en"])
def test_two_periods_are_compared_on_the_page_and_in_files(
    as_role: Callable[[str, str], Client], language: str
) -> None:
    client = as_role(Role.ANALYST, "minassa")
    query = "mesure=declared_jobs&lignes=region&colonnes=filiere&fin=2027-06&avec=2026-06"
    assert client.get(f"/{language}/analyse/?{query}").status_code == 200
    rows = pl.read_parquet(io.BytesIO(client.get(f"/{language}/analyse/?{query}&format=parquet").content))
    now, then, change = (rows.to_series(rank) for rank in (2, 3, 4))
    assert (now - then).drop_nulls().to_list() == change.drop_nulls().to_list()
    for kind in ("csv", "xlsx"):
        assert client.get(f"/{language}/analyse/?{query}&format={kind}").status_code == 200


@pytest.mark.parametrize(
    "query",
    ["mesure=rien&lignes=x&colonnes=y", "lignes=filiere&colonnes=filiere", "fin=2026-13&avec=%00", "fin=0001-01"],
)
def test_nonsense_is_taken_as_not_said(as_role: Callable[[str, str], Client], query: str) -> None:
    client = as_role(Role.ANALYST, "minassa")
    assert client.get(f"/fr/analyse/?{query}").status_code == 200
    assert client.get(f"/fr/analyse/?{query}&format=xlsx").status_code == 200
