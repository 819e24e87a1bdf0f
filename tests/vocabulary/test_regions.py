from __future__ import annotations

import pytest

from minassa.vocabulary.regions import UnknownRegionError, province, provinces, region, regions


def test_the_twelve_regions_hold_the_whole_population() -> None:
    assert [here.number for here in regions()] == list(range(1, 13))
    assert [here.iso for here in regions()] == [f"MA-{number:02d}" for number in range(1, 13)]
    assert sum(here.population_2024 for here in regions()) == 36_828_330


def test_the_english_names_stand_beside_their_region() -> None:
    # A name keeps its first letters from one language to the other, accents and the city of Fès apart.
    for here in regions():
        assert here.name_en[:2].lower() == here.name_fr[:2].lower().replace("è", "e").replace("é", "e").replace(
            "â", "a"
        )


def test_the_provinces_of_a_region_sum_to_it() -> None:
    assert len(provinces()) == 75
    for here in regions():
        inside = [part for part in provinces() if part.region == here.number]
        assert sum(part.population_2024 for part in inside) == here.population_2024
        assert all(part.code.startswith(f"{here.number:02d}.") for part in inside)


def test_the_two_parents_often_given_wrong_are_right() -> None:
    assert province("06.385").name_fr == "Nouaceur"
    assert province("06.385").region == 6
    chtouka = next(part for part in provinces() if part.name_fr.startswith("Chtouka"))
    assert region(chtouka.region).name_fr == "Souss-Massa"


def test_casablanca_counts_once() -> None:
    assert [part.code for part in provinces() if part.code.startswith("06.141")] == ["06.141"]
    assert province("06.141").kind == "prefecture"


@pytest.mark.parametrize("number", [0, 13, -1])
def test_an_unknown_region_is_refused(number: int) -> None:
    with pytest.raises(UnknownRegionError, match="1 à 12"):
        region(number)


def test_an_unknown_province_is_refused() -> None:
    with pytest.raises(UnknownRegionError):
        province("06.999")
