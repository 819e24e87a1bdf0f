"""The form of a survey: what an answer opens is shown at each change, and nothing is written until a person says so."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from django.urls import reverse
from django.utils import timezone

from minassa.registry.models import Body, Role
from tests.onestop.world import appointed, make_world
from tests.web.deposits.browsing import signed_in
from tests.web.surveys_world import SOUND, make_survey

pytestmark = pytest.mark.django_db


def fields(version: int, act: str) -> Mapping[str, str]:
    """A sound form as a browser sends it, read at a version."""
    plain = {name: value for name, value in SOUND.items() if isinstance(value, str)}
    turns = {"group": "cloud", "group_headcount": "30", "group_hires": "4", "group_hard": "0"}
    return {
        **plain,
        **{f"occupations.0.{name}": value for name, value in turns.items()},
        "version": str(version),
        "act": act,
    }


def test_who_changes_an_answer_and_sends_at_once_is_told_of_nobody_else() -> None:
    world = make_world()
    analyst = appointed("analyste", Body.objects.get(code="cnss"), Role.ANALYST)
    asked = make_survey(analyst, [world.enterprise], None, timezone.now()).asked[0]
    browser, address = signed_in(world.signer), reverse("survey-answer", args=[asked.uuid])
    assert browser.post(address, fields(asked.version, "check")).status_code == 200
    assert browser.post(address, fields(asked.version, "submit")).status_code == 302
    assert asked.submissions.get().answers["headcount"] == "100"
