"""What the law says of the conditions of a claim: their words, their texts, how sure they are, whether they count."""

from __future__ import annotations

from dataclasses import dataclass

from minassa.claims.models import Claim
from minassa.claims.public import period_named
from minassa.engine import Resolved, Rule
from minassa.offer.catalogue import measure
from minassa.reforms.public import offer_with
from minassa.vocabulary.statuses import Status
from minassa.web.estimate.wording import CONDITIONS

_STAY = "stay"
"""The rhythm of what is dated by the month of hiring."""


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition of a claim, `code` short enough for a cell (`C1`).

    `status` and `texts` are those of the offer that the claim froze; without status when this program holds another
    offer. `required`: it decides of the amount (a switch of the offer may turn it off).
    """

    name: str
    code: str
    words: str
    status: Status | None
    texts: tuple[str, ...]
    required: bool


def conditions_of(claim: Claim) -> list[Condition]:
    """The conditions that the claim froze, in the order of its bits."""
    law = _law(claim)
    return [_condition(name, rank, law) for rank, name in enumerate(claim.conditions, start=1)]


def amount_texts(claim: Claim) -> tuple[str, ...]:
    """The citations on which the amount of a claim rests; none when this program holds another offer."""
    law = _law(claim)
    return law.rules[f"{claim.measure}_amount"].texts if law is not None else ()


def _law(claim: Claim) -> Resolved | None:
    """The law of the claim's grain at the date that counts; None when the offer is no longer the one it froze."""
    offer = offer_with(claim.offer_digest)
    if offer is None:
        return None
    period = period_named(claim.measure, claim.period)
    month = period.hired_month if period.entry.rhythm == _STAY else claim.last_month
    return offer.at(measure(claim.measure).grains[0], month)


def _condition(name: str, rank: int, law: Resolved | None) -> Condition:
    rule: Rule | None = law.rules.get(name) if law is not None else None
    words = str(CONDITIONS.get(name, name))
    if law is None or rule is None:
        return Condition(name, f"C{rank}", words, None, (), required=True)
    return Condition(name, f"C{rank}", words, rule.status, rule.texts, required=law.active(rule))
