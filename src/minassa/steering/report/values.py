"""A quantity of the tree or a figure of the law, in words: by its unit, and by its name for codes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from minassa.steering.report.facts import place_label
from minassa.steering.report.wording import NARROW, count_text, month
from minassa.vocabulary.filieres import Filiere
from minassa.vocabulary.money import format_dirhams
from minassa.vocabulary.rates import format_rate
from minassa.vocabulary.rounding import Direction, divide

PLURALS: Final = {"months": "mois", "years": "ans", "days": "jours"}


def filiere_label(code: int) -> str:
    """The full name of a filière by its code."""
    return Filiere(code).label()


CODES: Final = {"place": place_label, "filiere": filiere_label}
NO_CERTIFICATE: Final = 999


def quantity_text(name: str, value: Any, unit: str) -> str:  # noqa: ANN401 (whatever a rule gives)
    """The value of a named quantity: codes by their words, the rest by its unit."""
    if name in CODES and isinstance(value, int):
        return str(CODES[name](value))
    if name.endswith("_certificate_age_months") and value == NO_CERTIFICATE:
        return "aucune attestation"
    return value_text(value, unit)


def value_text(value: Any, unit: str) -> str:  # noqa: ANN401
    """A value in its unit. Tables by place or filière become their entries, scales their steps."""
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, Mapping):
        return _entries(value, unit)
    if isinstance(value, Sequence) and not isinstance(value, str):
        return " ; ".join(f"dès {format_dirhams(step)} : {format_rate(rate)}" for step, rate in value)
    if not isinstance(value, int):
        return "non connu" if value is None else str(value)
    return _number(value, unit)


def _number(value: int, unit: str) -> str:
    if unit == "cents":
        return format_dirhams(value)
    if unit.startswith("cents/"):
        return _parts(value, int(unit.removeprefix("cents/")))
    if unit == "basis_points":
        return format_rate(value)
    if unit == "month":
        return month(value)
    if unit in {"year", "code"}:
        return str(value)
    return f"{count_text(value)}{NARROW}{PLURALS[unit]}" if unit in PLURALS else count_text(value)


def _parts(value: int, parts: int) -> str:
    """A quantity held in parts of a centime before the one rounding: its whole centimes, marked when more is left."""
    cents = divide(abs(value), parts, Direction.DOWN, "minassa-default#affichage")
    exact = "" if abs(value) % parts == 0 else "≈\N{NO-BREAK SPACE}"
    return exact + format_dirhams(-cents if value < 0 else cents)


def _entries(value: Mapping[str, int | None], unit: str) -> str:
    """A table by code: its values, each with the places or codes it holds for."""
    by_value: dict[int, list[str]] = {}
    for code, amount in value.items():
        if amount is not None:
            by_value.setdefault(amount, []).append("autres" if code == "*" else _code_label(code))
    return " ; ".join(f"{_number(amount, unit)} : {', '.join(codes)}" for amount, codes in by_value.items())


def _code_label(code: str) -> str:
    return place_label(int(code)) if code.isdigit() else code
