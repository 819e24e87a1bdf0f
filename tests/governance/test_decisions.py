"""No decision takes effect without quorum, with a recused voter counted, or on what has changed; each one, once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.db import connection

from minassa.claims.errors import TamperedClaim
from minassa.claims.models import Claim, CutLine, Ruling
from minassa.governance import claim_items
from minassa.governance.kinds import Effect
from minassa.governance.models import Ballot, Derogation, Item, Session
from minassa.governance.public import (
    GovernanceError,
    ImpossibleAct,
    Kinds,
    Proposed,
    ShortNotice,
    UnknownSubject,
    add_item,
    cancel,
    close_session,
    close_vote,
    convene,
    item_view,
    leave,
    next_session_by,
    open_vote,
    prepare,
    pull_out,
    session_view,
    sessions_for,
    waiting_claims,
)
from minassa.journal.public import verify
from minassa.registry.models import Mandate
from minassa.registry.public import Actor
from tests.claims.world import Declared, World, a_line, heard, make_world, to_decide
from tests.governance.test_derogations import proposed as derogation
from tests.governance.world import (
    PREPARED,
    SINCE,
    SITTING,
    Members,
    about,
    firm,
    items_of,
    make_members,
    motion,
    waiting_claim,
)

pytestmark = pytest.mark.django_db
Agenda = tuple[str, str, str, dict[str, Any]]


@pytest.fixture(autouse=True)
def _intact(monkeypatch: pytest.MonkeyPatch) -> None:
    """Claims of these tests have no line: whether lines have their digest is tested where claims are."""
    monkeypatch.setattr("minassa.claims.deciding.require_intact", lambda _claim: None)


def forced(statement: str) -> None:
    """Change a row behind the back of the triggers."""
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(statement)
        cursor.execute("SET session_replication_role = origin")


def a_claim() -> Agenda:
    return about(waiting_claim(firm(1), score=9))


def a_quiet_claim() -> Agenda:
    return about(waiting_claim(firm(1)))


def a_derogation() -> Agenda:
    return derogation(firm(1))


AGENDAS: dict[str, Callable[[], Agenda]] = {
    "claim": a_claim,
    "consent": a_quiet_claim,
    "derogation": a_derogation,
    "motion": motion,
}


def quorum_lost(cto: Members, session: Session, _item: Item) -> None:
    for seat in ("finances", "industrie", "emploi", "formation"):
        leave(cto.secretary, session, cto.rows[seat], SITTING)


def voter_linked(cto: Members, _session: Session, _item: Item) -> None:
    for enterprise in {number for item in Item.objects.all() for number in item.enterprises}:
        Mandate.objects.create(account=cto.rows["cnss"].account, enterprise_id=enterprise, power="sign", since=SINCE)


def agenda_changed(_cto: Members, _session: Session, _item: Item) -> None:
    forced("UPDATE governance_item SET title = title || ' bis' WHERE rank = 2")


def proposal_changed(_cto: Members, _session: Session, item: Item) -> None:
    forced(f"UPDATE governance_item SET proposal = proposal || '{{\"more\": 1}}' WHERE id = {item.pk}")  # noqa: S608 (a number)


def item_slipped_in(_cto: Members, session: Session, _item: Item) -> None:
    columns = "session_id, kind, decision, proposal, title, enterprises, hands, digest"
    forced(
        f"INSERT INTO governance_item ({columns}, uuid, rank, subject, state, secret,"  # noqa: S608 (names and numbers)
        " pulled_by, put_off_reason, outcome)"
        f" SELECT {columns}, gen_random_uuid(), 99, '', 'listed', false, '', '', '{{}}' FROM governance_item"
        f" WHERE session_id = {session.pk} AND rank = 2"
    )


def file_changed(_cto: Members, _session: Session, _item: Item) -> None:
    Claim.objects.update(version=9)


OBSTACLES = [quorum_lost, voter_linked, agenda_changed, proposal_changed, item_slipped_in]
CASES = [(kind, obstacle) for kind in AGENDAS for obstacle in OBSTACLES]
CASES.remove(("motion", voter_linked))
CASES += [("claim", file_changed), ("consent", file_changed)]


@pytest.mark.parametrize(("kind", "obstacle"), CASES, ids=lambda one: one if isinstance(one, str) else one.__name__)
def test_nothing_takes_effect_against_an_obstacle_whatever_was_voted(
    cto: Members, kind: str, obstacle: Callable[[Members, Session, Item], None]
) -> None:
    session = cto.opened(AGENDAS[kind](), motion("Autre"))
    item = Item.objects.filter(session=session).order_by("rank")[0]
    open_vote(cto.chair, item, SITTING)
    cto.vote(item, **dict.fromkeys(cto.actors, "for"))
    obstacle(cto, session, item)
    close_vote(cto.chair, item, SITTING)
    voted = Item.objects.filter(session=session, opened_at__isnull=False)
    unchanged = {"adopted"} if kind == "consent" and obstacle is file_changed else {"put_off"}
    assert set(voted.exclude(kind="claim").values_list("state", flat=True)) <= unchanged | {"put_off"}
    assert set(voted.filter(kind="claim").values_list("state", flat=True)) <= {"put_off"}
    assert set(Claim.objects.values_list("state", flat=True)) <= {"to_decide"}
    assert not Ruling.objects.exists()
    assert not Derogation.objects.exists()
    assert Ballot.objects.count() == 7
    assert not verify()


@pytest.mark.parametrize("kind", AGENDAS)
def test_the_same_takes_effect_when_nothing_stands_against_it(cto: Members, kind: str) -> None:
    session = cto.opened(AGENDAS[kind](), motion("Autre"))
    item = Item.objects.filter(session=session).order_by("rank")[0]
    cto.decided(item, **dict.fromkeys(cto.actors, "for"))
    assert item.state == "adopted"
    assert set(Claim.objects.values_list("state", flat=True)) <= {"accepted"}
    assert Ruling.objects.count() == (kind in {"claim", "consent"})
    assert Derogation.objects.count() == (kind == "derogation")


@pytest.mark.parametrize("change", [agenda_changed, item_slipped_in, file_changed])
def test_a_vote_does_not_open_on_what_has_changed(
    cto: Members, change: Callable[[Members, Session, Item], None]
) -> None:
    session = cto.opened(a_claim(), motion("Autre"))
    item = items_of(session)[0]
    change(cto, session, item)
    open_vote(cto.chair, item, SITTING)
    assert item.state == "put_off"


def test_a_crash_before_the_end_leaves_nothing_and_closing_again_decides_once(
    cto: Members, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = cto.opened(a_claim())
    (item,) = items_of(session)
    open_vote(cto.chair, item, SITTING)
    cto.vote(item, mtnra="for", cnss="for")

    def crash(actor: Actor, proposed: Proposed, effect: Effect) -> Mapping[str, Any]:
        claim_items.take_effect(actor, proposed, effect)
        raise RuntimeError("panne")

    broken = {**Kinds.all(), "claim": replace(Kinds.all()["claim"], take_effect=crash)}
    with monkeypatch.context() as patch:
        patch.setattr(Kinds, "_kinds", broken)
        with pytest.raises(RuntimeError):
            close_vote(cto.chair, item, SITTING)
    assert (Item.objects.get(pk=item.pk).state, Ruling.objects.count()) == ("voting", 0)
    close_vote(cto.chair, item, SITTING)
    with pytest.raises(ImpossibleAct):
        close_vote(cto.chair, item, SITTING)
    assert (item.state, Ruling.objects.count()) == ("adopted", 1)


def test_what_the_thing_itself_refuses_is_put_off_with_its_words(cto: Members, monkeypatch: pytest.MonkeyPatch) -> None:
    session = cto.opened(a_claim())
    (item,) = items_of(session)

    def refuse(_claim: Claim) -> None:
        raise TamperedClaim("Le contenu a changé.")

    monkeypatch.setattr("minassa.claims.deciding.require_intact", refuse)
    cto.decided(item, mtnra="for", cnss="for")
    assert (item.state, item.put_off_reason) == ("put_off", "Le contenu a changé.")
    assert not Ruling.objects.exists()


def test_an_item_pulled_out_of_the_list_is_voted_alone(cto: Members) -> None:
    first, second = waiting_claim(firm(1), 1), waiting_claim(firm(2), 2)
    session = cto.opened(about(first), about(second))
    consent = session.items.get(kind="consent")
    one, two = items_of(session)
    with pytest.raises(ImpossibleAct):
        open_vote(cto.chair, one, SITTING)
    pull_out(cto.actors["cnss"], one, SITTING)
    with pytest.raises(ImpossibleAct):
        pull_out(cto.actors["cnss"], one, SITTING)
    cto.decided(consent, mtnra="for", cnss="for")
    two.refresh_from_db()
    assert two.state == "adopted"
    cto.decided(one, mtnra="against", cnss="against")
    states = dict(Claim.objects.values_list("reference", "state"))
    assert states == {first.reference: "to_decide", second.reference: "accepted"}


@pytest.mark.parametrize(
    "loud",
    [{"score": 1}, {"reasons": [{"kind": "outlier"}]}, {"status": 5}],
    ids=["score", "reason", "status"],
)
def test_what_raises_a_question_is_not_on_the_consent_list(cto: Members, loud: dict[str, Any]) -> None:
    session = cto.convened(about(waiting_claim(firm(1), **loud)), motion())
    assert not session.items.filter(kind="consent").exists()


def test_a_convocation_needs_notice_and_an_agenda(cto: Members) -> None:
    empty = cto.drafted()
    with pytest.raises(GovernanceError):
        convene(cto.secretary, empty, PREPARED)
    late = cto.drafted(motion())
    with pytest.raises(ShortNotice):
        convene(cto.secretary, late, SITTING)
    assert convene(cto.secretary, late, PREPARED).state == "convened"
    assert late.rules["notice_days"]["status"] == "assumed"


def test_what_a_committee_does_not_decide_is_not_listed(cto: Members) -> None:
    claim = waiting_claim(firm(1))
    session = cto.drafted()
    wrong = [
        ("consent", Proposed("", "adopt", {"items": []})),
        ("autre", Proposed("", "adopt", {})),
        ("claim", Proposed("rien", "accept", {})),
        ("claim", Proposed(str(claim.uuid), "adopt", {})),
        ("claim", Proposed(str(claim.uuid), "resume", {"ground": "Motif"})),
    ]
    for kind, proposed in wrong:
        with pytest.raises(UnknownSubject):
            add_item(cto.secretary, session, kind, proposed, PREPARED)
    for decision, proposal in (
        ("refuse", {"ground": "Pas entendue"}),
        ("cut", {"ground": "Pas entendue", "lines": [1]}),
        ("suspend", {"ground": " "}),
        ("accept", {"lines": [1]}),
    ):
        with pytest.raises(GovernanceError):
            add_item(cto.secretary, session, "claim", Proposed(str(claim.uuid), decision, proposal), PREPARED)
    add_item(cto.secretary, session, "claim", Proposed(str(claim.uuid), "accept", {}), PREPARED)
    with pytest.raises(GovernanceError):
        add_item(cto.secretary, session, "claim", Proposed(str(claim.uuid), "accept", {}), PREPARED)
    copil = prepare(cto.secretary, "copil", SITTING, "Rabat", PREPARED)
    with pytest.raises(UnknownSubject):
        add_item(cto.secretary, copil, "claim", Proposed(str(claim.uuid), "accept", {}), PREPARED)


def test_a_cancelled_session_decides_nothing_and_its_claims_wait_again(cto: Members) -> None:
    claim = waiting_claim(firm(1), score=9)
    session = cto.convened(about(claim))
    assert not waiting_claims().exists()
    cancel(cto.secretary, session, "Salle indisponible", PREPARED)
    assert list(waiting_claims()) == [claim]
    assert items_of(session)[0].put_off_reason
    with pytest.raises(ImpossibleAct):
        convene(cto.secretary, session, PREPARED)


def test_what_was_not_examined_is_put_off_when_the_session_closes(cto: Members) -> None:
    session = cto.opened(a_claim(), motion())
    first, _second = items_of(session)
    open_vote(cto.chair, first, SITTING)
    with pytest.raises(ImpossibleAct):
        close_session(cto.chair, session, SITTING)
    close_vote(cto.chair, first, SITTING)
    assert first.state == "rejected"
    close_session(cto.chair, session, SITTING)
    assert [item.state for item in items_of(session)] == ["rejected", "put_off"]


def test_a_session_and_a_file_are_read_on_one_screen(cto: Members) -> None:
    session = cto.opened(a_claim(), motion(), there=("mtnra", "cnss", "finances", "emploi"))
    assert list(sessions_for(cto.chair)) == [session]
    assert next_session_by("cto", SITTING.date()) == date(2027, 12, 31)
    assert next_session_by("copil", SITTING.date()) is None
    whole = session_view(cto.chair, session)
    assert [each.seat["code"] for each in whole.seats if each.present] == ["mtnra", "cnss", "finances", "emploi"]
    assert whole.quorum == {"counted": 4, "all": 7, "needed": 4, "chair": True, "reached": True}
    assert whole.may == {"close", "attend"}
    item = items_of(session)[0]
    seen = item_view(cto.chair, item)
    assert (seen.changed, seen.count, seen.majority) == ("", None, "simple")
    assert seen.may == {"recuse", "ask_secret", "open_vote", "put_off"}
    assert seen.examined["claim"].pk == Claim.objects.get().pk
    open_vote(cto.chair, item, SITTING, secret=True)
    cto.vote(item, mtnra="for")
    item = Item.objects.get(pk=item.pk)
    assert item_view(cto.chair, item).count is None
    assert item_view(cto.actors["cnss"], item).may == {"vote", "recuse", "dissent"}
    assert item_view(cto.chair, item).may == {"close_vote", "put_off", "recuse", "dissent"}


class TestRealClaims:
    """Claims prepared from declarations, with their lines, heard, cut and refused in session."""

    @pytest.fixture
    def world(self, db: None) -> World:  # noqa: ARG002
        return make_world()

    @pytest.fixture(autouse=True)
    def _intact(self) -> None:
        """These claims have their lines: their digests are compared."""

    def test_a_claim_heard_is_cut_by_the_session(self, world: World, nation: Declared) -> None:
        claim = heard(world, nation)
        cto = make_members()
        line = a_line(claim)
        session = cto.opened(about(claim, "cut", ground="Jamais présent", lines=[line.pk]))
        (item,) = items_of(session)
        cto.decided(item, mtnra="for", cnss="for")
        claim.refresh_from_db()
        assert (item.state, claim.state) == ("adopted", "cut")
        assert claim.accepted_cents == claim.total_cents - line.amount_cents
        assert CutLine.objects.get().ruling.by == f"sitting:{session.reference}/1"
        assert item_view(cto.chair, Item.objects.get(pk=item.pk)).examined["intact"]

    def test_two_proposals_on_one_claim_the_second_falls_with_the_first(self, world: World, nation: Declared) -> None:
        claim = heard(world, nation)
        cto = make_members()
        session = cto.opened(about(claim, "refuse", ground="Pièces jamais venues"), about(claim))
        refuse, accept = items_of(session)
        cto.decided(refuse, mtnra="for", cnss="for")
        open_vote(cto.chair, accept, SITTING)
        claim.refresh_from_db()
        assert (refuse.state, accept.state, claim.state) == ("adopted", "put_off", "refused")

    def test_a_suspended_claim_is_taken_up_again(self, world: World, nation: Declared) -> None:
        claim = to_decide(world, nation)
        cto = make_members()
        for decision, state in (("suspend", "suspended"), ("resume", "to_decide")):
            (item,) = items_of(cto.opened(about(claim, decision, ground="Motif")))
            cto.decided(item, mtnra="for", cnss="for")
            claim.refresh_from_db()
            assert (item.state, claim.state) == ("adopted", state)
