"""The page for everyone: the list in force and its criteria, how much of the quota is used; the list as a file."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, Final

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from minassa.onestop.public import in_force
from minassa.outlook.disclosure.parameters import control
from minassa.registry.public import allowed
from minassa.visas.models import ShortageList, VisaState
from minassa.visas.public import QUOTAS, Used, adopted_lists, ledger_of, list_in_force, parameter_on, quota_used
from minassa.vocabulary.periods import format_month
from minassa.web.access import PageRequest, public_page
from minassa.web.cases.tables import FORMATS, Cell
from minassa.web.gaps.asked import occupation_name, region_name
from minassa.web.gaps.wording import CLASSES
from minassa.web.money.exports import file
from minassa.web.public.pages import keep, shown
from minassa.web.public.sheets import fast_delays
from minassa.web.visas import wording

PROCEDURE: Final = "work_authorisation"
"""The procedure that the list makes faster."""


@require_safe
@public_page
def visa_page(request: PageRequest) -> HttpResponse:
    """What the Talent Visa is, which occupations are listed where, and how many places are left."""
    today = timezone.localdate()
    listed = list_in_force(today)
    if listed is not None and request.GET.get("format") in FORMATS:
        return file("metiers-en-penurie", request.GET["format"], _headings(), _cells(listed))
    nation, regions = quota_used(today)
    context = {
        "listed": listed,
        "entries": entry_rows(listed) if listed else [],
        "criteria": wording.criterion_rows(listed.criteria) if listed else [],
        "lists": adopted_lists(),
        "nation": nation,
        "regions": [(region_name(one.subject), _told(one), one) for one in regions if one.used],
        "quotas": [(wording.QUOTAS[name], parameter_on(name, today)) for name in QUOTAS],
        "ledger": _ledger(today.year),
        "year": today.year,
        "fast": _fast(today),
        "formats": FORMATS,
        "fewest": control().fewest_persons,
        "may_follow": allowed(request.actor, "visa.list"),
    }
    return keep(request, shown(request, "web/visas/public.html", context))


def _fast(today: date) -> list[dict[str, Any]]:
    """What the list changes; nothing while the procedure is not published."""
    found = next((one for one in in_force(today) if one.code == PROCEDURE), None)
    return fast_delays(found, today) if found else []


def entry_rows(listed: ShortageList) -> list[dict[str, Any]]:
    """The entries of a list in words."""
    return [
        {
            **one,
            "name": occupation_name(one["occupation"]),
            "place": region_name(one["region"]),
            "sign": CLASSES[one["tension"]][0],
            "label": CLASSES[one["tension"]][1],
        }
        for one in listed.entries
    ]


def _told(one: Used) -> bool:
    """Whether the use of a region is told: those behind it are not too few."""
    return one.used >= control().fewest_persons.value


def _ledger(year: int) -> list[tuple[str, int]]:
    counted = ledger_of(year)
    return [(str(VisaState(state).label), counted[state]) for state in VisaState.values]


def _headings() -> list[str]:
    head = [_("Liste"), _("Vaut à partir du"), _("CITP-08"), _("Métier"), _("Région"), _("Douze mois jusqu'à fin")]
    return [*head, _("Classe"), _("Écart"), _("80 % : bas"), _("80 % : haut"), _("En poste avant")]


def _cells(listed: ShortageList) -> Iterator[tuple[Cell, ...]]:
    for one in entry_rows(listed):
        head = (listed.number or 0, listed.effective_on.isoformat(), one["occupation"], one["name"], one["place"])
        numbers = (one["gap"], one["low_80"], one["high_80"], one["before"])
        yield (*head, format_month(one["month"]), str(one["label"]), *numbers)
