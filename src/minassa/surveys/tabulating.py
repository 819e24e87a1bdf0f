"""Tables of a survey: weighted totals and shares with 95 % intervals, those that tell too much left out.

Made by the worker once answers have changed, and kept: no page loads statistics, and no page holds a number that was
not let through.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import numpy as np
from django.db.models import Max

from minassa.outlook.disclosure.suppression import suppressed
from minassa.outlook.disclosure.tables import ALL, Contribution, Shape, filled
from minassa.surveys.answering import form_of_survey
from minassa.surveys.models import Submission, Survey, Tabulation
from minassa.surveys.parameters import survey_control
from minassa.surveys.weighing import Weighed, weighed
from minassa.talent.survey.answers import total_of
from minassa.talent.survey.forms import Form, Question
from minassa.talent.survey.functions import number as number_of
from minassa.talent.survey.raking import Weights
from minassa.talent.survey.replicates import Estimate, ratio, total
from minassa.vocabulary.filieres import Filiere

WHOLE: Final = "all"
CROSS: Final = "|"
"""Between a choice and a group of regions, in the key of a row that is about both."""
NUMBERS: Final = frozenset({"integer", "decimal"})


@dataclass(frozen=True)
class Part:
    """A row of a table: its key, and of each answer whether it is in it and how many persons it has there."""

    key: str
    persons: Mapping[int, int]


def tabulate_next(at: datetime) -> bool:
    """Make the tables of one survey whose answers have changed; False when there is none."""
    known = dict(Tabulation.objects.values_list("survey_id").annotate(last=Max("upto")))
    answered = Submission.objects.values_list("asked__survey_id").annotate(last=Max("pk")).order_by()
    for survey_id, last in answered:
        if known.get(survey_id, 0) < last:
            survey = Survey.objects.get(pk=survey_id)
            Tabulation.objects.get_or_create(survey=survey, upto=last, defaults={"content": tables(survey), "at": at})
            return True
    return False


def tables(survey: Survey) -> dict[str, Any]:
    """What the results page shows of a survey, plain data: how weights are, and rows already under control."""
    found, form = weighed(survey), form_of_survey(survey)
    if found is None:
        return {"answers": 0, "rows": []}
    rows = [*_by_filiere(found, form), *_shares(found, form)]
    crossed: list[dict[str, Any]] = []
    for repeat in form.repeats.values():
        by = next((one for one in repeat.parts if isinstance(one, Question) and one.kind == "select_one"), None)
        told = list(_by_choice(found, repeat.name, by, form)) if by is not None else []
        rows += [row for row in told if CROSS not in row["row"]]
        crossed += [row for row in told if CROSS in row["row"]]
    return {
        "answers": len(found.asked),
        "firms": sum(survey.frame.values()),
        "effect": round(found.effect, 3),
        "gap": found.raked.gap,
        "capped": found.raked.capped,
        "cap": found.cap,
        "margins": list(found.margins),
        "rows": rows,
        "crossed": crossed,
    }


def _by_filiere(found: Weighed, form: Form) -> Iterator[dict[str, Any]]:
    """Totals of the whole and of each filière, of every number asked once."""
    parts = [
        Part(str(one.value), {at: asked.headcount for at, asked in enumerate(found.asked) if asked.filiere == one})
        for one in Filiere
    ]
    hidden = hidden_rows([part for part in parts if part.persons], whole=True)
    for question in form.questions.values():
        if question.kind in NUMBERS and question.name not in form.repeat_of:
            values = np.asarray([total_of(answers, question.name) for answers in found.answers])
            yield from _totals("filiere", question.name, parts, values, found, hidden)


def _totals(
    table: str, question: str, parts: list[Part], values: Weights, found: Weighed, hidden: Mapping[str, str]
) -> Iterator[dict[str, Any]]:
    everyone = Part(WHOLE, {at: 1 for part in parts for at in part.persons})
    for part in (everyone, *parts):
        if part.persons:
            inside = np.asarray([float(at in part.persons) for at in range(len(found.asked))])
            yield _row(table, question, part, total(values * inside, found.replicates), hidden)


def _by_choice(found: Weighed, repeat: str, by: Question, form: Form) -> Iterator[dict[str, Any]]:
    """Totals of each choice of a repeat (each group of occupations), whole and by group of regions, of every number.

    Both are told under one pattern: what is withheld of a region cannot be worked out from the whole.
    """
    numbers = [name for name, of in form.repeat_of.items() if of == repeat and form.questions[name].kind in NUMBERS]
    if not numbers:
        return
    parts = [Part(choice.name, _in_turns(found, repeat, by.name, choice.name, numbers[0])) for choice in by.choices]
    told = [part for part in parts if part.persons]
    leaves = [leaf for part in told for leaf in _by_region(found, part)]
    parents = {part.key: WHOLE for part in told} | {leaf.key: leaf.key.partition(CROSS)[0] for leaf in leaves}
    hidden = _withheld(parents, leaves, whole=False)
    for name in numbers:
        for part in (*told, *leaves):
            choice = part.key.partition(CROSS)[0]
            turns = [_turn_sum(answers, repeat, by.name, choice, name) for answers in found.answers]
            inside = np.asarray([float(at in part.persons) for at in range(len(found.asked))])
            yield _row(by.name, name, part, total(np.asarray(turns) * inside, found.replicates), hidden)


def _by_region(found: Weighed, part: Part) -> list[Part]:
    """A part cut by group of regions."""
    groups = dict.fromkeys(found.asked[at].region_group for at in part.persons)
    return [
        Part(
            f"{part.key}{CROSS}{group}",
            {at: persons for at, persons in part.persons.items() if found.asked[at].region_group == group},
        )
        for group in groups
    ]


def _in_turns(found: Weighed, repeat: str, by: str, choice: str, size: str) -> dict[int, int]:
    sums = {
        at: _turn_sum(answers, repeat, by, choice, size)
        for at, answers in enumerate(found.answers)
        if any(turn.get(by) == choice for turn in _turns(answers, repeat))
    }
    return {at: max(1, round(value)) for at, value in sums.items()}


def _turns(answers: Mapping[str, Any], repeat: str) -> list[dict[str, str]]:
    value = answers.get(repeat, [])
    return value if isinstance(value, list) else []


def _turn_sum(answers: Mapping[str, Any], repeat: str, by: str, choice: str, name: str) -> float:
    values = [number_of(turn.get(name, "")) for turn in _turns(answers, repeat) if turn.get(by) == choice]
    return float(np.nansum(values)) if values else 0.0


def _shares(found: Weighed, form: Form) -> Iterator[dict[str, Any]]:
    """The share of firms that chose each answer, among those that were asked the question."""
    for question in form.questions.values():
        if not question.choices or question.name in form.repeat_of:
            continue
        said = [str(answers.get(question.name, "")).split() for answers in found.answers]
        over = np.asarray([float(bool(chosen) or question.kind == "select_multiple") for chosen in said])
        for choice in question.choices:
            inside = {at: found.asked[at].headcount for at, chosen in enumerate(said) if choice.name in chosen}
            if inside:
                part = Part(choice.name, inside)
                values = np.asarray([float(choice.name in chosen) for chosen in said])
                hidden = hidden_rows([part], whole=False)
                yield _row("share", question.name, part, ratio(values, over, found.replicates), hidden)


def hidden_rows(parts: list[Part], *, whole: bool) -> dict[str, str]:
    """Rows that are not shown: `telling` by themselves, or `complementary`, so that no sum gives the former.

    `whole`: whether the sum of the rows is shown too; where it is not, it gives nothing away.
    """
    return _withheld(dict.fromkeys([part.key for part in parts], WHOLE), parts, whole=whole)


def _withheld(parents: Mapping[str, str], leaves: list[Part], *, whole: bool) -> dict[str, str]:
    """The same of leaves that stand in rows which are told too, each under the row that holds it."""
    shape = Shape({WHOLE: WHOLE, **parents})
    given = [Contribution(at, leaf.key, ALL, persons) for leaf in leaves for at, persons in leaf.persons.items()]
    try:
        found = suppressed([filled(shape, given)], survey_control(), () if whole else ((WHOLE, ALL),))
    except ValueError:
        # Too few firms for anything to be told.
        return dict.fromkeys([WHOLE, *parents], "telling")
    telling = {row: "telling" for row, _column in found.telling}
    return {row: "complementary" for row, _column in found.complementary} | telling


def _row(table: str, question: str, part: Part, estimate: Estimate, hidden: Mapping[str, str]) -> dict[str, Any]:
    why = hidden.get(part.key, "")
    row: dict[str, Any] = {"table": table, "question": question, "row": part.key, "hidden": why}
    if why:
        return row
    places = 4 if table == "share" else 1
    told = {"value": estimate.value, "low": max(estimate.low, 0.0), "high": estimate.high}
    return row | {"firms": len(part.persons)} | {name: round(value, places) for name, value in told.items()}
