"""Real delays as everyone may read them: no time where so few cases stand behind that it is that of a firm."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from minassa.onestop.public import BodyDelays, real_delays
from minassa.outlook.disclosure.parameters import control


def published_delays(since: datetime, until: datetime) -> list[BodyDelays]:
    """Real delays of what was finished between two instants; times, and months, of too few cases are left out."""
    return [discreet(one) for one in real_delays(since, until)]


def discreet(one: BodyDelays) -> BodyDelays:
    """The delays of one body without the times, and the months, of too few cases."""
    fewest = control().fewest_firms.value
    trend = tuple(month for month in one.trend if month.count >= fewest)
    if one.finished >= fewest:
        return replace(one, trend=trend)
    return replace(one, median=None, ninth_decile=None, trend=trend)
