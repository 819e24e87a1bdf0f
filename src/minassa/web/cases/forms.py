"""The form of a procedure, built from the fields that it asks. The one-stop shop checks the answers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

from babel import Locale
from django import forms
from django.forms.utils import ErrorDict
from django.http import QueryDict
from django.utils.translation import gettext as _

from minassa.onestop.procedure_schema import AskedField
from minassa.onestop.public import FieldType, Procedure
from minassa.vocabulary.filieres import Filiere
from minassa.web.cases.showing import language, occupation_choices, place_choices

NOTHING: Final = ("", "—")
_DIRHAMS: Final = re.compile(r"([0-9]{1,12})(?:[.,]([0-9]{1,2}))?")
_SPACES: Final = re.compile(r"[\s\u202f\u00a0]")
_TYPED: Final = {FieldType.NUMBER: "number", FieldType.DATE: "date", FieldType.EMAIL: "email", FieldType.PHONE: "tel"}


class AnswerForm(forms.Form):
    """Fields of a procedure with what was answered, and what the one-stop shop found wrong in it."""

    use_required_attribute = False  # a draft is saved in part

    def __init__(
        self,
        fields: Iterable[AskedField],
        answers: Mapping[str, Any],
        helps: Mapping[str, str] | None = None,
        problems: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(initial={key: _written(value) for key, value in answers.items()})
        self._problems = dict(problems or {})
        for field in fields:
            made = _made(field)
            made.label, made.required = field.label.said(language()), field.required
            unit = _("En dirhams.") if field.type is FieldType.MONEY else ""
            said = [field.help.said(language()) if field.help else "", unit, (helps or {}).get(field.key, "")]
            made.help_text = " ".join(filter(None, said))
            self.fields[field.key] = made

    def full_clean(self) -> None:
        """Nothing is checked here: what is wrong was said by the one-stop shop."""
        self._errors = ErrorDict()
        self.cleaned_data: dict[str, Any] = {}
        for key, sentence in self._problems.items():
            self.add_error(key if key in self.fields else None, sentence)


def _written(value: object) -> object:
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else value


def _made(field: AskedField) -> forms.Field:
    if field.type is FieldType.BOOLEAN:
        return forms.ChoiceField(choices=[("yes", _("Oui")), ("no", _("Non"))], widget=forms.RadioSelect)
    if field.type is FieldType.LONG_TEXT:
        return forms.CharField(widget=forms.Textarea(attrs={"rows": 5}))
    if field.type is FieldType.MONEY:
        return _Dirhams(widget=forms.TextInput(attrs={"inputmode": "decimal", "dir": "ltr"}))
    if field.type in _TYPED:
        return forms.CharField(widget=_typed(_TYPED[field.type]))
    choices = _choices(field)
    return forms.ChoiceField(choices=[NOTHING, *choices]) if choices else forms.CharField(max_length=250)


def _typed(kind: str) -> forms.Widget:
    attributes = {"number": {"min": "0", "step": "1"}, "date": {}, "email": {"dir": "ltr"}, "tel": {"dir": "ltr"}}[kind]
    widget = forms.TextInput(attrs=attributes)
    widget.input_type = kind
    return widget


class _Dirhams(forms.CharField):
    """Centimes, shown and written as dirhams."""

    def prepare_value(self, value: Any) -> Any:  # noqa: ANN401 (centimes, or what was typed)
        if isinstance(value, int):
            whole, cents = divmod(value, 100)
            return f"{whole},{cents:02}" if cents else str(whole)
        return value


def _choices(field: AskedField) -> list[Any]:
    if field.type is FieldType.CHOICE:
        return [(choice.value, choice.label.said(language())) for choice in field.choices]
    if field.type is FieldType.PLACE:
        return list(place_choices())
    if field.type is FieldType.OCCUPATION:
        return occupation_choices()
    if field.type is FieldType.FILIERE:
        return [(int(each), each.label(language())) for each in Filiere if each]
    if field.type is FieldType.COUNTRY:
        names = Locale(language()).territories
        countries = [(code, name) for code, name in names.items() if len(code) == 2 and code.isalpha()]  # noqa: PLR2004
        return sorted(countries, key=lambda each: each[1])
    return []


def given(procedure: Procedure, posted: QueryDict, keys: Iterable[str] | None = None) -> dict[str, Any]:
    """Answers as they were typed, by key, dirhams brought to centimes; only `keys` when told."""
    wanted = None if keys is None else frozenset(keys)
    return {
        field.key: typed_value(field, str(posted[field.key]))
        for field in procedure.fields
        if field.key in posted and (wanted is None or field.key in wanted)
    }


def typed_value(field: AskedField, typed: str) -> object:
    """An answer as it was typed, an amount of dirhams brought to centimes."""
    return _centimes(typed) if field.type is FieldType.MONEY else typed


def _centimes(typed: str) -> object:
    """Dirhams as typed brought to centimes; what is not an amount is left as it is, to be refused."""
    found = _DIRHAMS.fullmatch(_SPACES.sub("", typed))
    return int(found[1]) * 100 + int((found[2] or "").ljust(2, "0")) if found else typed.replace(".", ",")
