"""The account of a firm, claim by claim: what it has, what is due to it, when, and why not yet, in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType
from typing import Final

from django.db.models import F, Min, Sum
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from minassa.claims.claim_models import Claim, ClaimState, Contest
from minassa.claims.states import NOT_ASKED
from minassa.ledger.models import Entitlement, Recovery
from minassa.ledger.public import LeftOut, Why, why_not
from minassa.registry.models import Enterprise
from minassa.registry.public import Actor, require

REASONS: Final[Mapping[str, str | Promise]] = MappingProxyType(
    {
        "to-sign": _("À vérifier et signer par votre entreprise avant cette date."),
        "firm-contested": _("Votre contestation attend sa réponse."),
        "signed": _("Signée : elle attend le tirage des contrôles."),
        "in-control": _("En contrôle : elle sera décidée ensuite."),
        "to-decide": _("Elle attend la décision du comité."),
        "hearing": _("Une réduction ou un refus est proposé : répondez avant cette date."),
        "put-off": _("Le comité a remis sa décision."),
        "refused": _("Refusée : rien n'est dû."),
        "expired": _("Prescrite : elle n'a pas été signée à temps."),
        "to-order": _("Prête : elle sera du prochain lot de paiements."),
        "ordered": _("Un ordre de paiement est en cours."),
        "held": _("Une partie attend : une contestation ou une vérification n'a pas sa réponse."),
        "paid": _("Payée."),
        "to-give-back": _("Une somme est à rendre : elle sera retenue sur vos prochains paiements."),
        "nothing-due": _("Rien n'est dû."),
    }
)
_BEFORE: Final[Mapping[str, str]] = MappingProxyType(
    {
        ClaimState.OPEN: "to-sign",
        ClaimState.CONTESTED: "firm-contested",
        ClaimState.SIGNED: "signed",
        ClaimState.IN_CONTROL: "in-control",
        ClaimState.TO_DECIDE: "to-decide",
        ClaimState.HEARING: "hearing",
        ClaimState.SUSPENDED: "put-off",
        ClaimState.EXPIRED: "expired",
    }
)


@dataclass(frozen=True, slots=True)
class ClaimMoney:
    """Where the money of a claim stands. Centimes.

    `asked` by the claim, `accepted` by the decision (None before it), of which `withdrawn` since; `blocked` by contests
    and checks, `awaiting_credits`, `at_bank` (ordered, not settled), `paid` (transferred or retained), `left` to be
    paid. `to_give_back`: asked back and not come yet. `next_on`: the next day on which something is due, if one is
    known; `code` and `reason`: what it waits for.
    """

    claim: Claim
    asked: int
    accepted: int | None
    withdrawn: int
    blocked: int
    awaiting_credits: int
    at_bank: int
    paid: int
    left: int
    to_give_back: int
    next_on: date | None
    code: str
    reason: str


def money_of(actor: Actor, enterprise: Enterprise, at: datetime) -> list[ClaimMoney]:
    """Every claim of a firm that asks or asked for something, the last period first. Forbidden."""
    require(actor, "statement.view", enterprise)
    claims = list(
        Claim.objects.filter(enterprise=enterprise)
        .exclude(state=ClaimState.SUPERSEDED)
        .order_by("-last_month", "measure", "pk")
    )
    references = [claim.reference for claim in claims]
    rights = {one.reference: one for one in Entitlement.objects.filter(reference__in=references)}
    held = why_not(list(Entitlement.objects.filter(reference__in=references).select_related("enterprise")))
    owed = _owed(references)
    answers = _answers(claims)
    return [
        _told(one, rights.get(one.reference), owed.get(one.reference, 0), held.get(one.reference), answers, at)
        for one in claims
    ]


def _owed(references: Sequence[str]) -> dict[str, int]:
    rows = Recovery.objects.filter(reference__in=references).values("reference").order_by()
    return {one["reference"]: int(one["left"]) for one in rows.annotate(left=Sum(F("amount") - F("settled")))}


def _answers(claims: Sequence[Claim]) -> dict[int, datetime]:
    """The next moment by which a contest of a claim is answered."""
    waiting = Contest.objects.filter(claim__in=claims, answered_at__isnull=True).values("claim").order_by()
    return {one["claim"]: one["by"] for one in waiting.annotate(by=Min("answer_by"))}


def _told(
    claim: Claim,
    right: Entitlement | None,
    owed: int,
    held: LeftOut | None,
    answers: Mapping[int, datetime],
    at: datetime,
) -> ClaimMoney:
    code, reason = _reason(claim, right, owed, held)
    waits = right.awaiting if right is not None and right.awaits_credits else 0
    return ClaimMoney(
        claim=claim,
        asked=claim.total_cents,
        accepted=claim.accepted_cents,
        withdrawn=right.cancelled if right else 0,
        blocked=right.suspended if right else 0,
        awaiting_credits=waits,
        at_bank=right.ordered - right.settled if right else 0,
        paid=claim.paid_cents,
        left=right.due if right else 0,
        to_give_back=owed,
        next_on=_next_on(claim, code, answers, at),
        code=code,
        reason=reason,
    )


def _reason(claim: Claim, right: Entitlement | None, owed: int, held: LeftOut | None) -> tuple[str, str]:
    code = _BEFORE.get(claim.state, "")
    if not code and owed:
        code = "to-give-back"
    if not code and claim.state == ClaimState.REFUSED:
        code = "refused"
    if not code and held is not None and held.code != Why.SUSPENDED:
        return held.code, held.reason
    return _of_money(right) if not code else (code, str(REASONS[code]))


def _of_money(right: Entitlement | None) -> tuple[str, str]:
    if right is None:
        code = "nothing-due"
    elif right.ordered > right.settled:
        code = "ordered"
    elif right.payable > 0:
        code = "to-order"
    elif right.suspended:
        code = "held"
    else:
        code = "paid" if right.settled else "nothing-due"
    return code, str(REASONS[code])


def _next_on(claim: Claim, code: str, answers: Mapping[int, datetime], at: datetime) -> date | None:
    """The next day that the rules give; None when no text sets one."""
    moments = {"to-sign": claim.sign_by, "hearing": claim.hearing_until}
    found = moments.get(code) or (answers.get(claim.pk) if claim.state not in NOT_ASKED else None)
    return timezone.localdate(found) if found is not None and found >= at else None
