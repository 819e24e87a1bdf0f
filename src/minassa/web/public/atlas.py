"""The map of the 12 regions and of the P2I as shapes for a template: paths drawn once, classes by what is due."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from minassa.steering.regions_map import CLASSES, centres, class_of, features, limits
from minassa.vocabulary.places import Place, place_by_slug
from minassa.vocabulary.regions import Region
from minassa.vocabulary.regions import region as region_of

WIDTH, MARGIN = 560, 8
ATLANTIC: Final = -6.5
NAME: Final = 90
"""Pixels that a name takes: nearer the eastern edge, it is written on the other side."""
HIDDEN: Final = "hidden"
"""Class of a region whose number is not told."""


@dataclass(frozen=True, slots=True)
class Area:
    """A region: its outline, its class of what is due, where its number stands."""

    region: Region
    path: str
    shade: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Site:
    """A P2I: its place on the map, and on which side its name is written."""

    place: Place
    x: float
    y: float
    west: bool


@dataclass(frozen=True, slots=True)
class Atlas:
    """The map of published figures; `bounds` are the upper limits of the classes, in centimes."""

    areas: tuple[Area, ...]
    sites: tuple[Site, ...]
    bounds: tuple[int, ...]
    width: int
    height: int


def atlas(figures: Mapping[str, Any]) -> Atlas:
    """The map: each region in the class of the money due there."""
    due = {row["region"]: row["due_cents"] for row in figures["regions"]}
    bounds = limits([cents for cents in due.values() if cents is not None])
    areas = tuple(
        Area(region_of(number), path, _shade(due.get(number), bounds), x, y) for number, path, x, y in outlined()
    )
    sites = tuple(_site(place_by_slug(row["place"])) for row in figures["p2i"])
    return Atlas(areas, sites, tuple(bounds), WIDTH, _height())


def _shade(cents: int | None, bounds: list[int]) -> str:
    return HIDDEN if cents is None else str(class_of(cents, bounds))


def sizes() -> tuple[int, int]:
    """Width and height of the map, in pixels."""
    return WIDTH, _height()


def shades() -> tuple[int, ...]:
    """The classes above nothing."""
    return tuple(range(1, CLASSES + 1))


def _site(place: Place) -> Site:
    x, y = _at(place.longitude, place.latitude)
    return Site(place, x, y, west=place.longitude < ATLANTIC or x > WIDTH - NAME)


@cache
def outlined() -> tuple[tuple[int, str, float, float], ...]:
    """Number, outline and place of the number of each region."""
    spots = centres()
    return tuple(
        (number, _path(feature["geometry"]["coordinates"]), *_at(*spots[number]))
        for feature in features()
        for number in [feature["properties"]["number"]]
    )


def _path(rings: list[Any]) -> str:
    parts = []
    for ring in rings:
        points = " ".join("{:.1f},{:.1f}".format(*_at(longitude, latitude)) for longitude, latitude in ring)
        parts.append(f"M{points}Z")
    return "".join(parts)


def _at(longitude: float, latitude: float) -> tuple[float, float]:
    """Pixels of a place, by Mercator's projection."""
    west, north, scale = _extent()
    return MARGIN + (longitude - west) * scale, MARGIN + (north - _stretched(latitude)) * scale


def _stretched(latitude: float) -> float:
    return math.degrees(math.log(math.tan(math.pi / 4 + math.radians(latitude) / 2)))


def _corners() -> Iterator[tuple[float, float]]:
    for feature in features():
        for ring in feature["geometry"]["coordinates"]:
            yield from ((point[0], _stretched(point[1])) for point in ring)


@cache
def _extent() -> tuple[float, float, float]:
    """The western and northern edges, in degrees stretched as the map is, and pixels in a degree."""
    across, up = zip(*_corners(), strict=True)
    return min(across), max(up), (WIDTH - 2 * MARGIN) / (max(across) - min(across))


@cache
def _height() -> int:
    _across, up = zip(*_corners(), strict=True)
    tall: float = (max(up) - min(up)) * _extent()[2]
    return math.ceil(tall) + 2 * MARGIN
