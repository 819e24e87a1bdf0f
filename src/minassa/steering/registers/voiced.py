"""What consultations and commitments give to open data: counts that tell nobody, and what each signatory promised."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from minassa.commitments.public import Commitment, commitments
from minassa.consultations.models import Hearing, Meeting, Poll, Presence
from minassa.consultations.public import counted
from minassa.outlook.disclosure.parameters import control
from minassa.registry.public import system_actor
from minassa.steering.commitments.measuring import Measured, measured
from minassa.vocabulary.periods import format_month

Row = dict[str, Any]


def consulted(at: datetime, today: date) -> Iterator[Row]:
    """A row for each choice of each closed poll, each past event, each hearing whose minutes are approved."""
    for poll in Poll.objects.filter(closes_on__lt=today).order_by("pk"):
        found = counted(poll, at)
        for choice, firms in found.counts if found else ():
            yield _row("sondage", poll.closes_on, poll.titles["fr"], choice["fr"], firms)
    for meeting in Meeting.objects.filter(on__lt=today).order_by("pk"):
        came = meeting.attendances.filter(state=Presence.CAME).count()
        told = came if not came or came >= control().fewest_firms.value else None
        yield _row("evenement", meeting.on, meeting.title, None, told)
    # Who was heard is not told, nor what about: a hearing is of one firm.
    for hearing in Hearing.objects.exclude(approved_by="").filter(on__lt=today - timedelta(days=1)).order_by("pk"):
        yield _row("audition", hearing.on, None, None, None)


def _row(kind: str, on: date, title: str | None, choice: str | None, firms: int | None) -> Row:
    return {
        "type": kind,
        "jour": on.isoformat(),
        "intitule": title,
        "choix": choice,
        "entreprises": firms,
        "publie": firms is not None,
    }


def promised() -> Iterator[Row]:
    """A row for each commitment, shipped or adopted by a committee, with its last target and what is measured of it."""
    for one in measured(system_actor("open-data"), commitments()):
        yield _promise(one.commitment, one)


def _promise(one: Commitment, found: Measured) -> Row:
    step, point = one.last_step, found.point
    return {
        "code": one.code,
        "programme": one.programme,
        "engagement": one.titles.fr,
        "responsable": one.owner,
        "unite": str(one.unit),
        "cible": step.value if step else None,
        "echeance": format_month(step.month) if step and step.month is not None else None,
        "statut_de_la_cible": str(one.steps[-1].source.status) if one.steps else None,
        "indicateur": one.indicator or None,
        "mesure": point.value if point else None,
        "mesure_a_fin": format_month(point.period) if point else None,
        "adopte_le": one.decided_on.isoformat() if one.decided_on else None,
    }
