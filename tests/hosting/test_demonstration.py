from __future__ import annotations

import json
from pathlib import Path

import pytest

from minassa.cli.platform import options_of
from minassa.hosting.demonstration import Nation, nation_made, nation_to_make
from minassa.hosting.errors import OtherNation
from minassa.hosting.plant import Wishes


def computed(home: Path, people: int, months: int) -> None:
    """A folder in which a nation was deposited and computed."""
    (home / "runs" / "calcul-0001").mkdir(parents=True)
    (home / "runs" / "calcul-0001" / "manifest.json").touch()
    (home / "synthetic.json").write_text(json.dumps({"people": people, "months": months}), "utf-8")


def test_without_a_size_the_nation_stops_at_what_is_due_today(tmp_path: Path) -> None:
    nation = nation_to_make(tmp_path, None, None)
    assert nation is not None
    assert (nation.people, nation.months, nation.processes) == (6000, 42, 1)
    assert nation.options()[-2] == "--today"


def test_months_that_are_asked_are_all_declared(tmp_path: Path) -> None:
    nation = nation_to_make(tmp_path, 280_000, 66)
    assert nation is not None
    assert nation.today is None
    words = nation.options()
    assert words[:4] == ("--people", "280000", "--months", "66")
    assert words[-1] == "--earlier"


def test_a_nation_stopped_on_its_way_goes_on_as_it_was_begun_until_it_is_made(tmp_path: Path) -> None:
    begun = nation_to_make(tmp_path, 900, None)
    computed(tmp_path, 900, 42)
    (tmp_path / "nation.json").write_text((tmp_path / "nation.json").read_text("utf-8").replace("20", "19"), "utf-8")
    again = nation_to_make(tmp_path, None, None)
    assert begun is not None
    assert again is not None
    assert again.people == begun.people
    assert again.today != begun.today
    nation_made(tmp_path)
    assert nation_to_make(tmp_path, None, None) is None
    assert nation_to_make(tmp_path, 900, None) is None


def test_another_nation_than_the_one_there_is_refused_and_nothing_is_noted(tmp_path: Path) -> None:
    computed(tmp_path, 6000, 42)
    for people, months in ((280_000, None), (None, 66), (280_000, 66)):
        with pytest.raises(OtherNation, match="6000"):
            nation_to_make(tmp_path, people, months)
    assert not (tmp_path / "nation.json").exists()


def test_a_nation_that_is_under_way_is_not_left_for_another(tmp_path: Path) -> None:
    nation_to_make(tmp_path, 100, 20)
    with pytest.raises(OtherNation, match="100"):
        nation_to_make(tmp_path, 200, None)


def test_a_note_cut_short_is_as_none(tmp_path: Path) -> None:
    (tmp_path / "nation.json").write_text('{"people": 1', "utf-8")
    begun = nation_to_make(tmp_path, None, None)
    assert begun is not None
    assert begun == Nation(today=begun.today)
    assert nation_to_make(tmp_path, None, None) == begun


def test_what_is_wished_is_told_to_the_process_that_stays() -> None:
    words = options_of(Wishes(8100, demonstration=False, people=280_000, months=66))
    assert words == ["--port", "8100", "--no-demonstration", "--nation", "--people", "280000", "--months", "66"]
    assert "--people" not in options_of(Wishes())
