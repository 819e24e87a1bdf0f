"""Whatever is deposited, reading says what is wrong and never stumbles."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from minassa.declarations.simpl_ir import SimplIrFile, read
from tests.declarations.simpl_ir.statement_example import EXAMPLE

CONTENT = EXAMPLE.encode()
edits = st.lists(st.tuples(st.integers(0, 10**6), st.binary(max_size=4), st.integers(0, 3)), min_size=1, max_size=6)
marks = st.sampled_from(
    [
        "<Stagiaire>",
        "</Stagiaire>",
        "<Stagiaire/>",
        "<listStagiaires/>",
        "<code/>",
        "<annee/>",
        "<numCNSS/>",
        "<x:a xmlns:x='urn:x'/>",
        "<!-- x -->",
        "<![CDATA[<Doctorant>]]>",
        "<?x <Doctorant>?>",
        "&lt;",
        "&#233;",
        "9",
        "",
    ]
)


def _sound(read_file: SimplIrFile) -> None:
    report = read_file.report
    assert report.lines == report.accepted + report.rejected
    assert read_file.rows.height == report.accepted
    assert not report.refused or (read_file.rows.is_empty() and report.findings)
    assert not report.rejected or report.findings


@settings(max_examples=60)
@given(edits)
def test_damaged_statements_are_reported(changes: list[tuple[int, bytes, int]]) -> None:
    content = CONTENT
    for where, new, gone in changes:
        at = where % len(content)
        content = content[:at] + new + content[at + gone :]
    _sound(read("exemple.xml", content))


@settings(max_examples=100)
@given(st.lists(st.tuples(st.integers(0, 10**6), marks), min_size=1, max_size=3))
def test_markup_where_none_is_expected_is_reported(changes: list[tuple[int, str]]) -> None:
    text = EXAMPLE
    for where, mark in changes:
        ends = [at for at, character in enumerate(text) if character == ">"]
        at = ends[where % len(ends)] + 1
        text = text[:at] + mark + text[at:]
    _sound(read("exemple.xml", text.encode()))


@given(st.binary(max_size=200))
def test_any_bytes_are_reported(content: bytes) -> None:
    _sound(read("exemple.xml", content))
    _sound(read("exemple.zip", b"PK\x03\x04" + content))
