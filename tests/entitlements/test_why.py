"""Why an amount is what it is: the tree gives the amount, the lines stand where they are said to."""

from __future__ import annotations

import csv
import re
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from minassa.declarations.ebds.layout import RECORDS
from minassa.declarations.lake import Lake
from minassa.engine import Node
from minassa.entitlements.amounts import PERSONLESS, AmountId, UnknownAmount, person_number, person_text, read_id
from minassa.entitlements.runs import Run, run
from minassa.entitlements.why import Answer, Line, why
from minassa.offer.loading import load_offer
from minassa.vocabulary.money import parse_dirhams
from minassa.vocabulary.periods import format_month
from minassa.vocabulary.statuses import Status, rank
from tests.entitlements.conftest import Country
from tests.entitlements.declared import FIRM, JULY_2025, UNTIL, Held, accounts, filed, month, sheet, statement, stay

MEASURES = ("air", "ais", "pae", "paf")
SAMPLE = 6


def identifier(row: dict[str, Any]) -> str:
    """The identifier of a row of the table of amounts."""
    return str(AmountId(row["measure"], row["affiliation"], row["person"], row["period_start"]))


def sample(done: Run, measure: str) -> list[dict[str, Any]]:
    """Some amounts of a measure: the greatest, and some that nothing gives a right to."""
    rows = done.table("amounts").filter(pl.col("measure") == measure).sort("amount_cents", "person").collect()
    refused = rows.filter(~pl.col("entitled"))
    return [*rows.tail(SAMPLE).to_dicts(), *refused.gather_every(max(refused.height // SAMPLE, 1)).to_dicts()]


@pytest.mark.parametrize("measure", MEASURES)
def test_the_tree_gives_the_amount_of_the_table(country: Country, measure: str) -> None:
    rows = sample(country.run, measure)
    assert any(row["amount_cents"] > 0 for row in rows)
    assert any(not row["entitled"] for row in rows)
    names = country.run.manifest["conditions"][measure]
    for row in rows:
        answer = why(identifier(row), country.run, load_offer(), country.lake)
        assert answer.tree.value == row["amount_cents"]
        assert answer.entitled is row["entitled"]
        assert answer.tree.weakest is not None
        assert rank(answer.tree.weakest) == row["status"]
        unmet = {name for bit, name in enumerate(names) if row["unmet"] >> bit & 1}
        assert {name for name, holds in answer.conditions.items() if not holds} == unmet
        assert answer.entitled is all(answer.conditions[name] for name in answer.required)
        assert_told(answer.tree)


def assert_told(node: Node) -> None:
    """Every quantity of a tree says what it is and, when it is a rule or a figure, what it comes from."""
    assert node.meaning, node.name
    if node.kind != "input":
        assert node.texts, node.name
        assert isinstance(node.status, Status)
    for child in node.children:
        assert_told(child)


@pytest.mark.parametrize("measure", MEASURES)
def test_the_lines_stand_where_they_are_said_to(country: Country, measure: str) -> None:
    rows = sample(country.run, measure)[:SAMPLE]
    kinds = set()
    for row in rows:
        answer = why(identifier(row), country.run, load_offer(), country.lake)
        for line in answer.lines:
            kinds.add(line.kind)
            READERS[line.kind](country.lake, line, row)
    wanted = {"ais": {"yearly_accounts", "firm_sheet"}, "pae": {"cnss", "staff_register", "simpl_ir_9421"}}
    every = {"cnss", "simpl_ir_9421", "staff_register", "yearly_accounts", "firm_sheet"}
    assert kinds >= wanted.get(measure, every)


def ebds(lake: Lake, line: Line, row: dict[str, Any]) -> None:
    """A person's record of an e-BDS file, of that firm and month, with the pay that was read."""
    text = lake.original_line(line.file_id, line.line)
    record = RECORDS[text[:3]]
    held = {field.name: text[field.columns] for field in record.fields}
    assert int(held["affiliation"]) == row["affiliation"]
    assert held["period"] == line.read["month"].replace("-", "")
    assert int(held["salary_real"]) == line.read["salary_real"]
    assert int(held["days"]) == line.read["days"]
    number = int(held["number"])
    person = lake.pseudonyms().of_numbers(pl.Series([number]).to_numpy())[0]
    assert number == 0 or person == row["person"]


def person_of_statement(lake: Lake, line: Line, row: dict[str, Any]) -> None:
    """A permanent employee of a yearly statement, the person of the row."""
    text = lake.original_line(line.file_id, line.line)
    number = re.search(r"<numCNSS>([0-9]*)</numCNSS>", text)
    assert text.startswith("<Personnel")
    assert number
    assert lake.pseudonyms().of_numbers(pl.Series([int(number[1])]).to_numpy())[0] == row["person"]


def cells(lake: Lake, line: Line) -> dict[str, str]:
    """The cells of a line of a sheet, by heading."""
    heading, text = (lake.original_line(line.file_id, at) for at in (1, line.line))
    return dict(zip(*csv.reader([heading, text], delimiter=";"), strict=True))


def register(lake: Lake, line: Line, row: dict[str, Any]) -> None:
    """A stay of the person of the row, hired in the month that the computation holds, or before."""
    held = cells(lake, line)
    assert lake.pseudonyms().of_numbers(pl.Series([int(held["num_cnss"])]).to_numpy())[0] == row["person"]
    assert held["date_embauche"][:7] <= format_month(row["period_end"])


def books(lake: Lake, line: Line, row: dict[str, Any]) -> None:
    """Accounts of the firm, with its tax."""
    held = cells(lake, line)
    assert int(held["affiliation"]) == row["affiliation"]
    assert parse_dirhams(held["impot_societes"]) >= 0


def firm(lake: Lake, line: Line, row: dict[str, Any]) -> None:
    """A line of the sheet of the firm."""
    assert int(cells(lake, line)["affiliation"]) == row["affiliation"]


READERS = {
    "cnss": ebds,
    "simpl_ir_9421": person_of_statement,
    "staff_register": register,
    "yearly_accounts": books,
    "firm_sheet": firm,
}


def test_months_add_up_to_the_amount_told(country: Country) -> None:
    for measure in ("air", "paf"):
        for row in sample(country.run, measure):
            answer = why(identifier(row), country.run, load_offer(), country.lake)
            assert sum(answer.monthly.values()) == row["amount_cents"]
            assert set(answer.monthly) == {line.read["month"] for line in answer.lines if line.kind == "cnss"}


def test_an_answer_is_plain_data(country: Country) -> None:
    row = sample(country.run, "air")[SAMPLE - 1]
    document = why(identifier(row), country.run, load_offer(), country.lake).as_json()
    assert document["id"] == identifier(row)
    assert document["amount_cents"] == row["amount_cents"] == document["tree"]["value"]
    assert document["lake"] == country.run.manifest["versions"]
    assert document["offer"] == load_offer().digest


# -- firms made for the occasion --------------------------------------------------------------------------------------


def asked(tmp_path: Path, rows: Held, measure: str, person: int, at: int) -> Answer:
    """Why an amount of a run on these rows."""
    done = run(rows, {}, load_offer(), tmp_path / "run", UNTIL)
    return why(str(AmountId(measure, FIRM, person, at)), done, load_offer(), rows)


def months_told(answer: Answer) -> list[str]:
    """The months of the lines of CNSS files."""
    return [line.read["month"] for line in answer.lines if line.kind == "cnss"]


def test_months_declared_under_the_card_are_told_with_those_under_the_number(tmp_path: Path) -> None:
    number, card = 500, 77
    cnss = [month(2, 9, JULY_2025), month(FIRM, card, JULY_2025 + 6), month(FIRM, number, JULY_2025 + 7)]
    staff = [stay(FIRM, number, JULY_2025 + 6, person_by_cin=card), stay(FIRM, 501, JULY_2025, person_by_cin=78)]
    answer = asked(tmp_path, Held(filed(cnss, [], staff, [], [sheet(FIRM)])), "air", number, JULY_2025 + 6)
    assert months_told(answer) == ["2026-01", "2026-02"]
    assert sum(answer.monthly.values()) == answer.tree.value


def test_two_stays_in_a_year_are_told_apart(tmp_path: Path) -> None:
    start = JULY_2025 + 6
    cnss = [month(2, 9, JULY_2025), month(FIRM, 7, start, situation=1), *(month(FIRM, 7, start + n) for n in (6, 7))]
    rows = Held(filed(cnss, [statement(FIRM, 7, 2026, 2_400_000, 100)], [], [], [sheet(FIRM)]))
    assert months_told(asked(tmp_path, rows, "air", 7, start)) == ["2026-01"]
    assert months_told(asked(tmp_path, rows, "air", 7, start + 6)) == ["2026-07", "2026-08"]


def test_a_premium_for_a_job_shows_the_statements_it_rests_on(tmp_path: Path) -> None:
    start = JULY_2025 + 4
    cnss = [month(2, 9, JULY_2025), *(month(FIRM, 7, at) for at in range(start, UNTIL + 1))]
    dgi = [statement(FIRM, 7, year, 9_000_000, 100, file_id=40 + year, line=year) for year in (2025, 2026, 2027)]
    rows = Held(filed(cnss, dgi, [stay(FIRM, 7, start)], [accounts(FIRM, 2025)], [sheet(FIRM)]))
    answer = asked(tmp_path, rows, "pae", 7, start)
    assert answer.tree.value > 0
    assert [(x.file_id, x.line) for x in answer.lines if x.kind == "simpl_ir_9421"] == [(2065, 2025), (2066, 2026)]
    assert len(months_told(answer)) == 18


@pytest.mark.parametrize(
    "text",
    [
        "",
        "-",
        "AIR",
        "AIR-9900003-0",
        "AIR-9900003-0-202613",
        "AIR-9900003-0-20261",
        "AIR-9900003-QUINZECARACTER-202601",
        "AIR-9900003-7777777777777-202601",
        "AIR-9900003-AAAAAAAAAAAAA-202601",
        "AIR-99000030-0-202601",
        "AIR-é-0-202601",
        "AIR--9900003-0-202601",
        "air-9900003-0-202601-1",
        "AIR-9900003-0-٢٠٢٦٠١",
        "\x00",
        "A" * 10_000,
    ],
)
def test_junk_is_not_an_identifier(text: str) -> None:
    with pytest.raises(UnknownAmount, match="MESURE-affiliation-personne-AAAAMM"):
        read_id(text)


@pytest.mark.parametrize("text", ["XYZ-9900003-0-202601", "AIR-9900003-0-202601", "AIS-1-0-202612", "PAE-1-0-199001"])
def test_an_amount_that_is_not_there_is_refused(country: Country, text: str) -> None:
    with pytest.raises(UnknownAmount):
        why(text, country.run, load_offer(), country.lake)


def test_an_amount_outside_the_dates_of_its_measure_is_not_there(country: Country) -> None:
    periods = country.run.table("employee_period").filter(pl.col("period_end") < JULY_2025).head(1).collect()
    row = periods.row(0, named=True)
    text = str(AmountId("paf", row["affiliation"], row["person"], row["from_month"]))
    with pytest.raises(UnknownAmount):
        why(text, country.run, load_offer(), country.lake)


@pytest.mark.parametrize("person", [PERSONLESS, 1, 12_345, 2**63 - 1])
def test_a_pseudonym_is_read_back_from_its_text(person: int) -> None:
    assert person_number(person_text(person)) == person
    made = AmountId("air", 9_900_003, person, JULY_2025)
    assert read_id(str(made)) == read_id(str(made).lower()) == made


def test_every_amount_has_an_identifier_of_its_own(country: Country) -> None:
    rows = country.run.table("amounts").collect().to_dicts()
    assert len({identifier(row) for row in rows}) == len(rows)
    assert all(read_id(identifier(row)).person == row["person"] for row in rows)
