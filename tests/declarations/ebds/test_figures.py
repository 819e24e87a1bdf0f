"""The dated figures of the controls, as their sources print them."""

from __future__ import annotations

import numpy as np
import pytest

from minassa.declarations.ebds.figures import CEILING, MINIMUM_WAGE, UNKNOWN, amounts, figures
from minassa.vocabulary.periods import month_index
from minassa.vocabulary.texts import text


@pytest.mark.parametrize(
    ("name", "year", "month", "centimes"),
    [
        (CEILING, 2006, 1, UNKNOWN),
        (CEILING, 2006, 2, 600_000),
        (CEILING, 2025, 10, 600_000),
        (MINIMUM_WAGE, 2023, 8, UNKNOWN),
        (MINIMUM_WAGE, 2023, 9, 1_629 * 191),
        (MINIMUM_WAGE, 2024, 12, 1_629 * 191),
        (MINIMUM_WAGE, 2025, 1, 326_610),
        (MINIMUM_WAGE, 2026, 1, 342_272),
    ],
)
def test_a_figure_changes_on_its_date(name: str, year: int, month: int, centimes: int) -> None:
    assert amounts(name, np.array([month_index(year, month)], dtype=np.int32)).tolist() == [centimes]


def test_figures_of_many_months_keep_their_order() -> None:
    months = np.array([month_index(2026, 1), month_index(2025, 1), month_index(2026, 1), 0], dtype=np.int32)
    assert amounts(MINIMUM_WAGE, months).tolist() == [342_272, 326_610, 342_272, UNKNOWN]


def test_every_value_cites_a_text_of_the_register() -> None:
    for figure in figures().values():
        for value in figure.values:
            assert text(value.source.text).title
