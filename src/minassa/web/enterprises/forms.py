"""Forms of enterprises."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from minassa.registry.models import Power
from minassa.registry.public import Identity
from minassa.vocabulary.filieres import Filiere
from minassa.web.account.forms import place_choices

DAY = forms.DateInput(attrs={"type": "date"})


def filiere_choices() -> list[tuple[str, str]]:
    """The filières of the offer."""
    return [(str(each.value), each.label("fr")) for each in Filiere]


class IdentityForm(forms.Form):
    """The identity of an enterprise; its numbers are checked by the registry."""

    name = forms.CharField(label=_("Raison sociale"), max_length=200)
    name_arabic = forms.CharField(label=_("Raison sociale en arabe"), max_length=200, required=False)
    ice = forms.CharField(label=_("ICE"), max_length=30, help_text=_("15 chiffres, sur le certificat d'ICE."))
    fiscal_id = forms.CharField(label=_("Identifiant fiscal"), max_length=20, required=False)
    rc = forms.CharField(label=_("Registre du commerce"), max_length=30, required=False)
    affiliation = forms.CharField(label=_("Affiliation CNSS"), max_length=20, required=False)
    activity = forms.CharField(label=_("Activité"), max_length=30, required=False)
    filiere = forms.TypedChoiceField(label=_("Filière"), choices=filiere_choices, coerce=int)
    place = forms.TypedChoiceField(label=_("Lieu principal"), choices=place_choices, coerce=int)
    confirmed = forms.BooleanField(
        label=_("Les numéros signalés sont ceux des documents : enregistrer quand même"), required=False
    )

    def identity(self) -> Identity:
        """The identity typed."""
        return Identity(**{name: value for name, value in self.cleaned_data.items() if name != "confirmed"})

    def say_wrong(self, fields: dict[str, str]) -> None:
        """Show what the registry refuses beside its field."""
        for name, message in fields.items():
            self.add_error(name, message)


class EstablishmentForm(forms.Form):
    """A new place of work."""

    place = forms.TypedChoiceField(label=_("Lieu"), choices=place_choices, coerce=int)
    address = forms.CharField(label=_("Adresse"), max_length=250, required=False)
    opened_on = forms.DateField(label=_("Ouvert le"), widget=DAY)


class ClosingForm(forms.Form):
    """The last day of a place of work."""

    closed_on = forms.DateField(label=_("Fermé le"), widget=DAY)


class GroupForm(forms.Form):
    """The group of an enterprise."""

    group = forms.CharField(label=_("Groupe"), max_length=200, required=False)


class ShareholderForm(forms.Form):
    """A shareholder, by its ICE."""

    ice = forms.CharField(label=_("ICE de l'actionnaire"), max_length=30)
    percent = forms.IntegerField(label=_("Part en pour cent, entière"), min_value=1, max_value=100)
    since = forms.DateField(label=_("Depuis le"), widget=DAY)


class InviteForm(forms.Form):
    """A person invited to act for an enterprise."""

    email = forms.EmailField(label=_("Adresse électronique"))
    power = forms.ChoiceField(label=_("Pouvoir"), choices=Power.choices)
    language = forms.ChoiceField(
        label=_("Langue de la lettre"), choices=[("fr", "Français"), ("ar", "العربية"), ("en", "English")]
    )

    def __init__(self, *args: Any, powers: list[str], **kwargs: Any) -> None:  # noqa: ANN401 (Django's signature)
        super().__init__(*args, **kwargs)
        choices = [(value, label) for value, label in Power.choices if value in powers]
        self.fields["power"] = forms.ChoiceField(label=_("Pouvoir"), choices=choices)
