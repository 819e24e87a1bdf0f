"""Real delays over many finished tasks: median, ninth decile, trend, oldest still open. Whole seconds throughout."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

PERCENT = 100
MEDIAN = 50
NINTH_DECILE = 90


@dataclass(frozen=True, slots=True)
class Finished:
    """A finished task or case: when it ended (epoch seconds) and the time it took, in seconds of whichever clock."""

    ended: int
    seconds: int


@dataclass(frozen=True, slots=True)
class RealDelays:
    """What was seen over a window.

    `count`: how many ended in it. `median`, `ninth_decile`: seconds, None when none ended. `trend`: the median less
    that of the window of the same length before, in seconds, above zero when delays grow; None when either is empty.
    `open_count` and `oldest_open`: how many are open, and since which instant the oldest is, None when none is.
    """

    count: int
    median: int | None
    ninth_decile: int | None
    trend: int | None
    open_count: int
    oldest_open: int | None


def percentile(durations: Iterable[int], percent: int) -> int | None:
    """Return the nearest-rank percentile: the least value that `percent` (1 to 100) of them do not exceed.

    None when there is no value; ValueError for another percentage. No value is made up between two.
    """
    if not 1 <= percent <= PERCENT:
        message = "Un centile va de 1 à 100."
        raise ValueError(message)
    inorder = sorted(durations)
    return inorder[-(-percent * len(inorder) // PERCENT) - 1] if inorder else None


def real_delays(finished: Sequence[Finished], opened: Sequence[int], until: int, window: int) -> RealDelays:
    """Describe the tasks that ended in the `window` seconds (at least 1) before `until` (epoch seconds, included).

    `opened` holds the instants since which the unfinished ones are open; those after `until` are left out.
    """
    if window < 1:
        message = "La fenêtre dure au moins une seconde."
        raise ValueError(message)
    now = [one.seconds for one in finished if until - window < one.ended <= until]
    before = [one.seconds for one in finished if until - 2 * window < one.ended <= until - window]
    median, earlier = percentile(now, MEDIAN), percentile(before, MEDIAN)
    waiting = [since for since in opened if since <= until]
    return RealDelays(
        count=len(now),
        median=median,
        ninth_decile=percentile(now, NINTH_DECILE),
        trend=None if median is None or earlier is None else median - earlier,
        open_count=len(waiting),
        oldest_open=min(waiting, default=None),
    )
