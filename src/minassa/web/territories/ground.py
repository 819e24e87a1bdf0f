"""What a page of territory bears on: names, rows in published tables, places whose firms and cases count."""

from __future__ import annotations

from dataclasses import dataclass

from minassa.steering.indicators.reading import Filters
from minassa.steering.releases.shapes import place_row, region_row
from minassa.vocabulary.places import Place, places
from minassa.vocabulary.regions import Region, region
from minassa.web.public.pages import language


@dataclass(frozen=True, slots=True)
class Ground:
    """A region or a P2I. `row`: in published tables; `asked`: in the address of a page of indicators."""

    name: str
    row: str
    asked: str
    filters: Filters
    places: tuple[int, ...]
    region: Region
    p2i: Place | None = None

    @property
    def region_name(self) -> str:
        """The region, or the one where the P2I stands."""
        return str(getattr(self.region, f"name_{language()}"))

    @property
    def within(self) -> list[tuple[str, str]]:
        """The P2I of a region: slug and name."""
        kept = [] if self.p2i else [one for one in places() if one.kind == "p2i" and one.region == self.region.number]
        return [(one.slug, str(getattr(one, f"name_{language()}"))) for one in kept]


def of_region(one: Region) -> Ground:
    """A region with all its places."""
    return Ground(
        name=str(getattr(one, f"name_{language()}")),
        row=region_row(one.number),
        asked=f"region={one.number}",
        filters=Filters(region=one.number),
        places=tuple(place.code for place in places() if place.region == one.number),
        region=one,
    )


def of_p2i(one: Place) -> Ground:
    """A P2I."""
    return Ground(
        name=str(getattr(one, f"name_{language()}")),
        row=place_row(one.code),
        asked=f"p2i={one.code}",
        filters=Filters(place=one.code),
        places=(one.code,),
        region=region(one.region),
        p2i=one,
    )
