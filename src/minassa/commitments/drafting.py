"""A recommendation: drafted, put to a committee, given up, decided. Each act is one transaction."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from minassa.commitments.errors import CommitmentError, StaleRecommendation
from minassa.commitments.models import Level, Recommendation, RecommendationState
from minassa.delays import instant_of, local_day
from minassa.journal.public import append
from minassa.registry.acting import RowAct, acting_on_row
from minassa.registry.public import Actor, require
from minassa.vocabulary.periods import month_of

LONGEST_ACTION: Final = 200
LONGEST_TEXT: Final = 4_000
LONGEST_DURATION: Final = 240
"""Months."""
DEAREST_CENTS: Final = 10**15


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a recommendation comes from: a kind of thing and its universal number. It never tells a firm."""

    kind: str
    number: str


@dataclass(frozen=True, slots=True)
class Draft:
    """What a recommendation says: the columns of a roadmap, and the indicator that will measure it.

    `unit` is that of the indicator; `due_month` is a month index; the base is the indicator's value of the month before
    it is drafted, so that nobody types it.
    """

    action: str
    reasons: str
    level: str
    lead: str
    partners: str
    duration_months: int | None
    cost_cents: int | None
    indicator: str
    unit: str
    target_value: int | None
    due_month: int
    filters: Mapping[str, int]


def draft(
    actor: Actor, wanted: Draft, origins: Sequence[Origin], at: datetime, *, synthetic: bool = False
) -> Recommendation:
    """Write a recommendation down. CommitmentError says what is missing."""
    require(actor, "recommendation.write")
    said, today = _checked(wanted), local_day(instant_of(at))
    since = month_of(today) - 1
    if said.due_month <= since:
        raise CommitmentError(_("L'échéance est un mois à venir."))
    with transaction.atomic():
        number = _next_number()
        made = Recommendation.objects.create(
            pk=number,
            reference=f"RC-{today.year}-{number:04d}",
            **{**asdict(said), "filters": dict(said.filters)},
            since_month=since,
            origins=[asdict(one) for one in origins],
            synthetic=synthetic,
            drafted_by=str(actor),
            drafted_at=at,
            touched_at=at,
        )
        append(stream_of(made.pk), "recommendation.drafted", str(actor), {"recommendation": made.reference}, at)
    return made


def propose(actor: Actor, row: Recommendation, at: datetime) -> None:
    """Put a recommendation to a committee: its content no longer changes."""
    with _acting(actor, row, "recommendation.propose", RecommendationState.DRAFT, at) as act:
        act.set(state=RecommendationState.PROPOSED, proposed_by=str(actor), proposed_at=act.at)
        act.tell("recommendation.proposed", recommendation=act.row.reference)


def give_up(actor: Actor, row: Recommendation, at: datetime) -> None:
    """Give a recommendation up before anybody decides it."""
    wanted = RecommendationState.PROPOSED if row.state == RecommendationState.PROPOSED else RecommendationState.DRAFT
    with _acting(actor, row, "recommendation.propose", wanted, at) as act:
        act.set(state=RecommendationState.WITHDRAWN)
        act.tell("recommendation.withdrawn", recommendation=act.row.reference)


def decide(actor: Actor, row: Recommendation, ground: str, at: datetime, *, adopted: bool) -> None:
    """A committee adopts a recommendation, which is then a commitment, or rejects it for a reason."""
    state = RecommendationState.ADOPTED if adopted else RecommendationState.REJECTED
    with _acting(actor, row, "recommendation.decide", RecommendationState.PROPOSED, at) as act:
        act.set(state=state, decided_by=str(actor), decided_at=act.at, sitting=actor.sitting, decision=ground[:300])
        act.tell(f"recommendation.{state}", recommendation=act.row.reference)


def recommendations_to_decide() -> QuerySet[Recommendation]:
    """Recommendations that await a committee, the oldest first."""
    return Recommendation.objects.filter(state=RecommendationState.PROPOSED).order_by("pk")


def recommendation_of(number: str) -> Recommendation:
    """The recommendation with this universal number; ValueError, DoesNotExist."""
    return Recommendation.objects.get(uuid=UUID(number))


def frozen_recommendation(row: Recommendation) -> dict[str, Any]:
    """A recommendation as it is put to those who decide, as plain data."""
    names = [*Draft.__dataclass_fields__, "reference", "since_month", "origins"]
    return {name: getattr(row, name) for name in names}


def recommendations_from(kind: str, numbers: Sequence[str]) -> QuerySet[Recommendation]:
    """The recommendations that come from any of these things."""
    any_of = Q(pk__in=())
    for number in numbers:
        any_of |= Q(origins__contains=[asdict(Origin(kind, number))])
    return Recommendation.objects.filter(any_of).order_by("pk")


def stream_of(number: int) -> str:
    """The stream of a recommendation in the journal."""
    return f"recommendation:{number}"


def _checked(wanted: Draft) -> Draft:
    action, lead = _line(wanted.action), _line(wanted.lead)
    if not action or len(action) > LONGEST_ACTION:
        raise CommitmentError(_("Dites l'action, en %(most)d caractères au plus.") % {"most": LONGEST_ACTION})
    if not lead:
        raise CommitmentError(_("Choisissez un chef de file."))
    if wanted.level not in Level.values:
        raise CommitmentError(_("Choisissez à qui la recommandation s'adresse."))
    if len(wanted.reasons) > LONGEST_TEXT:
        raise CommitmentError(_("Ce texte est trop long : %(most)d caractères au plus.") % {"most": LONGEST_TEXT})
    if wanted.duration_months is not None and not 0 < wanted.duration_months <= LONGEST_DURATION:
        raise CommitmentError(_("Une durée se compte en mois, de 1 à %(most)d.") % {"most": LONGEST_DURATION})
    if wanted.cost_cents is not None and not 0 <= wanted.cost_cents <= DEAREST_CENTS:
        raise CommitmentError(_("Ce coût n'est pas un montant possible."))
    if wanted.target_value is not None and not wanted.indicator:
        raise CommitmentError(_("Une cible chiffrée se mesure : choisissez son indicateur."))
    return Draft(
        **{**asdict(wanted), "action": action, "lead": lead[:40], "partners": _line(wanted.partners)[:200]},
    )


def _line(text: str) -> str:
    return " ".join(text.replace("\x00", "").split())


@contextmanager
def _acting(
    actor: Actor, row: Recommendation, name: str, wanted: str, at: datetime
) -> Iterator[RowAct[Recommendation]]:
    def stale(_row: Recommendation) -> StaleRecommendation:
        return StaleRecommendation(_("Cette recommandation a été changée entre-temps : relisez-la."))

    def act_of(held: Recommendation) -> RowAct[Recommendation]:
        return RowAct(held, actor, at, stream_of(held.pk))

    with acting_on_row(row, act_of, actor, name, None, stale) as act:
        if act.row.state != wanted:
            raise CommitmentError(_("Cette recommandation n'en est plus là : relisez-la."))
        yield act


def _next_number() -> int:
    """The number that the next recommendation will bear, taken now so that its reference can hold it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence('commitments_recommendation', 'id'))")
        return int(cursor.fetchone()[0])
