import pytest

from bench import _williams as williams


def test_the_least_redundancies_are_those_that_williams_publishes() -> None:
    found = williams.least(cost=False)
    assert found.least == pytest.approx(williams.LEAST_REDUNDANCIES, rel=1e-6)
    assert found.solution.gap < 1e-6


def test_the_least_cost_and_its_redundancies_are_those_that_williams_publishes() -> None:
    found = williams.least(cost=True)
    assert found.least == pytest.approx(williams.LEAST_COST, rel=1e-7)
    assert found.redundancies == pytest.approx(williams.REDUNDANCIES_AT_LEAST_COST, abs=0.05)
    assert found.solution.gap < 1e-6
