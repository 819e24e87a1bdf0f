"""Forms of reforms that are kept: what the levers do not say."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy

from minassa.reforms.public import LONGEST_NAME, LONGEST_TEXT


class ReformForm(forms.Form):
    """The name of a reform, and why; `revision`: the one that the person had before their eyes."""

    name = forms.CharField(label=gettext_lazy("Nom de la réforme"), max_length=LONGEST_NAME)
    reasons = forms.CharField(
        label=gettext_lazy("Pourquoi"),
        max_length=LONGEST_TEXT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    revision = forms.IntegerField(required=False, widget=forms.HiddenInput)


class ProposeForm(forms.Form):
    """From which month on, and why."""

    month = forms.CharField(
        label=gettext_lazy("À partir du mois"), widget=forms.TextInput(attrs={"type": "month", "dir": "ltr"})
    )
    ground = forms.CharField(
        label=gettext_lazy("Motif"), max_length=LONGEST_TEXT, widget=forms.Textarea(attrs={"rows": 3})
    )
