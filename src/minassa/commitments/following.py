"""Every commitment in one list, shipped or adopted by a committee, and what is told of each as it goes."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final
from urllib.parse import urlsplit

from django.db import transaction
from django.utils.translation import gettext as _

from minassa.commitments.errors import CommitmentError
from minassa.commitments.models import Followup, Recommendation, RecommendationState
from minassa.commitments.shipped import shipped_commitments
from minassa.commitments.terms import Commitment, Source, Step, Unit, Words
from minassa.journal.public import append
from minassa.registry.public import Actor, require
from minassa.vocabulary.statuses import Status

RECOMMENDED: Final = "recommendations"
"""The programme of what committees adopted."""
LONGEST_STEP: Final = 300
LONGEST_EVIDENCE: Final = 200


def commitments() -> list[Commitment]:
    """What is shipped, then what committees adopted, the oldest first."""
    adopted = Recommendation.objects.filter(state=RecommendationState.ADOPTED).order_by("pk")
    return [*shipped_commitments(), *(commitment_of(row) for row in adopted)]


def commitment_named(code: str) -> Commitment | None:
    """A commitment by its code; None when nobody made it."""
    return next((one for one in commitments() if one.code == code), None)


def commitment_of(row: Recommendation) -> Commitment:
    """A recommendation as what is followed: its target is a step, its base what the indicator said when drafted."""
    source = Source(Status.PROPOSED, "", row.decision)
    return Commitment(
        code=row.code,
        programme=RECOMMENDED,
        owner=row.lead,
        unit=Unit(row.unit) if row.unit else Unit.COUNT,
        titles=Words(row.action, row.action, row.action),
        owner_source=source,
        steps=(Step(row.due_month, row.target_value, source),),
        indicator=row.indicator,
        filters=dict(row.filters),
        since_month=row.since_month,
        recommendation=str(row.uuid),
        decided_on=row.decided_at.date() if row.decided_at else None,
    )


def latest_followups() -> dict[str, Followup]:
    """The last thing told of each commitment, by its code."""
    return {row.code: row for row in Followup.objects.order_by("pk")}


def tell(
    actor: Actor,
    commitment: Commitment,
    at: datetime,
    *,
    next_step: str = "",
    next_on: date | None = None,
    evidence: str = "",
    evidence_url: str = "",
    synthetic: bool = False,
) -> Followup:
    """Say the next step of a commitment, or join evidence. CommitmentError for nothing said, or a wrong address."""
    require(actor, "commitment.tell", commitment)
    step, title, address = (" ".join(one.replace("\x00", "").split()) for one in (next_step, evidence, evidence_url))
    if not step and not title:
        raise CommitmentError(_("Dites la prochaine étape, ou nommez une preuve."))
    if len(step) > LONGEST_STEP or len(title) > LONGEST_EVIDENCE:
        raise CommitmentError(_("Ce texte est trop long : %(most)d caractères au plus.") % {"most": LONGEST_EVIDENCE})
    if address and (urlsplit(address).scheme != "https" or len(address) > 400):  # noqa: PLR2004 (of the column)
        raise CommitmentError(_("L'adresse d'une preuve commence par https://."))
    with transaction.atomic():
        made = Followup.objects.create(
            code=commitment.code,
            next_step=step,
            next_on=next_on,
            evidence=title,
            evidence_url=address,
            synthetic=synthetic,
            by=str(actor),
            at=at,
        )
        append(f"commitment:{commitment.code}", "commitment.told", str(actor), {"followup": made.pk}, at)
    return made
