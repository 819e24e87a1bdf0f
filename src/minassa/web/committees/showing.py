"""A session in words: who sits and attends, the quorum, the items with what became of each."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import TextChoices
from django.utils.translation import gettext as _

from minassa.claims.models import Restitution
from minassa.claims.public import ClaimState
from minassa.commitments.models import RecommendationState
from minassa.conventions.models import AmendmentState, ConventionState
from minassa.governance.models import Ballot, Dissent, Item, Membership, Recusal, Session
from minassa.governance.public import ItemState, Kinds, members_on, present, seats
from minassa.onestop.public import CaseState
from minassa.platforms.models import FindingState
from minassa.reforms.models import ProposalState
from minassa.registry.public import Actor
from minassa.training.models import RulingState
from minassa.vocabulary.money import Cents
from minassa.web.cases.showing import language
from minassa.web.estimate.wording import CONDITIONS
from minassa.web.writing import CASABLANCA, isolated

CONSENT: Final = "consent"
_STATES: Final[Mapping[str, type[TextChoices]]] = {
    "claim": ClaimState,
    "case": CaseState,
    "convention": ConventionState,
    "amendment": AmendmentState,
    "restitution": Restitution.State,
    "reform": ProposalState,
    "recommendation": RecommendationState,
    "seat_plan": RulingState,
    "platform_finding": FindingState,
}


@dataclass(frozen=True, slots=True)
class Sitting:
    """Someone who holds a seat on the day of the session; `there`: attends now; `mine`: the reader."""

    membership: Membership
    there: bool
    mine: bool


@dataclass(frozen=True, slots=True)
class Seat:
    """A seat of the committee, by its label, with how sure it is, and who holds it."""

    code: str
    label: str
    chair: bool
    votes: bool
    status: str
    sittings: Sequence[Sitting]

    @property
    def there(self) -> bool:
        """Whether someone attends at this seat."""
        return any(each.there for each in self.sittings)


def counted(seated: Sequence[Seat], aside: Collection[int] = ()) -> list[bool]:
    """Whether each seat that votes counts for the quorum; `aside`: memberships that stand aside."""
    return [
        any(each.there and each.membership.pk not in aside for each in seat.sittings) for seat in seated if seat.votes
    ]


@dataclass(frozen=True, slots=True)
class Stood:
    """A member who stands aside from an item: at which seat, why, in whose words."""

    seat: str
    name: str
    recusal: Recusal


@dataclass(frozen=True, slots=True)
class Point:
    """An item of the agenda as the reader sees it.

    `mine`: `vote`, `voted`, `recused`, or nothing. `together`: the items of a consent list.
    """

    item: Item
    title: str
    kind: str
    decision: str
    recused: Sequence[Stood]
    dissents: Sequence[Dissent]
    mine: str
    effect: str
    effect_cents: Cents | None
    together: Sequence[Point] = ()


def title_words(kind: str, title: str) -> str:
    """The title of an item; that of a derogation says its condition in words."""
    if kind == CONSENT:
        return _("Points sans question, décidés ensemble")
    head, dot, condition = title.rpartition(" · ")
    return f"{head}{dot}{CONDITIONS[condition]}" if kind == "derogation" and condition in CONDITIONS else title


def kind_words(kind: str) -> str:
    """What an item of a kind is about."""
    known = Kinds.all().get(kind)
    return str(known.label) if known else kind


def decision_words(kind: str, decision: str) -> str:
    """What is proposed on an item of a kind."""
    known = Kinds.all().get(kind)
    return str(known.decisions.get(decision, decision)) if known else decision


def sittings_of(session: Session, actor: Actor) -> list[Seat]:
    """The seats of a session, in their order: as its convocation froze them, or as they are."""
    day = session.planned_at.astimezone(CASABLANCA).date()
    frozen = session.seats or [
        {**each.model_dump(mode="json"), "label": each.label.model_dump()} for each in seats(session.committee, day)
    ]
    there = {each.pk for each in present(session)}
    held: dict[str, list[Sitting]] = {}
    for each in members_on(session.committee, day):
        mine = actor.account_id == each.account_id
        held.setdefault(each.seat, []).append(Sitting(each, each.pk in there, mine))
    return [_seat(each, held.get(each["code"], ())) for each in frozen]


def _seat(frozen: Mapping[str, Any], held: Sequence[Sitting]) -> Seat:
    label = frozen["label"].get(language()) or frozen["label"]["fr"]
    return Seat(frozen["code"], label, frozen["chair"], frozen["votes"], frozen["status"], held)


def points_of(session: Session, seated: Sequence[Seat], actor: Actor) -> list[Point]:
    """The items of the agenda in their order, those of the consent list under it."""
    items = list(Item.objects.filter(session=session).order_by("rank"))
    shown = {point.item.pk: point for point in _points(items, seated, actor)}
    under: dict[int, list[Point]] = {}
    for item in items:
        if item.consent_list_id and not item.pulled_by:
            under.setdefault(item.consent_list_id, []).append(shown[item.pk])
    alone = [item for item in items if not (item.consent_list_id and not item.pulled_by)]
    return [_with(shown[item.pk], under.get(item.pk, ())) for item in alone]


def point_of(item: Item, seated: Sequence[Seat], actor: Actor) -> Point:
    """One item as the reader sees it, with those of its list when it is the consent list."""
    listed = list(Item.objects.filter(consent_list=item, pulled_by="").order_by("rank"))
    own, *together = _points([item, *listed], seated, actor)
    return _with(own, together)


def _with(point: Point, together: Sequence[Point]) -> Point:
    return Point(
        point.item,
        point.title,
        point.kind,
        point.decision,
        point.recused,
        point.dissents,
        point.mine,
        point.effect,
        point.effect_cents,
        together,
    )


def _points(items: Sequence[Item], seated: Sequence[Seat], actor: Actor) -> list[Point]:
    labels = {seat.code: seat.label for seat in seated}
    own = next((each for seat in seated if seat.votes for each in seat.sittings if each.mine), None)
    recused: dict[int, list[Stood]] = {}
    for one in Recusal.objects.filter(item__in=items).select_related("membership").order_by("pk"):
        member = one.membership
        recused.setdefault(one.item_id, []).append(Stood(labels.get(member.seat, member.seat), member.name, one))
    dissents: dict[int, list[Dissent]] = {}
    for said in Dissent.objects.filter(item__in=items).select_related("membership").order_by("pk"):
        dissents.setdefault(said.item_id, []).append(said)
    voted = _voted(items, own)
    return [
        Point(
            item,
            title_words(item.kind, item.title),
            kind_words(item.kind),
            decision_words(item.kind, item.decision),
            recused.get(item.pk, ()),
            dissents.get(item.pk, ()),
            _mine(item, own, recused.get(item.pk, ()), voted),
            *effect_words(item.kind, item.outcome),
        )
        for item in items
    ]


def _voted(items: Sequence[Item], own: Sitting | None) -> set[int]:
    if own is None:
        return set()
    return set(Ballot.objects.filter(item__in=items, seat=own.membership.seat).values_list("item_id", flat=True))


def _mine(item: Item, own: Sitting | None, recused: Sequence[Stood], voted: Collection[int]) -> str:
    """What the vote on an item asks of the reader."""
    if own is None:
        return ""
    if any(each.recusal.membership_id == own.membership.pk for each in recused):
        return "recused"
    if item.pk in voted:
        return "voted"
    return "vote" if item.state == ItemState.VOTING and own.there else ""


def effect_words(kind: str, outcome: Mapping[str, Any]) -> tuple[str, Cents | None]:
    """What a decision did, in words, and the amount that it gives."""
    done = outcome.get("effect") or {}
    states = _STATES.get(kind)
    if states and done.get("state"):
        return str(states(done["state"]).label), done.get("accepted_cents", done.get("cents"))
    if done.get("derogation"):
        return _("inscrite au registre : %(reference)s") % {"reference": isolated(done["derogation"])}, None
    return "", None
