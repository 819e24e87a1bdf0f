"""Lists of money as files: amounts are numbers of dirhams, and what is invented says so on each line."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.conf import settings
from django.http import HttpResponse
from django.utils.translation import gettext as _

from minassa.web.cases.tables import Cell, exported


def file(name: str, wanted: str, headings: Sequence[str], rows: Iterable[Sequence[Cell]]) -> HttpResponse:
    """The rows as `csv` or `xlsx`; on the demonstration each says that it is invented, and the name of the file too."""
    if not settings.MINASSA_DEMONSTRATION:
        return exported(name, wanted, headings, rows)
    note = _("synthétique")
    return exported(f"{name}-synthetique", wanted, [*headings, _("Note")], ((*row, note) for row in rows))
