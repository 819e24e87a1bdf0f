"""The recruits of a firm followed: to their 18th month for the premium for employment, over five years for training.

A forecast is never a right: it is drawn apart from what is due, with and without the departures that are assumed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

import polars as pl
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from minassa.claims.public import Followed, followed
from minassa.entitlements.amounts import person_text
from minassa.registry.models import Enterprise, Power
from minassa.registry.public import Actor
from minassa.vocabulary.periods import format_month
from minassa.web.access import PageRequest, page
from minassa.web.claims.names import cards_of
from minassa.web.claims.showing import month_words
from minassa.web.claims.sources import latest_basis
from minassa.web.listing import PAGE_ROWS, asked, paged, start_of
from minassa.web.marks import Mark

STATES: Final = {
    "reached": Mark("done", "action", _("18 mois atteints")),
    "on_the_way": Mark("progress", "info", _("en chemin")),
    "left": Mark("withdrawn", "quiet", _("partie avant 18 mois")),
}
FILTERS: Final = ("etat",)
WIDTH, HEIGHT, GAP = 720, 200, 4
"""Size of a drawing, and what parts two bars of it, in its own units."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A month or a year of a drawing: what is due, what may come, in centimes; and where its rectangles stand."""

    label: str
    words: str
    hires: int
    due: int
    probable: int
    expected: int
    x: int = 0
    width: int = 0
    due_y: int = 0
    probable_y: int = 0
    expected_y: int = 0


@dataclass(frozen=True, slots=True)
class Hire:
    """A recruit followed to the 18th month."""

    person: str
    name: str
    hired: str
    due_on: str
    mark: Mark
    due: int
    expected: int
    probable: int


def the_own_firm(actor: Actor, enterprise: UUID) -> Enterprise | None:
    """The enterprise of an address; None when the actor does not act for it."""
    found = Enterprise.objects.get(uuid=enterprise)
    return found if actor.may_act_for(found.pk, Power.PREPARE, Power.SIGN) else None


@require_GET
@page("claim.list", subject=the_own_firm)
def following(request: PageRequest, enterprise: Enterprise) -> HttpResponse:
    """What each recruit brings, month after month, and what may come."""
    basis = latest_basis()
    if basis is None or not enterprise.affiliation:
        return render(request, "web/claims/following.html", {"enterprise": enterprise, "found": None})
    found = followed(basis.run, basis.offer, enterprise.affiliation, timezone.localdate())
    context = {
        "enterprise": enterprise,
        "found": found,
        "known": month_words(basis.run.until),
        "premiums": drawn(by_month(found)),
        "premiums_top": highest(by_month(found)),
        "training": drawn(by_year(found)),
        "training_top": highest(by_year(found)),
        "sides": {"width": WIDTH, "height": HEIGHT, "bottom": HEIGHT + 18},
        "states": [(name, mark.text) for name, mark in STATES.items()],
        **_hires(request.actor, enterprise, found, request.GET),
    }
    return render(request, "web/claims/following.html", context)


def by_month(found: Followed) -> list[Bar]:
    """The premiums for employment by the month in which they are due, or would be."""
    rows = _summed(found.premiums.filter(pl.col("state") != "left"), "due_month")
    return [
        Bar(format_month(row["due_month"]), month_words(row["due_month"]), *_figures(row))
        for row in rows.iter_rows(named=True)
    ]


def by_year(found: Followed) -> list[Bar]:
    """The premiums for training by calendar year."""
    rows = _summed(found.training, "year")
    return [Bar(str(row["year"]), str(row["year"]), *_figures(row)) for row in rows.iter_rows(named=True)]


def _summed(rows: pl.DataFrame, key: str) -> pl.DataFrame:
    """Sums by a key. What a reached premium was expected to be is due: it is not told twice."""
    ahead = pl.col("due_cents") == 0 if "state" in rows.columns else pl.lit(value=True)
    cents = [pl.col(name).filter(ahead).sum() for name in ("expected_cents", "probable_cents")]
    return rows.group_by(key).agg(pl.len().alias("hires"), pl.col("due_cents").sum(), *cents).sort(key)


def _figures(row: Mapping[str, int]) -> tuple[int, int, int, int]:
    return row["hires"], row["due_cents"], row["probable_cents"], row["expected_cents"]


def drawn(bars: Iterable[Bar]) -> list[Bar]:
    """Bars with the places of their rectangles: what is due at the bottom, what may come upon it."""
    held = [bar for bar in bars if bar.due or bar.expected]
    if not held:
        return []
    top, step = highest(held), WIDTH // len(held)
    return [_placed(bar, rank * step, min(step, 72) - GAP, top) for rank, bar in enumerate(held)]


def highest(bars: Iterable[Bar]) -> int:
    """What the top of a drawing stands for, in centimes."""
    return max((bar.due + bar.expected for bar in bars), default=0)


def _placed(bar: Bar, x: int, width: int, top: int) -> Bar:
    due, probable, expected = (
        HEIGHT - HEIGHT * cents // top for cents in (bar.due, bar.due + bar.probable, bar.due + bar.expected)
    )
    told = (bar.label, bar.words, bar.hires, bar.due, bar.probable, bar.expected)
    return Bar(*told, x, max(width, 2), due, probable, expected)


def _hires(actor: Actor, enterprise: Enterprise, found: Followed, given: Mapping[str, str]) -> dict[str, Any]:
    """One page of the recruits, those who reach their 18th month next first."""
    state = given.get("etat", "")
    rows = found.premiums.filter(pl.col("state") == state) if state in STATES else found.premiums
    order = pl.col("state").replace_strict({"on_the_way": 0, "reached": 1, "left": 2}, return_dtype=pl.Int8)
    rows = rows.sort(order, "due_month", "person")
    start = start_of(given)
    held = rows.slice(start, PAGE_ROWS + 1).to_dicts()
    here = held[:PAGE_ROWS]
    cards = cards_of(actor, enterprise, enterprise.affiliation or 0, [row["person"] for row in here])
    names = {person: card.name for person, card in cards.items()}
    return {
        "hires": [_hire(row, names) for row in here],
        "total": rows.height,
        **paged(start, held),
        **asked(given, FILTERS),
    }


def _hire(row: Mapping[str, Any], names: Mapping[int, str]) -> Hire:
    ahead = row["state"] == "on_the_way"
    return Hire(
        person=person_text(row["person"]),
        name=names.get(row["person"], ""),
        hired=month_words(row["hired_month"]),
        due_on=month_words(row["due_month"]),
        mark=STATES[row["state"]],
        due=row["due_cents"],
        expected=row["expected_cents"] if ahead else 0,
        probable=row["probable_cents"] if ahead else 0,
    )
