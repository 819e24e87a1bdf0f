"""A sheet of ventures: read and told line by line, then entered by a second act. CSV or XLSX, the same columns."""

from __future__ import annotations

import csv
import hashlib
import io
import zipfile
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any, Final

import openpyxl
from django.db import transaction
from django.utils.translation import gettext as _
from openpyxl.utils.exceptions import InvalidFileException

from minassa.delays import instant_of, local_day
from minassa.journal.public import append
from minassa.registry.models import Enterprise
from minassa.registry.public import Actor, require
from minassa.ventures.errors import SheetUnreadable, VentureError
from minassa.ventures.models import Kind, RollIn, Venture
from minassa.ventures.telling import Saying, checked_saying, line, register

COLUMNS: Final = ("nom", "nature", "ice", "stade", "produit", "marches", "emplois", "emplois_au", "source")
LARGEST: Final = 2_000_000
"""Bytes."""
MOST: Final = 2_000
"""Lines."""
_KINDS: Final = {"pme": Kind.SME, "start-up": Kind.STARTUP, "startup": Kind.STARTUP}
Row = Mapping[str, str]


def read_sheet(actor: Actor, content: bytes, at: datetime) -> RollIn:
    """Read a sheet: its good rows wait to be entered, the others are told. SheetUnreadable when it is no such table."""
    require(actor, "venture.import")
    digest = hashlib.sha256(content).hexdigest()
    kept = RollIn.objects.filter(digest=digest).first()
    if kept is not None and kept.entered_at is None:
        return kept
    if kept is not None:
        raise SheetUnreadable(_("Ce fichier a déjà été repris, tel quel."))
    rows, findings = [], []
    today = local_day(instant_of(at))
    table = list(_table(content))
    for number, row in enumerate(table, 2):
        try:
            _told(row, today)
        except VentureError as refusal:
            findings.append({"line": number, "message": refusal.message})
        else:
            rows.append({**row, "line": number})
    made = RollIn(digest=digest, rows=rows, findings=findings, lines=len(table), by=str(actor), at=at, touched_at=at)
    with transaction.atomic():
        made.save()
        told = {"digest": digest, "lines": len(table), "good": len(rows)}
        append(f"venture-sheet:{made.uuid}", "venture.sheet-read", str(actor), told, at)
    return made


def enter(actor: Actor, roll: RollIn, at: datetime, *, synthetic: bool = False) -> int:
    """Register the good rows of a sheet, all or none; how many. VentureError when they are entered, or one is there."""
    require(actor, "venture.import")
    with transaction.atomic():
        held = RollIn.objects.select_for_update().get(pk=roll.pk)
        if held.entered_at is not None:
            raise VentureError(_("Ce fichier est déjà repris."))
        for row in held.rows:
            name, kind, saying, firm = _told(row, local_day(instant_of(at)))
            register(actor, name, kind, saying, at, enterprise=firm, synthetic=synthetic)
        held.entered_at = held.touched_at = at
        held.version += 1
        held.save(update_fields=["entered_at", "touched_at", "version"])
        append(f"venture-sheet:{held.uuid}", "venture.sheet-entered", str(actor), {"entered": len(held.rows)}, at)
    return len(held.rows)


def _told(row: Row, today: date) -> tuple[str, str, Saying, Enterprise | None]:
    """A row as what is registered; VentureError in words for people."""
    name, kind = line(row["nom"]), _KINDS.get(row["nature"].strip().lower())
    if not name or kind is None:
        raise VentureError(_("Il faut un nom, et la nature PME ou START-UP."))
    firm = _firm(row["ice"].strip())
    if Venture.objects.filter(enterprise=firm).exists() if firm else Venture.objects.filter(name=name).exists():
        raise VentureError(_("Elle est déjà au registre."))
    markets = tuple(code.strip().upper() for code in row["marches"].replace(",", " ").split())
    jobs, day = _count(row["emplois"].strip()), _day(row["emplois_au"].strip())
    saying = Saying(row["stade"].strip(), row["produit"], markets, jobs, day, row["source"])
    checked_saying(saying, today)
    return name, kind, saying, firm


def _firm(ice: str) -> Enterprise | None:
    if not ice:
        return None
    found = Enterprise.objects.filter(ice=ice).first()
    if found is None:
        raise VentureError(_("Cet ICE n'est pas au registre des entreprises : laissez-le vide."))
    return found


def _count(text: str) -> int | None:
    if not text:
        return None
    if not text.isascii() or not text.isdecimal() or len(text) > 9:  # noqa: PLR2004 (no longer number)
        raise VentureError(_("Le nombre d'emplois est un nombre entier."))
    return int(text)


def _day(text: str) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text[:10])
    except ValueError as error:
        raise VentureError(_("Écrivez une date, par exemple 2026-12-31.")) from error


def _table(content: bytes) -> Iterator[Row]:
    if len(content) > LARGEST:
        raise SheetUnreadable(_("Ce fichier est trop lourd : deux mégaoctets au plus."))
    rows = _cells(content)
    heads = [cell.strip().lower() for cell in rows[0]] if rows else []
    missing = [name for name in COLUMNS if name not in heads]
    if missing:
        raise SheetUnreadable(_("Il manque la colonne « %(name)s ».") % {"name": missing[0]})
    filled = [row for row in rows[1:] if any(cell.strip() for cell in row)]
    if len(filled) > MOST:
        raise SheetUnreadable(_("Deux mille lignes au plus."))
    for row in filled:
        yield {name: (row[heads.index(name)] if heads.index(name) < len(row) else "")[:400] for name in COLUMNS}


def _cells(content: bytes) -> list[list[str]]:
    try:
        return _of_workbook(content) if content.startswith(b"PK") else _of_text(content)
    except (
        UnicodeDecodeError,
        csv.Error,
        InvalidFileException,
        zipfile.BadZipFile,
        KeyError,
        ValueError,
        OSError,
    ) as e:
        raise SheetUnreadable(_("Ce fichier n'est ni un CSV en UTF-8 ni un classeur XLSX qui se lise.")) from e


def _of_workbook(content: bytes) -> list[list[str]]:
    sheet: Any = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True).worksheets[0]
    return [[_text(cell) for cell in row] for row in sheet.iter_rows(max_row=MOST + 2, values_only=True)]


def _of_text(content: bytes) -> list[list[str]]:
    text = content.decode("utf-8-sig").replace("\x00", "")
    delimiter = max(";,\t", key=text.partition("\n")[0].count)
    return list(csv.reader(io.StringIO(text), delimiter=delimiter))


def _text(cell: object) -> str:
    """A cell as text: a whole number without decimals, a day as ISO 8601."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else str(cell).replace("\x00", "")
