from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from minassa.declarations.deposit import NothingToDeposit, deposit
from minassa.declarations.ebds import Family
from minassa.declarations.lake import (
    ACCOUNT_LINES,
    CNSS_LINES,
    DEPOSITS,
    DGI_LINES,
    FINDINGS,
    FIRM_LINES,
    STAFF_LINES,
    TABLES,
    Lake,
)
from tests.declarations.deposit.building import (
    CIN,
    FAMILY_NAME,
    FIRM,
    GIVEN_NAME,
    KEY,
    OTHER_CIN,
    OTHER_FIRM,
    PERSONS,
    RECEIVED,
    Named,
    accounts,
    ebds,
    entrant,
    every_kind,
    late,
    put,
    register,
    sheet,
    statement,
)


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    return Lake(tmp_path / "lake", KEY)


def salaries(lake: Lake) -> list[int]:
    return sorted(lake.current(CNSS_LINES).collect()["salary_real"].to_list())


def test_every_kind_reaches_its_table_with_what_it_says(tmp_path: Path, lake: Lake) -> None:
    summary = deposit([put(tmp_path / "in", *every_kind())], lake, RECEIVED)
    assert (summary.files, summary.deposited, summary.refused, summary.unknown) == (7, 7, 0, 0)
    assert summary.lines == summary.accepted == 27
    assert summary.rows == 10
    assert {name: lake.current(name).collect().height for name in TABLES} == {
        DEPOSITS: 7,
        CNSS_LINES: 5,
        DGI_LINES: 1,
        STAFF_LINES: 2,
        ACCOUNT_LINES: 1,
        FIRM_LINES: 1,
        FINDINGS: 0,
    }
    files = lake.files().collect()
    assert files["received_at"].unique().to_list() == [RECEIVED]
    assert files["affiliation"].unique().to_list() == [FIRM]
    said = {row["kind"]: row for row in files.iter_rows(named=True)}
    assert said["simpl_ir_9421"]["supersession_key"] == "simpl_ir_9421:IF1234567:2025:0"
    assert said["yearly_accounts"]["fiscal_id"] == said["firm_sheet"]["fiscal_id"] == 1_234_567
    assert said["ebds_complementary"]["complement"] == 1
    assert [said["staff_register"][name] for name in ("period", "lines", "accepted", "rows")] == ["202512", 2, 2, 2]
    lines = lake.current(DGI_LINES).collect().row(0, named=True)
    assert (lines["year"], lines["gross_salary_year"], lines["days_year"]) == (2025, 6_000_000, 312)


def test_a_person_is_the_same_in_every_source(tmp_path: Path, lake: Lake) -> None:
    deposit([put(tmp_path / "in", *every_kind())], lake, RECEIVED)
    person = int(lake.pseudonyms().of_numbers(np.array([PERSONS[0]]))[0])
    by_cin, other_by_cin = lake.pseudonyms().of_cins([CIN, OTHER_CIN]).tolist()
    staff = lake.current(STAFF_LINES).sort("line").collect()
    assert staff["person"].to_list() == [person, other_by_cin]
    assert staff["person_by_cin"].to_list() == [by_cin, other_by_cin]
    assert lake.current(DGI_LINES).collect()["person"].to_list() == [person]
    cnss = lake.current(CNSS_LINES).collect()
    assert person in cnss.filter(record=2)["person"].to_list()
    assert cnss.filter(record=14)["person"].to_list() == [other_by_cin]


def test_casual_labour_is_nobody(tmp_path: Path, lake: Lake) -> None:
    deposit([put(tmp_path / "in", ebds(entrants=entrant(999_999_999, "")))], lake, RECEIVED)
    assert lake.current(CNSS_LINES).collect().filter(record=4)["person"].to_list() == [0]


def test_the_original_line_of_every_row_comes_back(tmp_path: Path, lake: Lake) -> None:
    deposit([put(tmp_path / "in", *every_kind())], lake, RECEIVED)
    for table, sign in (
        (CNSS_LINES, FAMILY_NAME.decode()),
        (DGI_LINES, f"<numCNI>{CIN}</numCNI>"),
        (STAFF_LINES, "BENEXEMPLE;FICTIFA"),
        (ACCOUNT_LINES, "1000000,00"),
        (FIRM_LINES, "SOCIETE FICTIVE"),
    ):
        for file_id, line in lake.current(table).select("file_id", "line").collect().iter_rows():
            assert sign in lake.original_line(file_id, line)
            assert lake.original_lines(file_id, [line])[line] == lake.original_line(file_id, line)
    files = lake.files().select("file_id", "name").collect()
    assert {name: lake.original_file(file_id) for file_id, name in files.iter_rows()} == dict(every_kind())


