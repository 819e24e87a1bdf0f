"""Reports say what the pages and the API say, on paper, in a file to edit, in their annex; in three languages."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import polars as pl
import pytest
from django.test import Client
from django.utils import translation
from docx import Document
from docx.oxml.ns import qn
from pyhanko.pdf_utils.reader import PdfFileReader

from minassa.entitlements.runs import runs_in
from minassa.registry.models import Role
from minassa.steering.indicators.catalogue import Catalogue, Unit
from minassa.vocabulary.periods import format_month
from minassa.web.documents import check_seal
from minassa.web.reports.content import OF_PARTS
from minassa.web.reports.periods import Kind
from minassa.web.reports.wording import changed, written

pytestmark = pytest.mark.django_db
LANGUAGES = ("fr", "ar", "en")
HEADINGS = {"fr": "La route vers 130 000", "ar": "الطريق نحو 130 000", "en": "The road to 130,000"}


@pytest.fixture
def analyst(as_role: Callable[[str, str], Client]) -> Client:
    return as_role(Role.ANALYST, "minassa")


@pytest.fixture
def month(published: Any) -> str:  # noqa: ANN401 (a folder)
    """The last month of the run."""
    return format_month(runs_in(published / "runs")[-1].until)


def content(client: Client, address: str) -> bytes:
    response = client.get(address)
    assert response.status_code == 200, address
    return bytes(response.content)


def annex(client: Client, address: str) -> pl.DataFrame:
    found = pl.read_parquet(io.BytesIO(content(client, address)))
    return found.rename({name: "value" for name in found.columns if name.startswith(("Valeur", "Value", "القيمة"))})


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_numbers_of_a_report_are_those_of_the_api(analyst: Client, month: str, language: str) -> None:
    told = analyst.get("/api/v1/indicators", {"a": month}).json()
    of_api = {one["code"]: one["last"] for one in told if one["last"]}
    rows = annex(analyst, f"/{language}/rapports/mois/{month}/annexe.parquet")
    names = list(rows.columns)
    whole = rows.filter(pl.col(names[2]) == "")
    assert {row[0]: (row[3], row[4]) for row in whole.iter_rows()} == {
        code: (last["month"], last["value"]) for code, last in of_api.items()
    }
    document = Document(io.BytesIO(content(analyst, f"/{language}/rapports/mois/{month}.docx")))
    cells = {cell.text for table in document.tables for row in table.rows for cell in row.cells}
    with translation.override(language):
        for code, last in of_api.items():
            assert written(Catalogue.all()[code].unit, last["value"]) in cells, code


def test_parts_of_a_report_are_those_of_the_api_under_the_same_filters(analyst: Client, month: str) -> None:
    rows = annex(analyst, f"/fr/rapports/mois/{month}/annexe.parquet")
    told = analyst.get("/api/v1/indicators", {"a": month, "filiere": "1"}).json()
    of_api = {one["code"]: one["last"]["value"] for one in told if one["last"] and one["code"] in OF_PARTS}
    part = rows.filter(pl.col("Part") == "Externalisation des technologies de l'information")
    assert dict(part.select("Code", "value").iter_rows()) == of_api
    assert of_api["declared_jobs"] > 0


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_report_on_paper_is_tagged_sealed_and_dated_of_its_run(analyst: Client, month: str, language: str) -> None:
    address = f"/{language}/rapports/mois/{month}.pdf"
    made = content(analyst, address)
    reader = PdfFileReader(io.BytesIO(made))
    assert reader.root["/Lang"] == language
    assert reader.root["/MarkInfo"]["/Marked"]
    assert 'pdfuaid:part="1"' in reader.root["/Metadata"].data.decode()
    seal = check_seal(made)
    assert seal is not None
    assert seal.holds


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_report_to_edit_reads_in_its_direction_and_says_that_it_is_invented(
    analyst: Client, month: str, language: str
) -> None:
    document = Document(io.BytesIO(content(analyst, f"/{language}/rapports/mois/{month}.docx")))
    headings = [
        one.text for one in document.paragraphs if one.style is not None and str(one.style.name).startswith("Heading")
    ]
    assert HEADINGS[language] in headings
    described = [one._inline.docPr.get("descr") for one in document.inline_shapes]  # noqa: SLF001
    assert len(described) == 3
    assert all(described)
    right = [one for one in document.paragraphs if one._p.pPr is not None and one._p.pPr.find(qn("w:bidi")) is not None]  # noqa: SLF001
    assert bool(right) == (language == "ar")
    invented = {"fr": "synthétique", "ar": "اصطناعي", "en": "synthetic"}[language]
    assert invented in document.sections[0].footer.paragraphs[0].text


@pytest.mark.parametrize("kind", [Kind.QUARTER, Kind.YEAR])
def test_reports_of_committees_list_the_sessions_held(as_role: Callable[[str, str], Client], kind: str) -> None:
    client = as_role(Role.SECRETARIAT, "minassa")
    page = client.get("/fr/rapports/").content.decode()
    found = [part.split('"')[0] for part in page.split('href="')[1:] if f"/rapports/{kind}/" in part.split('"')[0]]
    addresses = [one for one in found if one.endswith(".docx")]
    if not addresses:
        pytest.skip("Le petit pays n'a pas de période entière de cette longueur.")
    document = Document(io.BytesIO(content(client, addresses[0])))
    assert "Aucune séance ne s'est tenue dans la période." in [one.text for one in document.paragraphs]


@pytest.mark.parametrize(
    "address", ["mois/1999-01.pdf", "mois/2026-13.pdf", "siecle/2026.pdf", "annee/2026-T1.docx", "mois/x/annexe.csv"]
)
def test_what_cannot_be_made_is_not_found(analyst: Client, address: str) -> None:
    assert analyst.get(f"/fr/rapports/{address}").status_code == 404


def test_other_forms_are_not_found(analyst: Client, month: str) -> None:
    for form in ("exe", "html"):
        assert analyst.get(f"/fr/rapports/mois/{month}.{form}").status_code == 404
        assert analyst.get(f"/fr/rapports/mois/{month}/annexe.{form}").status_code == 404


def test_a_change_bears_its_sign() -> None:
    assert changed(Unit.JOBS, None) == "—"
    assert changed(Unit.JOBS, 0) == "="
    assert changed(Unit.JOBS, -3) == "\u2066\u22123\u2069"
    assert changed(Unit.BASIS_POINTS, 250) == "+2,5\u00a0pt"
    assert changed(Unit.SECONDS, -86_400).startswith("\u2212")
    assert changed(Unit.CENTS, 1_00) == "\u2066+1,00\u2069\u00a0DH"
