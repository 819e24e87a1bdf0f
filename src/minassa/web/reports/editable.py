"""A report that an office suite opens and edits: headings, tables, described pictures; from the right too."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any, Final

from docx import Document
from docx.document import Document as Written
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.table import Table
from docx.text.paragraph import Paragraph

from minassa.web.reports.content import Report, synthetic_word
from minassa.web.reports.drawing import Drawing

FONT: Final = "Arial"
"""A font that every office suite has, for both scripts."""
GRID: Final = "Light Grid Accent 1"
ACROSS: Final = Cm(16)
LOCALES: Final = {"fr": "fr-MA", "ar": "ar-MA", "en": "en-GB"}


def report_docx(told: Report) -> bytes:
    """The report as an Office Open XML document (.docx)."""
    writer = _Writer(told)
    writer.write()
    made = BytesIO()
    writer.document.save(made)
    return made.getvalue()


class _Writer:
    """One document, in the direction of its language."""

    def __init__(self, told: Report) -> None:
        self.told, self.rtl = told, told.language == "ar"
        self.document: Written = Document()
        self._dress()

    def write(self) -> None:
        """Everything, in order."""
        told = self.told
        self._line(self.document.add_heading(told.period.title, level=0))
        self._line(self.document.add_paragraph(" · ".join(filter(None, (told.lead, told.reference, synthetic_word())))))
        self._table((), told.facts, ())
        for section in told.sections:
            self._section(section)
        for note in told.notes:
            self._line(self.document.add_paragraph(note))

    def _section(self, section: dict[str, Any]) -> None:
        self._line(self.document.add_heading(section["heading"], level=1))
        for paragraph in section.get("paragraphs", ()):
            self._line(self.document.add_paragraph(paragraph))
        if "figure" in section:
            self._picture(section["figure"])
        if "table" in section:
            table = section["table"]
            self._table(table["headers"], table["rows"], table.get("numeric", ()))

    def _dress(self) -> None:
        normal, told = self.document.styles["Normal"], self.told
        normal.font.name, normal.font.size = FONT, Pt(10)
        properties = normal.element.get_or_add_rPr()
        fonts = properties.find(qn("w:rFonts"))
        fonts.set(qn("w:cs"), FONT)
        language = OxmlElement("w:lang")
        language.set(qn("w:val"), LOCALES[told.language])
        language.set(qn("w:bidi"), LOCALES["ar"])
        properties.append(language)
        core = self.document.core_properties
        core.title, core.author, core.language = told.period.title, "Minassa", LOCALES[told.language]
        core.created = core.modified = told.made_at.replace(tzinfo=None)
        core.comments, core.keywords = synthetic_word(), told.reference
        footer = self.document.sections[0].footer.paragraphs[0]
        footer.text = " · ".join(filter(None, ("Minassa", told.reference, synthetic_word())))
        self._line(footer)

    def _line(self, paragraph: Paragraph) -> None:
        """Read a paragraph from the right where its language is."""
        if not self.rtl:
            return
        paragraph._p.get_or_add_pPr().append(OxmlElement("w:bidi"))  # noqa: SLF001 (python-docx has no name for it)
        for run in paragraph.runs:
            run.font.rtl = True

    def _picture(self, figure: Drawing) -> None:
        self.document.add_picture(BytesIO(figure.png), width=ACROSS)
        shown = self.document.inline_shapes[-1]._inline.docPr  # noqa: SLF001 (python-docx has no name for it)
        shown.set("title", figure.title)
        shown.set("descr", f"{figure.title}. {figure.told}")

    def _table(self, headers: Sequence[str], rows: Sequence[Sequence[str]], numeric: Sequence[int]) -> None:
        lines = [headers, *rows] if headers else list(rows)
        table = self.document.add_table(rows=len(lines), cols=len(lines[0]), style=GRID)
        if self.rtl:
            table._tblPr.append(OxmlElement("w:bidiVisual"))  # noqa: SLF001 (python-docx has no name for it)
        if headers:
            self._repeats(table)
        for row, line in zip(table.rows, lines, strict=True):
            for rank, (cell, text) in enumerate(zip(row.cells, line, strict=True)):
                paragraph = cell.paragraphs[0]
                paragraph.add_run(str(text))
                self._line(paragraph)
                if rank in numeric:
                    paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT if self.rtl else WD_ALIGN_PARAGRAPH.RIGHT
        self.document.add_paragraph()

    def _repeats(self, table: Table) -> None:
        """The first row is a heading, told to who listens, and repeated on each page."""
        table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))  # noqa: SLF001 (no name for it)
