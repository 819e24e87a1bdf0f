"""A poll: one question to every firm, one choice each that may change until it closes, counts that tell nobody."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.db import connection, transaction
from django.utils.translation import gettext as _

from minassa.consultations.errors import ConsultationError
from minassa.consultations.models import Poll, Vote
from minassa.consultations.wording import several, trilingual
from minassa.delays import instant_of, local_day
from minassa.journal.public import append
from minassa.outlook.disclosure.parameters import control
from minassa.registry.models import Enterprise
from minassa.registry.public import Actor, require

FEWEST, MOST = 2, 8
"""Choices of a poll."""
LONGEST_DAYS: Final = 366


@dataclass(frozen=True, slots=True)
class Asking:
    """A poll as it is asked: its question and its choices in three languages, its first and last day."""

    titles: Mapping[str, str]
    choices: Sequence[Mapping[str, str]]
    opens_on: date
    closes_on: date


@dataclass(frozen=True, slots=True)
class Counted:
    """Firms by choice in the order of the poll, None where the count may not be told; `firms`: None when too few."""

    firms: int | None
    counts: tuple[tuple[Mapping[str, str], int | None], ...]


def open_poll(actor: Actor, asked: Asking, at: datetime, *, synthetic: bool = False) -> Poll:
    """Put a question to every firm. ConsultationError says what is missing."""
    require(actor, "consultation.hold")
    today = local_day(instant_of(at))
    if asked.closes_on < max(asked.opens_on, today) or (asked.closes_on - asked.opens_on).days > LONGEST_DAYS:
        raise ConsultationError(_("Le dernier jour vient après le premier, et dans l'année."))
    written = [
        {"code": f"c{rank}", **trilingual(one, _("Écrivez chaque choix en français et en arabe."))}
        for rank, one in enumerate(several(asked.choices), start=1)
    ]
    if not FEWEST <= len(written) <= MOST:
        limits = {"least": FEWEST, "most": MOST}
        raise ConsultationError(_("Un sondage a de %(least)d à %(most)d choix.") % limits)
    titles = trilingual(asked.titles, _("Écrivez la question en français et en arabe."))
    with transaction.atomic():
        made = Poll.objects.create(
            titles=titles,
            choices=written,
            opens_on=asked.opens_on,
            closes_on=asked.closes_on,
            synthetic=synthetic,
            by=str(actor),
            at=at,
        )
        append(f"consultation:{made.uuid}", "consultation.poll-opened", str(actor), {"choices": len(written)}, at)
    return made


def vote(actor: Actor, poll: Poll, enterprise: Enterprise, choice: str, at: datetime) -> Vote:
    """The choice of a firm; the last one counts. ConsultationError when the poll is closed, or for no choice of it."""
    require(actor, "consultation.speak", enterprise)
    if not is_open(poll, at):
        raise ConsultationError(_("Ce sondage n'est pas ouvert : il ne prend plus de réponse."))
    if choice not in {one["code"] for one in poll.choices}:
        raise ConsultationError(_("Choisissez une réponse."))
    with transaction.atomic():
        # Two people of one firm at the same instant: each choice has its number.
        _hold(poll.pk, enterprise.pk)
        number = Vote.objects.filter(poll=poll, enterprise=enterprise).count() + 1
        made = Vote.objects.create(poll=poll, enterprise=enterprise, number=number, choice=choice, by=str(actor), at=at)
        # What a firm chose is not told to the journal, where others read.
        append(f"consultation:{poll.uuid}", "consultation.voted", str(actor), {"vote": made.pk}, at)
    return made


def is_open(poll: Poll, at: datetime) -> bool:
    """Whether the poll takes answers at this instant: from its first day to its last, both included."""
    return poll.opens_on <= local_day(instant_of(at)) <= poll.closes_on


def choice_of(poll: Poll, enterprise: Enterprise) -> str:
    """The last choice of a firm; empty when it made none."""
    last = Vote.objects.filter(poll=poll, enterprise=enterprise).order_by("-number").first()
    return last.choice if last else ""


def counted(poll: Poll, at: datetime) -> Counted | None:
    """Firms by choice once the poll is closed, under disclosure control; None before, for counts would tell votes."""
    if is_open(poll, at) or local_day(instant_of(at)) < poll.opens_on:
        return None
    last = Vote.objects.filter(poll=poll).order_by("enterprise", "-number").distinct("enterprise")
    return told(poll.choices, Counter(last.values_list("choice", flat=True)), control().fewest_firms.value)


def told(choices: Sequence[Mapping[str, str]], counts: Mapping[str, int], fewest: int) -> Counted:
    """What may be told of counts of firms by choice: no choice of too few, nor one that the total would give away.

    A hidden choice hides another too, the smallest of those left, unless nothing is left to find by subtraction; a
    choice that nobody made tells about everyone and is a count like the others.
    """
    firms = sum(counts.values())
    if firms < fewest or firms in counts.values():  # when all made one choice, that of each is known
        return Counted(firms if firms >= fewest else None, tuple((one, None) for one in choices))
    by_size = sorted((counts.get(one["code"], 0), one["code"]) for one in choices)
    hidden = {code for number, code in by_size if 0 < number < fewest}
    # What is hidden adds up, by subtraction from the total, to a sum that must not be telling either.
    while hidden and (len(hidden) == 1 or sum(counts.get(code, 0) for code in hidden) < fewest):
        left = [code for number, code in by_size if code not in hidden and number]
        if not left:
            break
        hidden.add(left[0])
    if hidden == {code for number, code in by_size if number}:
        return Counted(firms, tuple((one, None) for one in choices))
    kept = {code: number for number, code in by_size if code not in hidden}
    return Counted(firms, tuple((one, kept.get(one["code"])) for one in choices))


def poll_data(poll: Poll, at: datetime) -> dict[str, Any]:
    """A poll as plain data, counts included once they may be told."""
    found = counted(poll, at)
    return {
        "poll": str(poll.uuid),
        "titles": poll.titles,
        "opens_on": poll.opens_on.isoformat(),
        "closes_on": poll.closes_on.isoformat(),
        "synthetic": poll.synthetic,
        "firms": found.firms if found else None,
        "counts": [{**one, "firms": number} for one, number in found.counts] if found else [],
    }


def _hold(poll: int, enterprise: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [poll % 2**31, enterprise % 2**31])
