"""Several people at one instant: two last votes, one vote twice, two closings, an agenda and its convocation."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable

import pytest
from django.db import connections

from minassa.claims.models import Claim, Ruling
from minassa.governance.models import Ballot, Item, Session
from minassa.governance.public import (
    Proposed,
    add_item,
    close_vote,
    convene,
    leave,
    open_vote,
    vote,
)
from minassa.vocabulary.errors import MinassaError
from tests.governance.world import PREPARED, SITTING, about, firm, items_of, make_members, motion, waiting_claim

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _intact(monkeypatch: pytest.MonkeyPatch) -> None:
    """Claims of these tests have no line: whether lines have their digest is tested where claims are."""
    monkeypatch.setattr("minassa.claims.deciding.require_intact", lambda _claim: None)


def at_once(*acts: Callable[[], object]) -> list[str]:
    """What became of acts started together, each on a connection of its own: `done`, or the code of the refusal."""
    outcomes: list[str] = []
    gate = threading.Barrier(len(acts))

    def run(act: Callable[[], object]) -> None:
        try:
            gate.wait()
            act()
            outcomes.append("done")
        except MinassaError as error:
            outcomes.append(error.code)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


@pytest.mark.parametrize("secret", [False, True])
def test_votes_cast_together_all_count_once(secret: bool) -> None:
    cto = make_members()
    session = cto.opened(motion())
    (item,) = items_of(session)
    open_vote(cto.chair, item, SITTING, secret=secret)
    choices = dict(zip(cto.actors, ["for", "for", "for", "against", "against", "abstain", "for"], strict=True))

    def casting(seat: str, choice: str) -> Callable[[], object]:
        return lambda: vote(cto.actors[seat], Item.objects.get(pk=item.pk), choice, SITTING)

    twice = [casting(seat, choice) for seat, choice in choices.items() for _ in range(2)]
    assert Counter(at_once(*twice)) == {"done": 7, "vote-cast": 7}
    close_vote(cto.chair, item, SITTING)
    assert item.outcome == {"in_favour": 4, "against": 2, "abstained": 1, "effect": {}}
    assert Ballot.objects.count() == 7


def test_closings_at_once_decide_once() -> None:
    cto = make_members()
    session = cto.opened(about(waiting_claim(firm(1), score=9)))
    (item,) = items_of(session)
    open_vote(cto.chair, item, SITTING)
    cto.vote(item, mtnra="for", cnss="for")
    closing = lambda: close_vote(cto.chair, Item.objects.get(pk=item.pk), SITTING)  # noqa: E731 (one act, four times)
    assert Counter(at_once(*[closing] * 4)) == {"done": 1, "session-state": 3}
    assert (Ruling.objects.count(), Claim.objects.get().state) == (1, "accepted")


def test_a_vote_and_a_closing_at_once_count_it_or_refuse_it() -> None:
    cto = make_members()
    session = cto.opened(motion())
    (item,) = items_of(session)
    open_vote(cto.chair, item, SITTING)
    cto.vote(item, mtnra="for", cnss="against")
    outcomes = at_once(
        lambda: vote(cto.actors["emploi"], Item.objects.get(pk=item.pk), "against", SITTING),
        lambda: close_vote(cto.chair, Item.objects.get(pk=item.pk), SITTING),
    )
    item.refresh_from_db()
    counted = Counter(outcomes)["done"] == 2
    assert item.outcome["against"] == (2 if counted else 1) == Ballot.objects.filter(choice="against").count()
    assert item.state == ("rejected" if counted else "adopted")


def test_members_who_leave_while_the_vote_closes_are_counted_or_not_never_half() -> None:
    cto = make_members()
    session = cto.opened(about(waiting_claim(firm(1), score=9)), there=("mtnra", "cnss", "finances", "emploi"))
    (item,) = items_of(session)
    open_vote(cto.chair, item, SITTING)
    cto.vote(item, mtnra="for", cnss="for")
    outcomes = at_once(
        lambda: leave(cto.secretary, Session.objects.get(pk=session.pk), cto.rows["cnss"], SITTING),
        lambda: close_vote(cto.chair, Item.objects.get(pk=item.pk), SITTING),
    )
    item.refresh_from_db()
    assert outcomes == ["done", "done"]
    decided = Claim.objects.get().state == "accepted"
    assert (item.state, Ruling.objects.count()) == (("adopted", 1) if decided else ("put_off", 0))


def test_an_item_added_while_the_session_is_convened_is_on_the_agenda_or_refused() -> None:
    cto = make_members()
    session = cto.drafted(motion("Première"))
    added = Proposed("", "adopt", {"title": "Seconde", "text": "Texte"})
    outcomes = at_once(
        lambda: convene(cto.secretary, Session.objects.get(pk=session.pk), PREPARED),
        lambda: add_item(cto.secretary, Session.objects.get(pk=session.pk), "motion", added, PREPARED),
    )
    session.refresh_from_db()
    assert session.state == "convened"
    assert len(items_of(session)) == outcomes.count("done")
    assert all(item.digest for item in items_of(session))
