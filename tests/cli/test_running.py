"""Running, running again, trying reforms, on a small synthetic country."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path

import pytest

from minassa.cli.demonstration import Declared, declared_by
from minassa.cli.workspace import Workspace
from minassa.entitlements.runs import runs_in
from minassa.hosting.demonstration import nation_to_make
from minassa.vocabulary.periods import format_month, month_index
from tests.cli.conftest import Place, called, told

MEASURES = {"air", "ais", "pae", "paf"}


@pytest.fixture
def copy(place: Place, tmp_path: Path) -> Path:
    """A folder of work of one's own, with the same lake and run."""
    return Path(shutil.copytree(place.home, tmp_path / "var"))


def test_a_run_tells_what_it_was_made_of(place: Place) -> None:
    run = place.run
    assert run["run"] == "calcul-0001"
    assert run["until_month"] == "2027-02"
    assert set(run["totals"]) == MEASURES
    assert run["totals"]["air"]["amount_cents"] > 0
    assert run["versions"]["deposits"] >= 1
    assert "offer" not in run


def test_a_run_may_be_asked_as_known_earlier(copy: Path) -> None:
    assert told(copy, "run", "--until", "2025-12")["until_month"] == "2025-12"
    plain = called(copy, "run", "--until", "2025-03")
    assert plain.exit_code == 0
    assert "Situation connue à fin mars 2025." in plain.output
    assert "juin 2025 n'est pas déclaré" in plain.output
    assert [run.path.name for run in Workspace(copy).runs()] == ["calcul-0001", "calcul-0002", "calcul-0003"]


@pytest.mark.parametrize(
    ("until", "code"), [("2024-12", "RUN-NOTHING"), ("2025-13", "period-invalid"), ("demain", "period-invalid")]
)
def test_a_month_that_cannot_be_is_refused(place: Place, until: str, code: str) -> None:
    result = called(place.home, "run", "--until", until, "--json")
    assert result.exit_code == 1
    assert json.loads(result.stdout)["error"]["code"] == code
    assert len(Workspace(place.home).runs()) == 1


def test_a_run_with_a_reform_is_replayed_with_it(copy: Path, tmp_path: Path) -> None:
    reform = tmp_path / "moitie.yaml"
    reform.write_text("name: moitié\nfigures: {paf_rate: 175}\n", encoding="utf-8")
    run = told(copy, "run", "--reform", reform)
    before = told(copy, "replay", "--run", "calcul-0001")
    assert before["differences"] == []
    assert before["compared"] > 100
    after = told(copy, "replay")
    assert after["run"] == run["run"] == "calcul-0002"
    assert after["differences"] == []
    plain = called(copy, "replay", "--engine", "duckdb")
    assert (plain.exit_code, "0 différences" in plain.output) == (0, True)


def test_a_trial_tells_who_gains(place: Place, tmp_path: Path) -> None:
    reform = tmp_path / "moitie.yaml"
    reform.write_text("name: moitié\nfigures: {paf_rate: 175}\n", encoding="utf-8")
    outcome = told(place.home, "try", reform)
    assert outcome["reform"] == "moitié"
    assert set(outcome["measures"]) == MEASURES
    paf = outcome["measures"]["paf"]
    assert paf["reformed_cents"] - paf["base_cents"] == paf["difference_cents"] < 0
    assert outcome["total"]["difference_cents"] == paf["difference_cents"]
    assert paf["base_cents"] == place.run["totals"]["paf"]["amount_cents"]
    both = told(place.home, "try", reform, reform)
    assert [one["total"] for one in both] == [outcome["total"]] * 2
    plain = called(place.home, "try", reform)
    assert (plain.exit_code, "moitié" in plain.output) == (0, True)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (b"name: x\nfigures: {nothing: 1}\n", "ENGINE-REFORM"),
        (b"- a\n", "ENGINE-REFORM"),
        (b"{", "ENGINE-REFORM"),
        (b"\xff\xfe", "FILE-UNREADABLE"),
    ],
)
def test_a_reform_that_cannot_be_is_refused(place: Place, tmp_path: Path, text: bytes, code: str) -> None:
    (tmp_path / "r.yaml").write_bytes(text)
    for words in (("try", tmp_path / "r.yaml"), ("run", "--reform", tmp_path / "r.yaml")):
        result = called(place.home, *words, "--json")
        assert result.exit_code == 1
        assert json.loads(result.stdout)["error"]["code"] == code


