"""Checking files and depositing them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from openpyxl import load_workbook

from minassa.cli.workspace import Workspace
from minassa.declarations.ebds.layout import RECORDS
from tests.cli.conftest import Place, called, told

REPORT = {"file", "kind", "affiliation", "period", "lines", "accepted", "rejected", "findings"}
FINDING = {"rule", "severity", "line", "column", "message"}


def a_file(place: Place, pattern: str) -> Path:
    """One of the files of the country."""
    return next(iter(sorted(place.files.rglob(pattern))))


@pytest.mark.parametrize(
    ("pattern", "kind"),
    [
        ("DS_*.txt", "ebds_principal"),
        ("*.xml", "simpl_ir_9421"),
        ("REGISTRE_*.csv", "staff_register"),
        ("COMPTES_*.csv", "yearly_accounts"),
        ("FICHE_*.csv", "firm_sheet"),
    ],
)
def test_a_sound_file_is_accepted(place: Place, tmp_path: Path, pattern: str, kind: str) -> None:
    result = called(tmp_path, "declarations", "check", a_file(place, pattern), "--json")
    assert result.exit_code == 0
    (report,) = json.loads(result.stdout)
    assert set(report) == REPORT
    assert report["kind"] == kind
    assert report["accepted"] + report["rejected"] == report["lines"] > 0
    assert report["rejected"] == 0
    assert not list(tmp_path.iterdir()), "checking keeps nothing"


def test_a_broken_line_is_told_at_its_place(place: Place, tmp_path: Path) -> None:
    sound = a_file(place, "DS_*.txt")
    lines = sound.read_bytes().splitlines(keepends=True)
    salary = RECORDS["B02"].field("salary_real").columns
    lines[2] = lines[2][: salary.start] + b"X" * 13 + lines[2][salary.stop :]
    broken = tmp_path / sound.name
    broken.write_bytes(b"".join(lines))
    result = called(tmp_path, "declarations", "check", broken, sound, "--json")
    assert result.exit_code == 1
    report, other = json.loads(result.stdout)
    assert other["findings"] == []
    assert all(set(finding) == FINDING for finding in report["findings"])
    assert {"line": 3, "severity": "reject"}.items() <= report["findings"][0].items()
    plain = called(tmp_path, "declarations", "check", broken)
    assert plain.exit_code == 1
    assert "ligne 3, colonne" in plain.output


@pytest.mark.parametrize("name", ["rien.txt", ".", "image.png"])
def test_what_is_no_declaration_is_told_so(tmp_path: Path, name: str) -> None:
    (tmp_path / "image.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    result = called(tmp_path, "declarations", "check", tmp_path / name, "--json")
    assert result.exit_code == 2
    (report,) = json.loads(result.stdout)
    assert report["kind"] == "unknown"
    assert len(report["findings"]) == 1


@pytest.mark.parametrize("kind", ["staff_register", "yearly_accounts", "firm_sheet"])
def test_a_template_is_a_workbook_to_fill_in(tmp_path: Path, kind: str) -> None:
    target = tmp_path / "modele.xlsx"
    assert called(tmp_path, "declarations", "template", kind, target).exit_code == 0
    book = load_workbook(target, read_only=True)
    assert "remarque" in [cell.value for cell in next(book.worksheets[0].iter_rows())]
    book.close()


def test_a_deposit_counts_what_it_took(place: Place) -> None:
    deposited = place.deposited
    assert deposited["files"] == deposited["deposited"] + deposited["already"]
    assert deposited["unknown"] == deposited["unreadable"] == 0
    assert deposited["rows"] > 1000


def test_the_same_deposit_again_changes_nothing(place: Place, tmp_path: Path) -> None:
    file = a_file(place, "FICHE_*.csv")
    assert told(tmp_path, "deposit", file)["deposited"] == 1
    assert told(tmp_path, "deposit", file)["already"] == 1
    assert "déposé" in called(tmp_path, "deposit", file).stderr


def test_a_deposit_of_a_synthetic_country_is_remembered_as_such(place: Place, tmp_path: Path) -> None:
    remembered = Workspace(place.home).synthetic()
    assert remembered is not None
    assert remembered["notice"] == "données synthétiques"
    told(tmp_path, "deposit", a_file(place, "FICHE_*.csv"))
    assert Workspace(tmp_path).synthetic() is None


def test_a_path_that_is_not_there_is_refused(tmp_path: Path) -> None:
    result = called(tmp_path / "var", "deposit", tmp_path / "nulle-part", "--json")
    assert result.exit_code == 1
    assert json.loads(result.stdout)["error"]["code"] == "deposit-path-unreadable"
