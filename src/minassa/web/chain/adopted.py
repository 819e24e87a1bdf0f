"""Recommendations that committees adopted, for everyone: what is done, who leads, what is measured; never who spoke."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from minassa.commitments.models import Recommendation, RecommendationState
from minassa.commitments.public import commitment_of
from minassa.outlook.disclosure.parameters import control
from minassa.registry.public import system_actor
from minassa.steering.commitments.measuring import Standing, measured
from minassa.vocabulary.periods import format_month
from minassa.web.access import public_page
from minassa.web.chain.origins import Origins, Tally, tallied
from minassa.web.commitments.lists import Row, row_of, told_data
from minassa.web.commitments.wording import month_words
from minassa.web.listing import asked
from minassa.web.marks import mark_of
from minassa.web.public.exports import TYPES, exported
from minassa.web.public.pages import keep, language, shown
from minassa.web.public.sheets import Bodies

FILTERS: Final = ("origine", "etat")
EVERYONE: Final = "open-data"
"""Values are those that open data tells: none that is cut by filière or by place."""


@dataclass(frozen=True, slots=True)
class Adopted:
    """An adopted recommendation with its commitment in words, and where it comes from by kind and number alone."""

    row: Recommendation
    followed: Row
    due: str
    origins: list[Tally]

    @property
    def standing(self) -> Standing:
        """Where its commitment stands."""
        return self.followed.found.standing


ORDERS: Final[dict[str, Callable[[Adopted], Any]]] = {
    "adopted": lambda one: one.row.decided_at,
    "lead": lambda one: one.followed.owner,
    "due": lambda one: one.row.due_month,
    "standing": lambda one: list(Standing).index(one.standing),
}


@require_safe
@public_page
def adopted_page(request: HttpRequest) -> HttpResponse:
    """Every adopted recommendation, the latest first, under the filters of the address; or the same as a file."""
    every = adopted()
    rows = [one for one in every if _asked(one, request.GET.get("origine", ""), request.GET.get("etat", ""))]
    key = request.GET.get("sort", "")
    if (name := key.removeprefix("-")) in ORDERS:
        rows.sort(key=ORDERS[name], reverse=key.startswith("-"))
    kind = request.GET.get("format", "")
    if kind in TYPES:
        return keep(request, exported(kind, "recommandations-adoptees", [_line(one) for one in rows], _note()))
    context = {
        "rows": rows,
        "kinds": [(one.code, one.label) for one in Origins.all().values()],
        "states": [(one.value, mark_of(one.value, "standing", language()).text) for one in Standing],
        "fewest": control().fewest_firms,
        "sort": key,
        **told_data(),
        **asked(request.GET, FILTERS),
    }
    return keep(request, shown(request, "web/chain/adopted.html", context))


def adopted() -> list[Adopted]:
    """Every adopted recommendation as everyone may know of it, the latest first."""
    kept = Recommendation.objects.filter(state=RecommendationState.ADOPTED).order_by("-decided_at", "-pk")
    rows, bodies, fewest = list(kept), Bodies.registered(), control().fewest_firms.value
    found = measured(system_actor(EVERYONE), [commitment_of(row) for row in rows])
    return [
        Adopted(row, row_of(one, bodies, None), month_words(row.due_month), tallied(row.origins, fewest))
        for row, one in zip(rows, found, strict=True)
    ]


def _asked(one: Adopted, kind: str, state: str) -> bool:
    return (not kind or kind in {tally.kind for tally in one.origins}) and state in {"", one.standing.value}


def _note() -> str:
    """What must go with what an invented nation said."""
    invented = _("données synthétiques : personnes, entreprises et montants inventés")
    return invented if settings.MINASSA_DEMONSTRATION else ""


def _line(one: Adopted) -> dict[str, Any]:
    """A line of an export; the value measured is in the unit of its indicator."""
    point = one.followed.found.point
    return {
        "reference": one.row.reference,
        "action": one.row.action,
        "chef_de_file": one.followed.owner,
        "origines": " ; ".join(f"{tally.label} : {_number(tally)}" for tally in one.origins),
        "adoptee_le": timezone.localdate(one.row.decided_at).isoformat() if one.row.decided_at else "",
        "seance": one.row.sitting,
        "echeance": format_month(one.row.due_month),
        "indicateur": one.row.indicator,
        "unite": one.row.unit,
        "cible": one.row.target_value,
        "mesure": point.value if point else None,
        "mesure_a_fin": format_month(point.period) if point else "",
        "etat": one.standing.value,
    }


def _number(tally: Tally) -> str:
    return _("nombre non montré") if tally.number is None else str(tally.number)
