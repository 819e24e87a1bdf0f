"""Forms of conventions: the terms to draft, row by row, and an amendment of each kind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django import forms
from django.forms.formsets import BaseFormSet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from minassa.conventions.models import CommitmentKind, Scope, Side
from minassa.conventions.public import (
    UNITS,
    CommitmentTerms,
    MilestoneTerms,
    Signatory,
    Terms,
    Unit,
)
from minassa.registry.models import Enterprise
from minassa.vocabulary.money import CENTIMES_A_DIRHAM, MoneyError, parse_dirhams

ROWS_MORE: Final = 3
MILESTONES_MORE: Final = 2
_SPACES: Final = str.maketrans("", "", " \u202f\u00a0")


def day_input() -> forms.DateInput:
    """A date, as the browser picks it."""
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


class HeadForm(forms.Form):
    """The frame of a convention; dates, names, the text it rests on."""

    ice = forms.CharField(
        label=gettext_lazy("ICE de l'entreprise"), max_length=15, widget=forms.TextInput(attrs={"dir": "ltr"})
    )
    firm_name = forms.CharField(label=gettext_lazy("Nom de l'entreprise dans la convention"), max_length=200)
    text_reference = forms.CharField(label=gettext_lazy("Texte sur lequel elle se fonde"), max_length=200)
    starts_on = forms.DateField(label=gettext_lazy("Premier jour"), widget=day_input())
    ends_on = forms.DateField(label=gettext_lazy("Dernier jour"), widget=day_input())
    state_name = forms.CharField(label=gettext_lazy("Signataire pour l'État"), max_length=120)
    state_quality = forms.CharField(label=gettext_lazy("Sa qualité, pour l'État"), max_length=120)
    firm_signatory = forms.CharField(label=gettext_lazy("Signataire pour l'entreprise"), max_length=120)
    firm_quality = forms.CharField(label=gettext_lazy("Sa qualité, pour l'entreprise"), max_length=120)

    def clean_ice(self) -> str:
        """The ICE of an enterprise that the registry knows."""
        ice = str(self.cleaned_data["ice"]).translate(_SPACES)
        if not Enterprise.objects.filter(ice=ice).exists():
            raise forms.ValidationError(_("Aucune entreprise inscrite n'a cet ICE."))
        return ice


class CommitmentForm(forms.Form):
    """A row of commitment; left empty, it is none."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Engagement"), required=False, choices=[("", "—"), *CommitmentKind.choices]
    )
    label = forms.CharField(label=gettext_lazy("Précision"), required=False, max_length=200)
    scope = forms.ChoiceField(label=gettext_lazy("Périmètre"), required=False, choices=Scope.choices)
    baseline = forms.CharField(label=gettext_lazy("Référence"), required=False, max_length=30)
    baseline_on = forms.DateField(label=gettext_lazy("Date de référence"), required=False, widget=day_input())
    target = forms.CharField(label=gettext_lazy("Objectif"), required=False, max_length=30)
    due_on = forms.DateField(label=gettext_lazy("Échéance"), required=False, widget=day_input())

    def clean(self) -> dict[str, Any]:
        """Amounts read in the unit of the kind; every column there once a kind is chosen."""
        cleaned = super().clean() or {}
        if not cleaned.get("kind"):
            return cleaned
        unit = UNITS[CommitmentKind(cleaned["kind"])]
        for name in ("baseline", "target"):
            try:
                cleaned[name] = read_amount(cleaned.get(name) or ("1" if name == "target" else "0"), unit)
            except forms.ValidationError as error:
                self.add_error(name, error)
        for name in ("baseline_on", "due_on"):
            if not cleaned.get(name) and name not in self.errors:
                self.add_error(name, _("Indiquez la date."))
        return cleaned


class MilestoneForm(forms.Form):
    """A row of milestone; left empty, it is none."""

    month = forms.IntegerField(label=gettext_lazy("Mois de présence"), required=False, min_value=1, max_value=17)
    share = forms.IntegerField(
        label=gettext_lazy("Part de la prime attendue (%)"), required=False, min_value=1, max_value=100
    )

    def clean(self) -> dict[str, Any]:
        """Both columns, or none."""
        cleaned = super().clean() or {}
        if bool(cleaned.get("month")) is not bool(cleaned.get("share")) and not self.errors:
            raise forms.ValidationError(_("Un jalon a un mois et une part."))
        return cleaned


