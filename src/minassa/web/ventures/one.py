"""A venture on one page: what it says and what was found of it, jobs and where they come from, funds, consent."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from minassa.entitlements.runs import runs_in
from minassa.registry.models import Body
from minassa.registry.public import Actor, allowed
from minassa.steering.ventures.jobs import jobs_of
from minassa.ventures.models import Venture
from minassa.ventures.public import (
    Raised,
    VentureError,
    check,
    claim,
    close,
    consent,
    is_own,
    last_claim,
    raise_funds,
    reads_all,
    stages,
    stream_of,
)
from minassa.vocabulary.money import MoneyError, parse_dirhams
from minassa.web.access import PageRequest, page
from minassa.web.cases.drafting import version_of
from minassa.web.doing import done_or_said
from minassa.web.journaled import lines_of
from minassa.web.ventures.wording import KINDS, ORIGINS, countries, day_of, markets_words, saying_of, stage_words


def the_venture(actor: Actor, venture: UUID) -> Venture | None:
    """A venture, for its firm and those who read the register."""
    found = Venture.objects.select_related("enterprise", "checked").get(uuid=venture)
    return found if reads_all(actor) or is_own(actor, found) else None


@require_http_methods(["GET", "HEAD", "POST"])
@page("venture.view", subject=the_venture)
def venture_page(request: PageRequest, venture: Venture) -> HttpResponse:
    """Read a venture; tell where it stands, funds raised, consent, its end; check what it says."""
    if request.method != "POST":
        return _shown(request, venture)
    act = _ACTS.get(request.POST.get("act", ""))
    if act is None:
        raise Http404
    return done_or_said(
        request,
        venture,
        lambda: act(request, venture),
        _("C'est écrit."),
        back=lambda: reverse("venture", args=[venture.uuid]),
        said=lambda refusal, status: _shown(request, venture, refusal, status),
        family=VentureError,
    )


def _claim(request: PageRequest, venture: Venture) -> None:
    saying = saying_of(request.POST, request.POST.getlist("markets"))
    claim(request.actor, venture, saying, timezone.now(), expected=version_of(request.POST))


def _fund(request: PageRequest, venture: Venture) -> None:
    post = request.POST
    try:
        hundredths = parse_dirhams(post.get("amount", ""))
    except MoneyError as error:
        raise VentureError(_("Écrivez un montant, par exemple 1500000,00.")) from error
    on = day_of(post.get("on", "")) or timezone.localdate()
    raised = Raised(hundredths, post.get("currency", "").strip().upper(), on, post.get("source", ""))
    raise_funds(request.actor, venture, raised, timezone.now())


def _close(request: PageRequest, venture: Venture) -> None:
    close(request.actor, venture, day_of(request.POST.get("on", "")) or timezone.localdate(), timezone.now())


def _checked(*, holds: bool) -> Callable[[PageRequest, Venture], None]:
    def checked(request: PageRequest, venture: Venture) -> None:
        said, version = request.POST.get("said", ""), version_of(request.POST)
        check(request.actor, venture, said, timezone.now(), holds=holds, expected=version)

    return checked


def _agreed(*, given: bool) -> Callable[[PageRequest, Venture], None]:
    def agreed(request: PageRequest, venture: Venture) -> None:
        consent(request.actor, venture, timezone.now(), given=given)

    return agreed


_ACTS: Final[Mapping[str, Callable[[PageRequest, Venture], None]]] = {
    "claim": _claim,
    "fund": _fund,
    "close": _close,
    "holds": _checked(holds=True),
    "refused": _checked(holds=False),
    "agree": _agreed(given=True),
    "withdraw": _agreed(given=False),
}


def _shown(
    request: PageRequest, venture: Venture, refusal: VentureError | None = None, status: int = 200
) -> HttpResponse:
    actor, told = request.actor, last_claim(venture)
    runs = runs_in(settings.MINASSA_HOME / "runs")
    jobs = jobs_of(actor, venture, runs[-1] if runs else None)
    agreed = venture.consents.order_by("-pk").first()
    verdict = getattr(told, "verdict", None)
    context: dict[str, Any] = {
        "venture": venture,
        "claim": told,
        "verdict": verdict,
        "stage": stage_words(told.stage),
        "markets": markets_words(told.markets),
        "jobs": jobs,
        "jobs_origin": ORIGINS[jobs.origin],
        "fundings": venture.fundings.order_by("-on", "-pk"),
        "agreed": agreed,
        "tells": allowed(actor, "venture.tell", venture) and venture.closed_on is None,
        "consents": allowed(actor, "venture.consent", venture) and venture.closed_on is None,
        "checks": allowed(actor, "venture.check", venture) and verdict is None and told.by not in actor.hands,
        "own_hand": told.by in actor.hands and verdict is None,
        "error": refusal,
        "typed": request.POST if refusal else {},
        "log": lines_of(actor, stream_of(venture), KINDS, {one.code: one.name for one in Body.objects.all()}),
        **form_data(told.stage, told.markets, request.POST.get("product", told.product)),
    }
    return render(request, "web/ventures/one.html", context, status=status)


def form_data(stage: str = "", markets: object = (), product: str = "") -> dict[str, Any]:
    """What the form of a claim offers."""
    return {
        "stages": [(code, stage_words(code)) for code in stages()],
        "all_markets": countries(),
        "stage_now": stage,
        "markets_now": markets,
        "product_now": product,
        "today": timezone.localdate(),
    }
