"""What is typed about sessions: when and where, what is proposed, why."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from minassa.claims.public import MEASURES
from minassa.governance.models import Nature
from minassa.governance.public import Proposed
from minassa.onestop.models import Case
from minassa.registry.models import Enterprise
from minassa.vocabulary.identifiers import compact_ice
from minassa.web.cases.showing import place_choices
from minassa.web.estimate.wording import CONDITIONS
from minassa.web.writing import CASABLANCA

DEROGATION: Final = "derogation"
"""The procedure by which a firm asks for one."""
LONGEST: Final = 4_000
"""Characters of a ground, of a motion."""


def _day(label: Any, *, required: bool = True) -> forms.DateField:  # noqa: ANN401 (a lazy word)
    return forms.DateField(label=label, required=required, widget=forms.DateInput(attrs={"type": "date"}))


def _words(label: Any, *, required: bool = True, rows: int = 3, most: int = LONGEST) -> forms.CharField:  # noqa: ANN401
    return forms.CharField(label=label, required=required, max_length=most, widget=forms.Textarea(attrs={"rows": rows}))


class SessionForm(forms.Form):
    """A session: of which committee, when, where."""

    committee = forms.ChoiceField(label=_("Comité"))
    day = _day(_("Jour"))
    hour = forms.TimeField(label=_("Heure"), widget=forms.TimeInput(attrs={"type": "time"}))
    place = forms.CharField(label=_("Lieu"), max_length=200)

    def __init__(self, committees: dict[str, str], *given: Any, **named: Any) -> None:  # noqa: ANN401 (Django's)
        super().__init__(*given, **named)
        self.fields["committee"].choices = list(committees.items())  # type: ignore[attr-defined]

    def planned_at(self) -> datetime:
        """The instant of the session, typed in Morocco's time."""
        return datetime.combine(self.cleaned_data["day"], self.cleaned_data["hour"], CASABLANCA)


class MotionForm(forms.Form):
    """A free motion."""

    prefix = "motion"
    title = forms.CharField(label=_("Titre de la motion"), max_length=200)
    text = _words(_("Texte de la motion"), rows=4)

    def proposed(self) -> Proposed:
        """What is put to the vote: a title and a text, on no other thing."""
        return Proposed("", "adopt", dict(self.cleaned_data))


class FirmForm(forms.Form):
    """What names a firm by its ICE."""

    ice = forms.CharField(label=_("ICE de l'entreprise"), max_length=30, widget=forms.TextInput(attrs={"dir": "ltr"}))

    def clean_ice(self) -> Enterprise:
        """The firm that bears it."""
        found = Enterprise.objects.filter(ice=compact_ice(self.cleaned_data["ice"])).first()
        if found is None:
            raise forms.ValidationError(_("Aucune entreprise inscrite ne porte cet ICE."))
        return found


class DerogationForm(FirmForm):
    """A derogation to grant: to whom, from what, where, why, from when to when."""

    prefix = "derogation"
    measure = forms.ChoiceField(label=_("Mesure"), required=False)
    condition = forms.ChoiceField(label=_("Condition levée"))
    place = forms.ChoiceField(label=_("Lieu"), required=False)
    reason = _words(_("Motif de la dérogation"))
    starts = _day(_("À partir du"))
    ends = _day(_("Jusqu'au"))
    case = forms.CharField(
        label=_("Référence du dossier de dérogation, s'il y en a un"),
        max_length=30,
        required=False,
        widget=forms.TextInput(attrs={"dir": "ltr"}),
    )

    def clean_case(self) -> str:
        """The universal number of the case; empty when there is none."""
        typed = self.cleaned_data["case"].strip()
        found = Case.objects.filter(reference=typed, procedure_code=DEROGATION).first() if typed else None
        if typed and found is None:
            raise forms.ValidationError(_("Aucun dossier de dérogation ne porte cette référence."))
        return str(found.uuid) if found else ""

    def __init__(self, *given: Any, **named: Any) -> None:  # noqa: ANN401 (Django's)
        super().__init__(*given, **named)
        measures = [("", _("toutes")), *((code, code.upper()) for code in MEASURES)]
        for name, choices in (
            ("measure", measures),
            ("condition", list(CONDITIONS.items())),
            ("place", [("0", _("tous les lieux")), *place_choices()]),
        ):
            self.fields[name].choices = choices  # type: ignore[attr-defined]

    def proposed(self) -> Proposed:
        """What is put to the vote, on the firm."""
        said = self.cleaned_data
        proposal = {
            "measure": said["measure"],
            "condition": said["condition"],
            "place": int(said["place"] or 0),
            "reason": said["reason"],
            "from": said["starts"].isoformat(),
            "to": said["ends"].isoformat(),
            "case": said["case"],
        }
        return Proposed(str(said["ice"].uuid), "grant", proposal)


class ProposeForm(forms.Form):
    """A decision proposed on a thing, with its ground."""

    decision = forms.ChoiceField(label=_("Décision proposée"), widget=forms.RadioSelect)
    ground = _words(_("Motif"), required=False)

    def __init__(self, decisions: Iterable[tuple[str, Any]], *given: Any, **named: Any) -> None:  # noqa: ANN401
        super().__init__(*given, **named)
        self.fields["decision"].choices = list(decisions)  # type: ignore[attr-defined]


class InterestForm(FirmForm):
    """An interest that a member declares in a firm."""

    nature = forms.ChoiceField(label=_("Nature de l'intérêt"), choices=Nature.choices)
    detail = _words(_("Précisions"), required=False, rows=2, most=500)


class SeatForm(forms.Form):
    """Who takes a seat, as what, from when."""

    seat = forms.ChoiceField(label=_("Siège"))
    email = forms.EmailField(label=_("Adresse électronique du compte"), widget=forms.EmailInput(attrs={"dir": "ltr"}))
    titular = forms.ChoiceField(label=_("Qualité"), choices=(("yes", _("titulaire")), ("no", _("suppléant"))))
    since = _day(_("Depuis le"))

    def __init__(self, seats: Iterable[tuple[str, str]], *given: Any, **named: Any) -> None:  # noqa: ANN401
        super().__init__(*given, **named)
        self.fields["seat"].choices = list(seats)  # type: ignore[attr-defined]
