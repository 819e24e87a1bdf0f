"""Figures as plain data (dictionaries, lists, numbers, texts), and back: for a record, for a fingerprint."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from minassa.engine.columns import Brackets, Table
from minassa.engine.errors import LostRule
from minassa.engine.figures import DatedValue, Figure, SourceEntry, Value
from minassa.vocabulary.statuses import Status


def figure_out(figure: Figure) -> dict[str, Any]:
    """A figure as plain data."""
    return {
        "description": figure.description,
        "unit": figure.unit,
        "by": figure.by,
        "values": [
            {
                "starts": value.starts,
                "ends": value.ends,
                "value": value_out(value.value),
                "status": value.status.value,
                "source": value.source.model_dump(),
                "reviewed_on": value.reviewed_on.isoformat(),
            }
            for value in figure.values
        ],
    }


def value_out(value: Value) -> Any:
    """A value as plain data: tables and brackets as dictionaries of lists."""
    if isinstance(value, Table):
        return {"entries": [list(entry) for entry in value.entries], "default": value.default}
    if isinstance(value, Brackets):
        return {"thresholds": list(value.thresholds), "rates": list(value.rates)}
    return value


def figure_in(name: str, entry: Mapping[str, Any]) -> Figure:
    """A figure from its record; LostRule when the record holds something else."""
    values = tuple(
        DatedValue(
            starts=value["starts"],
            ends=value["ends"],
            value=value_in(value["value"]),
            status=Status(value["status"]),
            source=SourceEntry.model_validate(value["source"]),
            reviewed_on=date.fromisoformat(value["reviewed_on"]),
        )
        for value in entry["values"]
    )
    return Figure(name, entry["description"], entry["unit"], entry["by"], values)


def value_in(value: Any) -> Value:
    """A value from plain data; LostRule when it is none."""
    if isinstance(value, dict) and "entries" in value:
        return Table(tuple((code, amount) for code, amount in value["entries"]), value["default"])
    if isinstance(value, dict):
        return Brackets(tuple(value["thresholds"]), tuple(value["rates"]))
    if isinstance(value, (bool, int)):
        return value
    raise LostRule(f"{value!r} n'est pas la valeur d'un chiffre : l'enregistrement de l'offre est abîmé.")
