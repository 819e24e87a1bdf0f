"""One broken file per rule on its physical form, its structure, its header and its totals: rule, severity, place."""

from __future__ import annotations

import io
import zipfile

import numpy as np

from tests.declarations.ebds.building import (
    AFFILIATION,
    complementary,
    grand,
    joined,
    preetabli,
    principal,
    put,
    written,
)
from tests.declarations.ebds.cases import ALL, Broken, assert_found, broken, table

SOUND = joined(principal())
LINES = principal()


def zipped() -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("DS.txt", SOUND)
    return target.getvalue()


def everywhere(column: int, text: str, lines: list[bytes] = LINES) -> list[bytes]:
    """The text written on every line but the first."""
    return [lines[0], *(put(line, column, text) for line in lines[1:])]


def spliced(line: int, column: int, removed: int, text: bytes) -> bytes:
    """The sound file with some bytes of a line replaced by others, as many or not."""
    start = (line - 1) * 261 + column - 1
    return SOUND[:start] + text + SOUND[start + removed :]


PHYSICAL = {
    "empty file": broken(b"", ("00-EMPTY", 0, 0), rejected=ALL),
    "ZIP archive": broken(zipped(), ("00-FOREIGN", 1, 1), rejected=ALL),
    "megabytes of zeros": broken(bytes(8_000_000), ("00-FOREIGN", 1, 1), rejected=ALL),
    "binary": broken(np.random.default_rng(5).bytes(1_000_000), ("00-FOREIGN", 1, 1), rejected=ALL),
    "XML": broken(b"<?xml version='1.0'?>\n<a/>\n", ("00-FOREIGN", 1, 1), rejected=ALL),
    "text of another kind": broken(b"num_cnss;cin\n1;2\n", ("00-FOREIGN", 1, 1), rejected=ALL),
    "UTF-16 with a mark": broken(SOUND.decode("ascii").encode("utf-16"), ("00-UTF16", 1, 1), rejected=ALL),
    "UTF-16 without a mark": broken(SOUND.decode("ascii").encode("utf-16-le"), ("00-UTF16", 1, 1), rejected=ALL),
    "UTF-8 mark": broken(b"\xef\xbb\xbf" + SOUND, ("00-BOM", 1, 1)),
    "name of one's own": broken(SOUND, ("00-NAME-FORM", 0, 0), name="paie octobre.txt"),
    "name of another month": broken(SOUND, ("00-NAME", 0, 0), name=f"DS_{AFFILIATION}_202509.txt"),
    "name of another firm": broken(SOUND, ("00-NAME", 0, 0), name="DS_9900004_202510.txt"),
    "name of another kind": broken(SOUND, ("00-NAME", 0, 0), name=f"DSC1_{AFFILIATION}_202510.txt"),
    "name of another number": broken(complementary(), ("00-NAME", 0, 0), name=f"DSC2_{AFFILIATION}_202510.txt"),
    "mixed line ends": broken(
        joined(LINES[:5]) + joined(LINES[5:7], b"\r\n") + joined(LINES[7:]), ("00-LINE-ENDS", 6, 261)
    ),
    "LF in a CRLF file": broken(joined(LINES[:9], b"\r\n") + joined(LINES[9:]), ("00-LINE-ENDS", 10, 261)),
    "empty lines at the end": broken(SOUND + b"\n\n", ("00-BLANK-LINES", 11, 1)),
    "end-of-file mark of DOS": broken(SOUND + b"\x1a", ("00-BLANK-LINES", 11, 1)),
    "letter in a total": broken(written(LINES, 7, 20, "X", again=False), ("00-HEADER-DIGITS", 7, 20), rejected=ALL),
    "date with hyphens": broken(written(LINES, 2, 245, "2025-11-", again=False), ("00-DATE", 2, 249)),
    "text beyond the record": broken(written(LINES, 5, 200, "X"), ("00-FILLER", 5, 200)),
    "UTF-8 accent that shifts the line": broken(
        spliced(4, 30, 1, "É".encode()), ("00-NON-ASCII", 4, 30), ("01-LENGTH", 4, 261), rejected=ALL
    ),
    "UTF-8 accent in a line of the right length": broken(spliced(4, 30, 2, "É".encode()), ("00-NON-ASCII", 4, 30)),
}

