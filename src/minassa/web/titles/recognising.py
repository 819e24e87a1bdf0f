"""A title typed in any of the languages: the occupations it may be, how sure the first is, and why."""

from __future__ import annotations

from typing import Final

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from minassa.registry.policy import SIGNED_IN, allowed
from minassa.talent.matching import calibration_in_force
from minassa.talent.matching.referenced import lexicon_with_reference
from minassa.titles.public import in_effect
from minassa.web.access import PageRequest, page
from minassa.web.titles.files import UploadForm
from minassa.web.titles.showing import shown

LONGEST: Final = 200
EXAMPLES: Final = ("Téléconseiller N2", "Software engineer", "مهندس الشبكات", "mohasib", "TL back office")


@require_safe
@page(SIGNED_IN)
def recognise_title(request: PageRequest) -> HttpResponse:
    """What may be said of the title of the address."""
    title = " ".join(request.GET.get("titre", "").replace("\x00", "").split())[:LONGEST]
    effect = in_effect()
    found = effect.recognise([title])[0] if title else None
    calibration = calibration_in_force()
    context = {
        "title_asked": title,
        "verdict": shown(found, said_none=effect.says_none(title)) if found else None,
        "examples": EXAMPLES,
        "entries": len(lexicon_with_reference().entries) + effect.answers,
        "calibration": calibration,
        "may_ask": allowed(request.actor, "title.ask"),
        "may_answer": allowed(request.actor, "title.answer"),
        "may_read": allowed(request.actor, "title.read"),
        "upload": UploadForm(),
    }
    return render(request, "web/titles/recognise.html", context)