def test_a_correction_replaces_and_the_first_deposited_again_restores(tmp_path: Path, lake: Lake) -> None:
    first = put(tmp_path / "first", ebds(salary=300_000))
    second = put(tmp_path / "second", ebds(salary=400_000, persons=PERSONS[:2]))
    deposit([first], lake, RECEIVED)
    before = lake.current(CNSS_LINES).drop("file_id").collect()
    recorded = lake.versions()
    deposit([second], lake, RECEIVED)
    assert salaries(lake) == [400_000, 400_000]
    assert lake.at(recorded).current(CNSS_LINES).drop("file_id").collect().equals(before)
    restored = deposit([first], lake, RECEIVED)
    assert (restored.deposited, restored.already) == (1, 0)
    assert lake.current(CNSS_LINES).drop("file_id").collect().equals(before)
    assert lake.table(CNSS_LINES).collect().height == 3 + 2 + 3


def test_the_same_bytes_under_the_same_name_are_left_alone(tmp_path: Path, lake: Lake) -> None:
    folder = put(tmp_path / "in", *every_kind())
    deposit([folder], lake, RECEIVED)
    before = lake.versions()
    again = deposit([folder], lake, RECEIVED)
    assert (again.files, again.already, again.deposited, again.deposits) == (7, 7, 0, [])
    assert lake.versions() == before


def test_complements_add_to_the_principal_declaration(tmp_path: Path, lake: Lake) -> None:
    deposit([put(tmp_path / "in", ebds(persons=PERSONS[:1]))], lake, RECEIVED)
    deposit([put(tmp_path / "late", late(1), late(2, cin=OTHER_CIN))], lake, RECEIVED)
    assert sorted(lake.current(CNSS_LINES).collect()["record"].to_list()) == [2, 14, 14]


def test_the_order_in_which_files_are_given_does_not_matter(tmp_path: Path) -> None:
    folder = put(tmp_path / "in", *every_kind(), ebds(firm=OTHER_FIRM, salary=350_000), ebds(period=202_511))
    paths = sorted(folder.iterdir())
    views = []
    for rank, given in enumerate((paths, paths[::-1], [folder])):
        lake = Lake(tmp_path / f"lake{rank}", KEY)
        deposit(given, lake, RECEIVED)
        views.append({name: lake.current(name).collect() for name in TABLES})
    for name in TABLES:
        assert views[0][name].equals(views[1][name])
        assert views[0][name].equals(views[2][name])


@pytest.mark.parametrize("in_effect_before", [False, True])
def test_of_two_files_of_one_key_in_one_deposit_the_last_by_name_counts(
    tmp_path: Path, lake: Lake, in_effect_before: bool
) -> None:
    name, content = ebds(salary=300_000)
    last = (f"{name[:-4]}_corrige.txt", ebds(salary=400_000)[1])
    if in_effect_before:
        deposit([put(tmp_path / "before", last)], lake, RECEIVED)
    summary = deposit([put(tmp_path / "in", (name, content), last)], lake, RECEIVED)
    assert salaries(lake) == [400_000] * 3
    assert summary.files == summary.deposited == 2


def test_a_later_register_replaces_the_earlier_one(tmp_path: Path, lake: Lake) -> None:
    folder = put(tmp_path / "in", register("202511", birth_year=1980), register("202512", birth_year=1990))
    deposit([folder], lake, RECEIVED)
    assert lake.current(STAFF_LINES).collect()["birth_year"].unique().to_list() == [1990]
    assert lake.table(STAFF_LINES).collect().height == 4
    assert deposit([folder], lake, RECEIVED).already == 2


def broken(name: str, content: bytes, column: int, text: bytes) -> Named:
    """The file with a text written in its third line (the first person)."""
    at = 2 * 261 + column - 1
    return name, content[:at] + text + content[at + len(text) :]


