"""Forms of consultations."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from minassa.consultations.models import Topic
from minassa.registry.models import Body, Enterprise

NO_CHOICE = ("", "—")


def _day(label: Promise) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}))  # type: ignore[arg-type]


def _text(label: Promise, *, required: bool = True, rows: int = 4) -> forms.CharField:
    return forms.CharField(
        label=label,  # type: ignore[arg-type]
        required=required,
        max_length=4_000,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


def _in_arabic(label: Promise) -> forms.CharField:
    return forms.CharField(
        label=label,  # type: ignore[arg-type]
        required=False,
        max_length=160,
        widget=forms.TextInput(attrs={"dir": "rtl", "lang": "ar"}),
    )


class OfFirm(forms.Form):
    """What is said for a firm: which one, among those that the person may speak for."""

    enterprise = forms.ModelChoiceField(
        label=gettext_lazy("Entreprise"), queryset=Enterprise.objects.none(), to_field_name="uuid", empty_label=None
    )

    def __init__(self, firms: Sequence[Enterprise], *given: Any, **named: Any) -> None:  # noqa: ANN401 (Django's)
        super().__init__(*given, **named)
        field: Any = self.fields["enterprise"]
        field.queryset = Enterprise.objects.filter(pk__in=[one.pk for one in firms]).order_by("name")


class RequestForm(OfFirm):
    """A request or a proposal."""

    topic = forms.ChoiceField(label=gettext_lazy("De quoi vous parlez"), choices=Topic.choices)
    subject = forms.CharField(label=gettext_lazy("Objet"), max_length=160)
    said = _text(gettext_lazy("Ce que vous demandez ou proposez"), rows=6)


class PollForm(forms.Form):
    """A poll: its question in three languages, its days; its choices stand beside, two to eight."""

    fr = forms.CharField(label=gettext_lazy("Question, en français"), max_length=160)
    ar = _in_arabic(gettext_lazy("Question, en arabe"))
    en = forms.CharField(label=gettext_lazy("Question, en anglais"), required=False, max_length=160)
    opens_on = _day(gettext_lazy("Premier jour"))
    closes_on = _day(gettext_lazy("Dernier jour"))
    choices = _text(gettext_lazy("Choix, un par ligne"), rows=5)

    def __init__(self, *given: Any, **named: Any) -> None:  # noqa: ANN401 (Django's)
        super().__init__(*given, **named)
        self.fields["choices"].help_text = _("Français | arabe | anglais, l'anglais étant facultatif.")

    def clean_choices(self) -> list[dict[str, str]]:
        """Each line as a choice in its languages."""
        rows = []
        for number, text in enumerate(self.cleaned_data["choices"].splitlines(), start=1):
            parts = [one.strip() for one in text.split("|")]
            if not any(parts):
                continue
            if not 2 <= len(parts) <= 3 or not all(parts[:2]):  # noqa: PLR2004 (languages)
                said = _("Ligne %(line)d : écrivez le choix en français, une barre |, puis en arabe.")
                raise forms.ValidationError(said % {"line": number})
            rows.append(dict(zip(("fr", "ar", "en"), [*parts, ""][:3], strict=True)))
        return rows


class MeetingForm(forms.Form):
    """An event."""

    title = forms.CharField(label=gettext_lazy("Titre"), max_length=160)
    said = _text(gettext_lazy("De quoi il s'agit"), required=False)
    on = _day(gettext_lazy("Jour"))
    place = forms.CharField(label=gettext_lazy("Lieu"), max_length=120)
    capacity = forms.IntegerField(label=gettext_lazy("Entreprises qui peuvent venir"), min_value=1, max_value=10_000)


class HearingForm(forms.Form):
    """The minutes of a hearing: who was heard, when, point by point."""

    title = forms.CharField(label=gettext_lazy("Objet"), max_length=160)
    on = _day(gettext_lazy("Jour"))
    ice = forms.CharField(label=gettext_lazy("ICE de l'entreprise entendue"), required=False, max_length=15)
    body = forms.ChoiceField(label=gettext_lazy("Ou l'organisme entendu"), required=False, choices=())
    points = _text(gettext_lazy("Points, séparés par une ligne vide"), rows=8)

    def __init__(self, *given: Any, **named: Any) -> None:  # noqa: ANN401 (Django's)
        super().__init__(*given, **named)
        field: Any = self.fields["body"]
        field.choices = [NO_CHOICE, *Body.objects.order_by("name").values_list("code", "name")]

    def clean_ice(self) -> Enterprise | None:
        """The firm of this ICE: who holds hearings knows it, and is shown no list of firms."""
        ice = self.cleaned_data["ice"].strip()
        if not ice:
            return None
        found = Enterprise.objects.filter(ice=ice).first()
        if found is None:
            raise forms.ValidationError(_("Aucune entreprise inscrite n'a cet ICE."))
        return found

    def clean(self) -> dict[str, Any]:
        """One was heard, and one alone."""
        given = dict(super().clean() or self.cleaned_data)
        if bool(given.get("ice")) == bool(given.get("body")) and "ice" not in self.errors:
            self.add_error("ice", _("Dites qui a été entendu : une entreprise, ou un organisme."))
        return given

    def heard(self) -> Enterprise | str:
        """Who was heard."""
        firm: Enterprise | None = self.cleaned_data["ice"]
        return firm or str(self.cleaned_data["body"])

    def written(self) -> list[str]:
        """The points, in their order."""
        text = self.cleaned_data["points"].replace("\r\n", "\n")
        return [one.strip() for one in text.split("\n\n") if one.strip()]
