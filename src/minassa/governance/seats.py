"""The seats of committees, dated: which body sits, who presides, who votes."""

from __future__ import annotations

from datetime import date
from functools import cache
from importlib import resources

from pydantic import Field, StrictBool

from minassa.delays.documents import Closed, Dated, check_dated, parse
from minassa.delays.errors import InvalidDelayData
from minassa.governance.errors import InvalidRules


class Label(Closed):
    """A name in the three languages."""

    fr: str = Field(min_length=1)
    ar: str = Field(min_length=1)
    en: str = Field(min_length=1)


class Seat(Dated):
    """A seat of a committee while it exists."""

    code: str = Field(pattern=r"^[a-z_]{2,20}$")
    label: Label
    chair: StrictBool
    votes: StrictBool


class SeatsFile(Closed):
    """The whole file, by committee."""

    cto: list[Seat] = Field(min_length=1)
    copil: list[Seat] = Field(min_length=1)


@cache
def seats_file() -> SeatsFile:
    """The seats of this package, checked; InvalidRules."""
    return read_seats(resources.files("minassa.governance").joinpath("seats.yaml").read_text(encoding="utf-8"))


def read_seats(content: str) -> SeatsFile:
    """The text of a file of seats; InvalidRules when it departs, or a seat is there twice on one day."""
    try:
        read = parse(content, "seats.yaml", SeatsFile)
        for committee in SeatsFile.model_fields:
            for code in {seat.code for seat in getattr(read, committee)}:
                same = [seat for seat in getattr(read, committee) if seat.code == code]
                check_dated(list(same), f"seats.yaml, {committee}, {code}")
    except InvalidDelayData as error:
        raise InvalidRules(error.message) from error
    return read


def seats(committee: str, day: date) -> list[Seat]:
    """The seats of a committee on a day, in the order of the file; InvalidRules without one seat that presides."""
    listed: list[Seat] = getattr(seats_file(), committee, [])
    held = [seat for seat in listed if seat.in_force(day)]
    if sum(seat.chair for seat in held) != 1:
        raise InvalidRules(f"Le comité « {committee} » n'a pas une présidence, et une seule, le {day.isoformat()}.")
    return held
