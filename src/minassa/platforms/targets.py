"""The share of a field that a P2I is asked to reach: proposed by who supervises it, set by who may, never changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from minassa.delays import instant_of, local_day
from minassa.journal.public import append
from minassa.outlook.specialisation.fields import fields
from minassa.outlook.specialisation.trial import MOST_SHARE
from minassa.platforms.errors import StaleRow, TargetRefused
from minassa.platforms.models import SpecialisationTarget
from minassa.registry.public import Actor, require

FARTHEST: Final = 15
"""Years ahead that a target may look, at most."""
LONGEST: Final = 2_000


@dataclass(frozen=True, slots=True)
class Measure:
    """What was measured the day a target is set: the share in basis points (None: too few to be told), and the run."""

    share: int | None
    run: str


@dataclass(frozen=True, slots=True)
class Aim:
    """A target as somebody writes it: the field, its share in basis points, the year by which, and why."""

    field: str
    share: int
    by_year: int
    said: str


def propose_target(
    actor: Actor, place: int, aim: Aim, measure: Measure, at: datetime, *, synthetic: bool = False
) -> SpecialisationTarget:
    """Propose a target for a P2I; it is asked of nobody yet. TargetRefused says what cannot be."""
    row = _row(actor, place, aim, measure, at)
    row.proposed, row.synthetic = True, synthetic
    require(actor, "specialisation.propose", row)
    _require_possible(row, at)
    return _kept(actor, row, "specialisation.proposed")


def set_target(
    actor: Actor,
    place: int,
    aim: Aim,
    measure: Measure,
    at: datetime,
    *,
    answers: SpecialisationTarget | None = None,
    synthetic: bool = False,
) -> SpecialisationTarget:
    """Set a target, of one's own or that `answers` a proposal. TargetRefused says what cannot be; StaleRow, twice."""
    row = _row(actor, place, aim, measure, at)
    row.proposal, row.synthetic = answers, synthetic
    require(actor, "specialisation.target", row)
    _require_possible(row, at)
    if answers is not None and (answers.place, answers.field, answers.proposed) != (place, row.field, True):
        raise TargetRefused(_("Cette proposition est celle d'une autre P2I ou d'un autre domaine."))
    return _kept(actor, row, "specialisation.targeted")


def targets_of(place: int) -> list[SpecialisationTarget]:
    """Targets of a P2I and what is proposed for it, the last first."""
    rows = SpecialisationTarget.objects.filter(place=place).select_related("answer", "proposal")
    return list(rows.order_by("-at", "-pk"))


def _row(actor: Actor, place: int, aim: Aim, measure: Measure, at: datetime) -> SpecialisationTarget:
    return SpecialisationTarget(
        place=place,
        field=aim.field,
        share=aim.share,
        by_year=aim.by_year,
        baseline_share=measure.share,
        baseline_run=measure.run,
        said=aim.said.strip()[:LONGEST],
        by=str(actor),
        at=at,
    )


def _require_possible(row: SpecialisationTarget, at: datetime) -> None:
    this_year = local_day(instant_of(at)).year
    if row.field not in fields():
        raise TargetRefused(_("Choisissez un domaine de la liste."))
    if not 0 < row.share <= MOST_SHARE:
        raise TargetRefused(_("La part visée va de 0,01 % à 90 %."))
    if not this_year < row.by_year <= this_year + FARTHEST:
        raise TargetRefused(_("L'année visée est à venir, dans quinze ans au plus."))
    if not row.said:
        raise TargetRefused(_("Dites pourquoi cette cible : ceux qui la suivent le liront."))
    if not row.baseline_run:
        raise TargetRefused(_("Aucun calcul ne dit encore où en est cette P2I : la cible n'aurait pas de départ."))


def _kept(actor: Actor, row: SpecialisationTarget, kind: str) -> SpecialisationTarget:
    told = {
        "target": str(row.uuid),
        "field": row.field,
        "share": row.share,
        "by_year": row.by_year,
        "baseline_share": row.baseline_share,
        "baseline_run": row.baseline_run,
    }
    try:
        with transaction.atomic():
            row.save(force_insert=True)
            append(f"platform:{row.place}", kind, str(actor), told, row.at)
    except IntegrityError as error:
        raise StaleRow(_("Cette proposition a déjà reçu sa réponse : relisez la page.")) from error
    return row
