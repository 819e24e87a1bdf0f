"""Every recommendation, where it comes from and where it stands; also as a file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from minassa.commitments.models import Recommendation, RecommendationState
from minassa.registry.public import Actor, allowed
from minassa.vocabulary.periods import format_month
from minassa.web.access import PageRequest, page
from minassa.web.cases.tables import FORMATS, MOST, Amount, Cell, exported
from minassa.web.chain.origins import Told, told_origins
from minassa.web.commitments.wording import month_words
from minassa.web.listing import PAGE_ROWS, asked, in_order, paged, start_of
from minassa.web.recommendations.forms import lead_choices

FILTERS: Final = ("etat", "chef", "origine")
SORTS: Final = {"reference": "pk", "due": "due_month", "lead": "lead", "state": "state"}


@dataclass(frozen=True, slots=True)
class Line:
    """A recommendation as a line, with the origins that the reader may know of and the number of others."""

    row: Recommendation
    lead: str
    due: str
    origins: list[Told]
    others: int


@require_safe
@page("commitment.view")
def recommendations_page(request: PageRequest) -> HttpResponse:
    """Recommendations under the filters of the address, or the same as a file."""
    rows = Recommendation.objects.order_by("-pk")
    ordered = in_order(rows, request.GET.get("sort", ""), SORTS)
    rows = rows if ordered is None else ordered
    kept = [row for row in rows[:MOST] if _asked(row, request.GET)]
    if request.GET.get("format") in FORMATS:
        return exported("recommandations", request.GET["format"], _headings(), _cells(request.actor, kept))
    start = start_of(request.GET)
    shown = kept[start : start + PAGE_ROWS + 1]
    context = {
        "lines": lines_of(request.actor, shown[:PAGE_ROWS]),
        "total": len(kept),
        "states": RecommendationState.choices,
        "leads": lead_choices()[1:],
        "may_write": allowed(request.actor, "recommendation.write"),
        **asked(request.GET, FILTERS),
        **paged(start, shown),
    }
    return render(request, "web/recommendations/list.html", context)


def lines_of(actor: Actor, rows: list[Recommendation]) -> list[Line]:
    """Recommendations as lines for a reader."""
    names = dict(lead_choices())
    return [
        Line(row, names.get(row.lead, row.lead), month_words(row.due_month), *told_origins(actor, row.origins))
        for row in rows
    ]


def _asked(row: Recommendation, given: QueryDict) -> bool:
    told = {"etat": row.state, "chef": row.lead}
    kinds = {one["kind"] for one in row.origins}
    kind = given.get("origine", "")
    return all(not given.get(name) or given[name] == value for name, value in told.items()) and (
        not kind or kind in kinds
    )


def _headings() -> list[str]:
    return [
        *(_("Référence"), _("Action"), _("S'adresse à"), _("Chef de file"), _("Partenaires"), _("Durée (mois)")),
        *(_("Coût (DH)"), _("Indicateur"), _("Échéance"), _("État"), _("Origines"), _("Séance")),
    ]


def _cells(actor: Actor, rows: list[Recommendation]) -> Iterator[tuple[Cell, ...]]:
    for line in lines_of(actor, rows):
        row = line.row
        yield (
            *(row.reference, row.action, str(row.get_level_display()), line.lead, row.partners),
            row.duration_months or "",
            "" if row.cost_cents is None else Amount(row.cost_cents),
            *(row.indicator, format_month(row.due_month), str(row.get_state_display())),
            " ; ".join(f"{one.label} : {one.title}" for one in line.origins),
            row.sitting,
        )
