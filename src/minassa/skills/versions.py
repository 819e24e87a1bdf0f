"""The reference in force: that of its last dated version, or as it is shipped while no version was published."""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from minassa.journal.public import append
from minassa.registry.public import Actor, require
from minassa.skills.errors import NothingToPublish
from minassa.skills.models import Proposal, ProposalState, Version
from minassa.talent.reference.changes import changed, content_of, read_content, says
from minassa.talent.reference.reading import Reference, reference

STREAM = "reference"
"""The stream of versions in the journal."""


def reference_in_force(number: int | None = None) -> Reference:
    """The reference of a version, of the last one without number. Version.DoesNotExist for another number."""
    if number is None:
        number = Version.objects.order_by("-number").values_list("number", flat=True).first()
    return reference() if number is None else _kept(number, Version.objects.values_list("digest").get(number=number)[0])


def versions() -> QuerySet[Version]:
    """Every version, the last first, without what each holds."""
    return Version.objects.defer("content").order_by("-number")


def unpublished() -> list[Proposal]:
    """Proposals that the commission accepted and that no version holds yet, in the order of their acceptance."""
    held = {one for listed in Version.objects.values_list("proposals", flat=True) for one in listed}
    return [one for one in _accepted() if str(one.uuid) not in held]


def _accepted() -> QuerySet[Proposal]:
    return Proposal.objects.filter(state=ProposalState.ACCEPTED).order_by("decided_at", "pk")


def coming() -> Reference:
    """What the next version would say: entries shipped since the last one are in it, what was decided is kept.

    InvalidChange when a proposal accepted once no longer fits what is shipped.
    """
    made = reference()
    for one in _accepted():
        if not says(made, one.code, one.values):
            made = changed(made, one.code, one.values)
    return made


def publish(actor: Actor, effective_on: date, at: datetime) -> Version:
    """Publish the next version: what Minassa ships by then, with every accepted proposal laid over it.

    NothingToPublish when the last version says the same; InvalidChange when a proposal no longer fits.
    """
    require(actor, "reference.publish")
    with transaction.atomic():
        last = Version.objects.select_for_update().defer("content").order_by("-number").first()
        new, made = unpublished(), coming()
        if last is not None and made.digest == last.digest:
            raise NothingToPublish(_("La dernière version dit déjà la même chose."))
        if last is not None and effective_on < last.effective_on:
            raise NothingToPublish(_("Une version ne prend pas effet avant celle qui la précède."))
        version = Version.objects.create(
            number=last.number + 1 if last else 1,
            effective_on=effective_on,
            content=content_of(made),
            digest=made.digest,
            proposals=[str(one.uuid) for one in new],
            published_by=str(actor),
            published_at=at,
        )
        body = {"version": version.number, "digest": version.digest, "proposals": version.proposals}
        append(STREAM, "reference.published", str(actor), body, at)
    return version


@lru_cache(maxsize=4)
def _kept(number: int, _digest: str) -> Reference:
    """Read once: rows of versions never change (a digest tells apart those of two databases)."""
    return read_content(Version.objects.get(number=number).content)
