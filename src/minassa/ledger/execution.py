"""The accounts of the offer read as a whole: by measure, year, body, filière, place; ages of what is due."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce

from minassa.ledger.budget_models import Entitlement, Envelope, Recovery
from minassa.ledger.chart import OperationKind
from minassa.ledger.errors import LedgerError
from minassa.ledger.posting_models import Transaction
from minassa.registry.public import Actor, require

DIMENSIONS: Final = ("measure", "budget_year", "body", "filiere", "place")
_OF_FIRM: Final = {"filiere": F("enterprise__filiere"), "place": F("enterprise__place")}
_OF_CREDITS: Final = frozenset({"measure", "budget_year", "body"})
_AGES: Final = ((30, "0-30"), (60, "31-60"), (90, "61-90"), (180, "91-180"))
OLDEST: Final = "181+"
AGE_CLASSES: Final = (*(name for _days, name in _AGES), OLDEST)


@dataclass(slots=True)
class ExecutionRow:
    """What was done of the credits for one value of each dimension asked for. Centimes.

    `opened`: credits opened, None by filière or place, for no credits are opened so. `recognised` by decisions, of
    which `cancelled` since and `waiting` for credits; `committed`, `ordered`, `paid` (transferred or retained);
    `recovered`: asked back, of which `given_back` has come.
    """

    key: dict[str, Any]
    opened: int | None = None
    recognised: int = 0
    cancelled: int = 0
    waiting: int = 0
    committed: int = 0
    ordered: int = 0
    paid: int = 0
    recovered: int = 0
    given_back: int = 0


@dataclass(frozen=True, slots=True)
class AgeRow:
    """What the State still owes under a measure since so many days (`age_class`): how many rights, how much."""

    measure: str
    age_class: str
    count: int
    due: int


@dataclass
class _Rows:
    by: Sequence[str]
    rows: dict[tuple[Any, ...], ExecutionRow] = field(default_factory=dict)

    def of(self, found: dict[str, Any]) -> ExecutionRow:
        key = {name: found[f"by_{name}"] for name in self.by}
        return self.rows.setdefault(tuple(key.values()), ExecutionRow(key))


def execution(actor: Actor, by: Sequence[str]) -> list[ExecutionRow]:
    """The accounts by some of `DIMENSIONS` (filière and place: those of the firm). Forbidden, LedgerError.

    A sum owed without any right stands under the measure and year of its decision, and under no body; what the bank
    paid too much is no part of the credits.
    """
    require(actor, "ledger.view", None)
    if not by or not set(by) <= set(DIMENSIONS):
        raise LedgerError("Une dimension des comptes n'est pas connue.", by=list(by))
    made = _Rows(by)
    _add_rights(made)
    _add_recoveries(made)
    if set(by) <= _OF_CREDITS:
        opened = _grouped(Envelope.objects.all(), by).annotate(opened=Sum("authorised"))
        for row in made.rows.values():
            row.opened = 0
        for one in opened:
            made.of(one).opened = int(one["opened"])
    return [row for _key, row in sorted(made.rows.items(), key=lambda pair: tuple(str(part) for part in pair[0]))]


def _add_rights(made: _Rows) -> None:
    waits = Sum(F("amount") - F("cancelled") - F("committed"), filter=Q(awaits_credits=True))
    sums = {name: Sum(name) for name in ("cancelled", "committed", "ordered")}
    rights = _grouped(Entitlement.objects.all(), made.by)
    for one in rights.annotate(recognised=Sum("amount"), paid=Sum("settled"), waiting=Coalesce(waits, 0), **sums):
        row = made.of(one)
        for name in ("recognised", "cancelled", "waiting", "committed", "ordered", "paid"):
            setattr(row, name, int(one[name]))


def _add_recoveries(made: _Rows) -> None:
    rows = Recovery.objects.exclude(nature=Recovery.Nature.CORRECTION)
    owed = _grouped(rows, made.by, body=Coalesce(F("entitlement__body"), Value("")))
    for one in owed.annotate(recovered=Sum("amount"), given_back=Sum("settled")):
        row = made.of(one)
        row.recovered, row.given_back = int(one["recovered"]), int(one["given_back"])


def _grouped(rows: QuerySet[Any], by: Iterable[str], **other: Any) -> QuerySet[Any, Any]:  # noqa: ANN401 (expressions)
    named = {f"by_{name}": other.get(name) or _OF_FIRM.get(name) or F(name) for name in by}
    found: QuerySet[Any, Any] = rows.order_by().annotate(**named).values(*named)
    return found


def ageing(actor: Actor, at: datetime) -> list[AgeRow]:
    """What is still owed to firms, by measure and days since it was recognised, every class of a measure. Forbidden."""
    require(actor, "ledger.view", None)
    kinds = (OperationKind.ENTITLEMENT, OperationKind.ADVANCE)
    recognised = Transaction.objects.filter(subject=OuterRef("reference"), kind__in=kinds).values("at")[:1]
    rows = Entitlement.objects.annotate(left=F("amount") - F("cancelled") - F("settled")).filter(left__gt=0)
    rows = rows.annotate(since=Subquery(recognised))
    found: dict[tuple[str, str], tuple[int, int]] = {}
    young = at + timedelta(days=1)
    bounds = [(name, at - timedelta(days=days)) for days, name in _AGES]
    for name, oldest in [*bounds, (OLDEST, None)]:
        held = rows.filter(since__lt=young) if oldest is None else rows.filter(since__lt=young, since__gte=oldest)
        young = oldest or young
        for one in held.values("measure").order_by("measure").annotate(many=Count("pk"), owed=Sum("left")):
            found[one["measure"], name] = int(one["many"]), int(one["owed"])
    measures = sorted({measure for measure, _class in found})
    return [AgeRow(one, name, *found.get((one, name), (0, 0))) for one in measures for name in AGE_CLASSES]
