"""Ventures in tests: one told and checked, in public; one of a firm that awaits another hand. All invented."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from minassa.delays import instant_of, local_day
from minassa.registry.models import Enterprise
from minassa.registry.public import Actor
from minassa.ventures.models import Venture
from minassa.ventures.public import Raised, Saying, check, consent, raise_funds, register


@dataclass(frozen=True)
class Told:
    """A venture in public, and one of a firm that nobody checked."""

    public: Venture
    own: Venture


def saying(at: datetime, **changed: object) -> Saying:
    """A claim, some of it said otherwise."""
    told = {"stage": "exporting", "product": "Lecture de factures (exemple)", "markets": ("FR", "SN"), "jobs": 14}
    return Saying(**{**told, "jobs_on": local_day(instant_of(at)), "source": "Exemple inventé", **changed})  # type: ignore[arg-type]


def make_ventures(teller: Actor, checker: Actor, firm: Enterprise, signer: Actor, now: datetime) -> Told:
    """What the federation and a firm told."""
    public = register(teller, "EXEMPLE Zellij", "startup", saying(now), now, synthetic=True)
    check(checker, public, "", now, holds=True)
    consent(teller, public, now, given=True)
    raise_funds(teller, public, Raised(50_000_000, "EUR", local_day(instant_of(now)), "Exemple inventé"), now)
    own = register(signer, "EXEMPLE Rihla", "sme", saying(now), now, enterprise=firm, synthetic=True)
    return Told(public, own)
