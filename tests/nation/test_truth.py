"""The truth holds together, and holds with what the files say."""

from __future__ import annotations

import csv
import itertools
from collections import Counter, defaultdict
from pathlib import Path

import polars as pl
import pytest

from minassa.nation import Manifest, NationError, make_nation
from minassa.nation.plan import KINDS
from minassa.vocabulary.periods import month_index, parse_month
from tests.nation.conftest import digests
from tests.nation.reading import Truth, cnss, firms, registers, statements

_FIRST = month_index(2025, 1)
_NOT_LEFT = pl.col("situation") != 1
_BENT = {"raised_reference", "underdeclared_days", "disagreement"}


def rows_of(truth: Truth, kind: str, name: str = "irregularities") -> list[dict[str, str]]:
    return [row for row in truth(name) if row["kind"] == kind]


def keys(rows: list[dict[str, str]]) -> set[tuple[int, int]]:
    return {(int(row["affiliation"]), int(row["person"])) for row in rows}


def test_the_manifest_counts_the_rows(manifest: Manifest, truth: Truth) -> None:
    assert manifest.truth == {name: len(truth(name)) for name in manifest.truth}


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_is_planted(truth: Truth, kind: str) -> None:
    assert any(row["planted"] == "1" for row in rows_of(truth, kind))


def test_headcounts_are_the_ones_before_plus_hires_less_exits(truth: Truth) -> None:
    before: dict[str, int] = {}
    for row in truth("flows"):
        known = before.get(row["affiliation"])
        count = int(row["headcount"])
        if known is not None:
            assert count == known + int(row["hires"]) - int(row["exits"])
        before[row["affiliation"]] = count
    start = sum(
        int(row["headcount"]) - int(row["hires"]) + int(row["exits"])
        for row in truth("flows")
        if parse_month(row["month"]) == _FIRST
    )
    assert start == 1_500


def test_every_hire_is_a_new_job_or_says_why_not(truth: Truth) -> None:
    for row in truth("flows"):
        new, hires = int(row["true_new_jobs"]), int(row["hires"])
        others = [int(row[name]) for name in ("replacements", "transfers", "rehires")]
        assert max(others) <= hires - new <= sum(others)


def test_flows_are_those_of_the_spells(truth: Truth) -> None:
    hires: Counter[tuple[str, str]] = Counter()
    exits: Counter[tuple[str, str]] = Counter()
    for spell in truth("spells"):
        if spell["entry"] != "ghost":
            hires[spell["affiliation"], spell["hired_on"][:7]] += spell["entry"] != "initial"
            exits[spell["affiliation"], spell["left_on"][:7]] += 1
    for row in truth("flows"):
        assert int(row["hires"]) == hires[row["affiliation"], row["month"]]
        assert int(row["exits"]) == exits[row["affiliation"], row["month"]]


def test_the_cnss_sees_those_in_post_in_the_month_and_the_ghosts(nation: Path, truth: Truth) -> None:
    lines, _ = cnss(nation)
    seen = {(a, m): n for a, m, n in lines.filter(_NOT_LEFT).group_by("affiliation", "month").len().rows()}
    expected = {
        (int(row["affiliation"]), parse_month(row["month"])): sum(int(row[n]) for n in ("headcount", "exits", "ghosts"))
        for row in truth("flows")
    }
    assert seen == {key: count for key, count in expected.items() if count}


def test_a_post_has_one_occupant_at_a_time_and_a_person_one_spell_at_a_time_in_a_firm(truth: Truth) -> None:
    for names in (("post", "affiliation"), ("person", "affiliation")):
        spells = defaultdict(list)
        for row in truth("spells"):
            if row["entry"] != "ghost":
                spells[tuple(row[name] for name in names)].append((row["hired_on"], row["left_on"] or "9999"))
        for stays in spells.values():
            ordered = sorted(stays)
            assert all(left < hired for (_, left), (hired, _) in itertools.pairwise(ordered))


