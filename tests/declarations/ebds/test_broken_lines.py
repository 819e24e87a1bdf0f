"""One broken line per rule on a person: rule, severity, place; and what a préétabli beside the declaration reveals."""

from __future__ import annotations

from tests.declarations.ebds.building import (
    INSURED,
    LATE_ENTRANTS,
    Insured,
    closed,
    complementary,
    joined,
    preetabli,
    principal,
    put,
    retotalled,
    written,
)
from tests.declarations.ebds.cases import ALL, Broken, assert_found, broken, table

LINES = principal()
LATE = complementary()


def insured_with(rank: int, **values: str) -> list[bytes]:
    """The sound file with some fields of one insured person (line 3 + rank) changed, sums made right."""
    columns = {"number": 17, "back": 106, "days": 112, "real": 114, "capped": 127, "situation": 136, "net": 100}
    widths = {"real": 13, "capped": 9}
    lines = LINES
    for name, value in values.items():
        lines = written(lines, 3 + rank, columns[name], value.rjust(widths.get(name, 0), "0"))
    return lines


def entrant_with(column: int, text: str, lines: list[bytes] = LINES, line: int = 8) -> list[bytes]:
    return written(lines, line, column, text)


def wrong_checksum() -> list[bytes]:
    """A check sum too high by one in line 3, and totals that agree with it."""
    old = int(LINES[2][137:156])
    known = [put(LINES[2], 138, f"{old + 1:019d}"), *LINES[3:6]]
    return closed("B", LINES[:2], known, [LINES[7]])


CHARACTERS = {
    "letter in a salary": broken(written(LINES, 3, 120, "X", again=False), ("00-DIGITS", 3, 120), rejected=1),
    "spaces before a salary": broken(written(LINES, 3, 114, "    ", again=False), ("00-DIGITS", 3, 114), rejected=1),
    "no number in B02": broken(written(LINES, 3, 17, " " * 9, again=False), ("00-DIGITS", 3, 17), rejected=1),
    "two unreadable fields": broken(
        written(written(LINES, 3, 120, "X", again=False), 3, 90, "-", again=False), ("00-DIGITS", 3, 90), rejected=1
    ),
    "accent in a number": broken(written(LINES, 3, 120, "é", again=False), ("00-DIGITS", 3, 120), rejected=1),
    "small letters": broken(written(LINES, 4, 28, "n"), ("00-CHARACTER", 4, 28)),
    "apostrophe": broken(written(LINES, 8, 30, "'"), ("00-CHARACTER", 8, 30)),
    "accent of latin-1": broken(written(LINES, 4, 30, "É"), ("00-NON-ASCII", 4, 30)),
    "byte of Windows-1252": broken(written(LINES, 8, 56, b"\x9c"), ("00-NON-ASCII", 8, 56)),
    "accent in the address": broken(written(LINES, 2, 99, "é", again=False), ("00-NON-ASCII", 2, 99)),
    "accent in the filler": broken(written(LINES, 5, 260, "é", again=False), ("00-FILLER", 5, 260)),
}

