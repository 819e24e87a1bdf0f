"""A report on paper: PDF/A and PDF/UA from the same content as the editable file, sealed by the platform."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from minassa.web.documents import pdf, seal
from minassa.web.reports.content import Report, synthetic_word
from minassa.web.writing import when


def report_pdf(told: Report) -> bytes:
    """The report as a sealed PDF, dated of its run."""
    return seal(pdf("statement", _data(told), told.language, told.made_at), told.period.title, told.made_at)


def _data(told: Report) -> dict[str, Any]:
    return {
        "title": told.period.title,
        "lead": told.lead,
        "reference": told.reference,
        "facts": told.facts,
        "sections": [_section(one, told.language) for one in told.sections],
        "notes": told.notes,
        "synthetic": synthetic_word(),
        "place_and_date": when(told.made_at, told.language),
        "verify": {
            "address": settings.MINASSA_ADDRESS + reverse("proof-check"),
            "label": _("Vérifier le cachet de ce document"),
        },
    }


def _section(one: dict[str, Any], language: str) -> dict[str, Any]:
    """A section as the template reads it.

    Joined Arabic letters of a drawing keep no text behind them when typst embeds it, which PDF/A-2a refuses: there the
    drawing is a picture, and its numbers stand in the table or the sentence beside it.
    """
    if "figure" not in one:
        return one
    figure = one["figure"]
    shape = {"png": list(figure.png)} if language == "ar" else {"svg": figure.svg}
    return {**one, "figure": {**shape, "title": figure.title, "told": f"{figure.title}. {figure.told}"}}
