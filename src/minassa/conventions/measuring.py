"""Follows commitments on declarations: each value is frozen with what it was made of, and can be made again."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection
from datetime import datetime
from typing import Any, Final

from django.utils.translation import gettext as _

from minassa.claims.public import all_runs
from minassa.conventions.acting import PLATFORM, Act, acting
from minassa.conventions.convention_models import Commitment, Convention, Scope
from minassa.conventions.errors import ImpossibleAct
from minassa.conventions.following_models import Basis, Measure
from minassa.conventions.parameters import convention_number
from minassa.conventions.paths import months_measured, path_at, status_at
from minassa.conventions.quantities import Quantities, Value
from minassa.conventions.reading import commitments_at
from minassa.conventions.states import BINDING, SIGNED
from minassa.conventions.terms import CommitmentTerms, Source
from minassa.delays import instant_of, local_day
from minassa.engine import Offer
from minassa.entitlements.replays import offer_of
from minassa.entitlements.runs import Run
from minassa.offer.loading import load_offer
from minassa.proof import canonical_bytes
from minassa.registry.models import Enterprise
from minassa.vocabulary.periods import last_day

FROZEN: Final = (
    *("number", "month", "as_of_month", "value", "path", "gap", "status", "basis", "law_status", "run", "versions"),
    *("offer_digest", "affiliations"),
)
"""What the digest of a measure covers, with the commitment in the revision that it was measured against."""


def measure(convention: Convention, run: Run, offer: Offer, at: datetime) -> list[Measure]:
    """Measure every commitment of a signed convention from a run; the rows made, none for what has not changed.

    `offer` is that of the code: the one of the run is taken from it. ImpossibleAct before signature.
    """
    with acting(PLATFORM, "", convention, at) as act:
        if act.convention.state not in SIGNED:
            raise ImpossibleAct(_("La convention n'est pas encore signée."))
        made = Measure.objects.bulk_create(_changed(act, run, offer_of(run, offer)))
        act.set(measured_run=run.path.name)
        if made:
            act.tell("convention.measured", run=run.path.name, measures=len(made), digest=_digest_of_all(made))
    return made


def _changed(act: Act, run: Run, offer: Offer) -> list[Measure]:
    """The measures of a run that differ from the last ones, at the months of the rhythm."""
    convention = act.convention
    every = convention_number("measured_every_months", local_day(instant_of(act.at)))
    members = {str(scope): affiliations_of(convention.enterprise, scope) for scope in Scope}
    everyone = sorted({number for numbers in members.values() for number in numbers})
    known = Quantities(convention, run, offer, everyone, act.at)
    last = _last(convention)
    found = []
    for row, month in _to_measure(convention, run.until, every):
        value = known.value(row.kind, row.number, members[row.scope], month)
        one = _measured(row, month, value, run, members[row.scope])
        former = last.get((row.number, month))
        if former is None or _said(former) != _said(one):
            one.rank, one.at = (former.rank + 1 if former else 1), act.at
            found.append(one)
    return found


def affiliations_of(enterprise: Enterprise, scope: str) -> tuple[int, ...]:
    """The CNSS numbers that a scope covers, sorted; those that the registry knows."""
    numbers = {enterprise.affiliation}
    if scope == Scope.GROUP and enterprise.group_id is not None:
        numbers |= set(Enterprise.objects.filter(group=enterprise.group_id).values_list("affiliation", flat=True))
    return tuple(sorted(number for number in numbers if number is not None))


def _to_measure(convention: Convention, until: int, every: int) -> list[tuple[Commitment, int]]:
    """Each commitment, as it stood at the end of each month at which it is measured."""
    revisions = list(convention.revisions.order_by("number").values_list("number", "effective_on"))
    held = {number: {row.number: row for row in commitments_at(convention, number)} for number, _day in revisions}
    pairs = []
    for row in held[revisions[-1][0]].values():
        for month in months_measured(terms_of_row(row), until, every):
            in_effect = [number for number, day in revisions if day <= last_day(month)]
            pairs.append((held[in_effect[-1] if in_effect else 0].get(row.number, row), month))
    return pairs


def terms_of_row(row: Commitment) -> CommitmentTerms:
    """A commitment as plain values."""
    return CommitmentTerms(**{name: getattr(row, name) for name in CommitmentTerms.model_fields})


def _measured(row: Commitment, month: int, value: Value | None, run: Run, firms: tuple[int, ...]) -> Measure:
    """The measure of a commitment at a month, not written yet."""
    terms = terms_of_row(row)
    as_of_month = None if value is None else value.as_of_month
    path = path_at(terms, month if as_of_month is None else as_of_month)
    amount = None if value is None else value.amount
    made = Measure(
        commitment=row,
        convention_id=row.convention_id,
        number=row.number,
        month=month,
        as_of_month=as_of_month,
        value=amount,
        path=path,
        gap=None if amount is None else amount - path,
        status=status_at(terms, amount, path, month),
        basis=Basis.DECLARED if terms.source is Source.DECLARED else Basis.COMPUTED,
        law_status=str(value.status) if value is not None and value.status is not None else "",
        run=run.path.name,
        versions=dict(run.manifest["versions"]),
        offer_digest=run.manifest["offer"]["digest"],
        affiliations=list(firms),
    )
    made.digest = measure_digest(made)
    return made


def measure_digest(one: Measure) -> str:
    """SHA-256 in hexadecimal of a measure and of what it was made of."""
    content = {name: getattr(one, name) for name in FROZEN}
    content |= {"status": str(one.status), "basis": str(one.basis), "revision": one.commitment.revision}
    kept = {name: value for name, value in content.items() if value is not None}
    return hashlib.sha256(canonical_bytes(kept)).hexdigest()


def _said(one: Measure) -> tuple[Any, ...]:
    """What a measure says, whatever run said it."""
    return (one.commitment_id, one.value, one.as_of_month, one.path, str(one.status), list(one.affiliations))


def _last(convention: Convention) -> dict[tuple[int, int], Measure]:
    return {(one.number, one.month): one for one in measures_of(convention)}


def measures_of(convention: Convention) -> list[Measure]:
    """The measures that hold: of each commitment and month, the last made; by number and month."""
    rows = Measure.objects.filter(convention=convention).order_by("number", "month", "-rank")
    return list(rows.distinct("number", "month").select_related("commitment"))


def last_measures(conventions: Collection[Convention]) -> dict[int, list[Measure]]:
    """Of each convention, by its key, the measure that holds of the last month of each commitment; one query."""
    rows = Measure.objects.filter(convention__in=[row.pk for row in conventions])
    rows = rows.order_by("convention_id", "number", "-month", "-rank").distinct("convention_id", "number")
    found: dict[int, list[Measure]] = {row.pk: [] for row in conventions}
    for one in rows:
        found[one.convention_id].append(one)
    return found


def _digest_of_all(made: list[Measure]) -> str:
    return hashlib.sha256("".join(one.digest for one in made).encode()).hexdigest()


def verified(one: Measure, run: Run, offer: Offer) -> bool:
    """Whether a measure, made again from its run and what was declared by then, is the same to the last unit."""
    firms = tuple(one.affiliations)
    known = Quantities(one.convention, run, offer_of(run, offer), firms, one.at)
    row = one.commitment
    again = _measured(row, one.month, known.value(row.kind, row.number, firms, one.month), run, firms)
    return measure_digest(one) == one.digest == again.digest


def measure_next(at: datetime, runs: Callable[[], list[Run]] = all_runs) -> bool:
    """Measure one convention that the latest run has not measured; False when there is none."""
    known = runs()
    if not known:
        return False
    latest = known[-1]
    waiting = Convention.objects.filter(state__in=BINDING).exclude(measured_run=latest.path.name)
    convention = waiting.order_by("pk").first()
    if convention is None:
        return False
    measure(convention, latest, load_offer(), at)
    return True