def read_amount(text: str, unit: Unit) -> int:
    """A whole number, or dirhams brought to centimes; ValidationError."""
    if unit is Unit.CENTS:
        try:
            return parse_dirhams(text)
        except MoneyError as error:
            raise forms.ValidationError(_("Écrivez un montant en dirhams, par exemple 1234,56.")) from error
    plain = text.translate(_SPACES)
    if not plain.isdecimal() or len(plain) > 9:  # noqa: PLR2004 (a thousand million jobs)
        raise forms.ValidationError(_("Écrivez un nombre entier."))
    return int(plain)


class TermsForms:
    """The three forms of the terms together, from what is drafted or from what was typed."""

    def __init__(self, posted: Mapping[str, Any] | None, terms: Terms | None, enterprise: Enterprise | None) -> None:
        commitments = [_row(one) for one in terms.commitments] if terms else []
        milestones = [_milestone(one) for one in terms.milestones] if terms else []
        head = _head(terms, enterprise) if terms and enterprise else None
        self.head = HeadForm(posted, initial=head)
        self.commitments = _set(CommitmentForm, ROWS_MORE, "c", posted, commitments)
        self.milestones = _set(MilestoneForm, MILESTONES_MORE, "m", posted, milestones)
        if enterprise is not None:
            self.head.fields["ice"].disabled = True

    def is_valid(self) -> bool:
        """Whether every form is."""
        return all([self.head.is_valid(), self.commitments.is_valid(), self.milestones.is_valid()])

    @property
    def broken(self) -> list[str]:
        """What is wrong with the rows as a whole."""
        bound = [rows for rows in (self.commitments, self.milestones) if rows.is_bound]
        return [str(sentence) for rows in bound for sentence in rows.non_form_errors()]

    def terms(self) -> Terms:
        """The terms as typed; only once valid."""
        head = self.head.cleaned_data
        rows = [form.cleaned_data for form in self.commitments if form.cleaned_data.get("kind")]
        marks = [form.cleaned_data for form in self.milestones if form.cleaned_data.get("month")]
        return Terms(
            firm_name=head["firm_name"],
            text_reference=head["text_reference"],
            starts_on=head["starts_on"],
            ends_on=head["ends_on"],
            signatories=(
                Signatory(side=Side.STATE, name=head["state_name"], quality=head["state_quality"]),
                Signatory(side=Side.FIRM, name=head["firm_signatory"], quality=head["firm_quality"]),
            ),
            commitments=tuple(_commitment(number, row) for number, row in enumerate(rows, start=1)),
            milestones=tuple(
                MilestoneTerms(number=number, month=row["month"], share_basis_points=row["share"] * 100)
                for number, row in enumerate(marks, start=1)
            ),
        )


def _set(
    form: type[forms.Form],
    more: int,
    prefix: str,
    posted: Mapping[str, Any] | None,
    initial: Sequence[Mapping[str, Any]],
) -> BaseFormSet[Any]:
    made: type[BaseFormSet[Any]] = forms.formset_factory(form, extra=more, max_num=60, validate_max=True)
    return made(posted, prefix=prefix, initial=initial)


def _commitment(number: int, row: Mapping[str, Any]) -> CommitmentTerms:
    return CommitmentTerms(
        number=number,
        kind=CommitmentKind(row["kind"]),
        label=row["label"].strip(),
        scope=Scope(row["scope"] or Scope.FIRM),
        baseline=row["baseline"],
        baseline_on=row["baseline_on"],
        target=row["target"],
        due_on=row["due_on"],
    )


def _head(terms: Terms, enterprise: Enterprise) -> dict[str, Any]:
    state, firm = (next(one for one in terms.signatories if one.side is side) for side in (Side.STATE, Side.FIRM))
    return {
        "ice": enterprise.ice,
        **terms.model_dump(include={"firm_name", "text_reference", "starts_on", "ends_on"}),
        "state_name": state.name,
        "state_quality": state.quality,
        "firm_signatory": firm.name,
        "firm_quality": firm.quality,
    }


def _row(one: CommitmentTerms) -> dict[str, Any]:
    said = one.model_dump(include={"kind", "label", "scope", "baseline_on", "due_on"})
    return {**said, **{name: written(getattr(one, name), one.unit) for name in ("baseline", "target")}}


def written(amount: int, unit: Unit) -> str:
    """An amount as it is typed: a whole number, or dirhams."""
    if unit is not Unit.CENTS:
        return str(amount)
    whole, cents = divmod(amount, CENTIMES_A_DIRHAM)
    return f"{whole},{cents:02}" if cents else str(whole)


def _milestone(one: MilestoneTerms) -> dict[str, Any]:
    return {"month": one.month, "share": one.share_basis_points // 100}
