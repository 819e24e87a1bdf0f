"""Tables of the Office des Changes: brought, read line by line, entered by a second act, beside what is shipped."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from minassa.exports.errors import ExportRefused, StaleStatement
from minassa.exports.models import OfficialTable
from minassa.exports.stating import LARGEST
from minassa.journal.public import append
from minassa.outlook.export.official import ALL, Point, Series, exchange_office_series
from minassa.outlook.export.scopes import ExchangeOfficeTurnover, Scope
from minassa.outlook.export.statement_form import PROVISIONAL, read_official
from minassa.registry.acting import RowAct, acting_on_row
from minassa.registry.public import Actor, require
from minassa.vocabulary.filieres import Filiere
from minassa.vocabulary.statuses import Status

LONGEST_NOTE: Final = 300


def bring(actor: Actor, name: str, content: bytes, at: datetime, *, synthetic: bool = False) -> OfficialTable:
    """Read a table, to be entered by a second act. ExportRefused tells each line that is wrong, and keeps nothing."""
    require(actor, "export.official")
    if len(content) > LARGEST:
        raise ExportRefused(_("Ce fichier est trop grand : cinq mégaoctets au plus."))
    digest = hashlib.sha256(content).hexdigest()
    if OfficialTable.objects.filter(digest=digest).exists():
        raise ExportRefused(_("Ce fichier a déjà été apporté, tel quel."))
    read = read_official(name, content)
    if read.report.accepted < read.report.lines or read.rows.is_empty():
        raise ExportRefused(_("Rien n'est enregistré : corrigez ces lignes, puis recommencez."), read.report.findings)
    with transaction.atomic():
        made = OfficialTable.objects.create(
            digest=digest,
            rows=read.rows.drop("line", "scope").to_dicts(),
            synthetic=synthetic,
            by=str(actor),
            at=at,
            touched_at=at,
        )
        append(stream_of_table(made), "export.table-brought", str(actor), {"digest": digest}, at)
    return made


def enter(actor: Actor, table: OfficialTable, at: datetime, *, expected: int | None = None) -> None:
    """Enter a table that was brought: its numbers stand beside the series from now on."""

    def act_of(held: OfficialTable) -> RowAct[OfficialTable]:
        return RowAct(held, actor, at, stream_of_table(held))

    with acting_on_row(table, act_of, actor, "export.official", expected, _stale) as act:
        if act.row.entered_by:
            raise ExportRefused(_("Cette table est déjà entrée."))
        act.set(entered_by=str(actor), entered_at=act.at)
        act.tell("export.table-entered", digest=act.row.digest)


def exchange_office_known() -> Series[ExchangeOfficeTurnover]:
    """The series of the Office des Changes: what is shipped, then what was entered; the last said of a year counts."""
    points = {(point.period, point.filiere): point for point in exchange_office_series().points}
    for table in OfficialTable.objects.exclude(entered_by="").order_by("entered_at", "pk"):
        for row in table.rows:
            point = _point(row)
            points[point.period, point.filiere] = point
    return Series(Scope.EXCHANGE_OFFICE, tuple(sorted(points.values(), key=lambda one: (one.period, one.filiere))))


def stream_of_table(table: OfficialTable) -> str:
    """The stream of a table in the journal."""
    return f"export-table:{table.uuid}"


def _point(row: dict[str, object]) -> Point[ExchangeOfficeTurnover]:
    filiere = Filiere(int(str(row["filiere"])))
    return Point(
        period=str(row["year"]),
        filiere=filiere.name if filiere else ALL,
        value=ExchangeOfficeTurnover(int(str(row["cents"]))),
        up_to=None,
        status=Status.OFFICIAL,
        url="",
        note=f"{'Provisoire. ' if row['state'] == PROVISIONAL else ''}{row['source']}"[:LONGEST_NOTE],
    )


def _stale(_row: OfficialTable) -> StaleStatement:
    return StaleStatement(_("Cette table a été changée entre-temps : relisez-la."))
