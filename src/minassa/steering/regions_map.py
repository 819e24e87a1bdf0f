"""The regions of a map as shapes, where their numbers stand, and the classes that tint them; nothing is drawn here."""

from __future__ import annotations

from functools import cache
from typing import Any

from shapely import Polygon
from shapely.ops import polylabel

from minassa.steering.identity import TEALS
from minassa.vocabulary.rounding import Direction, divide
from minassa.vocabulary.shapes import derive_regions

TOLERANCE = 0.04
"""Degrees: on a page a tenth of the width of the screen, finer detail only weighs."""
CLASSES = len(TEALS) - 1
NUDGES = {2: (0.1, -0.5), 3: (0, -0.5), 4: (0.25, -0.3), 6: (0.25, -0.3)}
"""Degrees east and north by which the numbers of regions step aside for the P2I and their names."""


def limits(values: list[int]) -> list[int]:
    """Upper bounds of the classes of a map, in centimes: round numbers that part the highest value in equal steps."""
    highest = max([*values, 1])
    step = divide(highest, CLASSES, Direction.UP, "minassa-default#affichage")
    power = 10 ** max(len(str(step)) - 2, 0)
    rounded = divide(step, power, Direction.UP, "minassa-default#affichage") * power
    return [rounded * rank for rank in range(1, CLASSES + 1)]


def class_of(value: int, bounds: list[int]) -> int:
    """The class of a value: 0 for nothing, else the first class whose bound it does not pass."""
    return 0 if value <= 0 else next(rank for rank, bound in enumerate(bounds, 1) if value <= bound)


@cache
def features() -> tuple[dict[str, Any], ...]:
    """The regions as GeoJSON, coarse enough for a page."""
    return tuple(derive_regions(tolerance=TOLERANCE)["features"])


def centres() -> dict[int, tuple[float, float]]:
    """Where the number of each region stands: a point well inside it (longitude, latitude), clear of the P2I."""
    found = {}
    for feature in features():
        number = feature["properties"]["number"]
        inside = polylabel(Polygon(feature["geometry"]["coordinates"][0]), tolerance=TOLERANCE)
        east, north = NUDGES.get(number, (0, 0))
        found[number] = (inside.x + east, inside.y + north)
    return found
