"""What silence is worth: a switch per procedure, never on for one that pays."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from minassa.delays.deadlines import deadline, suspensions
from minassa.delays.errors import SilenceOnMoney
from minassa.delays.events import Event, EventKind, ordered
from minassa.delays.figures import Delay
from minassa.delays.segments import segments
from minassa.delays.working import WorkingCalendar


class SilenceEffect(StrEnum):
    """What an administration that lets its legal delay pass has decided."""

    NONE = "none"
    ACCEPTANCE = "acceptance"
    REFUSAL = "refusal"


@dataclass(frozen=True, slots=True)
class SilenceSwitch:
    """The effect of silence in a procedure; SilenceOnMoney when a procedure that pays is given one.

    Law 55-19 attaches consent to silence for listed acts; that a payment is such an act is nowhere stated.
    """

    effect: SilenceEffect = SilenceEffect.NONE
    pays: bool = False

    def __post_init__(self) -> None:
        """Refuse that silence grants or denies money."""
        if self.pays and self.effect is not SilenceEffect.NONE:
            raise SilenceOnMoney("Une procédure qui paie n'attache aucun effet au silence.", effect=self.effect)


def silence_effect_at(
    events: Iterable[Event],
    delay: Delay,
    switch: SilenceSwitch,
    until: int,
    calendar: WorkingCalendar | None = None,
) -> int | None:
    """Return the instant (epoch seconds) at which silence takes or took effect, as known at `until`.

    The delay runs from the opening of the case, put off by the pauses of the whole case that suspend it. None when
    the procedure gives silence no effect, when the case was closed in time, or while a suspending pause lasts, since
    the deadline then moves away. An instant still to come says when silence will take effect if nothing happens.
    """
    told = ordered(events)
    if switch.effect is SilenceEffect.NONE:
        return None
    due = deadline(told[0].at, delay, suspensions(segments(told, until)), calendar)
    closed = next((event.at for event in told if event.kind is EventKind.CLOSED and event.at <= until), None)
    if closed is not None and closed < due.at:
        return None
    return None if due.at > until and _is_suspended(told, until) else due.at


def _is_suspended(told: tuple[Event, ...], until: int) -> bool:
    """Whether the next second after `until` is suspended, as far as the events up to then tell."""
    known = [event for event in told if event.at <= until]
    return bool(suspensions(segments(known, until + 1)[-1:]))
