"""The form of needs: a sound XLSForm in three languages, that pyxform reads too; answers checked."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from pyxform.xls2xform import convert

from minassa.talent.survey.answers import Answers, from_fields, read_answers
from minassa.talent.survey.errors import ExpressionError, FormError
from minassa.talent.survey.expressions import Place, read_expression
from minassa.talent.survey.forms import form_of
from minassa.talent.survey.sheets import read_workbook, workbook
from minassa.talent.survey.sources import NEEDS, shipped_form, shipped_sheets, shipped_workbook

TODAY = date(2026, 12, 1)
SOUND: Answers = {
    "headcount": "100",
    "outlook": "growth",
    "headcount_in_three_years": "150",
    "occupations": [{"group": "cloud", "group_headcount": "30", "group_hires": "0"}],
    "trained": "0",
    "to_train": "0",
    "trainers": "0",
    "jobs_threatened": "no",
    "hires_reconverted": "yes",
}


def _problems(**changed: object) -> list[tuple[str, str]]:
    found = read_answers(shipped_form(NEEDS), {**SOUND, **changed}, TODAY)  # type: ignore[dict-item]
    return [(one.path, one.kind) for one in found.problems]


def test_pyxform_converts_the_workbook_without_a_warning(tmp_path: Path) -> None:
    file = tmp_path / "form.xlsx"
    file.write_bytes(shipped_workbook(NEEDS))
    warnings: list[str] = []
    made = convert(str(file), warnings=warnings)
    assert not warnings
    assert 'lang="العربية (ar)"' in made.xform
    assert made.xform.count("<repeat ") == 1


def test_the_workbook_read_back_is_the_same_form() -> None:
    assert workbook(shipped_sheets(NEEDS)) == shipped_workbook(NEEDS)
    assert form_of(read_workbook(shipped_workbook(NEEDS))).digest == shipped_form(NEEDS).digest


def test_every_question_and_choice_has_its_words_in_three_languages() -> None:
    form = shipped_form(NEEDS)
    assert form.languages == ("fr", "ar", "en")
    for question in form.questions.values():
        if question.kind != "calculate":
            assert set(question.labels) == {"fr", "ar", "en"}, question.name
        for words in (question.hints, question.constraint_messages, question.required_messages):
            assert not words or set(words) == {"fr", "ar", "en"}, question.name
        assert all(set(choice.labels) == {"fr", "ar", "en"} for choice in question.choices), question.name
        assert question.constraint is None or question.constraint_messages, question.name


def test_sound_answers_have_no_problem_and_keep_what_is_calculated() -> None:
    found = read_answers(shipped_form(NEEDS), SOUND, TODAY)
    assert not found.problems
    assert found.answers["growth"] == "50"


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"headcount": ""}, ("headcount", "required")),
        ({"headcount": "cent"}, ("headcount", "integer")),
        ({"headcount": "100001"}, ("headcount", "constraint")),
        ({"outlook": "up"}, ("outlook", "select_one")),
        ({"markets": "france moon"}, ("markets", "select_multiple")),
        ({"capabilities_lacking": "delivery quality security design"}, ("capabilities_lacking", "constraint")),
        ({"jobs_threatened": "yes", "threatened_groups": "cloud"}, ("to_reconvert", "required")),
        (
            {"occupations": [{"group": "cloud", "group_headcount": "1", "group_hires": "2", "group_hard": "3"}]},
            ("occupations.0.group_hard", "constraint"),
        ),
    ],
)
def test_what_is_wrong_is_told_where_it_is(changed: dict[str, object], expected: tuple[str, str]) -> None:
    assert expected in _problems(**changed)


def test_what_is_not_asked_is_not_kept() -> None:
    found = read_answers(shipped_form(NEEDS), {**SOUND, "to_reconvert": "5", "unknown": "x"}, TODAY)
    assert "to_reconvert" not in found.answers
    assert "unknown" not in found.answers


def test_fields_of_a_page_become_answers_and_empty_turns_are_left_out() -> None:
    fields = {
        "headcount": ["12"],
        "markets": ["france", "gulf"],
        "occupations.0.group": [""],
        "occupations.2.group": ["cloud"],
        "occupations.2.hard_reasons": ["few", "pay"],
    }
    found = from_fields(shipped_form(NEEDS), fields)
    assert found["markets"] == "france gulf"
    assert found["occupations"] == [{"group": "cloud", "hard_reasons": "few pay"}]


@pytest.mark.parametrize(
    ("text", "answers", "holds"),
    [
        ("${a} > 2 and not(selected(${b}, 'x'))", {"a": "3", "b": "y z"}, True),
        ("${a} > 2", {"a": ""}, False),
        ("${a} = '' or ${a} >= 10 div 4", {"a": ""}, True),
        ("if(${a} = 1, 'q', '') = 'q'", {"a": "1"}, True),
        ("sum(${a}) = 6 and count(${a}) = 3", {"a": ("1", "2", "3")}, True),
        ("(1 + 2) * 3 mod 4 = 1 and -1 < 0", {}, True),
        ("${a} <= today()", {"a": "2026-11-30"}, True),
        ("count-selected(.) = 2", {}, True),
    ],
)
def test_conditions_are_worked_out_as_xpath_does(text: str, answers: dict[str, str], holds: bool) -> None:
    assert read_expression(text).holds(Place(answers, "one two", "2026-12-01")) is holds


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1 +",
        "(1",
        "__import__('os')",
        "${a",
        "a.b",
        "selected(${a})",
        "document('x')",
        "(" * 200,
        "1 ; 2",
        "x" * 9999,
    ],
)
def test_what_is_no_condition_is_refused(text: str) -> None:
    with pytest.raises(ExpressionError):
        read_expression(text)


def test_a_workbook_that_is_no_form_is_refused_in_a_sentence() -> None:
    sheets = dict(shipped_sheets(NEEDS))
    for rows, said in (
        ([{"type": "geopoint", "name": "where"}], "geopoint"),
        ([{"type": "begin group", "name": "open"}], "manque"),
        ([{"type": "integer", "name": "a"}, {"type": "text", "name": "a"}], "deux fois"),
        ([{"type": "integer", "name": "a", "relevant": "${zz} = 1"}], "zz"),
        ([{"type": "select_one nowhere", "name": "a"}], "nowhere"),
    ):
        with pytest.raises(FormError, match=said):
            form_of({**sheets, "survey": rows})
    with pytest.raises(FormError):
        read_workbook(b"PK\x03\x04 nothing")
