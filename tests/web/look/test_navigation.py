"""The head of a page: every place it may lead to stands in one area, or by itself."""

from __future__ import annotations

from minassa.web.navigation import AREAS, PLACES

ALONE = {"home"}
FOR_VISITORS = {"public-home", "estimate", "reconversion", "talent-visa", "public-delays", "worker"}
"""Told in one row: a visitor is never told areas."""


def test_each_place_stands_in_one_area() -> None:
    told = [route for _label, routes in AREAS for route in routes]
    assert len(told) == len(set(told))
    assert set(told) == {place.route for place in PLACES} - ALONE - FOR_VISITORS
