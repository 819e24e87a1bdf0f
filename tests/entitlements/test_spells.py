"""Spells of employment: gaps, departures, several employers, complements."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from minassa.declarations import schemas
from minassa.entitlements.bundles import bundles, digested
from minassa.entitlements.months import aliases, employee_months
from minassa.entitlements.spells import spells, with_spells

ORDINARY, LEFT, MATERNITY, UNPAID = 0, 1, 3, 6
JULY_2025 = 2025 * 12 + 6
NOBODY = pl.DataFrame(schema={"person": pl.Int64, "known_person": pl.Int64})


def lines(*rows: tuple[int, int, int, int, int]) -> pl.LazyFrame:
    """CNSS lines from (firm, person, month after July 2025, salary, situation)."""
    made = [
        {
            "month": JULY_2025 + month,
            "affiliation": firm,
            "person": person,
            "record": 2,
            "days": 0 if situation in {UNPAID, MATERNITY} else 26,
            "salary_real": salary,
            "salary_capped": min(salary, 600_000),
            "situation": situation,
            "children": 0,
            "file_id": 1,
            "line": number,
        }
        for number, (firm, person, month, salary, situation) in enumerate(rows, start=1)
    ]
    return pl.DataFrame(made, schema=schemas.CNSS, strict=False).lazy()


def register(*people: tuple[int, int]) -> pl.DataFrame:
    """Registers, one a month, that each name a person by number and by card."""
    rows = [
        {
            "as_of_month": JULY_2025 + number,
            "affiliation": 1,
            "person": person,
            "person_by_cin": card,
            "hired_on": None,
            "left_on": None,
        }
        for number, (person, card) in enumerate(people, start=1)
    ]
    return pl.DataFrame(rows, schema={name: schemas.STAFF[name] for name in rows[0]})


def spans(frame: pl.LazyFrame) -> list[tuple[int, int, int, int]]:
    """(firm, person, first, last month after July 2025) of each spell."""
    found = spells(with_spells(employee_months(frame, NOBODY)))
    return [
        (firm, person, first - JULY_2025, last - JULY_2025)
        for firm, person, first, last in found.select("affiliation", "person", "first_month", "last_month").iter_rows()
    ]


def stay(firm: int, person: int, months: range, *, leaves: bool = False) -> list[tuple[int, int, int, int, int]]:
    """Lines of an ordinary stay, the departure declared on the last one when `leaves`."""
    return [(firm, person, m, 500_000, LEFT if leaves and m == months[-1] else ORDINARY) for m in months]


def test_a_month_forgotten_without_departure_does_not_break_the_spell() -> None:
    rows = [*stay(1, 7, range(4)), *stay(1, 7, range(6, 9))]
    assert spans(lines(*rows)) == [(1, 7, 0, 8)]


def test_three_months_not_declared_break_the_spell() -> None:
    rows = [*stay(1, 7, range(4)), *stay(1, 7, range(7, 9))]
    assert spans(lines(*rows)) == [(1, 7, 0, 3), (1, 7, 7, 8)]


def test_a_declared_departure_breaks_the_spell_even_for_one_month() -> None:
    rows = [*stay(1, 7, range(4), leaves=True), *stay(1, 7, range(5, 9))]
    assert spans(lines(*rows)) == [(1, 7, 0, 3), (1, 7, 5, 8)]


def test_two_employers_in_the_same_month_are_two_spells() -> None:
    rows = [*stay(1, 7, range(4)), *stay(2, 7, range(2, 6))]
    assert spans(lines(*rows)) == [(1, 7, 0, 3), (2, 7, 2, 5)]


@pytest.mark.parametrize(("situation", "counted"), [(MATERNITY, 3), (UNPAID, 2), (ORDINARY, 3)])
def test_covered_absences_count_and_unpaid_ones_do_not(situation: int, counted: int) -> None:
    rows = [(1, 7, 0, 500_000, ORDINARY), (1, 7, 1, 0, situation), (1, 7, 2, 500_000, ORDINARY)]
    found = spells(with_spells(employee_months(lines(*rows), NOBODY)))
    assert found["declared_months"].to_list() == [counted]


def test_a_complement_adds_to_the_month_it_completes() -> None:
    rows = [(1, 7, 0, 400_000, ORDINARY), (1, 7, 0, 100_000, ORDINARY)]
    months = employee_months(lines(*rows), NOBODY)
    assert months.select("salary_real", "line").rows() == [(500_000, 1)]


def test_an_entrant_without_number_is_the_person_the_register_names() -> None:
    known = aliases(register((70, 7), (71, 71), (0, 8)))
    rows = [*stay(1, 7, range(1)), *stay(1, 70, range(1, 4))]
    months = employee_months(lines(*rows), known)
    assert months["person"].unique().to_list() == [70]
    assert months.height == 4


def test_the_last_register_says_whose_card_it_is() -> None:
    assert aliases(register((71, 7), (70, 7)))["known_person"].to_list() == [70]
    assert aliases(register((70, 7), (71, 7))[::-1])["known_person"].to_list() == [71]


def test_a_month_counts_when_one_of_its_lines_says_so() -> None:
    months = employee_months(lines((1, 7, 0, 0, UNPAID), (1, 7, 0, 0, MATERNITY), (1, 7, 0, 500_000, LEFT)), NOBODY)
    assert months.select("present", "left", "line").rows() == [(True, True, 3)]


def test_casual_labour_is_followed_by_nobody() -> None:
    assert employee_months(lines((1, 0, 0, 1, 0)), NOBODY).height == 0


STAYS = st.lists(
    st.tuples(st.integers(1, 4), st.integers(1, 5), st.integers(0, 20), st.integers(1, 9), st.booleans()), max_size=12
)


@given(STAYS, st.randoms(use_true_random=False), st.integers(1, 60))
def test_order_and_bundling_change_nothing(
    stays: list[tuple[int, int, int, int, bool]], shuffler: object, size: int
) -> None:
    rows = [line for f, p, s, n, gone in stays for line in stay(f, p, range(s, s + n), leaves=gone)]
    frame = lines(*rows).unique(["affiliation", "person", "month"], keep="first", maintain_order=True).collect()
    mixed = list(range(frame.height))
    shuffler.shuffle(mixed)  # type: ignore[attr-defined]
    whole = digested(frame.lazy(), NOBODY, [JULY_2025])
    parts = pl.concat([spells(with_spells(employee_months(b, NOBODY))) for b in bundles(frame[mixed].lazy(), size)])
    assert parts.equals(whole.spells)


@given(STAYS)
def test_spells_keep_every_centime(stays: list[tuple[int, int, int, int, bool]]) -> None:
    rows = [line for f, p, s, n, gone in stays for line in stay(f, p, range(s, s + n), leaves=gone)]
    digest = digested(lines(*rows), NOBODY, [JULY_2025])
    assert digest.spells["salary_spell"].sum() == sum(row[3] for row in rows)
    assert digest.periods["salary_period"].sum() == sum(row[3] for row in rows)
