"""The plan of a site that closes: its staff by occupation, the seats elsewhere, who goes where and who is left."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from minassa.talent.reconversion.closing import Plan, Staff, Terms, plan, within
from minassa.talent.reconversion.moves import Passages, shipped_passages
from minassa.talent.reconversion.settings import settings
from minassa.talent.reference.reading import reference
from minassa.web.access import public_page
from minassa.web.public.pages import keep, shown
from minassa.web.reconversion.asked import STAFF_ROWS, Closing, closing_of
from minassa.web.reconversion.wording import hypotheses, occupation_choices, occupation_name, told

PAGE: Final = "web/reconversion/closing.html"
MOST_TARGETS: Final = 14
CENTS: Final = 100


@require_safe
@public_page
def closing_page(request: HttpRequest) -> HttpResponse:
    """The page: staff, seats of the occupations within reach, and the plan. What is asked stays in the address."""
    asked = closing_of(request.GET)
    passages = shipped_passages()
    terms = Terms({}, asked.similarity / 100, asked.coverage / 100, asked.hours, asked.budget * CENTS or None)
    targets = _targets(asked, terms, passages)
    terms = replace(terms, seats={code: asked.seats.get(code, 0) for code in targets})
    staff = [Staff(code, people) for code, people in asked.staff if people]
    found = plan(staff, terms, passages, settings())
    return keep(request, shown(request, PAGE, {**_form(asked, targets), **_plan(found, staff)}))


def _targets(asked: Closing, terms: Terms, passages: Passages) -> list[str]:
    """Occupations that the staff can reach, those that have seats first, then the best covered."""
    best: dict[str, float] = {}
    for code, _people in asked.staff:
        for move in passages.all(passages.leaving(code)):
            if within(move, terms):
                best[move.to.code] = max(best.get(move.to.code, 0.0), move.coverage)
    return sorted(best, key=lambda code: (not asked.seats.get(code), -best[code], code))[:MOST_TARGETS]


def _form(asked: Closing, targets: list[str]) -> dict[str, Any]:
    blank = [("", 0)] * (STAFF_ROWS - len(asked.staff))
    names = {code: occupation_name(reference().occupations[code]) for code in targets}
    return {
        "asked": asked,
        "choices": occupation_choices(),
        "rows": [*asked.staff, *blank],
        "targets": [(code, names[code], asked.seats.get(code, 0)) for code in targets],
    }


def _plan(found: Plan, staff: list[Staff]) -> dict[str, Any]:
    names = {code: occupation_name(one) for code, one in reference().occupations.items()}
    flows = [
        {"from": names[f.staff.occupation], "people": f.people, "all_hours": f.hours, **told(f.move, settings())}
        for f in sorted(found.flows, key=lambda f: (f.staff.occupation, -f.people))
    ]
    return {
        "plan": found,
        "people": sum(one.people for one in staff),
        "flows": flows,
        "left": [(names[one.occupation], one.people) for one in found.left],
        "unused": [(names[code], seats) for code, seats in found.unused_seats.items() if seats],
        "each_cents": found.cost_cents // found.placed if found.placed else 0,
        "hypotheses": hypotheses(settings()),
    }
