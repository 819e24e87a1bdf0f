from __future__ import annotations

import pytest

from minassa.vocabulary.filieres import Filiere, UnknownFiliereError, parse_filiere


def test_the_numbers_are_those_of_the_columns() -> None:
    assert {filiere.name: int(filiere) for filiere in Filiere} == {
        "NONE": 0,
        "ITO": 1,
        "CRM": 2,
        "BPO": 3,
        "ESO": 4,
        "KPO": 5,
    }


@pytest.mark.parametrize(("text", "filiere"), [("ITO", Filiere.ITO), (" kpo ", Filiere.KPO), ("AUCUNE", Filiere.NONE)])
def test_codes_are_read(text: str, filiere: Filiere) -> None:
    assert parse_filiere(text) is filiere


@pytest.mark.parametrize("text", ["", "NONE", "1", "ITOO"])
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(UnknownFiliereError, match="AUCUNE"):
        parse_filiere(text)


@pytest.mark.parametrize("language", ["fr", "ar", "en"])
def test_each_filiere_has_its_own_name(language: str) -> None:
    assert len({filiere.label(language) for filiere in Filiere}) == len(Filiere)
    assert Filiere.ESO.label("en") == "Engineering service outsourcing"
