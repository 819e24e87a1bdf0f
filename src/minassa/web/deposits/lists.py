"""The files sent for an enterprise: the drop zone, what is due, the list with its filters and exports."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from minassa.intake.models import Upload
from minassa.intake.public import Limits, declared, due_on, history, limits
from minassa.registry.models import Enterprise
from minassa.registry.public import Actor, allowed
from minassa.vocabulary.periods import month_of
from minassa.web.access import PageRequest, page
from minassa.web.deposits.exports import exported
from minassa.web.deposits.showing import KINDS, MOVING, STATES, kind_of, mark_of, month_name, period_of
from minassa.web.deposits.subjects import the_enterprise
from minassa.web.deposits.synthetic import made_up
from minassa.web.listing import in_order
from minassa.web.marks import Mark

PAGE_ROWS: Final = 50
SHOWN_MONTHS: Final = 6
_SORTS: Final = {"name": "name", "kind": "kind", "period": "period", "received": "received_at", "state": "state"}


@dataclass(frozen=True, slots=True)
class Row:
    """One file of the list, in words."""

    upload: Upload
    mark: Mark
    kind: object
    period: str


@require_GET
@page("upload.list")
def uploads(request: PageRequest) -> HttpResponse:
    """Deposits: those of the enterprise the person acts for; of every one, for who oversees declarations."""
    own = Enterprise.objects.filter(pk__in=request.actor.enterprises()).order_by("name").first()
    if own is not None:
        return HttpResponseRedirect(reverse("uploads-of", args=[own.uuid]))
    rows = Upload.objects.select_related("enterprise", "supersedes").order_by("-received_at", "-pk")
    return _answer(request, rows, {"firm": None})


@require_GET
@page("upload.list", subject=the_enterprise)
def firm_uploads(request: PageRequest, enterprise: Enterprise) -> HttpResponse:
    """The drop zone and the list of one enterprise."""
    actor = request.actor
    firms = Enterprise.objects.filter(pk__in=actor.enterprises()).order_by("name")
    context = {"firm": enterprise, "firms": firms, "may_send": allowed(actor, "upload.send", enterprise)}
    return _answer(request, history(actor, enterprise), {**context, **_due(enterprise, actor)})


def _due(enterprise: Enterprise, actor: Actor) -> dict[str, Any]:
    """What is asked, by when: the oldest month missing and the others, or the month under way."""
    today = timezone.localdate()
    missing = declared(enterprise, today).missing
    month = missing[0] if missing else month_of(today)
    late = [each for each in missing if due_on(each) < today]
    return {
        "due_on": due_on(month),
        "due_month": month_name(month),
        "late": bool(late),
        "missing": [month_name(each) for each in missing[:SHOWN_MONTHS]],
        "made_up": made_up(enterprise) is not None and allowed(actor, "upload.send", enterprise),
        "missing_more": max(len(missing) - SHOWN_MONTHS, 0),
        "accepted_limits": limits() if allowed(actor, "upload.send", enterprise) else Limits(),
    }


def _answer(request: HttpRequest, rows: QuerySet[Upload], context: dict[str, Any]) -> HttpResponse:
    """The page, or the list as a file."""
    found = _filtered(request, rows.annotate(was_replaced=Exists(Upload.objects.filter(supersedes=OuterRef("pk")))))
    wanted = request.GET.get("format", "")
    if wanted in {"csv", "xlsx"}:
        return exported(found, wanted)
    start = _number(request.GET.get("after", "") or request.GET.get("before", ""))
    shown = list(found[start : start + PAGE_ROWS + 1])
    listed = [_row(upload) for upload in shown[:PAGE_ROWS]]
    told = {
        **context,
        "rows": listed,
        "total": found.count(),
        "any": rows.exists(),
        "next": str(start + PAGE_ROWS) if len(shown) > PAGE_ROWS else "",
        "previous": str(max(start - PAGE_ROWS, 0)) if start else "",
        "moving": any(row.upload.state in MOVING for row in listed),
        "kinds": KINDS,
        "states": STATES,
        "chosen": {name: request.GET.get(name, "") for name in ("kind", "state", "period")},
    }
    return render(request, "web/deposits/list.html", told)


def _row(upload: Upload) -> Row:
    replaced = bool(getattr(upload, "was_replaced", False))
    return Row(upload, mark_of(upload, replaced=replaced), kind_of(upload.kind), period_of(upload.period))


def _filtered(request: HttpRequest, rows: QuerySet[Upload]) -> QuerySet[Upload]:
    """The rows that the filters of the address let through, in the order that it asks."""
    kind, state = request.GET.get("kind", ""), request.GET.get("state", "")
    period = request.GET.get("period", "").replace("-", "")
    if kind in KINDS:
        rows = rows.filter(kind=kind)
    if state in STATES:
        rows = rows.filter(state=state)
    if period.isdecimal():
        rows = rows.filter(period=period)
    found = in_order(rows, request.GET.get("sort", ""), _SORTS)
    return rows if found is None else found


def _number(text: str) -> int:
    return min(int(text), 1_000_000) if text.isdecimal() and len(text) < 8 else 0  # noqa: PLR2004 (no longer number)
