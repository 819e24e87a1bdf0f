"""What is read of conventions: their terms as of any day, what changed between two days, the list someone may see."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from minassa.conventions.convention_models import Commitment, Convention, ConventionState, Milestone, Revision
from minassa.conventions.errors import ImpossibleAct, Tampered
from minassa.conventions.policies import visible_conventions
from minassa.conventions.terms import CommitmentTerms, MilestoneTerms, Signatory, Terms, digest_of, terms_of
from minassa.registry.public import Actor, require


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A convention as it stood on a day: its revision, its terms, its state."""

    revision: int
    terms: Terms
    state: ConventionState


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that differs between two days: a field of the frame or of a commitment (0: the frame)."""

    commitment: int
    field: str
    before: Any
    after: Any


def conventions_for(actor: Actor) -> QuerySet[Convention]:
    """The conventions that an actor may know of, the last drafted first."""
    require(actor, "convention.list")
    found = Convention.objects.filter(visible_conventions(actor))
    return found.select_related("enterprise").order_by("-drafted_at", "-pk")


def as_of(convention: Convention, day: date) -> Snapshot:
    """The convention as it stood on a day; ImpossibleAct before its first day."""
    revisions = convention.revisions.filter(effective_on__lte=day).order_by("-number")
    found = revisions.first()
    if found is None:
        raise ImpossibleAct(_("Ce jour-là, la convention n'était pas encore en vigueur."))
    state = ConventionState(found.state)
    over = day > found.ends_on and state is not ConventionState.TERMINATED
    return Snapshot(found.number, written_terms(convention, found), ConventionState.ENDED if over else state)


def terms_on(convention: Convention, day: date) -> Terms:
    """The terms as of a day; ImpossibleAct before the first."""
    return as_of(convention, day).terms


def current(convention: Convention) -> Snapshot:
    """What was last written, though it may hold only from a later day on; ImpossibleAct before signature."""
    found = convention.revisions.order_by("-number").first()
    if found is None:
        raise ImpossibleAct(_("La convention n'est pas encore signée."))
    return Snapshot(found.number, written_terms(convention, found), ConventionState(found.state))


def shown_terms(convention: Convention, day: date) -> Terms:
    """The terms to show: as of the day, those signed when it comes before the first, those drafted before signature."""
    revisions = convention.revisions.order_by("number")
    held = revisions.filter(effective_on__lte=day).last() or revisions.first()
    return written_terms(convention, held) if held is not None else terms_of(convention.draft)


def commitment_counts(conventions: Collection[Convention], day: date) -> dict[int, int]:
    """How many commitments are in the terms to show of each convention (`shown_terms`), by its key; two queries."""
    held: dict[int, int] = {}
    revisions = Revision.objects.filter(convention__in=[row.pk for row in conventions]).order_by(
        "convention_id", "number"
    )
    for convention, number, effective_on in revisions.values_list("convention_id", "number", "effective_on"):
        if convention not in held or effective_on <= day:
            held[convention] = number
    written = Commitment.objects.filter(convention__in=held).values_list("convention_id", "number", "revision")
    found = {(convention, number) for convention, number, revision in written if revision <= held[convention]}
    counts = Counter(convention for convention, _number in found)
    return {row.pk: counts[row.pk] if row.pk in held else len(row.draft["commitments"]) for row in conventions}


def commitments_at(convention: Convention, revision: int) -> list[Commitment]:
    """The rows of commitments in effect at a revision, by number."""
    rows = Commitment.objects.filter(convention=convention, revision__lte=revision).order_by("number", "-revision")
    return list(rows.distinct("number"))


def written_terms(convention: Convention, revision: Revision) -> Terms:
    """The terms of a revision, made of its rows."""
    milestones = Milestone.objects.filter(convention=convention).order_by("number")
    return Terms(
        firm_name=revision.firm_name,
        text_reference=revision.text_reference,
        starts_on=revision.starts_on,
        ends_on=revision.ends_on,
        signatories=tuple(Signatory.model_validate(one) for one in revision.signatories),
        commitments=tuple(_commitment(row) for row in commitments_at(convention, revision.number)),
        milestones=tuple(
            MilestoneTerms(number=row.number, month=row.month, share_basis_points=row.share_basis_points)
            for row in milestones
        ),
    )


def _commitment(row: Commitment) -> CommitmentTerms:
    return CommitmentTerms(**{name: getattr(row, name) for name in CommitmentTerms.model_fields})


def require_intact(convention: Convention) -> None:
    """Do nothing when every revision still has its digest; Tampered when one does not."""
    for revision in convention.revisions.all():
        if digest_of(convention.reference, written_terms(convention, revision)) != revision.digest:
            raise Tampered(
                _("Le texte de cette convention ne correspond plus à son empreinte : rien ne peut s'y faire."),
                convention=convention.reference,
                revision=revision.number,
            )


def compared(convention: Convention, earlier: date, later: date) -> list[Difference]:
    """What differs in the terms between two days, field by field."""
    before, after = terms_on(convention, earlier), terms_on(convention, later)
    frame = [name for name in Terms.model_fields if name not in {"commitments", "milestones"}]
    found = _fields(0, before.model_dump(mode="json"), after.model_dump(mode="json"), frame)
    held = {one.number: one for one in before.commitments}
    for one in after.commitments:
        said = held[one.number].model_dump(mode="json") if one.number in held else {}
        found += _fields(one.number, said, one.model_dump(mode="json"), CommitmentTerms.model_fields)
    return found


def _fields(number: int, before: dict[str, Any], after: dict[str, Any], names: Iterable[str]) -> list[Difference]:
    return [
        Difference(number, name, before.get(name), after[name]) for name in names if before.get(name) != after[name]
    ]
