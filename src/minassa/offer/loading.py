"""Puts the offer together from the folders of its measures, always in the same order."""

from __future__ import annotations

import pkgutil
from collections.abc import Mapping
from functools import cache
from importlib import import_module, resources
from importlib.resources.abc import Traversable
from types import MappingProxyType, ModuleType

import yaml

from minassa.engine import Codes, Figure, Input, Offer, Rule, parse_figures, rules_of
from minassa.offer.catalogue import catalogue
from minassa.offer.grains import GRAINS
from minassa.vocabulary.errors import MinassaError
from minassa.vocabulary.filieres import Filiere
from minassa.vocabulary.places import places

FIGURES = "figures.yaml"
SHORT_GRAINS = {"ep": "employee_period", "fy": "firm_year", "hi": "hire", "fm": "firm_month"}
PLACE_CODES: Mapping[str, int] = MappingProxyType({place.slug: place.code for place in places()})
"""Code of each place by its slug, for tables `by: place`."""
FILIERE_CODES: Mapping[str, int] = MappingProxyType({filiere.name: int(filiere) for filiere in Filiere})
"""Code of each filière by its name (NONE, ITO…), for tables `by: filiere`."""


class InvalidOffer(MinassaError):
    """The folders of the offer do not fit together: a figure defined twice, an unknown code."""

    code = "OFFER-INVALID"


@cache
def load_offer() -> Offer:
    """The offer as it stands: every rule, figure and declared column of the measures of the catalogue."""
    names = [one.measure for one in catalogue()]
    rules = tuple(rule for name in sorted(names) for rule in measure_rules(name))
    return Offer(rules=rules, figures=_figures(sorted(names)), inputs=declared_inputs(), grains=GRAINS)


@cache
def codes() -> Codes:
    """How the keys of tables are read, by what a table is keyed by; InvalidOffer for a key that has no code."""
    return {
        "place": lambda key: _code(PLACE_CODES, "lieu", key),
        "filiere": lambda key: _code(FILIERE_CODES, "filière", key),
    }


def _code(known: Mapping[str, int], what: str, key: str) -> int:
    if key not in known:
        raise InvalidOffer(f"Pas de {what} « {key} » dans une table ; connus : {', '.join(known)}.")
    return known[key]


def folder(measure: str) -> Traversable:
    """The folder of a measure: its page, its figures, its cases."""
    return resources.files(f"minassa.offer.{measure}")


def modules(measure: str) -> tuple[ModuleType, ...]:
    """The modules that hold the rules of a measure, by name."""
    package = import_module(f"minassa.offer.{measure}")
    found = sorted(module.name for module in pkgutil.iter_modules(package.__path__))
    return tuple(import_module(f"minassa.offer.{measure}.{name}") for name in found)


def measure_rules(measure: str) -> tuple[Rule, ...]:
    """Every dated rule written in the folder of a measure."""
    return tuple(rule for module in modules(measure) for rule in rules_of(module))


def measure_figures(measure: str) -> tuple[Figure, ...]:
    """The figures of the folder of a measure, by name; none when it has no file of figures."""
    file = folder(measure).joinpath(FIGURES)
    return parse_figures(file.read_text(encoding="utf-8"), f"{measure}/{FIGURES}", codes()) if file.is_file() else ()


def _figures(measures: list[str]) -> dict[str, Figure]:
    owners: dict[str, str] = {}
    found: dict[str, Figure] = {}
    for measure in measures:
        for figure in measure_figures(measure):
            if figure.name in found:
                raise InvalidOffer(f"Le chiffre {figure.name} est défini par {owners[figure.name]} et par {measure}.")
            owners[figure.name] = measure
            found[figure.name] = figure
    return dict(sorted(found.items()))


@cache
def input_entries() -> Mapping[str, Mapping[str, object]]:
    """The entries of `inputs.yaml` as written, by name of column."""
    text = resources.files("minassa.offer").joinpath("inputs.yaml").read_text(encoding="utf-8")
    entries: dict[str, Mapping[str, object]] = yaml.safe_load(text)
    return MappingProxyType(entries)


def declared_inputs() -> dict[str, Input]:
    """The columns that rules may read, with their grains by full name."""
    found = {}
    for name, entry in input_entries().items():
        grains = tuple(SHORT_GRAINS[short] for short in _words(entry["grains"]))
        found[name] = Input(name, grains, str(entry["unit"]), str(entry["meaning"]))
    return found


def context_inputs() -> frozenset[str]:
    """Columns that no rule reads: they tell people what a row is (`context: true`)."""
    return frozenset(name for name, entry in input_entries().items() if entry.get("context", False))


def _words(value: object) -> list[str]:
    return [str(word) for word in value] if isinstance(value, list) else []
