"""The minutes come out the same to the byte each time, and whoever changes a row afterwards is found out."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from django.db import connection

from minassa.governance.models import Item, Session
from minassa.governance.public import (
    ImpossibleAct,
    TamperedMinutes,
    ask_secret,
    close_session,
    close_vote,
    dissent,
    minutes,
    minutes_hold,
    open_vote,
    recuse,
    seal,
    sealed_minutes,
    vote,
)
from minassa.journal.public import Entry, verify
from minassa.proof import canonical_bytes
from minassa.registry.public import Forbidden
from tests.governance.world import SITTING, Members, items_of, motion

pytestmark = pytest.mark.django_db


def held(cto: Members) -> Session:
    """A session where everything happened once: open and secret votes, a recusal, a dissent, an item left."""
    session = cto.opened(motion("Première"), motion("Deuxième"), motion("Troisième"), motion("Quatrième"))
    first, second, third, _fourth = items_of(session)
    open_vote(cto.chair, first, SITTING)
    cto.vote(first, mtnra="for", cnss="against", emploi="abstain")
    dissent(cto.actors["cnss"], first, "Le texte n'est pas mûr.", SITTING)
    close_vote(cto.chair, first, SITTING)
    recuse(cto.actors["amdie"], second, "Intérêt personnel", SITTING)
    cto.decided(second, mtnra="against", cnss="against", emploi="for")
    ask_secret(cto.actors["finances"], third, SITTING)
    cto.decided(third, mtnra="for", finances="for", cnss="against")
    return close_session(cto.chair, session, SITTING)


def test_minutes_tell_all_that_happened(cto: Members) -> None:
    session = held(cto)
    told = minutes(session).content
    assert [item["state"] for item in told["items"]] == ["adopted", "rejected", "adopted", "put_off"]
    first, second, third, fourth = told["items"]
    assert {vote["seat"]: vote["choice"] for vote in first["votes"]} == {
        "cnss": "against",
        "emploi": "abstain",
        "mtnra": "for",
    }
    assert first["dissents"][0]["said"] == "Le texte n'est pas mûr."
    assert (second["recusals"][0]["seat"], second["recusals"][0]["ground"]) == ("amdie", "own")
    assert {vote["choice"] for vote in third["votes"]} == {""}
    assert third["outcome"] == {"in_favour": 2, "against": 1, "abstained": 0, "effect": {}}
    assert fourth["put_off_reason"]
    assert len(told["attendance"]) == 7
    assert told["rules"]["quorum_chair"]["status"] == "assumed"


def test_minutes_are_the_same_to_the_byte_and_their_digest_is_in_the_journal(cto: Members) -> None:
    session = held(cto)
    before = minutes(session)
    seal(cto.secretary, session, SITTING)
    again = sealed_minutes(session)
    assert again.body == before.body == canonical_bytes(json.loads(before.body))
    assert session.minutes_digest == again.digest
    entry = Entry.objects.get(kind="session.sealed")
    assert entry.body == {"digest": again.digest}
    assert minutes_hold(session)
    assert not verify()


def test_minutes_are_sealed_once_by_the_secretariat_when_the_session_is_closed(cto: Members) -> None:
    session = cto.opened(motion())
    with pytest.raises(ImpossibleAct):
        seal(cto.secretary, session, SITTING)
    close_session(cto.chair, session, SITTING)
    with pytest.raises(TamperedMinutes):
        sealed_minutes(session)
    with pytest.raises(Forbidden):
        seal(cto.chair, session, SITTING)
    seal(cto.secretary, session, SITTING)
    with pytest.raises(ImpossibleAct):
        seal(cto.secretary, session, SITTING)


CHANGES: dict[str, str] = {
    "a vote": "UPDATE governance_ballot SET choice = 'for' WHERE choice = 'against'",
    "a voter": "DELETE FROM governance_ballot WHERE choice = 'abstain'",
    "a total": "UPDATE governance_item SET outcome = jsonb_set(outcome, '{in_favour}', '7') WHERE rank = 3",
    "an outcome": "UPDATE governance_item SET state = 'rejected' WHERE rank = 1",
    "a recusal": "DELETE FROM governance_recusal",
    "a dissent": "UPDATE governance_dissent SET said = 'Rien.'",
    "an attendance": "DELETE FROM governance_attendance WHERE id = (SELECT max(id) FROM governance_attendance)",
    "a title": "UPDATE governance_item SET title = 'Autre' WHERE rank = 4",
    "a rule": "UPDATE governance_session SET rules = '{}'",
    "the digest": "UPDATE governance_session SET minutes_digest = repeat('0', 64)",
}


@pytest.mark.parametrize("change", CHANGES)
def test_what_is_changed_by_hand_is_refused_and_forced_shows(
    cto: Members, change: str, refused: Callable[[str], bool]
) -> None:
    session = seal(cto.secretary, held(cto), SITTING)
    assert refused(CHANGES[change])
    assert minutes_hold(session)
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(CHANGES[change])
        cursor.execute("SET session_replication_role = origin")
    session.refresh_from_db()
    assert not minutes_hold(session)
    with pytest.raises(TamperedMinutes):
        sealed_minutes(session)


def test_a_secret_vote_leaves_no_trace_of_who_voted_what(cto: Members) -> None:
    session = cto.opened(motion())
    (item,) = items_of(session)
    open_vote(cto.chair, item, SITTING, secret=True)
    vote(cto.actors["cnss"], item, "against", SITTING)
    vote(cto.chair, item, "for", SITTING)
    close_vote(cto.chair, item, SITTING)
    with connection.cursor() as cursor:
        cursor.execute("SELECT choice FROM governance_ballot")
        assert cursor.fetchall() == [("",), ("",)]
        cursor.execute("SELECT in_favour, against, abstained FROM governance_tally")
        assert cursor.fetchall() == [(1, 1, 0)]
    said = [entry.body for entry in Entry.objects.filter(kind="vote.cast")]
    assert {one["choice"] for one in said} == {""}
    assert Item.objects.get(pk=item.pk).state == "rejected"
