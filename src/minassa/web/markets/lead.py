"""A lead on one page: what it wants, P2I proposed with reasons, their answers, how it ended, jobs declared since."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from minassa.markets.models import Lead, LeadState, Proposed, Reply
from minassa.markets.public import (
    LEAD_MOVES,
    MarketError,
    Offer,
    answer,
    decline,
    language_name,
    lose,
    market_parameters,
    promotes,
    propose,
    qualify,
    stream_of,
    win,
)
from minassa.outlook.markets.matching import Match
from minassa.platforms.public import unit
from minassa.registry.models import Body, Enterprise, Park
from minassa.registry.public import Actor, allowed, sees_enterprise
from minassa.steering.markets.counting import latest_declared
from minassa.steering.markets.proposing import Proposals, proposals_for
from minassa.vocabulary.money import MoneyError, parse_dirhams
from minassa.web import writing
from minassa.web.access import PageRequest, page
from minassa.web.cases.drafting import version_of
from minassa.web.doing import status_of
from minassa.web.journaled import lines_of
from minassa.web.markets.leads import until_of
from minassa.web.markets.subjects import the_lead
from minassa.web.markets.wording import (
    LONGEST,
    REASONS,
    company_of,
    filiere_name,
    month_of_text,
    month_words,
    name_of,
    source_words,
    text_of,
    whole_of,
)
from minassa.web.platforms.wording import unit_name
from minassa.web.public.pages import language

_KINDS: Final = {
    "market.lead-open": gettext_lazy("piste ouverte"),
    "market.lead-qualify": gettext_lazy("piste qualifiée"),
    "market.lead-propose": gettext_lazy("piste proposée à une P2I"),
    "market.lead-answer": gettext_lazy("une P2I a fait une offre"),
    "market.lead-decline": gettext_lazy("une P2I a décliné"),
    "market.lead-win": gettext_lazy("contrat signé"),
    "market.lead-lose": gettext_lazy("piste perdue"),
}
_WRITTEN: Final = frozenset({"qualify", "propose", "win", "lose"})


@require_http_methods(["GET", "HEAD", "POST"])
@page("market.lead", subject=the_lead)
def lead_page(request: PageRequest, lead: Lead) -> HttpResponse:
    """Read a lead; qualify it, propose it, answer it, say how it ended."""
    if request.method != "POST":
        return _shown(request, lead)
    act = _ACTS.get(request.POST.get("act", ""))
    if act is None:
        raise Http404
    try:
        act(request, lead, version_of(request.POST))
    except MarketError as refusal:
        lead.refresh_from_db()
        return _shown(request, lead, refusal=refusal)
    messages.success(request, _("C'est écrit."))
    return HttpResponseRedirect(reverse("market-lead", args=[lead.uuid]))


def _qualify(request: PageRequest, lead: Lead, version: int | None) -> None:
    qualify(request.actor, lead, timezone.now(), expected=version)


def _propose(request: PageRequest, lead: Lead, version: int | None) -> None:
    place = _place(request)
    reasons = proposals_for(lead, settings.MINASSA_HOME, timezone.localdate()).reasons_of(place)
    propose(request.actor, lead, place, reasons, timezone.now(), expected=version)


def _answer(request: PageRequest, lead: Lead, version: int | None) -> None:
    post, wrong = request.POST, _("Dites combien de places, et dans combien de jours.")
    offer = Offer(
        places=whole_of(post.get("places", ""), wrong),
        delay_days=whole_of(post.get("delay_days", ""), wrong),
        cents_post_month=_price(post.get("price", "")),
        price_source=text_of(post, "price_source", 300),
        said=text_of(post, "said", LONGEST),
    )
    answer(request.actor, lead, _place(request), offer, timezone.now(), expected=version)


def _decline(request: PageRequest, lead: Lead, version: int | None) -> None:
    decline(
        request.actor, lead, _place(request), text_of(request.POST, "said", LONGEST), timezone.now(), expected=version
    )


def _win(request: PageRequest, lead: Lead, version: int | None) -> None:
    post = request.POST
    firm = Enterprise.objects.filter(ice="".join(text_of(post, "ice").split())).first()
    if firm is None:
        raise MarketError(_("Aucune entreprise du registre ne porte cet ICE."))
    signed = month_of_text(post.get("signed_month", ""))
    jobs = whole_of(post.get("jobs_promised", ""), _("Dites combien d'emplois sont promis."))
    win(request.actor, lead, firm, signed, jobs, timezone.now(), expected=version)


def _lose(request: PageRequest, lead: Lead, version: int | None) -> None:
    lose(request.actor, lead, text_of(request.POST, "why", LONGEST), timezone.now(), expected=version)


_ACTS: Final[Mapping[str, Callable[[PageRequest, Lead, int | None], None]]] = {
    "qualify": _qualify,
    "propose": _propose,
    "answer": _answer,
    "decline": _decline,
    "win": _win,
    "lose": _lose,
}


def _place(request: PageRequest) -> int:
    return whole_of(request.POST.get("place", ""), _("Choisissez une P2I."))


def _price(text: str) -> int | None:
    if not text.strip():
        return None
    try:
        return int(parse_dirhams(text.strip()))
    except MoneyError as error:
        raise MarketError(_("Le prix est en dirhams, avec deux décimales au plus.")) from error


def _shown(request: PageRequest, lead: Lead, *, refusal: MarketError | None = None) -> HttpResponse:
    actor, whole = request.actor, promotes(request.actor)
    can = {str(event) for event in LEAD_MOVES.events(LeadState(lead.state))}
    acts = can & _WRITTEN if allowed(actor, "market.write") else set()
    asked = [one for one in lead.proposed.order_by("pk") if whole or one.place in actor.places]
    replies = {one.proposed_id: one for one in Reply.objects.filter(proposed__in=asked)}
    owed = [one for one in asked if one.pk not in replies and one.place in actor.places]
    context: dict[str, Any] = {
        "lead": lead,
        "company": company_of(actor, lead),
        "market": name_of(lead.market),
        "filiere": filiere_name(lead.filiere),
        "languages_asked": [language_name(code, language()) for code in lead.languages],
        "by": month_words(lead.by_month),
        "whole": whole,
        "acts": acts,
        "asked": [_asked(one, replies.get(one.pk)) for one in asked],
        "owed": [(one.place, unit_name(unit(one.place))) for one in owed] if "answer" in can else [],
        "accepted": any(one.accepted for one in replies.values()),
        "error": refusal,
        "typed": request.POST if refusal else {},
    }
    if "propose" in acts:
        context |= _proposals(lead, {one.place for one in asked})
    if whole:
        names = {one.code: one.name for one in Body.objects.all()}
        context |= {"log": lines_of(actor, stream_of(lead), _KINDS, names), **_declared(actor, lead)}
    return render(request, "web/markets/lead.html", context, status=status_of(refusal) if refusal else 200)


def _asked(one: Proposed, reply: Reply | None) -> dict[str, Any]:
    return {"proposed": one, "name": unit_name(unit(one.place)), "reply": reply, "reasons": list(_told(one.reasons))}


def _told(reasons: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for one in reasons:
        yield {**one, "name": REASONS[one["reason"]], "from": source_words(one["reason"], one["source"])}


def _proposals(lead: Lead, asked: set[int]) -> dict[str, Any]:
    found = proposals_for(lead, settings.MINASSA_HOME, timezone.localdate())
    return {
        "proposals": [_match(found, one) for one in found.matches if one.place not in asked],
        "managed": set(Park.objects.values_list("place", flat=True)),
        "proposed_until": found.until,
        "parameters": list(market_parameters().values()),
    }


def _match(found: Proposals, one: Match) -> dict[str, Any]:
    return {
        "place": one.place,
        "name": unit_name(unit(one.place)),
        "points": writing.percent(one.points, language()),
        "reasons": list(_told(found.reasons_of(one.place))),
    }


def _declared(actor: Actor, lead: Lead) -> dict[str, Any]:
    """The jobs that the firm of a contract has declared since, for a lead that was won."""
    if lead.state != LeadState.WON or lead.signed_month is None:
        return {}
    document = latest_declared(settings.MINASSA_HOME)
    return {
        "signed": month_words(lead.signed_month),
        "sees_firm": lead.enterprise is not None and sees_enterprise(actor, lead.enterprise),
        "declared": document["declared"].get(str(lead.uuid)) if document else None,
        "declared_run": document["run"] if document else "",
        "until": until_of(document),
    }
