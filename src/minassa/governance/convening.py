"""The convocation: agenda, files, rules and seats are frozen; what changes afterwards cannot be decided."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, override

from minassa.governance.acting import Act, acting, said
from minassa.governance.composing import day_of, members_on
from minassa.governance.consent_items import CONSENT
from minassa.governance.errors import GovernanceError, ShortNotice
from minassa.governance.kinds import Proposed, digest_of, kind_of
from minassa.governance.recusing import recuse_linked
from minassa.governance.rules import Rules, frozen_rules, rules
from minassa.governance.seats import seats
from minassa.governance.session_models import Item, Session
from minassa.governance.states import ENDED, ItemEvent, SessionEvent
from minassa.registry.public import Actor
from minassa.vocabulary.errors import MinassaError

TITLE: Final = gettext_noop("Points sans question, décidés ensemble")
AGENDA_CHANGED: Final = gettext_noop("L'ordre du jour a changé depuis la convocation.")
FILE_CHANGED: Final = gettext_noop("Le dossier a changé depuis la convocation.")
CALLED_OFF: Final = gettext_noop("La séance a été annulée.")
FIRST: Final = 0


def convene(actor: Actor, session: Session, at: datetime, *, expected: int | None = None) -> Session:
    """Convene a committee on the agenda as it is: everything is frozen from now on.

    ShortNotice, GovernanceError for an empty agenda, and what reading the files again may raise. Items that raise no
    question under the rules go on one consent list by themselves.
    """
    with acting(actor, "session.convene", session, at, expected) as act:
        act.move(SessionEvent.CONVENE)
        day = day_of(act.session.planned_at)
        binding = rules(act.session.committee, day)
        if (day - day_of(act.at)).days < binding.notice_days:
            raise ShortNotice(
                _("Une séance se convoque %(days)d jours avant au moins.") % {"days": binding.notice_days},
                session=act.session.reference,
            )
        items = list(Item.objects.filter(session=act.session).order_by("rank"))
        if not items:
            raise GovernanceError(_("L'ordre du jour est vide."), session=act.session.reference)
        _freeze(act, items, binding)
        items = list(Item.objects.filter(session=act.session).order_by("rank"))
        act.set(
            convened_at=act.at,
            rules=frozen_rules(act.session.committee, day),
            seats=[_seat(seat) for seat in seats(act.session.committee, day)],
            agenda_digest=agenda_digest(items),
        )
        act.tell("session.convened", digest=act.session.agenda_digest, items=len(items))
        recuse_linked(act, items, members_on(act.session.committee, day), day)
    return session


def _seat(seat: Any) -> dict[str, Any]:  # noqa: ANN401 (a seat of the dated file)
    return {
        "code": seat.code,
        "label": seat.label.model_dump(),
        "chair": seat.chair,
        "votes": seat.votes,
        "status": str(seat.status),
    }


def _freeze(act: Act, items: list[Item], binding: Rules) -> None:
    """Read every thing again as it stands, and put together those that raise no question."""
    quiet = []
    for item in items:
        kind = kind_of(item.kind)
        kind.check(proposed_by(item))
        frozen = kind.freeze(proposed_by(item))
        item.digest, item.hands = frozen.digest, sorted(frozen.hands)
        if not kind.consensus and frozen.quiet(binding):
            quiet.append(item)
    consent = _consent_list(act.session, quiet) if quiet else None
    for item in items:
        item.consent_list = consent if item in quiet else None
        item.save(update_fields=["digest", "hands", "consent_list"])


def _consent_list(session: Session, quiet: list[Item]) -> Item:
    listed = {"items": [[item.rank, item.digest] for item in quiet]}
    return Item.objects.create(
        session=session,
        rank=FIRST,
        kind=CONSENT,
        decision="adopt",
        proposal=listed,
        title=TITLE,
        digest=digest_of(listed),
    )


def proposed_by(item: Item) -> Proposed:
    """What an item puts to the vote."""
    return Proposed(item.subject, item.decision, item.proposal)


def agenda_digest(items: list[Item]) -> str:
    """SHA-256 in hexadecimal of an agenda: the items in their order, what each proposes, the digest of each file."""
    listed = [
        [item.rank, item.kind, item.subject, item.decision, item.proposal, item.title, item.digest]
        for item in sorted(items, key=lambda item: item.rank)
    ]
    return digest_of({"items": listed})


def changed(session: Session, item: Item) -> str:
    """Why an item cannot be decided any more: the agenda or its file is not what was frozen; empty when it is.

    Reasons that are kept are in French, the key of their translations.
    """
    if agenda_digest(list(Item.objects.filter(session=session))) != session.agenda_digest:
        return AGENDA_CHANGED
    return file_changed(item)


def file_changed(item: Item) -> str:
    """Why the file of an item is not what was frozen; empty when it is."""
    try:
        with override("fr"):
            digest = kind_of(item.kind).freeze(proposed_by(item)).digest
    except MinassaError as error:
        return error.message
    return "" if digest == item.digest else FILE_CHANGED


def cancel(actor: Actor, session: Session, reason: str, at: datetime) -> Session:
    """Call a session off before it opens, for a reason; its items are put off. ImpossibleAct."""
    with acting(actor, "session.convene", session, at) as act:
        act.move(SessionEvent.CANCEL)
        act.set(cancelled_at=act.at, cancel_reason=said(reason))
        put_off_rest(act, CALLED_OFF)
        act.tell("session.cancelled")
    return session


def put_off_rest(act: Act, reason: str) -> None:
    """Put off every item that nothing has become of."""
    for item in Item.objects.filter(session=act.session).exclude(state__in=ENDED).order_by("rank"):
        end_put_off(act, item, reason)


def end_put_off(act: Act, item: Item, reason: str) -> None:
    """Put an item off, for a reason that the minutes give."""
    act.move_item(item, ItemEvent.PUT_OFF, put_off_reason=reason, ended_at=act.at)
    act.tell("item.put_off", item=item.rank)
