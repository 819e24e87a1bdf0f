"""A draw of controls that anyone can do again: the list is committed first, the seed comes later from elsewhere.

`verify_draw.py`, a script of its own with the standard library alone, gives the same list; the two were written apart
on purpose, and a test compares them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Final

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from minassa.claims.acting import acting
from minassa.claims.claim_models import Claim, ClaimState
from minassa.claims.errors import DrawRefused
from minassa.claims.round_models import Draw
from minassa.claims.states import ClaimEvent
from minassa.claims.weights import stratum
from minassa.journal.public import append
from minassa.proof import canonical_bytes
from minassa.registry.public import Actor, require

WHOLE: Final = 10_000
STRATA: Final = ("high", "medium", "low")
SHORTEST_SEED: Final = 8
SELECTION: Final = b"minassa-draw-1\n"


def commit_draw(
    actor: Actor, name: str, rates: Mapping[str, int], seed_source: str, seed_not_before: datetime, at: datetime
) -> Draw:
    """Commit the list of signed claims to draw from, by stratum of risk, before any seed exists.

    `rates`: how many of each stratum are drawn, in basis points. `seed_source` names in words the public event that
    will give the seed, which must not happen before `seed_not_before`, itself later than now. DrawRefused.
    """
    require(actor, "claim.draw")
    if set(rates) != set(STRATA) or not all(0 <= rate <= WHOLE for rate in rates.values()):
        raise DrawRefused(_("Donnez un taux entre 0 et 10 000 points de base à chaque strate."))
    if seed_not_before <= at or not seed_source.strip() or not name.strip():
        raise DrawRefused(_("Nommez le tirage et un événement public à venir qui en donnera la graine."))
    with transaction.atomic():
        signed = Claim.objects.select_for_update().filter(state=ClaimState.SIGNED).order_by("uuid")
        listed = [{"claim": str(one.uuid), "stratum": stratum(one.score, at.date())} for one in signed]
        if not listed:
            raise DrawRefused(_("Aucune demande signée n'attend : il n'y a rien à tirer au sort."))
        draw = Draw(
            name=name.strip(),
            candidates=listed,
            rates=dict(rates),
            seed_source=seed_source.strip(),
            seed_not_before=seed_not_before.astimezone(UTC),
            committed_at=at,
        )
        draw.digest = commitment(draw)
        _saved(draw)
        told = {"draw": str(draw.uuid), "digest": draw.digest, "candidates": len(listed)}
        append(f"draw:{draw.pk}", "draw.committed", str(actor), told, at)
    return draw


def _saved(draw: Draw) -> None:
    try:
        with transaction.atomic():
            draw.save(force_insert=True)
    except IntegrityError as error:
        raise DrawRefused(_("Un tirage porte déjà ce nom.")) from error


def published(draw: Draw) -> dict[str, Any]:
    """What is published of a draw, without any firm's name: enough for anyone to do it again."""
    return {
        "name": draw.name,
        "candidates": draw.candidates,
        "rates": draw.rates,
        "seed_source": draw.seed_source,
        "seed_not_before": draw.seed_not_before.isoformat(),
        "digest": draw.digest,
        "seed": draw.seed,
        "selected": draw.selected,
    }


def commitment(draw: Draw) -> str:
    """SHA-256 in hexadecimal of what is committed: list, rates, and where the seed will come from."""
    content = {
        "name": draw.name,
        "candidates": draw.candidates,
        "rates": draw.rates,
        "seed_source": draw.seed_source,
        "seed_not_before": draw.seed_not_before.isoformat(),
    }
    return hashlib.sha256(canonical_bytes(content)).hexdigest()


def draw_controls(actor: Actor, draw: Draw, seed: str, at: datetime) -> Draw:
    """Draw from a committed list with the seed that came: the claims drawn go to control. DrawRefused."""
    require(actor, "claim.draw")
    seed = seed.strip()
    with transaction.atomic():
        held = Draw.objects.select_for_update().get(pk=draw.pk)
        if held.drawn_at is not None or commitment(held) != held.digest:
            raise DrawRefused(_("Ce tirage est déjà fait, ou sa liste a changé depuis qu'elle fut engagée."))
        if at < held.seed_not_before or len(seed) < SHORTEST_SEED:
            raise DrawRefused(_("La graine vient de l'événement annoncé, pas avant, et compte 8 signes au moins."))
        held.seed, held.drawn_at, held.selected = seed, at, selected(held, seed)
        held.save(update_fields=["seed", "drawn_at", "selected"])
        for claim in Claim.objects.filter(uuid__in=held.selected, state=ClaimState.SIGNED).order_by("pk"):
            with acting(actor, "", claim, at) as act:
                act.move(ClaimEvent.CONTROL)
                act.set(control=held)
                act.tell("claim.drawn", draw=str(held.uuid))
        told = {"draw": str(held.uuid), "seed": seed, "selected": len(held.selected)}
        append(f"draw:{held.pk}", "draw.drawn", str(actor), told, at)
    draw.refresh_from_db()
    return draw


def selected(draw: Draw, seed: str) -> list[str]:
    """The claims that a seed draws: in each stratum the first by hash, as many as its rate, rounded up."""
    chosen: list[str] = []
    for name in STRATA:
        listed = [str(one["claim"]) for one in draw.candidates if one["stratum"] == name]
        number = -(-len(listed) * draw.rates[name] // WHOLE)
        listed.sort(key=lambda claim: (_hash(draw.digest, seed, claim), claim))
        chosen += listed[:number]
    return sorted(chosen)


def _hash(digest: str, seed: str, claim: str) -> bytes:
    return hashlib.sha256(SELECTION + f"{digest}\n{seed}\n{claim}".encode()).digest()