def test_accepted_and_rejected_add_up_and_findings_are_kept(tmp_path: Path, lake: Lake) -> None:
    folder = put(
        tmp_path / "in",
        broken(*ebds(), 112, b"99"),
        broken(*ebds(firm=OTHER_FIRM), 4, b"1"),
        accounts("beaucoup"),
        statement(),
    )
    summary = deposit([folder], lake, RECEIVED)
    assert summary.accepted + summary.rejected == summary.lines
    assert summary.rejected > 0
    files = lake.files().collect()
    assert int((files["accepted"] + files["rejected"] - files["lines"]).abs().sum()) == 0
    assert files["lines"].sum() == summary.lines
    assert files.filter(state="rejected")["accepted"].sum() == 0
    kept = lake.findings().collect()
    assert kept.height == summary.findings.total() > 0
    assert dict(kept.group_by("rule").len().iter_rows()) == dict(summary.findings)
    assert "beaucoup" not in "".join(kept["message"].to_list())
    refused = files.filter(state="rejected")["file_id"].to_list()
    assert lake.table(CNSS_LINES).filter(pl.col("file_id").is_in(refused)).collect().is_empty()


def test_a_refused_file_takes_no_place_and_is_not_kept_twice(tmp_path: Path, lake: Lake) -> None:
    deposit([put(tmp_path / "good", ebds(salary=300_000))], lake, RECEIVED)
    bad = put(tmp_path / "bad", broken(*ebds(salary=400_000), 4, b"1"))
    first, second = (deposit([bad], lake, RECEIVED) for _ in range(2))
    assert (first.refused, second.refused) == (1, 1)
    assert first.refused_names == ["DS_9900003_202510.txt"]
    assert lake.files().collect()["state"].to_list() == ["in_effect", "rejected"]
    assert salaries(lake) == [300_000] * 3
    number = lake.files().filter(state="rejected").collect()["file_id"][0]
    assert lake.original_line(number, 3).startswith("B021")


def test_files_of_no_known_kind_are_named_and_not_kept(tmp_path: Path, lake: Lake) -> None:
    secret = b"EXEMPLE FICTIF 199000003"
    folder = put(tmp_path / "in", ebds(), ("lisez-moi.txt", secret), ("photo.jpg", b"\xff\xd8\xff"), (".cache", b"x"))
    for _ in range(2):
        summary = deposit([folder], lake, RECEIVED)
        assert sorted(summary.unknown_names) == ["lisez-moi.txt", "photo.jpg"]
    files = lake.files().filter(state="rejected").collect()
    assert sorted(files["name"].to_list()) == ["lisez-moi.txt", "photo.jpg"]
    assert files["pack"].to_list() == ["", ""]
    assert set(lake.findings().collect()["rule"].to_list()) == {"FICHIER-INCONNU"}