def test_a_new_post_is_opened_only_when_no_post_of_its_kind_was_waiting(nation: Path, truth: Truth) -> None:
    kind_of = {
        (row["affiliation"], row["person"], str(row["hired_on"])): (row["establishment"], row["job_title"])
        for row in registers(nation).with_columns(pl.col("affiliation", "person").cast(pl.String)).to_dicts()
    }
    by_post = defaultdict(list)
    for row in truth("spells"):
        kind = kind_of.get((row["affiliation"], row["person"], row["hired_on"]))
        if row["entry"] != "ghost" and kind is not None:
            by_post[row["affiliation"], kind, row["post"]].append(row)
    waits = defaultdict(list)
    for (affiliation, kind, _), rows in by_post.items():
        rows.sort(key=lambda row: row["hired_on"])
        for before, after in itertools.pairwise(rows):
            waits[affiliation, kind].append((before["left_on"][:7], after["hired_on"][:7]))
    opened = [
        (affiliation, kind, rows[0]["hired_on"][:7])
        for (affiliation, kind, _), rows in by_post.items()
        if rows[0]["entry"] == "new_post"
    ]
    assert len(opened) > 50
    missed = [new for new in opened if any(left < new[2] < filled for left, filled in waits[new[:2]])]
    assert not missed


def test_replacements_follow_the_one_who_left(truth: Truth) -> None:
    left: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for row in truth("spells"):
        left[row["affiliation"], row["person"]].add(row["left_on"][:7])
    for row in rows_of(truth, "replacement"):
        words = row["note"].split()
        assert words[-1] in left[row["affiliation"], words[1].rstrip(",")]
        assert words[-1] <= row["month"]


def test_transfers_come_from_a_firm_of_the_same_group(nation: Path, truth: Truth) -> None:
    group = dict(firms(nation).select("affiliation", "group_head").rows())
    lines, _ = cnss(nation)
    declared = set(lines.filter(_NOT_LEFT).select("affiliation", "number", "month").rows())
    moved = rows_of(truth, "transfer")
    for row in moved:
        here, there = int(row["affiliation"]), int(row["other_affiliation"])
        assert here != there
        assert group[here] == group[there]
        assert (there, int(row["person"]), parse_month(row["month"]) - 1 - int(row["note"].split()[0])) in declared


def test_those_taken_back_were_out_one_to_twelve_months_when_it_was_arranged(nation: Path, truth: Truth) -> None:
    lines, _ = cnss(nation)
    declared = set(lines.filter(_NOT_LEFT).select("affiliation", "number", "month").rows())
    for row in rows_of(truth, "rehire"):
        out, month = int(row["note"].split()[0]), parse_month(row["month"])
        firm, person = int(row["affiliation"]), int(row["person"])
        assert 1 <= out <= (12 if row["planted"] == "1" else 24)
        assert all((firm, person, month - back) not in declared for back in range(1, out + 1))
        if month - out - 1 >= _FIRST:
            assert (firm, person, month - out - 1) in declared


def test_ghosts_are_declared_and_are_in_no_statement_nor_register(nation: Path, truth: Truth) -> None:
    ghosts = keys(rows_of(truth, "ghost"))
    assert ghosts <= set(cnss(nation)[0].select("affiliation", "number").rows())
    assert not ghosts & set(statements(nation)[0].select("affiliation", "person").rows())
    assert not ghosts & set(registers(nation).select("affiliation", "person").rows())


def test_a_raised_reference_comes_back_after_the_first_year(nation: Path, truth: Truth) -> None:
    lines, _ = cnss(nation)
    for row in rows_of(truth, "raised_reference"):
        person = lines.filter((pl.col("number") == int(row["person"])) & (pl.col("days") == 26))
        pay = dict(person.select("month", "salary_real").rows())
        hired = parse_month(row["month"])
        raised = [amount for month, amount in pay.items() if hired + 3 <= month < hired + 12 and month % 12 != 11]
        after = [amount for month, amount in pay.items() if hired + 12 <= month <= hired + 14 and month % 12 != 11]
        assert min(raised) > 1.15 * min(after)