STRUCTURE = {
    "spaces lost at the end of a line": broken(spliced(5, 157, 104, b""), ("01-LENGTH", 5, 157), rejected=ALL),
    "line too long": broken(spliced(5, 200, 0, b"  "), ("01-LENGTH", 5, 261), rejected=ALL),
    "empty line in the middle": broken(spliced(5, 1, 0, b"\n"), ("01-LENGTH", 5, 1), rejected=ALL),
    "last line cut": broken(SOUND[:-100], ("01-TRUNCATED", 10, 162), rejected=ALL),
    "cut in a person": broken(SOUND[: 4 * 261 + 130], ("01-TRUNCATED", 5, 131), rejected=ALL),
    "cut between two lines": broken(SOUND[: 6 * 261], ("01-END", 6, 1), rejected=ALL),
    "unknown record type": broken(written(LINES, 4, 1, "X02", again=False), ("01-TYPE", 4, 1), rejected=ALL),
    "record of a préétabli": broken(written(LINES, 4, 1, "A02", again=False), ("01-TYPE", 4, 1), rejected=ALL),
    "records in disorder": broken(
        [*LINES[:6], LINES[7], LINES[6], *LINES[8:]],
        ("01-ORDER", 7, 1),
        ("01-ORDER", 8, 1),
        ("01-ORDER", 9, 1),
        rejected=ALL,
    ),
    "no header": broken(LINES[1:], ("01-ORDER", 1, 1), rejected=ALL),
    "no entrant, not even the empty one": broken(
        [line for line in principal(entrants=[]) if line[:3] != b"B04"], ("01-ORDER", 8, 1), rejected=ALL
    ),
    "two E02": broken(
        [*complementary()[:3], complementary()[2], *complementary()[3:]], ("01-ORDER", 4, 1), rejected=ALL
    ),
    "doubled": broken(SOUND * 2, ("01-DOUBLED", 11, 1), rejected=ALL),
    "complementary behind the principal": broken(LINES + complementary(), ("01-DOUBLED", 11, 1), rejected=ALL),
    "category of another file": broken(written(LINES, 1, 18, "A0", again=False), ("01-CATEGORY", 1, 18), rejected=ALL),
    "complementary number 0": broken(complementary(rank=0), ("01-CATEGORY", 1, 18), rejected=ALL),
    "somebody in E02": broken(written(complementary(), 3, 26, "FICTIF", again=False), ("01-E02", 3, 17), rejected=ALL),
    "affiliation of another firm": broken(written(LINES, 4, 4, "9900004"), ("02-AFFILIATION", 4, 4), rejected=ALL),
    "another period": broken(written(LINES, 4, 11, "202509"), ("02-PERIOD", 4, 11), rejected=ALL),
    "no such month": broken(everywhere(11, "202513"), ("02-MONTH", 2, 11), rejected=ALL),
    "E04 without affiliation": broken(written(complementary(), 5, 4, "       "), ("02-E04-AFFILIATION", 5, 4)),
    "key of the affiliation": broken(
        everywhere(4, "9900179"), ("12-AFFILIATION-KEY", 2, 4), name="DS_9900179_202510.txt"
    ),
    "month before any figure": broken(
        everywhere(11, "200512"),
        ("06-NO-FIGURE", 0, 0),
        ("10-NO-FIGURE", 0, 0),
        name=f"DS_{AFFILIATION}_200512.txt",
    ),
}

FIELDS_OF_B03 = {
    "headcount": (17, 6),
    "children": (23, 6),
    "allowances due": (29, 12),
    "allowances to deduct": (41, 12),
    "net allowances": (53, 12),
    "sum of numbers": (65, 15),
    "allowances paid back": (80, 12),
    "days": (92, 6),
    "real salaries": (98, 15),
    "capped salaries": (113, 13),
    "check sums": (126, 19),
}
FIELDS_OF_B05 = {
    "headcount": (17, 6),
    "sum of numbers": (23, 15),
    "days": (38, 6),
    "real salaries": (44, 15),
    "capped salaries": (59, 13),
    "check sums": (72, 19),
}


def off_by_one(line: int, column: int, width: int) -> list[bytes]:
    """One total of B03 or B05 too high by one, and B06 in step with it."""
    old = int(LINES[line - 1][column - 1 : column - 1 + width])
    lines = written(LINES, line, column, f"{old + 1:0{width}d}", again=False)
    return [*lines[:9], grand("B06", lines[6], lines[8])]


TOTALS = {
    f"{name} of B03": broken(off_by_one(7, *field), ("14-TOTALS", 7, field[0]), rejected=ALL)
    for name, field in FIELDS_OF_B03.items()
}
TOTALS |= {
    f"{name} of B05": broken(off_by_one(9, *field), ("14-TOTALS", 9, field[0]), rejected=ALL)
    for name, field in FIELDS_OF_B05.items()
}
TOTALS |= {
    f"{name} of B06": broken(
        written(LINES, 10, column, f"{7:0{width}d}", again=False), ("14-GRAND-TOTALS", 10, column), rejected=ALL
    )
    for name, (column, width) in FIELDS_OF_B05.items()
}
TOTALS["headcount of A03"] = broken(
    written(preetabli(), 7, 17, "000005", again=False), ("14-TOTALS", 7, 17), rejected=ALL
)
TOTALS["E03 that counts somebody"] = broken(
    written(written(complementary(), 4, 17, "000001", again=False), 7, 17, "000002", again=False),
    ("14-TOTALS", 4, 17),
    rejected=ALL,
)


@table(PHYSICAL | STRUCTURE | TOTALS)
def test_a_broken_file_is_said_to_be_so_where_it_is(case: Broken) -> None:
    assert_found(case)
