"""Who is linked to a firm is recused by itself: mandates, interests, groups, shares up and down, a hand in the file."""

from __future__ import annotations

import itertools
from datetime import timedelta

import pytest
from django.db import transaction

from minassa.governance.models import Attendance, Ground, Interest, Membership, Recusal
from minassa.governance.public import (
    AlreadyVoted,
    GovernanceError,
    ImpossibleAct,
    NoQuorum,
    NotSeated,
    Recused,
    SeatTaken,
    attend,
    close_vote,
    declare_interest,
    end_interest,
    end_membership,
    leave,
    open_session,
    open_vote,
    quorum,
    recuse,
    seat_member,
    vote,
)
from minassa.registry.models import Account, Enterprise, Group, Mandate, Role, Shareholding
from minassa.registry.public import Forbidden, actor_of
from tests.governance.world import (
    PREPARED,
    SINCE,
    SITTING,
    Members,
    about,
    appointed,
    firm,
    items_of,
    motion,
    substitute,
    waiting_claim,
)

pytestmark = pytest.mark.django_db


def account_of(cto: Members, seat: str) -> Account:
    return cto.rows[seat].account


def mandate(cto: Members, seat: str, enterprise: Enterprise) -> None:
    Mandate.objects.create(account=account_of(cto, seat), enterprise=enterprise, power="prepare", since=SINCE)


def holds(holder: Enterprise, held: Enterprise, share: int = 1) -> None:
    Shareholding.objects.create(holder=holder, held=held, share_basis_points=share, since=SINCE)


def test_each_link_recuses_with_its_ground(cto: Members) -> None:
    group = Group.objects.create(name="Groupe EXEMPLE")
    target = firm(1, group=group)
    sister, holder, top, subsidiary, stranger = firm(2, group=group), firm(3), firm(4), firm(5), firm(6)
    holds(holder, target)
    holds(top, holder, 9_000)
    holds(target, subsidiary)
    mandate(cto, "mtnra", target)
    mandate(cto, "cnss", sister)
    mandate(cto, "finances", top)
    mandate(cto, "industrie", stranger)
    declare_interest(cto.actors["amdie"], account_of(cto, "amdie"), "shares", PREPARED, group=group)
    declare_interest(cto.secretary, account_of(cto, "emploi"), "family", PREPARED, enterprise=subsidiary)
    claim = waiting_claim(target, score=9, controlled_by=f"account:{account_of(cto, 'formation').pk}")
    (item,) = items_of(cto.convened(about(claim)))
    found = dict(Recusal.objects.filter(item=item).values_list("membership__seat", "ground"))
    assert found == {
        "mtnra": Ground.MANDATE,
        "cnss": Ground.GROUP,
        "finances": Ground.SHAREHOLDER,
        "amdie": Ground.DECLARED,
        "emploi": Ground.SHAREHOLDER,
        "formation": Ground.HAND,
    }


def test_links_that_ended_or_have_not_begun_do_not_recuse(cto: Members) -> None:
    target, former = firm(1), firm(2)
    holds(former, target)
    Shareholding.objects.create(holder=former, held=target, share_basis_points=0, since=SINCE + timedelta(days=30))
    mandate(cto, "cnss", former)
    Mandate.objects.create(
        account=account_of(cto, "emploi"), enterprise=target, power="sign", since=SINCE, until=PREPARED.date()
    )
    interest = declare_interest(cto.actors["amdie"], account_of(cto, "amdie"), "work", PREPARED, enterprise=target)
    end_interest(cto.actors["amdie"], interest, PREPARED)
    with pytest.raises(GovernanceError):
        end_interest(cto.actors["amdie"], interest, PREPARED)
    cto.convened(about(waiting_claim(target, score=9)))
    assert not Recusal.objects.exists()


