from __future__ import annotations

from datetime import date
from importlib import resources

import pytest

from minassa.delays import (
    DelayUnit,
    InvalidDelayData,
    MissingGround,
    UnknownDelay,
    UnknownGround,
    delay,
    figures,
    ground,
    grounds,
)
from minassa.delays.figures import counting, parse_figures
from minassa.delays.grounds import parse_grounds
from minassa.delays.working import opening_hours
from minassa.vocabulary.statuses import Status
from minassa.vocabulary.texts import text

DAY = date(2026, 11, 23)


def packaged(name: str) -> str:
    return resources.files("minassa.delays").joinpath(name).read_text(encoding="utf-8")


def test_the_law_gives_sixty_and_thirty_days() -> None:
    general, investment = delay("general_act", DAY), delay("investment_act", DAY)
    assert (general.value, general.unit, general.source.citation) == (60, DelayUnit.CALENDAR_DAYS, "loi-55-19")
    assert (investment.value, investment.source.citation) == (30, "loi-55-19#16")
    assert {general.source.status, investment.source.status} == {Status.PRESS}


def test_what_we_propose_says_so() -> None:
    for code, entry in figures().delays.items():
        for value in entry.values:
            assert value.note, code
            assert (value.text == "minassa-default") is (value.status is Status.PROPOSED)
    assert counting(DAY).status is Status.PROPOSED


def test_every_figure_and_ground_cites_a_known_text() -> None:
    cited = [value.text for entry in figures().delays.values() for value in entry.values]
    cited += [entry.text for entry in (*figures().hours, *figures().counting, *grounds().values())]
    assert all(text(one).id == one for one in cited)


def test_opening_hours_follow_the_season() -> None:
    assert opening_hours(date(2026, 6, 1)) == (8 * 60 + 30, 16 * 60 + 30)
    assert opening_hours(date(2026, 2, 23)) == (9 * 60, 15 * 60)


def test_an_unknown_delay_or_day_is_refused() -> None:
    with pytest.raises(UnknownDelay, match="general_act"):
        delay("speed", DAY)
    with pytest.raises(UnknownDelay, match="2020-09-27"):
        delay("general_act", date(2020, 9, 27))
    with pytest.raises(UnknownDelay, match="computation"):
        counting(date(2020, 9, 27))


def test_a_ground_is_asked_by_its_code_on_its_days() -> None:
    assert ground("missing_documents", DAY).holder == "firm"
    with pytest.raises(MissingGround):
        ground("", DAY)
    with pytest.raises(UnknownGround, match="force_majeure"):
        ground("strike", DAY)
    with pytest.raises(UnknownGround, match="ne vaut pas"):
        ground("force_majeure", date(2025, 6, 30))


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("value: 60", "value: 60.5", "value"),
        ("value: 60", "value: 0", "value"),
        ("value: 60", "value: 60\n        source: ailleurs", "source"),
        ("unit: calendar_days", "unit: weeks", "unit"),
        ("text: loi-55-19", "text: loi-1-99", "loi-1-99"),
        ('opens: "08:30"', 'opens: "8h30"', "opens"),
        ('opens: "08:30"', 'opens: "24:00"', "opens"),
        ("season: ramadan", "season: ordinary", "deux valeurs"),
        ("delays:", "delays: [", "lisible"),
    ],
)
def test_figures_outside_the_schema_are_refused(old: str, new: str, said: str) -> None:
    content = packaged("figures.yaml")
    assert parse_figures(content, "essai.yaml") == figures()
    with pytest.raises(InvalidDelayData, match=said):
        parse_figures(content.replace(old, new, 1), "essai.yaml")


@pytest.mark.parametrize(("old", "new"), [("holder: firm", "holder: dgi"), ("text: loi-55-19", "text: loi-1-99")])
def test_grounds_outside_the_schema_are_refused(old: str, new: str) -> None:
    content = packaged("grounds.yaml")
    assert dict(parse_grounds(content, "essai.yaml").grounds) == grounds()
    with pytest.raises(InvalidDelayData, match=r"essai\.yaml"):
        parse_grounds(content.replace(old, new, 1), "essai.yaml")
