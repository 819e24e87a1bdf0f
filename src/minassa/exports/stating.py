"""A firm states what it exported in a quarter, from a sheet; it signs, and may correct by another number."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, Final

import polars as pl
from babel.numbers import list_currencies
from django.db import connection, transaction
from django.utils.translation import gettext as _

from minassa.delays import instant_of, local_day
from minassa.exports.errors import ExportRefused, StaleStatement
from minassa.exports.models import Statement, StatementState
from minassa.exports.policies import FIRM
from minassa.journal.public import append
from minassa.outlook.export.scopes import StatedTurnover
from minassa.outlook.export.stated import Line
from minassa.outlook.export.statement_form import read_statement
from minassa.proof import canonical_bytes
from minassa.registry.acting import RowAct, acting_on_row
from minassa.registry.models import Enterprise
from minassa.registry.public import Actor, require
from minassa.vocabulary.countries import markets_abroad
from minassa.vocabulary.periods import month_of, quarter

LARGEST: Final = 5 * 1024 * 1024
MOST_LINES: Final = 2_000
QUARTERS_BACK: Final = 12
WHOLE: Final = 10_000
"""Basis points."""
QUARTER: Final = 3
"""Months."""


def prepare(
    actor: Actor,
    enterprise: Enterprise,
    quarter_month: int,
    sheet: tuple[str, bytes],
    first_client_share: int | None,
    at: datetime,
    *,
    synthetic: bool = False,
) -> Statement:
    """Keep the statement of a quarter, to be signed. ExportRefused tells each line that is wrong, and keeps nothing."""
    require(actor, "export.state", enterprise)
    if quarter_month not in quarters(local_day(instant_of(at))):
        raise ExportRefused(_("Choisissez un trimestre qui est fini, dans les trois dernières années."))
    if first_client_share is not None and not 0 < first_client_share <= WHOLE:
        raise ExportRefused(_("La part du premier client est entre 0 et 100 %."))
    lines = _read(*sheet)
    digest = hashlib.sha256(canonical_bytes({"lines": lines, "first_client_share": first_client_share})).hexdigest()
    with transaction.atomic():
        _hold(enterprise.pk, quarter_month)
        known = Statement.objects.filter(enterprise=enterprise, quarter_month=quarter_month)
        made = Statement.objects.create(
            enterprise=enterprise,
            quarter_month=quarter_month,
            number=known.count() + 1,
            lines=lines,
            first_client_share=first_client_share,
            digest=digest,
            synthetic=synthetic,
            by=str(actor),
            at=at,
            touched_at=at,
        )
        append(stream_of(made), "export.prepared", str(actor), {"number": made.number, "digest": digest}, at)
    return made


def sign(actor: Actor, statement: Statement, at: datetime, *, expected: int | None = None) -> None:
    """Sign a statement, which counts from now on. ExportRefused when a later one was prepared."""

    def act_of(held: Statement) -> RowAct[Statement]:
        return RowAct(held, actor, at, stream_of(held))

    with acting_on_row(statement, act_of, actor, "export.sign", expected, _stale) as act:
        row = act.row
        later = Statement.objects.filter(
            enterprise=row.enterprise_id, quarter_month=row.quarter_month, number__gt=row.number
        )
        if row.state == StatementState.SIGNED:
            raise ExportRefused(_("Cet état est déjà signé : corrigez-le par un autre."))
        if later.exists():
            raise ExportRefused(_("Un état plus récent de ce trimestre existe : signez celui-là."))
        act.set(state=StatementState.SIGNED, signed_by=str(actor), signed_at=act.at)
        act.tell("export.signed", number=row.number, digest=row.digest)


def quarters(today: date) -> list[int]:
    """The last months of the quarters that may be stated, the latest first."""
    last = quarter(month_of(today)).first - 1
    return [last - QUARTER * rank for rank in range(QUARTERS_BACK)]


def statements_for(actor: Actor) -> Any:  # noqa: ANN401 (a queryset)
    """The statements of the actor's firms, the latest first."""
    rows = Statement.objects.filter(enterprise__in=actor.enterprises(*FIRM)).select_related("enterprise")
    return rows.order_by("-quarter_month", "enterprise__name", "-number")


def lines_of(statement: Statement) -> list[Line]:
    """The lines of a statement, each of the scope of statements."""
    return [
        Line(
            firm=statement.enterprise_id,
            market=one["market"],
            segment=one["segment"],
            filiere=one["filiere"],
            currency=one["currency"],
            value=StatedTurnover(one["cents"]),
        )
        for one in statement.lines
    ]


def counted_lines(quarter_month: int) -> list[Line]:
    """The lines of every firm for a quarter: of its last signed statement."""
    signed = Statement.objects.filter(quarter_month=quarter_month, state=StatementState.SIGNED)
    last = signed.order_by("enterprise", "-number").distinct("enterprise")
    return [line for statement in last for line in lines_of(statement)]


def stream_of(statement: Statement) -> str:
    """The stream of a statement in the journal."""
    return f"export-statement:{statement.uuid}"


def _read(name: str, content: bytes) -> list[dict[str, Any]]:
    """The lines of a sheet, all good; ExportRefused with what is wrong otherwise."""
    if len(content) > LARGEST:
        raise ExportRefused(_("Ce fichier est trop grand : cinq mégaoctets au plus."))
    read = read_statement(name, content)
    if read.report.accepted < read.report.lines or read.rows.is_empty():
        raise ExportRefused(_("Rien n'est enregistré : corrigez ces lignes, puis recommencez."), read.report.findings)
    if read.rows.height > MOST_LINES:
        raise ExportRefused(_("Trop de lignes : %(most)d au plus.") % {"most": MOST_LINES})
    _known(read.rows)
    return read.rows.drop("line").to_dicts()


def _known(rows: pl.DataFrame) -> None:
    """ExportRefused for a country or a currency that no list knows."""
    countries, currencies = markets_abroad(), list_currencies()
    for name, known in (("market", countries), ("currency", currencies)):
        strange = _strange(rows[name].unique().sort().to_list(), known)
        if strange:
            raise ExportRefused(_("Code inconnu : %(code)s. Écrivez un code ISO.") % {"code": strange[0]})


def _strange(found: Iterable[str], known: Any) -> list[str]:  # noqa: ANN401 (what tells membership)
    return [one for one in found if one not in known or one in {"XXX", "XTS"}]


def _hold(enterprise: int, quarter_month: int) -> None:
    """Two people of one firm at the same instant: each statement has its number."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [enterprise % 2**31, quarter_month])


def _stale(_row: Statement) -> StaleStatement:
    return StaleStatement(_("Cet état a été changé entre-temps : relisez-le."))
