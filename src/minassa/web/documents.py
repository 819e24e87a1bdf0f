"""PDF documents of the platform: typeset from templates with our own fonts, sealed by the platform's own certificate.

The same data, language and instant always give the same bytes: a document can be made again and compared.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import qrcode
import typst

from minassa.steering.identity import SIGN
from minassa.vocabulary.errors import MinassaError
from minassa.web.seals import SealReport, certificate_fingerprint, check_seal, seal

__all__ = ["SealReport", "TypesettingFailed", "certificate_fingerprint", "check_seal", "pdf", "qr_svg", "seal"]

HERE: Final = Path(__file__).resolve().parent
TEMPLATES: Final = HERE / "pdf"
FONTS: Final = HERE / "fonts"
STANDARDS: Final[list[typst.PDFStandard]] = ["a-2a", "ua-1"]
"""For keeping (PDF/A-2a) and for everyone (PDF/UA-1)."""

_QUIET: Final = 4
"""Width of the white margin that a reader of QR codes needs, in modules (ISO/IEC 18004)."""


class TypesettingFailed(MinassaError):
    """A document could not be typeset: its template and its data do not fit."""

    code = "document-not-typeset"


def pdf(template: str, data: Mapping[str, Any], language: str, at: datetime) -> bytes:
    """A document in PDF/A-2a and PDF/UA-1, made of a template of `web/pdf` and of its data, dated `at`.

    The template `statement` reads `title`, `lead`, `reference`, `facts` (label and value), `sections` (each with
    `heading`, `paragraphs`, `figure`: `svg`, or `png` as
    numbers, `title`, `told` to who listens, `table`: `headers`, `rows`, `numeric`
    columns, `widths` as shares, `dense` for long ones), `notes`, `synthetic` (word, or empty), `place_and_date`,
    `verify` (`address`, `label`): texts already written in the language of the document. With an address of
    verification it bears its QR code. TypesettingFailed.
    """
    verify = data.get("verify") or {}
    given = {**data, "language": language, "sign": _sign(), "qr": qr_svg(verify["address"]) if verify else ""}
    try:
        made = typst.compile(
            str(TEMPLATES / f"{template}.typ"),
            root=str(TEMPLATES),
            font_paths=[str(FONTS)],
            ignore_system_fonts=True,
            sys_inputs={"data": json.dumps(given, ensure_ascii=False)},
            format="pdf",
            pdf_standards=STANDARDS,
            timestamp=int(at.timestamp()),
        )
    except typst.TypstError as error:
        raise TypesettingFailed(f"Le document « {template} » n'a pas pu être composé : {error}") from error
    if not isinstance(made, bytes):
        raise TypesettingFailed(f"Le document « {template} » est vide.")
    return made


def qr_svg(text: str) -> str:
    """The QR code of a text as an SVG drawing, one unit a module, its white margin included."""
    code = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_M, border=_QUIET)
    code.add_data(text)
    rows = code.get_matrix()
    path = "".join(f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, dark in enumerate(row) if dark)
    side = len(rows)
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}"><path d="{path}"/></svg>'


def _sign() -> str:
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16" fill="#0b5f56">{SIGN}</svg>'
