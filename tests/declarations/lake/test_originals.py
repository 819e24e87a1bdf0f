from __future__ import annotations

import io
import zipfile
from datetime import date

import pytest
from openpyxl import Workbook

from minassa.declarations.lake.originals import excerpt
from minassa.declarations.packs import PackUnreadable

RETURN = """<?xml version="1.0" encoding="UTF-8"?>
<TraitementEtSalaire>
  <listStagiaires>
    <Stagiaire><nom>EXEMPLE</nom>
      <prenom>É</prenom></Stagiaire>
    <Stagiaire><nom>FICTIF</nom></Stagiaire><Stagiaire><nom>FICTIVE</nom></Stagiaire>
  </listStagiaires>
</TraitementEtSalaire>""".encode()


def workbook() -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["nom", "intitulé;poste", "date"])
    sheet.append(["EXEMPLE", None, date(2025, 7, 1)])
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def test_a_row_of_a_workbook_is_a_line_of_csv() -> None:
    assert excerpt(workbook(), "staff_register", 1) == 'nom;"intitulé;poste";date'
    assert excerpt(workbook(), "staff_register", 2) == "EXEMPLE;;2025-07-01"


def test_a_person_of_a_return_is_the_whole_element_unless_several_open_there() -> None:
    expected = "<Stagiaire><nom>EXEMPLE</nom>\n      <prenom>É</prenom></Stagiaire>"
    assert excerpt(RETURN, "simpl_ir_9421", 4) == expected
    assert excerpt(RETURN, "simpl_ir_9421", 6).count("<Stagiaire>") == 2
    zipped = io.BytesIO()
    with zipfile.ZipFile(zipped, "w") as archive:
        archive.writestr("envoi.xml", RETURN)
    assert excerpt(zipped.getvalue(), "simpl_ir_9421", 4) == expected


def test_a_text_is_read_in_its_own_code_page() -> None:
    assert excerpt("\ufeffé\r\nà".encode(), "firm_sheet", 1) == "é"
    assert excerpt("é\nà".encode("cp1252"), "firm_sheet", 2) == "à"


@pytest.mark.parametrize("line", [-1, 0, 99])
@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (RETURN, "simpl_ir_9421"),
        (workbook(), "staff_register"),
        (workbook()[:200], "staff_register"),
        (b"a;b\n1;2\n", "firm_sheet"),
        (b"PK\x03\x04", "simpl_ir_9421"),
    ],
)
def test_a_line_that_is_not_there_is_refused(content: bytes, kind: str, line: int) -> None:
    with pytest.raises(PackUnreadable):
        excerpt(content, kind, line)