@pytest.mark.parametrize("words", [("try",), ("run", "--reform")])
def test_a_reform_that_is_not_there_is_refused(place: Place, tmp_path: Path, words: tuple[str, ...]) -> None:
    for target, said in ((tmp_path / "rien.yaml", "n'existe pas"), (tmp_path, "c'est un dossier")):
        result = called(place.home, *words, target)
        assert result.exit_code == 1
        assert said in result.stderr
        assert "[SYSTEM]" in result.stderr


@pytest.mark.parametrize(
    "words", [("run",), ("why", "AIR-1-0-202601"), ("try", "x"), ("replay",), ("amounts",), ("report",)]
)
def test_without_a_deposit_or_a_run_one_is_told_what_to_do(tmp_path: Path, words: tuple[str, ...]) -> None:
    (tmp_path / "x").write_text("name: x\n", encoding="utf-8")
    home = tmp_path / "var"
    result = called(home, *(tmp_path / word if word == "x" else word for word in words))
    assert result.exit_code == 1
    assert "minassa deposit" in result.stderr or "minassa run" in result.stderr
    assert not home.exists(), "nothing is made by asking"


def test_a_lake_without_cnss_declarations_has_nothing_to_run_on(place: Place, tmp_path: Path) -> None:
    sheet = next(iter(place.files.rglob("FICHE_*.csv")))
    told(tmp_path, "deposit", sheet)
    result = called(tmp_path, "run")
    assert result.exit_code == 1
    assert "[RUN-NOTHING]" in result.stderr


def test_a_run_that_is_not_there_is_refused(place: Place) -> None:
    result = called(place.home, "amounts", "--run", "calcul-9999")
    assert result.exit_code == 1
    assert "[RUN-UNKNOWN]" in result.stderr


@pytest.mark.slow
def test_the_report_and_the_demonstration_end_with_a_page(place: Place, tmp_path: Path) -> None:
    result = called(place.home, "report", "--out", tmp_path / "rapport")
    assert result.exit_code == 0, result.output
    assert "synthétique" in (tmp_path / "rapport" / "rapport.html").read_text("utf-8")
    result = called(tmp_path / "var", "demo", "--people", 100, "--months", 20, "--workers", 1)
    assert result.exit_code == 0, result.output
    assert result.output.startswith("DONNÉES SYNTHÉTIQUES")
    page = Path(result.output.rsplit("Rapport à ouvrir : ", 1)[1].strip())
    assert page.is_file()


def test_a_demonstration_stopped_on_its_way_computes_nothing_twice(tmp_path: Path) -> None:
    nation_to_make(tmp_path, 120, 17)
    words = ("demo", "--people", 120, "--months", 17, "--workers", 1, "--earlier")
    for _ in range(2):
        result = called(tmp_path, *words)
        assert result.exit_code == 0, result.output
        assert [run.until for run in runs_in(tmp_path / "runs")] == [month_index(2026, 3), month_index(2026, 5)]
    assert nation_to_make(tmp_path, None, None) is None


def test_a_demonstration_stops_at_what_was_due_on_the_day(tmp_path: Path) -> None:
    result = called(tmp_path, "demo", "--people", 150, "--months", 20, "--workers", 1, "--today", "2025-12-20")
    assert result.exit_code == 0, result.output
    assert "Situation connue à fin novembre 2025" in result.output
    made = json.loads((tmp_path / "synthetic.json").read_text("utf-8"))
    assert (made["months"], made["written"]) == (20, 11)


@pytest.mark.parametrize(
    ("day", "known", "silent"),
    [("2026-11-30", "2026-10", "2026-09"), ("2026-12-05", "2026-10", "2026-09"), ("2027-01-20", "2026-12", "2026-09")],
)
def test_the_late_firm_is_late_for_the_last_quarter_whose_claims_are_open(day: str, known: str, silent: str) -> None:
    declared = declared_by(date.fromisoformat(day), 42)
    start = month_index(2025, 1)
    assert format_month(start + (declared.written or 0) - 1) == known
    assert format_month(start + (declared.silent_from or 0)) == silent


def test_a_nation_that_is_over_or_has_not_begun_is_declared_whole() -> None:
    for day in ("2024-01-01", "2025-03-15", "2030-01-01"):
        assert declared_by(date.fromisoformat(day), 42) == Declared()
