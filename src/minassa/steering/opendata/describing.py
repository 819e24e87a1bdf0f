"""What each data set is: title and description in three languages, columns with their type, licence."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Any, Final, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field

from minassa.vocabulary.statuses import Status

FILE: Final = "datasets.yaml"
SCHEMA: Final = "https://json-schema.org/draft/2020-12/schema"
RUN_DATA: Final = ("emplois", "montants")
"""The data sets that a run makes."""
REGISTER_DATA: Final = ("attributions", "delais", "enquetes", "penuries", "consultations", "engagements", "prospection")
"""The data sets that the registers of the platform make."""


class Closed(BaseModel):
    """A model that refuses keys it does not know and is never changed."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Said(Closed):
    """The same words in three languages."""

    fr: str = Field(min_length=1)
    ar: str = Field(min_length=1)
    en: str = Field(min_length=1)


class Column(Closed):
    """A column: its type in JSON Schema, what it holds and in which unit."""

    type: Literal["string", "integer", "boolean"]
    description: str = Field(min_length=1)


class Licence(Closed):
    """Under which licence the data are given, and how sure that is."""

    name: str
    url: str
    status: Status
    note: str = Field(min_length=1)


class Described(Closed):
    """A data set."""

    title: Said
    description: Said
    columns: dict[str, Column]

    def schema_of(self, name: str) -> dict[str, Any]:
        """The JSON Schema of a file of rows; an empty cell is null."""
        properties = {
            key: {"type": [column.type, "null"], "description": column.description}
            for key, column in self.columns.items()
        }
        row = {"type": "object", "additionalProperties": False, "required": list(properties), "properties": properties}
        return {"$schema": SCHEMA, "title": f"{name} : {self.title.fr}", "type": "array", "items": row}


class Catalogue(Closed):
    """Every data set, and their licence."""

    licence: Licence
    datasets: dict[str, Described]


@cache
def catalogue() -> Catalogue:
    """The data sets of this version."""
    text = resources.files(__package__).joinpath(FILE).read_text(encoding="utf-8")
    return Catalogue.model_validate(yaml.safe_load(text))
