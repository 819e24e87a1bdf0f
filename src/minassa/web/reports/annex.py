"""The annex of a report: each of its values once, as a sheet or a program reads it."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from minassa.vocabulary.statuses import label
from minassa.web.cases.tables import Cell
from minassa.web.indicators import wording
from minassa.web.indicators.listing import cell
from minassa.web.public.pages import language
from minassa.web.reports.content import Report


def headings() -> list[str]:
    """The columns of the annex."""
    return [_("Code"), _("Indicateur"), _("Part"), _("Mois"), _("Valeur"), _("Unité"), _("Statut"), _("Définition")]


def rows(told: Report) -> Iterator[tuple[Cell | None, ...]]:
    """The figures of a report, one a row; amounts in dirhams in a sheet, in centimes in Parquet."""
    for one in told.annex:
        unit = one.indicator.unit
        value = cell(unit, one.point.value)
        status = label(one.point.status, language())
        words = str(wording.UNITS[unit])
        yield (
            one.indicator.code,
            str(one.indicator.label),
            one.cut,
            one.month,
            value,
            words,
            status,
            str(one.indicator.definition),
        )
