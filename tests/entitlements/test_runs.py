"""Runs: stopped and taken up again, replayed, never edited."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from minassa.declarations.deposit import deposit
from minassa.declarations.lake import TABLES, Lake
from minassa.engine import Offer, read_reform, reform
from minassa.engine.errors import LostRule
from minassa.entitlements.replays import offer_of, replay
from minassa.entitlements.runs import GRAINS, MANIFEST, STEPS, Progress, Run, UnknownRun, UnreadableRun, run
from minassa.offer.loading import codes, load_offer
from tests.entitlements.conftest import KEY, RECEIVED, UNTIL, Country
from tests.entitlements.filed import AS_OF, Someone, invented, write_cnss, write_files

TABLES_OF_A_RUN = (*GRAINS, "amounts", "discrepancies", "irregularities", "undoubted", "spells")


class Stopped(Exception):
    """Somebody pulled the plug."""


def stop_at(place: int) -> Progress:
    """A progress callback that stops the run at one of its steps."""
    seen: list[str] = []

    def progress(step: str, done: int, of: int) -> None:
        assert 0 <= done <= of == STEPS
        if len(seen) == place:
            raise Stopped
        seen.append(step)

    return progress


def same(one: Run, other: Run) -> None:
    """Both runs hold the same tables and the same record."""
    assert one.manifest == other.manifest
    for name in TABLES_OF_A_RUN:
        assert_frame_equal(one.table(name).collect(), other.table(name).collect())


def names(folder: Path) -> set[str]:
    """Files of a folder."""
    return {path.name for path in folder.iterdir()}


@pytest.mark.parametrize("place", range(5))
def test_a_run_that_was_stopped_resumes_to_the_same_end(country: Country, tmp_path: Path, place: int) -> None:
    versions, offer, target = country.lake.versions(), load_offer(), tmp_path / "run-1"
    with pytest.raises(Stopped):
        run(country.lake, versions, offer, target, UNTIL, stop_at(place))
    assert not target.exists()
    again = run(country.lake, versions, offer, target, UNTIL)
    same(again, country.run)
    assert names(target) == {*(f"{name}.parquet" for name in TABLES_OF_A_RUN), MANIFEST}
    assert names(tmp_path) == {"run-1"}


def test_what_a_stopped_run_left_is_not_taken_up_for_another_month(country: Country, tmp_path: Path) -> None:
    versions, offer, target = country.lake.versions(), load_offer(), tmp_path / "run-1"
    with pytest.raises(Stopped):
        run(country.lake, versions, offer, target, UNTIL - 12, stop_at(2))
    same(run(country.lake, versions, offer, target, UNTIL), country.run)


def test_a_run_can_be_made_again_in_its_place(country: Country, tmp_path: Path) -> None:
    versions, offer, target = country.lake.versions(), load_offer(), tmp_path / "run-1"
    run(country.lake, versions, offer, target, UNTIL - 24)
    same(run(country.lake, versions, offer, target, UNTIL), country.run)


def test_a_replay_is_identical(country: Country) -> None:
    outcome = replay(country.run, load_offer(), country.lake)
    assert outcome.identical
    assert outcome.compared == country.run.manifest["rows"]["amounts"] > 0


def test_a_replay_tells_what_differs(country: Country, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    copy.mkdir()
    for name in names(country.run.path):
        (copy / name).write_bytes((country.run.path / name).read_bytes())
    amounts = country.run.table("amounts").collect()
    amounts.with_columns(pl.col("amount_cents") + pl.int_range(pl.len()).eq(3)).write_parquet(copy / "amounts.parquet")
    outcome = replay(Run(copy), load_offer(), country.lake)
    assert outcome.differences.height == 1
    assert outcome.differences["again_cents"][0] == outcome.differences["amount_cents"][0] - 1


def lowered(offer: Offer) -> Offer:
    """The offer with half the premium for jobs."""
    return reform(offer, read_reform("name: moitié\nfigures: {pae_rate: 850, paf_rate: 175}", codes()))


@pytest.fixture(scope="module")
def firm(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Someone]]:
    """The files of a small firm."""
    folder = tmp_path_factory.mktemp("firm") / "files"
    people = invented(3, 8)
    write_files(folder, people)
    return folder, people


def ran(lake: Lake, target: Path, offer: Offer | None = None) -> Run:
    """A run on the lake as it stands."""
    return run(lake, lake.versions(), offer or load_offer(), target, AS_OF)


def amounts_of(done: Run) -> pl.DataFrame:
    """Amounts without the files they come from, which a later deposit of the same bytes changes."""
    return done.table("amounts").drop("file_id").collect()


def test_later_deposits_and_another_offer_leave_a_run_as_it_was(
    firm: tuple[Path, list[Someone]], tmp_path: Path
) -> None:
    folder, people = firm
    lake = Lake(tmp_path / "lake", KEY)
    deposit([folder], lake, RECEIVED)
    before = ran(lake, tmp_path / "run-1")
    write_cnss(tmp_path / "raised", [replace(one, salary=one.salary * 2) for one in people])
    deposit([tmp_path / "raised"], lake, RECEIVED)
    after = ran(lake, tmp_path / "run-2")
    other = ran(lake, tmp_path / "run-3", lowered(load_offer()))
    assert not amounts_of(after).equals(amounts_of(before))
    assert not amounts_of(other).equals(amounts_of(after))
    assert replay(before, load_offer(), lake).identical
    for done in (before, after, other):
        assert replay(done, lowered(load_offer()), lake).identical, "the record of the run decides, not the figures"


def test_superseding_then_restoring_gives_the_first_amounts(firm: tuple[Path, list[Someone]], tmp_path: Path) -> None:
    folder, people = firm
    lake = Lake(tmp_path / "lake", KEY)
    deposit([folder], lake, RECEIVED)
    first = ran(lake, tmp_path / "run-1")
    write_cnss(tmp_path / "wrong", [replace(one, salary=one.salary * 2) for one in people])
    deposit([tmp_path / "wrong"], lake, RECEIVED)
    second = ran(lake, tmp_path / "run-2")
    deposit([folder], lake, RECEIVED)
    third = ran(lake, tmp_path / "run-3")
    assert not amounts_of(second).equals(amounts_of(first))
    assert_frame_equal(amounts_of(third), amounts_of(first))
    assert third.manifest["totals"] == first.manifest["totals"]


@pytest.mark.parametrize(
    "text",
    [
        "name: rien",
        "name: rien\nfigures: {pae_rate: 1700}",
        "name: rien\nfigures: {pae_rate: 1700, export_share_min: 7000}\nstarts: 2026-05-01",
        "name: rien\nfigures: {withheld_tax_bounds: true}\nstarts: 2026-05-01",
        "name: rien\nconditions: {air_in_register: true}\nstarts: 2026-05-01\nends: 2026-08-31",
    ],
)
def test_a_reform_that_changes_nothing_changes_nothing(country: Country, tmp_path: Path, text: str) -> None:
    law = reform(load_offer(), read_reform(text, codes()))
    done = run(country.lake, country.lake.versions(), law, tmp_path / "run", UNTIL)
    assert_frame_equal(
        done.table("amounts").drop("status").collect(), country.run.table("amounts").drop("status").collect()
    )


def test_a_reform_that_changes_something_does(country: Country, tmp_path: Path) -> None:
    done = run(country.lake, country.lake.versions(), lowered(load_offer()), tmp_path / "run", UNTIL)
    before, after = country.run.manifest["totals"], done.manifest["totals"]
    assert 0 < after["paf"]["amount_cents"] < before["paf"]["amount_cents"]
    assert after["air"] == before["air"]
    assert after["ais"] == before["ais"]


def test_a_run_says_what_it_was_made_of(country: Country) -> None:
    manifest = country.run.manifest
    assert manifest["versions"] == country.lake.versions()
    assert manifest["until_month"] == "2027-06"
    assert set(manifest["totals"]) == set(load_offer().measures)
    amounts = country.run.table("amounts").collect()
    for measure, total in manifest["totals"].items():
        rows = amounts.filter(pl.col("entitled") & (pl.col("measure") == measure))
        assert total == {"amount_cents": rows["amount_cents"].sum(), "lines": rows.height}
    assert offer_of(country.run, load_offer()).digest == load_offer().digest


def test_a_rule_rewritten_since_is_said_to_be_lost(country: Country) -> None:
    offer = load_offer()
    rules = tuple(replace(r, body=stop_at) if r.name == "paf_amount" else r for r in offer.rules)
    with pytest.raises(LostRule):
        offer_of(country.run, replace(offer, rules=rules))


def test_a_folder_without_a_complete_run_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnknownRun):
        _ = Run(tmp_path / "nothing").manifest
    (tmp_path / MANIFEST).write_text("{cut short", encoding="utf-8")
    with pytest.raises(UnreadableRun):
        _ = Run(tmp_path).manifest


def test_an_empty_lake_gives_an_empty_run(tmp_path: Path) -> None:
    lake = Lake(tmp_path / "lake", KEY)
    lake.prepare()
    done = ran(lake, tmp_path / "run")
    assert done.table("amounts").collect().height == 0
    assert done.manifest["rows"] == dict.fromkeys((*GRAINS, "amounts"), 0)
    assert json.loads((done.path / MANIFEST).read_text("utf-8"))["totals"]["air"] == {"amount_cents": 0, "lines": 0}
    assert replay(done, load_offer(), lake).identical
    assert set(lake.versions()) == set(TABLES)


@pytest.mark.parametrize("until", ["2024-06", "2025-03", "2025-06", "2025-07", "2026-02"])
def test_a_run_may_stop_at_any_month(country: Country, tmp_path: Path, until: str) -> None:
    year, month = map(int, until.split("-"))
    last = year * 12 + month - 1
    done = run(country.lake, country.lake.versions(), load_offer(), tmp_path / "run", last)
    for grain in GRAINS:
        frame = done.table(grain).collect()
        dates = {"firm_month": "month", "employee_period": "period_start", "hire": "first_month"}
        if grain in dates and frame.height:
            assert frame[dates[grain]].max() <= last  # type: ignore[operator]
    periods = done.table("employee_period").collect()
    assert set(periods.filter(pl.col("year") == 2025)["period_end"]) <= {2025 * 12 + 5, 2025 * 12 + 11}
    assert replay(done, load_offer(), country.lake).identical
