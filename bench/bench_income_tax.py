"""Income tax and AIR of 20 million made-up employee-months: Minassa's engine, OpenFisca-Core, a fused Numba kernel.

    python bench/bench_income_tax.py [--rows 2000000] [--rounds 3] [--rival-rounds 1]

Minassa evaluates the rules of `minassa.offer` through `minassa.engine.evaluate`, on a Polars LazyFrame collected by its
streaming engine: whole centimes from one end to the other. OpenFisca holds the same rules as Variables over 32-bit
floats, as it does by default; `set_input` and `calculate` are timed, on populations built beforehand, in two sizes of
simulation, as the size tells a lot. The kernels are one compiled loop over the rows on all cores, constants and all:
the first is written as the law reads, the second tuned by hand (a scale without branches, rows without AIR left early).
Each contender makes new columns of results. All take turns in each round, so that whatever else the machine does falls
on all; best and median of the warm rounds. Rows, sums and a sample told by `explain` must agree to the centime.
"""

from __future__ import annotations

import argparse
import platform
import resource
import statistics
import sys
import time
from collections.abc import Callable, Mapping
from importlib.metadata import version
from itertools import pairwise
from typing import Any, NamedTuple

import numba
import numpy as np
import polars as pl
from numpy.typing import NDArray
from openfisca_core import entities, periods
from openfisca_core.parameters import ParameterNode
from openfisca_core.simulations import Simulation, SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

from minassa.engine import Resolved, evaluate, explain
from minassa.offer.loading import load_offer
from minassa.vocabulary.periods import format_month, month_index
from minassa.vocabulary.places import places

GRAIN = "employee_period"
MONTH = month_index(2026, 1)
TAX, AIR = "income_tax_due", "air_before_export_share"
WANTED = [TAX, AIR]
PIECES = (1_000_000, 20_000_000)
SAMPLE = 200
Columns = Mapping[str, NDArray[Any]]


