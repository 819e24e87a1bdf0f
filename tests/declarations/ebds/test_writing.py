"""Files written from columns, and read back: to the byte."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from minassa.declarations.ebds import (
    Declaration,
    Employer,
    Entrants,
    Family,
    Insured,
    SourceFile,
    UnreadableDeclaration,
    check_batch,
    full_names,
    read_declaration,
    write,
    write_many,
)
from tests.declarations.ebds.building import (
    ENTRANTS,
    INSURED,
    LATE_ENTRANTS,
    complementary,
    joined,
    preetabli,
    principal,
    written,
)
from tests.declarations.ebds.drawing import declarations

COMPARISON = {"EBDS-03", "EBDS-04"}
GOLDEN = Path(__file__).parent / "golden"
BUILT = {
    "AFFEBDS_9900178_202510.txt": joined(preetabli(), b"\r\n"),
    "DS_9900178_202510.txt": joined(principal()),
    "DSC1_9900178_202510.txt": joined(complementary()),
}


@pytest.mark.parametrize("name", BUILT)
def test_golden_files_are_what_the_builder_of_the_tests_makes(name: str) -> None:
    assert (GOLDEN / name).read_bytes() == BUILT[name]


@pytest.mark.parametrize("name", BUILT)
def test_a_golden_file_read_and_written_is_the_same_to_the_byte(name: str) -> None:
    declaration = read_declaration((GOLDEN / name).read_bytes())
    assert declaration.file_name == name
    assert write(declaration) == (GOLDEN / name).read_bytes()


def golden_employer() -> Employer:
    return Employer(
        affiliation=9900178,
        company="SOCIETE FICTIVE DE DEMONSTRATION",
        activity="CENTRE D APPELS",
        address="4 AVENUE DE LA FICTION",
        city="FES",
        postcode="30000",
        agency="07",
        issued=20251101,
        due=20251110,
    )


def numbers(*values: str | int) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    return np.array([int(value) for value in values], dtype=np.int64)


def names(people: list[tuple[str, str]]) -> np.ndarray[tuple[int], np.dtype[np.bytes_]]:
    family, given_ = zip(*people, strict=True)
    return full_names(np.array([f.encode() for f in family]), np.array([g.encode() for g in given_]))


def golden_insured() -> Insured:
    people = [whole[0] for whole in INSURED]
    return Insured(
        number=numbers(*(person[0] for person in people)),
        name=names([(person[1], person[2]) for person in people]),
        children=numbers(*(person[3] for person in people)),
        af_due=numbers(*(person[4][:6] for person in people)),
        af_deduct=numbers(*(person[4][6:12] for person in people)),
        af_net=numbers(*(person[4][12:] for person in people)),
        af_back=numbers(*(whole[1] for whole in INSURED)),
        days=numbers(*(whole[2] for whole in INSURED)),
        salary_real=numbers(*(whole[3] for whole in INSURED)),
        salary_capped=numbers(*(whole[4] for whole in INSURED)),
        situation=numbers(0, 0, 4, 1),
    )


def golden_entrants(people: list[tuple[str, str, str, str, str, str, str]]) -> Entrants:
    return Entrants(
        number=numbers(*(person[0] for person in people)),
        name=names([(person[1], person[2]) for person in people]),
        cin=np.array([person[3].encode() for person in people]),
        days=numbers(*(person[4] for person in people)),
        salary_real=numbers(*(person[5] for person in people)),
        salary_capped=numbers(*(person[6] for person in people)),
    )


def test_columns_typed_by_hand_give_the_golden_files() -> None:
    employer, transfer = golden_employer(), 25100000077701
    common = (employer, 202510, transfer)
    files = [
        Declaration(Family.PREETABLI, *common, insured=golden_insured()),
        Declaration(Family.PRINCIPAL, *common, insured=golden_insured(), entrants=golden_entrants(ENTRANTS)),
        Declaration(Family.COMPLEMENTARY, *common, entrants=golden_entrants(LATE_ENTRANTS), complement=1),
    ]
    assert write_many(files) == list(BUILT.values())


def test_no_entrant_is_written_as_the_placeholder() -> None:
    content = joined(principal(entrants=[]))
    assert write(read_declaration(content)) == content
    assert not len(read_declaration(content).entrants)


@given(st.lists(declarations(), max_size=6))
@settings(max_examples=40)
def test_what_is_written_is_sound_and_reads_back_the_same(files: list[Declaration]) -> None:
    contents = write_many(files)
    reports = check_batch(
        [SourceFile(file.file_name, content) for file, content in zip(files, contents, strict=True)]
    ).reports
    # Drawn apart, a declaration and a préétabli of one firm do not fit each other: rules 3 and 4 are left out.
    alone = [finding for report in reports for finding in report.findings if finding.rule[:7] not in COMPARISON]
    assert alone == []
    assert [write(read_declaration(content)) for content in contents] == contents


@given(declarations())
def test_lines_are_the_columns_that_were_written(declaration: Declaration) -> None:
    lines = check_batch([SourceFile(declaration.file_name, write(declaration))]).lines
    if declaration.family is Family.PREETABLI:
        assert not len(lines)
        return
    insured, entrants = declaration.insured, declaration.entrants
    assert lines.number.tolist() == [*insured.number, *entrants.number]
    assert lines.days.tolist() == [*insured.days, *entrants.days]
    assert lines.salary_real.tolist() == [*insured.salary_real, *entrants.salary_real]
    assert lines.salary_capped.tolist() == [*insured.salary_capped, *entrants.salary_capped]
    assert lines.children.tolist() == [*insured.children, *([0] * len(entrants))]
    assert lines.situation.tolist() == [*insured.situation, *([0] * len(entrants))]
    assert lines.cin.tolist() == [
        *([b""] * len(insured)),
        *(b"" if number else cin for number, cin in zip(entrants.number, entrants.cin.tolist(), strict=True)),
    ]
    assert set(lines.affiliation.tolist()) <= {declaration.employer.affiliation}


def test_a_file_with_a_rejected_line_is_not_read_in_part() -> None:
    with pytest.raises(UnreadableDeclaration) as caught:
        read_declaration(joined(written(principal(), 3, 112, "27")))
    assert [finding.rule for finding in caught.value.report.findings] == ["EBDS-05-DAYS"]


def test_impossible_declarations_are_refused_by_the_writer() -> None:
    sound = read_declaration(BUILT["DS_9900178_202510.txt"])
    with pytest.raises(ValueError, match="from 1 to 9"):
        write(replace(sound, complement=1))
    with pytest.raises(ValueError, match="only holds entrants"):
        write(replace(sound, family=Family.COMPLEMENTARY, complement=1))
    with pytest.raises(ValueError, match="no entrants"):
        write(replace(sound, family=Family.PREETABLI))
    with pytest.raises(ValueError, match="same length"):
        write(replace(sound, insured=replace(sound.insured, days=numbers(1))))
    with pytest.raises(ValueError, match="does not fit"):
        write(replace(sound, insured=replace(sound.insured, days=numbers(26, 26, 26, 100))))
