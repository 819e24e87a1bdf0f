"""An offer written down as plain data, and read back years later, so that a decision can be replayed."""

from __future__ import annotations

import hashlib
import inspect
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from minassa.engine.columns import Brackets, Table
from minassa.engine.errors import EngineError
from minassa.engine.figures import DatedValue, Figure, SourceEntry, Value
from minassa.engine.offers import Offer
from minassa.engine.rules import Rule
from minassa.vocabulary.statuses import Status


class LostRule(EngineError):
    """A rule of the recorded offer is no longer in the code, or its text has changed: the replay would lie."""

    code = "ENGINE-LOST-RULE"


def snapshot(offer: Offer) -> dict[str, Any]:
    """Everything of the offer that a replay needs: figures in full, rules by name, dates and fingerprint of their text."""
    return {
        "digest": offer.digest,
        "reforms": list(offer.reforms),
        "figures": {name: _figure_out(figure) for name, figure in sorted(offer.figures.items())},
        "rules": [[r.name, list(r.grains), r.starts, r.ends, body_digest(r)] for r in offer.rules],
    }


def restored(code: Offer, recorded: Mapping[str, Any]) -> Offer:
    """The recorded offer, from its figures and from the rules still in the code; LostRule when one has changed."""
    figures = {name: _figure_in(name, entry) for name, entry in recorded["figures"].items()}
    known = {(r.name, body_digest(r)): r for r in code.rules}
    rules: list[Rule] = []
    for name, grains, starts, ends, digest in recorded["rules"]:
        rule = known.get((name, digest))
        if rule is None:
            message = f"rule {name} as recorded (text {digest[:12]}) is not in this version of the code any more"
            raise LostRule(message)
        rules.append(replace(rule, grains=tuple(grains), starts=starts, ends=ends))
    return replace(code, rules=tuple(rules), figures=figures, reforms=tuple(recorded["reforms"]))


def body_digest(rule: Rule) -> str:
    """Fingerprint of the text of a rule's function, whatever its dates."""
    return hashlib.sha256(inspect.getsource(rule.body).encode()).hexdigest()


def _figure_out(figure: Figure) -> dict[str, Any]:
    return {
        "description": figure.description,
        "unit": figure.unit,
        "by": figure.by,
        "values": [
            {
                "starts": value.starts,
                "ends": value.ends,
                "value": _value_out(value.value),
                "status": value.status.value,
                "source": value.source.model_dump(),
                "reviewed_on": value.reviewed_on.isoformat(),
            }
            for value in figure.values
        ],
    }


def _value_out(value: Value) -> Any:
    if isinstance(value, Table):
        return {"entries": [list(entry) for entry in value.entries], "default": value.default}
    if isinstance(value, Brackets):
        return {"thresholds": list(value.thresholds), "rates": list(value.rates)}
    return value


def _figure_in(name: str, entry: Mapping[str, Any]) -> Figure:
    values = tuple(
        DatedValue(
            starts=value["starts"],
            ends=value["ends"],
            value=_value_in(value["value"]),
            status=Status(value["status"]),
            source=SourceEntry.model_validate(value["source"]),
            reviewed_on=date.fromisoformat(value["reviewed_on"]),
        )
        for value in entry["values"]
    )
    return Figure(name, entry["description"], entry["unit"], entry["by"], values)


def _value_in(value: Any) -> Value:
    if isinstance(value, dict) and "entries" in value:
        return Table(tuple((code, amount) for code, amount in value["entries"]), value["default"])
    if isinstance(value, dict):
        return Brackets(tuple(value["thresholds"]), tuple(value["rates"]))
    if isinstance(value, (bool, int)):
        return value
    message = f"{value!r} is not a figure's value"
    raise LostRule(message)
