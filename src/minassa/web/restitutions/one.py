"""The page of one restitution: its lines, how they were computed, until when the firm answers, what was decided."""

from __future__ import annotations

from typing import Any, Final

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from minassa.claims.models import Restitution
from minassa.claims.public import ClaimError, lines_of, reply_restitution
from minassa.registry.public import allowed
from minassa.web.access import PageRequest, page
from minassa.web.cases.showing import body_names, deadline
from minassa.web.claims.one import hand, session_address
from minassa.web.doing import done_or_said
from minassa.web.listing import paged, start_of
from minassa.web.restitutions.showing import shown_lines, told
from minassa.web.restitutions.subjects import claim_of, the_restitution

PAGE_LINES: Final = 50


@require_GET
@page("claim.open", subject=the_restitution, on=claim_of)
def restitution_page(request: PageRequest, restitution: Restitution) -> HttpResponse:
    """The page of a restitution."""
    return _shown(request, restitution)


def _shown(
    request: PageRequest, restitution: Restitution, error: ClaimError | None = None, status: int = 200
) -> HttpResponse:
    """The page; `error`: why the answer typed was refused, shown beside its form."""
    actor, claim = request.actor, restitution.claim
    waits = restitution.state == Restitution.State.HEARING
    lines, start, names = lines_of(restitution), start_of(request.GET), body_names()
    held = list(lines.order_by("-cents", "pk")[start : start + PAGE_LINES + 1])
    context: dict[str, Any] = {
        **told(restitution),
        "lines": shown_lines(actor, restitution, held[:PAGE_LINES]),
        "lines_total": lines.count(),
        **paged(start, held, PAGE_LINES),
        "deadline": deadline(restitution.reply_by if waits else None, timezone.now()),
        "replied_by": hand(restitution.replied_by, actor, names) if restitution.replied_by else "",
        "decided_by": hand(restitution.decided_by, actor, names) if restitution.decided_by else "",
        "decided_in": session_address(restitution.decided_by, actor),
        "firm": actor.may_act_for(claim.enterprise_id),
        "account": allowed(actor, "statement.view", claim.enterprise),
        "may_reply": waits and allowed(actor, "claim.reply", claim),
        "error": error,
        "typed": request.POST.get("text", ""),
    }
    return render(request, "web/restitutions/one.html", context, status=status)


@require_POST
@page("claim.reply", subject=the_restitution, on=claim_of)
def reply_to_restitution(request: PageRequest, restitution: Restitution) -> HttpResponse:
    """Answer, in the name of the firm, before anyone decides."""
    return done_or_said(
        request,
        restitution,
        lambda: reply_restitution(request.actor, restitution, request.POST.get("text", ""), timezone.now()),
        _("Votre réponse est jointe à la restitution : le comité la lira avant de décider."),
        back=lambda: reverse("restitution", args=[restitution.uuid]),
        said=lambda error, status: _shown(request, restitution, error, status),
        family=ClaimError,
    )
