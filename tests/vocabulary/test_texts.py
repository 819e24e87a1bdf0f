from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from minassa.vocabulary.statuses import Status
from minassa.vocabulary.texts import UnknownTextError, article, text, texts


def test_an_identifier_names_one_text() -> None:
    assert max(Counter(entry.id for entry in texts()).values()) == 1
    for entry in texts():
        assert text(entry.id) is entry
        assert "#" not in entry.id


def test_a_citation_leads_to_its_text_and_article() -> None:
    assert text("cgi-art-59#59-I-A") is text("cgi-art-59")
    assert article("cgi-art-59#59-I-A") == "59-I-A"
    assert article("cgi-art-59") == ""


def test_the_offer_of_2025_is_registered_without_an_invented_number() -> None:
    offer = text("circulaire-2025")
    assert offer.number is None
    assert offer.dated is None
    assert (offer.in_force_from, offer.in_force_to) == (date(2025, 7, 1), date(2030, 12, 31))
    assert offer.confidence is Status.PRESS


def test_entries_are_complete_and_typed() -> None:
    for entry in texts():
        assert entry.title
        assert entry.nature
        assert entry.number is None or isinstance(entry.number, str)
        assert isinstance(entry.read_on, date)
        for day in (entry.dated, entry.in_force_from, entry.in_force_to):
            assert day is None or isinstance(day, date)
        if entry.in_force_from and entry.in_force_to:
            assert entry.in_force_from <= entry.in_force_to


def test_only_our_own_choices_and_deductions_lack_a_page() -> None:
    without = {entry.id: entry.confidence for entry in texts() if entry.url is None}
    assert without == {
        "minassa-default": Status.PROPOSED,
        "ebds-specification": Status.INFERRED,
        "decision-comite": Status.ASSUMED,
    }
    assert all(entry.url.startswith(("http://", "https://")) for entry in texts() if entry.url)


def test_an_unknown_text_is_refused() -> None:
    with pytest.raises(UnknownTextError, match="circulaire-1999"):
        text("circulaire-1999#1")
