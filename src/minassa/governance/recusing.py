"""Who may not vote on what: declared interests, mandates, groups, shareholders, and those who had a hand in the file.

A link recuses by itself; a member may also stand aside of his or her own accord.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime
from typing import Final, TypeAlias

from django.utils.translation import gettext as _

from minassa.governance.acting import Act, acting_on, said
from minassa.governance.attending import membership_of
from minassa.governance.errors import AlreadyVoted
from minassa.governance.session_models import Item, Membership
from minassa.governance.states import ENDED, ItemEvent, SessionEvent
from minassa.governance.vote_models import Ballot, Ground, Interest, Recusal
from minassa.registry.models import Enterprise, Mandate, Shareholding
from minassa.registry.public import Actor, in_force

Links: TypeAlias = dict[int, dict[int, Ground]]
"""By account: the enterprises that it is linked to, each with the nearest ground."""
_NEAREST: Final = (Ground.DECLARED, Ground.MANDATE, Ground.GROUP, Ground.SHAREHOLDER)


def links(accounts: Collection[int], day: date) -> Links:
    """What links accounts to enterprises on a day: by themselves, through groups, through shares up and down."""
    own = _own(accounts, day)
    near = {firm for firms in own.values() for firm in firms}
    groups = dict(Enterprise.objects.filter(pk__in=near, group__isnull=False).values_list("pk", "group_id"))
    members = _members(set(groups.values()))
    shares = _shares(day) if near else {}
    found: Links = {}
    for account, firms in own.items():
        reached = dict(firms)
        for firm in firms:
            for sister in members.get(groups.get(firm, 0), ()):
                reached.setdefault(sister, Ground.GROUP)
        for firm in list(reached):
            for other in _reached(firm, shares):
                reached.setdefault(other, Ground.SHAREHOLDER)
        found[account] = reached
    return found


def _own(accounts: Collection[int], day: date) -> Links:
    """The enterprises where an account has an interest that it declared, or a mandate."""
    own: Links = {}
    for account, firm in Mandate.objects.filter(in_force(day), account__in=accounts).values_list(
        "account_id", "enterprise_id"
    ):
        own.setdefault(account, {})[firm] = Ground.MANDATE
    declared = list(
        Interest.objects.filter(in_force(day), account__in=accounts).values_list(
            "account_id", "enterprise_id", "group_id"
        )
    )
    members = _members({group for _account, _firm, group in declared if group})
    for account, firm, group in declared:
        for each in [firm] if firm else members.get(group or 0, ()):
            own.setdefault(account, {})[each] = Ground.DECLARED
    return own


def _members(groups: Collection[int]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for firm, group in Enterprise.objects.filter(group__in=groups).values_list("pk", "group_id"):
        found.setdefault(group or 0, []).append(firm)
    return found


def _shares(day: date) -> dict[bool, dict[int, set[int]]]:
    """Who holds whom, and who is held by whom, on a day: the latest share of each pair, unless it is nothing."""
    latest: dict[tuple[int, int], int] = {}
    rows = Shareholding.objects.filter(since__lte=day).order_by("since", "pk")
    for holder, held, share in rows.values_list("holder_id", "held_id", "share_basis_points"):
        latest[holder, held] = share
    shares: dict[bool, dict[int, set[int]]] = {True: {}, False: {}}
    for (holder, held), share in latest.items():
        if share:
            shares[True].setdefault(holder, set()).add(held)
            shares[False].setdefault(held, set()).add(holder)
    return shares


def _reached(firm: int, shares: dict[bool, dict[int, set[int]]]) -> set[int]:
    """The enterprises that a firm holds through any number of others, and those that hold it so."""
    found: set[int] = set()
    for edges in shares.values():
        edge = {firm}
        while edge:
            edge = {other for one in edge for other in edges.get(one, ())} - found - {firm}
            found |= edge
    return found


def recuse_linked(act: Act, items: Iterable[Item], members: Collection[Membership], day: date) -> list[Recusal]:
    """Write the recusals that follow from links, for items not ended, unless they are there; those just written."""
    listed = [item for item in items if item.state not in ENDED]
    known = set(Recusal.objects.filter(item__in=listed).values_list("item_id", "membership_id"))
    linked = links({member.account_id for member in members}, day)
    made = [
        Recusal(item=item, membership=member, ground=ground, at=act.at)
        for item in listed
        for member in members
        if (item.pk, member.pk) not in known and (ground := _ground(item, member, linked))
    ]
    Recusal.objects.bulk_create(made)
    for recusal in made:
        act.tell("member.recused", item=recusal.item.rank, seat=recusal.membership.seat, ground=str(recusal.ground))
    return made


def _ground(item: Item, member: Membership, linked: Links) -> Ground | None:
    if f"account:{member.account_id}" in item.hands:
        return Ground.HAND
    found = {linked.get(member.account_id, {}).get(firm) for firm in item.enterprises}
    return next((ground for ground in _NEAREST if ground in found), None)


def recuse(actor: Actor, item: Item, ground: str, at: datetime) -> Recusal:
    """Stand aside from an item, saying why, before having voted on it. AlreadyVoted, NotSeated, ImpossibleAct."""
    with acting_on(actor, "session.vote", item, at) as (act, fresh):
        act.move(SessionEvent.PREPARE)
        act.move_item(fresh, ItemEvent.RECUSE)
        member = membership_of(act.session, actor)
        if Ballot.objects.filter(item__in=[fresh.pk, fresh.consent_list_id], membership=member).exists():
            raise AlreadyVoted(_("Vous avez déjà voté sur ce point."), item=fresh.rank)
        made, new = Recusal.objects.get_or_create(
            item=fresh, membership=member, defaults={"ground": Ground.OWN, "said": said(ground), "at": act.at}
        )
        if new:
            act.tell("member.recused", item=fresh.rank, seat=member.seat, ground=str(Ground.OWN))
    return made
