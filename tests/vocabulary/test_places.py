from __future__ import annotations

import pytest

from minassa.vocabulary.periods import month_index
from minassa.vocabulary.places import UnknownPlaceError, place, place_by_slug, places, places_at
from minassa.vocabulary.regions import province, regions
from minassa.vocabulary.statuses import Status
from minassa.vocabulary.texts import text

OFFER = range(month_index(2025, 7), month_index(2030, 12) + 1)


def test_codes_and_slugs_name_one_place() -> None:
    for here in places():
        assert place(here.code) is place_by_slug(here.slug) is here
    assert [here.code for here in places()] == [*range(1, 13), *range(101, 107)]


def test_each_region_has_its_place_outside_the_p2i() -> None:
    for there in regions():
        outside = place(there.number)
        assert (outside.kind, outside.region, outside.province) == ("region", there.number, None)
        assert outside.name_fr.endswith(there.name_fr)
        assert outside.name_ar.endswith(there.name_ar)
        assert outside.name_en.endswith(there.name_en)


def test_each_p2i_lies_in_a_province_of_its_region() -> None:
    for here in places():
        if here.kind == "p2i":
            assert here.province is not None
            assert province(here.province).region == here.region


def test_each_place_says_where_it_was_read() -> None:
    for here in places():
        assert here.sources
        for source in here.sources:
            assert source.startswith("http") or text(source).url
        assert here.kind == "region" or here.status is not Status.OFFICIAL


def test_the_five_p2i_named_in_2025_are_open_and_no_other() -> None:
    for month in OFFER:
        open_now = {here.slug for here in places_at(month) if here.kind == "p2i"}
        assert open_now == {"casanearshore", "technopolis", "fes-shore", "oujda-shore", "tetouan-shore"}


def test_the_planned_p2i_waits_for_a_date() -> None:
    planned = place_by_slug("casablanca-tech-valley")
    assert planned.status is Status.ASSUMED
    assert "inconnue" in planned.note
    assert planned.opens is not None
    assert not planned.is_open(planned.opens - 1)
    assert planned.is_open(planned.opens)


def test_an_unknown_place_is_refused() -> None:
    with pytest.raises(UnknownPlaceError, match="99"):
        place(99)
    with pytest.raises(UnknownPlaceError, match="casanearshore"):
        place_by_slug("atlantide")
