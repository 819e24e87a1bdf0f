"""PDF documents: the same again, in the right script, sealed; a changed byte is found."""

from __future__ import annotations

import datetime as dt
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from asn1crypto import x509
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext
from pytest_django import Settings

from minassa.web.documents import TypesettingFailed, certificate_fingerprint, check_seal, pdf, qr_svg, seal
from minassa.web.seals import Unreadable
from minassa.web.writing import money

AT = dt.datetime(2026, 11, 23, 8, tzinfo=dt.UTC)


def content(language: str) -> dict[str, Any]:
    return {
        "title": {"fr": "Récépissé de dépôt", "ar": "وصل إيداع", "en": "Receipt"}[language],
        "reference": "DEP-EXEMPLE-1",
        "facts": [["Montant", money(-123_456_789, language)]],
        "sections": [{"heading": "Lignes", "table": {"headers": ["Mois", "Montant"], "rows": [["11/2026", "1"]]}}],
        "synthetic": "synthétique",
        "verify": {"address": "http://127.0.0.1/fr/preuve/", "label": "Vérifier"},
    }


@pytest.fixture(autouse=True)
def own_keys(tmp_path: Path, settings: Settings) -> None:
    settings.MINASSA_HOME = tmp_path


@pytest.mark.parametrize("language", ["fr", "ar", "en"])
def test_the_same_content_gives_the_same_bytes_with_our_fonts_alone(language: str) -> None:
    made = pdf("statement", content(language), language, AT)
    assert made == pdf("statement", content(language), language, AT)
    assert made != pdf("statement", content(language), language, AT + dt.timedelta(days=1))
    reader = PdfFileReader(BytesIO(made))
    assert reader.root["/Lang"] == language
    assert reader.root["/MarkInfo"]["/Marked"]
    metadata = reader.root["/Metadata"].data.decode()
    assert "<pdfaid:part>2</pdfaid:part>" in metadata
    assert "<pdfuaid:part>1</pdfuaid:part>" in metadata
    assert b"SourceSans3" in made
    assert (b"NotoSansArabic" in made) == (language == "ar")


def test_a_template_that_lacks_its_data_says_so() -> None:
    with pytest.raises(TypesettingFailed):
        pdf("statement", {"lead": "sans titre"}, "fr", AT)


def test_pyhanko_finds_the_seal_valid_over_the_whole_file() -> None:
    sealed = seal(pdf("statement", content("fr"), "fr", AT), "Récépissé de dépôt", AT)
    embedded = PdfFileReader(BytesIO(sealed)).embedded_signatures[0]
    own = embedded.signer_cert
    assert isinstance(own, x509.Certificate)
    status = validate_pdf_signature(
        embedded, signer_validation_context=ValidationContext(trust_roots=[own], moment=AT, allow_fetching=False)
    )
    assert status.bottom_line
    assert embedded.sig_object["/SubFilter"] == "/ETSI.CAdES.detached"
    assert own.sha256.hex() == certificate_fingerprint()
    report = check_seal(sealed)
    assert report is not None
    assert (report.holds, report.sealed_at, report.reason) == (True, AT, "Récépissé de dépôt")


def test_a_seal_leaves_the_document_what_pdf_a_2_builds_on() -> None:
    made = pdf("statement", content("ar"), "ar", AT)
    sealed = PdfFileReader(BytesIO(seal(made, "Récépissé de dépôt", AT)))
    assert sealed.input_version == PdfFileReader(BytesIO(made)).input_version == (1, 7)
    assert {each["/BaseVersion"] for each in sealed.root["/Extensions"].values()} == {"/1.7"}
    metadata = sealed.root["/Metadata"]
    assert "/Filter" not in metadata
    assert 'pdfaid:part="2"' in metadata.data.decode()


@pytest.mark.parametrize("rows", [1, 400])
def test_the_field_of_a_seal_has_its_name_and_its_place_in_the_structure(rows: int) -> None:
    told = content("ar")
    told["sections"][0]["table"]["rows"] *= rows
    root = PdfFileReader(BytesIO(seal(pdf("statement", told, "ar", AT), "Récépissé de dépôt", AT))).root
    widget = root["/AcroForm"]["/Fields"].raw_get(0)
    field, structure = widget.get_object(), root["/StructTreeRoot"]
    assert field["/TU"]
    element = structure["/K"][0]["/K"][-1]
    assert (element["/S"], element["/K"].raw_get("/Obj").reference) == ("/Form", widget.reference)
    numbers = structure["/ParentTree"]["/Nums"]
    held = {int(numbers[at]): numbers[at + 1] for at in range(0, len(numbers), 2)}
    assert held[int(field["/StructParent"])] == element
    assert sorted(held) == list(range(int(structure["/ParentTreeNextKey"])))


def test_a_document_without_seal_has_no_report_and_garbage_is_refused() -> None:
    assert check_seal(pdf("statement", content("fr"), "fr", AT)) is None
    with pytest.raises(Unreadable):
        check_seal(b"not a document")


def test_what_is_added_after_the_seal_is_found() -> None:
    sealed = seal(pdf("statement", content("fr"), "fr", AT), "Récépissé", AT)
    report = check_seal(sealed + b"\n% added\n")
    assert report is not None
    assert report.intact
    assert not report.whole
    assert not report.holds


def test_a_seal_made_by_another_platform_is_not_ours(tmp_path: Path, settings: Settings) -> None:
    sealed = seal(pdf("statement", content("fr"), "fr", AT), "Récépissé", AT)
    settings.MINASSA_HOME = tmp_path / "other"
    report = check_seal(sealed)
    assert report is not None
    assert not report.ours
    assert not report.holds


def test_a_changed_byte_is_found_wherever_it_is() -> None:
    document = seal(pdf("statement", content("fr"), "fr", AT), "Récépissé", AT)
    limit = document.index(b"/ByteRange")

    @examples(max_examples=30)
    @given(st.integers(20, limit), st.integers(1, 255))
    def changed(place: int, mask: int) -> None:
        altered = bytearray(document)
        altered[place] ^= mask
        try:
            report = check_seal(bytes(altered))
        except Unreadable:
            return
        assert report is None or not report.holds

    changed()


def test_a_code_bears_its_white_margin() -> None:
    drawing = qr_svg("http://127.0.0.1/")
    side = int(drawing.split('viewBox="0 0 ')[1].split()[0])
    assert side >= 21 + 2 * 4
    assert "M0 0" not in drawing
    assert "M4 4h1" in drawing
