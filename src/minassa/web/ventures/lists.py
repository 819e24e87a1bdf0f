"""The public list of SMEs and start-ups that agreed to it, with the aim of 3,000; by right, the whole register."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from django.conf import settings
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from minassa.commitments.public import commitment_named
from minassa.entitlements.runs import runs_in
from minassa.registry.public import Actor, allowed
from minassa.steering.ventures.jobs import Origin, jobs_of, sums
from minassa.ventures.models import Kind, Venture
from minassa.ventures.public import counted, definition, public_ventures, reads_all, stages, to_check
from minassa.web.access import public_page
from minassa.web.cases.tables import FORMATS, exported
from minassa.web.commitments.wording import step_words
from minassa.web.listing import asked
from minassa.web.navigation import actor_on
from minassa.web.ventures.drawing import by_market, by_stage
from minassa.web.ventures.wording import ORIGINS, countries, markets_words, stage_words

FILTERS: Final = ("q", "nature", "stade", "marche")
SORTS: Final = ("name", "stage")


@require_safe
@public_page
def ventures_page(request: HttpRequest) -> HttpResponse:
    """Ventures under the filters of the address, or the same as a file; the register of whoever may read it."""
    actor, every = actor_on(request), list(public_ventures())
    rows = _ordered([row for row in every if _asked(row, request.GET)], request.GET.get("sort", ""))
    if request.GET.get("format") in FORMATS:
        name = "jeunes-pousses" + ("-synthetique" if settings.MINASSA_DEMONSTRATION else "")
        return exported(name, request.GET["format"], _headings(), _cells(rows))
    shown = {code for row in every if row.checked for code in row.checked.markets}
    context = {
        "rows": [_row(row) for row in rows],
        "drawings": [(_("Par stade"), "par-stade", by_stage(rows)), (_("Par marché"), "par-marche", by_market(rows))],
        "kinds": Kind.choices,
        "stages": [(code, stage_words(code), one) for code, one in stages().items()],
        "markets": [pair for pair in countries() if pair[0] in shown],
        "registers": actor.signed_in and allowed(actor, "venture.register"),
        "imports": actor.signed_in and allowed(actor, "venture.import"),
        "followed": _followed(actor),
        "jobs": _jobs(actor),
        **_target(actor),
        **asked(request.GET, FILTERS),
    }
    return render(request, "web/ventures/list.html", context)


def _target(actor: Actor) -> dict[str, Any]:
    """The aim, what counts against it and how many do."""
    target = definition().target
    one = commitment_named(target.commitment)
    steps = [(step_words(one, step), step.source) for step in one.steps] if one else []
    reads = one is not None and actor.signed_in and allowed(actor, "commitment.view", one)
    return {"target": target, "steps": steps, "counted": counted().count(), "reads_commitment": reads}


def _asked(row: Venture, given: Mapping[str, str]) -> bool:
    told = row.checked
    if told is None:
        return False
    word = given.get("q", "").strip().casefold()
    return (
        (not word or word in f"{row.name} {told.product}".casefold())
        and given.get("nature", "") in {"", row.kind}
        and given.get("stade", "") in {"", told.stage}
        and (not given.get("marche") or given["marche"] in told.markets)
    )


def _ordered(rows: Sequence[Venture], sort: str) -> list[Venture]:
    if sort.removeprefix("-") not in SORTS:
        return list(rows)
    order = list(stages())
    by_stage_rank = sort.removeprefix("-") == "stage"

    def key(row: Venture) -> tuple[int, str]:
        rank = order.index(row.checked.stage) if by_stage_rank and row.checked else 0
        return (rank, row.name.casefold())

    return sorted(rows, key=key, reverse=sort.startswith("-"))


def _row(row: Venture) -> dict[str, Any]:
    told = row.checked
    assert told is not None  # noqa: S101 (public ventures are checked)
    return {"venture": row, "stage": stage_words(told.stage), "claim": told, "markets": markets_words(told.markets)}


def _followed(actor: Actor) -> list[tuple[Venture, bool]]:
    """The register as the actor may read it, each with whether its last claim awaits another hand."""
    if not actor.signed_in:
        return []
    seen = Venture.objects.all() if reads_all(actor) else Venture.objects.filter(Q(enterprise__in=actor.enterprises()))
    waiting = set(to_check().values_list("pk", flat=True))
    return [(row, row.pk in waiting) for row in seen.order_by("name", "pk")]


def _jobs(actor: Actor) -> list[tuple[str, int, int]]:
    """How many ventures and jobs by where the number comes from, for whoever reads the whole register."""
    if not actor.signed_in or not reads_all(actor):
        return []
    runs = runs_in(settings.MINASSA_HOME / "runs")
    rows = Venture.objects.filter(closed_on__isnull=True).select_related("enterprise")
    told = sums(jobs_of(actor, row, runs[-1] if runs else None) for row in rows)
    return [(str(ORIGINS[origin]), *told[origin]) for origin in Origin if told[origin][0]]


def _headings() -> list[str]:
    return [_("Nom"), _("Nature"), _("Stade"), _("Produit"), _("Marchés"), _("Vérifié le"), _("Note")]


def _cells(rows: Sequence[Venture]) -> Iterator[tuple[str, ...]]:
    for row in rows:
        told = row.checked
        if told is not None:
            note = _("synthétique") if row.synthetic else ""
            day = told.verdict.at.date().isoformat()
            where = " ".join(told.markets)
            yield (row.name, row.get_kind_display(), stage_words(told.stage), told.product, where, day, note)
