"""What a P2I is specialised in, in words: fields proposed, its share of each beside the country, its diversity."""

from __future__ import annotations

from typing import Any

from django.conf import settings

from minassa.outlook.specialisation.fields import fields
from minassa.outlook.specialisation.observed import SPECIALISED
from minassa.platforms.public import Unit
from minassa.steering.platforms.specialising import latest_specialisation
from minassa.vocabulary.periods import first_day, parse_month
from minassa.vocabulary.rates import BASIS_POINTS
from minassa.web import writing
from minassa.web.platforms.targets import field_name
from minassa.web.public.pages import language


def specialised(unit: Unit) -> dict[str, Any]:
    """What the page of a unit shows; `specialised` is empty while no run was read."""
    document = latest_specialisation(settings.MINASSA_HOME)
    row = next((one for one in document["units"] if one["place"] == unit.code), None) if document else None
    if document is None or row is None or not row["recognised"]:
        return {"specialised": None}
    return {
        "specialised": {
            "until": writing.month(first_day(parse_month(document["until"])), language()),
            "run": document["run"],
            "synthetic": document["synthetic"],
            "fewest_people": document["fewest_people"],
            "fewest_firms": document["fewest_firms"],
            "recognised": _percent(row["recognised"] / row["people"]) if row["people"] else None,
            "effective": row["effective"],
            "herfindahl": row["herfindahl"],
            "fields": [_field(one, document["together"]) for one in row["fields"]],
        }
    }


def _field(one: dict[str, Any], together: dict[str, dict[str, float]]) -> dict[str, Any]:
    beside = together.get(one["code"], {})
    near = max(beside, key=lambda code: beside[code], default="")
    quotient = one["quotient"]
    return {
        "name": field_name(one["code"]),
        "status": fields()[one["code"]].status,
        "people": one["people"],
        "share": None if one["share"] is None else _percent(one["share"]),
        "quotient": quotient,
        "above": quotient is not None and quotient > SPECIALISED,
        "density": None if one["density"] is None else _percent(one["density"]),
        "near": field_name(near) if near and beside[near] > 0 else "",
        "proximity": beside[near] if near else 0,
    }


def _percent(share: float) -> str:
    return writing.percent(round(share * BASIS_POINTS), language())
