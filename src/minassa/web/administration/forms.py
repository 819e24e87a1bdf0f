"""Forms of the administration."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from minassa.onestop.clients import SCOPES
from minassa.registry.models import Body, Enterprise, Power, Role
from minassa.registry.public import Offered
from minassa.vocabulary.identifiers import compact_ice


class InviteForm(forms.Form):
    """A person invited: to a role in a body, or to a power of an enterprise."""

    email = forms.EmailField(label=_("Adresse électronique"))
    body = forms.ModelChoiceField(Body.objects.order_by("name"), label=_("Organisme"), required=False)
    role = forms.ChoiceField(label=_("Rôle dans l'organisme"), choices=[("", "—"), *Role.choices], required=False)
    ice = forms.CharField(label=_("ou ICE de l'entreprise"), max_length=30, required=False)
    power = forms.ChoiceField(label=_("Pouvoir dans l'entreprise"), choices=[("", "—"), *Power.choices], required=False)
    language = forms.ChoiceField(
        label=_("Langue de la lettre"), choices=[("fr", "Français"), ("ar", "العربية"), ("en", "English")]
    )

    def clean(self) -> dict[str, Any]:
        """Exactly one right, whole: a body and a role, or an enterprise and a power."""
        asked = super().clean() or self.cleaned_data
        to_body = bool(asked.get("body")) and bool(asked.get("role")) and not (asked.get("ice") or asked.get("power"))
        to_firm = bool(asked.get("ice")) and bool(asked.get("power")) and not (asked.get("body") or asked.get("role"))
        if not to_body and not to_firm:
            raise forms.ValidationError(
                _("Choisissez un organisme et un rôle, ou une entreprise et un pouvoir : un seul des deux.")
            )
        asked["enterprise"] = Enterprise.objects.filter(ice=compact_ice(asked["ice"])).first() if to_firm else None
        if to_firm and asked["enterprise"] is None:
            self.add_error("ice", _("Aucune entreprise inscrite ne porte cet ICE."))
        return asked

    def offered(self) -> Offered:
        """The right that the invitation gives."""
        asked = self.cleaned_data
        return Offered(asked["body"], asked["role"], asked["enterprise"], asked["power"])


class AppointForm(forms.Form):
    """A role in a body, for an account that exists."""

    body = forms.ModelChoiceField(Body.objects.order_by("name"), label=_("Organisme"))
    role = forms.ChoiceField(label=_("Rôle"), choices=Role.choices)


class BodyForm(forms.Form):
    """How a body answers."""

    answers_by_api = forms.BooleanField(label=_("Répond par son propre système"), required=False)
    endpoint = forms.URLField(label=_("Adresse de réception"), required=False, assume_scheme="https")

    def clean(self) -> dict[str, Any]:
        """A system that answers has an address."""
        asked = super().clean() or self.cleaned_data
        if asked.get("answers_by_api") and not asked.get("endpoint") and "endpoint" not in self.errors:
            self.add_error("endpoint", _("Donnez l'adresse où le système reçoit les messages."))
        return asked


class ClientForm(forms.Form):
    """The system of a body."""

    body = forms.ModelChoiceField(Body.objects.order_by("name"), label=_("Organisme"))
    scopes = forms.MultipleChoiceField(
        label=_("Ce qu'il peut faire"),
        choices=[(scope, scope) for scope in SCOPES],
        widget=forms.CheckboxSelectMultiple,
        initial=list(SCOPES),
    )
