"""The page that shows every component: how pages are made, and what is looked at when the look changes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Final

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from minassa.vocabulary.filieres import Filiere
from minassa.vocabulary.statuses import Status
from minassa.web.access import public_page
from minassa.web.icons import NAMES
from minassa.web.marks import KINDS

_DAY: Final = 86_400


@dataclass(frozen=True, slots=True)
class ShownSegment:
    """A made-up stretch of the life of a case, for the page alone."""

    start: int
    end: int
    main: str


@dataclass(frozen=True, slots=True)
class ShownLane:
    """A made-up lane."""

    agency: str
    opened: int
    last: int


@dataclass(frozen=True, slots=True)
class ShownLife:
    """A made-up life."""

    lanes: tuple[ShownLane, ...]


@dataclass(frozen=True, slots=True)
class ShownTimeline:
    """A made-up timeline."""

    segments: tuple[ShownSegment, ...]
    lives: tuple[ShownLife, ...]


class ShownForm(forms.Form):
    """One field of each kind."""

    name = forms.CharField(label=_("Raison sociale"), help_text=_("Telle qu'elle figure au registre du commerce."))
    place = forms.ChoiceField(label=_("Lieu"), choices=[("", "—"), ("101", "Casanearshore"), ("102", "Technopolis")])
    measures = forms.MultipleChoiceField(
        label=_("Mesures demandées"),
        choices=[("air", "AIR"), ("ais", "AIS"), ("paf", "PAF")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    note = forms.CharField(label=_("Message"), widget=forms.Textarea(attrs={"rows": 3}), required=False)
    agreed = forms.BooleanField(label=_("Je certifie que ces informations sont exactes."))


def _timeline() -> ShownTimeline:
    start = int(datetime(2026, 11, 2, 9, tzinfo=UTC).timestamp())
    cuts = [(0, 2, "firm"), (2, 3, "platform"), (3, 12, "agencies"), (12, 16, "firm"), (16, 19, "agencies")]
    segments = [ShownSegment(start + a * _DAY, start + b * _DAY, who) for a, b, who in cuts]
    segments.append(ShownSegment(start + 19 * _DAY, start + 21 * _DAY + 9_000, "committee"))
    lanes = [("cnss", 3, 6), ("dgi", 3, 4), ("commune", 3, 19), ("anapec", 5, 12)]
    runs = tuple(ShownLane(code, start + a * _DAY, start + b * _DAY) for code, a, b in lanes)
    return ShownTimeline(tuple(segments), (ShownLife(runs),))


def _context() -> dict[str, Any]:
    wrong = ShownForm({"name": "", "place": "101"})
    wrong.is_valid()
    return {
        "amounts": [0, 123_456, -8_900, 1_234_567_890, 99_999_999_999],
        "instant": datetime(2026, 8, 3, 9, 5, tzinfo=UTC),
        "due": datetime(2026, 11, 30, tzinfo=UTC),
        "past": datetime(2026, 11, 20, tzinfo=UTC),
        "day": date(2026, 10, 10),
        "spans": [0, 60, 7_260, 2 * _DAY, 3 * _DAY + 3 * 3_600, 11 * _DAY, 100 * _DAY],
        "statuses": list(Status),
        "kinds": {kind: list(states) for kind, states in KINDS.items()},
        "filieres": [int(each) for each in Filiere],
        "icons": NAMES,
        "form": ShownForm(),
        "wrong": wrong,
        "timeline": _timeline(),
        "references": [f"ADH-2026-00012{number}" for number in range(1, 6)],
    }


@require_safe
@public_page
def style_page(request: HttpRequest) -> HttpResponse:
    """Every component, with invented content; on the demonstration alone."""
    if not settings.MINASSA_DEMONSTRATION:
        raise Http404
    messages.success(request, _("Le dossier est enregistré."))
    messages.warning(request, _("Une pièce expire dans trois jours."))
    messages.error(request, _("Le fichier n'a pas pu être lu : envoyez-le de nouveau."))
    messages.info(request, _("La DGI répond en général en deux jours."))
    return render(request, "web/home/style.html", _context())
