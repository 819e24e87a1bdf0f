"""The register of derogations: what each covers, until when, why, which session granted it, what use was made of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db.models import Count, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from minassa.claims.public import MEASURES
from minassa.governance.models import Derogation
from minassa.governance.public import derogations_for
from minassa.registry.public import allowed
from minassa.web.access import PageRequest, page
from minassa.web.cases.showing import place_name
from minassa.web.cases.tables import FORMATS, MOST, Cell, exported
from minassa.web.estimate.wording import CONDITIONS

SIZE: Final = 200
ORDERS: Final = {"reference": "reference", "entreprise": "enterprise__name", "fin": "ends", "usages": "use_count"}
SOON_DAYS: Final = 60


@dataclass(frozen=True, slots=True)
class Row:
    """A derogation in words: its state is `in_force`, `to_come`, `expired` or `closed`."""

    derogation: Derogation
    condition: str
    measure: str
    place: str
    state: str
    ends_soon: bool


@require_GET
@page("derogation.list")
def derogations(request: PageRequest) -> HttpResponse:
    """The derogations that the person may know of, or the same as a file."""
    today = timezone.localdate()
    chosen = {name: request.GET.get(name, "") for name in ("etat", "mesure", "entreprise", "sort")}
    found = _ordered(_narrowed(derogations_for(request.actor), chosen, today), chosen["sort"])
    if request.GET.get("format") in FORMATS:
        return exported("derogations", request.GET["format"], _headings(), _cells(found[:MOST], today))
    context: dict[str, Any] = {
        "rows": [_row(each, today) for each in found[:SIZE]],
        "total": found.count(),
        "size": SIZE,
        "chosen": chosen,
        "filtered": any(chosen[name] for name in ("etat", "mesure", "entreprise")),
        "states": _states(),
        "measures": [(code, code.upper()) for code in MEASURES],
        "sees_sessions": allowed(request.actor, "session.list", None),
    }
    return render(request, "web/committees/derogations.html", context)


def _states() -> list[tuple[str, str]]:
    return [
        ("in_force", _("en vigueur")),
        ("to_come", _("à venir")),
        ("expired", _("échue")),
        ("closed", _("close avant son terme")),
    ]


def _condition(state: str, today: date) -> Q:
    """Which derogations are in a state on a day."""
    ended = Q(closed_at__isnull=False)
    return {
        "in_force": ~ended & Q(starts__lte=today, ends__gte=today),
        "to_come": ~ended & Q(starts__gt=today),
        "expired": Q(ends__lt=today),
        "closed": ended & Q(ends__gte=today),
    }.get(state, Q())


def _narrowed(found: QuerySet[Derogation], chosen: Mapping[str, str], today: date) -> QuerySet[Derogation]:
    found = found.filter(_condition(chosen["etat"], today))
    if chosen["mesure"] in MEASURES:
        found = found.filter(Q(measure=chosen["mesure"]) | Q(measure=""))
    typed = chosen["entreprise"].replace("\x00", "")[:60].strip()
    return found.filter(enterprise__name__icontains=typed) if typed else found


def _ordered(found: QuerySet[Derogation], sort: str) -> QuerySet[Derogation]:
    column = ORDERS.get(sort.removeprefix("-"), "ends")
    counted = found.annotate(use_count=Count("uses"))
    return counted.order_by(f"{'-' if sort.startswith('-') else ''}{column}", "pk")


def _row(one: Derogation, today: date) -> Row:
    state = next(name for name in ("to_come", "expired", "closed", "in_force") if _is(one, name, today))
    soon = state == "in_force" and (one.ends - today).days <= SOON_DAYS
    place = place_name(one.place) if one.place else _("tous les lieux")
    measure = one.measure.upper() or _("toutes")
    return Row(one, str(CONDITIONS.get(one.condition, one.condition)), measure, place, state, soon)


def _is(one: Derogation, state: str, today: date) -> bool:
    """The same as `_condition`, on a row at hand."""
    if state == "expired":
        return one.ends < today
    if state == "closed":
        return one.closed_at is not None and one.ends >= today
    return state != "to_come" or (one.closed_at is None and one.starts > today)


def _headings() -> list[str]:
    return [
        _("Référence"),
        _("Entreprise"),
        _("ICE"),
        _("Mesure"),
        _("Condition levée"),
        _("Lieu"),
        _("Motif"),
        _("À partir du"),
        _("Jusqu'au"),
        _("État"),
        _("Séance"),
        _("Usages"),
        _("Dernier usage"),
    ]


def _cells(found: QuerySet[Derogation], today: date) -> Iterator[tuple[Cell, ...]]:
    states = dict(_states())
    for one in found:
        row, uses = _row(one, today), list(one.uses.all())
        yield (
            one.reference,
            one.enterprise.name,
            one.enterprise.ice,
            row.measure,
            row.condition,
            row.place,
            one.reason,
            one.starts.isoformat(),
            one.ends.isoformat(),
            states[row.state],
            one.item.session.reference,
            len(uses),
            max((each.day.isoformat() for each in uses), default=""),
        )
