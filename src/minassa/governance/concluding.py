"""Closes the vote on an item: what is adopted takes effect in this transaction, and nowhere else.

Item by item, not at the end of the session: the file was compared with what was frozen a moment ago, and what was
decided on it cannot be undone by a later item, a crash or a session that nobody closes. Before it commits nothing is
decided, and closing again decides; after it, the table of states refuses to close twice.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.db import transaction
from django.utils.translation import gettext_noop, override

from minassa.governance.acting import Act, acting_on
from minassa.governance.attending import chair_seat, present, quorum
from minassa.governance.composing import day_of
from minassa.governance.convening import changed, end_put_off, file_changed, proposed_by
from minassa.governance.counting import Count, adopted, counted, majority_of
from minassa.governance.kinds import Effect, kind_of
from minassa.governance.presiding import require_chair
from minassa.governance.recusing import recuse_linked
from minassa.governance.rules import thawed
from minassa.governance.session_models import Item, Membership, Session
from minassa.governance.states import ItemEvent, SessionEvent
from minassa.governance.vote_models import Ballot
from minassa.governance.voting import on_list, recused_from
from minassa.registry.public import Actor, committee_actor
from minassa.vocabulary.errors import MinassaError

QUORUM_LOST: Final = gettext_noop("Le quorum n'était plus atteint à la fermeture du vote.")
RECUSED_VOTED: Final = gettext_noop("Un membre récusé avait voté.")


def close_vote(actor: Actor, item: Item, at: datetime, *, expected: int | None = None) -> Item:
    """Close the vote on an item, or on the whole consent list, and let what is adopted take effect.

    The item is put off, with its reason, when the agenda or the file has changed, the quorum is lost, someone recused
    has voted, or the thing itself refuses the decision. NotSeated for who does not preside, ImpossibleAct twice.
    """
    with acting_on(actor, "session.preside", item, at, expected) as (act, fresh):
        act.move(SessionEvent.ACT)
        require_chair(act)
        together = on_list(fresh)
        if reason := _obstacle(act, fresh, together):
            for each in (*together, fresh):
                end_put_off(act, each, reason)
        else:
            _conclude(act, fresh, together)
    return item


def _obstacle(act: Act, item: Item, together: list[Item]) -> str:
    """Why nothing can be decided, whatever was voted; empty when nothing stands against it."""
    if reason := changed(act.session, item):
        return reason
    voters = Ballot.objects.filter(item=item)
    involved = {member.pk: member for member in present(act.session)}
    involved |= {member.pk: member for member in Membership.objects.filter(ballots__in=voters)}
    recuse_linked(act, [item, *together], list(involved.values()), day_of(act.session.planned_at))
    recused = recused_from(item)
    if voters.filter(membership__in=recused).exists():
        return RECUSED_VOTED
    return "" if quorum(act.session, recused)["reached"] else QUORUM_LOST


def _conclude(act: Act, item: Item, together: list[Item]) -> None:
    count = counted(item, chair_seat(act.session))
    rules = thawed(act.session.rules)
    favourable = adopted(count, majority_of(item.kind, rules), rules.tie)
    voters = voters_of(item)
    if favourable:
        _hold(together)
    for each in (*together, item):
        if not favourable:
            _end(act, each, ItemEvent.REJECT, _outcome(count))
        elif each.pk != item.pk and (reason := file_changed(each)):
            end_put_off(act, each, reason)
        else:
            _take_effect(act, each, voters, count)


def _hold(together: list[Item]) -> None:
    """Take what the decisions of a list have in common, kind after kind, before the first takes effect."""
    for code in sorted({each.kind for each in together}):
        kind_of(code).hold([proposed_by(each) for each in together if each.kind == code])


def _take_effect(act: Act, item: Item, voters: frozenset[str], count: Count) -> None:
    """Let the decision take effect through the door of the thing; put off, with what it says, when it refuses."""
    committee = committee_actor(sitting_of(act.session, item), voters)
    try:
        with transaction.atomic(), override("fr"):
            done = kind_of(item.kind).take_effect(committee, proposed_by(item), Effect(item.pk, act.at))
    except MinassaError as error:
        end_put_off(act, item, error.message)
        return
    _end(act, item, ItemEvent.ADOPT, _outcome(count) | {"effect": dict(done)})


def _end(act: Act, item: Item, event: ItemEvent, outcome: dict[str, object]) -> None:
    act.move_item(item, event, ended_at=act.at, outcome=outcome)
    act.tell(f"item.{item.state}", item=item.rank, digest=item.digest, **outcome)


def _outcome(count: Count) -> dict[str, object]:
    return {"in_favour": count.in_favour, "against": count.against, "abstained": count.abstained}


def sitting_of(session: Session, item: Item) -> str:
    """How a ruling names the session and the item that took it."""
    return f"{session.reference}/{item.rank}"


def voters_of(item: Item) -> frozenset[str]:
    """The actors who voted on an item, whatever they voted."""
    accounts = Ballot.objects.filter(item=item).values_list("membership__account_id", flat=True)
    return frozenset(f"account:{account}" for account in accounts)
