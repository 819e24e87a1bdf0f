"""The worked cases that lie beside the measures, and what each expects, in the units of the offer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

import yaml

from minassa.engine import Offer

OFFER = Path(__file__).resolve().parents[2] / "src" / "minassa" / "offer"
CENTS = "cents"


def case_files() -> list[Path]:
    """Every case of every measure, in order."""
    return sorted(OFFER.glob("*/cases/*.yaml"))


def name_of(file: Path) -> str:
    """What a case is called in the report of a test: its measure and its file."""
    return f"{file.parents[1].name}/{file.stem}"


def read(file: Path) -> dict[str, Any]:
    """A case as written; amounts stay texts, so that no float touches them."""
    document: dict[str, Any] = yaml.load(file.read_text("utf-8"), Loader=Exact)  # noqa: S506 (a SafeLoader)
    return document


class Exact(yaml.CSafeLoader):
    """The safe loader, which reads numbers with decimals as the texts they are written as."""


def as_written(_: yaml.CSafeLoader, node: yaml.Node) -> str:
    """The text of a number with decimals."""
    return str(node.value)


Exact.add_constructor("tag:yaml.org,2002:float", as_written)


def in_units(offer: Offer, name: str, written: object) -> object:
    """An expected value in the unit of its rule: dirhams become centimes."""
    unit = next((rule.unit for rule in offer.rules if rule.name == name), "boolean")
    if isinstance(written, bool) or unit != CENTS:
        return written
    exact = Fraction(str(written)) * 100
    assert exact.denominator == 1, f"{name}: {written} is not a whole number of centimes"
    return int(exact)


def expectations(offer: Offer, expected: Mapping[str, Any]) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Each thing that a case expects, with the way to it in what the simulation tells."""
    for name, of_person in expected.get("employees", {}).items():
        for way, value in of_one(offer, of_person):
            yield ("employees", name, *way), value
    for way, value in of_one(offer, expected.get("firm", {})):
        yield ("firm", *way), value


def of_one(offer: Offer, told: Mapping[str, Any]) -> Iterator[tuple[tuple[str, ...], Any]]:
    """What is expected of one employee, or of the firm."""
    for name, value in told.get("rules", {}).items():
        yield ("rules", name), in_units(offer, name, value)
    for measure in sorted(told.keys() - {"rules"}):
        if told[measure] is None:
            yield (measure,), None
            continue
        unknown = told[measure].keys() - {"amount", "conditions"}
        assert not unknown, f"a case expects amounts and conditions, not {unknown}"
        if "amount" in told[measure]:
            yield (measure, "amount_cents"), in_units(offer, f"{measure}_amount", told[measure]["amount"])
        for name, value in told[measure].get("conditions", {}).items():
            yield (measure, "conditions", name), value


def reach(simulated: Mapping[str, Any], way: tuple[str, ...], period: str) -> object:
    """What the simulation tells at the end of a way; None for a measure that tells nothing of the year looked at."""
    told: Any = simulated
    for step in way:
        told = None if told is None else told.get(step)
    if isinstance(told, dict) and not any(line["period"].startswith(period) for line in told["periods"]):
        return None
    return told
