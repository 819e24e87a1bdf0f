"""Any acts in any order: what a committee decides is what an account kept apart says, with quorum, without the recused.

The account beside knows who is there, who is linked to what, which files have changed and what was voted; it never
asks the package. At each closing it says what must come out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from contextlib import suppress

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from minassa.claims.models import Claim, Ruling
from minassa.governance.models import Ballot, Derogation, Item, Membership, Recusal, Session
from minassa.governance.public import (
    GovernanceError,
    ask_secret,
    attend,
    cancel,
    close_session,
    close_vote,
    declare_interest,
    dissent,
    leave,
    minutes,
    minutes_hold,
    open_session,
    open_vote,
    pull_out,
    put_off,
    recuse,
    seal,
    vote,
)
from minassa.registry.models import Enterprise
from minassa.registry.public import Actor, Forbidden
from tests.governance.account_beside import AccountBeside
from tests.governance.test_derogations import proposed as derogation
from tests.governance.world import (
    SITTING,
    Members,
    about,
    firm,
    make_members,
    motion,
    substitute,
    waiting_claim,
)

SEATS = ("mtnra", "cnss", "finances", "industrie", "amdie", "emploi", "formation")
PEOPLE = (*SEATS, "deputy")
FIRMS = 3
VOTES = ("for", "against", "abstain")
REFUSED = (GovernanceError, Forbidden)
REACHED: Counter[tuple[str, bool]] = Counter()
"""How often closing a vote gave each outcome, openly and in secret."""


class Committee(AccountBeside, RuleBasedStateMachine):
    """Two sessions at most, a motion, loud and quiet claims, a derogation."""

    def __init__(self) -> None:
        RuleBasedStateMachine.__init__(self)
        self.frame = transaction.atomic()
        self.frame.__enter__()
        self.cto: Members = make_members()
        deputy, row = substitute(self.cto, "mtnra")
        self.actors: dict[str, Actor] = {**self.cto.actors, "deputy": deputy}
        self.rows: dict[str, Membership] = {**self.cto.rows, "deputy": row}
        self.firms: list[Enterprise] = [firm(rank) for rank in range(FIRMS)]
        loud = [waiting_claim(self.firms[0], 1, score=9), waiting_claim(self.firms[1], 2, score=9)]
        quiet = [waiting_claim(self.firms[1], 3, period="2025"), waiting_claim(self.firms[2], 4)]
        self.claims: dict[int, Claim] = dict(enumerate([*loud, *quiet], start=2))
        agenda = [motion(), *map(about, [*loud, *quiet]), derogation(self.firms[2])]
        self.session: Session = self.cto.convened(*agenda)
        AccountBeside.__init__(self)
        self.state = "convened"

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.frame.__exit__(None, None, None)

    def item(self, rank: int) -> Item:
        return Item.objects.get(session=self.session, rank=rank)

    # What people do.

    @initialize(late=st.sets(st.sampled_from(SEATS[1:]), max_size=3), opened=st.sampled_from((True, True, True, False)))
    def begins(self, late: set[str], opened: bool) -> None:
        """Most of the time the session is open from the beginning: what comes after is reached as often as the rest."""
        for who in SEATS:
            if who not in late:
                self.comes(who)
        if opened:
            self.opens("mtnra")

    @precondition(lambda self: self.state == "open" and self.chair() is not None)
    @rule(
        rank=st.sampled_from((0, 1, 2, 3, 6)),
        choices=st.lists(st.sampled_from((*VOTES, "for")), min_size=8, max_size=8),
        secret=st.booleans(),
        between=st.sampled_from(("", "", "file", "link", "leave")),
    )
    def goes_through(self, rank: int, choices: list[str], secret: bool, between: str) -> None:
        """An item voted from one end to the other, and what may happen in the middle."""
        self.opens_vote("mtnra", rank, secret=secret, presides=True)
        if self.books[rank].state != "voting":
            return
        for who, choice in zip(PEOPLE, choices, strict=True):
            self.votes_on(rank, who, choice)
        if between == "file" and rank in self.claims:
            self.file_changes(rank)
        if between == "link" and self.books[rank].firms:
            self.is_linked("cnss", self.books[rank].firms[0])
        if between == "leave":
            for who in ("finances", "industrie", "amdie", "emploi"):
                self.goes(who)
        self.closes(rank, "mtnra", presides=True)

    @rule(who=st.sampled_from(PEOPLE))
    def comes(self, who: str) -> None:
        taken = {self.seat(one) for one in self.there}
        allowed = self.state in {"convened", "open"} and self.seat(who) not in taken
        try:
            attend(self.actors[who], self.session, self.rows[who], SITTING)
        except REFUSED:
            assert not allowed
            return
        assert allowed
        self.there.add(who)

    @rule(who=st.sampled_from(PEOPLE))
    def goes(self, who: str) -> None:
        allowed = self.state in {"convened", "open"} and who in self.there
        try:
            leave(self.actors[who], self.session, self.rows[who], SITTING)
        except REFUSED:
            assert not allowed
            return
        assert allowed
        self.there.discard(who)

    def opens(self, who: str) -> None:
        allowed = self.state == "convened" and who == self.chair() and self.quorate()
        try:
            open_session(self.actors[who], self.session, SITTING)
        except REFUSED:
            assert not allowed
            return
        assert allowed
        self.state = "open"

    def is_linked(self, who: str, number: int) -> None:
        account, enterprise = self.rows[who].account, self.firms[number]
        declare_interest(self.actors[who], account, "shares", SITTING, enterprise=enterprise)
        self.linked.setdefault(who, set()).add(number)

    def stands_aside(self, who: str, rank: int) -> None:
        book = self.books[rank]
        voted = who in book.votes or (rank in self.ranks(0) and who in self.books[0].votes)
        allowed = self.state in {"convened", "open"} and book.state in {"listed", "voting"} and not voted
        try:
            recuse(self.actors[who], self.item(rank), "Motif", SITTING)
        except REFUSED:
            assert not allowed
            return
        assert allowed
        book.aside.add(who)

    def file_changes(self, rank: int) -> None:
        book = self.books[rank]
        if book.state not in {"listed", "voting"}:
            return
        book.version += 1
        Claim.objects.filter(pk=self.claims[rank].pk).update(version=book.version)

    def asks_secrecy(self, who: str, rank: int) -> None:
        with suppress(*REFUSED):
            ask_secret(self.actors[who], self.item(rank), SITTING)
            assert self.books[rank].state == "listed"
            self.books[rank].asked = True

    def pulls_out(self, who: str, rank: int) -> None:
        on_list = rank in {4, 5} and rank not in self.pulled and self.books[rank].state == "listed"
        try:
            pull_out(self.actors[who], self.item(rank), SITTING)
        except REFUSED:
            assert not (on_list and self.state in {"convened", "open"})
            return
        assert on_list
        self.pulled.add(rank)

    @precondition(lambda self: self.state == "open")
    @rule(who=st.sampled_from(PEOPLE), rank=st.integers(0, 6), secret=st.booleans(), presides=st.booleans())
    def opens_vote(self, who: str, rank: int, secret: bool, presides: bool) -> None:
        actor = self.chair() if presides else who
        book = self.books[rank]
        if actor is None:
            return
        in_list = rank in {4, 5} and rank not in self.pulled
        may = self.state == "open" and actor == self.chair() and book.state == "listed" and not in_list
        before = set(self.pulled)
        if may and self.fresh(rank) and rank == 0:
            for one in self.ranks(0) - {0}:
                links = self.books[one].aside | {p for p, f in self.linked.items() if f & set(self.books[one].firms)}
                # Whoever was ever seen with a link keeps the recusal, here or gone; only those here empty the list.
                if links & self.there:
                    self.pulled.add(one)
        emptied = rank == 0 and may and before != self.pulled and self.ranks(0) == {0}
        ready = not emptied and self.quorate(rank) and actor not in self.aside(rank)
        try:
            open_vote(self.actors[actor], self.item(rank), SITTING, secret=secret)
        except REFUSED:
            self.pulled = before
            assert not (may and (not self.fresh(rank) or ready)), (rank, actor)
            return
        assert may
        if not self.fresh(rank):
            self.pulled = before
            book.state = "put_off"
            return
        assert ready
        for one in self.ranks(rank):
            self.books[one].state = "voting"
            self.books[one].secret = secret or book.asked

    @precondition(lambda self: any(book.state == "voting" for book in self.books.values()))
    @rule(data=st.data(), who=st.sampled_from(PEOPLE), choice=st.sampled_from(VOTES))
    def votes(self, data: st.DataObject, who: str, choice: str) -> None:
        self.votes_on(self.one_voting(data), who, choice)

    def one_voting(self, data: st.DataObject) -> int:
        return data.draw(st.sampled_from([rank for rank, book in self.books.items() if book.state == "voting"]))

    def votes_on(self, rank: int, who: str, choice: str) -> None:
        book = self.books[rank]
        in_list = rank in {4, 5} and rank not in self.pulled
        allowed = (
            self.state == "open"
            and who in self.there
            and not in_list
            and who not in self.aside(rank)
            and self.seat(who) not in {self.seat(one) for one in book.votes}
        )
        try:
            vote(self.actors[who], self.item(rank), choice, SITTING)
        except REFUSED:
            assert not allowed
            return
        assert allowed
        book.votes[who] = choice

    @precondition(lambda self: any(book.state == "voting" for book in self.books.values()))
    @rule(data=st.data(), who=st.sampled_from(PEOPLE), presides=st.booleans())
    def closes_vote(self, data: st.DataObject, who: str, presides: bool) -> None:
        self.closes(self.one_voting(data), who, presides=presides)

    def closes(self, rank: int, who: str, *, presides: bool) -> None:
        actor = self.chair() if presides else who
        if actor is None or (rank in {4, 5} and rank not in self.pulled):
            return
        wanted = self.expected(rank)
        try:
            close_vote(self.actors[actor], self.item(rank), SITTING)
        except REFUSED:
            assert actor != self.chair()
            return
        assert actor == self.chair()
        for one in self.ranks(rank):
            alone = wanted if self.fresh(one) or wanted != "adopted" else "put_off"
            self.books[one].state = alone
            REACHED[alone, self.books[one].secret] += 1
            if one in self.claims and alone == "adopted":
                assert Ruling.objects.get(claim=self.claims[one]).by == f"sitting:{self.session.reference}/{one}"

    def says(self, who: str, rank: int, *, agrees: bool) -> None:
        with suppress(*REFUSED):
            if agrees:
                dissent(self.actors[who], self.item(rank), "Désaccord", SITTING)
                assert self.books[rank].state in {"voting", "adopted", "rejected"}
            elif not (rank in {4, 5} and self.books[0].state == "voting"):
                put_off(self.actors[who], self.item(rank), "Motif", SITTING)
                assert who == self.chair()
                for one in self.ranks(rank):
                    self.books[one].state = "put_off"

    def ends(self, who: str, what: str) -> None:
        actor = self.actors.get(who, self.cto.secretary)
        voting = any(book.state == "voting" for book in self.books.values())
        allowed = {
            "close": self.state == "open" and who == self.chair() and not voting,
            "seal": self.state == "closed" and who == "secretary",
            "cancel": self.state == "convened" and who == "secretary",
        }[what]
        # A session that ends early shows nothing more: most of the time it goes on.
        if allowed and what != "seal" and any(book.state == "listed" for book in self.books.values()):
            return
        try:
            if what == "cancel":
                cancel(actor, self.session, "Motif", SITTING)
            else:
                (close_session if what == "close" else seal)(actor, self.session, SITTING)
        except REFUSED:
            assert not allowed
            return
        assert allowed
        self.state = {"close": "closed", "seal": "sealed", "cancel": "cancelled"}[what]
        assert minutes(self.session).body == minutes(self.session).body
        assert what != "seal" or minutes_hold(self.session)
        for book in self.books.values():
            book.state = "put_off" if book.state == "listed" else book.state

    @rule(who=st.sampled_from(PEOPLE), rank=st.integers(0, 6), number=st.integers(0, 9))
    def something_else(self, who: str, rank: int, number: int) -> None:
        """What is done now and then, so that votes are reached as often as all of it together."""
        acts: list[Callable[[], None]] = [
            lambda: self.is_linked(who, rank % FIRMS),
            lambda: self.stands_aside(who, rank),
            lambda: self.file_changes(min(max(rank, 2), 5)),
            lambda: self.asks_secrecy(who, rank),
            lambda: self.pulls_out(who, rank),
            lambda: self.says(who, rank, agrees=True),
            lambda: self.says(who, rank, agrees=False),
            lambda: self.ends(who, "close"),
            lambda: self.ends("secretary", "seal" if self.state == "closed" else "cancel"),
            lambda: self.opens(who),
        ]
        acts[number]()

    # What always holds.

    @invariant()
    def states_are_those_of_the_account_beside(self) -> None:
        assert Session.objects.get(pk=self.session.pk).state == self.state
        found = dict(Item.objects.filter(session=self.session).values_list("rank", "state"))
        assert found == {rank: book.state for rank, book in self.books.items()}

    @invariant()
    def claims_are_decided_by_what_was_adopted_and_by_nothing_else(self) -> None:
        for rank, claim in self.claims.items():
            state = Claim.objects.values_list("state", flat=True).get(pk=claim.pk)
            assert state == ("accepted" if self.books[rank].state == "adopted" else "to_decide")
        assert Ruling.objects.count() == sum(self.books[rank].state == "adopted" for rank in self.claims)
        assert Derogation.objects.count() == (self.books[6].state == "adopted")

    @invariant()
    def nobody_recused_is_among_the_votes_that_decided(self) -> None:
        for item in Item.objects.filter(session=self.session, state__in=["adopted", "rejected"]):
            voters = set(Ballot.objects.filter(item=item).values_list("membership_id", flat=True))
            assert not voters & set(Recusal.objects.filter(item=item).values_list("membership_id", flat=True))


@pytest.fixture(autouse=True)
def _intact(monkeypatch: pytest.MonkeyPatch) -> None:
    """Claims of these tests have no line: whether lines have their digest is tested where claims are."""
    monkeypatch.setattr("minassa.claims.deciding.require_intact", lambda _claim: None)


WALK = {0: ("for", ""), 1: ("against", ""), 2: ("for", "file"), 3: ("for", "link"), 6: ("for", "leave")}
"""What each item is voted, and what happens before its vote is closed."""


@pytest.mark.django_db
def test_a_walk_reaches_every_outcome_and_the_account_kept_apart_agrees() -> None:
    REACHED.clear()
    walk = Committee()
    walk.begins(set(), opened=True)
    for rank, (choice, between) in WALK.items():
        walk.goes_through(rank, [choice] * 8, secret=rank == 1, between=between)
        walk.states_are_those_of_the_account_beside()
        walk.claims_are_decided_by_what_was_adopted_and_by_nothing_else()
        walk.nobody_recused_is_among_the_votes_that_decided()
    walk.teardown()
    assert REACHED == {("adopted", False): 3, ("rejected", True): 1, ("put_off", False): 3}


@pytest.mark.slow
@pytest.mark.django_db
def test_committees_decide_as_an_account_kept_apart_says() -> None:
    limits = settings(max_examples=40, stateful_step_count=14, deadline=None, suppress_health_check=list(HealthCheck))
    run_state_machine_as_test(Committee, settings=limits)
