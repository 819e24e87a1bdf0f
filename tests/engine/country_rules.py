"""The rules of the invented country of millers: two grains, two measures, every feature of the engine."""
# ruff: noqa: ANN401 (a rule runs on columns and on plain values alike)

from __future__ import annotations

from typing import Any

from minassa.engine import (
    Brackets,
    Table,
    amount,
    condition,
    lookup,
    minimum,
    negate,
    positive,
    progressive,
    rule,
    where,
)
from minassa.vocabulary.rounding import Direction, divide
from minassa.vocabulary.statuses import Status


@rule(
    grain="mill",
    starts="2021-07-01",
    texts=("code-des-moulins",),
    unit="boolean",
    status=Status.OFFICIAL,
)
def mill_thrives(sacks_year: Any, thriving_sacks: Any) -> Any:
    """The mill grinds enough; nobody says so of accounts closed before July 2021."""
    return sacks_year >= thriving_sacks


@rule(grain="mill", starts="2019-01-01", texts=("code-des-moulins",), unit="cents", status=Status.OFFICIAL)
def turnover_year(sacks_year: Any, price_sack: Any) -> Any:
    """Sales of the mill in the year."""
    return sacks_year * price_sack


@amount(measure="dam", grain="mill", starts="2020-01-01", ends="2022-12-31", texts=("gazette#7",), status=Status.PRESS)
def dam_aid(turnover_year: Any, dam_share: Any) -> Any:
    """What the State pays back for the dam."""
    return divide(turnover_year * dam_share, 10_000, Direction.DOWN, "gazette#7")


@rule(
    name="flour_tax",
    grain="miller",
    starts="2019-01-01",
    ends="2020-12-31",
    texts=("code-des-moulins#3",),
    unit="cents",
    status=Status.OFFICIAL,
)
def flour_tax_at_one_rate(wage_month: Any, flour_tax_rate: Any) -> Any:
    """Flour tax of the month, at one rate."""
    return divide(wage_month * flour_tax_rate, 10_000, Direction.HALF_UP, "code-des-moulins#3")


@rule(grain="miller", starts="2021-01-01", texts=("code-des-moulins#3bis",), unit="cents", status=Status.OFFICIAL)
def flour_tax(taxed_wage: Any, flour_tax_scale: Brackets) -> Any:
    """Flour tax of the month, by the scale."""
    return divide(progressive(taxed_wage, flour_tax_scale), 10_000, Direction.HALF_UP, "code-des-moulins#3bis")


@rule(grain="miller", starts="2019-01-01", texts=("code-des-moulins#3bis",), unit="cents", status=Status.OFFICIAL)
def taxed_wage(wage_month: Any, toll_paid: Any) -> Any:
    """Wage less the toll, never below zero."""
    return positive(wage_month - toll_paid)


@rule(grain="miller", starts="2019-01-01", texts=("code-des-moulins#8",), unit="cents", status=Status.OFFICIAL)
def toll_paid(valley: Any, toll: Table) -> Any:
    """Toll of the month in the valley of the miller's house."""
    return lookup(valley, toll)


@condition(measure="bread", grain="miller", starts="2019-01-01", texts=("code-du-pain#2",), status=Status.OFFICIAL)
def bread_low_wage(wage_month: Any, bread_wage_max: Any) -> Any:
    """The wage is low enough."""
    return wage_month <= bread_wage_max


@condition(
    measure="bread",
    grain="miller",
    starts="2019-01-01",
    texts=("code-du-pain#2",),
    status=Status.OFFICIAL,
    switch="bread_requires_roof",
)
def bread_good_mill(roofed: Any, mill_thrives: Any) -> Any:
    """The mill has a roof and thrives."""
    return roofed & mill_thrives


@condition(
    measure="bread",
    grain="miller",
    starts="2019-01-01",
    texts=("guilde-des-meuniers",),
    status=Status.PROPOSED,
    switch="bread_refuses_apprentices",
)
def bread_no_apprentice(apprentice: Any) -> Any:
    """The miller is no apprentice."""
    return negate(apprentice)


@amount(measure="bread", grain="miller", starts="2019-01-01", texts=("code-du-pain#1",), status=Status.OFFICIAL)
def bread_aid(
    bread_entitled: Any, wage_month: Any, flour_tax: Any, bread_rate: Any, children: Any, bread_children_max: Any
) -> Any:
    """The bread aid of the month: a share of what the tax leaves of the wage, for each child, or one."""
    shares = 1 + minimum(children, bread_children_max)
    aid = divide(bread_rate * positive(wage_month - flour_tax) * shares, 10_000, Direction.HALF_UP, "code-du-pain#1")
    return where(bread_entitled, aid, 0)
