"""The road as shapes: bounds enclose what is projected, and Arabic turns time around."""

from __future__ import annotations

from typing import Any

import pytest

from minassa.web.public.road import WIDE, road

MONTHS = ("2026-10", "2026-11", "2026-12")


def figures(*, bounded: bool) -> dict[str, Any]:
    """Three months seen, two projected, a path of two points."""
    bounds = {"low_80": 90, "high_80": 130, "low_95": 80, "high_95": 150}
    ahead = [{"month": month, "headcount": 110, **bounds} for month in ("2027-01", "2027-02")]
    return {
        "months": [{"month": month, "headcount": 100} for month in MONTHS],
        "path": [{"month": month, "jobs": 120, "status": "press"} for month in ("2026-10", "2027-02")],
        "projection": [row if bounded else {**row, **dict.fromkeys(bounds)} for row in ahead],
    }


def points(text: str) -> list[tuple[int, int]]:
    """The points of an SVG line."""
    return [(int(x), int(y)) for x, y in (one.split(",") for one in text.split())]


@pytest.mark.parametrize("turned", [False, True])
def test_the_widest_band_comes_first_and_encloses_the_projection(turned: bool) -> None:
    drawn = road(figures(bounded=True), WIDE, right_to_left=turned)
    wide, narrow = (points(band) for band in drawn.bands)
    seen, ahead = points(drawn.seen), points(drawn.projected)
    assert wide[0] == narrow[0] == ahead[0] == seen[-1]
    assert max(y for _x, y in wide) > max(y for _x, y in narrow) > max(y for _x, y in ahead[1:])
    assert min(y for _x, y in wide) < min(y for _x, y in narrow) < min(y for _x, y in ahead)
    assert min(y for _x, y in wide) >= 0
    assert (ahead[-1][0] < ahead[0][0]) is turned


def test_without_bounds_the_line_stands_alone() -> None:
    drawn = road(figures(bounded=False), right_to_left=False)
    assert drawn.bands == ()
    assert len(points(drawn.projected)) == 3


def test_without_projection_nothing_is_drawn_of_it() -> None:
    drawn = road({**figures(bounded=True), "projection": []}, right_to_left=False)
    assert (drawn.projected, drawn.bands) == ("", ())
