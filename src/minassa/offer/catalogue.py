"""The measures of the offer: what each is called, which texts it comes from, when, for whom, and what is missing."""

from __future__ import annotations

from datetime import date
from functools import cache
from importlib import resources
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from minassa.vocabulary.errors import MinassaError
from minassa.vocabulary.statuses import Status

FILE = "catalogue.yaml"


class InvalidCatalogue(MinassaError):
    """The catalogue does not follow its closed schema."""

    code = "OFFER-CATALOGUE"


class Closed(BaseModel):
    """A model that refuses keys it does not know and is never changed."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Label(Closed):
    """The name of a measure in the three languages."""

    fr: str = Field(min_length=1)
    ar: str = Field(min_length=1)
    en: str = Field(min_length=1)


class Claims(Closed):
    """When a firm claims by default, how sure that is, and why."""

    rhythm: Literal["quarterly", "yearly", "at 18 months", "none"]
    status: Status
    note: str = Field(min_length=1)


class Gap(Closed):
    """What the measure does not model, and since when the text has it (AAAA-MM; None: not known)."""

    what: str = Field(min_length=1)
    since: str | None = None


class Measure(Closed):
    """One measure. `kind` support: a computation that others rest on, without amount of its own."""

    measure: str = Field(pattern=r"^[a-z][a-z_]*$")
    kind: Literal["measure", "support"]
    label: Label
    texts: tuple[str, ...] = Field(min_length=1)
    status: Literal["in force", "to deploy", "proposed", "assumed"]
    starts: date
    ends: date | None = None
    grains: tuple[str, ...] = Field(min_length=1)
    amount: str | None = None
    period_kind: Literal["yearly", "once", "monthly"]
    claims: Claims | None = None
    gaps: tuple[Gap, ...] = ()


@cache
def catalogue() -> tuple[Measure, ...]:
    """Every measure, in the order of the file; InvalidCatalogue says which key is wrong."""
    return read_catalogue(resources.files("minassa.offer").joinpath(FILE).read_text(encoding="utf-8"))


def read_catalogue(text: str) -> tuple[Measure, ...]:
    """The measures of a catalogue's text; InvalidCatalogue when it departs from the schema or names one twice."""
    try:
        found = tuple(Measure.model_validate(entry) for entry in yaml.safe_load(text))
    except ValidationError as error:
        details = " ; ".join(f"{'.'.join(map(str, e['loc']))} : {e['msg']}" for e in error.errors())
        raise InvalidCatalogue(f"Le catalogue ne suit pas son schéma : {details}") from error
    names = [one.measure for one in found]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise InvalidCatalogue(f"Mesure écrite deux fois au catalogue : {', '.join(twice)}.")
    return found


def measure(name: str) -> Measure:
    """The measure of that name; InvalidCatalogue when there is none."""
    for one in catalogue():
        if one.measure == name:
            return one
    raise InvalidCatalogue(f"Le catalogue n'a pas de mesure {name} : {', '.join(m.measure for m in catalogue())}.")
