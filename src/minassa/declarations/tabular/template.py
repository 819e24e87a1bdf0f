"""Workbooks to fill in: one sheet with the headings, lists of codes and example rows, one that explains each column."""

from __future__ import annotations

from pathlib import Path
from typing import Any, BinaryIO

import xlsxwriter

from minassa.declarations.kinds import FIRM_SHEET, STAFF_REGISTER, YEARLY_ACCOUNTS
from minassa.declarations.tabular.accounts_form import ACCOUNTS_FORM
from minassa.declarations.tabular.firm_form import FIRM_FORM
from minassa.declarations.tabular.forms import EXAMPLE, REMARK, Column, Form, Kind
from minassa.declarations.tabular.staff_form import STAFF_FORM

FORMS = {STAFF_REGISTER: STAFF_FORM, YEARLY_ACCOUNTS: ACCOUNTS_FORM, FIRM_SHEET: FIRM_FORM}

_LAST_ROW = 9_999
"""Rows, from 0, up to which lists of codes are offered."""
_LONGEST_LIST = 255
"""Characters that a workbook admits in a list written in place; longer ones stand on a sheet."""
_EXPLAINED = ("Colonne", "Signification", "Obligatoire", "Écriture", "Pourquoi elle est demandée", "Aide concernée")
_WIDTHS = (30, 44, 12, 48, 52, 40)


def write_template(kind: str, path: Path) -> None:
    """Write the XLSX template of a kind of sheet (`staff_register`, `yearly_accounts`, `firm_sheet`).

    KeyError for another kind. The example rows are marked, and left out when the file is read.
    """
    write_form(FORMS[kind], path)


def write_form(form: Form, target: Path | BinaryIO) -> None:
    """Write the XLSX template of a form, to a path or into a stream."""
    with xlsxwriter.Workbook(target) as book:
        book.set_properties({"title": f"{form.title} (modèle à remplir)", "comments": "Minassa"})
        styles = {
            "head": book.add_format({"bold": True, "bg_color": "#DDEBF7", "bottom": 1}),
            "must": book.add_format({"bold": True, "bg_color": "#F8CBAD", "bottom": 1}),
            "example": book.add_format({"italic": True, "font_color": "#7F7F7F", "num_format": "@"}),
            "text": book.add_format({"num_format": "@"}),
            "wrap": book.add_format({"text_wrap": True, "valign": "top"}),
            "title": book.add_format({"bold": True, "font_size": 14}),
        }
        filled = book.add_worksheet("À remplir")
        _explain(form, book.add_worksheet("Explications"), styles)
        lists = _lists(form, book)
        _fill(form, filled, styles, lists)


def _lists(form: Form, book: Any) -> dict[str, str]:  # noqa: ANN401 - xlsxwriter ships no types
    """Where the codes too long to be written in place stand: reference by heading."""
    long = [column for column in form.columns if len(",".join(column.codes)) > _LONGEST_LIST]
    if not long:
        return {}
    sheet = book.add_worksheet("Listes")
    references = {}
    for rank, column in enumerate(long):
        sheet.write(0, rank, column.heading)
        sheet.write_column(1, rank, list(column.codes))
        letter = chr(ord("A") + rank)
        references[column.heading] = f"=Listes!${letter}$2:${letter}${len(column.codes) + 1}"
    return references


def _fill(form: Form, sheet: Any, styles: dict[str, Any], lists: dict[str, str]) -> None:  # noqa: ANN401
    sheet.freeze_panes(1, 0)
    for rank, column in enumerate(form.columns):
        # Everything is text: a spreadsheet would eat leading zeros and turn dates into numbers.
        sheet.set_column(rank, rank, column.width, styles["text"])
        sheet.write_string(0, rank, column.heading, styles["must" if column.required else "head"])
        for row, example in enumerate(column.examples, start=1):
            sheet.write_string(row, rank, example, styles["example"])
        if column.codes:
            _offer_codes(sheet, rank, column, lists.get(column.heading))
    last = len(form.columns)
    sheet.set_column(last, last, 42, styles["text"])
    sheet.write_string(0, last, REMARK, styles["head"])
    for row in range(1, len(form.columns[0].examples) + 1):
        sheet.write_string(row, last, f"{EXAMPLE} : ligne à supprimer", styles["example"])


def _offer_codes(sheet: Any, rank: int, column: Column, reference: str | None) -> None:  # noqa: ANN401
    sheet.data_validation(
        1,
        rank,
        _LAST_ROW,
        rank,
        {
            "validate": "list",
            "source": reference or list(column.codes),
            "ignore_blank": not column.required,
            "input_title": column.heading[:32],
            "input_message": column.layout[:255],
            "error_title": "Code inconnu",
            "error_message": column.layout[:255],
        },
    )


def _explain(form: Form, sheet: Any, styles: dict[str, Any]) -> None:  # noqa: ANN401
    for rank, width in enumerate(_WIDTHS):
        sheet.set_column(rank, rank, width, styles["wrap"])
    sheet.write_string(0, 0, f"{form.title} : ce que chaque colonne demande", styles["title"])
    sheet.write_string(
        1, 0, f"Enregistrez le fichier sous le nom {form.file_example}.xlsx (ou .csv), avec vos numéros."
    )
    sheet.write_string(
        2, 0, f"Les lignes grises sont un {EXAMPLE} : supprimez-les. Toutes les valeurs y sont inventées."
    )
    for rank, title in enumerate(_EXPLAINED):
        sheet.write_string(4, rank, title, styles["head"])
    for row, column in enumerate(form.columns, start=5):
        must = "oui" if column.required else "non"
        for rank, text in enumerate(_explained(column, must)):
            sheet.write_string(row, rank, text, styles["wrap"])
    end = len(form.columns) + 5
    for rank, text in enumerate((REMARK, "Vos notes", "non", "Texte libre", "N'est ni lue ni gardée", "Aucune")):
        sheet.write_string(end, rank, text, styles["wrap"])
    sheet.freeze_panes(5, 1)


def _explained(column: Column, must: str) -> tuple[str, ...]:
    kind = "" if column.kind is Kind.NAME else f" ({column.kind})"
    return (column.heading, column.meaning, must, column.layout + kind, column.reason, column.used_by)