def test_an_interest_declared_before_the_vote_closes_undoes_what_was_voted(cto: Members) -> None:
    target = firm(1)
    session = cto.opened(about(waiting_claim(target, score=9)), motion())
    item, other = items_of(session)
    open_vote(cto.chair, item, SITTING)
    cto.vote(item, mtnra="for", cnss="for")
    declare_interest(cto.actors["cnss"], account_of(cto, "cnss"), "shares", SITTING, enterprise=target)
    close_vote(cto.chair, item, SITTING)
    assert (item.state, item.put_off_reason) == ("put_off", "Un membre récusé avait voté.")
    cto.decided(other, mtnra="for", cnss="for")
    assert other.state == "adopted"


def test_who_is_recused_neither_votes_nor_counts(cto: Members) -> None:
    target = firm(1)
    mandate(cto, "cnss", target)
    session = cto.opened(about(waiting_claim(target, score=9)), motion(), there=("mtnra", "cnss", "finances", "emploi"))
    item, other = items_of(session)
    assert quorum(session)["reached"]
    with pytest.raises(NoQuorum):
        open_vote(cto.chair, item, SITTING)
    cto.come(session, "amdie")
    open_vote(cto.chair, item, SITTING)
    with pytest.raises(Recused):
        vote(cto.actors["cnss"], item, "for", SITTING)
    cto.decided(other, mtnra="for", cnss="for")
    assert other.state == "adopted"


def test_a_recused_chair_gives_way_to_the_deputy(cto: Members) -> None:
    target = firm(1)
    deputy, row = substitute(cto, "mtnra")
    mandate(cto, "mtnra", target)
    session = cto.opened(about(waiting_claim(target, score=9)))
    (item,) = items_of(session)
    with pytest.raises(Recused):
        open_vote(cto.chair, item, SITTING)
    with pytest.raises(GovernanceError):
        attend(cto.secretary, session, row, SITTING)
    leave(cto.secretary, session, cto.rows["mtnra"], SITTING)
    attend(cto.secretary, session, row, SITTING)
    open_vote(deputy, item, SITTING)
    vote(deputy, item, "against", SITTING)
    close_vote(deputy, item, SITTING)
    assert item.state == "rejected"


def test_a_member_stands_aside_before_voting_not_after(cto: Members) -> None:
    session = cto.opened(motion())
    (item,) = items_of(session)
    with pytest.raises(GovernanceError):
        recuse(cto.actors["cnss"], item, " ", SITTING)
    recuse(cto.actors["cnss"], item, "Proche", SITTING)
    recuse(cto.actors["cnss"], item, "Encore", SITTING)
    open_vote(cto.chair, item, SITTING)
    cto.vote(item, emploi="for")
    with pytest.raises(AlreadyVoted):
        recuse(cto.actors["emploi"], item, "Trop tard", SITTING)
    recuse(cto.actors["amdie"], item, "À temps", SITTING)
    with pytest.raises(Recused):
        vote(cto.actors["amdie"], item, "for", SITTING)
    assert Recusal.objects.filter(item=item).count() == 2


def test_an_item_from_which_someone_is_recused_leaves_the_consent_list(cto: Members) -> None:
    linked, plain = firm(1), firm(2)
    mandate(cto, "cnss", linked)
    session = cto.opened(about(waiting_claim(linked, 1)), about(waiting_claim(plain, 2)))
    consent = session.items.get(kind="consent")
    open_vote(cto.chair, consent, SITTING)
    first, second = items_of(session)
    assert (first.state, first.pulled_by, second.state) == ("listed", "recusal", "voting")
    vote(cto.actors["cnss"], consent, "for", SITTING)
    with pytest.raises(GovernanceError):
        vote(cto.chair, second, "for", SITTING)


def test_who_comes_late_and_is_recused_does_not_vote_the_list(cto: Members) -> None:
    linked = firm(1)
    mandate(cto, "amdie", linked)
    session = cto.opened(about(waiting_claim(linked, 1)), there=("mtnra", "cnss", "finances", "emploi"))
    consent = session.items.get(kind="consent")
    open_vote(cto.chair, consent, SITTING)
    cto.come(session, "amdie")
    with pytest.raises(Recused):
        vote(cto.actors["amdie"], consent, "for", SITTING)


