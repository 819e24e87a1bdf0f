"""A survey from its draw to its protected results: who answers, what is refused, what is told of whom."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
from django.core import mail
from django.db import DatabaseError, transaction
from django.utils import timezone

from minassa.registry.models import Account, Body, Enterprise, Role
from minassa.registry.public import Actor, Forbidden
from minassa.surveys.errors import AnswersRefused, StaleDraft, SurveyClosed, SurveyError
from minassa.surveys.models import Submission, Survey
from minassa.surveys.public import (
    current_answers,
    rates,
    remind_next,
    save_draft,
    study_rows,
    submit,
    tabulate_next,
    tell_reason,
)
from tests.onestop.world import World, appointed, make_world, mandated
from tests.web.surveys_world import SOUND, Surveyed, make_survey

pytestmark = pytest.mark.django_db


@dataclass
class Scene:
    """The people of the one-stop shop, an analyst, and a survey of twelve firms that nobody has answered."""

    world: World
    analyst: Actor
    surveyed: Surveyed
    now: datetime


@pytest.fixture
def scene() -> Scene:
    world, now = make_world(), timezone.now()
    analyst = appointed("analyste", Body.objects.get(code="cnss"), Role.ANALYST)
    own = Enterprise.objects.get(pk=world.enterprise.pk)
    others = [
        Enterprise.objects.create(ice=f"{990_000_000_000_000 + at}", name=f"FIRME {at}", place=101, filiere=2)
        for at in range(11)
    ]
    return Scene(world, analyst, make_survey(analyst, [own, *others], None, now), now)


def test_a_draft_is_kept_wrong_or_right_resumed_and_sent_once_right(scene: Scene) -> None:
    asked, signer = scene.surveyed.asked[0], scene.world.signer
    save_draft(signer, asked, {"headcount": "cent"}, scene.now)
    assert current_answers(asked)["headcount"] == "cent"
    with pytest.raises(AnswersRefused):
        submit(signer, asked, current_answers(asked), scene.now)
    with pytest.raises(StaleDraft):
        save_draft(signer, asked, SOUND, scene.now, expected=asked.version - 1)
    submit(signer, asked, SOUND, scene.now)
    submit(signer, asked, {**SOUND, "headcount": "101"}, scene.now)
    assert [row.number for row in asked.submissions.order_by("number")] == [1, 2]
    assert current_answers(asked)["headcount"] == "101"


def test_another_firm_a_reader_and_a_closed_survey_are_refused(scene: Scene) -> None:
    asked = scene.surveyed.asked[0]
    for actor in (scene.world.stranger, scene.analyst, scene.world.secretary):
        with pytest.raises(Forbidden):
            submit(actor, asked, SOUND, scene.now)
    with pytest.raises(SurveyClosed):
        submit(scene.world.signer, asked, SOUND, scene.now + timedelta(days=60))
    assert not Submission.objects.exists()


def test_what_was_sent_and_drawn_cannot_be_changed_nor_erased(scene: Scene) -> None:
    submit(scene.world.signer, scene.surveyed.asked[0], SOUND, scene.now)
    with pytest.raises(DatabaseError), transaction.atomic():
        Submission.objects.update(answers={})
    with pytest.raises(DatabaseError), transaction.atomic():
        Survey.objects.update(seed="other")
    with pytest.raises(DatabaseError), transaction.atomic():
        scene.surveyed.survey.asked.update(weight=9.0)


def test_letters_leave_when_due_in_the_language_of_each_person_and_never_to_who_answered(scene: Scene) -> None:
    reader = mandated("lecteur", Enterprise.objects.get(pk=scene.surveyed.asked[1].enterprise_id), "prepare")
    Account.objects.filter(pk=reader.account_id or 0).update(language="ar")
    assert not remind_next(scene.now)
    submit(scene.world.signer, scene.surveyed.asked[0], SOUND, scene.now)
    later = scene.now + timedelta(days=10)
    for _owed in range(12):
        assert remind_next(later)
    assert not remind_next(later)
    (letter,) = mail.outbox
    assert "تذكير" in letter.subject
    assert f"/ar/enquetes/repondre/{scene.surveyed.asked[1].uuid}/" in letter.body


def test_non_response_has_its_reasons_and_its_rate_by_stratum(scene: Scene) -> None:
    submit(scene.world.signer, scene.surveyed.asked[0], SOUND, scene.now)
    tell_reason(scene.world.secretary, scene.surveyed.asked[1], "refused", scene.now)
    assert scene.surveyed.asked[1].reason == "refused"
    with pytest.raises(SurveyError):
        tell_reason(scene.world.secretary, scene.surveyed.asked[0], "refused", scene.now)
    with pytest.raises(Forbidden):
        tell_reason(scene.analyst, scene.surveyed.asked[2], "refused", scene.now)
    assert [(one.asked, one.answered) for one in rates(scene.surveyed.survey, "size_class")] == [(12, 1)]


def test_tables_leave_out_what_a_few_firms_would_be_read_in(scene: Scene) -> None:
    for at, asked in enumerate(scene.surveyed.asked[:9]):
        firm = mandated(f"firme-{at}", Enterprise.objects.get(pk=asked.enterprise_id), "sign")
        groups = [{"group": "cloud", "group_headcount": "30", "group_hires": "4", "group_hard": "0"}]
        if at < 2:
            groups.append({"group": "testing", "group_headcount": "9", "group_hires": "0"})
        submit(firm, asked, {**SOUND, "occupations": groups}, scene.now)
    assert tabulate_next(scene.now)
    assert not tabulate_next(scene.now)
    content = scene.surveyed.survey.tabulations.get().content
    assert content["answers"] == 9
    assert content["gap"] < 1e-6
    rows = {(row["question"], row["row"]): row for row in content["rows"]}
    whole = rows["headcount", "all"]
    assert whole["value"] == pytest.approx(1200)
    assert whole["low"] <= whole["value"] <= whole["high"]
    hidden = rows["group_headcount", "testing"]
    assert hidden["hidden"] == "telling"
    assert "value" not in hidden
    assert rows["group_hires", "cloud"]["value"] == pytest.approx(48)


def test_answers_are_studied_without_name_number_nor_free_text(scene: Scene) -> None:
    submit(scene.world.signer, scene.surveyed.asked[0], SOUND, scene.now)
    heads, rows = study_rows(scene.surveyed.survey)
    (row,) = rows
    told = json.dumps([heads, row])
    firm = scene.surveyed.asked[0].enterprise
    assert "100" in row
    for secret in (firm.name, firm.ice, str(scene.surveyed.asked[0].uuid), "Confidence-EXEMPLE"):
        assert secret not in told
