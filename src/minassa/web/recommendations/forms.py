"""The form of a recommendation: the columns of a STED roadmap, and the indicator that will measure it."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from minassa.commitments.models import Level
from minassa.commitments.public import Draft, shipped
from minassa.registry.models import Body
from minassa.steering.indicators.catalogue import Catalogue, Indicator, Unit
from minassa.vocabulary.money import MoneyError, parse_dirhams
from minassa.vocabulary.periods import PeriodError, parse_month
from minassa.web.commitments.wording import words
from minassa.web.indicators.filters import options_of
from minassa.web.indicators.wording import UNITS

HUNDREDTHS: Final = 100
SECONDS_A_HUNDREDTH: Final = 864
"""Of a day."""
LARGEST: Final = 10**15
NO_CHOICE: Final = ("", "—")


class RecommendationForm(forms.Form):
    """What a recommendation says."""

    action = forms.CharField(label=gettext_lazy("Action"), max_length=200)
    reasons = forms.CharField(
        label=gettext_lazy("Pourquoi"), required=False, max_length=4_000, widget=forms.Textarea(attrs={"rows": 4})
    )
    level = forms.ChoiceField(label=gettext_lazy("Elle s'adresse à"), choices=Level.choices)
    lead = forms.ChoiceField(label=gettext_lazy("Chef de file"), choices=())
    partners = forms.CharField(label=gettext_lazy("Partenaires"), required=False, max_length=200)
    duration_months = forms.IntegerField(
        label=gettext_lazy("Durée, en mois"), required=False, min_value=1, max_value=240
    )
    cost = forms.CharField(
        label=gettext_lazy("Coût, en dirhams"),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "dir": "ltr"}),
    )
    indicator = forms.ChoiceField(label=gettext_lazy("Indicateur qui la mesurera"), required=False, choices=())
    filiere = forms.ChoiceField(label=gettext_lazy("Filière"), required=False, choices=())
    region = forms.ChoiceField(label=gettext_lazy("Région"), required=False, choices=())
    target = forms.CharField(
        label=gettext_lazy("Cible"),
        required=False,
        max_length=40,
        help_text=gettext_lazy("Dans l'unité de l'indicateur : un nombre, des dirhams, des pour cent ou des jours."),
        widget=forms.TextInput(attrs={"inputmode": "decimal", "dir": "ltr"}),
    )
    due = forms.CharField(
        label=gettext_lazy("Échéance"),
        max_length=7,
        help_text=gettext_lazy("Un mois, par exemple 2027-12."),
        widget=forms.TextInput(attrs={"type": "month", "dir": "ltr"}),
    )

    def __init__(self, *given: Any, **named: Any) -> None:  # noqa: ANN401 (Django's)
        super().__init__(*given, **named)
        self._choose("lead", lead_choices())
        named_indicators = [(one.code, f"{one.label} ({UNITS[one.unit]})") for one in Catalogue.all().values()]
        self._choose("indicator", [NO_CHOICE, *named_indicators])
        self._choose("filiere", [NO_CHOICE, *options_of("filiere")])
        self._choose("region", [NO_CHOICE, *options_of("region")])

    def _choose(self, name: str, choices: list[tuple[str, str]]) -> None:
        field: Any = self.fields[name]
        field.choices = choices

    def clean_cost(self) -> int | None:
        """Centimes; None when it is not known."""
        return _cents(self.cleaned_data["cost"]) if self.cleaned_data["cost"].strip() else None

    def clean_due(self) -> int:
        """The month as an index."""
        try:
            return parse_month(self.cleaned_data["due"].strip())
        except PeriodError as error:
            raise forms.ValidationError(_("Écrivez un mois, par exemple 2027-12.")) from error

    def clean(self) -> dict[str, Any]:
        """The target, in the unit of its indicator."""
        given = dict(super().clean() or self.cleaned_data)
        text, measured = given.get("target", "").strip(), Catalogue.all().get(given.get("indicator", ""))
        given["target"] = None
        if text and measured is None:
            self.add_error("indicator", _("Une cible chiffrée se mesure : choisissez son indicateur."))
        elif text and measured is not None:
            try:
                given["target"] = _target(measured, text)
            except forms.ValidationError as error:
                self.add_error("target", error)
        return given

    def wanted(self) -> Draft:
        """The recommendation, in the units of the platform."""
        given = self.cleaned_data
        measured = Catalogue.all().get(given["indicator"])
        cut = {name: int(given[name]) for name in ("filiere", "region") if given[name]}
        return Draft(
            action=given["action"],
            reasons=given["reasons"],
            level=given["level"],
            lead=given["lead"],
            partners=given["partners"],
            duration_months=given["duration_months"],
            cost_cents=given["cost"],
            indicator=given["indicator"],
            unit=measured.unit.value if measured else "",
            target_value=given["target"],
            due_month=given["due"],
            filters=cut if measured else {},
        )


def lead_choices() -> list[tuple[str, str]]:
    """Who may lead: bodies of the register, and those that the programmes name."""
    named = {code: words(told) for code, told in shipped().owners.items()}
    registered = dict(Body.objects.order_by("name").values_list("code", "name"))
    return [NO_CHOICE, *sorted((registered | named).items(), key=lambda one: one[1])]


def _target(measured: Indicator, text: str) -> int:
    """A target typed with two decimals at most: dirhams, per cent, days, or a whole number."""
    hundredths = _cents(text.strip().removesuffix("%"))
    if measured.unit in (Unit.CENTS, Unit.BASIS_POINTS):
        return hundredths
    if measured.unit == Unit.SECONDS:
        return hundredths * SECONDS_A_HUNDREDTH
    whole, rest = divmod(hundredths, HUNDREDTHS)
    if rest:
        raise forms.ValidationError(_("Cet indicateur se compte en nombres entiers."))
    return whole


def _cents(text: str) -> int:
    """Hundredths of what is typed."""
    try:
        cents = parse_dirhams(text)
    except MoneyError:
        cents = -1
    if not 0 <= cents <= LARGEST:
        raise forms.ValidationError(_("Écrivez un nombre, par exemple 1200 ou 12,50."))
    return cents
