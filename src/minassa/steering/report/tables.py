"""A table of the report: one object, shown on the page, and written beside it as CSV and XLSX."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

from markupsafe import Markup, escape

from minassa.steering.identity import filiere_mark, status_mark
from minassa.steering.report import wording
from minassa.vocabulary.filieres import Filiere
from minassa.vocabulary.periods import format_month
from minassa.vocabulary.statuses import Status, label

Kind: TypeAlias = Literal[
    "text", "count", "signed", "money", "signed_money", "rate", "month", "status", "filiere", "link"
]
Row: TypeAlias = Mapping[str, Any]

MONEY = frozenset({"money", "signed_money"})
NUMERIC = frozenset({"count", "signed", "money", "signed_money", "rate"})
SHOWN = {
    "count": wording.count,
    "signed": wording.signed,
    "money": wording.bare_money,
    "signed_money": wording.signed_bare_money,
    "rate": wording.rate,
    "month": wording.month_code,
}


@dataclass(frozen=True, slots=True)
class Column:
    """A column: the key of its values, its heading, and what its values are.

    Amounts are centimes, rates basis points, months indices. A `link` is a triple: words, address, small print.
    A column that is `exported` only stands in the files, not on the page.
    """

    key: str
    label: str
    kind: Kind = "text"
    exported: bool = False

    @property
    def heading(self) -> str:
        """The heading with its unit, so that cells need none."""
        return f"{self.label} (DH)" if self.kind in MONEY else self.label

    @property
    def numeric(self) -> bool:
        """Whether values are aligned on the right, in tabular figures."""
        return self.kind in NUMERIC

    def show(self, value: Any) -> Markup:  # noqa: ANN401 (a cell is whatever its kind says)
        """A value as HTML."""
        if value is None:
            return escape(wording.NOTHING)
        if self.kind == "status":
            return status_mark(Status(value))
        if self.kind == "filiere":
            return filiere_mark(Filiere(value))
        if self.kind == "link":
            return _anchor(*value)
        return escape(SHOWN[self.kind](value) if self.kind in SHOWN else str(value))

    def order(self, value: Any) -> str:  # noqa: ANN401
        """What the value is sorted by: itself for numbers and months, else its text."""
        if self.kind in NUMERIC or self.kind == "month":
            return str(0 if value is None else int(value))
        return str(self.plain(value)).casefold()

    def plain(self, value: Any) -> str | int:  # noqa: ANN401
        """A value without any dress, for exports: whole numbers stay numbers, the rest is text."""
        if value is None:
            return ""
        if self.kind == "status":
            return label(Status(value))
        if self.kind == "filiere":
            return filiere_code(Filiere(value))
        if self.kind == "link":
            return f"{value[0]} {value[1]}".strip()
        if self.kind == "month":
            return format_month(value)
        return int(value) if self.numeric else str(value)


def _anchor(text: str, address: str, small: str) -> Markup:
    below = Markup("<small>{}</small>").format(small) if small else Markup("")
    if not address.startswith(("https://", "http://")):
        return escape(text) + below
    return Markup('<a href="{}" rel="noreferrer noopener">{}</a>').format(address, text) + below


def filiere_code(filiere: Filiere) -> str:
    """The abbreviation of a filière, and a dash for none."""
    return filiere.name if filiere else "Aucune"


@dataclass(frozen=True)
class Table:
    """Rows under columns, with an optional line of totals; `name` also names the exported files."""

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: Sequence[Row]
    total: Row | None = None
    note: str = ""
    shown: int = field(default=50)

    @property
    def on_page(self) -> tuple[Column, ...]:
        """The columns shown on the page."""
        return tuple(column for column in self.columns if not column.exported)

    @property
    def visible(self) -> Sequence[Row]:
        """The rows shown on the page; the exported files hold them all."""
        return self.rows[: self.shown]
