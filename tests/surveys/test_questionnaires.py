"""Questionnaires that people bring: refused with what is wrong, drawn and tabulated as the shipped one; themes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import DatabaseError, transaction

from minassa.registry.models import Body, Enterprise, Role
from minassa.registry.public import Actor, Forbidden
from minassa.surveys.drawing import region_group
from minassa.surveys.models import Questionnaire, Submission, Theme, ThemedAnswer
from minassa.surveys.public import (
    Plan,
    SurveyError,
    Untranslated,
    confirm,
    firms_of,
    keep,
    open_questions,
    open_survey,
    proposed,
    submit,
    take_out,
    themes_of_enterprises,
)
from minassa.surveys.tabulating import tables
from minassa.surveys.theming import said
from minassa.talent.survey.design import Firm
from minassa.talent.survey.errors import FormError
from minassa.talent.survey.sheets import Sheets, workbook
from minassa.talent.survey.sources import NEEDS, shipped_sheets
from tests.onestop.world import World, appointed, make_world
from tests.web.consultations_world import firms
from tests.web.questionnaires_world import SHEETS
from tests.web.surveys_world import SOUND, make_survey

AT = datetime(2026, 12, 1, 12, tzinfo=UTC)


@pytest.fixture
def world(db: None) -> World:  # noqa: ARG001 (the database is there)
    return make_world()


@pytest.fixture
def analyst(world: World) -> Actor:
    assert world.secretary.signed_in
    return appointed("analyste", Body.objects.get(code="minassa"), Role.ANALYST)


def without(column: str) -> Sheets:
    return {name: [{k: v for k, v in row.items() if k != column} for row in rows] for name, rows in SHEETS.items()}


def test_a_questionnaire_is_kept_once_and_said_in_two_languages(analyst: Actor, world: World) -> None:
    made = keep(analyst, workbook(SHEETS), AT)
    assert keep(analyst, workbook(SHEETS), AT) == made
    assert made.titles["ar"] == "استشارة مثال"
    with pytest.raises(Untranslated) as refusal:
        keep(analyst, workbook(without("label::العربية (ar)")), AT)
    assert "export (arabe)" in refusal.value.missing
    assert "export : o (arabe)" in refusal.value.missing
    with pytest.raises(Forbidden):
        keep(world.signer, workbook(SHEETS), AT)
    with pytest.raises(DatabaseError), transaction.atomic():
        Questionnaire.objects.update(code="autre")


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"type,name\n"])
def test_what_is_no_xlsform_is_refused_in_words(analyst: Actor, content: bytes) -> None:
    with pytest.raises(FormError):
        keep(analyst, content, AT)


def test_a_type_that_is_not_read_is_told_by_its_line(analyst: Actor) -> None:
    strange = {**SHEETS, "survey": [*SHEETS["survey"], {"type": "geopoint", "name": "lieu"}]}
    with pytest.raises(FormError, match="Ligne 5"):
        keep(analyst, workbook(strange), AT)


def test_results_of_a_brought_form_are_those_of_the_shipped_one(analyst: Actor, world: World) -> None:
    """The reference of the weighted results is the shipped survey, tested against published figures."""
    shipped = make_survey(analyst, list(Enterprise.objects.order_by("pk")), world.signer, AT)
    frame = [
        Firm(str(one.pk), one.filiere, region_group(one.place), 300 + one.pk % 7)
        for one in Enterprise.objects.order_by("pk")
    ]
    row = keep(analyst, workbook(shipped_sheets(NEEDS)), AT)
    plan = Plan(row.sheets, shipped.survey.opens_on, shipped.survey.closes_on, "t", 99)
    brought = open_survey(analyst, plan, frame, AT, run="", synthetic=True)
    submit(world.signer, brought.asked.get(enterprise=shipped.asked[0].enterprise), SOUND, AT)
    assert tables(brought) == tables(shipped.survey)


def test_themes_are_proposed_confirmed_by_a_person_and_known_to_the_firms_that_spoke(
    analyst: Actor, world: World
) -> None:
    row = keep(analyst, workbook(SHEETS), AT)
    speakers = firms(7)
    frame = [Firm(str(one.pk), 2, "casablanca", 300) for one, _who in speakers]
    plan = Plan(row.sheets, AT.date(), AT.date() + timedelta(days=10), "graine", 99)
    survey = open_survey(analyst, plan, frame, AT, run="", synthetic=True)
    words = [
        *["Le transport de nuit est cher", "Transport de nuit trop cher"] * 2,
        "Transport de nuit cher",
        "Rien",
        "",
    ]
    for (firm, who), text in zip(speakers, words, strict=True):
        submit(who, survey.asked.get(enterprise=firm), {"export": "o", "gens": "3", "frein": text}, AT)
    assert open_questions(survey) == ["frein"]
    assert len(said(survey, "frein")) == 6
    (group,) = proposed(survey, "frein")
    assert len(group.answers) == 5
    names, chosen = {"fr": "Transport de nuit", "ar": "النقل الليلي"}, [one.submission for one in group.answers]
    with pytest.raises(SurveyError):
        confirm(analyst, survey, "frein", {"fr": "Transport"}, chosen, AT)
    with pytest.raises(SurveyError):
        confirm(analyst, survey, "frein", names, [10**9], AT)
    with pytest.raises(Forbidden):
        confirm(world.secretary, survey, "frein", names, chosen, AT)
    theme = confirm(analyst, survey, "frein", names, chosen, AT)
    assert proposed(survey, "frein") == []
    assert firms_of(theme) == 5
    assert list(themes_of_enterprises({speakers[0][0].pk})) == [theme]
    assert not themes_of_enterprises({speakers[5][0].pk}).exists()
    take_out(analyst, ThemedAnswer.objects.filter(theme=theme).order_by("pk")[0], AT)
    assert firms_of(theme) is None
    for rows in (Theme, ThemedAnswer, Submission):
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.objects.all().delete()
