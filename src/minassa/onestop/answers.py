"""Answers to the fields of a procedure: brought to their type, checked, split between the case and the person."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from minassa.onestop.errors import InvalidAnswers
from minassa.onestop.procedure_schema import AskedField, FieldType, Procedure
from minassa.talent.balance.unit_groups import unit_groups
from minassa.vocabulary.filieres import Filiere
from minassa.vocabulary.places import places

LONGEST_TEXT, LONGEST_LINE = 5_000, 250
_PATTERNS = {
    FieldType.EMAIL: re.compile(r"[^@\s]{1,64}@[^@\s]+\.[^@\s]{2,}"),
    FieldType.PHONE: re.compile(r"\+?[0-9 .-]{8,20}"),
    FieldType.COUNTRY: re.compile(r"[A-Z]{2}"),
}


def checked(procedure: Procedure, answers: Mapping[str, Any]) -> dict[str, Any]:
    """Answers brought to their types, those left empty as None; InvalidAnswers lists every field that is wrong."""
    found, problems = {}, {}
    for key, given in answers.items():
        field = procedure.field(key)
        if field is None:
            problems[key] = _("Ce champ n'existe pas dans la démarche.")
            continue
        try:
            found[key] = _value(field, given)
        except ValueError as error:
            problems[key] = str(error)
    if problems:
        raise InvalidAnswers(_("Certaines réponses sont à corriger."), problems=problems)
    return found


def _value(field: AskedField, given: Any) -> Any:  # noqa: ANN401 (a form gives text, an API any JSON value)
    if given is None or given == "":
        return None
    if field.type is FieldType.BOOLEAN:
        return _boolean(given)
    if field.type in {FieldType.NUMBER, FieldType.MONEY, FieldType.PLACE, FieldType.FILIERE}:
        return _whole(field.type, given)
    if field.type is FieldType.DATE:
        return _day(given)
    return _text(field, given)


def _boolean(given: object) -> bool:
    if isinstance(given, bool):
        return given
    shown = str(given).strip().lower()
    if shown in {"yes", "true", "on", "1", "oui"}:
        return True
    if shown in {"no", "false", "off", "0", "non"}:
        return False
    raise ValueError(_("Répondez par oui ou par non."))


def _whole(kind: FieldType, given: object) -> int:
    """A whole number; money is in centimes."""
    if isinstance(given, bool) or not re.fullmatch(r"-?[0-9]{1,15}", str(given).strip()):
        raise ValueError(_("Écrivez un nombre entier."))
    number = int(str(given))
    if number < 0:
        raise ValueError(_("Écrivez un nombre positif."))
    if kind is FieldType.PLACE and number not in {place.code for place in places()}:
        raise ValueError(_("Choisissez un lieu de la liste."))
    if kind is FieldType.FILIERE and number not in {filiere.value for filiere in Filiere}:
        raise ValueError(_("Choisissez une filière de la liste."))
    return number


def _day(given: object) -> str:
    try:
        return date.fromisoformat(str(given).strip()).isoformat()
    except ValueError as error:
        raise ValueError(_("Écrivez une date sous la forme AAAA-MM-JJ.")) from error


def _text(field: AskedField, given: object) -> str:
    shown = str(given).replace("\x00", "").strip()
    longest = LONGEST_TEXT if field.type is FieldType.LONG_TEXT else LONGEST_LINE
    if len(shown) > longest:
        raise ValueError(_("Texte trop long : %(longest)s signes au plus.") % {"longest": longest})
    if field.type is FieldType.CHOICE and shown not in {choice.value for choice in field.choices}:
        raise ValueError(_("Choisissez une réponse de la liste."))
    if field.type is FieldType.OCCUPATION and shown not in unit_groups():
        raise ValueError(_("Choisissez un métier de la liste."))
    pattern = _PATTERNS.get(field.type)
    if pattern is not None and not pattern.fullmatch(shown):
        raise ValueError(_("Cette réponse n'a pas la forme attendue."))
    return shown


def missing(procedure: Procedure, answers: Mapping[str, Any], documents: frozenset[str]) -> dict[str, str]:
    """What is required and not there: each field and document with a sentence, in the order of the procedure."""
    given = dict(answers)
    problems = {
        field.key: _("À renseigner.")
        for field in procedure.fields
        if field.required and field.applies(given) and given.get(field.key) in (None, "")
    }
    for requirement in procedure.requirements:
        if requirement.required and requirement.applies(given) and requirement.key not in documents:
            problems[requirement.key] = _("Pièce à joindre.")
    return problems


def split(procedure: Procedure, answers: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, str]]:
    """Answers of the case, and those about its person (by field of the person), which are kept encrypted."""
    persons = {field.key: field.person for field in procedure.fields if field.person}
    own = {key: value for key, value in answers.items() if key not in persons}
    person = {str(persons[key]): str(value or "") for key, value in answers.items() if key in persons}
    return own, person
