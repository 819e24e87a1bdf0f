"""Answers of ODK Central, KoboToolbox and LimeSurvey: told line by line, taken together and once."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime

import openpyxl
import pytest

from minassa.journal.models import Entry
from minassa.registry.models import Body, Enterprise, Role
from minassa.registry.public import Forbidden
from minassa.surveys.errors import SurveyError
from minassa.surveys.models import Instance, Submission, Survey
from minassa.surveys.public import prepare, submit, take_prepared
from minassa.talent.survey.elsewhere import asked_elsewhere
from minassa.talent.survey.errors import ExportError
from minassa.talent.survey.exported import Tool, read_export
from minassa.talent.survey.forms import form_of
from minassa.talent.survey.sources import NEEDS, shipped_form, shipped_sheets
from minassa.talent.survey.tables import LARGEST
from tests.onestop.world import World, appointed, make_world
from tests.web.surveys_world import SOUND, make_survey

NOW = datetime(2026, 12, 1, 10, tzinfo=UTC)
ICE, OTHER = "000000000000097", "000000000000194"
HEAD = (
    "position-headcount,position-outlook,position-headcount_in_three_years,position-markets,training-trained,"
    "training-to_train,training-trainers,closing-jobs_threatened,closing-hires_reconverted"
)
SAID = "100,growth,150,france europe,0,12,0,no,yes"


def odk(*rows: str) -> bytes:
    lines = ["SubmissionDate,ice," + HEAD + ",meta-instanceID,KEY,SubmitterName", *rows]
    return "\n".join(lines).encode()


def odk_zip(*rows: str) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("besoins.csv", odk(*rows))
        archive.writestr(
            "besoins-occupations.csv",
            "group,group_headcount,group_hires,group_hard,PARENT_KEY,KEY\n"
            "cloud,30,4,0,uuid:a1,uuid:a1/occupations[1]\nsoftware,9,1,0,uuid:zz,uuid:zz/occupations[1]\n",
        )
        archive.writestr("media/photo.jpg", b"not read")
    return packed.getvalue()


def kobo() -> bytes:
    book = openpyxl.Workbook()
    main = book.active
    assert main is not None
    heads = [
        "ice",
        "position/headcount",
        "position/outlook",
        "position/headcount_in_three_years",
        "position/markets/france",
    ]
    main.append([*heads, "position/markets/gulf", "to_train", "_id", "_uuid", "_submission_time", "_index"])
    main.append([97, 100.0, "En croissance", 150, 1, 0, 12, 7, "b2", "2026-12-01T09:00:00", 1])
    turns = book.create_sheet("occupations")
    turns.append(["group", "group_headcount", "group_hires", "group_hard", "_index", "_parent_index"])
    turns.append(["cloud", 30, 4, 0, 1, 1])
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


LIME = (
    '"id","submitdate","lastpage","startlanguage","ice","headcount","outlook","headcountinthreeyears",'
    '"markets[france]","markets[gulf]","occupations[cloud_groupheadcount]","occupations[cloud_grouphires]"\n'
    f'"5","2026-12-01 09:00:00","4","ar","{ICE}","100","growth","150","Y","","30","4"\n'
    f'"6","","2","fr","{ICE}","1","","","","","",""\n'
)


@pytest.mark.parametrize(
    ("content", "tool", "instance"),
    [
        (odk_zip(f"2026-12-01T09:00:00.000Z,{ICE},{SAID},uuid:a1,uuid:a1,x"), Tool.ODK, "a1"),
        (kobo(), Tool.KOBO, "b2"),
        (LIME.encode("utf-8-sig"), Tool.LIMESURVEY, "limesurvey:5"),
    ],
    ids=["odk", "kobo", "limesurvey"],
)
def test_the_columns_of_each_tool_are_read(content: bytes, tool: Tool, instance: str) -> None:
    found = read_export(shipped_form(NEEDS), content)
    one = found.rows[0]
    assert (found.tool, one.instance, one.ice, one.line) == (tool, instance, ICE, 2)
    assert one.submitted == datetime(2026, 12, 1, 9, tzinfo=UTC)
    answers = one.answers
    assert (answers["headcount"], answers["outlook"], answers["headcount_in_three_years"]) == ("100", "growth", "150")
    assert str(answers["markets"]).split()[0] == "france"
    turns = answers["occupations"]
    assert isinstance(turns, list)
    (turn,) = turns
    assert (turn["group"], turn["group_headcount"], turn["group_hires"]) == ("cloud", "30", "4")
    assert found.orphans == (tool is Tool.ODK)
    if tool is Tool.LIMESURVEY:
        assert [row.finished for row in found.rows] == [True, False]


@pytest.mark.parametrize(
    "content",
    [b"", b"a,b\n1,2\n", b"\x00\x01", b"PK\x03\x04broken", b"x" * (LARGEST + 1), b"KEY,ice\n"],
    ids=["nothing", "another file", "bytes", "broken zip", "too large", "no answer"],
)
def test_any_other_file_is_refused_in_a_sentence(content: bytes) -> None:
    with pytest.raises(ExportError):
        read_export(shipped_form(NEEDS), content)


def test_the_form_for_other_tools_asks_the_ice_first_and_ours_does_not() -> None:
    sheets = shipped_sheets(NEEDS)
    assert next(iter(form_of(asked_elsewhere(sheets)).questions)) == "ice"
    assert "ice" not in form_of(sheets).questions


@pytest.fixture
def world(db: None) -> World:
    del db
    return make_world()


@pytest.fixture
def survey(world: World) -> Survey:
    del world
    analyst = appointed("analyste-import", Body.objects.get(code="minassa"), Role.ANALYST)
    return make_survey(analyst, list(Enterprise.objects.order_by("pk")), None, NOW).survey


def test_faults_are_told_by_line_and_nothing_enters_before_it_is_taken(world: World, survey: Survey) -> None:
    when = "2026-12-01T09:00:00Z"
    rows = (
        f"{when},{ICE},{SAID},uuid:a1,uuid:a1,x",
        f"{when},{OTHER},beaucoup,growth,150,,0,12,0,no,yes,uuid:a2,uuid:a2,x",
        f"{when},999999999999999,{SAID},uuid:a3,uuid:a3,x",
        f"2020-01-01T09:00:00Z,{OTHER},{SAID},uuid:a4,uuid:a4,x",
        f"{when},{ICE},{SAID},uuid:a1,uuid:a1,x",
    )
    held = prepare(world.secretary, survey, odk_zip(*rows), NOW)
    assert not Submission.objects.exists()
    told = {(line, rule) for line, rule, _column in held.faults}
    assert {(3, "integer"), (4, "not_asked"), (5, "outside_days"), (6, "twice"), (0, "orphans")} <= told
    assert [row["instance"] for row in held.rows] == ["a1"]
    assert take_prepared(world.secretary, held, NOW) == 1
    (made,) = Submission.objects.all()
    assert (made.source, made.asked.enterprise.ice, made.asked.state) == ("import", ICE, "answered")
    assert Entry.objects.filter(kind="survey.answered", body__digest=made.digest).exists()
    held.refresh_from_db()
    assert held.rows == []
    with pytest.raises(SurveyError):
        take_prepared(world.secretary, held, NOW)
    again = prepare(world.secretary, survey, odk_zip(*rows), NOW)
    assert (again.known, again.rows) == (2, [])
    assert Instance.objects.count() == 1


def test_what_a_firm_answered_here_stays_and_only_the_secretariat_brings_files(world: World, survey: Survey) -> None:
    asked = survey.asked.get(enterprise__ice=ICE)
    content = odk_zip(f"2026-12-01T09:00:00Z,{ICE},{SAID},uuid:a1,uuid:a1,x")
    before = prepare(world.secretary, survey, content, NOW)
    submit(world.signer, asked, SOUND, NOW)
    assert take_prepared(world.secretary, before, NOW) == 0
    assert prepare(world.secretary, survey, content, NOW).faults[1:] == [[2, "answered_here", ""]]
    for who in (world.signer, world.member):
        with pytest.raises(Forbidden):
            prepare(who, survey, content, NOW)
