"""What a claim was computed from: its run, the offer of that run, the lake. A run may be gone; a page says so."""

from __future__ import annotations

from dataclasses import dataclass

from minassa.claims.models import Claim
from minassa.claims.public import all_runs
from minassa.declarations.lake import Lake
from minassa.engine import Offer
from minassa.entitlements.replays import offer_of
from minassa.entitlements.runs import Run
from minassa.intake.public import lake
from minassa.offer.loading import load_offer
from minassa.vocabulary.errors import MinassaError


@dataclass(frozen=True, slots=True)
class Basis:
    """The run of a claim, its offer, and the lake with the original files."""

    run: Run
    offer: Offer
    tables: Lake


def basis_of(claim: Claim) -> Basis | None:
    """What a claim was computed from; None when its run, its offer or the lake is no longer there."""
    return _basis(run_named(claim.run))


def latest_basis() -> Basis | None:
    """The latest run with its offer and the lake; None before the first one."""
    runs = all_runs()
    return _basis(runs[-1] if runs else None)


def run_named(name: str) -> Run | None:
    """A run of this platform by its name; None when it is no longer there."""
    return next((run for run in all_runs() if run.path.name == name), None)


def _basis(run: Run | None) -> Basis | None:
    if run is None:
        return None
    try:
        return Basis(run, offer_of(run, load_offer()), lake())
    except MinassaError:
        return None
