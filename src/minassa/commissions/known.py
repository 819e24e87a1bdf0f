"""The commissions there are, as dated data: names, the markets each follows, the mandate proposed for it."""

from __future__ import annotations

from datetime import date
from functools import cache
from importlib import resources
from typing import Final

import yaml
from pydantic import BaseModel, ConfigDict, Field

from minassa.vocabulary.statuses import Status

FILE: Final = "commissions.yaml"


class _Closed(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Words(_Closed):
    """A text in the three languages."""

    fr: str = Field(min_length=1)
    ar: str = Field(min_length=1)
    en: str = Field(min_length=1)


class Commission(_Closed):
    """A commission. `continent`: the markets that it follows, empty for none; `mandate`: until another is written."""

    code: str = Field(pattern=r"^[a-z-]{3,20}$")
    names: Words
    continent: str
    mandate: Words
    since: date
    status: Status
    source: str = Field(min_length=1)
    reviewed_on: date


@cache
def commissions() -> dict[str, Commission]:
    """Every commission by its code, in the order of the file; ValidationError for what departs from the schema."""
    text = resources.files(__package__).joinpath(FILE).read_text(encoding="utf-8")
    read = [Commission.model_validate(row) for row in yaml.safe_load(text)]
    return {one.code: one for one in read}
