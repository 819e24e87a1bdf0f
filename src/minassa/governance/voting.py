"""Voting: who presides opens the vote on an item, each seat votes once, openly or in secret."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from minassa.governance.acting import Act, acting_on, said
from minassa.governance.attending import membership_of, present, require_quorum, voting_seats
from minassa.governance.composing import day_of
from minassa.governance.consent_items import CONSENT
from minassa.governance.convening import changed, end_put_off
from minassa.governance.errors import AlreadyVoted, GovernanceError, ImpossibleAct, NotSeated, Recused
from minassa.governance.presiding import require_chair
from minassa.governance.recusing import recuse_linked
from minassa.governance.rules import thawed
from minassa.governance.session_models import Item, Membership
from minassa.governance.states import ItemEvent, SessionEvent
from minassa.governance.vote_models import Ballot, Choice, Dissent, Recusal, SecretRequest, Tally
from minassa.registry.public import Actor

BY_RECUSAL: Final = "recusal"
COLUMNS: Final = {Choice.FOR: "in_favour", Choice.AGAINST: "against", Choice.ABSTAIN: "abstained"}


def open_vote(actor: Actor, item: Item, at: datetime, *, secret: bool = False, expected: int | None = None) -> Item:
    """Open the vote on an item, or on the whole consent list; secret if asked here, or by members enough.

    An item whose agenda or file has changed is put off instead. NoQuorum without counting those recused; NotSeated for
    who does not preside, Recused when that person is.
    """
    with acting_on(actor, "session.preside", item, at, expected) as (act, fresh):
        act.move(SessionEvent.ACT)
        require_chair(act)
        if fresh.consent_list_id and not fresh.pulled_by:
            raise ImpossibleAct(_("Ce point est dans la liste sans question : retirez-l'en d'abord."), item=fresh.rank)
        if reason := changed(act.session, fresh):
            end_put_off(act, fresh, reason)
        else:
            _open(act, fresh, secret=secret)
    return item


def _open(act: Act, item: Item, *, secret: bool) -> None:
    together = on_list(item)
    recuse_linked(act, [item, *together], present(act.session), day_of(act.session.planned_at))
    together = _without_recused(act, together)
    recused = recused_from(item)
    if membership_of(act.session, act.actor).pk in recused:
        raise Recused(_("Vous êtes récusé sur ce point : votre suppléant le préside."), item=item.rank)
    require_quorum(act.session, recused)
    asked = SecretRequest.objects.filter(item=item).count()
    hidden = secret or asked >= thawed(act.session.rules).secret_requests
    for each in (item, *together):
        act.move_item(each, ItemEvent.OPEN_VOTE, secret=hidden, opened_at=act.at)
    if hidden:
        Tally.objects.create(item=item)
    act.tell("vote.opened", item=item.rank, secret=hidden, together=[each.rank for each in together])


def on_list(item: Item) -> list[Item]:
    """The items that a consent list still holds, in their order; none for another item."""
    if item.kind != CONSENT:
        return []
    return list(Item.objects.filter(consent_list=item, pulled_by="").order_by("rank"))


def _without_recused(act: Act, together: list[Item]) -> list[Item]:
    """An item from which someone present is recused raises a question: it leaves the list."""
    there = [member.pk for member in present(act.session)]
    touched = set(Recusal.objects.filter(item__in=together, membership__in=there).values_list("item_id", flat=True))
    for item in together:
        if item.pk in touched:
            _pull(act, item, BY_RECUSAL)
    kept = [item for item in together if item.pk not in touched]
    if touched and not kept:
        raise ImpossibleAct(_("Plus rien n'est dans la liste sans question."))
    return kept


def recused_from(item: Item) -> frozenset[int]:
    """The memberships that may not vote on an item, nor on what is voted with it."""
    voted = [item, *on_list(item)]
    return frozenset(Recusal.objects.filter(item__in=voted).values_list("membership_id", flat=True))


def pull_out(actor: Actor, item: Item, at: datetime) -> Item:
    """Take an item out of the consent list before its vote: it is voted by itself. Any member may."""
    with acting_on(actor, "session.vote", item, at) as (act, fresh):
        act.move(SessionEvent.PREPARE)
        act.move_item(fresh, ItemEvent.PULL_OUT)
        membership_of(act.session, actor)
        if not fresh.consent_list_id or fresh.pulled_by:
            raise ImpossibleAct(_("Ce point n'est pas dans la liste sans question."), item=fresh.rank)
        _pull(act, fresh, str(actor))
    return item


def _pull(act: Act, item: Item, by: str) -> None:
    item.pulled_by = by
    item.save(update_fields=["pulled_by"])
    act.tell("item.pulled_out", item=item.rank, by=by)


def ask_secret(actor: Actor, item: Item, at: datetime) -> Item:
    """Ask that the vote on an item be secret, before it opens. Asked again, nothing more happens."""
    with acting_on(actor, "session.vote", item, at) as (act, fresh):
        act.move(SessionEvent.PREPARE)
        act.move_item(fresh, ItemEvent.ASK_SECRET)
        member = membership_of(act.session, actor)
        _made, new = SecretRequest.objects.get_or_create(item=fresh, membership=member, defaults={"at": act.at})
        if new:
            act.tell("vote.secrecy_asked", item=fresh.rank, seat=member.seat)
    return item


def vote(actor: Actor, item: Item, choice: str, at: datetime) -> Ballot:
    """Vote on an item whose vote is open: `for`, `against` or `abstain`, once for a seat.

    NotSeated for who is not in the session or only observes, Recused, AlreadyVoted, ImpossibleAct.
    """
    if choice not in set(Choice):
        raise GovernanceError(_("Votez pour, contre, ou abstenez-vous."))
    with acting_on(actor, "session.vote", item, at) as (act, fresh):
        act.move(SessionEvent.ACT)
        act.move_item(fresh, ItemEvent.VOTE)
        member = _voter(act, fresh)
        ballot = _cast(
            Ballot(
                item=fresh,
                membership=member,
                seat=member.seat,
                secret=fresh.secret,
                choice="" if fresh.secret else choice,
                at=act.at,
            )
        )
        if fresh.secret:
            column = COLUMNS[Choice(choice)]
            Tally.objects.filter(item=fresh).update(**{column: F(column) + 1})
        act.tell("vote.cast", item=fresh.rank, seat=member.seat, choice=ballot.choice)
    return ballot


def _voter(act: Act, item: Item) -> Membership:
    there = {member.account_id: member for member in present(act.session)}
    member = there.get(act.actor.account_id or 0)
    if member is None or member.seat not in voting_seats(act.session):
        raise NotSeated(_("Seul un membre présent, qui a voix délibérative, vote."), item=item.rank)
    if item.consent_list_id and not item.pulled_by:
        raise ImpossibleAct(_("Ce point se vote avec la liste sans question."), item=item.rank)
    recuse_linked(act, [item, *on_list(item)], [member], day_of(act.session.planned_at))
    if member.pk in recused_from(item):
        raise Recused(_("Vous êtes récusé sur ce point."), item=item.rank)
    return member


def _cast(ballot: Ballot) -> Ballot:
    try:
        with transaction.atomic():
            ballot.save(force_insert=True)
    except IntegrityError as error:
        raise AlreadyVoted(_("Ce siège a déjà voté sur ce point."), seat=ballot.seat) from error
    return ballot


def dissent(actor: Actor, item: Item, text: str, at: datetime) -> Dissent:
    """Have it written in the minutes, under one's name, that one disagrees, and why; once for an item."""
    with acting_on(actor, "session.vote", item, at) as (act, fresh):
        act.move(SessionEvent.ACT)
        act.move_item(fresh, ItemEvent.DISSENT)
        member = membership_of(act.session, actor)
        if member.pk not in {each.pk for each in present(act.session)}:
            raise NotSeated(_("Seul un membre présent peut le faire écrire."), item=fresh.rank)
        if Dissent.objects.filter(item=fresh, membership=member).exists():
            raise ImpossibleAct(_("Votre désaccord est déjà écrit sur ce point."), item=fresh.rank)
        made = Dissent.objects.create(item=fresh, membership=member, said=said(text), at=act.at)
        act.tell("member.dissented", item=fresh.rank, seat=member.seat)
    return made


def put_off(actor: Actor, item: Item, reason: str, at: datetime) -> Item:
    """Put an item off, for a reason: before its vote or during it, whatever was voted. By who presides."""
    with acting_on(actor, "session.preside", item, at) as (act, fresh):
        act.move(SessionEvent.ACT)
        require_chair(act)
        given = said(reason)
        for each in on_list(fresh):
            end_put_off(act, each, given)
        end_put_off(act, fresh, given)
    return item
