"""The rules of income tax and AIR under OpenFisca-Core, on the figures of the offer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray
from openfisca_core import entities, periods
from openfisca_core.parameters import ParameterNode
from openfisca_core.simulations import Simulation, SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

from bench._employee_months import AIR, MONTH, TAX, Columns, Law, Spent
from minassa.vocabulary.periods import format_month

PERSON = entities.build_entity(key="employee", plural="employees", label="Employee", is_person=True)


def variable(name: str, formula: Callable[..., Any] | None = None, kind: type = float) -> type[Variable]:
    """A monthly Variable of OpenFisca, with its formula or as an input."""
    members: dict[str, Any] = {"value_type": kind, "entity": PERSON, "definition_period": periods.MONTH, "label": name}
    return type(name, (Variable,), members if formula is None else {**members, "formula": formula})


def legislation(law: Law) -> ParameterNode:
    """The same figures in dirhams and shares, as OpenFisca's parameters."""
    day = "2023-01-01"
    cents = {
        "threshold": law.threshold,
        "ceiling": law.ceiling,
        "child": law.child,
        "most_children": 100 * law.children,
    }
    rates = {n: getattr(law, n) for n in ("low_rate", "high_rate", "capped_rate", "whole_rate")}
    amounts = {**{n: v / 100 for n, v in cents.items()}, **{n: v / 10_000 for n, v in rates.items()}}
    data: dict[str, Any] = {name: {"values": {day: {"value": amount}}} for name, amount in amounts.items()}
    steps = zip(law.thresholds, law.rates, strict=True)
    data["scale"] = {
        "brackets": [{"threshold": {day: {"value": t / 100}}, "rate": {day: {"value": r / 10_000}}} for t, r in steps]
    }
    return ParameterNode("", data=data)


def rules(law: Law) -> dict[str, Callable[..., Any]]:
    """The rules of the offer as OpenFisca's formulas, amounts in dirhams."""
    caps = (law.caps / 10_000).astype(np.float32)

    def months(person: Any, period: Any) -> Any:  # noqa: ANN401
        return np.maximum(person("worked", period), 1)

    def expenses(person: Any, period: Any, parameters: Any) -> Any:  # noqa: ANN401
        p, gross, share = parameters(period), person("gross", period), person("months", period) / 12
        rate = np.where(gross <= p.threshold * share, p.low_rate, p.high_rate)
        return np.round(np.minimum(rate * gross, p.ceiling * share), 2)

    def contributions(person: Any, period: Any, parameters: Any) -> Any:  # noqa: ANN401
        p = parameters(period)
        return np.round(p.capped_rate * person("base", period) + p.whole_rate * person("gross", period), 2)

    def net(person: Any, period: Any) -> Any:  # noqa: ANN401
        deducted = person("other", period) + person("expenses", period) + person("contributions", period)
        return np.maximum(person("gross", period) - deducted, 0)

    def tax(person: Any, period: Any, parameters: Any) -> Any:  # noqa: ANN401
        p, share = parameters(period), person("months", period) / 12
        children = p.child * np.minimum(person("kids", period), p.most_children) * share
        return np.maximum(np.round(p.scale.calc(person("net", period), factor=share), 2) - np.round(children, 2), 0)

    def above_cap(person: Any, period: Any) -> Any:  # noqa: ANN401
        due = person("tax", period)
        counted = np.where(person("filed", period), np.minimum(due, person("withheld", period)), due)
        return np.maximum(counted - np.round(caps[person("place", period)] * person("gross", period), 2), 0)

    def air(person: Any, period: Any) -> Any:  # noqa: ANN401
        kept = np.maximum(person("months", period) - person("aided", period), 0)
        return np.round(person("above_cap", period) * kept / person("months", period), 2)

    return {made.__name__: made for made in (months, expenses, contributions, net, tax, above_cap, air)}


INPUTS: Mapping[str, tuple[str, type]] = {
    "gross": ("gross_taxable_income_period", float),
    "base": ("capped_salary_period", float),
    "other": ("other_deductions_period", float),
    "withheld": ("income_tax_withheld_period", float),
    "worked": ("months_worked_period", int),
    "aided": ("other_aid_months_period", int),
    "kids": ("dependants", int),
    "place": ("place", int),
    "filed": ("tax_statement_filed", bool),
}


class OpenFisca:
    """The same rules under OpenFisca, in simulations of `piece` persons; `run` gives amounts and what was spent."""

    def __init__(self, columns: Columns, law: Law, piece: int) -> None:
        """The system, built once."""
        self.columns, self.piece = columns, piece
        self.system = TaxBenefitSystem([PERSON])
        self.system.parameters = legislation(law)
        self.system.add_variables(*(variable(name, None, kind) for name, (_, kind) in INPUTS.items()))
        self.system.add_variables(*(variable(name, formula) for name, formula in rules(law).items()))

    def run(self) -> tuple[dict[str, NDArray[np.float32]], Spent]:
        """Every piece of the population, one after the other."""
        rows, spent = len(self.columns["place"]), Spent(0.0, 0.0)
        found: dict[str, list[NDArray[np.float32]]] = {"tax": [], "air": []}
        for start in range(0, rows, self.piece):
            stop = min(start + self.piece, rows)
            simulation: Simulation = SimulationBuilder().build_default_simulation(self.system, stop - start)
            inputs = self.inputs(slice(start, stop))
            began = Spent.now()
            for name, values in inputs.items():
                simulation.set_input(name, format_month(MONTH), values)
            for name, pieces in found.items():
                pieces.append(simulation.calculate(name, format_month(MONTH)))
            piece = began.since()
            spent = Spent(spent.wall + piece.wall, spent.processor + piece.processor)
        return {TAX: np.concatenate(found["tax"]), AIR: np.concatenate(found["air"])}, spent

    def inputs(self, rows: slice) -> dict[str, NDArray[Any]]:
        """The inputs of some rows, amounts in dirhams."""
        taken = {name: (self.columns[column][rows], kind) for name, (column, kind) in INPUTS.items()}
        return {name: values / 100 if kind is float else values for name, (values, kind) in taken.items()}