SEATS = ("mtnra", "cnss", "finances", "industrie", "amdie", "emploi", "formation")


def test_quorum_for_every_set_of_seats_present_and_recused(cto: Members) -> None:
    """The chair and half the seats, without those recused: every presence, with every recusal of three seats."""
    session = cto.convened(motion())
    sets = [there for size in range(8) for there in itertools.combinations(SEATS, size)]
    for there in sets:
        mark = transaction.savepoint()
        Attendance.objects.bulk_create(
            Attendance(session=session, membership=cto.rows[seat], present=True, at=SITTING) for seat in there
        )
        for aside in sets:
            if set(aside) <= set(SEATS[:3]):
                counted = set(there) - set(aside)
                found = quorum(session, {cto.rows[seat].pk for seat in aside})
                assert found["reached"] is (len(counted) >= 4 and "mtnra" in counted), (there, aside)
        transaction.savepoint_rollback(mark)


def test_a_session_opens_with_its_quorum_on_its_day_by_who_presides(cto: Members) -> None:
    session = cto.convened(motion())
    eve = SITTING - timedelta(days=1)
    for seat in ("mtnra", "cnss", "finances", "emploi"):
        with pytest.raises(NoQuorum if seat != "mtnra" else NotSeated):
            open_session(cto.chair, session, SITTING)
        attend(cto.secretary, session, cto.rows[seat], eve)
    with pytest.raises(ImpossibleAct):
        open_session(cto.chair, session, eve)
    assert open_session(cto.chair, session, SITTING).state == "open"


def test_seats_are_held_by_one_person_who_holds_one(cto: Members) -> None:
    newcomer = appointed("nouveau", "cto", Role.CTO_MEMBER)
    with pytest.raises(SeatTaken):
        seat_member(cto.secretary, newcomer, "cto", "cnss", SINCE, PREPARED)
    with pytest.raises(SeatTaken):
        seat_member(cto.secretary, account_of(cto, "emploi"), "cto", "cnss", SINCE, PREPARED, titular=False)
    with pytest.raises(GovernanceError):
        seat_member(cto.secretary, newcomer, "cto", "apebi", SINCE, PREPARED)
    with pytest.raises(GovernanceError):
        seat_member(cto.secretary, appointed("autre", "copil", Role.STEERING_MEMBER), "cto", "cnss", SINCE, PREPARED)
    with pytest.raises(Forbidden):
        seat_member(cto.chair, newcomer, "cto", "cnss", SINCE, PREPARED)
    end_membership(cto.secretary, cto.rows["cnss"], PREPARED.date(), PREPARED)
    with pytest.raises(GovernanceError):
        end_membership(cto.secretary, cto.rows["cnss"], PREPARED.date(), PREPARED)
    row = seat_member(cto.secretary, newcomer, "cto", "cnss", PREPARED.date() + timedelta(days=1), PREPARED)
    session = cto.convened(motion())
    with pytest.raises(GovernanceError):
        attend(cto.secretary, session, cto.rows["cnss"], SITTING)
    attend(actor_of(newcomer, SITTING.date()), session, row, SITTING)
    assert Membership.objects.filter(seat="cnss").count() == 2


def test_interests_are_declared_by_oneself_or_the_secretariat(cto: Members) -> None:
    target = firm(1)
    with pytest.raises(Forbidden):
        declare_interest(cto.chair, account_of(cto, "cnss"), "work", PREPARED, enterprise=target)
    with pytest.raises(GovernanceError):
        declare_interest(cto.chair, account_of(cto, "mtnra"), "work", PREPARED)
    declare_interest(cto.chair, account_of(cto, "mtnra"), "work", PREPARED, enterprise=target, detail="Ancien cadre")
    assert Interest.objects.get().detail == "Ancien cadre"
