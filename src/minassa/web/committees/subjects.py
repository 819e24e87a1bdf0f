"""What an address of committees bears on, among what the actor may know of."""

from __future__ import annotations

from uuid import UUID

from minassa.governance.models import Interest, Item, Membership, Session
from minassa.governance.public import Committee, sessions_for
from minassa.registry.models import Account
from minassa.registry.public import Actor


def the_session(actor: Actor, session: UUID) -> Session:
    """The session of an address; DoesNotExist when the actor may not know of it."""
    return sessions_for(actor).get(uuid=session)


def the_item(actor: Actor, session: UUID, rank: int) -> Item:
    """The item of a session by its rank on the agenda; DoesNotExist."""
    return Item.objects.select_related("session").get(session=the_session(actor, session), rank=rank)


def session_of(item: Item) -> Session:
    """The session of an item: what the policy is asked about."""
    return item.session


def the_committee(_actor: Actor, committee: str) -> Committee | None:
    """The committee of an address; None when there is none."""
    return Committee(committee) if committee in set(Committee) else None


def the_membership(_actor: Actor, membership: int) -> Membership:
    """A member's hold of a seat, by its number; DoesNotExist."""
    return Membership.objects.select_related("account").get(pk=membership)


def the_account(actor: Actor) -> Account | None:
    """The account of who acts; None for a system."""
    return Account.objects.filter(pk=actor.account_id or 0).first()


def the_interest(actor: Actor, interest: int) -> Interest:
    """An interest of who acts, by its number; DoesNotExist for another's."""
    return Interest.objects.select_related("account").get(pk=interest, account_id=actor.account_id or 0)
