"""The premium for new jobs under OpenFisca-Core, on the hires of a run: what a reform of it costs the rival."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import polars as pl
from numpy.typing import NDArray
from openfisca_core.parameters import ParameterNode
from openfisca_core.simulations import SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem

from bench._employee_months import MONTH, Spent
from bench._openfisca import PERSON, variable
from minassa.engine import Offer
from minassa.entitlements.runs import Run
from minassa.vocabulary.periods import format_month, month_index

SINCE = month_index(2025, 7)
APART = frozenset({"pae_stay_reached", "pae_net_creation"})
"""The conditions that reforms of this benchmark move: formulas there. All others are given to it as one input."""


class Asked(NamedTuple):
    """What a reform of the premium says: basis points, months, whether the headcount must have grown."""

    rate: int
    stay: int
    net_creation: bool


class Premium:
    """The premium of every hire since July 2025, under OpenFisca; `run` gives the sum in dirhams and what was spent."""

    def __init__(self, offer: Offer, run: Run) -> None:
        """The rows, once; conditions as the run found them, but the two that are moved."""
        law = offer.at("hire", MONTH)
        others = [rule.name for rule in law.conditions("pae") if rule.name not in APART and law.active(rule)]
        rows = run.table("hire").filter(pl.col("hired_month") >= SINCE).collect()
        self.rows = rows.height
        self.inputs: dict[str, NDArray[Any]] = {
            "income": rows["gross_taxable_income_first_12_months"].to_numpy() / 100,
            "posted": rows["declared_months_in_post"].to_numpy(),
            "heads": rows["headcount_kept"].to_numpy(),
            "heads_before": rows["headcount_base"].to_numpy(),
            "others": rows.select(pl.all_horizontal(others)).to_series().to_numpy(),
        }

    def run(self, asked: Asked) -> tuple[float, Spent]:
        """One reform: its system, then inputs set and the premium calculated, as for any other population."""
        system = _system(asked)
        simulation = SimulationBuilder().build_default_simulation(system, self.rows)
        began = Spent.now()
        for name, values in self.inputs.items():
            simulation.set_input(name, format_month(MONTH), values)
        found = simulation.calculate("premium", format_month(MONTH))
        return float(found.astype(np.float64).sum()), began.since()


def _system(asked: Asked) -> TaxBenefitSystem:
    """The system of a reform: parameters, inputs, one formula for each condition that is moved and for the premium."""
    day = "2023-01-01"
    values = {"rate": asked.rate / 10_000, "stay": asked.stay, "net_creation": asked.net_creation}
    system = TaxBenefitSystem([PERSON])
    system.parameters = ParameterNode("", data={n: {"values": {day: {"value": v}}} for n, v in values.items()})

    def stays(person: Any, period: Any, parameters: Any) -> Any:  # noqa: ANN401
        return person("posted", period) >= parameters(period).stay

    def grows(person: Any, period: Any) -> Any:  # noqa: ANN401
        return person("heads", period) > person("heads_before", period)

    def premium(person: Any, period: Any, parameters: Any) -> Any:  # noqa: ANN401
        p = parameters(period)
        due = person("others", period) * person("stays", period)
        due = due * person("grows", period) if p.net_creation else due
        return due * np.round(p.rate * person("income", period), 2)

    kinds = {"income": float, "posted": int, "heads": int, "heads_before": int, "others": bool}
    system.add_variables(*(variable(name, None, kind) for name, kind in kinds.items()))
    system.add_variables(variable("stays", stays, bool), variable("grows", grows, bool), variable("premium", premium))
    return system
