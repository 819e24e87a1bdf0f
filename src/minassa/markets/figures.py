"""Figures brought by a person: a file is read and told line by line; a second act enters what is good of it."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Final

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from minassa.journal.public import append
from minassa.markets.errors import FiguresRefused, MarketError
from minassa.markets.models import Figure, FigureFile, FileState
from minassa.markets.sheet import read_figures
from minassa.registry.public import Actor, require

LARGEST: Final = 5 * 1024 * 1024
_KEPT: Final = ("line", "market", "segment", "year", "criterion", "value", "source_title", "source_url")


def read_file(actor: Actor, name: str, content: bytes, at: datetime) -> FigureFile:
    """Read a file and keep what is good of it aside; no figure is entered. FiguresRefused when nothing is good."""
    require(actor, "market.write")
    if len(content) > LARGEST:
        raise FiguresRefused(_("Ce fichier est trop grand : cinq mégaoctets au plus."))
    digest = hashlib.sha256(content).hexdigest()
    if FigureFile.objects.filter(digest=digest, state=FileState.ENTERED).exists():
        raise FiguresRefused(_("Ce fichier a déjà été entré, tel quel."))
    read = read_figures(name, content)
    if read.rows.is_empty():
        raise FiguresRefused(_("Aucune ligne n'a pu être gardée."), read.report.findings)
    return FigureFile.objects.create(
        digest=digest,
        lines=read.report.lines,
        accepted=read.report.accepted,
        findings=[one.as_json() for one in read.report.findings],
        rows=read.rows.select(_KEPT).to_dicts(),
        synthetic=settings.MINASSA_DEMONSTRATION,
        by=str(actor),
        at=at,
    )


def enter(actor: Actor, file: FigureFile, at: datetime) -> int:
    """Enter together every good line of a file that was read; how many. MarketError when it is entered already."""
    require(actor, "market.write")
    with transaction.atomic():
        held = FigureFile.objects.select_for_update().get(pk=file.pk)
        if held.state != FileState.READ or (
            FigureFile.objects.filter(digest=held.digest, state=FileState.ENTERED).exists()
        ):
            raise MarketError(_("Ce fichier est déjà entré."))
        made = Figure.objects.bulk_create(Figure(file=held, **row) for row in held.rows)
        held.rows, held.state = [], FileState.ENTERED
        held.save(update_fields=["rows", "state"])
        body = {"digest": held.digest, "figures": len(made)}
        append(f"market-figures:{held.pk}", "market.figures-entered", str(actor), body, at)
    file.refresh_from_db()
    return len(made)


def figures_in_effect(**of: str) -> QuerySet[Figure]:
    """For each market, segment and criterion, the figure of the last year; of that year, the last one entered."""
    key = ("market", "segment", "criterion")
    return Figure.objects.filter(**of).select_related("file").order_by(*key, "-year", "-pk").distinct(*key)
