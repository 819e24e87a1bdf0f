"""What every section of the report starts from: the run, its amounts, the names of firms, the size of the country."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import polars as pl

from minassa.engine import Offer
from minassa.entitlements.runs import Run
from minassa.entitlements.sources import Tables
from minassa.offer.catalogue import catalogue
from minassa.outlook.targets import WHOLE, Scale
from minassa.outlook.trajectory import region_of_place
from minassa.outlook.waived import waived_amounts
from minassa.vocabulary.places import places
from minassa.vocabulary.regions import regions

UNKNOWN_PLACE = "Lieu inconnu"
UNKNOWN_REGION = "Région inconnue"


@dataclass(frozen=True)
class Facts:
    """A run ready to be told. `synthetic` is what is known of an invented country; None for real declarations."""

    run: Run
    tables: Tables
    offer: Offer
    synthetic: Mapping[str, Any] | None
    scale: Scale = WHOLE

    @property
    def until(self) -> int:
        """Last month known."""
        return self.run.until

    @property
    def invented(self) -> bool:
        """Whether the data are synthetic, and must be said so everywhere."""
        return self.synthetic is not None

    @cached_property
    def amounts(self) -> pl.DataFrame:
        """Every amount of the run, with its region, what it would be without conditions, and whether it is to come."""
        to_come = ~pl.col("entitled") & (pl.col("expected_cents").fill_null(0) > 0)
        return waived_amounts(self.run, self.offer).with_columns(
            region_of_place().alias("region"), to_come.alias("to_come")
        )

    @cached_property
    def due(self) -> pl.DataFrame:
        """The amounts that the conditions in force give right to."""
        return self.amounts.filter("entitled")

    @cached_property
    def measures(self) -> tuple[str, ...]:
        """Measures that have an amount, in the order of the catalogue."""
        listed = [one.measure for one in catalogue() if one.measure in self.offer.measures]
        return (*listed, *(m for m in self.offer.measures if m not in listed))

    @cached_property
    def firm_names(self) -> Mapping[int, str]:
        """Name of each firm by its affiliation number, from its sheet."""
        rows = self.tables.current("firm_lines", dict(self.run.manifest["versions"]))
        named = rows.select("affiliation", "name").unique("affiliation", keep="first").collect()
        return {int(number): name for number, name in named.iter_rows() if name}

    def firm(self, affiliation: int) -> str:
        """How a firm is called: its name when a sheet gives one, else its affiliation number."""
        return self.firm_names.get(affiliation) or f"Affiliation {affiliation}"


def measure_label(measure: str) -> str:
    """The full name of a measure."""
    return next((one.label.fr for one in catalogue() if one.measure == measure), measure.upper())


def place_label(code: int) -> str:
    """The name of a place by its code."""
    return next((place.name_fr for place in places() if place.code == code), UNKNOWN_PLACE)


def region_label(number: int) -> str:
    """The name of a region by its HCP number."""
    return next((region.name_fr for region in regions() if region.number == number), UNKNOWN_REGION)


def total(rows: pl.DataFrame, column: str = "amount_cents") -> int:
    """The sum of a column of centimes."""
    return int(rows[column].sum() or 0)
