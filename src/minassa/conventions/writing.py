"""Writes a revision of the terms: its frame, the commitments that it changes or adds, its digest."""

from __future__ import annotations

from datetime import date

from minassa.conventions.acting import Act
from minassa.conventions.convention_models import Commitment, ConventionState, Milestone, Revision
from minassa.conventions.reading import Snapshot
from minassa.conventions.terms import CommitmentTerms, Terms, digest_of


def write_first(act: Act, terms: Terms, state: ConventionState) -> Revision:
    """The terms as signed: revision 0, with every commitment and milestone."""
    made = _revision(act, 0, terms, terms.starts_on, state)
    _commitments(act, 0, terms.commitments)
    Milestone.objects.bulk_create(Milestone(convention=act.convention, **one.model_dump()) for one in terms.milestones)
    return made


def write_next(act: Act, after: Snapshot, before: Terms, on: date) -> Revision:
    """The convention as amended from a day on, with the commitments that differ from those before."""
    made = _revision(act, after.revision, after.terms, on, after.state)
    _commitments(act, after.revision, [one for one in after.terms.commitments if one not in before.commitments])
    return made


def _revision(act: Act, number: int, terms: Terms, on: date, state: ConventionState) -> Revision:
    act.set(ends_on=terms.ends_on)
    return Revision.objects.create(
        convention=act.convention,
        number=number,
        effective_on=on,
        state=state,
        firm_name=terms.firm_name,
        text_reference=terms.text_reference,
        starts_on=terms.starts_on,
        ends_on=terms.ends_on,
        signatories=[one.model_dump(mode="json") for one in terms.signatories],
        digest=digest_of(act.convention.reference, terms),
        written_at=act.at,
    )


def _commitments(act: Act, revision: int, given: tuple[CommitmentTerms, ...] | list[CommitmentTerms]) -> None:
    Commitment.objects.bulk_create(
        Commitment(convention=act.convention, revision=revision, **one.model_dump()) for one in given
    )
