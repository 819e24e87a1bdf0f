"""Every worked case comes out as its author worked it out, through the same pipeline as declared files."""

from __future__ import annotations

from pathlib import Path

import pytest

from minassa.entitlements.cases import InvalidCase, read_case
from minassa.entitlements.simulation import simulate
from minassa.offer.catalogue import catalogue
from minassa.offer.loading import load_offer
from tests.offer.case_files import case_files, expectations, name_of, reach, read

AT_LEAST = 80


@pytest.mark.parametrize("file", case_files(), ids=name_of)
def test_a_worked_case_comes_out_as_worked(file: Path) -> None:
    case = read(file)
    told = simulate(case)
    wanted = list(expectations(load_offer(), case["expected"]))
    assert wanted, "a case that expects nothing proves nothing"
    assert {way: reach(told, way, str(case["period"])) for way, _ in wanted} == dict(wanted)


def test_there_are_cases_for_every_measure() -> None:
    covered = {file.parents[1].name for file in case_files()}
    assert covered == {one.measure for one in catalogue()}
    assert len(case_files()) >= AT_LEAST


def test_a_case_without_source_is_refused() -> None:
    case = read(case_files()[0])
    with pytest.raises(InvalidCase, match="source"):
        read_case({key: value for key, value in case.items() if key != "source"})


def test_a_case_worked_by_hand_shows_its_working() -> None:
    case = read(case_files()[0])
    with pytest.raises(InvalidCase, match="calcul"):
        read_case({**case, "working": " "})


def test_every_condition_is_false_in_some_case_and_true_in_another() -> None:
    seen: dict[str, set[bool]] = {}
    for file in case_files():
        for way, value in expectations(load_offer(), read(file)["expected"]):
            if isinstance(value, bool):
                seen.setdefault(way[-1], set()).add(value)
    conditions = {rule.name for rule in load_offer().rules if rule.kind == "condition"}
    assert {name for name in conditions if seen.get(name) != {True, False}} == set()
