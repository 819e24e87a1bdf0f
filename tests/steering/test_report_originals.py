"""A line of a file is shown without the person: what is used stands out, what is not is dots."""

from __future__ import annotations

import pytest

from minassa.declarations.ebds.layout import RECORDS
from minassa.declarations.packs import PackUnreadable
from minassa.steering.originals import Piece, finder, masked, pieces_of

HEADING = "num_cnss;cin;nom;prenom;sexe;annee_naissance;nationalite;contrat;date_embauche;date_sortie;remarque"


class Files:
    """A file of two lines, or one that cannot be read."""

    def __init__(self, *lines: str) -> None:
        self.lines = lines

    def original_line(self, file_id: int, line: int) -> str:
        if len(self.lines) < line:
            raise PackUnreadable("Le fichier d'origine n'a pas cette ligne.", line=line)
        del file_id
        return self.lines[line - 1]


def shown(pieces: tuple[Piece, ...]) -> str:
    return " ".join(piece.text for piece in pieces)


def record(code: str, **values: str) -> str:
    fields = (values.get(f.name, "7" * f.length if f.type == "N" else "X" * f.length) for f in RECORDS[code].fields)
    parts = (value.ljust(f.length)[: f.length] for f, value in zip(RECORDS[code].fields, fields, strict=True))
    return code + "".join(parts)


@pytest.mark.parametrize("code", ["B02", "B04", "E02", "E04"])
def test_an_ebds_line_shows_pay_and_hides_the_person(code: str) -> None:
    line = record(
        code, affiliation="9100001", period="202607", days="26", salary_real="0000001234567", number="900000001"
    )
    pieces = pieces_of(Files(line), "cnss", 1, 1)
    text = shown(pieces)
    assert "9100001" in text
    assert "900000001" not in text
    assert "XXX" not in text
    used = {piece.what.partition(",")[0]: piece.read for piece in pieces if piece.used}
    assert used["mois"] == "202607"
    assert used["salaire réel"] == "0000001234567"
    hidden = {piece.what.partition(",")[0] for piece in pieces if piece.masked}
    assert {"numéro CNSS", "nom et prénom", "somme de contrôle"} <= hidden
    assert all(set(piece.text) <= {"•", " "} for piece in pieces if piece.masked)


def test_where_each_field_stands_is_told() -> None:
    pieces = pieces_of(Files(record("B02")), "cnss", 1, 1)
    [days] = [piece for piece in pieces if piece.what.startswith("jours")]
    field = RECORDS["B02"].field("days")
    assert days.what == f"jours déclarés, colonnes {field.start} à {field.end}"


@pytest.mark.parametrize("separator", [";", ","])
def test_a_register_line_hides_all_that_is_not_used(separator: str) -> None:
    line = '900000001;QZ123456;EXEMPLE;FICTIF;F;1990;MA;CDI;2025-07-01;;"né; à Fès"'.replace(";", separator)
    pieces = pieces_of(Files(HEADING.replace(";", separator), line), "staff_register", 1, 2)
    text = shown(pieces)
    for secret in ("900000001", "QZ123456", "EXEMPLE", "FICTIF", "1990", "Fès"):
        assert secret not in text
    assert [piece.read for piece in pieces if piece.used] == ["MA", "CDI", "2025-07-01", ""]


def test_an_xml_person_hides_names_numbers_and_other_amounts() -> None:
    line = (
        "<PersonnelPermanent><nom>EXEMPLE</nom><numCNSS>900000001</numCNSS><refTaux><code>TPP.20.2009</code></refTaux>"
        "<mtBrutTraitementSalaire>99.00</mtBrutTraitementSalaire><mtRevenuBrutImposable>1234.50</mtRevenuBrutImposable>"
        "<inconnu>SECRET</inconnu></PersonnelPermanent>"
    )
    pieces = pieces_of(Files(line), "simpl_ir_9421", 1, 1)
    text = shown(pieces)
    for secret in ("EXEMPLE", "900000001", "SECRET", "99.00"):
        assert secret not in text
    assert [piece.read for piece in pieces if piece.used] == ["1234.50"]


def test_a_line_of_another_kind_of_record_is_dots() -> None:
    assert shown(pieces_of(Files("Z99 EXEMPLE 900000001"), "cnss", 1, 1)) == "••• ••••••• •••••••••"


def test_dots_do_not_tell_how_long_a_padded_name_is_apart() -> None:
    assert masked("  EL FICTIF            A  ") == "•• •••••• •"


def test_an_unreadable_line_is_no_line() -> None:
    assert pieces_of(Files("B02"), "cnss", 1, 2) == ()
    assert finder(object())("cnss", 1, 1) == ()
