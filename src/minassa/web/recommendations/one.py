"""A recommendation on one page: its origins, what it says, the session that decided, what its indicator says."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from minassa.commitments.models import Recommendation, RecommendationState
from minassa.commitments.policies import may_propose
from minassa.commitments.public import commitment_of, stream_of
from minassa.registry.models import Body
from minassa.registry.public import Actor, allowed
from minassa.steering.commitments.measuring import Measured, measured
from minassa.steering.indicators.catalogue import Catalogue
from minassa.web.access import PageRequest, page
from minassa.web.chain.following import on_agendas
from minassa.web.chain.origins import told_origins
from minassa.web.commitments.lists import row_of, told_data
from minassa.web.commitments.wording import month_words, value_words
from minassa.web.journaled import lines_of
from minassa.web.public.sheets import Bodies
from minassa.web.recommendations.forms import lead_choices
from minassa.web.recommendations.subjects import the_recommendation

KINDS = {
    "recommendation.drafted": gettext_lazy("rédigée"),
    "recommendation.proposed": gettext_lazy("proposée à un comité"),
    "recommendation.adopted": gettext_lazy("adoptée"),
    "recommendation.rejected": gettext_lazy("rejetée"),
    "recommendation.withdrawn": gettext_lazy("abandonnée"),
}


@require_safe
@page("commitment.view", subject=the_recommendation)
def recommendation_page(request: PageRequest, row: Recommendation) -> HttpResponse:
    """One recommendation, from its origins to the measure of what it became."""
    origins, others = told_origins(request.actor, row.origins)
    context = {
        "row": row,
        "lead": dict(lead_choices()).get(row.lead, row.lead),
        "due": month_words(row.due_month),
        "target": target_words(row),
        "indicator": Catalogue.all().get(row.indicator),
        "reads_indicators": allowed(request.actor, "indicator.view"),
        "origins": origins,
        "others": others,
        "agendas": on_agendas(request.actor, [row]).get(str(row.uuid), ()),
        "acts": _acts(request.actor, row),
        "log": lines_of(request.actor, stream_of(row.pk), KINDS, {one.code: one.name for one in Body.objects.all()}),
        **adopted(request.actor, row),
        **told_data(),
    }
    return render(request, "web/recommendations/one.html", context)


def target_words(row: Recommendation) -> str:
    """What is aimed at, in the unit of the indicator; empty without a number."""
    return "" if row.target_value is None else value_words(commitment_of(row).unit, row.target_value)


def adopted(actor: Actor, row: Recommendation) -> dict[str, Any]:
    """What an adopted recommendation has become: its commitment with its measure; nothing for another."""
    if row.state != RecommendationState.ADOPTED:
        return {"followed": None}
    found: Measured = measured(actor, [commitment_of(row)])[0]
    return {"followed": row_of(found, Bodies.registered(), None)}


def _acts(actor: Actor, row: Recommendation) -> frozenset[str]:
    """What this reader may do of it now."""
    if not (allowed(actor, "recommendation.propose", row) and may_propose(actor, row)):
        return frozenset()
    if row.state == RecommendationState.DRAFT:
        return frozenset({"propose", "give_up"})
    return frozenset({"give_up"}) if row.state == RecommendationState.PROPOSED else frozenset()
