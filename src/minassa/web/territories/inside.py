"""What stands behind a region or a P2I for who may read it: indicators, firms, delays of its own cases."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django.utils import timezone

from minassa.onestop.public import in_force, real_delays
from minassa.registry.models import Enterprise
from minassa.registry.public import Actor, allowed, visible_enterprises
from minassa.steering.indicators.board import Board, board
from minassa.steering.indicators.catalogue import Catalogue
from minassa.steering.indicators.descent import firms_behind
from minassa.steering.indicators.live import WINDOW
from minassa.web.indicators.firms import names_of
from minassa.web.indicators.listing import rows_of
from minassa.web.public.pages import language
from minassa.web.territories.ground import Ground

MOST_FIRMS: Final = 20


def inside(actor: Actor, ground: Ground) -> dict[str, Any] | None:
    """What an actor may read of a territory beyond what is published; None for who may read nothing more."""
    if allowed(actor, "indicator.view"):
        found = board(actor, ground.filters)
        known = {} if found is None else _indicators(found)
        return {**known, "delays": _delays(ground), "whole": True}
    if actor.signed_in and set(ground.places) & set(actor.places):
        return {"firms": _registered(actor, ground), "delays": _delays(ground), "whole": False}
    return None


def _indicators(found: Board) -> dict[str, Any]:
    """Every indicator that can be narrowed so, and the firms with the most jobs."""
    rows = [row for row in rows_of(found) if row.point is not None]
    declared = Catalogue.all()["declared_jobs"]
    firms = firms_behind(found.run, declared, found.filters, found.run.until)
    held = firms.head(MOST_FIRMS).to_dicts()
    names = names_of(row["affiliation"] for row in held)
    pages = _pages_of([row["affiliation"] for row in held])
    return {
        "indicators": rows,
        "number": firms.height,
        "firms": [
            {
                "name": names[row["affiliation"]],
                "filiere": row["filiere"],
                "jobs": row["value"],
                "uuid": pages.get(row["affiliation"]),
            }
            for row in held
        ],
    }


def _pages_of(affiliations: list[int]) -> Mapping[int | None, Any]:
    """The references of the firms that are registered, by affiliation."""
    rows = Enterprise.objects.filter(affiliation__in=affiliations)
    return dict(rows.values_list("affiliation", "uuid"))


def _registered(actor: Actor, ground: Ground) -> list[dict[str, Any]]:
    """The firms of the place that its manager knows of: who they are, not what they declare."""
    rows = Enterprise.objects.filter(visible_enterprises(actor), place__in=ground.places).order_by("name", "pk")
    return [{"name": one.name, "filiere": one.filiere, "uuid": one.uuid} for one in rows[:MOST_FIRMS]]


def _delays(ground: Ground) -> list[dict[str, Any]]:
    """The real delays of the cases of the territory over twelve months, procedure by procedure."""
    now = timezone.now()
    labels = {one.code: one.labels.said(language()) for one in in_force(timezone.localdate())}
    return [
        {"label": labels.get(one.procedure, one.procedure), "seen": one}
        for one in real_delays(now - WINDOW, now, ground.places)
        if not one.body
    ]
