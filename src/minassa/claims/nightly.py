"""What the worker does for claims: what falls due, and once a day claims opened from the latest run, then replayed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from django.conf import settings

from minassa.claims.claim_models import Claim
from minassa.claims.preparing import open_claims
from minassa.claims.replaying import ClaimReplay, replay_all, replay_decision
from minassa.claims.restituting import find_restitutions
from minassa.claims.round_models import Round
from minassa.claims.timing import fire_next
from minassa.delays import instant_of, local_day
from minassa.entitlements.runs import Run, runs_in
from minassa.intake.public import lake
from minassa.offer.loading import load_offer
from minassa.statements.holding import alone

RUNS: Final = "runs"
NIGHT: Final = range(1, 5)
"""Hours of the night, in UTC, at which everything is replayed."""


def timers(at: datetime) -> bool:
    """One piece of the loop of delays."""
    return fire_next(at)


def rounds(at: datetime) -> bool:
    """One piece of the work: claims opened each day, what the latest run no longer justifies, the nightly replay."""
    runs = all_runs()
    if not runs:
        return False
    day, latest = local_day(instant_of(at)).isoformat(), runs[-1]
    if _once("open", _opening(latest, day), at, lambda: open_claims(latest, lake(), at).as_json()):
        return True
    if _once("giveback", latest.path.name, at, lambda: {"found": len(find_restitutions(latest, lake(), at))}):
        return True
    return at.hour in NIGHT and Claim.objects.exists() and _once("replay", day, at, lambda: replay_now(at))


def opened_elsewhere(latest: Run, at: datetime) -> bool:
    """Say that somebody else opens the claims of a run on this day, so that the worker does not; whether it is said.

    False while a worker is at it.
    """
    key = _opening(latest, local_day(instant_of(at)).isoformat())
    return _once("open", key, at, dict) or Round.objects.filter(kind="open", key=key).exists()


def _opening(latest: Run, day: str) -> str:
    """The name of the opening of the claims of a run on a day."""
    return f"{latest.path.name}:{day}"


def replay_now(at: datetime) -> dict[str, Any]:
    """Replay every claim; the counts."""
    return replay_all({run.path.name: run for run in all_runs()}, load_offer(), lake(), at)


def replay_one(reference: str) -> list[ClaimReplay]:
    """Replay a claim, or what a committee decided under an item or in a session. UnknownDecision."""
    return replay_decision(reference, {run.path.name: run for run in all_runs()}, load_offer(), lake())


def all_runs() -> list[Run]:
    """The complete runs of this platform, oldest first."""
    return runs_in(Path(settings.MINASSA_HOME) / RUNS)


def _once(kind: str, key: str, at: datetime, work: Callable[[], dict[str, Any]]) -> bool:
    """Do a piece of work unless it was done, or another worker holds it; whether it was done now.

    The row that says so is written when the work is done: what was interrupted is taken up again.
    """
    if Round.objects.filter(kind=kind, key=key).exists():
        return False
    with alone(f"claims:{kind}:{key}") as free:
        if not free or Round.objects.filter(kind=kind, key=key).exists():
            return False
        Round.objects.create(kind=kind, key=key, at=at, report=work())
    return True
