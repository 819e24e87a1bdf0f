"""A finding on one page: what is wrong, the remedy and its date, who answers, what it becomes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from minassa.platforms.models import Evidence, Finding, FindingState
from minassa.platforms.public import (
    Given,
    PlatformError,
    answer_remedy,
    checklist,
    escalate,
    propose_remedy,
    read_evidence,
    remedy_done,
    stream_of_finding,
    unit,
    verify_remedy,
)
from minassa.platforms.states import FINDING_MOVES
from minassa.registry.models import Body
from minassa.registry.public import allowed
from minassa.web.access import PageRequest, page
from minassa.web.cases.drafting import version_of
from minassa.web.doing import status_of
from minassa.web.journaled import lines_of
from minassa.web.platforms.one import day_of
from minassa.web.platforms.subjects import the_evidence, the_finding
from minassa.web.platforms.wording import entry_name, unit_name

_KINDS: Final = {
    "platform.finding-opened": gettext_lazy("constat ouvert"),
    "platform.finding-propose": gettext_lazy("remède proposé"),
    "platform.finding-agree": gettext_lazy("remède accepté"),
    "platform.finding-refuse": gettext_lazy("remède refusé"),
    "platform.finding-do": gettext_lazy("remède dit fait"),
    "platform.finding-verify": gettext_lazy("remède vérifié, constat clos"),
    "platform.finding-reject": gettext_lazy("remède non vérifié"),
    "platform.finding-escalate": gettext_lazy("porté au CTO"),
    "platform.finding-decide": gettext_lazy("remède exigé par le CTO"),
    "platform.finding-close": gettext_lazy("clos par le CTO"),
}


@require_http_methods(["GET", "HEAD", "POST"])
@page("platform.view", subject=the_finding)
def finding_page(request: PageRequest, finding: Finding) -> HttpResponse:
    """Read a finding; propose, agree, do, verify its remedy, or bring it before the CTO."""
    if request.method != "POST":
        return _shown(request, finding)
    act = _ACTS.get(request.POST.get("act", ""))
    if act is None:
        raise Http404
    try:
        act(request, finding, version_of(request.POST))
    except PlatformError as refusal:
        finding.refresh_from_db()
        return _shown(request, finding, refusal=refusal)
    messages.success(request, _("C'est écrit."))
    return HttpResponseRedirect(reverse("platform-finding", args=[finding.uuid]))


@require_GET
@page("platform.view", subject=the_evidence)
def evidence_file(request: PageRequest, evidence: Evidence) -> HttpResponse:
    """The bytes of a file, to be saved."""
    response = HttpResponse(read_evidence(request.actor, evidence), content_type=evidence.media_type)
    response["Content-Disposition"] = f'attachment; filename="piece-{evidence.sha256[:12]}"'
    return response


def given_file(request: PageRequest) -> Given | None:
    """The file of a form; None without one."""
    sent = request.FILES.get("file")
    return None if sent is None else Given(sent.name or "", sent.read())


def _propose(request: PageRequest, finding: Finding, version: int | None) -> None:
    due = day_of(request.POST.get("due", ""))
    propose_remedy(request.actor, finding, request.POST.get("remedy", ""), due, timezone.now(), expected=version)


def _done(request: PageRequest, finding: Finding, version: int | None) -> None:
    remedy_done(request.actor, finding, given_file(request), timezone.now(), expected=version)


def _answer(*, agreed: bool) -> Callable[[PageRequest, Finding, int | None], None]:
    def answered(request: PageRequest, finding: Finding, version: int | None) -> None:
        said = request.POST.get("answer", "")
        answer_remedy(request.actor, finding, said, timezone.now(), agreed=agreed, expected=version)

    return answered


def _verify(*, holds: bool) -> Callable[[PageRequest, Finding, int | None], None]:
    def verified(request: PageRequest, finding: Finding, version: int | None) -> None:
        said = request.POST.get("answer", "")
        verify_remedy(request.actor, finding, said, timezone.now(), holds=holds, expected=version)

    return verified


def _escalate(request: PageRequest, finding: Finding, version: int | None) -> None:
    escalate(request.actor, finding, request.POST.get("answer", ""), timezone.now(), expected=version)


_ACTS: Final[Mapping[str, Callable[[PageRequest, Finding, int | None], None]]] = {
    "propose": _propose,
    "do": _done,
    "agree": _answer(agreed=True),
    "refuse": _answer(agreed=False),
    "verify": _verify(holds=True),
    "reject": _verify(holds=False),
    "escalate": _escalate,
}


def _shown(request: PageRequest, finding: Finding, *, refusal: PlatformError | None = None) -> HttpResponse:
    actor = request.actor
    can = {str(event) for event in FINDING_MOVES.events(FindingState(finding.state))}
    own = allowed(actor, "platform.remedy", finding)
    inspects = allowed(actor, "platform.inspect", finding)
    context: dict[str, Any] = {
        "finding": finding,
        "unit": unit(finding.place),
        "unit_name": unit_name(unit(finding.place)),
        "point": checklist()[finding.point],
        "point_name": entry_name(checklist()[finding.point]),
        "acts": can & ({"propose", "do"} if own else set())
        | can & ({"agree", "refuse", "verify", "reject", "escalate"} if inspects else set()),
        "late": finding.remedy_due_on is not None
        and finding.remedy_due_on < timezone.localdate()
        and finding.state != "closed",
        "error": refusal,
        "typed": request.POST if refusal else {},
        "log": lines_of(actor, stream_of_finding(finding), _KINDS, {one.code: one.name for one in Body.objects.all()}),
    }
    return render(request, "web/platforms/finding.html", context, status=status_of(refusal) if refusal else 200)
