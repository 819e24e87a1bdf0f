"""What became of what was said: recommendation, session, decision, commitment and its measure, in one line each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from minassa.commitments.models import Recommendation, RecommendationState
from minassa.commitments.public import commitment_of, recommendations_from
from minassa.governance.session_models import Item
from minassa.registry.public import Actor, allowed
from minassa.steering.commitments.measuring import measured
from minassa.web.chain.origins import Told
from minassa.web.commitments.lists import Row, row_of
from minassa.web.commitments.wording import month_words
from minassa.web.public.sheets import Bodies

OPEN: Final = (RecommendationState.PROPOSED, RecommendationState.ADOPTED, RecommendationState.REJECTED)
"""What a firm is told of a recommendation that came of its words: not the drafts of those who write them."""


@dataclass(frozen=True, slots=True)
class Chain:
    """A recommendation with what follows it; `readable`: the reader may open its page, `opens`: the session's.

    `origins`: those that the reader may know of, `others` how many more.
    """

    recommendation: Recommendation
    due: str
    items: Sequence[Item]
    followed: Row | None
    readable: bool
    opens: bool
    origins: Sequence[Told] = field(default=())
    others: int = 0


def chains_from(actor: Actor, kind: str, numbers: Sequence[str]) -> list[Chain]:
    """What became of things of a kind, as this reader may know: a firm is told nothing of a draft."""
    return chains_of(actor, recommendations_from(kind, numbers)) if numbers else []


def chains_of(actor: Actor, rows: Iterable[Recommendation]) -> list[Chain]:
    """Recommendations with what follows each, the latest first."""
    readable = allowed(actor, "commitment.view")
    seen = [row for row in rows if readable or row.state in OPEN]
    items = _items(seen)
    followed = _followed(actor, seen)
    return [
        Chain(
            recommendation=row,
            due=month_words(row.due_month),
            items=items.get(str(row.uuid), ()),
            followed=followed.get(row.code),
            readable=readable,
            opens=allowed(actor, "session.list"),
        )
        for row in sorted(seen, key=lambda one: -one.pk)
    ]


def _items(rows: Sequence[Recommendation]) -> Mapping[str, list[Item]]:
    found: dict[str, list[Item]] = {}
    listed = Item.objects.filter(kind="recommendation", subject__in=[str(row.uuid) for row in rows])
    for item in listed.select_related("session").order_by("-pk"):
        found.setdefault(item.subject, []).append(item)
    return found


def _followed(actor: Actor, rows: Sequence[Recommendation]) -> dict[str, Row]:
    """Measures of what was adopted, by the code of its commitment."""
    adopted = [commitment_of(row) for row in rows if row.state == RecommendationState.ADOPTED]
    if not adopted:
        return {}
    bodies = Bodies.registered()
    return {one.commitment.code: row_of(one, bodies, None) for one in measured(actor, adopted)}
