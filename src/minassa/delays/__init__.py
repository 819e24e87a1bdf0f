"""Legal delays, the working calendar of Morocco, and the minute ledger: who held a case, how long, on what ground.

Instants are whole seconds since 1970-01-01T00:00:00 UTC, always given by the caller; durations are whole seconds. This
module is the package's door: the rest is private to it.
"""

from minassa.delays.deadlines import Due, Pause, Remaining, deadline, remaining, suspensions
from minassa.delays.errors import (
    DelayError,
    DisorderedEvents,
    ImpossibleEvent,
    InvalidDelayData,
    MissingGround,
    OutsideCalendar,
    SilenceOnMoney,
    UnknownDelay,
    UnknownGround,
)
from minassa.delays.events import Event, EventKind, State, Task
from minassa.delays.figures import Delay, DelayUnit, delay, figures
from minassa.delays.grounds import Ground, ground, grounds
from minassa.delays.holders import (
    AGENCIES,
    COMMITTEE,
    FIRM,
    FORCE_MAJEURE,
    PLATFORM,
    agency_code,
    agency_holder,
    is_agency_code,
)
from minassa.delays.holidays import Holiday, holidays, ramadan_on
from minassa.delays.lanes import Lane, lanes
from minassa.delays.real_delays import Finished, RealDelays, percentile, real_delays
from minassa.delays.segments import Segment, awaited, segments, state_at
from minassa.delays.silence import SilenceEffect, SilenceSwitch, silence_effect_at
from minassa.delays.totals import Spent, Totals, totals
from minassa.delays.working import WorkingCalendar, calendar_status, working_calendar
from minassa.delays.zone import instant_at, instant_of, local_day, moment_of

__all__ = [
    "AGENCIES",
    "COMMITTEE",
    "FIRM",
    "FORCE_MAJEURE",
    "PLATFORM",
    "Delay",
    "DelayError",
    "DelayUnit",
    "DisorderedEvents",
    "Due",
    "Event",
    "EventKind",
    "Finished",
    "Ground",
    "Holiday",
    "ImpossibleEvent",
    "InvalidDelayData",
    "Lane",
    "MissingGround",
    "OutsideCalendar",
    "Pause",
    "RealDelays",
    "Remaining",
    "Segment",
    "SilenceEffect",
    "SilenceOnMoney",
    "SilenceSwitch",
    "Spent",
    "State",
    "Task",
    "Totals",
    "UnknownDelay",
    "UnknownGround",
    "WorkingCalendar",
    "agency_code",
    "agency_holder",
    "awaited",
    "calendar_status",
    "deadline",
    "delay",
    "figures",
    "ground",
    "grounds",
    "holidays",
    "instant_at",
    "instant_of",
    "is_agency_code",
    "lanes",
    "local_day",
    "moment_of",
    "percentile",
    "ramadan_on",
    "real_delays",
    "remaining",
    "segments",
    "silence_effect_at",
    "state_at",
    "suspensions",
    "totals",
    "working_calendar",
]
