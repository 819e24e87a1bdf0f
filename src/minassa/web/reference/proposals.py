"""Proposals on the reference: listed, made, discussed, decided."""

from __future__ import annotations

from typing import Final

from django.contrib import messages
from django.db.models import Count
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from minassa.registry.models import Body
from minassa.registry.public import Actor, allowed
from minassa.skills.models import Proposal
from minassa.skills.public import decide, remark, stream_of, voices_needed, withdraw
from minassa.web.access import PageRequest, page
from minassa.web.doing import UNPROCESSABLE, done_in, done_or_told
from minassa.web.journaled import hands_of, lines_of
from minassa.web.listing import PAGE_ROWS, paged, start_of
from minassa.web.reference.forms import ProposalForm
from minassa.web.reference.naming import field_names, listed
from minassa.web.reference.new_forms import OccupationForm, SkillForm, SynonymForm

FORMS: Final[dict[str, type[ProposalForm | OccupationForm | SkillForm | SynonymForm]]] = {
    "metier": OccupationForm,
    "competence": SkillForm,
    "synonyme": SynonymForm,
}
PROPOSED: Final = (
    ("", gettext_lazy("Changer une entrée")),
    ("metier", gettext_lazy("Nouveau métier")),
    ("competence", gettext_lazy("Nouvelle compétence")),
    ("synonyme", gettext_lazy("Autre nom")),
)
KINDS: Final = {
    "reference.proposed": gettext_lazy("proposition déposée"),
    "reference.remarked": gettext_lazy("remarque jointe"),
    "reference.voice": gettext_lazy("voix donnée"),
    "reference.accepted": gettext_lazy("proposition retenue"),
    "reference.rejected": gettext_lazy("proposition écartée"),
    "reference.withdrawn": gettext_lazy("proposition retirée"),
}


def the_proposal(_actor: Actor, proposal: str) -> Proposal:
    """The proposal of an address. Proposal.DoesNotExist."""
    return Proposal.objects.get(uuid=proposal)


@require_safe
@page("reference.discuss")
def proposals_page(request: PageRequest) -> HttpResponse:
    """Every proposal, those under discussion first."""
    start = start_of(request.GET)
    found = Proposal.objects.annotate(said=Count("remarks")).order_by("decided_at", "-pk")
    shown = list(found.reverse()[start : start + PAGE_ROWS + 1])
    rows = [(one, ", ".join(map(str, field_names(one.values).values()))) for one in shown[:PAGE_ROWS]]
    context = {"rows": rows, "needed": voices_needed(), **paged(start, shown)}
    return render(request, "web/reference/proposals.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@page("reference.propose")
def new_proposal(request: PageRequest) -> HttpResponse:
    """Propose a change of an entry (its code may be in the address), a new one, or another name."""
    first = {"code": request.GET.get("code", ""), "what": request.GET.get("champ", "")}
    wanted = request.GET.get("quoi", "")
    form = FORMS.get(wanted, ProposalForm)(request.POST if request.method == "POST" else None, initial=first)
    made: list[Proposal] = []

    def act() -> None:
        made.append(form.propose(request.actor, timezone.now()))

    if request.method == "POST" and done_in(form, act):
        messages.success(request, _("La proposition est déposée."))
        return HttpResponseRedirect(reverse("reference-proposal", args=[made[0].uuid]))
    status = UNPROCESSABLE if request.method == "POST" else 200
    context = {"form": form, "here": wanted if wanted in FORMS else "", "code": first["code"], "kinds": PROPOSED}
    return render(request, "web/reference/propose.html", context, status=status)


@require_safe
@page("reference.discuss", subject=the_proposal)
def proposal_page(request: PageRequest, proposal: Proposal) -> HttpResponse:
    """A proposal: what changes, why, what is said of it, the voices, its journal."""
    actor, names = request.actor, dict(Body.objects.values_list("code", "name"))
    said = list(proposal.remarks.order_by("pk"))
    voices = list(proposal.voices.order_by("pk"))
    authors = {proposal.proposed_by, *(one.by for one in said), *(one.by for one in voices)}
    hands = hands_of(actor, authors, names)
    context = {
        "proposal": proposal,
        "author": hands[proposal.proposed_by],
        "changes": [
            (label, listed(proposal.before.get(name)), listed(proposal.values[name]))
            for name, label in field_names(proposal.values).items()
        ],
        "new_entry": not proposal.before and "add_synonyms" not in proposal.values,
        "remarks": [(one, hands[one.by]) for one in said],
        "voices": [(one, hands[one.by]) for one in voices],
        "needed": voices_needed(),
        "open": proposal.state == "proposed",
        "may_withdraw": allowed(actor, "reference.withdraw", proposal),
        "may_decide": allowed(actor, "reference.decide", proposal)
        and not actor.hands & {proposal.proposed_by, *(one.by for one in voices)},
        "log": lines_of(actor, stream_of(proposal.pk), KINDS, names),
    }
    return render(request, "web/reference/proposal.html", context)


@require_POST
@page("reference.discuss", subject=the_proposal)
def remark_proposal(request: PageRequest, proposal: Proposal) -> HttpResponse:
    """Say something of a proposal."""
    text = request.POST.get("text", "")
    done_or_told(
        request, lambda: remark(request.actor, proposal, text, timezone.now()), _("Votre remarque est jointe.")
    )
    return _back(proposal)


@require_POST
@page("reference.decide", subject=the_proposal)
def decide_proposal(request: PageRequest, proposal: Proposal) -> HttpResponse:
    """Give one's voice, for (`oui`) or against."""
    favour, ground = request.POST.get("voix") == "oui", request.POST.get("ground", "")
    done_or_told(
        request,
        lambda: decide(request.actor, proposal, ground, timezone.now(), favour=favour),
        _("Votre voix est donnée."),
    )
    return _back(proposal)


@require_POST
@page("reference.withdraw", subject=the_proposal)
def withdraw_proposal(request: PageRequest, proposal: Proposal) -> HttpResponse:
    """Withdraw one's own proposal."""
    done_or_told(request, lambda: withdraw(request.actor, proposal, timezone.now()), _("La proposition est retirée."))
    return _back(proposal)


def _back(proposal: Proposal) -> HttpResponse:
    return HttpResponseRedirect(reverse("reference-proposal", args=[proposal.uuid]))
