"""Forms of what is new: an occupation, a skill, a name in use. Each proposes what it asks to the commission."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any, Final

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from minassa.registry.public import Actor
from minassa.skills.models import Proposal
from minassa.skills.public import LONGEST, propose, propose_entry
from minassa.talent.reference.changes import ADD_SYNONYMS
from minassa.talent.reference.entries import HIGHEST, LOWEST, Kind
from minassa.talent.reference.integrity import LEAST_ESSENTIAL
from minassa.vocabulary.filieres import FILIERE_CODES
from minassa.web.public.pages import language
from minassa.web.reference.held import held

LANGUAGES: Final = (("fr", _("français")), ("ar", _("arabe")), ("en", _("anglais")))
_WIDGETS: Final = {
    "fr": {"lang": "fr", "dir": "ltr"},
    "ar": {"lang": "ar", "dir": "rtl"},
    "en": {"lang": "en", "dir": "ltr"},
}


def _words(label: str | Promise, code: str, longest: int) -> forms.CharField:
    return forms.CharField(label=label, max_length=longest, widget=forms.TextInput(attrs=_WIDGETS[code]))  # type: ignore[arg-type]


def _reason() -> forms.CharField:
    return forms.CharField(label=_("Pourquoi"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 4}))


class NamedForm(forms.Form):
    """A name and a definition, in the three languages."""

    name_fr = _words(_("Nom en français"), "fr", 200)
    name_ar = _words(_("Nom en arabe"), "ar", 200)
    name_en = _words(_("Nom en anglais"), "en", 200)
    definition_fr = _words(_("Définition en français"), "fr", 500)
    definition_ar = _words(_("Définition en arabe"), "ar", 500)
    definition_en = _words(_("Définition en anglais"), "en", 500)

    def words(self, what: str) -> dict[str, str]:
        """What was said of `name` or `definition`, by language."""
        return {code: self.cleaned_data[f"{what}_{code}"] for code, _label in LANGUAGES}


class OccupationForm(NamedForm):
    """A new occupation. Its code follows from its group of ISCO-08."""

    isco08 = forms.ChoiceField(label=_("Groupe de base de la CITP-08"))
    cnc = forms.TypedChoiceField(
        label=_("Niveau du CNC"), coerce=int, choices=[(one, one) for one in range(LOWEST, HIGHEST + 1)]
    )
    filieres = forms.MultipleChoiceField(label=_("Filières"), widget=forms.CheckboxSelectMultiple)
    essential = forms.MultipleChoiceField(
        label=_("Compétences essentielles"),
        widget=forms.SelectMultiple(attrs={"size": 12}),
        help_text=_("Quatre au moins. Une compétence qui manque se propose d'abord."),
    )
    rome = forms.CharField(
        label=_("Codes ROME, séparés par des virgules"), max_length=100, widget=forms.TextInput(attrs={"dir": "ltr"})
    )
    reason = _reason()

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 (Django's)
        super().__init__(*args, **kwargs)
        known, tongue = held(), language()
        groups = sorted((code, f"{code} · {words.said(tongue)}") for code, words in known.groups.items())
        skills = sorted(((code, one.label.said(tongue)) for code, one in known.skills.items()), key=lambda one: one[1])
        filieres = [(code, one.label(tongue)) for code, one in FILIERE_CODES.items()]
        for name, choices in (("isco08", groups), ("essential", skills), ("filieres", filieres)):
            self.fields[name].choices = choices  # type: ignore[attr-defined]

    def clean_essential(self) -> list[str]:
        """Enough skills to say what the occupation is."""
        given: list[str] = self.cleaned_data["essential"]
        if len(given) < LEAST_ESSENTIAL:
            raise forms.ValidationError(gettext("Choisissez quatre compétences au moins."))
        return given

    def clean_rome(self) -> list[str]:
        """Codes of ROME: a letter and four digits."""
        given = [one.strip().upper() for one in self.cleaned_data["rome"].split(",") if one.strip()]
        if not given or not all(re.fullmatch(r"[A-N][0-9]{4}", one) for one in given):
            raise forms.ValidationError(gettext("Un code ROME est une lettre de A à N et quatre chiffres."))
        return given

    def propose(self, actor: Actor, at: datetime) -> Proposal:
        """Put it to the commission. SkillsError, InvalidChange."""
        said = self.cleaned_data
        values = {name: said[name] for name in ("isco08", "cnc", "filieres", "essential", "rome")}
        values |= {"label": self.words("name"), "definition": self.words("definition")}
        values |= {"rome_by": "judgement", "status": "proposed"}
        return propose_entry(actor, f"MO-{said['isco08']}", values, said["reason"], at)


class SkillForm(NamedForm):
    """A new skill. Its code follows from its domain."""

    domain = forms.ChoiceField(label=_("Domaine"))
    kind = forms.ChoiceField(
        label=_("Nature"), choices=((Kind.SKILL.value, _("savoir-faire")), (Kind.KNOWLEDGE.value, _("savoir")))
    )
    reason = _reason()

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 (Django's)
        super().__init__(*args, **kwargs)
        tongue = language()
        domains = sorted(((code, words.said(tongue)) for code, words in held().domains.items()), key=lambda one: one[1])
        self.fields["domain"].choices = domains  # type: ignore[attr-defined]

    def propose(self, actor: Actor, at: datetime) -> Proposal:
        """Put it to the commission. SkillsError, InvalidChange."""
        said = self.cleaned_data
        values = {"kind": said["kind"], "label": self.words("name"), "definition": self.words("definition")}
        return propose_entry(actor, f"MS-{said['domain']}", {**values, "status": "proposed"}, said["reason"], at)


class SynonymForm(forms.Form):
    """A name that people use for an entry, in one language."""

    code = forms.CharField(label=_("Code de l'entrée"), max_length=12, widget=forms.TextInput(attrs={"dir": "ltr"}))
    tongue = forms.ChoiceField(label=_("Langue"), choices=LANGUAGES)
    name = forms.CharField(label=_("Autre nom"), max_length=200, widget=forms.TextInput(attrs={"dir": "auto"}))
    reason = _reason()

    def clean_code(self) -> str:
        """The code of an entry that there is."""
        given = str(self.cleaned_data["code"]).strip().upper()
        if given not in held().occupations and given not in held().skills:
            raise forms.ValidationError(gettext("Aucune entrée n'a ce code."))
        return given

    def propose(self, actor: Actor, at: datetime) -> Proposal:
        """Put it to the commission. SkillsError, InvalidChange."""
        said = self.cleaned_data
        return propose(
            actor, said["code"], {ADD_SYNONYMS: {said["tongue"]: [said["name"].strip()]}}, said["reason"], at
        )