PERSONS = {
    "the same number twice": broken(insured_with(1, number="199001001"), ("04-DUPLICATE", 4, 17), rejected=1),
    "an entrant already insured": broken(entrant_with(17, "199001035"), ("04-DUPLICATE", 8, 17), rejected=1),
    "the same CIN twice": broken(complementary([*LATE_ENTRANTS, *LATE_ENTRANTS]), ("04-DUPLICATE", 6, 86), rejected=1),
    "numbers in disorder": broken(retotalled([*LINES[:2], LINES[3], LINES[2], *LINES[4:]]), ("04-UNSORTED", 4, 17)),
    "27 days": broken(insured_with(0, days="27"), ("05-DAYS", 3, 112), rejected=1),
    "27 days of an entrant": broken(entrant_with(94, "270000000480000000480000"), ("05-DAYS", 8, 94), rejected=1),
    "capped above real": broken(insured_with(0, capped="480001"), ("06-CAPPED", 3, 127), rejected=1),
    "capped above the ceiling": broken(insured_with(1, capped="600001"), ("06-CEILING", 4, 127), rejected=1),
    "entrant above the ceiling": broken(
        written(entrant_with(96, "0000000700000"), 8, 109, "000700000"), ("06-CEILING", 8, 109), rejected=1
    ),
    "no days": broken(insured_with(0, days="00"), ("07-IDLE", 3, 112), rejected=1),
    "no salary": broken(insured_with(0, real="0", capped="0"), ("07-IDLE", 3, 114), rejected=1),
    "no capped salary": broken(insured_with(0, capped="0"), ("07-IDLE", 3, 127), rejected=1),
    "entrant without days": broken(entrant_with(94, "00"), ("07-ENTRANT", 8, 94)),
    "unknown situation": broken(insured_with(0, situation="ZZ"), ("08-SITUATION", 3, 136), rejected=1),
    "unpaid leave with pay": broken(insured_with(0, situation="CS"), ("08-NIL", 3, 136), rejected=1),
    "kept without salary, with pay": broken(insured_with(0, situation="MS"), ("08-NIL", 3, 136), rejected=1),
    "occupational disease with days": broken(
        insured_with(0, situation="MP", real="0", capped="0"), ("08-NIL", 3, 136), rejected=1
    ),
    "left with pay": broken(insured_with(1, situation="SO"), ("08-GONE", 4, 136)),
    "deceased with pay": broken(insured_with(1, situation="DE"), ("08-GONE", 4, 136)),
    "more paid back than net": broken(insured_with(0, back="060001"), ("09-PAID-BACK", 3, 106), rejected=1),
    "left and keeps allowances": broken(insured_with(3, back="019999"), ("09-GONE", 6, 106), rejected=1),
    "net that is not the difference": broken(insured_with(0, net="059999"), ("09-NET", 3, 100)),
    "below the minimum wage": broken(insured_with(0, real="314048", capped="314048"), ("10-SMIG", 3, 114)),
    "entrant below the minimum wage": broken(entrant_with(96, "0000000175866000175866"), ("10-SMIG", 8, 96)),
    "no number and no CIN": broken(entrant_with(86, " " * 8, LATE, 5), ("11-CIN", 5, 86), rejected=1),
    "odd CIN": broken(entrant_with(86, "12-34   ", LATE, 5), ("00-CHARACTER", 5, 88), ("11-CIN-SHAPE", 5, 86)),
    "unusual CIN": broken(entrant_with(86, "QZAB1   ", LATE, 5), ("11-CIN-SHAPE", 5, 86)),
    "entrant without a name": broken(entrant_with(26, " " * 60), ("11-NAME", 8, 26), rejected=1),
    "placeholder with days": broken(entrant_with(17, " " * 9), ("11-PLACEHOLDER", 8, 17), rejected=1),
    "wrong key": broken(insured_with(0, number="199001002"), ("12-KEY", 3, 17)),
    "number that does not start with 1": broken(insured_with(3, number="299001035"), ("12-KEY", 6, 17)),
    "wrong key of an entrant": broken(entrant_with(17, "199001044"), ("12-KEY", 8, 17)),
    "forbidden number": broken(insured_with(0, number="100000000"), ("13-FORBIDDEN", 3, 17), rejected=1),
    "insured without a number": broken(insured_with(0, number="000000000"), ("13-NO-NUMBER", 3, 17), rejected=1),
    "check sum": broken(wrong_checksum(), ("14-CHECKSUM", 3, 138), rejected=1),
    "salary changed by hand": broken(
        written(LINES, 3, 114, "0000000490000", again=False),
        ("14-CHECKSUM", 3, 138),
        ("14-TOTALS", 7, 98),
        rejected=ALL,
    ),
    "net in a préétabli": broken(written(preetabli(), 3, 100, "059999"), ("09-NET", 3, 100)),
    "the same number twice in a préétabli": broken(
        written(preetabli(), 4, 17, "199001001"), ("04-DUPLICATE", 4, 17), rejected=1
    ),
}


def named(rank: int, family: str) -> list[Insured]:
    """The insured persons with another family name at one rank."""
    people = list(INSURED)
    (number, _, given, children, allowances), *others = people[rank]
    people[rank] = ((number, family, given, children, allowances), *others)  # type: ignore[assignment]
    return people


BESIDE = (preetabli(),)
COMPARED = {
    "another transfer": broken(
        written(LINES, 1, 4, "25100000077702", again=False), ("03-TRANSFER", 1, 4), rejected=ALL, beside=BESIDE
    ),
    "another transfer in a complementary": broken(
        written(LATE, 1, 4, "25100000077702", again=False), ("03-TRANSFER", 1, 4), rejected=ALL, beside=BESIDE
    ),
    "another town": broken(written(LINES, 2, 217, "RABAT", again=False), ("03-EMPLOYER", 2, 217), beside=BESIDE),
    "unreadable préétabli": broken(LINES, ("03-REFERENCE", 0, 0), beside=(joined(preetabli())[:-500],)),
    "person not announced": broken(LINES, ("04-UNANNOUNCED", 6, 17), rejected=1, beside=(preetabli(INSURED[:3]),)),
    "person without an answer": broken(principal(INSURED[:3]), ("04-UNANSWERED", 6, 17), rejected=ALL, beside=BESIDE),
    "one person for another": broken(
        insured_with(2, number="199001051"),
        ("04-UNANNOUNCED", 5, 17),
        ("04-UNANSWERED", 7, 17),
        ("04-UNSORTED", 6, 17),
        rejected=ALL,
        beside=BESIDE,
    ),
    "another name": broken(principal(named(2, "AUTRE")), ("04-CHANGED", 5, 26), beside=BESIDE),
    "other allowances": broken(retotalled(written(LINES, 5, 86, "02")), ("04-CHANGED", 5, 86), beside=BESIDE),
    "nothing, in another order": broken(
        retotalled([*LINES[:2], LINES[3], LINES[2], *LINES[4:]]), ("04-UNSORTED", 4, 17), beside=BESIDE
    ),
    "nothing, of two préétablis the one with the same transfer": broken(
        LINES, beside=(written(preetabli(INSURED[:2]), 1, 4, "25100000099999", again=False), preetabli())
    ),
}


@table(CHARACTERS | PERSONS | COMPARED)
def test_a_broken_line_is_said_to_be_so_where_it_is(case: Broken) -> None:
    assert_found(case)
