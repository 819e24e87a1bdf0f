"""Saved views of the queue, the load of each colleague and the delays, cases to decide."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from minassa.onestop.models import Case, SavedView
from minassa.onestop.public import CaseError, CaseState, Filters, Page, cases_counted, cases_for, together
from minassa.registry.public import allowed
from minassa.web.access import PageRequest, page
from minassa.web.cases.showing import deadline, latest_procedures, procedure_names
from minassa.web.inbox.colleagues import delays, loads
from minassa.web.inbox.queue import NAMES

MOST_VIEWS = 20
TO_DECIDE = (CaseState.TO_DECIDE, CaseState.APPEALED)


@require_POST
@page("task.list")
def keep_view(request: PageRequest) -> HttpResponse:
    """Keep the filters of the queue under a name; the same name keeps the latest ones."""
    name, asked = request.POST.get("name", "").strip()[:80], QueryDict(request.POST.get("query", "")[:500])
    kept = QueryDict(mutable=True)
    kept.update({key: asked[key] for key in NAMES if asked.get(key)})
    back = f"{reverse('inbox')}?{kept.urlencode()}"
    own = SavedView.objects.filter(account=request.actor.account_id, page="inbox")
    if not name:
        messages.error(request, _("Donnez un nom à cette vue."))
    elif own.exclude(name=name).count() >= MOST_VIEWS:
        messages.error(request, _("Vous avez déjà vingt vues : supprimez-en une."))
    else:
        SavedView.objects.update_or_create(
            account_id=request.actor.account_id or 0, page="inbox", name=name, defaults={"query": kept.urlencode()}
        )
        messages.success(request, _("La vue est gardée."))
    return HttpResponseRedirect(back)


@require_POST
@page("task.list")
def drop_view(request: PageRequest) -> HttpResponse:
    """Forget a saved view of one's own."""
    number = request.POST.get("view", "")
    if number.isdecimal() and len(number) < 18:  # noqa: PLR2004 (no longer number)
        SavedView.objects.filter(account=request.actor.account_id, page="inbox", pk=int(number)).delete()
        messages.success(request, _("La vue est supprimée."))
    return HttpResponseRedirect(reverse("inbox"))


@require_GET
@page("task.list")
def workload(request: PageRequest) -> HttpResponse:
    """The load of each colleague, and how long answers take."""
    own, service = delays(request.actor)
    context = {"loads": loads(request.actor, timezone.now()), "own": own, "service": service}
    return render(request, "web/inbox/workload.html", context)


@require_GET
@page("case.list")
def to_decide(request: PageRequest) -> HttpResponse:
    """Cases that wait for a decision, those that the reader decides marked."""
    filters, now, trouble = Filters(states=TO_DECIDE), timezone.now(), ""
    found: Page[Case] = Page([], "")
    try:
        found = cases_for(request.actor, filters, request.GET.get("after", ""))
    except CaseError as error:
        trouble = error.message
    around = together(request.actor, total=cases_counted(request.actor, filters), procedures=latest_procedures())
    names = procedure_names(around["procedures"])
    context = {
        "rows": [
            {
                "case": case,
                "procedure": names.get(case.procedure_code, case.procedure_code),
                "deadline": deadline(case.due_at, now),
                "mine": allowed(request.actor, "case.decide", case),
            }
            for case in found.rows
        ],
        "next": found.next,
        "total": around["total"],
        "trouble": trouble,
    }
    return render(request, "web/inbox/to_decide.html", context)
