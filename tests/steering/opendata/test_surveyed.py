"""Results of surveys in open data: once closed, as they stood then, withheld cells empty; adopted lists beside."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from minassa.registry.models import Body, Enterprise, Role
from minassa.steering.opendata.describing import catalogue
from minassa.steering.registers.surveyed import listed, surveyed
from minassa.surveys.models import Submission, Tabulation
from tests.onestop.world import appointed, make_world
from tests.visas.world import AT, CASABLANCA, LISTED, a_list
from tests.web.surveys_world import make_survey

ROWS: list[dict[str, Any]] = [
    {"table": "group", "question": "group_hard", "row": "cloud", "hidden": "", "firms": 6}
    | {"value": 12.4, "low": 3.2, "high": 20.6},
    {"table": "share", "question": "markets", "row": "france", "hidden": "", "firms": 9}
    | {"value": 0.5, "low": 0.25, "high": 0.75},
    {"table": "filiere", "question": "headcount", "row": "all", "hidden": "telling"},
]
CROSSED = [{"table": "group", "question": "group_hard", "row": "cloud|rabat", "hidden": "telling"}]


@pytest.mark.django_db
def test_a_survey_is_told_once_closed_as_it_stood_and_lists_once_adopted() -> None:
    world = make_world()
    analyst = appointed("analyste-ouvert", Body.objects.get(code="minassa"), Role.ANALYST)
    firms = list(Enterprise.objects.order_by("pk"))
    survey = make_survey(analyst, firms, world.signer, AT).survey
    last = Submission.objects.latest("pk").pk

    def tabulated(upto: int, at: datetime, rows: list[dict[str, Any]]) -> None:
        Tabulation.objects.create(survey=survey, upto=upto, content={"rows": rows, "crossed": CROSSED}, at=at)

    tabulated(last, AT, ROWS)
    tabulated(last + 1, AT + timedelta(days=90), ROWS[:1])
    assert not list(surveyed(survey.closes_on))
    told = list(surveyed(survey.closes_on + timedelta(days=1)))
    assert [row["publie"] for row in told] == [True, True, False, False]
    assert (told[0]["estimation"], told[0]["unite"], told[1]["estimation"]) == (12, "personnes", 5_000)
    assert (told[2]["estimation"], told[2]["categorie"], told[3]["regions"]) == (None, None, "rabat")
    assert all(list(row) == list(catalogue().datasets["enquetes"].columns) for row in told)

    a_list(world, (LISTED, CASABLANCA))
    (entry,) = listed()
    assert list(entry) == list(catalogue().datasets["penuries"].columns)
    assert (entry["liste"], entry["citp08"], entry["region"]) == (1, LISTED, CASABLANCA)
