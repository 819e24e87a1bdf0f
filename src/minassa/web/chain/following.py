"""What became of what was said: recommendation, session, decision, commitment and its measure, in one line each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from minassa.commitments.models import Recommendation, RecommendationState
from minassa.commitments.public import commitment_of, recommendations_from
from minassa.governance.session_models import Item, SessionState
from minassa.registry.public import Actor, allowed
from minassa.steering.commitments.measuring import measured
from minassa.web.chain.origins import Told
from minassa.web.commitments.lists import Row, row_of
from minassa.web.commitments.wording import month_words
from minassa.web.public.sheets import Bodies

OPEN: Final = (RecommendationState.PROPOSED, RecommendationState.ADOPTED, RecommendationState.REJECTED)
"""What a firm is told of a recommendation that came of its words: not the drafts of those who write them."""
UNTOLD: Final = (SessionState.DRAFT, SessionState.CANCELLED)
"""Sessions that only those who may open them know of: an agenda that is being prepared, a session that was not held."""


@dataclass(frozen=True, slots=True)
class OnAgenda:
    """The item of a session that bears on a recommendation; `readable`: this reader may open it."""

    item: Item
    readable: bool


@dataclass(frozen=True, slots=True)
class Chain:
    """A recommendation with what follows it; `readable`: the reader may open its page.

    `origins`: those that the reader may know of, `others` how many more.
    """

    recommendation: Recommendation
    due: str
    agendas: Sequence[OnAgenda]
    followed: Row | None
    readable: bool
    origins: Sequence[Told] = field(default=())
    others: int = 0


def chains_from(actor: Actor, kind: str, numbers: Sequence[str]) -> list[Chain]:
    """What became of things of a kind, as this reader may know: a firm is told nothing of a draft."""
    return chains_of(actor, recommendations_from(kind, numbers)) if numbers else []


def chains_of(actor: Actor, rows: Iterable[Recommendation]) -> list[Chain]:
    """Recommendations with what follows each, the latest first."""
    readable = allowed(actor, "commitment.view")
    seen = [row for row in rows if readable or row.state in OPEN]
    agendas = on_agendas(actor, seen)
    followed = _followed(actor, seen)
    return [
        Chain(
            recommendation=row,
            due=month_words(row.due_month),
            agendas=agendas.get(str(row.uuid), ()),
            followed=followed.get(row.code),
            readable=readable,
        )
        for row in sorted(seen, key=lambda one: -one.pk)
    ]


def on_agendas(actor: Actor, rows: Sequence[Recommendation]) -> Mapping[str, list[OnAgenda]]:
    """The items that put each of these to a committee, by its universal number, the latest first."""
    found: dict[str, list[OnAgenda]] = {}
    listed = Item.objects.filter(kind="recommendation", subject__in=[str(row.uuid) for row in rows])
    for item in listed.select_related("session").order_by("-pk"):
        readable = allowed(actor, "session.view", item.session)
        if readable or item.session.state not in UNTOLD:
            found.setdefault(item.subject, []).append(OnAgenda(item, readable))
    return found


def _followed(actor: Actor, rows: Sequence[Recommendation]) -> dict[str, Row]:
    """Measures of what was adopted, by the code of its commitment."""
    adopted = [commitment_of(row) for row in rows if row.state == RecommendationState.ADOPTED]
    if not adopted:
        return {}
    bodies = Bodies.registered()
    return {one.commitment.code: row_of(one, bodies, None) for one in measured(actor, adopted)}
