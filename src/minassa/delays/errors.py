"""What can be wrong with a calendar, a delay or the history of a case."""

from __future__ import annotations

from minassa.vocabulary.errors import MinassaError


class DelayError(MinassaError):
    """A question about delays that has no answer as asked."""

    code = "delay-invalid"


class InvalidDelayData(DelayError):
    """A file of figures, holidays or grounds departs from its schema."""

    code = "delay-data-invalid"


class OutsideCalendar(DelayError):
    """An instant lies outside the days for which holidays are known."""

    code = "delay-outside-calendar"


class UnknownDelay(DelayError):
    """No delay, or no rule of counting, has this code on this day."""

    code = "delay-unknown"


class MissingGround(DelayError):
    """A pause was asked without its legal ground."""

    code = "pause-without-ground"


class UnknownGround(DelayError):
    """A pause was asked on a ground that does not exist, or not on that day."""

    code = "pause-ground-unknown"


class DisorderedEvents(DelayError):
    """An event precedes the one before it, or a period ends before it begins."""

    code = "events-disordered"


class ImpossibleEvent(DelayError):
    """An event cannot happen in the state that the case is in."""

    code = "event-impossible"


class SilenceOnMoney(DelayError):
    """A procedure that pays would take silence for an answer."""

    code = "silence-on-money"
