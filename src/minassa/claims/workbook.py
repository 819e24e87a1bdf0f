"""A claim as a workbook that anyone opens: what is claimed, each line with its reasons, and its digest."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from io import BytesIO
from typing import Any, Final

import polars as pl
import xlsxwriter
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from minassa.claims.checks import bit_of
from minassa.claims.claim_models import Claim
from minassa.claims.lines import read
from minassa.claims.verifying import require_intact
from minassa.claims.weights import reasons
from minassa.entitlements.amounts import person_text
from minassa.registry.public import Actor, require
from minassa.vocabulary.periods import format_month
from minassa.vocabulary.statuses import Status, label, rank

CENTS: Final = 100
MONEY: Final = "#,##0.00"
_BY_RANK: Final = {rank(status): status for status in Status}


def unmet_conditions(claim: Claim, unmet: int) -> list[str]:
    """Names of the conditions that do not hold, from the bits of a line."""
    return [name for place, name in enumerate(claim.conditions) if unmet >> place & 1]


def flagged_reasons(flags: int) -> list[str]:
    """Kinds of the reasons to look at a line, from its bits."""
    return [kind for kind in reasons() if flags & bit_of(kind)]


def workbook(actor: Actor, claim: Claim, at: datetime) -> bytes:
    """The claim as XLSX, in the language of the reader. Forbidden; TamperedClaim when it is no longer as frozen."""
    require(actor, "claim.open", claim)
    require_intact(claim)
    written = BytesIO()
    with xlsxwriter.Workbook(written, {"in_memory": True, "constant_memory": False}) as book:
        book.set_properties({"title": claim.reference, "created": at.replace(tzinfo=None)})
        money = book.add_format({"num_format": MONEY})
        _summary(claim, book.add_worksheet(_("Demande")), money)
        _lines(claim, book.add_worksheet(_("Lignes")), money)
    return written.getvalue()


def _summary(claim: Claim, sheet: Any, money: Any) -> None:  # noqa: ANN401 - xlsxwriter ships no types
    sheet.set_column(0, 1, 44)
    rows: list[tuple[str, object]] = [
        (_("Référence"), claim.reference),
        (_("Entreprise"), claim.enterprise.name),
        (_("Mesure"), claim.measure.upper()),
        (_("Période"), claim.period),
        (_("Lignes"), claim.line_count),
        (_("Calcul"), claim.run),
        (_("Statut juridique le plus faible"), label(_BY_RANK[claim.status], get_language() or "fr")),
        (_("Score de contrôle (ne décide de rien)"), claim.score),
        (_("Empreinte de la demande"), claim.content_digest),
    ]
    for place, (name, value) in enumerate(rows):
        sheet.write(place, 0, name)
        sheet.write(place, 1, value)
    for place, (name, cents) in enumerate(_money(claim), start=len(rows)):
        sheet.write(place, 0, name)
        sheet.write_number(place, 1, cents / CENTS, money)


def _money(claim: Claim) -> Iterator[tuple[str, int]]:
    yield _("Total demandé (DH)"), claim.total_cents
    yield _("Dont provisoire (DH)"), claim.provisional_cents
    if claim.accepted_cents is not None:
        yield _("Montant accepté (DH)"), claim.accepted_cents


def _lines(claim: Claim, sheet: Any, money: Any) -> None:  # noqa: ANN401 - xlsxwriter ships no types
    headings = [
        _("Salarié (pseudonyme)"),
        _("Embauche"),
        _("Début"),
        _("Montant (DH)"),
        _("Provisoire"),
        _("Statut"),
        _("Conditions non remplies"),
        _("Points à regarder"),
    ]
    sheet.write_row(0, 0, headings)
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, len(headings) - 1, 22)
    language = get_language() or "fr"
    for place, row in enumerate(_rows(claim), start=1):
        told = [getattr(reasons()[kind], language, "") for kind in flagged_reasons(row["flags"])]
        hired = format_month(row["hired_month"]) if row["hired_month"] else ""
        sheet.write_row(place, 0, [person_text(row["person"]), hired, format_month(row["period_start"])])
        sheet.write_number(place, 3, row["amount_cents"] / CENTS, money)
        sheet.write_row(
            place,
            4,
            [
                _("oui") if row["provisional"] else "",
                label(_BY_RANK[row["status"]], language),
                ", ".join(unmet_conditions(claim, row["unmet"])),
                " ; ".join(told),
            ],
        )


def _rows(claim: Claim) -> Iterator[dict[str, Any]]:
    yield from read([claim.pk]).filter(pl.col("claim_id") == claim.pk).iter_rows(named=True)
