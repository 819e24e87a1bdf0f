"""A reform put to a committee: proposed from a day on, withdrawn, rejected, or adopted as a version of the offer."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Max, QuerySet
from django.utils.translation import gettext as _

from minassa.delays import instant_of, local_day
from minassa.journal.public import append
from minassa.outlook.levers import patch_of, settled
from minassa.reforms.errors import ReformError
from minassa.reforms.keeping import LONGEST_TEXT, content_of, latest, stream_of
from minassa.reforms.reform_models import Reform
from minassa.reforms.version_models import Proposal, ProposalState, Version
from minassa.reforms.versions import enacted, offer_in_force
from minassa.registry.public import Actor, require

ALONE = "minassa:versions of the offer"


def propose(actor: Actor, reform: Reform, effective_on: date, ground: str, at: datetime) -> Proposal:
    """Put the last revision of a reform to a committee. ReformError, InvalidLever, InvalidReform.

    The first day of a month, this one at the earliest: what is over is not decided again.
    """
    require(actor, "reform.propose", reform)
    said, today = ground.strip(), local_day(instant_of(at))
    if not said or len(said) > LONGEST_TEXT:
        raise ReformError(_("Une proposition se motive, en %(most)d caractères au plus.") % {"most": LONGEST_TEXT})
    if effective_on.day != 1 or effective_on < today.replace(day=1):
        raise ReformError(_("Une version de l'offre vaut à partir du premier jour d'un mois, pas avant celui-ci."))
    with transaction.atomic():
        Reform.objects.select_for_update().get(pk=reform.pk)
        revision = latest(reform)
        if Proposal.objects.filter(revision=revision, state=ProposalState.PROPOSED).exists():
            raise ReformError(_("Cette version est déjà proposée au comité."))
        made = Proposal(revision=revision, effective_on=effective_on, ground=said, proposed_by=str(actor))
        made.proposed_at = at
        patched(made, "")
        made.save(force_insert=True)
        body = {"revision": revision.number, "effective_on": effective_on.isoformat(), "digest": revision.digest}
        append(stream_of(reform.pk), "reform.proposed", str(actor), body, at)
    return made


def withdraw(actor: Actor, proposal: Proposal, at: datetime) -> Proposal:
    """Take back a proposal that nobody decided."""
    with _on(actor, "reform.propose", proposal) as held:
        _end(actor, held, ProposalState.WITHDRAWN, "", at)
    proposal.refresh_from_db()
    return proposal


def reject(actor: Actor, proposal: Proposal, ground: str, at: datetime) -> Proposal:
    """Reject a proposal, for a reason."""
    with _on(actor, "reform.adopt", proposal) as held:
        _end(actor, held, ProposalState.REJECTED, ground, at)
    proposal.refresh_from_db()
    return proposal


def adopt(actor: Actor, proposal: Proposal, ground: str, at: datetime) -> Version:
    """Make a version of the offer of it: later computations use it, earlier ones keep theirs. InvalidReform.

    One at a time: each version is laid over the one before.
    """
    with _on(actor, "reform.adopt", proposal) as held:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [ALONE])
        patch, digest = patched(held, actor.sitting)
        last = Version.objects.aggregate(last=Max("number"))["last"] or 0
        made = Version.objects.create(
            number=last + 1,
            proposal=held,
            name=held.revision.name,
            effective_on=held.effective_on,
            sitting=actor.sitting,
            patch=patch,
            digest=digest,
            enacted_at=at,
        )
        _end(actor, held, ProposalState.ADOPTED, ground, at, version=made.number, offer_digest=digest)
    proposal.refresh_from_db()
    return made


def patched(proposal: Proposal, sitting: str) -> tuple[dict[str, Any], str]:
    """What a proposal changes of the offer in force, and the digest of the offer once changed. InvalidReform."""
    base, revision = offer_in_force(), proposal.revision
    patch = patch_of(base, settled(base, revision.changes))
    return patch, enacted(base, revision.name, proposal.effective_on, patch, sitting).digest


def proposals_to_decide() -> QuerySet[Proposal]:
    """Proposals that await a committee, the oldest first."""
    waiting = Proposal.objects.filter(state=ProposalState.PROPOSED)
    return waiting.select_related("revision__reform").order_by("pk")


def proposal_of(number: str) -> Proposal:
    """The proposal with this universal number; ValueError, DoesNotExist."""
    return Proposal.objects.select_related("revision__reform").get(uuid=UUID(number))


def frozen_content(proposal: Proposal) -> dict[str, Any]:
    """A proposal as it is put to those who decide, as plain data."""
    revision = proposal.revision
    return {
        "reform": revision.reform.reference,
        "revision": revision.number,
        **content_of(revision),
        "effective_on": proposal.effective_on.isoformat(),
        "ground": proposal.ground,
        "proposed_by": proposal.proposed_by,
        "state": str(proposal.state),
        "offer": offer_in_force().digest,
    }


@contextmanager
def _on(actor: Actor, name: str, proposal: Proposal) -> Iterator[Proposal]:
    """A proposal that still waits, locked, for an act that the policy allows."""
    with transaction.atomic():
        held = Proposal.objects.select_for_update().select_related("revision__reform").get(pk=proposal.pk)
        require(actor, name, held.revision.reform)
        if held.state != ProposalState.PROPOSED:
            raise ReformError(_("Cette proposition est déjà décidée ou retirée."))
        yield held


def _end(actor: Actor, held: Proposal, state: ProposalState, ground: str, at: datetime, **body: Any) -> None:  # noqa: ANN401
    held.state, held.decided_by, held.decided_at, held.decision = state, str(actor), at, ground[:300]
    held.save(update_fields=["state", "decided_by", "decided_at", "decision"])
    told = {"revision": held.revision.number, **body}
    append(stream_of(held.revision.reform_id), f"reform.{state}", str(actor), told, at)
