"""Pages of a list that follow a cursor: the sort key of the last row seen, where the next page starts in the index.

A page is as fast at any depth, and rows that arrive meanwhile neither repeat nor hide others.
"""

from __future__ import annotations

import base64
import binascii
import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Generic, TypeVar

from django.db.models import BooleanField, Model, Q, QuerySet
from django.db.models.expressions import RawSQL
from django.utils.translation import gettext as _

from minassa.onestop.errors import CaseError

PAGE: Final = 25
MOST_A_PAGE: Final = 200
Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """One page of a list; `next`: the cursor of the next one, empty on the last."""

    rows: list[Row]
    next: str


@dataclass(frozen=True, slots=True)
class Order:
    """An order that no two rows share: fields all in one direction, the key of the row last.

    `kind` marks its cursors, so that one of another order is refused. A first field that is not the key is an instant
    when `instants`, otherwise a text.
    """

    kind: str
    fields: tuple[str, ...]
    backward: bool
    instants: bool = False

    def page(self, rows: QuerySet[Row], cursor: str, size: int) -> Page[Row]:
        """The page that follows a cursor (the first one without), in one query; CaseError for a cursor not of ours."""
        wanted = max(1, min(size, MOST_A_PAGE))
        if cursor:
            rows = self._beyond(rows, self._read(cursor))
        sign = "-" if self.backward else ""
        found = list(rows.order_by(*(f"{sign}{field}" for field in self.fields))[: wanted + 1])
        return Page(found[:wanted], self.cursor_of(found[wanted - 1]) if len(found) > wanted else "")

    def cursor_of(self, row: Model) -> str:
        """The cursor that leads to what follows a row."""
        key = [_reached(row, field) for field in self.fields]
        written = [value.isoformat() if isinstance(value, datetime) else value for value in key]
        return base64.urlsafe_b64encode(json.dumps([self.kind, *written]).encode()).decode().rstrip("=")

    def _beyond(self, rows: QuerySet[Row], key: list[Any]) -> QuerySet[Row]:
        """A comparison of rows, read straight in the index; its text is made of names of columns, never of what came.

        The first field is compared alone besides, for an index that holds no other.
        """
        columns = ", ".join(_column(rows.model, field) for field in self.fields)
        marks = ", ".join(["%s"] * len(key))
        after = RawSQL(f"({columns}) {'<' if self.backward else '>'} ({marks})", key, output_field=BooleanField())  # noqa: S611
        bound = Q(**{f"{self.fields[0]}__{'lte' if self.backward else 'gte'}": key[0]})
        return rows.filter(bound).filter(after)

    def _read(self, cursor: str) -> list[Any]:
        try:
            kind, *key = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
            *first, number = key
            first = [datetime.fromisoformat(value) if self.instants else _text(value) for value in first]
            fits = kind == self.kind and len(key) == len(self.fields) and type(number) is int
        except (binascii.Error, UnicodeDecodeError, ValueError, TypeError):
            fits = False
        if not fits:
            raise CaseError(_("Cette page de la liste n'existe pas : revenez au début."))
        return [*first, number]


LATEST_FIRST: Final = Order("n", ("pk",), backward=True)
BY_DEADLINE: Final = Order("d", ("due_at", "pk"), backward=False, instants=True)
BY_REFERENCE: Final = Order("r", ("reference", "pk"), backward=True)
BY_REFERENCE_OF_CASE: Final = Order("k", ("case__reference", "pk"), backward=True)


def _text(value: object) -> str:
    if not isinstance(value, str) or "\x00" in value:
        raise TypeError
    return value


def _reached(row: Model, field: str) -> Any:  # noqa: ANN401 (whatever the type of the field)
    found: Any = row
    for name in field.split("__"):
        found = getattr(found, name)
    return found


def _column(model: type[Model], field: str) -> str:
    way, _dunder, name = field.rpartition("__")
    related = model._meta.get_field(way).related_model if way else model  # noqa: SLF001 (Django's own door)
    table = related._meta.db_table  # type: ignore[union-attr]  # noqa: SLF001
    return f'"{table}"."{"id" if name == "pk" else name}"'
