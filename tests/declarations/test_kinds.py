"""A file is known by its content, and by its name when its content says nothing."""

from __future__ import annotations

import io
import zipfile

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from minassa.declarations.kinds import KINDS, recognise

NATURE = b"00" + b"25100000077701"
REGISTER = "num_cnss;cin;nom;prenom;sexe;annee_naissance;nationalite;contrat;date_embauche;date_sortie;etablissement"
ACCOUNTS = "affiliation;identifiant_fiscal;exercice_du;exercice_au;chiffre_affaires;resultat_fiscal;impot_societes"
SHEET = "affiliation;ice;identifiant_fiscal;rc;raison_sociale;groupe;debut_activite;date_installation;activite"
XML = b'<?xml version="1.0" encoding="UTF-8"?>\n<!-- <Autre/> -->\n<TraitementEtSalaire xmlns="x">\n'


def zipped(members: dict[str, bytes]) -> bytes:
    """An archive, the same bytes at any time: names of tests come from it, and every process must find the same."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return target.getvalue()


def workbook(headings: str) -> bytes:
    book, target = openpyxl.Workbook(), io.BytesIO()
    sheet = book.active
    assert sheet is not None
    sheet.append(headings.split(";"))
    book.save(target)
    return target.getvalue()


BY_CONTENT = {
    "préétabli": (b"A" + NATURE + b"A0 ", "ebds_preetabli"),
    "principal": (b"B" + NATURE + b"B0 ", "ebds_principal"),
    "complementary": (b"E" + NATURE + b"E3 ", "ebds_complementary"),
    "principal without header": (b"B02" + b"9900178202510199001001", "ebds_principal"),
    "principal behind a UTF-8 mark": (b"\xef\xbb\xbfB" + NATURE + b"B0 ", "ebds_principal"),
    "principal in UTF-16": (("B" + NATURE.decode() + "B0 ").encode("utf-16"), "ebds_principal"),
    "principal in UTF-16 without mark": (("B" + NATURE.decode() + "B0 ").encode("utf-16-le"), "ebds_principal"),
    "SIMPL-IR": (XML, "simpl_ir_9421"),
    "SIMPL-IR, prefixed root": (b"<t:TraitementEtSalaire>", "simpl_ir_9421"),
    "SIMPL-IR in UTF-16": (XML.decode().encode("utf-16"), "simpl_ir_9421"),
    "SIMPL-IR zipped": (zipped({"etat.xml": XML}), "simpl_ir_9421"),
    "another XML": (b"<?xml version='1.0'?><Bilan/>", "unknown"),
    "register": (REGISTER.encode(), "staff_register"),
    "register with commas": (REGISTER.replace(";", ",").encode(), "staff_register"),
    "register with a mark and quotes": (
        b'\xef\xbb\xbf"' + REGISTER.replace(";", '";"').encode() + b'"',
        "staff_register",
    ),
    "accounts": (ACCOUNTS.upper().encode(), "yearly_accounts"),
    "firm sheet": (SHEET.encode("cp1252"), "firm_sheet"),
    "register in a workbook": (workbook(REGISTER), "staff_register"),
    "accounts in a workbook": (workbook(ACCOUNTS), "yearly_accounts"),
    "firm sheet in a workbook": (workbook(SHEET), "firm_sheet"),
}
BY_NAME = {
    "AFFEBDS_9900178_202510.txt": "ebds_preetabli",
    "depot/DS_9900178_202510.txt": "ebds_principal",
    "dsc2_9900178_202510.TXT": "ebds_complementary",
    "REGISTRE_9900178_202510.csv": "staff_register",
    "C:\\depot\\COMPTES_9900178_2025.xlsx": "yearly_accounts",
    "FICHE_9900178.csv": "firm_sheet",
    "etat9421.xml": "simpl_ir_9421",
    "photo.png": "unknown",
}


@pytest.mark.parametrize(("head", "kind"), BY_CONTENT.values(), ids=BY_CONTENT)
def test_the_content_says_the_kind_whatever_the_name(head: bytes, kind: str) -> None:
    assert recognise(head, "FICHE_9900178.csv") == kind


@pytest.mark.parametrize(("name", "kind"), BY_NAME.items())
@pytest.mark.parametrize("head", [b"", bytes(1000), b"nothing known", zipped({"a": b""})[:40]])
def test_the_name_decides_when_the_content_says_nothing(head: bytes, name: str, kind: str) -> None:
    assert recognise(head, name) == kind


def test_a_large_member_is_not_unpacked_whole() -> None:
    assert recognise(zipped({"zeros.xml": bytes(50_000_000)}), "x.zip") == "unknown"


@given(st.binary(max_size=300) | st.binary(max_size=300).map(lambda tail: b"PK\x03\x04" + tail), st.text(max_size=20))
def test_nothing_raises(head: bytes, name: str) -> None:
    assert recognise(head, name) in {*KINDS, "unknown"}


@given(st.integers(0, 400), st.binary(min_size=1, max_size=8))
def test_a_damaged_archive_does_not_raise(place: int, damage: bytes) -> None:
    archive = zipped({"etat.xml": XML * 20})
    assert recognise(archive[:place] + damage + archive[place + len(damage) :], "x.zip") in {"simpl_ir_9421", "unknown"}
