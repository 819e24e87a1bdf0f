"""What firms and the secretariat do with the claims of one opening: checked, contested, signed, drawn, controlled."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from minassa.claims.models import Claim, ClaimState, Draw, Line
from minassa.claims.public import (
    answer,
    check,
    commit_draw,
    conclude,
    contest,
    draw_controls,
    pass_on,
    propose,
    reply,
    sign,
)
from minassa.registry.models import Mandate
from minassa.simulators.story.cast import Cast
from minassa.simulators.story.rounds import Opening

FORGETS, CONTESTS = 0.07, 0.12
"""How often, invented: a firm lets its claim lie, contests a line of it."""
SIGNED_BY, DRAWN, SEEDED, PASSED, CONTROLLED, HEARD = 16, 18, 19, 20, 22, 24
"""Days after the opening by which each thing is done."""
LEFT_OPEN: Final = 60
"""Days during which claims are left to whoever has an account for their firm."""
RATES: Final = {"high": 6_000, "medium": 2_500, "low": 800}
DOUBTFUL: Final = 25
"""Score from which the controllers of the story find something."""
REASON: Final = "Exemple synthétique : le salaire de cette personne a été corrigé depuis."
ANSWER: Final = "Exemple synthétique : la déclaration de la CNSS fait foi, déposez une rectification si besoin."
NOTHING: Final = "Exemple synthétique : les pièces concordent avec les déclarations."
FOUND: Final = "Exemple synthétique : les états de la CNSS et de la DGI ne concordent pas sur quelques lignes."
GROUND: Final = "Exemple synthétique : écarter les lignes sur lesquelles les deux déclarations ne concordent pas."
REPLY: Final = "Exemple synthétique : nous en prenons acte et déposerons une rectification."


def signed(cast: Cast, opening: Opening, claims: Iterable[Claim], now: datetime) -> None:
    """Each firm checks and signs its claim; some contest a line first, some forget.

    Of a recent opening, the firms for which accounts have a mandate leave theirs to the people who hold these.
    """
    recent = opening.day(LEFT_OPEN) > now
    kept = set(Mandate.objects.values_list("enterprise_id", flat=True)) if recent else set()
    for claim in claims:
        if claim.enterprise_id in kept:
            continue
        chance = opening.chance(f"{claim.affiliation}-{claim.measure}-{claim.period}")
        looked = opening.day(chance.randrange(3, SIGNED_BY - 2), chance.randrange(7))
        if chance.random() < FORGETS or opening.day(SIGNED_BY) > now:
            continue
        if chance.random() < CONTESTS:
            _contested(cast, claim, looked)
            looked = opening.day(SIGNED_BY - 1)
        check(cast.preparer(claim.enterprise), claim, looked)
        sign(cast.signer(claim.enterprise), claim, max(looked, opening.day(SIGNED_BY - 1, 4)))


def _contested(cast: Cast, claim: Claim, at: datetime) -> None:
    line = Line.objects.filter(claim=claim).exclude(amount_cents=0).order_by("pk").first()
    if line is not None:
        made = contest(cast.preparer(claim.enterprise), claim, line.pk, REASON, at)
        answer(cast["secretariat"], made, ANSWER, at, upheld=False)
        claim.refresh_from_db()


def drawn(cast: Cast, opening: Opening, now: datetime) -> Draw | None:
    """The campaign of controls on what was signed: the list first, the seed of a public event the day after."""
    if opening.day(DRAWN) > now or not Claim.objects.filter(state=ClaimState.SIGNED).exists():
        return None
    seeded = opening.day(SEEDED)
    source = f"Indice d'exemple (synthétique), clôture du {seeded:%d/%m/%Y}"
    name = f"Campagne d'exemple du {opening.day(DRAWN):%d/%m/%Y}"
    draw = commit_draw(cast["secretariat"], name, RATES, source, seeded, opening.day(DRAWN, 1))
    if seeded > now:
        return None
    return draw_controls(cast["secretariat"], draw, f"{opening.chance('seed').randrange(10**12):012}", seeded)


def controlled(cast: Cast, opening: Opening, now: datetime) -> None:
    """What was not drawn goes to those who decide; the rest is looked at by the two bodies that hold declarations."""
    if opening.day(PASSED) > now:
        return
    for claim in Claim.objects.filter(state=ClaimState.SIGNED).order_by("pk"):
        pass_on(cast["secretariat"], claim, opening.day(PASSED))
    if opening.day(HEARD) > now:
        return
    for rank, claim in enumerate(Claim.objects.filter(state=ClaimState.IN_CONTROL).order_by("pk")):
        doubtful = claim.score >= DOUBTFUL
        conclude(cast[("cnss", "dgi")[rank % 2]], claim, FOUND if doubtful else NOTHING, opening.day(CONTROLLED))
        if doubtful and Line.objects.filter(claim=claim, flags__gt=0, amount_cents__gt=0).exists():
            propose(cast["secretariat"], claim, GROUND, opening.day(CONTROLLED, 2))
            reply(cast.signer(claim.enterprise), claim, REPLY, opening.day(HEARD))
