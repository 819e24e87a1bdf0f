"""Pages of long lists by cursor: the last row shown says where the next page begins, whatever is written meanwhile."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import F, Model, Q, QuerySet

PAGE: Final = 50
_CURSOR: Final = re.compile(r"(-?[0-9]{1,18})\.([0-9]{1,18})")


@dataclass(frozen=True, slots=True)
class Paging:
    """How a list may be ordered: the name of each order in an address, the whole number of a row that it reads."""

    orders: Mapping[str, Any]
    default: str


@dataclass(frozen=True, slots=True)
class Listed:
    """The rows of a page, and the cursor of the page after it (empty when it is the last)."""

    rows: Sequence[Any]
    next: str


def paged(rows: QuerySet[Any], paging: Paging, asked: Mapping[str, str], size: int = PAGE) -> Listed:
    """One page in the order of `?sort=` (`-` before it: the largest first), after the row that `?after=` names.

    An order or a cursor that means nothing is as if it were not there.
    """
    wanted = asked.get("sort", "")
    wanted = wanted if wanted.removeprefix("-") in paging.orders else paging.default
    name, down = paging.orders[wanted.removeprefix("-")], wanted.startswith("-")
    rows = rows.annotate(ranked=F(name) if isinstance(name, str) else name)
    if after := _CURSOR.fullmatch(asked.get("after", "")):
        beyond = "lt" if down else "gt"
        value, key = int(after[1]), int(after[2])
        rows = rows.filter(Q(**{f"ranked__{beyond}": value}) | Q(ranked=value, **{f"pk__{beyond}": key}))
    found: list[Model] = list(rows.order_by("-ranked" if down else "ranked", "-pk" if down else "pk")[: size + 1])
    last = found[size - 1] if len(found) > size else None
    return Listed(found[:size], f"{last.ranked}.{last.pk}" if last else "")  # type: ignore[attr-defined]
