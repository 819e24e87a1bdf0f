"""Names of employees, from the register that the firm itself filed: for those who act for it, and nobody else."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Final

import polars as pl

from minassa.claims.models import Claim
from minassa.declarations.lake import Lake
from minassa.intake.public import lake
from minassa.registry.models import Enterprise
from minassa.registry.public import Actor, allowed
from minassa.vocabulary.errors import MinassaError

FIRST, LAST, NUMBER = "prenom", "nom", "num_cnss"
HEADING: Final = 1
"""The line of a register that names its columns."""


@dataclass(frozen=True, slots=True)
class Card:
    """What the register of a firm says of a person. Its `repr` holds none of it, so that no log does."""

    name: str = field(repr=False)
    number: str = field(repr=False)


def names_of(actor: Actor, claim: Claim, persons: Collection[int]) -> dict[int, str]:
    """The name of each person of a claim, by pseudonym, as the firm's latest register writes it.

    Empty for who may not read the lines of the firm's files with their names, and when the files cannot be read again.
    """
    cards = cards_of(actor, claim.enterprise, claim.affiliation, persons)
    return {person: card.name for person, card in cards.items() if card.name}


def cards_of(actor: Actor, enterprise: Enterprise, affiliation: int, persons: Collection[int]) -> dict[int, Card]:
    """The name and the CNSS number of each person, by pseudonym; empty where names may not be read."""
    if not persons or not allowed(actor, "upload.read_lines", enterprise):
        return {}
    try:
        tables = lake()
        return _read(tables, _places(tables, affiliation, persons))
    except MinassaError:
        return {}


def _places(tables: Lake, affiliation: int, persons: Collection[int]) -> pl.DataFrame:
    """The file and the line where the latest register names each person."""
    rows = tables.current("staff_lines").filter(
        pl.col("affiliation") == affiliation, pl.col("person").is_in(list(persons))
    )
    latest = rows.select("person", "file_id", "line", "as_of_month").sort("as_of_month", "line")
    return latest.group_by("person", maintain_order=True).last().collect()


def _read(tables: Lake, places: pl.DataFrame) -> dict[int, Card]:
    """The cards, each file being opened once."""
    found: dict[int, Card] = {}
    for held in places.partition_by("file_id"):
        lines = tables.original_lines(held["file_id"][0], [HEADING, *held["line"]])
        heading = lines[HEADING]
        for person, line in held.select("person", "line").iter_rows():
            found[person] = _card(_cells(heading.lower(), heading), _cells(lines[line], heading))
    return found


def _cells(text: str, heading: str) -> list[str]:
    """The cells of a line, parted as the heading of its file is."""
    return next(csv.reader(io.StringIO(text), delimiter=max(";,", key=heading.count)), [])


def _card(headings: Sequence[str], cells: Sequence[str]) -> Card:
    row = {heading.strip(): cell.strip() for heading, cell in zip(headings, cells, strict=False)}
    return Card(" ".join(filter(None, (row.get(FIRST, ""), row.get(LAST, "")))), row.get(NUMBER, ""))
