"""Asking about a small synthetic country: amounts, why, truth; about a case; about the offer."""

from __future__ import annotations

import json
import re
from pathlib import Path

import polars as pl
import pytest

from minassa.cli.listing import identifier
from minassa.cli.workspace import Workspace
from tests.cli.conftest import Place, called, told
from tests.project.sources import ROOT

ANSWER = {"id", "measure", "period", "amount_cents", "status", "entitled", "conditions", "required", "lines"}
CASE = ROOT / "src" / "minassa" / "offer" / "air" / "cases" / "2030-casablanca.yaml"


def first(place: Place, measure: str) -> str:
    """The identifier of the largest amount of a measure."""
    listed = told(place.home, "amounts", "--measure", measure, "--limit", 1)
    return str(listed[0]["id"])


def test_amounts_are_listed_the_largest_first(place: Place, tmp_path: Path) -> None:
    listed = told(place.home, "amounts", "--limit", 5)
    cents = [row["amount_cents"] for row in listed]
    assert cents == sorted(cents, reverse=True)
    assert all(row["entitled"] for row in listed)
    assert re.fullmatch("[0-9]{4}-[0-9]{2}", listed[0]["period_start"])
    everything = told(place.home, "amounts", "--all", "--limit", 10**6, "--csv", tmp_path / "tout.csv")
    assert len(everything) == place.run["rows"]["amounts"]
    assert pl.read_csv(tmp_path / "tout.csv").height == len(everything)
    of_a_firm = told(place.home, "amounts", "--affiliation", listed[0]["affiliation"])
    assert {row["affiliation"] for row in of_a_firm} == {listed[0]["affiliation"]}
    assert told(place.home, "amounts", "--measure", "xyz") == []
    assert told(place.home, "amounts", "--affiliation", 10**15) == []
    assert listed[0]["id"] in called(place.home, "amounts").output


@pytest.mark.parametrize("measure", ["air", "ais", "paf"])
def test_why_answers_programs_and_people(place: Place, measure: str) -> None:
    name = first(place, measure)
    answer = told(place.home, "why", name)
    assert set(answer) >= ANSWER
    assert answer["id"] == name
    assert answer["tree"]["value"] == answer["amount_cents"] > 0
    assert answer["lines"]
    plain = called(place.home, "why", name.lower())
    assert plain.exit_code == 0
    assert plain.output.startswith(name)
    assert all(title in plain.output for title in ("Conditions :", "Calcul :", "Lignes des fichiers :", "Sûreté"))


def test_nobody_can_be_named_from_the_lines_shown(place: Place) -> None:
    rows = Workspace(place.home).run().table("amounts").filter(pl.col("measure") == "paf").head(12).collect()
    shown = "".join(called(place.home, "why", identifier(row), "--lines").output for row in rows.to_dicts())
    assert "•" in shown
    registers = [pl.read_csv(path, separator=";", infer_schema=False) for path in place.files.rglob("REGISTRE_*.csv")]
    people = pl.concat(registers)
    for heading in ("num_cnss", "cin", "nom", "prenom"):
        texts = {text for text in people[heading].unique() if text}
        assert len(texts) > 1
        assert not [text for text in texts if text in shown]


@pytest.mark.parametrize("text", ["x", "AIR-1-0-202601", "AIR", "''", "AIR-9900003-0-202613", "✗"])
def test_why_of_junk_is_refused(place: Place, text: str) -> None:
    result = called(place.home, "why", text, "--json")
    assert result.exit_code == 1
    assert json.loads(result.stdout)["error"]["code"] == "AMOUNT-UNKNOWN"
    assert "Traceback" not in result.output


def test_truth_compares_what_was_planted_with_what_was_found(place: Place) -> None:
    scores = told(place.home, "nation", "truth", place.files)
    assert {"kind", "planted", "found", "right", "recall", "precision"} == set(scores[0])
    replacements = next(score for score in scores if score["kind"] == "replacement")
    assert replacements["right"] > 0
    assert replacements["recall"] == pytest.approx(replacements["right"] / replacements["planted"], abs=1e-4)
    assert "replacement" in called(place.home, "nation", "truth", place.files).output
    assert called(place.home, "nation", "truth", place.files / "rien").exit_code == 1


def test_a_nation_is_made_and_named_by_what_made_it(tmp_path: Path) -> None:
    words = ("nation", "make", tmp_path / "n", "--people", 100, "--months", 2, "--seed", 9)
    made = told(tmp_path, *words)
    assert made == {
        "target": str(tmp_path / "n"),
        "people": 100,
        "months": 2,
        "seed": 9,
        "start": "2025-01",
        "workers": 1,
    }
    assert list((tmp_path / "n" / "declarations").rglob("DS_*.txt"))
    other = called(tmp_path, *words[:-1], 10)
    assert other.exit_code == 1
    assert "[" in other.stderr
    assert called(tmp_path, "nation", "make", tmp_path / "m", "--people", 1).exit_code == 1


def test_a_case_gives_amounts_conditions_and_statuses(tmp_path: Path) -> None:
    told_case = told(tmp_path, "simulate", CASE)
    line = told_case["employees"]["employe"]["air"]
    assert {"amount_cents", "period", "conditions", "status"} <= set(line)
    assert line["amount_cents"] == 694_793
    assert set(line["conditions"].values()) == {True}
    assert set(told_case["firm"]) == {"ais"}
    plain = called(tmp_path, "simulate", CASE)
    assert (plain.exit_code, "6\N{NARROW NO-BREAK SPACE}947,93" in plain.output) == (0, True)
    assert "non rempli" in plain.output


@pytest.mark.parametrize("text", ["- a\n", "title: x\n", "{", "\x00"])
def test_a_wrong_case_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "cas.yaml").write_text(text, encoding="utf-8")
    for target in (tmp_path / "cas.yaml", tmp_path, tmp_path / "rien.yaml"):
        result = called(tmp_path, "simulate", target, "--json")
        assert result.exit_code == 1
        assert json.loads(result.stdout)["error"]["code"] == "CASE-INVALID"
    assert "[CASE-INVALID]" in called(tmp_path, "simulate", tmp_path).stderr


def test_the_offer_is_shown(tmp_path: Path) -> None:
    measures = told(tmp_path, "offer", "measures")
    assert {"air", "ais", "pae", "paf"} <= {one["measure"] for one in measures}
    figures = told(tmp_path, "offer", "figures")
    rate = next(row for row in figures if row["name"] == "pae_rate")
    assert {"value": 1700, "unit": "basis_points", "status": "press"}.items() <= rate.items()
    assert all(row["source"]["text"] and row["reviewed_on"] for row in figures)
    assert "pae_rate" in called(tmp_path, "offer", "figures").output
    assert "Prime à l'emploi" in called(tmp_path, "offer", "measures").output
