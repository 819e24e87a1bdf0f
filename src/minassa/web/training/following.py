"""What follows from a plan and what it rests on, in words: insertion, seats proposed by it, money by training body."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from minassa.talent.seats.adjusting import Move
from minassa.training.models import SeatAnswer, SeatPlan
from minassa.training.public import Proposed, adjusted_of, half_year, proposals, thresholds
from minassa.web import writing
from minassa.web.cases.tables import Amount, Cell
from minassa.web.training.naming import language, region_name

MOVES: Final[dict[Move, str | Promise]] = {
    Move.MORE: gettext_lazy("plus de places"),
    Move.FEWER: gettext_lazy("moins de places"),
    Move.STAY: gettext_lazy("rien ne bouge"),
}


def following(plan: SeatPlan, answer: SeatAnswer) -> dict[str, Any]:
    """What the page of a solved plan shows of insertion, adjustments and money."""
    content, kept = answer.content, thresholds()
    titles = {one["code"]: one["title"] for one in content["programmes"]}
    accepted = {one[:3] for one in adjusted_of(plan)}
    return {
        "needs_from": content.get("needs_from"),
        "insertion": [one for one in content["programmes"] if "inserted" in one],
        "proposals": [_proposal(one, titles, accepted) for one in proposals(plan)],
        "thresholds": {name: percent(getattr(kept, name)) for name in ("poor", "good", "cap")},
        "envelopes": _envelopes(content),
        "paf": content.get("paf"),
        "incomes_measured": sum(measured for _income, measured in content.get("incomes", {}).values()),
        "incomes": len(content.get("incomes", {})),
    }


def percent(basis_points: int) -> str:
    """A share in words."""
    return writing.percent(basis_points, language())


def _proposal(one: Proposed, titles: dict[str, str], accepted: set[tuple[str, int, int]]) -> dict[str, Any]:
    return {
        "title": titles.get(one.programme, one.programme),
        "region": region_name(one.region),
        "place": f"{one.programme}|{one.region}",
        "year": one.year,
        "before": one.before,
        "seats": one.seats,
        "move": MOVES[one.move],
        "moves": one.move is not Move.STAY,
        "accepted": (one.programme, one.region, one.year) in accepted,
        "history": [
            {
                "period": "{}-S{}".format(*half_year(period)),
                "share": percent(share.share),
                "low": percent(share.low),
                "high": percent(share.high),
                "of": share.of,
            }
            for period, share in one.history[-2:]
        ],
    }


def _envelopes(content: dict[str, Any]) -> list[dict[str, Any]]:
    """A row for each body and year that has anyone."""
    first = content["first_year"]
    return [
        {"provider": provider, "year": first + rank, "seats": number, "seat_cost": cost[rank], "paf": paf[rank]}
        for provider, seats, cost, paf in content.get("envelopes", [])
        for rank, number in enumerate(seats)
        if number
    ]


def envelope_headings() -> list[str]:
    """Headings of money by body and year as a file."""
    return [_("Organisme"), _("Année"), _("Entrants"), _("Coût des places"), _("PAF d'une année en poste")]


def envelope_cells(answer: SeatAnswer) -> Iterator[tuple[Cell, ...]]:
    """Rows of money by body and year as a file."""
    for row in _envelopes(answer.content):
        yield (row["provider"], row["year"], row["seats"], Amount(row["seat_cost"]), Amount(row["paf"]))
