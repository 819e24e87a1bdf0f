"""Sheets of cohorts and graduates: what is kept, what is refused and where, and the template that reads back."""

from __future__ import annotations

import io

import numpy as np
import pytest

from minassa.declarations.tabular import Form, write_form
from minassa.nation.invented_numbers import person_numbers
from minassa.talent.flows.forms import COHORT_FORM, GRADUATE_FORM
from minassa.talent.flows.sheets import read_cohorts, read_graduates

COHORTS = (
    "organisme;programme;cohorte;intitule;type;filiere;region;debut;fin;places;inscrits;presents;diplomes;abandons;"
    "places_en_emploi;source\n"
)
GRADUATES = "organisme;programme;cohorte;num_cnss;cin;diplome_le;fondement\n"
NUMBER = int(person_numbers(np.array([5]))[0])


def test_a_count_that_nobody_knows_stays_empty() -> None:
    read = read_cohorts(
        "COHORTES.csv", f"{COHORTS}o;dev;2026-S1;Dev;OFPPT;ITO;06;2026-01;2026-06;30;;;;;;inventé\n".encode()
    )
    assert read.report.rejected == 0
    row = read.rows.row(0, named=True)
    assert (row["seats"], row["enrolled"], row["region"], row["kind"]) == (30, None, 6, "ofppt")


@pytest.mark.parametrize(
    ("line", "rule", "column"),
    [
        ("o;dev;2026-S1;Dev;OFPT;ITO;06;2026-01;2026-06;30;;;;;;s", "COH-CODE", 5),
        ("o;dev;2026-S1;Dev;OFPPT;ITO;06;2026-07;2026-06;30;;;;;;s", "COH-ORDRE", 9),
        ("o;dev;2026-S1;Dev;OFPPT;ITO;06;2026-01;2026-06;trente;;;;;;s", "COH-NOMBRE", 10),
        ("o;dév 1;2026-S1;Dev;OFPPT;ITO;06;2026-01;2026-06;30;;;;;;s", "COH-CLE-COHORTE", 2),
    ],
    ids=["unknown kind", "ends before it begins", "not a number", "a code with a space"],
)
def test_a_wrong_row_is_told_and_the_others_are_kept(line: str, rule: str, column: int) -> None:
    good = "o;ok;2026-S1;Dev;OFPPT;ITO;06;2026-01;2026-06;30;;;;;;s"
    read = read_cohorts("COHORTES.csv", f"{COHORTS}{line}\n{good}\n".encode())
    place = len(";".join(line.split(";")[: column - 1])) + 1 + (column > 1)
    assert [(one.rule, one.line, one.column) for one in read.report.findings] == [(rule, 2, place)]
    assert read.rows["programme"].to_list() == ["ok"]


def test_a_cohort_said_twice_is_kept_once() -> None:
    line = "o;ok;2026-S1;Dev;OFPPT;ITO;06;2026-01;2026-06;30;;;;;;s\n"
    read = read_cohorts("COHORTES.csv", f"{COHORTS}{line}{line}".encode())
    assert (read.rows.height, read.report.rejected) == (1, 1)


def test_a_graduate_is_a_number_or_a_card() -> None:
    ends = (f"{NUMBER};;2026-06;CONSENTEMENT", ";qz 123456;2026-06;LOI", ";;2026-06;LOI", "123456789;;2026-06;LOI")
    lines = "".join(f"o;dev;c;{end}\n" for end in ends)
    read = read_graduates("DIPLOMES.csv", (GRADUATES + lines).encode())
    assert read.rows.select("number", "cin", "ground").rows() == [(NUMBER, "", "consent"), (0, "QZ123456", "law")]
    assert [one.rule for one in read.report.findings] == ["DIP-PERSONNE", "DIP-CLE"]
    assert all("123456789" not in one.message for one in read.report.findings)


@pytest.mark.parametrize("form", [COHORT_FORM, GRADUATE_FORM], ids=["cohorts", "graduates"])
def test_the_template_is_read_and_its_examples_are_left_out(form: Form) -> None:
    written = io.BytesIO()
    write_form(form, written)
    read = (read_cohorts if form is COHORT_FORM else read_graduates)("modele.xlsx", written.getvalue())
    assert read.rows.height == 0
    assert {one.rule.split("-", 1)[1] for one in read.report.findings} <= {"EXEMPLE", "VIDE"}


@pytest.mark.parametrize(
    "content", [b"", b"\x00" * 100, b"PK\x03\x04", "دفعة".encode()], ids=["empty", "zeros", "a broken zip", "arabic"]
)
def test_anything_else_is_refused_with_a_sentence(content: bytes) -> None:
    for read in (read_cohorts("x", content), read_graduates("x", content)):
        assert read.report.refused
        assert read.report.findings[0].message
