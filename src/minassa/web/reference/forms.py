"""The form of a change: one field of an entry at a time."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from minassa.registry.public import Actor
from minassa.skills.models import Proposal
from minassa.skills.public import LONGEST, propose

LISTS: Final = ("filieres", "rome", "ecf", "sfia", "essential", "optional")
FIELDS: Final = (
    ("label", _("nom")),
    ("definition", _("définition")),
    ("cnc", _("niveau du CNC")),
    ("filieres", _("filières")),
    ("rome", _("codes ROME")),
    ("ecf", _("codes e-CF")),
    ("sfia", _("codes SFIA")),
    ("essential", _("compétences essentielles")),
    ("optional", _("compétences complémentaires")),
    ("status", _("validation de l'entrée")),
    ("deprecate", _("retrait, avec un successeur")),
)


class ProposalForm(forms.Form):
    """What is proposed of an entry. Words are asked for names and definitions, a value for everything else."""

    code = forms.CharField(label=_("Code de l'entrée"), max_length=12, widget=forms.TextInput(attrs={"dir": "ltr"}))
    what = forms.ChoiceField(label=_("Ce qui change"), choices=FIELDS)
    value = forms.CharField(
        label=_("Nouvelle valeur (niveau, codes séparés par des virgules, code du successeur)"),
        max_length=1_000,
        required=False,
        widget=forms.TextInput(attrs={"dir": "ltr"}),
    )
    fr = forms.CharField(label=_("En français"), max_length=500, required=False)
    ar = forms.CharField(
        label=_("En arabe"), max_length=500, required=False, widget=forms.TextInput(attrs={"dir": "rtl", "lang": "ar"})
    )
    en = forms.CharField(
        label=_("En anglais"),
        max_length=500,
        required=False,
        widget=forms.TextInput(attrs={"dir": "ltr"}),
    )
    reason = forms.CharField(label=_("Pourquoi"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 4}))

    def values(self) -> dict[str, Any]:
        """The values proposed, as the reference writes them."""
        said, what = self.cleaned_data, self.cleaned_data["what"]
        words = {language: said[language] for language in ("fr", "ar", "en")}
        parts = [one.strip() for one in said["value"].split(",") if one.strip()]
        if what in LISTS:
            return {what: parts}
        if what == "status":
            return {"status": "validated"}
        if what == "deprecate":
            return {"status": "deprecated", "successor": parts[0] if parts else None}
        return {"cnc": parts[0] if parts else None} if what == "cnc" else {what: words}

    def propose(self, actor: Actor, at: datetime) -> Proposal:
        """Put it to the commission. SkillsError, InvalidChange."""
        said = self.cleaned_data
        return propose(actor, said["code"].strip().upper(), self.values(), said["reason"], at)
