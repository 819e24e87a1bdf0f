"""What an estimate says is what `simulate` says, at each place, for each period, to the centime."""

from __future__ import annotations

from typing import Any

import pytest

from minassa.entitlements.cases import InvalidCase
from minassa.entitlements.estimates import Estimated, estimate
from minassa.entitlements.rowwise import Law, Row
from minassa.entitlements.simulation import simulate
from minassa.offer.loading import load_offer
from minassa.vocabulary.places import UnknownPlaceError

PLACES = ("casanearshore", "fes-shore", "hors-p2i-souss-massa")


def case(**changes: object) -> dict[str, Any]:
    """A firm that began in 2020, exports 80 %, and hires five people who are not alike."""
    years = range(2024, 2031)
    firm = {
        "filiere": "ITO",
        "started": "2020-01-01",
        "accounts": {
            y: {"turnover": 20_000_000, "export_turnover": 16_000_000, "corporate_tax": 412_345.67} for y in years
        },
    }
    employees: dict[str, dict[str, Any]] = {
        "ingenieur": {"hired": "2026-03-01", "salary": 31_234.56},
        "ancien": {"hired": "2025-02-01", "salary": 24_000},
        "etranger": {"hired": "2026-01-01", "salary": 26_000, "nationality": "FR"},
        "cdd": {"hired": "2027-06-01", "salary": 9_000, "contract": "CDD"},
        "recent": {"hired": "2030-02-01", "salary": 15_500},
    }
    told = {"title": "t", "source": "essai", "as_of": "2030-12", "period": 2030, "employees": employees}
    return {**told, "firm": {**firm, **changes}}


def same(estimated: tuple[Estimated, ...], place: str, source: dict[str, Any]) -> int:
    """How many amounts `simulate` gives at the place; fails when one of them is not what was estimated."""
    told = simulate({**source, "firm": {**source["firm"], "place": place}})
    by_key = {(e.employee, e.measure, e.period): e for e in estimated if e.place == place}
    count = 0
    for employee, block in [*told["employees"].items(), ("", told["firm"])]:
        for measure, found in block.items():
            for line in found["periods"]:
                one = by_key[employee, measure, line["period"]]
                assert (one.amount, one.status.value) == (line["amount_cents"], line["status"])
                assert {n: one.conditions[n] for n in line["required"]} == {
                    n: line["conditions"][n] for n in line["required"]
                }
                count += 1
    assert count == len(by_key)
    return count


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"listed_activity": False},
        {"started": "2026-01-01"},
        {"filiere": "CRM", "tax_certificate": "none"},
    ],
    ids=["entitled", "not-listed", "new-firm", "no-certificate"],
)
def test_an_estimate_is_what_simulate_gives(changes: dict[str, Any]) -> None:
    """Every amount, status and condition, at three places."""
    source = case(**changes)
    estimated = estimate(source, PLACES)
    assert sum(same(estimated, place, source) for place in PLACES) > 90
    refused = "tax_certificate" in changes or "listed_activity" in changes
    assert (sum(e.amount for e in estimated) == 0) is refused


def test_a_place_changes_the_cap() -> None:
    """The cap of the income tax is 10 % at Fès and 20 % at Casablanca: Fès gives more, the premiums are the same."""
    estimated = estimate(case(), PLACES)
    sums = {p: {m: _sum(estimated, p, m) for m in ("air", "pae", "paf")} for p in PLACES}
    assert sums["fes-shore"]["air"] > sums["casanearshore"]["air"] > 0
    assert sums["fes-shore"] == sums["hors-p2i-souss-massa"]
    assert {sums[p]["pae"] for p in PLACES} == {sums["fes-shore"]["pae"]}


def _sum(estimated: tuple[Estimated, ...], place: str, measure: str) -> int:
    return sum(e.amount for e in estimated if (e.place, e.measure) == (place, measure))


def test_what_a_condition_costs_is_what_its_holding_gives() -> None:
    """The premium that a foreign recruit does not get is the one a Moroccan with the same pay gets."""
    source = case()
    moroccan = {**source, "employees": {"etranger": {**source["employees"]["etranger"], "nationality": "MA"}}}
    lost = {
        e.period: e.withheld for e in estimate(source, PLACES[:1]) if (e.employee, e.measure) == ("etranger", "paf")
    }
    won = {e.period: e.amount for e in estimate(moroccan, PLACES[:1]) if (e.employee, e.measure) == ("etranger", "paf")}
    assert {period: withheld["paf_moroccan"] for period, withheld in lost.items()} == won
    assert sum(won.values()) > 0


def test_eligibility_is_told_by_what_it_is_made_of() -> None:
    """A firm whose activity is not listed learns that this is what withholds its amounts."""
    estimated = estimate(case(listed_activity=False), PLACES[:1])
    held = estimate(case(), PLACES[:1])
    regained = sum(e.withheld.get("eligibility_listed_activity", 0) for e in estimated)
    assert sum(e.amount for e in estimated) == 0
    assert regained == sum(e.amount for e in held)


def test_a_premium_on_its_way_is_to_come() -> None:
    """Somebody hired in February 2030 has not stayed 18 months by the end of 2030: nothing due, a premium to come."""
    pae = next(e for e in estimate(case(), PLACES[:1]) if (e.employee, e.measure) == ("recent", "pae"))
    assert (pae.amount, pae.year) == (0, 2031)
    assert pae.to_come > 0
    assert pae.conditions["pae_stay_reached"] is False


def test_no_condition_that_counts_looks_at_the_number_of_people() -> None:
    """One person stands for all who are alike: so nothing that counts may depend on how many they are."""
    offer = load_offer()
    crowd = {n for n in offer.inputs if "headcount" in n}
    for grain in ("employee_period", "hire", "firm_year"):
        for month in range(2025 * 12, 2031 * 12):
            law = offer.at(grain, month)
            names = [f"{m}_amount" for m in offer.measures if f"{m}_amount" in law.rules]
            read = {i for name in law.behind(*names) for i in law.rules[name].inputs}
            assert not crowd & read


def test_a_row_changed_is_a_row_made_anew() -> None:
    """Changing a column evaluates again what rests on it, and nothing else differs from a row made with it."""
    law = Law(load_offer())
    firm = dict.fromkeys(law.own["firm_year"], 0) | {"closing_month": 2026 * 12 + 11, "turnover_year": 100}
    row = Row(law, "firm_year", {**firm, "export_turnover_year": 50, "corporate_tax_year": 1000})
    assert row.value("export_share") == 5000
    moved = row.changed("export_turnover_year", 80)
    assert moved.value("export_share") == 8000
    assert moved.value("corporate_tax_on_export") == 800
    assert row.value("corporate_tax_on_export") == 500


def test_wrong_cases_and_places_are_refused() -> None:
    """The same errors as `simulate`."""
    with pytest.raises(InvalidCase):
        estimate({**case(), "unknown": 1}, PLACES)
    with pytest.raises(UnknownPlaceError):
        estimate(case(), ("casanearshore", "nowhere"))
