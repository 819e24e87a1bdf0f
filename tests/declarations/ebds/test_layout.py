"""The layout against positions typed from the specification, apart from the code."""

from __future__ import annotations

import pytest

from minassa.declarations.ebds.layout import RECORD_LENGTH, RECORDS, SITUATIONS, FieldType

NATURE = [(4, 17), (18, 19), (20, 260)]
EMPLOYER = [
    *((4, 10), (11, 16), (17, 56), (57, 96), (97, 216)),
    *((217, 236), (237, 242), (243, 244), (245, 252), (253, 260)),
]
PERSON = [(4, 10), (11, 16), (17, 25), (26, 85)]
ALLOWANCES = [(86, 87), (88, 93), (94, 99), (100, 105)]
INSURED = [*PERSON, *ALLOWANCES, (106, 111), (112, 113), (114, 126), (127, 135), (136, 137), (138, 156), (157, 260)]
ANNOUNCED_SUMS = [(4, 10), (11, 16), (17, 22), (23, 28), (29, 40), (41, 52), (53, 64), (65, 79)]
INSURED_SUMS = [*ANNOUNCED_SUMS, (80, 91), (92, 97), (98, 112), (113, 125), (126, 144), (145, 260)]
ENTRANT = [*PERSON, (86, 93), (94, 95), (96, 108), (109, 117), (118, 136), (137, 260)]
ENTRANT_SUMS = [(4, 10), (11, 16), (17, 22), (23, 37), (38, 43), (44, 58), (59, 71), (72, 90), (91, 260)]
POSITIONS = {
    "A02": [*PERSON, *ALLOWANCES, (106, 260)],
    "A03": [*ANNOUNCED_SUMS, (80, 260)],
    **{f"{letter}00": NATURE for letter in "ABE"},
    **{f"{letter}01": EMPLOYER for letter in "ABE"},
    **{f"{letter}02": INSURED for letter in "BE"},
    **{f"{letter}03": INSURED_SUMS for letter in "BE"},
    **{f"{letter}04": ENTRANT for letter in "BE"},
    **{f"{letter}0{rank}": ENTRANT_SUMS for letter in "BE" for rank in (5, 6)},
}


def test_there_are_eighteen_record_types() -> None:
    assert set(RECORDS) == set(POSITIONS)
    assert len(RECORDS) == 18


@pytest.mark.parametrize("code", sorted(POSITIONS))
def test_fields_stand_where_the_specification_puts_them(code: str) -> None:
    fields = RECORDS[code].fields
    assert [(field.start, field.end) for field in fields] == POSITIONS[code]
    assert fields[-1].end == RECORD_LENGTH
    assert len({field.name for field in fields}) == len(fields)


@pytest.mark.parametrize("code", sorted(POSITIONS))
def test_the_filler_comes_last_and_alone(code: str) -> None:
    blanks = RECORDS[code].of_type(FieldType.BLANK)
    assert list(blanks) == ([] if code[1:] == "01" else [RECORDS[code].fields[-1]])


def test_a_field_that_is_not_there_is_an_error() -> None:
    with pytest.raises(KeyError):
        RECORDS["B04"].field("children")


def test_situations_have_the_ranks_that_check_sums_add() -> None:
    assert SITUATIONS.index("SO") == 1
    assert SITUATIONS.index("MP") == 8
