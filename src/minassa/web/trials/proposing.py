"""A reform put to a committee from its own page, and taken back as long as nobody decided."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from minassa.reforms.models import Proposal, Reform
from minassa.reforms.public import proposal_of, propose, reforms_for, withdraw
from minassa.registry.public import Actor
from minassa.vocabulary.periods import first_day, parse_month
from minassa.web.access import PageRequest, page
from minassa.web.doing import done_or_told
from minassa.web.trials.subjects import the_reform


def the_proposal(actor: Actor, proposal: UUID) -> Proposal:
    """The proposal of an address; DoesNotExist when the actor may not read its reform."""
    found = proposal_of(str(proposal))
    reforms_for(actor).get(pk=found.revision.reform_id)
    return found


def reform_of_proposal(proposal: Proposal) -> Reform:
    """What the policy is asked about."""
    return proposal.revision.reform


@require_POST
@page("reform.propose", subject=the_reform)
def propose_reform(request: PageRequest, reform: Reform) -> HttpResponse:
    """Put the last version of a reform to a committee."""

    def act() -> None:
        starts = first_day(parse_month(request.POST.get("month", "").strip()))
        propose(request.actor, reform, starts, request.POST.get("ground", ""), timezone.now())

    done_or_told(request, act, _("La réforme attend une séance : le secrétariat la met à un ordre du jour."))
    return HttpResponseRedirect(reverse("reform", args=[reform.uuid]) + "#comite")


@require_POST
@page("reform.propose", subject=the_proposal, on=reform_of_proposal)
def withdraw_proposal(request: PageRequest, proposal: Proposal) -> HttpResponse:
    """Take a proposal back."""
    done_or_told(request, lambda: withdraw(request.actor, proposal, timezone.now()), _("La proposition est retirée."))
    return HttpResponseRedirect(reverse("reform", args=[proposal.revision.reform.uuid]) + "#comite")