def test_days_left_out_are_on_the_statement(nation: Path, truth: Truth) -> None:
    year = cnss(nation)[0].filter(pl.col("month") < month_index(2026, 1))
    declared = {(a, p): d for a, p, d in year.group_by("affiliation", "number").agg(pl.col("days").sum()).rows()}
    rows = statements(nation)[0].group_by("affiliation", "person").agg(pl.col("days_year").sum()).rows()
    stated = {(a, p): d for a, p, d in rows}
    short = keys([row for row in rows_of(truth, "underdeclared_days") if row["month"] == "2025-12"])
    assert short
    assert all(declared[key] < stated[key] for key in short)


def test_incomes_that_differ_do_by_more_than_five_per_cent(nation: Path, truth: Truth) -> None:
    year = cnss(nation)[0].filter(pl.col("month") < month_index(2026, 1))
    paid = {(a, p): s for a, p, s in year.group_by("affiliation", "number").agg(pl.col("salary_real").sum()).rows()}
    taxable = pl.col("gross_taxable_income_year").sum()
    rows = statements(nation)[0].filter(pl.col("category") == 1).group_by("affiliation", "person").agg(taxable).rows()
    stated = {(a, p): s for a, p, s in rows}
    different = keys([row for row in rows_of(truth, "disagreement") if row["note"] == "revenu"])
    assert different
    assert all(abs(stated[key] - paid[key]) > 0.05 * paid[key] for key in different)


def test_decoys_are_honest(truth: Truth) -> None:
    assert {row["kind"] for row in truth("decoys")} >= {
        "job_changer",
        "maternity",
        "part_time",
        "genuine_raise",
        "register_late",
        "thirteenth_month",
    }
    assert all(row["planted"] == "0" for row in truth("decoys"))
    honest = {(row["affiliation"], row["person"], row["month"]) for row in rows_of(truth, "job_changer", "decoys")}
    moved = {(row["affiliation"], row["person"], row["month"]) for row in rows_of(truth, "transfer")}
    assert not honest & moved


def test_the_late_register_misses_people_who_are_in_the_other_sources(nation: Path, truth: Truth) -> None:
    late = [row for row in rows_of(truth, "register_late", "decoys") if row["month"] == "2025-12"]
    assert late
    current = registers(nation).filter(pl.col("as_of_month") == month_index(2025, 12))
    assert not keys(late) & set(current.select("affiliation", "person").rows())
    assert keys(late) <= set(statements(nation)[0].select("affiliation", "person").rows())


def test_an_honest_country_has_natural_replacements_and_nothing_planted(tmp_path: Path) -> None:
    made = make_nation(tmp_path, people=600, months=13, seed=1, irregularities=False)
    rows = [row.split(";") for row in (tmp_path / "verite" / "irregularities.csv").read_text("utf-8").splitlines()[1:]]
    assert made.truth["irregularities"] == len(rows) > 0
    assert {row[5] for row in rows} == {"0"}
    assert {row[0] for row in rows} <= {"transfer", "rehire", "replacement"}


def test_the_straight_twin_differs_only_in_what_was_bent(nation: Path, truth: Truth, tmp_path: Path) -> None:
    twin = tmp_path / "droit"
    make_nation(twin, people=1_500, months=18, seed=6, straight=True)
    bent = {row["affiliation"] for row in truth("irregularities") if row["kind"] in _BENT}
    told, straight = digests(nation / "declarations"), digests(twin / "declarations")
    assert told.keys() == straight.keys()
    changed = {name.split("_")[1] for name in told if told[name] != straight[name]}
    assert changed == bent
    with (twin / "verite" / "irregularities.csv").open(encoding="utf-8", newline="") as file:
        left = list(csv.DictReader(file, delimiter=";"))
    assert left == [row for row in truth("irregularities") if row["kind"] not in _BENT]


def test_a_country_is_not_taken_for_its_straight_twin(nation: Path) -> None:
    with pytest.raises(NationError):
        make_nation(nation, people=1_500, months=18, seed=6, straight=True)
