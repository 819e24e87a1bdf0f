"""The list of enterprises: searched, filtered, in pages, as a file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.contrib.postgres.search import TrigramWordSimilarity
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.http import QueryDict

from minassa.registry.models import Enterprise
from minassa.registry.public import Actor, fold, visible_enterprises

PAGE: Final = 50
NEAR: Final = 0.5
"""From this likeness on (0 to 1, of pg_trgm) a name is offered although no word of it was typed exactly."""
EXPORTED: Final = 5_000


@dataclass(frozen=True, slots=True)
class Listed:
    """A page of the list, and the marks of the pages before and after it (empty when there is none)."""

    rows: Sequence[Enterprise]
    before: str
    after: str
    near: bool


def filtered(actor: Actor, asked: QueryDict) -> tuple[QuerySet[Enterprise], bool]:
    """What the actor may see under the filters of the address; whether only likenesses were found."""
    rows = Enterprise.objects.filter(visible_enterprises(actor)).select_related("group")
    for name in ("place", "filiere"):
        value = str(asked.get(name, ""))
        if value.isdecimal():
            rows = rows.filter(**{name: int(value)})
    return searched(rows, asked.get("q", ""))


def searched(rows: QuerySet[Enterprise], text: str) -> tuple[QuerySet[Enterprise], bool]:
    """The rows that hold every word of the text; failing that, those that look like it."""
    if not fold(text):
        return rows, False
    exact = rows.filter(holding(text))
    return (exact, False) if exact.exists() else (looking_like(rows, text), True)


def holding(text: str) -> Q:
    """Condition of the enterprises that hold every word of a text, in any order."""
    condition = Q()
    for word in fold(text).split():
        condition &= Q(search__contains=word)
    return condition


def looking_like(rows: QuerySet[Enterprise], text: str) -> QuerySet[Enterprise]:
    """The rows where some words look like those of a text."""
    wanted = fold(text)
    like = rows.annotate(likeness=TrigramWordSimilarity(wanted, "search"))
    return like.filter(search__trigram_word_similar=wanted, likeness__gte=NEAR)


def listed(actor: Actor, asked: QueryDict) -> Listed:
    """One page, in the order of names; `?after=` and `?before=` bear the reference of a row."""
    rows, near = filtered(actor, asked)
    back = "before" in asked and not asked.get("after")
    mark = _marked(rows, asked.get("before" if back else "after", ""))
    if mark is not None:
        beyond = "lt" if back else "gt"
        rows = rows.filter(Q(**{f"name__{beyond}": mark.name}) | Q(name=mark.name, **{f"pk__{beyond}": mark.pk}))
    order = ("-name", "-pk") if back else ("name", "pk")
    found = list(rows.order_by(*order)[: PAGE + 1])
    more, shown = len(found) > PAGE, found[:PAGE]
    if back:
        shown.reverse()
    has_before, has_after = (more, True) if back else (mark is not None, more)
    return Listed(
        rows=shown,
        before=str(shown[0].uuid) if shown and has_before else "",
        after=str(shown[-1].uuid) if shown and has_after else "",
        near=near,
    )


def _marked(rows: QuerySet[Enterprise], reference: str) -> Enterprise | None:
    try:
        return rows.filter(uuid=UUID(reference)).first() if reference else None
    except (ValueError, ValidationError):
        return None
