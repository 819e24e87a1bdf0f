"""Reads the dated files of this package in closed schemas."""

from __future__ import annotations

from importlib import resources
from typing import Any, TypeVar

from minassa.claims.errors import InvalidClaimData
from minassa.delays.documents import Closed, Dated, check_dated, parse
from minassa.delays.errors import InvalidDelayData

Schema = TypeVar("Schema", bound=Closed)


def packaged(name: str, schema: type[Schema]) -> Schema:
    """A file of this package; InvalidClaimData when it departs from its schema."""
    return read(resources.files("minassa.claims").joinpath(name).read_text(encoding="utf-8"), name, schema)


def read(content: str, origin: str, schema: type[Schema]) -> Schema:
    """The text of a file in its schema; InvalidClaimData names the file and what departs."""
    try:
        return parse(content, origin, schema)
    except InvalidDelayData as error:
        raise InvalidClaimData(error.message) from error


def one_at_a_time(entries: list[Any], origin: str) -> None:
    """InvalidClaimData when two dated entries hold on the same day, or cite an unknown text."""
    dated: list[Dated] = list(entries)
    try:
        check_dated(dated, origin)
    except InvalidDelayData as error:
        raise InvalidClaimData(error.message) from error
