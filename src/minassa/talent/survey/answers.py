"""Answers of one respondent to a form: taken from fields, kept only where they are asked, checked.

An answer is a text, as in ODK: several choices are their codes with spaces between them. A repeat is a list of turns.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final, TypeAlias

from minassa.talent.survey.expressions import Expression, Place
from minassa.talent.survey.forms import Form, Question, Section, Words
from minassa.talent.survey.functions import Value, number, text

Turn: TypeAlias = dict[str, str]
Answers: TypeAlias = dict[str, str | list[Turn]]
MOST_TURNS: Final = 40
LONGEST_TEXT: Final = 2_000
_INTEGER: Final = re.compile(r"-?\d{1,9}")
_DECIMAL: Final = re.compile(r"-?\d{1,12}(?:[.,]\d{1,6})?")


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with an answer: where (`name`, or `repeat.turn.name`), which kind, the words of the form if any."""

    path: str
    kind: str
    words: Words


@dataclass(frozen=True)
class Shown:
    """A question or the head of a section as it stands for these answers: where, what was answered, what is wrong."""

    path: str
    part: Question | Section
    value: str = ""
    turn: int | None = None
    problem: Problem | None = None
    selected: frozenset[str] = field(default_factory=frozenset)


@dataclass(frozen=True)
class Reading:
    """Answers as the form has them: those that are asked, what is shown in order, and what is wrong."""

    answers: Answers
    shown: tuple[Shown, ...]
    problems: tuple[Problem, ...]


def from_fields(form: Form, fields: Mapping[str, Sequence[str]]) -> Answers:
    """Answers from the fields of a page: `name`, and `repeat.turn.name`; turns that say nothing are left out."""
    found: Answers = {}
    for name, question in form.questions.items():
        if question.answered and name not in form.repeat_of and name in fields:
            found[name] = _joined(fields[name])
    for name in form.repeats:
        inside = [one for one, repeat in form.repeat_of.items() if repeat == name and form.questions[one].answered]
        turns = [
            {one: _joined(fields[f"{name}.{turn}.{one}"]) for one in inside if f"{name}.{turn}.{one}" in fields}
            for turn in range(MOST_TURNS)
        ]
        found[name] = [turn for turn in turns if any(turn.values())]
    return found


def _joined(values: Sequence[str]) -> str:
    return " ".join(one.replace("\x00", "").strip() for one in values if one.strip())


def read_answers(form: Form, given: Answers, today: date) -> Reading:
    """What a form makes of answers: what is asked of them, what is shown, what is wrong. Nothing else is kept."""
    reader = _Reading(form, given, today)
    reader.walk(form.parts, "", None)
    return Reading(reader.kept, tuple(reader.shown), tuple(reader.problems))


