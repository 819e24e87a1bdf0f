"""Dated parameters of surveys that no text gives, and the disclosure control of their cells."""

from __future__ import annotations

from functools import cache
from typing import Final

from minassa.outlook.disclosure.parameters import Control, control
from minassa.vocabulary.parameters import Parameter, parameters_of

PACKAGE: Final = "minassa.surveys"


def survey_parameters() -> dict[str, Parameter]:
    """Every parameter by its name."""
    return parameters_of(PACKAGE)


def number(name: str) -> int:
    """The value of a parameter."""
    return survey_parameters()[name].value


@cache
def survey_control() -> Control:
    """The disclosure control of survey cells: that of open data, with the thresholds of surveys in their place."""
    own, known = survey_parameters(), control()
    firms = known.fewest_firms.model_copy(update={"value": own["fewest_firms"].value})
    share = known.dominant_share.model_copy(update={"value": own["dominant_share"].value})
    alone = known.dominant_firms.model_copy(update={"value": 1})
    return known.model_copy(update={"fewest_firms": firms, "dominant_share": share, "dominant_firms": alone})
