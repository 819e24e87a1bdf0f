"""The contract-programme on one page: every commitment with its owner, path, measure and standing; also as a file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from minassa.commitments.models import Followup
from minassa.commitments.public import commitments, latest_followups, shipped
from minassa.registry.public import Actor, allowed
from minassa.steering.commitments.measuring import Measured, Standing, data_scale, measured
from minassa.vocabulary.periods import format_month, month_of
from minassa.vocabulary.statuses import label
from minassa.web.access import PageRequest, page
from minassa.web.cases.tables import Cell
from minassa.web.commitments.gantt import PHONE_WIDTH, WIDTH, gantt
from minassa.web.commitments.wording import (
    UNITS,
    owner_words,
    programme_words,
    step_words,
    value_words,
    words,
)
from minassa.web.indicators import wording
from minassa.web.indicators.exports import FORMATS, taken_away
from minassa.web.indicators.listing import cell
from minassa.web.listing import asked
from minassa.web.marks import mark_of
from minassa.web.public.pages import language
from minassa.web.public.sheets import Bodies

FILTERS: Final = ("programme", "etat", "responsable")
SORTS: Final = ("term", "owner", "standing")
HEADLINES: Final = 4


@dataclass(frozen=True, slots=True)
class Row:
    """A commitment as a line of the page, in words."""

    found: Measured
    title: str
    owner: str
    programme: str
    steps: tuple[tuple[str, str], ...]
    bases: tuple[tuple[str, str, str], ...]
    value: str
    period: str
    expected: str
    gap: str
    told: Followup | None

    @property
    def code(self) -> str:
        """The code in its address."""
        return self.found.commitment.code


@require_safe
@page("commitment.view")
def commitments_page(request: PageRequest) -> HttpResponse:
    """Every commitment under the filters of the address, or the same as a file."""
    every = rows_of(request.actor)
    rows = _ordered([row for row in every if _asked(row, request.GET)], request.GET.get("sort", ""))
    if request.GET.get("format") in FORMATS:
        return taken_away("engagements", request.GET["format"], _headings(), list(_cells(rows)))
    today, turned = month_of(timezone.localdate()), language() == "ar"
    named = [(row.title, row.found) for row in rows]
    sizes = {"wide": WIDTH, "narrow": PHONE_WIDTH}
    context = {
        "groups": _groups(rows),
        "total": len(rows),
        "standings": _counted(every),
        "headlines": [row for row in every if row.found.point is not None][:HEADLINES],
        "gantts": [(name, gantt(named, today, width, right_to_left=turned)) for name, width in sizes.items()],
        "programmes": list({row.found.commitment.programme: row.programme for row in every}.items()),
        "owners": list({row.found.commitment.owner: row.owner for row in every}.items()),
        "states": [(one.value, mark_of(one.value, "standing", language()).text) for one in Standing],
        "owner_source": shipped().owner_source,
        "reads_reviews": allowed(request.actor, "review.view"),
        "sources": [(words(one.titles), one.source) for one in shipped().programmes.values()],
        "may_write": allowed(request.actor, "recommendation.write"),
        "year": timezone.localdate().year,
        **told_data(),
        **asked(request.GET, FILTERS),
    }
    return render(request, "web/commitments/list.html", context)


def told_data() -> dict[str, Any]:
    """What must be known of the data: invented, and at which size."""
    scale = data_scale()
    return {"demonstration": settings.MINASSA_DEMONSTRATION, "scaled": None if scale.whole else scale}


def rows_of(actor: Actor) -> list[Row]:
    """Every commitment in words, as this reader may know it."""
    bodies, told = Bodies.registered(), latest_followups()
    return [row_of(one, bodies, told.get(one.commitment.code)) for one in measured(actor, commitments())]


def row_of(found: Measured, bodies: Mapping[str, str], told: Followup | None) -> Row:
    """A measured commitment in words."""
    one, point = found.commitment, found.point
    return Row(
        found=found,
        title=words(one.titles),
        owner=owner_words(one.owner, bodies),
        programme=programme_words(one.programme),
        steps=tuple((step_words(one, step), step.source.status) for step in one.steps),
        bases=tuple(
            (value_words(one.unit, base.value), words(base.scope), base.source.status) for base in one.baselines
        ),
        value=value_words(one.unit, point.value) if point else "",
        period=wording.period_words(found.indicator.frequency, point.period) if point and found.indicator else "",
        expected=value_words(one.unit, found.expected) if found.expected is not None else "",
        gap=value_words(one.unit, found.gap) if found.gap is not None else "",
        told=told,
    )


def _asked(row: Row, given: Mapping[str, str]) -> bool:
    told = {
        "programme": row.found.commitment.programme,
        "etat": row.found.standing.value,
        "responsable": row.found.commitment.owner,
    }
    return all(not given.get(name) or given[name] == value for name, value in told.items())


def _ordered(rows: Sequence[Row], sort: str) -> list[Row]:
    keys = {
        "term": lambda row: row.found.commitment.last_step.month if row.found.commitment.last_step else 10**6,
        "owner": lambda row: row.owner,
        "standing": lambda row: list(Standing).index(row.found.standing),
    }
    key = keys.get(sort.removeprefix("-"))
    return list(rows) if key is None else sorted(rows, key=key, reverse=sort.startswith("-"))


def _groups(rows: Sequence[Row]) -> list[tuple[str, list[Row]]]:
    names = dict.fromkeys(row.programme for row in rows)
    return [(name, [row for row in rows if row.programme == name]) for name in names]


def _counted(rows: Sequence[Row]) -> list[tuple[str, int]]:
    counts = Counter(row.found.standing for row in rows)
    return [(one.value, counts[one]) for one in Standing if counts[one]]


def _headings() -> list[str]:
    return [
        *(
            _("Code"),
            _("Programme"),
            _("Engagement"),
            _("Responsable"),
            _("Unité"),
            _("Échéance"),
            _("Cible"),
            _("Statut"),
        ),
        *(_("Indicateur"), _("Mesuré"), _("Période"), _("Attendu par le chemin"), _("État"), _("Prochaine étape")),
    ]


def _cells(rows: Sequence[Row]) -> Iterator[tuple[Cell | None, ...]]:
    for row in rows:
        one, found = row.found.commitment, row.found
        unit, step = UNITS[one.unit], one.last_step
        point = found.point
        yield (
            *(one.code, row.programme, row.title, row.owner, str(wording.UNITS[unit])),
            format_month(step.month) if step and step.month is not None else "",
            cell(unit, step.value) if step else "",
            label(one.steps[-1].source.status, language()) if one.steps else "",
            one.indicator,
            cell(unit, point.value) if point else "",
            format_month(point.period) if point else "",
            cell(unit, found.expected) if found.expected is not None else "",
            str(mark_of(found.standing.value, "standing", language()).text),
            row.told.next_step if row.told else "",
        )
