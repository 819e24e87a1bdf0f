"""A session before its convocation: when, where, and what is put on its agenda."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from django.db import IntegrityError, connection, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from minassa.governance.acting import Act, acting, acting_on, said, stream_of
from minassa.governance.composing import day_of
from minassa.governance.errors import GovernanceError, UnknownSubject
from minassa.governance.kinds import Kind, Proposed, kind_of
from minassa.governance.rules import Committee, rules
from minassa.governance.session_models import Item, Session
from minassa.governance.states import SessionEvent
from minassa.journal.public import append
from minassa.registry.public import Actor, require

LONGEST_TITLE = 300


@transaction.atomic
def prepare(actor: Actor, committee: str, planned_at: datetime, place: str, at: datetime) -> Session:
    """A new session of a committee, with no agenda yet. Forbidden, GovernanceError for a day already past."""
    require(actor, "session.prepare", committee)
    if committee not in set(Committee):
        raise GovernanceError(_("Ce comité n'existe pas."), committee=committee)
    if planned_at <= at:
        raise GovernanceError(_("Une séance se prépare pour un jour à venir."))
    rules(committee, day_of(planned_at))
    session = Session.objects.create(
        committee=committee,
        reference=_next_reference(committee, day_of(planned_at).year),
        planned_at=planned_at,
        place=said(place),
        prepared_at=at,
        touched_at=at,
    )
    told = {"session": session.reference, "planned_at": planned_at.isoformat()}
    append(stream_of(session.pk), "session.prepared", str(actor), told, at)
    return session


def _next_reference(committee: str, year: int) -> str:
    """`CTO-2026-0001` and so on, by committee and year, each once."""
    prefix = f"{committee.upper()}-{year}-"
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"session:{prefix}"])
    last = Session.objects.filter(reference__startswith=prefix).aggregate(last=Max("reference"))["last"]
    return f"{prefix}{int(str(last)[-4:]) + 1 if last else 1:04}"


def add_item(actor: Actor, session: Session, kind: str, proposed: Proposed, at: datetime) -> Item:
    """Put a proposal at the end of the agenda of a session in preparation.

    UnknownSubject when the thing does not exist, does not await this decision, or is not for this committee;
    ImpossibleAct once the session is convened.
    """
    return add_items(actor, session, [(kind, proposed)], at)[0]


def add_items(actor: Actor, session: Session, listed: Iterable[tuple[str, Proposed]], at: datetime) -> list[Item]:
    """Put several proposals, each of a kind, at the end of an agenda: all or none. As `add_item`."""
    with acting(actor, "session.prepare", session, at) as act:
        act.move(SessionEvent.LIST)
        last = Item.objects.filter(session=act.session).aggregate(last=Max("rank"))["last"] or 0
        return [_added(act, kind, proposed, rank) for rank, (kind, proposed) in enumerate(listed, start=last + 1)]


def _added(act: Act, kind: str, proposed: Proposed, rank: int) -> Item:
    known = _competent(act, kind)
    if proposed.decision not in known.decisions:
        raise UnknownSubject(_("Cette décision n'existe pas pour ce genre de point."), decision=proposed.decision)
    kept = dict(known.check(proposed))
    frozen = known.freeze(replace(proposed, proposal=kept))
    item = Item(
        session=act.session,
        rank=rank,
        kind=kind,
        subject=proposed.subject,
        decision=proposed.decision,
        proposal=kept,
        title=frozen.title[:LONGEST_TITLE],
        enterprises=list(frozen.enterprises),
    )
    act.tell("item.listed", item=rank, item_kind=kind, decision=proposed.decision)
    return _saved(item)


def _competent(act: Act, kind: str) -> Kind:
    binding = rules(act.session.committee, day_of(act.session.planned_at))
    if kind not in binding.kinds:
        raise UnknownSubject(_("Ce comité ne décide pas de ce genre de point."), kind=kind)
    return kind_of(kind)


def _saved(item: Item) -> Item:
    try:
        with transaction.atomic():
            item.save(force_insert=True)
    except IntegrityError as error:
        raise GovernanceError(_("Cette proposition est déjà à l'ordre du jour de cette séance.")) from error
    return item


def remove_item(actor: Actor, item: Item, at: datetime) -> None:
    """Take an item off the agenda of a session in preparation. ImpossibleAct once it is convened."""
    with acting_on(actor, "session.prepare", item, at) as (act, fresh):
        act.move(SessionEvent.LIST)
        rank = fresh.rank
        Item.objects.filter(pk=fresh.pk).delete()
        act.tell("item.removed", item=rank)
