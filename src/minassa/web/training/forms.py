"""Forms of plans of seats and of agreements: money in dirhams, shares in whole per cent."""

from __future__ import annotations

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from minassa.registry.models import Enterprise
from minassa.talent.seats.catalogue import Wanted
from minassa.training.models import AgreementKind, Cohort
from minassa.training.public import LONGEST_NAME, YEARS
from minassa.vocabulary.money import CENTIMES_A_DIRHAM

A_PERCENT = 100
"""Basis points."""
MOST_MILLIONS = 100_000
_MILLION = 1_000_000 * CENTIMES_A_DIRHAM


def _percent(label: Promise, initial: int) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,  # type: ignore[arg-type]
        initial=initial,
        min_value=0,
        max_value=100,
    )


class PlanForm(forms.Form):
    """What a plan is asked with."""

    name = forms.CharField(label=gettext_lazy("Nom du plan"), max_length=LONGEST_NAME)
    budget = forms.IntegerField(
        label=gettext_lazy("Budget d'une année, en millions de dirhams"),
        initial=90,
        validators=[MinValueValidator(0), MaxValueValidator(MOST_MILLIONS)],
    )
    years = forms.TypedChoiceField(
        label=gettext_lazy("Années du plan"), coerce=int, initial=4, choices=[(one, one) for one in YEARS]
    )
    stability = _percent(gettext_lazy("De combien une année peut s'écarter de la précédente, en %"), 30)
    floor = _percent(gettext_lazy("Part de ses entrants qu'une région garde, en %"), 70)

    def wanted(self) -> Wanted:
        """What the form asks for, in centimes and basis points."""
        given = self.cleaned_data
        return Wanted(
            budget_year=given["budget"] * _MILLION,
            years=given["years"],
            stability=given["stability"] * A_PERCENT,
            floor=given["floor"] * A_PERCENT,
        )


class AgreementForm(forms.Form):
    """An agreement between a firm and a training body."""

    enterprise = forms.CharField(label=gettext_lazy("ICE"), max_length=15)
    kind = forms.ChoiceField(label=gettext_lazy("Cadre"), choices=AgreementKind.choices)
    cohort = forms.ModelChoiceField(label=gettext_lazy("Cohorte"), queryset=Cohort.objects.none())
    promised_hires = forms.IntegerField(label=gettext_lazy("Embauches promises"), min_value=1, max_value=100_000)
    cost = forms.IntegerField(
        label=gettext_lazy("Coût de la cohorte, en dirhams"), required=False, min_value=0, max_value=10**10
    )
    signed_on = forms.DateField(label=gettext_lazy("Signé le"), widget=forms.DateInput(attrs={"type": "date"}))

    def clean_enterprise(self) -> Enterprise:
        """The firm of this ICE: who records an agreement knows it, and is shown no list of firms."""
        found = Enterprise.objects.filter(ice=self.cleaned_data["enterprise"].strip()).first()
        if found is None:
            raise forms.ValidationError(_("Aucune entreprise inscrite n'a cet ICE."))
        return found
