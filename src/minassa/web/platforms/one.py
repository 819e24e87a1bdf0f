"""A P2I as it is followed: its sheet and who writes it, its reports."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.functional import Promise
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from minassa.platforms.models import Finding, Report, Result, Severity, Visit
from minassa.platforms.public import (
    Found,
    Given,
    PlatformError,
    SheetRefused,
    Wording,
    assess,
    body_of,
    checklist,
    platform_parameters,
    shared_services,
    sheet_on,
    standings,
    visit,
    write_line,
)
from minassa.platforms.sheet_models import LineKind
from minassa.registry.models import Body
from minassa.registry.public import allowed
from minassa.vocabulary.money import MoneyError, parse_dirhams
from minassa.vocabulary.periods import format_month
from minassa.web.access import PageRequest, page
from minassa.web.doing import done_or_told, status_of
from minassa.web.platforms.showing import lines_by_kind
from minassa.web.platforms.specialised import specialised
from minassa.web.platforms.subjects import Followed, the_unit
from minassa.web.platforms.targets import NAMES, targets_shown, write_target
from minassa.web.platforms.wording import entry_name, span_words, unit_name

_WHOLE: Final = re.compile(r"\d{1,7}")


@require_http_methods(["GET", "HEAD", "POST"])
@page("platform.view", subject=the_unit)
def unit_page(request: PageRequest, followed: Followed) -> HttpResponse:
    """Read what stands behind a P2I; write a line of its sheet, tell a visit, say what is found of a point."""
    if request.method == "POST":
        if request.POST.get("act") in TARGET_ACTS:
            return _targeted(request, followed)
        act, done, anchor = _ACTS.get(request.POST.get("act", ""), _ACTS["describe"])
        done_or_told(request, lambda: act(request, followed.place), str(done), PlatformError)
        return HttpResponseRedirect(reverse("platform", args=[followed.unit.slug]) + anchor)
    return render(request, "web/platforms/unit.html", _context(request, followed))


def _targeted(request: PageRequest, followed: Followed) -> HttpResponse:
    """Set or propose a target; refused, the page comes back with what was typed and why."""
    try:
        write_target(request, followed.unit)
    except PlatformError as refusal:
        typed = {name: request.POST.get(name, "") for name in NAMES}
        context = _context(request, followed) | {"refusal": refusal.message, "typed": typed}
        return render(request, "web/platforms/unit.html", context, status=status_of(refusal))
    messages.success(request, str(TARGET_ACTS[request.POST["act"]]))
    return HttpResponseRedirect(reverse("platform", args=[followed.unit.slug]) + "#cibles")


def _describe(request: PageRequest, place: int) -> None:
    write_line(request.actor, place, _line(request), timezone.now())


def _visit(request: PageRequest, place: int) -> None:
    visit(request.actor, place, day_of(request.POST.get("on", "")), request.POST.get("said", ""), timezone.now())


def _assess(request: PageRequest, place: int) -> None:
    post, sent = request.POST, request.FILES.get("file")
    seen = post.get("visit", "")
    found = Found(
        point=post.get("point", ""),
        result=post.get("result", ""),
        said=post.get("said", ""),
        given=Given(sent.name or "", sent.read()) if sent else None,
        visit=Visit.objects.filter(place=place, pk=int(seen)).first() if _WHOLE.fullmatch(seen) else None,
        severity=post.get("severity", ""),
    )
    assess(request.actor, place, found, timezone.now(), synthetic=settings.MINASSA_DEMONSTRATION)


TARGET_ACTS: Final[Mapping[str, str | Promise]] = {
    "set-target": gettext_lazy("La cible est fixée."),
    "propose-target": gettext_lazy("La cible est proposée."),
}
_ACTS: Final[Mapping[str, tuple[Callable[[PageRequest, int], None], str | Promise, str]]] = {
    "describe": (_describe, gettext_lazy("La ligne est écrite."), "#fiche"),
    "visit": (_visit, gettext_lazy("La visite est écrite."), "#conformite"),
    "assess": (_assess, gettext_lazy("Le constat du point est écrit."), "#conformite"),
}


def _context(request: PageRequest, followed: Followed) -> dict[str, Any]:
    today = timezone.localdate()
    sheet = sheet_on(followed.unit, today)
    reports = Report.objects.filter(place=followed.place).order_by("-last_month", "first_month")
    return {
        "unit": followed.unit,
        "unit_name": unit_name(followed.unit),
        "body": Body.objects.filter(code=body_of(followed.place)).first(),
        "sheet": sheet,
        **lines_by_kind(sheet),
        "describes": allowed(request.actor, "platform.describe", followed),
        "kinds": LineKind.choices,
        "services": [(code, entry_name(one)) for code, one in shared_services().items()],
        "reports": [(one, span_words(format_month(one.first_month), format_month(one.last_month))) for one in reports],
        "today": today,
        **_conformity(request, followed, today),
        **specialised(followed.unit),
        **targets_shown(request.actor, followed),
        "parameters": [one for name, one in platform_parameters().items() if name.endswith("_days")],
    }


def _conformity(request: PageRequest, followed: Followed, today: date) -> dict[str, Any]:
    found = Finding.objects.filter(place=followed.place).order_by("-found_on", "-pk")
    return {
        "inspects": allowed(request.actor, "platform.inspect", followed),
        "standings": [(one, entry_name(one.point)) for one in standings(followed.place, today)],
        "visits": Visit.objects.filter(place=followed.place).order_by("-on", "-pk"),
        "findings": [(one, entry_name(checklist()[one.point])) for one in found],
        "results": Result.choices,
        "severities": Severity.choices,
    }


def _line(request: PageRequest) -> Wording:
    """The line that a form tells; SheetRefused for what cannot be read."""
    post = request.POST
    kind, name = post.get("kind", ""), post.get("name", "").strip()
    since = day_of(post.get("since", ""))
    code = post.get("service", "") if kind == LineKind.SERVICE else slugify(name)
    content = {} if post.get("gone") else _content(kind, name, post.get("number", "").strip())
    return Wording(kind, code, since, content, source=post.get("source", "").strip())


def _content(kind: str, name: str, number: str) -> dict[str, Any]:
    if kind == LineKind.BUILDING:
        if not _WHOLE.fullmatch(number):
            raise SheetRefused(_("La surface est un nombre entier de mètres carrés."))
        return {"name": name, "rentable_area_m2": int(number)}
    if kind == LineKind.CONVENTION:
        return {"name": name}
    try:
        cents = int(parse_dirhams(number or "0"))
    except MoneyError as error:
        raise SheetRefused(_("Le prix est en dirhams, avec deux décimales au plus.")) from error
    return {"cents_post_month": cents} if kind == LineKind.SERVICE else {"name": name, "cents_m2_month": cents}


def day_of(text: str) -> date:
    """The day that a form tells; SheetRefused for anything else."""
    try:
        found = parse_date(text)
    except ValueError:
        found = None
    if found is None:
        raise SheetRefused(_("Dites le jour, par exemple 2026-12-31."))
    return found
