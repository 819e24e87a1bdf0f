"""The list of cases that a person may see, with its filters in the address, its pages and its exports."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from minassa.onestop.models import Case
from minassa.onestop.public import (
    CAP,
    CaseError,
    CaseState,
    Filters,
    Page,
    cases_counted,
    cases_for,
    states_shown,
    together,
)
from minassa.registry.public import Actor
from minassa.vocabulary.places import places
from minassa.web.access import PageRequest, page
from minassa.web.cases.showing import (
    Deadline,
    deadline,
    holder_name,
    latest_procedures,
    place_choices,
    place_name,
    procedure_names,
)
from minassa.web.cases.tables import FORMATS, MOST, exported
from minassa.web.listing import instant

SOON: Final = timedelta(days=3)
BATCH: Final = 200


@dataclass(frozen=True, slots=True)
class Row:
    """A case of the list: who holds it, its deadline."""

    case: Case
    procedure: str
    holder: str
    deadline: Deadline | None


@require_GET
@page("case.list")
def cases(request: PageRequest) -> HttpResponse:
    """The cases that the person may see, or the same as a file."""
    now = timezone.now()
    filters = asked_filters(request.GET, now)
    if request.GET.get("format") in FORMATS:
        return _file(request.actor, filters, now, request.GET["format"])
    trouble = ""
    found: Page[Case] = Page([], "")
    try:
        found = cases_for(request.actor, filters, request.GET.get("after", ""))
    except CaseError as error:
        trouble = error.message
    around = together(request.actor, total=cases_counted(request.actor, filters), procedures=latest_procedures())
    names = procedure_names(around["procedures"])
    context = {
        "rows": [_row(case, names, now) for case in found.rows],
        "next": found.next,
        "total": around["total"],
        "capped": around["total"] >= CAP,
        "trouble": trouble,
        "filtered": any(request.GET.get(name) for name in ("etat", "demarche", "lieu", "echeance", "reference")),
        "chosen": {name: request.GET.get(name, "") for name in ("etat", "demarche", "lieu", "echeance", "reference")},
        "states": [(state, CaseState(state).label) for state in states_shown(request.actor)],
        "procedures": names.items(),
        "place_groups": place_choices(),
        "firm": bool(request.actor.mandates),
        "export_most": MOST if found.next else 0,
    }
    return render(request, "web/cases/list.html", context)


def asked_filters(asked: Mapping[str, str], now: datetime) -> Filters:
    """The filters of an address; one that means nothing narrows nothing."""
    state, place = asked.get("etat", ""), asked.get("lieu", "")
    known = {str(one.code) for one in places()}
    due = {"passee": now, "proche": now + SOON}.get(asked.get("echeance", ""))
    return Filters(
        states=(state,) if state in CaseState.values else (),
        procedure=asked.get("demarche", "")[:40],
        place=int(place) if place in known else 0,
        due_before=due,
        reference=asked.get("reference", "").replace("\x00", "")[:30],
    )


def _row(case: Case, names: Mapping[str, str], now: datetime) -> Row:
    due = None if case.closed_at else deadline(case.due_at, now)
    return Row(case, names.get(case.procedure_code, case.procedure_code), holder_name(case), due)


def _file(actor: Actor, filters: Filters, now: datetime, wanted: str) -> HttpResponse:
    headings = [
        _("Référence"),
        _("Entreprise"),
        _("Démarche"),
        _("Lieu"),
        _("État"),
        _("Tenu par"),
        _("Déposé le"),
        _("Échéance"),
        _("Décidé le"),
    ]
    return exported("dossiers", wanted, headings, _cells(actor, filters, now))


def _cells(actor: Actor, filters: Filters, now: datetime) -> Iterator[tuple[str, ...]]:
    names, cursor, left = procedure_names(), "", MOST
    while left > 0:
        found = cases_for(actor, filters, cursor, size=min(BATCH, left))
        for case in found.rows:
            row = _row(case, names, now)
            instants = [instant(at) for at in (case.submitted_at, case.due_at, case.decided_at)]
            place = place_name(case.place)
            yield (
                case.reference,
                case.enterprise.name,
                row.procedure,
                place,
                str(case.get_state_display()),
                row.holder,
                *instants,
            )
        left, cursor = left - len(found.rows), found.next
        if not cursor:
            return
