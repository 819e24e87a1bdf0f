"""Several people at one instant: two last votes, one vote twice, two closings, an agenda and its convocation."""

from __future__ import annotations

import contextlib
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
from minassa.ledger import envelopes
from minassa.ledger.models import Envelope
from minassa.ledger.public import Place, check_ledger, open_envelope
from minassa.registry.models import Role
from minassa.registry.public import actor_of
from minassa.vocabulary.errors import MinassaError
from tests.governance.world import (
    PREPARED,
    SITTING,
    about,
    appointed,
    firm,
    items_of,
    make_members,
    motion,
    waiting_claim,
)

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


def test_two_sessions_that_decide_on_the_same_credits_in_opposite_orders_never_wait_for_each_other(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    payer = actor_of(appointed("tresor", "mtnra", Role.SUPERVISOR), SITTING.date())
    for measure in ("air", "paf"):
        open_envelope(payer, Place(measure, SITTING.year, "mtnra"), 10**9, "EXEMPLE", measure, PREPARED)
    cto = make_members()
    lists = []
    for rank, measures in enumerate((("paf", "air"), ("air", "paf"))):
        claims = [waiting_claim(firm(4 * rank + n), 4 * rank + n, measure=one) for n, one in enumerate(measures)]
        session = cto.opened(*[about(claim) for claim in claims])
        listed = Item.objects.get(session=session, kind="consent")
        open_vote(cto.chair, listed, SITTING)
        cto.vote(listed, mtnra="for", cnss="for", finances="for")
        lists.append(listed.pk)
    each_has_drawn = threading.Barrier(2)
    draw = envelopes._draw  # noqa: SLF001 (what a session takes first is held until the other has taken its own)

    def drawn(place: Place, amount: int) -> None:
        draw(place, amount)
        with contextlib.suppress(threading.BrokenBarrierError):
            each_has_drawn.wait(2)

    monkeypatch.setattr(envelopes, "_draw", drawn)
    closings = [lambda one=one: close_vote(cto.chair, Item.objects.get(pk=one), SITTING) for one in lists]
    assert at_once(*closings) == ["done", "done"]
    assert Counter(Claim.objects.values_list("state", flat=True)) == {"accepted": 4}
    assert sum(Envelope.objects.values_list("committed", flat=True)) == 4 * waiting_total()
    assert check_ledger() == []


def waiting_total() -> int:
    return int(Claim.objects.values_list("total_cents", flat=True)[0])


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
