"""A file of titles (CSV or XLSX, in the first column or under a heading that says so) recognised and given back."""

from __future__ import annotations

import csv
import io
import zipfile
from typing import Final

import openpyxl
from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from minassa.registry.policy import SIGNED_IN
from minassa.talent.matching import Recognition, fold
from minassa.titles.public import in_effect
from minassa.web.access import PageRequest, page
from minassa.web.cases.tables import Cell, exported
from minassa.web.doing import UNPROCESSABLE
from minassa.web.titles.showing import shown

MOST: Final = 5_000
LARGEST: Final = 2_000_000
LONGEST: Final = 200
HEADINGS: Final = frozenset(
    {"intitule poste", "titre", "title", "job title", "poste", "intitule", "مسمى وظيفي", "مسمي وظيفي"}
)
FORMATS: Final = (("csv", "CSV"), ("xlsx", "XLSX"))


class UploadForm(forms.Form):
    """A file of titles, and the format it is wanted back in."""

    file = forms.FileField(label=gettext_lazy("Fichier de titres (CSV ou XLSX)"))
    wanted = forms.ChoiceField(label=gettext_lazy("Format du résultat"), choices=FORMATS)

    def clean_file(self) -> list[str]:
        """The titles of the file; refused when it cannot be read, is empty or too long."""
        sent = self.cleaned_data["file"]
        if (sent.size or 0) > LARGEST:
            raise forms.ValidationError(_("Ce fichier est trop lourd : 2 Mo au plus."))
        rows = _rows(sent.read())
        if rows is None:
            raise forms.ValidationError(_("Ce fichier ne se lit pas : envoyez un CSV en UTF-8 ou un classeur XLSX."))
        titles = _titles(rows)
        if not titles or len(titles) > MOST:
            raise forms.ValidationError(_("Il faut de 1 à %(most)d titres.") % {"most": MOST})
        return titles


@require_POST
@page(SIGNED_IN)
def titles_file(request: PageRequest) -> HttpResponse:
    """The titles of a file with the occupation of each; nothing of the file is kept."""
    form = UploadForm(request.POST, request.FILES)
    if not form.is_valid():
        return render(request, "web/titles/file.html", {"upload": form}, status=UNPROCESSABLE)
    titles: list[str] = form.cleaned_data["file"]
    headings = [_("Titre"), _("Métier"), _("CITP-08"), _("ESCO"), _("Confiance (%)"), _("Réponse"), _("Pourquoi")]
    rows = [_line(one) for one in in_effect().recognise(titles, 1)]
    return exported("metiers-reconnus", form.cleaned_data["wanted"], headings, rows)


def _line(recognition: Recognition) -> tuple[Cell, ...]:
    verdict = shown(recognition, said_none=False)
    if not verdict.candidates:
        return (verdict.title, "", "", "", 0, _("à trancher par une personne"), "")
    first = verdict.candidates[0]
    state = _("reconnu") if verdict.answered else _("à trancher par une personne")
    why = f"{first.how} : {first.entry} ({first.kind})"
    return (verdict.title, first.name, first.isco, first.esco, verdict.confidence, state, why)


def _rows(content: bytes) -> list[list[str]] | None:
    """The cells of a file, None where it is neither a workbook nor text."""
    if content.startswith(b"PK"):
        try:
            book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
            sheet = book.worksheets[0]
            return [["" if cell is None else str(cell) for cell in row] for row in sheet.iter_rows(values_only=True)]
        except (zipfile.BadZipFile, KeyError, ValueError, IndexError, OSError):
            return None
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None
    if "\x00" in text:
        return None
    first = text.partition("\n")[0]
    delimiter = max(";,\t", key=first.count)
    try:
        return list(csv.reader(io.StringIO(text), delimiter=delimiter))
    except csv.Error:
        return None


def _titles(rows: list[list[str]]) -> list[str]:
    """The column of titles: under a heading that is known, else the first one, its first line included."""
    heading = [fold(cell) for cell in rows[0]] if rows else []
    at = next((rank for rank, cell in enumerate(heading) if cell in HEADINGS), None)
    column = [row[at or 0] if len(row) > (at or 0) else "" for row in (rows if at is None else rows[1:])]
    return [" ".join(cell.split())[:LONGEST] for cell in column if cell.strip()]
