"""Forms of one's own account."""

from __future__ import annotations

from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import password_validators_help_texts
from django.utils.translation import gettext_lazy as _

from minassa.registry.models import Account
from minassa.vocabulary.places import places

LANGUAGES = settings.LANGUAGES


def place_choices() -> list[tuple[str, str]]:
    """The places of the offer, P2I first."""
    known = sorted(places(), key=lambda place: (place.kind != "p2i", place.code))
    return [("", "—"), *((str(place.code), place.name_fr) for place in known)]


class SettingsForm(forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable when it runs
    """Name and language of an account."""

    full_name = forms.CharField(label=_("Nom et prénom"), max_length=150)
    language = forms.ChoiceField(label=_("Langue"), choices=LANGUAGES)

    class Meta:
        model = Account
        fields = ("full_name", "language")


class AcceptForm(forms.Form):
    """What opens an account by invitation."""

    full_name = forms.CharField(label=_("Nom et prénom"), max_length=150)
    password = forms.CharField(
        label=_("Mot de passe"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        strip=False,
    )
    language = forms.ChoiceField(label=_("Langue"), choices=LANGUAGES)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["password"].help_text = " ".join(password_validators_help_texts())


class AskForm(forms.Form):
    """The first account of an enterprise is asked for."""

    ice = forms.CharField(label=_("ICE"), max_length=30, help_text=_("15 chiffres, sur le certificat d'ICE."))
    enterprise_name = forms.CharField(label=_("Raison sociale"), max_length=200)
    place = forms.TypedChoiceField(label=_("Lieu principal"), choices=place_choices, coerce=int)
    full_name = forms.CharField(label=_("Nom et prénom du premier signataire"), max_length=150)
    position = forms.CharField(label=_("Fonction"), max_length=100, required=False)
    email = forms.EmailField(label=_("Adresse électronique professionnelle"))
