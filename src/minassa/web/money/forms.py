"""Forms of money: amounts typed in dirhams, a ground for each act, a key by which an act sent twice is done once."""

from __future__ import annotations

import uuid
from typing import Any, Final

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from minassa.ledger.models import Settlement
from minassa.vocabulary.money import MoneyError, parse_dirhams
from minassa.web.money.showing import measure_names

GROUND: Final = 300
"""Letters of a ground at most, as the ledger keeps it."""
MORE, LESS = "plus", "moins"


class Dirhams(forms.CharField):
    """An amount typed in dirhams, read as whole centimes above zero."""

    default_error_messages = {
        "amount": _("Écrivez un montant en dirhams plus grand que zéro, par exemple 1234,56."),
    }

    def __init__(self, **named: Any) -> None:  # noqa: ANN401 (Django's)
        given = {"max_length": 40, "help_text": _("En dirhams."), **named}
        super().__init__(widget=forms.TextInput(attrs={"inputmode": "decimal", "dir": "ltr"}), **given)

    def to_python(self, value: Any) -> Any:  # noqa: ANN401 (Django's)
        """Centimes."""
        if value in self.empty_values:
            return None
        try:
            cents = parse_dirhams(str(value))
        except MoneyError:
            cents = 0
        if cents <= 0:
            raise forms.ValidationError(self.error_messages["amount"], code="amount")
        return cents

    def validate(self, value: Any) -> None:  # noqa: ANN401 (Django's)
        """Whether it is there when it must be."""
        forms.Field.validate(self, value)

    def run_validators(self, value: Any) -> None:  # noqa: ANN401 (Django's)
        """Nothing more: the length was that of what was typed."""


class Act(forms.Form):
    """An act on money: why, and under which key."""

    ground = forms.CharField(label=_("Motif"), max_length=GROUND, help_text=_("Il reste écrit avec l'opération."))
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *given: Any, **named: Any) -> None:  # noqa: ANN401 (Django's)
        super().__init__(*given, **{"initial": {"key": uuid.uuid4(), **(named.pop("initial", None) or {})}, **named})

    @property
    def operation(self) -> str:
        """The key of the operation: the same when the same form is sent again."""
        return f"web:{self.cleaned_data['key']}"


class OpenForm(Act):
    """Credits to open."""

    measure = forms.ChoiceField(label=_("Mesure"), choices=lambda: list(measure_names().items()))
    budget_year = forms.IntegerField(label=_("Année budgétaire"), min_value=2016, max_value=2100)
    amount = Dirhams(label=_("Montant ouvert"))
    field_order = ("measure", "budget_year", "amount", "ground")

    def __init__(self, *given: Any, **named: Any) -> None:  # noqa: ANN401 (Django's)
        super().__init__(*given, initial={"budget_year": timezone.localdate().year}, **named)


class ChangeForm(Act):
    """Credits to add to an envelope, or to take out of it."""

    way = forms.ChoiceField(
        label=_("Sens"),
        choices=[(MORE, _("augmenter les crédits")), (LESS, _("réduire les crédits"))],
        widget=forms.RadioSelect,
        initial=MORE,
    )
    amount = Dirhams(label=_("Montant"))
    field_order = ("way", "amount", "ground")

    def change(self) -> int:
        """Centimes, below zero when they are taken out."""
        amount: int = self.cleaned_data["amount"]
        return amount if self.cleaned_data["way"] == MORE else -amount


class AmountForm(Act):
    """Part of an entitlement, and why it is suspended or released."""

    amount = Dirhams(label=_("Montant"))
    field_order = ("amount", "ground")


class GroundForm(forms.Form):
    """A ground alone."""

    ground = forms.CharField(label=_("Motif"), max_length=GROUND, help_text=_("Il reste écrit avec l'opération."))


class SettleForm(GroundForm):
    """What a finding was: nothing to write, unless money truly left."""

    verdict = forms.ChoiceField(choices=Settlement.Verdict.choices, required=False)
