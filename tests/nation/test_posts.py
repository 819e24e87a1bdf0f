from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from minassa.nation.posts import match_vacancies

vacancies = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 6)), max_size=12)


def matched(wanted: list[int], vacant: list[tuple[int, int]]) -> list[int]:
    cells, since = ([pair[place] for pair in vacant] for place in (0, 1))
    columns = [np.array(column, np.int64) for column in (wanted, range(len(vacant)), cells, since)]
    seats: list[int] = match_vacancies(*columns).tolist()
    return seats


def test_the_oldest_vacancy_of_the_cell_is_filled_first() -> None:
    assert matched([5, 5, 5], [(5, 8), (4, 1), (5, 2)]) == [2, 0, -1]


@given(st.lists(st.integers(0, 3), max_size=12), vacancies)
def test_matching_is_the_one_a_person_would_do_one_hire_after_the_other(
    wanted: list[int], vacant: list[tuple[int, int]]
) -> None:
    left = sorted(range(len(vacant)), key=lambda seat: (vacant[seat][1], seat))
    expected = []
    for cell in wanted:
        seat = next((seat for seat in left if vacant[seat][0] == cell), -1)
        expected.append(seat)
        if seat >= 0:
            left.remove(seat)
    assert matched(wanted, vacant) == expected
