from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given

from minassa.delays import (
    Event,
    EventKind,
    SilenceEffect,
    SilenceOnMoney,
    SilenceSwitch,
    deadline,
    delay,
    instant_at,
    segments,
    silence_effect_at,
    suspensions,
)
from tests.delays.histories import histories

START = instant_at(date(2026, 6, 1), 600)
DELAY = delay("investment_act", date(2026, 6, 1))
ACCEPTS = SilenceSwitch(SilenceEffect.ACCEPTANCE)
OPENED = Event(START, EventKind.OPENED, holder="platform")
DUE = deadline(START, DELAY).at
DAY = 86_400


def test_silence_takes_effect_when_the_delay_is_past() -> None:
    assert silence_effect_at([OPENED], DELAY, ACCEPTS, START) == DUE
    assert silence_effect_at([OPENED], DELAY, ACCEPTS, DUE + 5 * DAY) == DUE


@pytest.mark.parametrize("pays", [True, False])
def test_silence_without_effect_never_has_one(*, pays: bool) -> None:
    switch = SilenceSwitch(pays=pays)
    assert silence_effect_at([OPENED], DELAY, switch, DUE + DAY) is None


@pytest.mark.parametrize("effect", [SilenceEffect.ACCEPTANCE, SilenceEffect.REFUSAL])
def test_no_procedure_that_pays_has_an_effect_of_silence(effect: SilenceEffect) -> None:
    with pytest.raises(SilenceOnMoney, match="paie"):
        SilenceSwitch(effect, pays=True)


def test_a_decision_in_time_breaks_the_silence_and_a_late_one_does_not() -> None:
    def closed(at: int) -> int | None:
        return silence_effect_at([OPENED, Event(at, EventKind.CLOSED)], DELAY, ACCEPTS, DUE + DAY)

    assert closed(DUE - 1) is None
    assert closed(DUE) == DUE
    assert closed(DUE + 1) == DUE


def test_a_suspending_pause_moves_the_end_away_while_it_lasts() -> None:
    events = [OPENED, Event(START + DAY, EventKind.PAUSED, ground="missing_documents")]
    assert silence_effect_at(events, DELAY, ACCEPTS, START + DAY) is None
    assert silence_effect_at(events, DELAY, ACCEPTS, DUE + 30 * DAY) is None
    events.append(Event(START + 8 * DAY, EventKind.RESUMED))
    assert silence_effect_at(events, DELAY, ACCEPTS, START + 9 * DAY) == instant_at(date(2026, 7, 9))


def test_an_outage_of_the_platform_does_not() -> None:
    events = [OPENED, Event(START + DAY, EventKind.PAUSED, ground="platform_outage")]
    assert silence_effect_at(events, DELAY, ACCEPTS, START + 2 * DAY) == DUE


def test_a_pause_after_the_effect_changes_nothing() -> None:
    events = [OPENED, Event(DUE + 1, EventKind.PAUSED, ground="missing_documents")]
    assert silence_effect_at(events, DELAY, ACCEPTS, DUE + DAY) == DUE


@given(histories())
def test_the_effect_is_the_deadline_or_nothing(history: tuple[list[Event], int]) -> None:
    events, until = history
    effect = silence_effect_at(events, DELAY, ACCEPTS, until)
    due = deadline(events[0].at, DELAY, suspensions(segments(events, until))).at
    closed = any(event.kind is EventKind.CLOSED and event.at < due for event in events if event.at <= until)
    assert effect in {None, due}
    assert not (closed and effect)
    if effect is None and not closed:
        assert due > until


def test_a_pause_asked_at_the_very_end_comes_too_late() -> None:
    events = [OPENED, Event(DUE, EventKind.PAUSED, ground="missing_documents")]
    assert silence_effect_at(events, DELAY, ACCEPTS, DUE) == DUE
