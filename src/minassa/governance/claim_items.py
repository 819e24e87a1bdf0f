"""Claims as items of a committee: how one is frozen, what is examined, how the decision takes effect."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import islice
from typing import Any, Final
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from minassa.claims import public as claims
from minassa.claims.models import Claim, ClaimState, Contest, Round
from minassa.governance.agendas import on_agendas
from minassa.governance.errors import GovernanceError, UnknownSubject
from minassa.governance.kinds import Effect, Frozen, Kind, Kinds, Proposal, Proposed
from minassa.governance.rules import Rules
from minassa.registry.public import Actor
from minassa.vocabulary.statuses import Status, rank

GROUNDED: Final = frozenset({"cut", "refuse", "suspend", "resume"})
DECISIONS: Final = {
    "accept": gettext_lazy("Accepter"),
    "cut": gettext_lazy("Accepter en partie"),
    "refuse": gettext_lazy("Refuser"),
    "suspend": gettext_lazy("Suspendre"),
    "resume": gettext_lazy("Reprendre"),
}
SHOWN: Final = 50
"""Lines of a claim shown to those who decide: the others are in its own page."""
AWAITED: Final = dict.fromkeys(DECISIONS, ClaimState.TO_DECIDE) | {"resume": ClaimState.SUSPENDED}
"""The state in which each decision can be taken."""


def claim_of(subject: str) -> Claim:
    """The claim that an item names; UnknownSubject."""
    try:
        return Claim.objects.select_related("enterprise").get(uuid=UUID(subject))
    except (ValueError, Claim.DoesNotExist) as error:
        raise UnknownSubject(_("Cette demande n'existe pas.")) from error


def check(proposed: Proposed) -> Proposal:
    """The proposal with its ground and, for a cut, its lines; GovernanceError when one is missing."""
    claim = claim_of(proposed.subject)
    if claim.state != AWAITED[proposed.decision]:
        raise UnknownSubject(_("Cette demande n'attend pas cette décision."), claim=claim.reference)
    ground = str(proposed.proposal.get("ground", "")).strip()
    lines = sorted({int(line) for line in proposed.proposal.get("lines", ())})
    if proposed.decision in GROUNDED and not ground:
        raise GovernanceError(_("Cette décision se motive : indiquez le motif."))
    if (proposed.decision == "cut") is not bool(lines):
        raise GovernanceError(_("Une réduction dit quelles lignes elle écarte ; une autre décision n'en écarte pas."))
    if proposed.decision in {"cut", "refuse"} and not claim.heard:
        raise GovernanceError(_("L'entreprise doit d'abord être entendue, ou avoir laissé passer son délai."))
    return {"ground": ground, "lines": lines}


def freeze(proposed: Proposed) -> Frozen:
    """A claim as it stands: its frozen content, its version, its contests."""
    claim = claim_of(proposed.subject)
    contests = Contest.objects.filter(claim=claim)
    waiting = contests.filter(answered_at__isnull=True).count()

    def quiet(rules: Rules) -> bool:
        known = rank(rules.consent_weakest_status) >= claim.status
        plain = claim.score <= rules.consent_highest_score and not claim.reasons
        return proposed.decision == "accept" and plain and known and not waiting

    return Frozen(
        title=f"{claim.reference} · {claim.enterprise.name}",
        content={
            "reference": claim.reference,
            "digest": claim.content_digest,
            "version": claim.version,
            "state": str(claim.state),
            "total_cents": claim.total_cents,
            "contests": [contests.count(), waiting],
        },
        enterprises=(claim.enterprise_id,),
        hands=frozenset({claim.controlled_by, claim.proposed_by}) - {""},
        quiet=quiet,
    )


def take_effect(actor: Actor, proposed: Proposed, effect: Effect) -> Mapping[str, Any]:
    """Decide the claim through its own door, which keeps its guards; what became of it."""
    claim = claim_of(proposed.subject)
    ground, lines = proposed.proposal["ground"], proposed.proposal["lines"]
    if proposed.decision == "accept":
        claims.accept(actor, claim, effect.at)
    elif proposed.decision == "cut":
        claims.cut(actor, claim, lines, ground, effect.at)
    else:
        door = {"refuse": claims.refuse, "suspend": claims.suspend, "resume": claims.resume}[proposed.decision]
        door(actor, claim, ground, effect.at)
    return {"claim": claim.reference, "state": str(claim.state), "accepted_cents": claim.accepted_cents or 0}


def hold(proposed: Sequence[Proposed]) -> None:
    """Hold the credits of the claims that a list decides together."""
    claims.hold_credits(claim_of(one.subject) for one in proposed)


def examine(actor: Actor, proposed: Proposed) -> Mapping[str, Any]:
    """The file of a claim on one screen.

    `reasons` with their weights and points, `status` the weakest behind the amounts, `flagged` the lines that have a
    reason (each with its conditions), `contests`, `rulings`, `incidents` of replays, the last `replayed` night, and
    whether its content is `intact`.
    """
    claim = claim_of(proposed.subject)
    flagged = (one for one in claims.explained(actor, claim) if one.reasons)
    return {
        "claim": claim,
        "reasons": claim.reasons,
        "stratum": claims.stratum_of(claim, claim.touched_at),
        "status": list(Status)[claim.status],
        "calendar": claims.calendar_of(claim),
        "flagged": list(islice(flagged, SHOWN)),
        "contests": list(claim.contests.select_related("line").order_by("pk")),
        "rulings": list(claim.rulings.order_by("pk")),
        "incidents": list(claim.incidents.order_by("pk")),
        "replayed": Round.objects.filter(kind="replay", at__gte=claim.opened_at).order_by("-pk").first(),
        "intact": claims.is_intact(claim),
    }


def waiting_claims() -> QuerySet[Claim]:
    """The claims that await a committee and are on no agenda: the riskiest first."""
    listed = on_agendas("claim")
    waiting = Claim.objects.filter(state__in=sorted(set(AWAITED.values())))
    return waiting.exclude(uuid__in=listed).select_related("enterprise").order_by("-score", "pk")


Kinds.add(Kind("claim", gettext_lazy("Demande"), DECISIONS, check, freeze, take_effect, examine, hold=hold))