def made_up(rows: int, seed: int = 1) -> dict[str, NDArray[Any]]:
    """Employee-months drawn from a seed: log-normal salaries, most of them below the cap, every place of work."""
    draw = np.random.default_rng(seed)
    deducts, filed, aided = 0.1, 0.8, 0.05
    salary = np.exp(draw.normal(13.6, 0.6, rows)).astype(np.int64)
    codes = np.array([0, *(place.code for place in places())], dtype=np.int16)
    return {
        "period_start": np.full(rows, MONTH, dtype=np.int32),
        "gross_taxable_income_period": salary,
        "capped_salary_period": np.minimum(salary, 600_000),
        "months_worked_period": np.ones(rows, dtype=np.int64),
        "other_deductions_period": np.where(draw.random(rows) < deducts, salary // 20, 0),
        "dependants": draw.integers(0, 8, rows),
        "income_tax_withheld_period": salary * draw.integers(5, 30, rows) // 100,
        "tax_statement_filed": draw.random(rows) < filed,
        "place": codes[draw.integers(0, len(codes), rows)],
        "other_aid_months_period": (draw.random(rows) < aided).astype(np.int64),
    }


class Law(NamedTuple):
    """The figures of the month, as plain numbers for those who do not read the offer."""

    threshold: int
    low_rate: int
    high_rate: int
    ceiling: int
    capped_rate: int
    whole_rate: int
    child: int
    children: int
    thresholds: tuple[int, ...]
    rates: tuple[int, ...]
    caps: NDArray[np.int64]


def law_of(law: Resolved) -> Law:
    """The figures that the rules of income tax and AIR read, from the offer itself."""
    value: dict[str, Any] = {name: dated.value for name, dated in law.figures.items()}
    caps = np.full(1000, value["air_cap"].default, dtype=np.int64)
    for code, rate in value["air_cap"].entries:
        caps[code] = rate
    return Law(
        threshold=value["professional_expenses_threshold"],
        low_rate=value["professional_expenses_low_income_rate"],
        high_rate=value["professional_expenses_high_income_rate"],
        ceiling=value["professional_expenses_ceiling"],
        capped_rate=value["cnss_short_term_employee_rate"] + value["cnss_long_term_employee_rate"],
        whole_rate=value["amo_employee_rate"],
        child=value["family_deduction"],
        children=value["family_deduction_dependants_max"],
        thresholds=value["income_tax_scale"].thresholds,
        rates=value["income_tax_scale"].rates,
        caps=caps,
    )


def engine(columns: Columns) -> Callable[[], pl.DataFrame]:
    """Minassa: the offer's own rules, from the plan to the last row."""
    offer, frame = load_offer(), pl.DataFrame(dict(columns)).lazy()

    def run() -> pl.DataFrame:
        results = evaluate(offer, {GRAIN: frame}, {GRAIN: (MONTH, MONTH)}, {GRAIN: WANTED})
        done: pl.DataFrame = results[GRAIN].select(WANTED).collect(engine="streaming")
        return done

    return run


def kernel(columns: Columns, law: Law, *, tuned: bool) -> Callable[[], dict[str, NDArray[np.int64]]]:
    """One compiled loop over the rows, on all cores."""
    loop = compiled(law, straight(law) if tuned else branching(law), early=tuned)
    given = [column for name, column in columns.items() if name != "period_start"]

    def run() -> dict[str, NDArray[np.int64]]:
        out = {name: np.empty(len(given[0]), dtype=np.int64) for name in WANTED}
        loop(*given, law.caps, out[TAX], out[AIR])
        return out

    loop(*(column[:9] for column in given), law.caps, *(np.empty(9, dtype=np.int64) for _ in WANTED))
    return run


def lines(law: Law) -> tuple[tuple[int, ...], tuple[int, ...], tuple[int, ...]]:
    """The scale as straight lines: upper bound, slope and constant of each bracket above the first."""
    sums, total = [], 0
    for threshold, (lower, higher) in zip(law.thresholds[1:], pairwise(law.rates), strict=True):
        total += threshold * (higher - lower)
        sums.append(total)
    return law.thresholds[1:], law.rates[1:], tuple(sums)


def branching(law: Law) -> Any:  # noqa: ANN401 (a compiled function)
    """The scale as the law reads: find the bracket, apply its line."""
    (b1, b2, b3, b4, b5), (s1, s2, s3, s4, s5), (d1, d2, d3, d4, d5) = lines(law)

    @numba.njit
    def scale(net, months):  # type: ignore[no-untyped-def] # noqa: ANN001, ANN202
        if net <= b1 * months:
            return 0
        if net <= b2 * months:
            return s1 * net - d1 * months
        if net <= b3 * months:
            return s2 * net - d2 * months
        if net <= b4 * months:
            return s3 * net - d3 * months
        if net <= b5 * months:
            return s4 * net - d4 * months
        return s5 * net - d5 * months

    return scale


def straight(law: Law) -> Any:  # noqa: ANN401 (a compiled function)
    """The scale without a branch: rates ascend, so the tax is the highest of its lines."""
    _, (s1, s2, s3, s4, s5), (d1, d2, d3, d4, d5) = lines(law)

    @numba.njit
    def scale(net, months):  # type: ignore[no-untyped-def] # noqa: ANN001, ANN202
        lower = max(0, s1 * net - d1 * months, s2 * net - d2 * months)
        return max(lower, s3 * net - d3 * months, s4 * net - d4 * months, s5 * net - d5 * months)

    return scale


def compiled(law: Law, scale: Any, *, early: bool) -> Any:  # noqa: ANN401 (compiled functions)
    """The loop, with the figures of the law as constants; each step rounded to the centime as the rules do."""
    low, high, ceiling, threshold = law.low_rate, law.high_rate, law.ceiling, law.threshold
    capped, rest, child, children = law.capped_rate, law.whole_rate, law.child, law.children

    @numba.njit(parallel=True)
    def loop(gross, base, worked, other, kids, withheld, filed, place, aided, caps, tax, air):  # type: ignore[no-untyped-def] # noqa: ANN001, ANN202, PLR0917
        for i in numba.prange(gross.shape[0]):
            income, months = gross[i], max(worked[i], 1)
            social = (capped * base[i] + rest * income + 5_000) // 10_000
            rate = low if 12 * income <= threshold * months else high
            expenses = (min(12 * rate * income, 10_000 * ceiling * months) + 60_000) // 120_000
            net = max(income - expenses - social - other[i], 0)
            family = (child * min(kids[i], children) * months + 6) // 12
            due = max((scale(12 * net, months) + 60_000) // 120_000 - family, 0)
            tax[i] = due
            cap = (caps[place[i]] * income + 5_000) // 10_000
            above = (min(due, withheld[i]) if filed[i] else due) - cap
            if early and above <= 0:
                air[i] = 0
            else:
                air[i] = (max(above, 0) * max(months - aided[i], 0) + months // 2) // months

    return loop


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
    """The same rules under OpenFisca, in simulations of `piece` persons; `run` returns the amounts and the seconds."""

    def __init__(self, columns: Columns, law: Law, piece: int) -> None:
        """The system, built once."""
        self.columns, self.piece = columns, piece
        self.system = TaxBenefitSystem([PERSON])
        self.system.parameters = legislation(law)
        self.system.add_variables(*(variable(name, None, kind) for name, (_, kind) in INPUTS.items()))
        self.system.add_variables(*(variable(name, formula) for name, formula in rules(law).items()))

    def run(self) -> tuple[dict[str, NDArray[np.float32]], float]:
        """Every piece of the population, one after the other."""
        rows, spent = len(self.columns["place"]), 0.0
        found: dict[str, list[NDArray[np.float32]]] = {"tax": [], "air": []}
        for start in range(0, rows, self.piece):
            stop = min(start + self.piece, rows)
            simulation: Simulation = SimulationBuilder().build_default_simulation(self.system, stop - start)
            inputs = self.inputs(slice(start, stop))
            began = time.perf_counter()
            for name, values in inputs.items():
                simulation.set_input(name, format_month(MONTH), values)
            for name, pieces in found.items():
                pieces.append(simulation.calculate(name, format_month(MONTH)))
            spent += time.perf_counter() - began
        return {TAX: np.concatenate(found["tax"]), AIR: np.concatenate(found["air"])}, spent

    def inputs(self, rows: slice) -> dict[str, NDArray[Any]]:
        """The inputs of some rows, amounts in dirhams."""
        taken = {name: (self.columns[column][rows], kind) for name, (column, kind) in INPUTS.items()}
        return {name: values / 100 if kind is float else values for name, (values, kind) in taken.items()}


def refuse_differences(found: Mapping[str, NDArray[Any]], expected: pl.DataFrame, who: str) -> None:
    """Stop when a contender does not give the same centimes on every row."""
    for name in WANTED:
        differ = int((found[name] != expected[name].to_numpy()).sum())
        if differ:
            sys.exit(f"WRONG: {who} differs on {differ:,} rows of {name}")


def refuse_untold(columns: Columns, found: pl.DataFrame) -> None:
    """Stop when `explain`, on plain Python numbers, tells other amounts for a sample of the rows."""
    offer, rows = load_offer(), len(columns["place"])
    for row in range(0, rows, max(1, rows // SAMPLE)):
        values = {GRAIN: {name: column[row].item() for name, column in columns.items()}}
        for name in WANTED:
            if explain(offer, name, GRAIN, values).value != found[name][row]:
                sys.exit(f"WRONG: explain tells another {name} for row {row}")


def compare(rows: int, rounds: int, rival_rounds: int) -> None:
    """Check every contender, then time them in turns, and print what a reader needs to judge."""
    columns = made_up(rows)
    law = law_of(load_offer().at(GRAIN, MONTH))
    ours = engine(columns)
    kernels = {
        "kernel as the law reads": kernel(columns, law, tuned=False),
        "kernel tuned by hand": kernel(columns, law, tuned=True),
    }
    exact = ours()
    for who, run in kernels.items():
        refuse_differences(run(), exact, who)
    refuse_untold(columns, exact)
    rivals = {f"OpenFisca-Core, by {piece:,}": OpenFisca(columns, law, piece) for piece in PIECES}
    floats, _ = next(iter(rivals.values())).run()
    contenders: dict[str, Callable[[], Any]] = {"Minassa (Polars, streaming)": ours, **kernels}
    seconds: dict[str, list[float]] = {who: [] for who in (*contenders, *rivals)}
    for number in range(rounds):
        for who, turn in contenders.items():
            began = time.perf_counter()
            turn()
            seconds[who].append(time.perf_counter() - began)
        for who, rival in rivals.items() if number < rival_rounds else ():
            seconds[who].append(rival.run()[1])
    report(rows, seconds)
    errors(floats, exact)


def report(rows: int, seconds: Mapping[str, list[float]]) -> None:
    """Best and median seconds of each contender, and how many times the engine's best."""
    ours = min(next(iter(seconds.values())))
    print(f"{rows:,} employee-months of {format_month(MONTH)}, {' and '.join(WANTED)}; {numba.get_num_threads()} cores")
    for who, all_seconds in seconds.items():
        best, median = min(all_seconds), statistics.median(all_seconds)
        print(
            f"{who:<28} best {best:8.3f} s   median {median:8.3f} s of {len(all_seconds)}   {best / ours:6.2f} x ours"
        )
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
    known = ", ".join(f"{name} {version(name)}" for name in ("polars", "numba", "openfisca-core"))
    print(f"peak of memory {peak:.1f} GiB; Python {platform.python_version()}, {known}")


def errors(floats: Mapping[str, NDArray[Any]], exact: pl.DataFrame) -> None:
    """By how much 32-bit floats miss the exact amounts, in dirhams."""
    print("rows and sums identical to the centime: Minassa, both kernels, and explain on a sample")
    for name in WANTED:
        truth = exact[name].to_numpy()
        sums = f"sum {int(truth.sum()):,} centimes"
        missed = np.abs(floats[name].astype(np.float64) - truth / 100)
        wrong = (np.rint(floats[name].astype(np.float64) * 100) != truth).mean()
        print(
            f"{name}: {sums}; OpenFisca misses by at most {missed.max():.4f} MAD, {missed.sum():,.0f} MAD in all, "
            f"{wrong:.1%} of rows by a centime or more"
        )


def main() -> None:
    """Read the command line and compare."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rows", type=int, default=20_000_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--rival-rounds", type=int, default=3)
    chosen = parser.parse_args()
    compare(chosen.rows, chosen.rounds, chosen.rival_rounds)


if __name__ == "__main__":
    main()