def test_a_file_that_cannot_be_read_is_named_and_can_be_deposited_later(
    tmp_path: Path, lake: Lake, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = put(tmp_path / "in", ebds(), ebds(firm=OTHER_FIRM))

    whole = os.open

    def guarded(path: str | Path, *args: int) -> int:
        if str(path).endswith(f"{OTHER_FIRM}_202510.txt"):
            raise PermissionError(13, "Permission denied")
        return whole(path, *args)

    with monkeypatch.context() as patched:
        patched.setattr(os, "open", guarded)
        summary = deposit([folder], lake, RECEIVED)
    assert (summary.deposited, summary.unreadable_names) == (1, [f"DS_{OTHER_FIRM}_202510.txt"])
    assert deposit([folder], lake, RECEIVED).deposited == 1


def test_a_folder_with_declarations_is_entered_and_hidden_files_left(tmp_path: Path, lake: Lake) -> None:
    put(tmp_path / "nation" / "declarations" / "9900003", ebds())
    put(tmp_path / "nation" / "truth", ebds(firm=OTHER_FIRM))
    summary = deposit([tmp_path / "nation"], lake, RECEIVED)
    assert (summary.files, summary.deposited) == (1, 1)


def test_what_is_not_there_is_said(tmp_path: Path, lake: Lake) -> None:
    with pytest.raises(NothingToDeposit, match="vérifiez le chemin"):
        deposit([tmp_path / "nowhere"], lake, RECEIVED)
    assert not lake.exists
    assert deposit([put(tmp_path / "empty")], lake, RECEIVED).files == 0


def test_an_employers_answer_is_compared_with_the_preetabli(tmp_path: Path, lake: Lake) -> None:
    announced = ebds(Family.PREETABLI, persons=PERSONS[:2])
    folder = put(tmp_path / "in", announced, ebds(persons=PERSONS[:3]))
    summary = deposit([folder], lake, RECEIVED)
    assert summary.findings["EBDS-04-UNANNOUNCED"] == 1
    assert salaries(lake) == [500_000] * 2


def test_also_when_the_preetabli_came_before(tmp_path: Path, lake: Lake) -> None:
    deposit([put(tmp_path / "in", ebds(Family.PREETABLI, persons=PERSONS[:2]))], lake, RECEIVED)
    summary = deposit([put(tmp_path / "in", ebds(persons=PERSONS[:3]))], lake, RECEIVED)
    assert (summary.already, summary.deposited) == (1, 1)
    assert summary.findings["EBDS-04-UNANNOUNCED"] == 1
    only = put(tmp_path / "other", ebds(persons=PERSONS[:1]))
    assert deposit([only], lake, RECEIVED).findings["EBDS-04-UNANSWERED"] == 1


def test_the_summary_says_it_in_one_sentence(tmp_path: Path, lake: Lake) -> None:
    folder = put(tmp_path / "in", ebds(), ("lisez-moi.txt", b"x"))
    summary = deposit([folder], lake, RECEIVED)
    assert summary.sentence() == "1 fichiers déposés sur 2 (3 lignes gardées), 1 de nature inconnue"
    assert summary.as_json()["files"] == summary.as_json()["deposited"] + summary.as_json()["unknown"] == 2


def test_no_name_card_or_number_reaches_the_lake(tmp_path: Path, lake: Lake) -> None:
    folder = put(
        tmp_path / "in",
        *every_kind(),
        broken(*ebds(firm=OTHER_FIRM, entrants=entrant(PERSONS[4], OTHER_CIN)), 112, b"99"),
    )
    deposit([folder], lake, RECEIVED)
    words = [FAMILY_NAME, GIVEN_NAME, CIN.encode(), OTHER_CIN.encode(), *(str(number).encode() for number in PERSONS)]
    paths = [path for path in lake.path.rglob("*") if path.is_file()]
    assert len(paths) > 20
    for path in paths:
        raw = path.read_bytes() + str(path.relative_to(lake.path)).encode()
        assert not [word for word in words if word in raw]
        assert not any(np.int64(number).tobytes() in raw for number in PERSONS)
    for name in TABLES:
        values = lake.table(name).collect()
        assert not [word for word in words if word.decode() in values.write_csv()]


def test_progress_tells_the_bytes_settled(tmp_path: Path, lake: Lake) -> None:
    folder = put(tmp_path / "in", *every_kind())
    told: list[tuple[str, int, int]] = []
    deposit([folder], lake, RECEIVED, lambda *step: told.append(step))
    size = sum(path.stat().st_size for path in folder.iterdir())
    assert told[-1][1:] == (size, size)
    assert [done for _, done, _ in told] == sorted(done for _, done, _ in told)


def test_sheets_and_returns_of_several_years_stand_side_by_side(tmp_path: Path, lake: Lake) -> None:
    deposit([put(tmp_path / "in", statement(2024, 100_000), statement(2025, 200_000), sheet())], lake, RECEIVED)
    deposit([put(tmp_path / "again", statement(2025, 300_000))], lake, RECEIVED)
    gross = lake.current(DGI_LINES).sort("year").collect()["gross_salary_year"].to_list()
    assert gross == [100_000, 300_000]


def test_a_folder_with_a_correction_is_deposited_once(tmp_path: Path, lake: Lake) -> None:
    put(tmp_path / "in" / "2025-11", ebds(salary=300_000))
    put(tmp_path / "in" / "2025-12", ebds(salary=400_000))
    first = deposit([tmp_path / "in"], lake, RECEIVED)
    before = lake.versions()
    again = deposit([tmp_path / "in"], lake, RECEIVED)
    assert (first.deposited, again.deposited, again.already) == (2, 0, 2)
    assert lake.versions() == before
    assert salaries(lake) == [400_000] * 3
    assert deposit([tmp_path / "in" / "2025-11"], lake, RECEIVED).deposited == 1
    assert salaries(lake) == [300_000] * 3
    third = put(tmp_path / "in" / "2025-11b", ebds(salary=350_000))
    deposit([third], lake, RECEIVED)
    assert deposit([tmp_path / "in"], lake, RECEIVED).deposited == 1
    assert salaries(lake) == [400_000] * 3
