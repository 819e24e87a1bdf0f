"""Jobs promised by conventions in force: on the line of each commitment, told once, none before signature."""

from __future__ import annotations

import pytest

from minassa.conventions.public import promised_jobs
from minassa.vocabulary.periods import parse_month
from tests.conventions.world import in_force, make, proposed

pytestmark = pytest.mark.django_db
MONTHS = [parse_month(month) for month in ("2025-06", "2026-06", "2027-06", "2030-12")]


def test_promises_of_conventions_in_force_follow_their_line_and_stay_past_their_term() -> None:
    world = make()
    proposed(world)
    assert promised_jobs(MONTHS, MONTHS[0])[0] == 0
    in_force(world)
    number, told = promised_jobs(MONTHS, MONTHS[1])
    assert number == 1
    assert [one.jobs for one in told] == [0, 6, 12, 12]
    assert [one.to_come for one in told] == [-6, 0, 6, 6]
