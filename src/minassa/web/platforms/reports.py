"""A report of a P2I on one page: what is known, what is to tell, what contradicts, and what to do next."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from minassa.platforms.models import Report, ReportState
from minassa.platforms.public import (
    SAID,
    PlatformError,
    check,
    complete,
    fields_of,
    receive,
    report_holds,
    seal,
    send_back,
    sheet_of,
    stream_of,
    unit,
)
from minassa.registry.models import Body
from minassa.registry.public import allowed
from minassa.vocabulary.periods import format_month
from minassa.web.access import PageRequest, page
from minassa.web.cases.drafting import version_of
from minassa.web.doing import status_of
from minassa.web.journaled import lines_of
from minassa.web.platforms.subjects import the_report
from minassa.web.platforms.wording import (
    SERVICE_STATES,
    field_words,
    figures_words,
    finding_words,
    ident_of,
    span_words,
    title_of,
    unit_name,
)

_KINDS: Final = {
    "platform.report-prepared": gettext_lazy("préparé par la plateforme"),
    "platform.report-completed": gettext_lazy("complété"),
    "platform.report-checked": gettext_lazy("confronté à ce qui est connu"),
    "platform.report-sealed": gettext_lazy("scellé et déposé"),
    "platform.report-received": gettext_lazy("reçu"),
    "platform.report-returned": gettext_lazy("renvoyé"),
}
OPEN: Final = (ReportState.PREPARED, ReportState.COMPLETED, ReportState.CHECKED, ReportState.RETURNED)
_DIGITS: Final = 15


@require_http_methods(["GET", "HEAD", "POST"])
@page("platform.view", subject=the_report)
def report_page(request: PageRequest, report: Report) -> HttpResponse:
    """Read a report, complete it, check it, seal it, receive it or send it back."""
    if request.method != "POST":
        return _shown(request, report, report.told)
    name = request.POST.get("act", "")
    act = _ACTS.get(name)
    if act is None:
        raise Http404
    given, problem = _given(report, request.POST) if name in _TELLING else (report.told, "")
    if problem:
        return _shown(request, report, given, refusal=PlatformError(problem))
    try:
        done = act(request, report, given)
    except PlatformError as refusal:
        report.refresh_from_db()
        return _shown(request, report, given, refusal=refusal)
    messages.success(request, done)
    return HttpResponseRedirect(reverse("platform-report", args=[report.uuid]))


def _save(request: PageRequest, report: Report, given: Mapping[str, Any]) -> str:
    complete(request.actor, report, given, timezone.now(), expected=version_of(request.POST))
    return _("Le rapport est enregistré.")


def _check(request: PageRequest, report: Report, given: Mapping[str, Any]) -> str:
    now = timezone.now()
    complete(request.actor, report, given, now, expected=version_of(request.POST))
    if check(request.actor, report, now):
        return _("Rien n'arrête plus ce rapport : une autre personne peut le sceller.")
    return _("Le rapport est enregistré ; ce qui l'arrête est dit plus bas.")


def _seal(request: PageRequest, report: Report, _given: Mapping[str, Any]) -> str:
    seal(request.actor, report, timezone.now(), expected=version_of(request.POST))
    return _("Le rapport est scellé et déposé au secrétariat du CTO.")


def _receive(request: PageRequest, report: Report, _given: Mapping[str, Any]) -> str:
    receive(request.actor, report, timezone.now(), expected=version_of(request.POST))
    return _("Le rapport est reçu.")


def _return(request: PageRequest, report: Report, _given: Mapping[str, Any]) -> str:
    reason = request.POST.get("reason", "")
    send_back(request.actor, report, reason, timezone.now(), expected=version_of(request.POST))
    return _("Le rapport est renvoyé à qui gère la P2I.")


_ACTS: Final[Mapping[str, Callable[[PageRequest, Report, Mapping[str, Any]], str]]] = {
    "save": _save,
    "check": _check,
    "seal": _seal,
    "receive": _receive,
    "return": _return,
}

_TELLING: Final = ("save", "check")
"""Acts whose form holds the whole report."""


def _given(report: Report, post: QueryDict) -> tuple[dict[str, Any], str]:
    """What the form tells, and the sentence that says what cannot be read."""
    told: dict[str, Any] = {SAID: post.get(SAID, "")}
    problem = ""
    for name in fields_of(report.place):
        text = "".join(post.get(name, "").split())
        if text and not (text.isascii() and text.isdigit() and len(text) <= _DIGITS):
            problem = _("« %(field)s » : écrivez un nombre entier, en chiffres.") % {"field": field_words(name)}
        told[name] = int(text) if text and not problem else None
    told["services"] = {code: post.get(f"services.{code}", "") for code in sheet_of(report).services}
    return told, problem


def _shown(
    request: PageRequest, report: Report, told: Mapping[str, Any], *, refusal: PlatformError | None = None
) -> HttpResponse:
    actor = request.actor
    completes = report.state in OPEN and allowed(actor, "platform.complete", report)
    findings = [finding_words(one) for one in report.findings]
    sealed = report.sealed.order_by("-number").first()
    context: dict[str, Any] = {
        "report": report,
        "unit": unit(report.place),
        "unit_name": unit_name(unit(report.place)),
        "title": title_of(report),
        "span": span_words(format_month(report.first_month), format_month(report.last_month)),
        "figures": figures_words(report.known),
        "withheld": report.known["withheld"],
        "numbers": [_field(name, told, findings) for name in fields_of(report.place)],
        "services": _services(report, told, findings),
        "said": told.get(SAID) or "",
        "findings": findings,
        "error": refusal,
        "completes": completes,
        "seals": report.state == ReportState.CHECKED and allowed(actor, "platform.seal", report),
        "own_hand": str(actor) == report.completed_by,
        "receives": report.state == ReportState.SEALED and allowed(actor, "platform.receive", report),
        "late": report.state in OPEN and report.due_on < timezone.localdate(),
        "sealed": sealed,
        "holds": sealed is not None and report_holds(sealed),
        "log": lines_of(actor, stream_of(report), _KINDS, _bodies()),
    }
    return render(request, "web/platforms/report.html", context, status=status_of(refusal) if refusal else 200)


def _bodies() -> dict[str, str]:
    return {one.code: one.name for one in Body.objects.all()}


def _field(name: str, told: Mapping[str, Any], findings: list[dict[str, Any]]) -> dict[str, Any]:
    errors = [one["wrong"] for one in findings if one["field"] == name]
    value = told.get(name)
    return {
        "name": name,
        "ident": ident_of(name),
        "label": field_words(name),
        "value": "" if value is None else value,
        "errors": errors,
    }


def _services(report: Report, told: Mapping[str, Any], findings: list[dict[str, Any]]) -> list[dict[str, Any]]:
    states = told.get("services") or {}
    return [
        {
            **_field(f"services.{code}", {}, findings),
            "choices": [(value, label, states.get(code) == value) for value, label in SERVICE_STATES.items()],
            "state": SERVICE_STATES.get(states.get(code, ""), ""),
        }
        for code in sheet_of(report).services
    ]
