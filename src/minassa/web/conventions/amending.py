"""Proposes an amendment: its kind chosen first, then a form that asks only what this kind bears on."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from datetime import date
from typing import Any, Final

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from minassa.conventions.models import AmendmentKind, Convention, Side
from minassa.conventions.public import (
    FIELDS,
    ON_COMMITMENT,
    ONE_SIDED,
    Change,
    Terms,
    amend,
    shown_terms,
)
from minassa.registry.public import Forbidden
from minassa.vocabulary.errors import MinassaError
from minassa.web.access import PageRequest, page
from minassa.web.cases.drafting import version_of
from minassa.web.conventions.forms import CommitmentForm, day_input, read_amount
from minassa.web.conventions.subjects import the_convention
from minassa.web.doing import UNPROCESSABLE

GROUND: Final = 2_000


class AmendmentForm(forms.Form):
    """What every amendment says: why, and the day from which it holds."""

    effective_on = forms.DateField(label=gettext_lazy("Vaut à partir du"), widget=day_input())
    ground = forms.CharField(label=gettext_lazy("Motif"), max_length=GROUND, widget=forms.Textarea(attrs={"rows": 4}))

    def __init__(self, posted: Mapping[str, Any] | None, kind: AmendmentKind, terms: Terms) -> None:
        super().__init__(posted, initial={"effective_on": timezone.localdate()})
        self.kind, self.terms = kind, terms
        if kind in ONE_SIDED:
            del self.fields["effective_on"]
        first = {"commitment": _commitments(terms)} if kind in ON_COMMITMENT else {}
        self.fields = {**first, **deepcopy(_ASKED.get(kind, {})), **self.fields}

    def clean(self) -> dict[str, Any]:
        """Amounts in the unit of their commitment."""
        cleaned = super().clean() or {}
        if self.kind is AmendmentKind.CHANGE_TARGET and cleaned.get("commitment") and cleaned.get("target"):
            unit = self.terms.commitment(int(cleaned["commitment"])).unit
            try:
                cleaned["target"] = read_amount(cleaned["target"], unit)
            except forms.ValidationError as error:
                self.add_error("target", error)
        return cleaned

    def change(self) -> Change:
        """The amendment as typed; only once valid."""
        said = self.cleaned_data
        values = {name: _plain(said[name]) for name in FIELDS[self.kind] if name in said}
        if self.kind is AmendmentKind.CHANGE_PARTY:
            values = {"firm_name": said["firm_name"], "signatories": self._signatories(said)}
        day = said.get("effective_on") or timezone.localdate()
        return Change(self.kind, day, int(said.get("commitment") or 0), values)

    def _signatories(self, said: Mapping[str, Any]) -> list[dict[str, Any]]:
        """Those of the State as they are, that of the firm as typed."""
        held = [one.model_dump(mode="json") for one in self.terms.signatories if one.side is Side.STATE]
        return [*held, {"side": str(Side.FIRM), "name": said["firm_signatory"], "quality": said["firm_quality"]}]


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value


def _commitments(terms: Terms) -> forms.ChoiceField:
    choices = [(one.number, f"{one.number}. {one.kind.label} {one.label}".strip()) for one in terms.commitments]
    return forms.ChoiceField(label=_("Engagement"), choices=choices)


_ASKED: Final[Mapping[AmendmentKind, dict[str, forms.Field]]] = {
    AmendmentKind.CHANGE_TARGET: {
        "target": forms.CharField(
            label=gettext_lazy("Nouvel objectif"),
            max_length=30,
            help_text=gettext_lazy("Des emplois, ou des dirhams, selon l'engagement."),
        )
    },
    AmendmentKind.CHANGE_DUE: {"due_on": forms.DateField(label=gettext_lazy("Nouvelle échéance"), widget=day_input())},
    AmendmentKind.CHANGE_END: {"ends_on": forms.DateField(label=gettext_lazy("Nouvelle fin"), widget=day_input())},
    AmendmentKind.CHANGE_PARTY: {
        "firm_name": forms.CharField(label=gettext_lazy("Nom de l'entreprise dans la convention"), max_length=200),
        "firm_signatory": forms.CharField(label=gettext_lazy("Signataire pour l'entreprise"), max_length=120),
        "firm_quality": forms.CharField(label=gettext_lazy("Sa qualité, pour l'entreprise"), max_length=120),
    },
}


@require_http_methods(["GET", "POST"])
@page("amendment.propose", subject=the_convention)
def propose_amendment(request: PageRequest, convention: Convention) -> HttpResponse:
    """Choose a kind of amendment (`?genre=`), then propose it."""
    kind = _kind(request.POST.get("genre") or request.GET.get("genre", ""))
    terms = shown_terms(convention, timezone.localdate())
    if kind is None:
        return _shown(request, convention, None, None, None)
    posted = request.POST if request.method == "POST" else None
    form = AmendmentForm(posted, kind, terms)
    row = CommitmentForm(posted) if kind is AmendmentKind.ADD_COMMITMENT else None
    if posted is None:
        return _shown(request, convention, kind, form, row)
    if not all([form.is_valid(), row is None or _whole(row)]):
        return _shown(request, convention, kind, form, row, status=UNPROCESSABLE)
    change = form.change() if row is None else _addition(form, row)
    try:
        ground, seen = form.cleaned_data["ground"], version_of(request.POST)
        made = amend(request.actor, convention, change, ground, timezone.now(), expected=seen)
    except Forbidden:
        raise
    except MinassaError as error:
        return _shown(request, convention, kind, form, row, error=error, status=UNPROCESSABLE)
    messages.success(request, _("L'avenant est proposé."))
    return HttpResponseRedirect(reverse("convention", args=[convention.uuid]) + f"#avenant-{made.number}")


def _whole(row: CommitmentForm) -> bool:
    if row.is_valid() and not row.cleaned_data.get("kind"):
        row.add_error("kind", _("Choisissez l'engagement."))
    return row.is_valid()


def _addition(form: AmendmentForm, row: CommitmentForm) -> Change:
    said = row.cleaned_data
    values = {name: _plain(said[name]) for name in FIELDS[AmendmentKind.ADD_COMMITMENT]}
    return Change(AmendmentKind.ADD_COMMITMENT, form.cleaned_data["effective_on"], values=values)


def _kind(text: str) -> AmendmentKind | None:
    return AmendmentKind(text) if text in AmendmentKind.values else None


def _shown(
    request: PageRequest,
    convention: Convention,
    kind: AmendmentKind | None,
    form: AmendmentForm | None,
    row: CommitmentForm | None,
    *,
    error: MinassaError | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "convention": convention,
        "kind": kind,
        "kinds": AmendmentKind.choices,
        "form": form,
        "row": row,
        "error": error,
    }
    return render(request, "web/conventions/amend.html", context, status=status)
