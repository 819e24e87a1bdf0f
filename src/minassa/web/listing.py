"""What lists share: an order and a page read in the address, what was asked shown again, instants in files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final, TypeVar

from django.db.models import Case, IntegerField, Model, QuerySet, Value, When
from django.utils import timezone

PAGE_ROWS: Final = 50
Row = TypeVar("Row", bound=Model)


def in_order(rows: QuerySet[Row], sort: str, columns: Mapping[str, str], then: str = "-pk") -> QuerySet[Row] | None:
    """The rows in the order asked, `-name` being the other way round; None when it names no column."""
    column = columns.get(sort.removeprefix("-"))
    if column is None:
        return None
    return rows.order_by(f"-{column}" if sort.startswith("-") else column, then)


def waiting_first(states: Sequence[str]) -> Case:
    """What sorts rows by their state: these first, in their order, then all others together."""
    places = [When(state=state, then=Value(place)) for place, state in enumerate(states)]
    return Case(*places, default=Value(len(places)), output_field=IntegerField())


def start_of(given: Mapping[str, str]) -> int:
    """The rank of the first row of a page."""
    text = given.get("after", "") or given.get("before", "")
    return int(text) if text.isdecimal() and len(text) < 7 else 0  # noqa: PLR2004 (no longer number)


def paged(start: int, shown: Sequence[object], size: int = PAGE_ROWS) -> dict[str, str]:
    """Where the pages before and after begin; `shown` holds one row more than the page when there is another one."""
    return {
        "next": str(start + size) if len(shown) > size else "",
        "previous": str(max(start - size, 0)) if start else "",
    }


def asked(given: Mapping[str, str], names: Sequence[str]) -> dict[str, Any]:
    """What was asked in the address, to be shown again."""
    chosen = {name: given.get(name, "") for name in names}
    return {"chosen": chosen, "filtered": any(chosen.values())}


def instant(at: datetime | None) -> str:
    """An instant as files hold it, to the second, in the time of Morocco; empty for none."""
    return timezone.localtime(at).isoformat(timespec="seconds") if at else ""
