"""The codes of a firm's employees: made a few at a time, printed as letters, and never shown again."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_POST

from minassa.claims.models import Line, WorkerCode
from minassa.claims.public import issue_code
from minassa.entitlements.amounts import PERSONLESS, person_number, person_text
from minassa.intake.public import lake
from minassa.registry.models import Enterprise
from minassa.registry.public import Actor, allowed
from minassa.vocabulary.errors import MinassaError
from minassa.web.access import PageRequest, page
from minassa.web.claims.names import cards_of
from minassa.web.documents import qr_svg
from minassa.web.listing import PAGE_ROWS, paged, start_of

MOST_LETTERS: Final = 50


@dataclass(frozen=True, slots=True)
class Employee:
    """An employee whom the firm claims for: the name its register gives, since when he or she has a code."""

    person: str
    name: str
    issued_at: datetime | None


@dataclass(frozen=True, slots=True)
class Letter:
    """What is handed to an employee. Its `repr` holds neither the name nor the code."""

    name: str = field(repr=False)
    code: str = field(repr=False)


def the_firm(actor: Actor, enterprise: UUID) -> Enterprise | None:
    """The enterprise of an address; None when the actor gives no codes for it."""
    found = Enterprise.objects.get(uuid=enterprise)
    return found if allowed(actor, "worker.code", found) else None


@require_GET
@page("worker.code", subject=the_firm)
def codes(request: PageRequest, enterprise: Enterprise) -> HttpResponse:
    """The employees whom the firm claims for, and who has a code already."""
    start = start_of(request.GET)
    persons = _persons(enterprise)
    held = list(persons[start : start + PAGE_ROWS + 1])
    here = held[:PAGE_ROWS]
    context = {
        "enterprise": enterprise,
        "rows": _employees(request.actor, enterprise, here),
        "total": persons.count(),
        **paged(start, held),
    }
    return render(request, "web/workers/codes.html", context)


def _persons(enterprise: Enterprise) -> Any:  # noqa: ANN401 (a query of pseudonyms)
    lines = Line.objects.filter(claim__enterprise=enterprise).exclude(person=PERSONLESS)
    return lines.values_list("person", flat=True).distinct().order_by("person")


def _employees(actor: Actor, enterprise: Enterprise, persons: Collection[int]) -> list[Employee]:
    cards = cards_of(actor, enterprise, enterprise.affiliation or 0, persons)
    issued = dict(WorkerCode.objects.filter(person__in=persons).values_list("person", "issued_at"))
    return [Employee(person_text(one), cards[one].name if one in cards else "", issued.get(one)) for one in persons]


@require_POST
@sensitive_post_parameters("number")
@page("worker.code", subject=the_firm)
def letters(request: PageRequest, enterprise: Enterprise) -> HttpResponse:
    """Make codes for the employees chosen, or for the one whose CNSS number is typed, and print their letters."""
    made, missing = _made(request, enterprise)
    if not made:
        messages.warning(request, missing or _("Choisissez au moins un salarié."))
        return HttpResponseRedirect(reverse("worker-codes", args=[enterprise.uuid]))
    address = {}
    for language in ("fr", "ar"):
        with translation.override(language):
            address[language] = f"{settings.MINASSA_ADDRESS}{reverse('worker')}"
    context = {"enterprise": enterprise, "letters": made, "missing": missing, "address": address}
    return render(request, "web/workers/letters.html", {**context, "qr": qr_svg(address["fr"])})


def _made(request: PageRequest, enterprise: Enterprise) -> tuple[list[Letter], str]:
    """The letters made, and what is said of those that could not be."""
    wanted, made, trouble = _wanted(request, enterprise), list[Letter](), ""
    for name, number in wanted:
        try:
            code = issue_code(request.actor, enterprise, number, lake().pseudonyms(), timezone.now())
        except MinassaError as refusal:
            trouble = refusal.message
            continue
        made.append(Letter(name, " ".join(code[part : part + 4] for part in range(0, len(code), 4))))
    return made, trouble


def _wanted(request: PageRequest, enterprise: Enterprise) -> list[tuple[str, str]]:
    """Names and CNSS numbers of the employees chosen: read in the firm's own register, or typed."""
    typed = request.POST.get("number", "").replace("\x00", "").strip()[:20]
    chosen = [found for text in request.POST.getlist("person")[:MOST_LETTERS] if (found := _person(text)) is not None]
    cards = cards_of(request.actor, enterprise, enterprise.affiliation or 0, chosen)
    return [(card.name, card.number) for card in cards.values()] + ([("", typed)] if typed else [])


def _person(text: str) -> int | None:
    try:
        return person_number(text)
    except ValueError:
        return None
