"""The page of a commitment: its path and its measure, bases and sources, what is told of it, where it comes from."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Final

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from minassa.commitments.errors import CommitmentError
from minassa.commitments.models import Followup
from minassa.commitments.public import Commitment, commitment_named, may_tell, tell
from minassa.registry.public import Actor, allowed
from minassa.steering.commitments.measuring import Measured, measured
from minassa.steering.commitments.trajectory import marks_between
from minassa.web.access import PageRequest, page
from minassa.web.commitments.lists import row_of, told_data
from minassa.web.commitments.wording import UNITS, month_words, value_words, words
from minassa.web.doing import done_or_told
from minassa.web.indicators import wording
from minassa.web.indicators.drawing import NARROW, WIDE, Curve, curve
from minassa.web.journaled import hands_of
from minassa.web.public.pages import language
from minassa.web.public.sheets import Bodies

MOST_TOLD: Final = 30


def the_commitment(_actor: Actor, code: str) -> Commitment | None:
    """The commitment of an address; None for one that nobody made."""
    return commitment_named(code)


@require_safe
@page("commitment.view", subject=the_commitment)
def commitment_page(request: PageRequest, one: Commitment) -> HttpResponse:
    """One commitment, whole."""
    found = measured(request.actor, [one])[0]
    bodies = Bodies.registered()
    told = list(Followup.objects.filter(code=one.code).order_by("-pk")[:MOST_TOLD])
    hands = hands_of(request.actor, {row.by for row in told}, bodies)
    context = {
        "one": one,
        "found": found,
        "row": row_of(found, bodies, told[0] if told else None),
        "curves": _curves(found),
        "curve_title": words(one.titles),
        "unit": wording.axis_words(UNITS[one.unit]),
        "steps": [(month_words(step.month), _promised(one, step.value), step.source) for step in one.steps],
        "bases": [
            (month_words(base.month), value_words(one.unit, base.value), words(base.scope), base.source)
            for base in one.baselines
        ],
        "marks": _marks(found),
        "reserve": words(one.reserve) if one.reserve else "",
        "told": [(row, hands[row.by]) for row in told],
        "may_tell": allowed(request.actor, "commitment.tell", one) and may_tell(request.actor, one),
        "reads_indicators": allowed(request.actor, "indicator.view"),
        **told_data(),
    }
    return render(request, "web/commitments/one.html", context)


@require_POST
@page("commitment.tell", subject=the_commitment)
def tell_page(request: PageRequest, one: Commitment) -> HttpResponse:
    """Say the next step, or join evidence."""

    def act() -> None:
        tell(
            request.actor,
            one,
            timezone.now(),
            next_step=request.POST.get("next_step", ""),
            next_on=_day(request.POST.get("next_on", "")),
            evidence=request.POST.get("evidence", ""),
            evidence_url=request.POST.get("evidence_url", ""),
        )

    done_or_told(request, act, _("C'est noté."))
    return HttpResponseRedirect(reverse("commitment", args=[one.code]) + "#suite")


def _day(text: str) -> date | None:
    if not text.strip():
        return None
    try:
        return date.fromisoformat(text.strip())
    except ValueError as error:
        raise CommitmentError(_("Écrivez une date, par exemple 2026-12-31.")) from error


def _promised(one: Commitment, value: int | None) -> str:
    return _("cible inconnue") if value is None else value_words(one.unit, value)


def _marks(found: Measured) -> list[tuple[str, str]]:
    """The path at the size of the data, mark by mark."""
    if found.path is None:
        return []
    return [(month_words(month), value_words(found.commitment.unit, value)) for month, value in found.path.marks]


def _curves(found: Measured) -> list[tuple[str, Curve]]:
    """The measured line beside the path, wide and narrow; none without two points."""
    path = found.path
    beside = list(marks_between(path, path.marks[0][0], path.marks[-1][0])) if path else []
    written, sizes = partial(wording.short, UNITS[found.commitment.unit]), {"wide": WIDE, "narrow": NARROW}
    turned = language() == "ar"
    drawn = [
        (name, curve(found.points, written, size, right_to_left=turned, beside=beside)) for name, size in sizes.items()
    ]
    return [(name, one) for name, one in drawn if one is not None]