class _Reading:
    """One reading of a form, from its first part to its last."""

    def __init__(self, form: Form, given: Answers, today: date) -> None:
        self._form, self._given, self._today = form, given, today.isoformat()
        self._known: dict[str, Value] = _known(form, given)
        self.kept: Answers = {}
        self.shown: list[Shown] = []
        self.problems: list[Problem] = []

    def walk(self, parts: Sequence[Question | Section], prefix: str, turn: Turn | None) -> None:
        """Show and check parts; `prefix` and `turn` are those of the turn of a repeat."""
        for part in parts:
            if isinstance(part, Section):
                self._section(part, prefix, turn)
            else:
                self._question(part, prefix, turn)

    def _section(self, part: Section, prefix: str, turn: Turn | None) -> None:
        if not self._holds(part.relevant, ""):
            self._forget(part)
            return
        self.shown.append(Shown(prefix + part.name, part))
        if not part.repeated:
            self.walk(part.parts, prefix, turn)
            return
        turns = self._turns(part.name)
        kept: list[Turn] = []
        before = dict(self._known)
        for at, given in enumerate(turns or [{}]):
            self.shown.append(Shown(f"{part.name}.{at}", part, turn=at))
            self._known |= dict.fromkeys(_names(part), "") | given
            kept.append({})
            if turns or self._asked(part):
                self.walk(part.parts, f"{part.name}.{at}.", kept[-1])
            self._known = dict(before)
        self.kept[part.name] = kept if turns else []
        self._known |= _known(self._form, self.kept, _names(part))

    def _asked(self, part: Section) -> bool:
        """An empty first turn is shown, to be filled; its absence is no error."""
        inner = _Reading(self._form, {}, date.fromisoformat(self._today))
        inner._known = {**self._known, **dict.fromkeys(_names(part), "")}
        inner.walk(part.parts, f"{part.name}.0.", {})
        self.shown += [Shown(one.path, one.part, one.value, one.turn) for one in inner.shown]
        return False

    def _turns(self, name: str) -> list[Turn]:
        given = self._given.get(name)
        return [dict(turn) for turn in given[:MOST_TURNS]] if isinstance(given, list) else []

    def _forget(self, part: Section) -> None:
        self._known |= dict.fromkeys(_names(part), "")
        if part.repeated:
            self.kept[part.name] = []

    def _question(self, question: Question, prefix: str, turn: Turn | None) -> None:
        if not self._holds(question.relevant, ""):
            self._known[question.name] = ""
            return
        if question.kind == "calculate":
            value = text(question.calculation.value(self._place(""))) if question.calculation else ""
        else:
            given = self._known.get(question.name, "") if turn is not None else self._given.get(question.name, "")
            value = _settled(question, given if isinstance(given, str) else "")
        self._known[question.name] = value
        path = prefix + question.name
        problem = self._problem(question, path, value) if question.answered else None
        if problem is not None:
            self.problems.append(problem)
        if question.kind != "note" and value:
            (self.kept if turn is None else turn)[question.name] = value
        if question.kind != "calculate":
            chosen = frozenset(value.split()) if question.choices else frozenset()
            self.shown.append(Shown(path, question, value, None, problem, chosen))

    def _problem(self, question: Question, path: str, value: str) -> Problem | None:
        if not value:
            return Problem(path, "required", question.required_messages) if question.required else None
        if kind := _wrong(question, value):
            return Problem(path, kind, {})
        if question.constraint is not None and not self._holds(question.constraint, value):
            return Problem(path, "constraint", question.constraint_messages)
        return None

    def _holds(self, expression: Expression | None, own: str) -> bool:
        return expression is None or expression.holds(self._place(own))

    def _place(self, own: str) -> Place:
        return Place(self._known, own, self._today)


def _names(part: Section) -> list[str]:
    found: list[str] = []
    for one in part.parts:
        found += _names(one) if isinstance(one, Section) else [one.name]
    return found


def _known(form: Form, given: Answers, only: Sequence[str] | None = None) -> dict[str, Value]:
    """What conditions read: an answer, or what every turn of its repeat answered."""
    found: dict[str, Value] = {}
    for name in form.questions if only is None else only:
        repeat = form.repeat_of.get(name)
        value = given.get(repeat or name, "")
        if isinstance(value, list):
            found[name] = tuple(turn.get(name, "") for turn in value) if repeat else ""
        else:
            found[name] = value if not repeat else ""
    return found


def _settled(question: Question, value: str) -> str:
    value = value.strip()
    if question.kind == "decimal":
        return value.replace(",", ".")
    if question.kind == "select_multiple":
        chosen = value.split()
        known = [one.name for one in question.choices]
        return " ".join([*[name for name in known if name in chosen], *[name for name in chosen if name not in known]])
    return value


def _wrong(question: Question, value: str) -> str:
    """What an answer is not, by its kind; empty when it is well formed."""
    names = {one.name for one in question.choices}
    tests = {
        "integer": lambda: bool(_INTEGER.fullmatch(value)),
        "decimal": lambda: bool(_DECIMAL.fullmatch(value)),
        "date": lambda: _is_day(value),
        "select_one": lambda: value in names,
        "select_multiple": lambda: set(value.split()) <= names,
        "text": lambda: len(value) <= LONGEST_TEXT,
    }
    return "" if tests[question.kind]() else question.kind


def _is_day(value: str) -> bool:
    try:
        return date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def total_of(answers: Answers, name: str) -> float:
    """A numeric answer as a number, zero when it was not asked."""
    found = answers.get(name, "")
    value = number(found) if isinstance(found, str) else 0.0
    return value if value == value else 0.0  # noqa: PLR0124 (NaN alone differs from itself)
