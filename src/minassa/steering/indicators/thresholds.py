"""Thresholds of alerts, read from data: when an alert is raised, when it is cleared, since when, how sure."""

from __future__ import annotations

from datetime import date
from functools import cache
from importlib import resources
from typing import Annotated, Final, Literal, Self

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, TypeAdapter, model_validator

from minassa.vocabulary.periods import parse_month
from minassa.vocabulary.statuses import Status

FILE: Final = "alerts.yaml"
Month = Annotated[int, BeforeValidator(lambda text: parse_month(str(text)))]


class Threshold(BaseModel):
    """A threshold on an indicator, in its unit, from a month (an index) to another one included (None: on).

    Raised strictly past `raised` on its `side`; cleared strictly past `cleared` on the other side, or at it when both
    are the same value: between the two, an alert stays as it was.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    code: str = Field(pattern=r"^[a-z-]{1,40}$")
    indicator: str
    side: Literal["below", "above"]
    raised: int
    cleared: int
    starts: Month
    ends: Month | None = None
    status: Status
    reviewed_on: date
    note: str = Field(min_length=1)

    @model_validator(mode="after")
    def _hysteresis(self) -> Self:
        safe = self.cleared >= self.raised if self.side == "below" else self.cleared <= self.raised
        if not safe:
            message = "Un seuil se lève avant de retomber : l'autre valeur est du côté sûr."
            raise ValueError(message)
        return self

    def holds(self, month: int) -> bool:
        """Whether the threshold is in force in a month."""
        return self.starts <= month and (self.ends is None or month <= self.ends)

    def next_state(self, value: int, *, raised: bool) -> bool:
        """Whether the alert is raised after this value, given whether it was before."""
        past = value < self.raised if self.side == "below" else value > self.raised
        if not raised:
            return past
        back = value > self.cleared if self.side == "below" else value < self.cleared
        return not (back or (self.raised == self.cleared and not past))


@cache
def thresholds() -> tuple[Threshold, ...]:
    """The thresholds of this version."""
    text = resources.files(__package__).joinpath(FILE).read_text(encoding="utf-8")
    return tuple(TypeAdapter(list[Threshold]).validate_python(yaml.safe_load(text)))
