"""Saves what is being written: answers brought to their types; what is about the person is kept encrypted, apart."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from minassa.onestop.acting import Act, acting
from minassa.onestop.answers import checked, split
from minassa.onestop.case_models import Case
from minassa.onestop.procedure_schema import FieldType
from minassa.onestop.publishing import definition
from minassa.onestop.states import CaseEvent
from minassa.registry.models import Person
from minassa.registry.public import Actor


def save_draft(
    actor: Actor, case: Case, answers: Mapping[str, Any], at: datetime, *, expected: int | None = None
) -> Case:
    """Save answers, whole or in part: a key not given keeps its answer, an empty answer removes it.

    A case that waited for its signature is a draft again: what was signed has changed. InvalidAnswers lists the fields
    that are wrong, and nothing is saved.
    """
    with acting(actor, "case.edit", case, at, expected) as act:
        act.move(CaseEvent.SAVE)
        changed = set_answers(act, answers)
        act.tell("case.saved", fields=sorted(changed))
    return case


def set_answers(act: Act, answers: Mapping[str, Any]) -> set[str]:
    """Put answers into the case of an act; the keys of the fields that were given."""
    given = checked(act.procedure, answers)
    own, person = split(act.procedure, given)
    merged = {**act.case.answers, **own}
    act.set(answers={key: value for key, value in merged.items() if value is not None})
    _place(act)
    if person:
        _set_person(act, person)
    return set(given)


def _place(act: Act) -> None:
    """The place of the case is the answer to its field of place, where the procedure asks one."""
    field = next((field for field in act.procedure.fields if field.type is FieldType.PLACE), None)
    if field is not None and field.key in act.case.answers:
        act.set(place=act.case.answers[field.key])


def _set_person(act: Act, values: Mapping[str, str]) -> None:
    person = (
        Person.objects.get(pk=act.case.person_id)
        if act.case.person_id
        else Person(enterprise_id=act.case.enterprise_id)
    )
    for name, value in values.items():
        setattr(person, name, value)
    person.save()
    act.set(person_id=person.pk)


def all_answers(case: Case) -> dict[str, Any]:
    """Answers of a case with those about its person, in clear."""
    answers = dict(case.answers)
    columns = {field.key: field.person for field in definition(case.procedure_id).fields if field.person}
    if case.person_id and columns:
        person = Person.objects.get(pk=case.person_id)
        answers |= {key: value for key, name in columns.items() if (value := getattr(person, str(name)))}
    return answers
