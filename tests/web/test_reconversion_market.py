"""What the market says of near occupations: shown beside each, and a trade in surplus is set apart when it is asked."""

from __future__ import annotations

import pytest
from django.test import Client

from minassa.talent.balance.gaps import ALL
from minassa.talent.reference.reading import reference
from minassa.vocabulary.filieres import Filiere
from minassa.web.reconversion import person
from minassa.web.reconversion.market import Course, Market, market_now

pytestmark = pytest.mark.django_db
AGENT, CHAT = "MO-4222-01", "MO-4222-02"
GROUP = "4222"


def market(rank: int, **wages: int) -> Market:
    """The group of contact centres in one class in the country, and in tension in region 6."""
    courses = (
        Course("Cours LOIN", "organisme-1", 90, 4, Filiere.CRM),
        Course("Cours ICI", "organisme-2", 12, 6, Filiere.CRM),
        Course("Cours ICI", "organisme-2", None, 6, Filiere.CRM),
        Course("Cours ICI", "organisme-2", 8, 6, Filiere.CRM),
        Course("Cours AUTRE", "organisme-2", 99, 6, Filiere.ESO),
    )
    return Market({(GROUP, ALL): rank, (GROUP, 6): 5}, wages, courses, "2026-06")


def page(monkeypatch: pytest.MonkeyPatch, market: Market, asked: str = "") -> str:
    monkeypatch.setattr(person, "market_now", lambda: market)
    answer = Client().get(f"/fr/reconversion/?de={AGENT}{asked}")
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_region_is_told_where_it_is_known_and_its_courses_too() -> None:
    chat, known = reference().occupations[CHAT], market(1)
    assert (known.tension(chat, 6), known.tension(chat, 2), known.tension(chat, 0)) == (5, 1, 1)
    assert Market({}, {}, ()).tension(chat, 6) is None
    assert [(one.title, one.seats) for one in known.courses_to(chat, 6)] == [("Cours ICI", 20)]
    assert [(one.title, one.seats) for one in known.courses_to(chat, 0)] == [("Cours LOIN", 90), ("Cours ICI", 20)]


def test_a_trade_in_surplus_is_set_apart_when_it_is_asked_and_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "métier en excédent" not in page(monkeypatch, market(2))
    assert "métier en excédent" in page(monkeypatch, market(2), "&sans_excedent=1")
    assert "métier en excédent" not in page(monkeypatch, market(3), "&sans_excedent=1")
    assert "métier en excédent" not in page(monkeypatch, market(2), "&sans_excedent=1&region=6")


def test_a_wage_that_falls_too_far_stands_in_the_way_where_both_are_known(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "salaire trop bas" in page(monkeypatch, market(3, **{AGENT: 1_000_000, CHAT: 700_000}))
    assert "salaire trop bas" not in page(monkeypatch, market(3, **{CHAT: 700_000}))


def test_where_nothing_is_kept_the_page_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    assert not market_now().tensions
    assert "aucune tension n'est encore calculée" in page(monkeypatch, Market({}, {}, ()))
