from __future__ import annotations

import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest

from minassa.nation import Manifest, NationError, country, declaration, make_nation, read_manifest
from minassa.nation.basin import Summary, make_basin
from minassa.nation.plan import Basin, Plan, make_plan
from minassa.vocabulary.periods import month_index
from tests.nation.conftest import digests, small_country


def test_the_same_seed_gives_the_same_bytes_whatever_the_number_of_processes(nation: Path, tmp_path: Path) -> None:
    small_country(tmp_path / "autre", workers=2)
    assert digests(tmp_path / "autre") == digests(nation)


def test_another_seed_gives_other_declarations(tmp_path: Path) -> None:
    for seed in (1, 2):
        make_nation(tmp_path / str(seed), people=150, months=2, seed=seed)
    first, second = (set(digests(tmp_path / str(seed) / "declarations").values()) for seed in (1, 2))
    assert first
    assert not first & second


def test_an_interrupted_making_goes_on_with_the_unfinished_basins_to_the_same_bytes(
    nation: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    worked: list[int] = []

    def stop_in_the_second(plan: Plan, basin: Basin, declarations: Path, parts: Path) -> Summary:
        worked.append(basin.rank)
        summary = make_basin(plan, basin, declarations, parts)
        if len(worked) == 2:
            number = plan.firms.affiliation[basin.firms[0]]
            (declarations / "2025-03" / f"DS_{number}_202503.txt").write_bytes(b"B00 cut in the mid")
            raise KeyboardInterrupt
        return summary

    def go_on(plan: Plan, basin: Basin, declarations: Path, parts: Path) -> Summary:
        worked.append(basin.rank)
        return make_basin(plan, basin, declarations, parts)

    monkeypatch.setattr(country, "make_basin", stop_in_the_second)
    with pytest.raises(KeyboardInterrupt):
        small_country(tmp_path / "pays")
    unfinished = read_manifest(tmp_path / "pays")
    assert unfinished is not None
    assert not unfinished.complete
    monkeypatch.setattr(country, "make_basin", go_on)
    small_country(tmp_path / "pays")
    assert worked.count(worked[0]) == 1
    assert worked.count(worked[1]) == 2
    assert digests(tmp_path / "pays") == digests(nation)


def test_a_finished_country_is_left_as_it_is(nation: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(country, "make_basin")
    assert small_country(nation).complete


def test_another_country_in_the_folder_is_refused(nation: Path) -> None:
    before = digests(nation)
    with pytest.raises(NationError, match="autre pays"):
        small_country(nation, seed=7)
    assert digests(nation) == before


def test_a_folder_with_other_files_is_refused(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("à garder", encoding="utf-8")
    with pytest.raises(NationError, match="pas vide"):
        make_nation(tmp_path, people=150, months=1, seed=1)
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


@pytest.mark.parametrize(("people", "months"), [(99, 12), (4_000_001, 12), (1_000, 0), (1_000, 241)])
def test_an_impossible_country_is_refused_before_anything_is_written(tmp_path: Path, people: int, months: int) -> None:
    with pytest.raises(NationError):
        make_nation(tmp_path / "pays", people=people, months=months, seed=1)
    assert not (tmp_path / "pays").exists()


def test_the_manifest_says_what_was_made(nation: Path, manifest: Manifest) -> None:
    assert manifest == read_manifest(nation)
    assert manifest.notice == "données synthétiques"
    assert manifest.scale == pytest.approx(1_500 / 148_500, abs=1e-6)
    assert manifest.truth["irregularities"] > 0
    assert [path.name for path in sorted(nation.iterdir())] == ["declarations", "nation.yaml", "verite"]


def test_progress_grows_to_the_end(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    make_nation(tmp_path, people=900, months=1, seed=1, progress=lambda done, of: told.append((done, of)))
    assert len(told) > 1
    assert told == sorted(told)
    assert told[-1][0] == told[-1][1]


def test_memory_is_that_of_the_largest_basin_not_of_the_country(tmp_path: Path) -> None:
    plan = make_plan(people=20_000, months=2, seed=1, start=month_index(2025, 1), irregularities=True)
    sizes = [int(plan.firms.size[basin.firms].sum()) for basin in plan.basins]
    largest = plan.basins[sizes.index(max(sizes))]
    assert max(sizes) < sum(sizes) / 2
    alone = peak(lambda: make_basin(plan, largest, tmp_path / "declarations", tmp_path / "parts"))
    whole = peak(lambda: make_nation(tmp_path / "pays", people=20_000, months=2, seed=1))
    assert whole < 1.5 * alone
    assert whole < 100_000_000


def peak(work: Callable[[], object]) -> int:
    tracemalloc.start()
    try:
        work()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_the_first_months_alone_are_those_of_the_whole_but_for_the_firm_that_is_late(
    nation: Path, tmp_path: Path
) -> None:
    made = make_nation(tmp_path / "pays", people=1_500, months=18, seed=6, written=10, silent_from=8)
    whole, part = (digests(folder / "declarations") for folder in (nation, tmp_path / "pays"))
    monthly = {name for name in whole if name.startswith("2025-") and name < "2025-11"}
    unfiled = {name for name in monthly if f"_{made.late_firm}_" in name and name >= "2025-09"}
    assert made.late_firm
    assert unfiled
    assert {name for name in part if name.startswith("202")} - monthly == {n for n in part if "COMPTES" in n}
    assert {name: part[name] for name in monthly - unfiled} == {name: whole[name] for name in monthly - unfiled}
    assert not unfiled & set(part)
    sheet = (tmp_path / "pays" / "declarations" / "fiches" / f"FICHE_{made.late_firm}.csv").read_text("utf-8")
    assert ";2025;2025-09-30;" in sheet


def test_what_the_late_firm_has_not_filed_is_made_again_from_the_recipe(nation: Path, tmp_path: Path) -> None:
    made = make_nation(tmp_path / "pays", people=1_500, months=18, seed=6, written=10, silent_from=8)
    for month in (8, 12):
        name, content = declaration(made, made.late_firm, month_index(2025, 1) + month)
        (found,) = (nation / "declarations").rglob(name)
        assert content == found.read_bytes()
    for firm, month in ((1, 8), (made.late_firm, -1)):
        with pytest.raises(NationError):
            declaration(made, firm, month_index(2025, 1) + month)
