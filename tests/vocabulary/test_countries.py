"""Markets abroad: countries of ISO 3166-1, Morocco whole left out, and no code that is only reserved or made up."""

from __future__ import annotations

from minassa.vocabulary.countries import market_name, markets_abroad


def test_morocco_is_no_market_abroad_and_reserved_codes_are_no_country() -> None:
    found = markets_abroad()
    assert {"FR", "US", "SN", "AE"} <= set(found)
    assert not {"MA", "EH", "EA", "IC", "EU", "ZZ", "UN", "XK"} & set(found)
    assert all(len(code) == 2 and code.isupper() for code in found)


def test_names_are_in_the_language_asked() -> None:
    assert (market_name("DE"), market_name("DE", "en")) == ("Allemagne", "Germany")
    assert market_name("??") == "??"
