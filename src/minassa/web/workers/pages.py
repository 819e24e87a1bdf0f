"""What an employee sees of the premiums claimed in his or her name, and how to contest one of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from minassa.claims.public import Claimed, ClaimError, ClaimState, WrongCode, claimed_for, contest_own
from minassa.intake.public import lake
from minassa.registry.public import TooOften
from minassa.vocabulary.errors import MinassaError
from minassa.web.access import PageRequest, public_page
from minassa.web.claims.showing import measure_name, period_words
from minassa.web.marks import Mark
from minassa.web.workers.holding import sealed, typed, unsealed

TOO_MANY, UNPROCESSABLE, UNAVAILABLE = 429, 422, 503
_WAITING: Final = Mark("progress", "info", gettext_lazy("en cours d'examen"))
STATES: Final = {
    ClaimState.OPEN: Mark("pen", "waiting", gettext_lazy("préparée ; votre entreprise ne l'a pas encore signée")),
    ClaimState.CONTESTED: Mark("waiting", "waiting", gettext_lazy("votre entreprise dit qu'il y a une erreur")),
    ClaimState.SIGNED: _WAITING,
    ClaimState.IN_CONTROL: _WAITING,
    ClaimState.TO_DECIDE: _WAITING,
    ClaimState.HEARING: _WAITING,
    ClaimState.SUSPENDED: _WAITING,
    ClaimState.ACCEPTED: Mark("done", "action", gettext_lazy("acceptée, pas encore payée à l'entreprise")),
    ClaimState.CUT: Mark("half", "action", gettext_lazy("acceptée en partie, pas encore payée à l'entreprise")),
    ClaimState.REFUSED: Mark("refused", "wrong", gettext_lazy("refusée : elle n'est pas payée")),
    ClaimState.PAID: Mark("done", "action", gettext_lazy("payée à l'entreprise")),
}
"""Where a premium stands, in plain words."""
MEANINGS: Final[dict[str, str | Promise]] = {
    "air": gettext_lazy("une aide de l'État sur l'impôt retenu sur votre salaire"),
    "pae": gettext_lazy("une prime versée à l'entreprise parce qu'elle vous a embauché et gardé 18 mois"),
    "paf": gettext_lazy("une prime versée à l'entreprise pour vous former"),
}
"""What each premium is, in plain words."""


@dataclass(frozen=True, slots=True)
class Told:
    """A premium claimed in the name of an employee, in plain words."""

    claimed: Claimed
    measure: str
    meaning: str | Promise
    period: str
    mark: Mark


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("number", "code", "held")
@public_page
def worker(request: PageRequest) -> HttpResponse:
    """The form, then what is claimed in the name of the employee whose number and code were shown."""
    if request.method != "POST":
        return _answer(request, "web/workers/enter.html", {})
    shown = typed(request)
    try:
        found = claimed_for(shown, lake().pseudonyms(), timezone.now())
    except MinassaError as refusal:
        return _answer(request, "web/workers/enter.html", {"refusal": refusal.message}, _status(refusal))
    return _answer(request, "web/workers/claimed.html", {"rows": [_told(one) for one in found], "held": sealed(shown)})


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("held", "reason")
@public_page
def contest(request: PageRequest) -> HttpResponse:
    """Contest a premium claimed in one's own name: it is not paid until somebody has answered."""
    shown = unsealed(request) if request.method == "POST" else None
    if shown is None:
        return HttpResponseRedirect(reverse("worker"))
    try:
        claim, line = _chosen(request)
        reason = request.POST.get("reason", "").replace("\x00", "")
        made = contest_own(shown, claim, line, reason, lake().pseudonyms(), timezone.now())
    except MinassaError as refusal:
        context = {"refusal": refusal.message, **_again(request)}
        return _answer(request, "web/workers/refused.html", context, _status(refusal))
    return _answer(request, "web/workers/contested.html", {"contest": made})


def _chosen(request: PageRequest) -> tuple[UUID, int]:
    """The claim and the line of the form; WrongCode when it names none."""
    try:
        line = request.POST.get("line", "")
        return UUID(request.POST.get("claim", "")), int(line) if len(line) < 18 else -1  # noqa: PLR2004
    except ValueError as error:
        raise WrongCode(_("Cette prime n'est pas demandée en votre nom.")) from error


def _again(request: PageRequest) -> dict[str, str]:
    """What was sent, to be sent again once it is put right."""
    return {name: request.POST.get(name, "") for name in ("held", "claim", "line", "reason")}


def _status(refusal: MinassaError) -> int:
    if isinstance(refusal, TooOften):
        return TOO_MANY
    return UNPROCESSABLE if isinstance(refusal, ClaimError) else UNAVAILABLE


def _told(one: Claimed) -> Told:
    return Told(
        one,
        measure_name(one.measure),
        MEANINGS.get(one.measure, ""),
        period_words(one.measure, one.period),
        STATES[ClaimState(one.state)],
    )


def _answer(request: PageRequest, template: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    """A page that no cache keeps: the next person at the same desk must not find it."""
    response = render(request, template, context, status=status)
    patch_cache_control(response, private=True, no_store=True)
    return response
