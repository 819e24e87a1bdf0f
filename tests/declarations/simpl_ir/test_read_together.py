"""Statements read together say what each says alone."""

from __future__ import annotations

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from minassa.declarations.simpl_ir import read, read_together
from minassa.declarations.simpl_ir.people import FILE
from tests.declarations.simpl_ir.statement_example import EXAMPLE
from tests.declarations.simpl_ir.test_broken_statements import LINES

BREAKS = [(old, new) for old, new, *_ in LINES] + [
    ("<annee>2025", "<annee>"),
    ("</Stagiaire>", ""),
    ("<TraitementEtSalaire>", "<Autre>"),
    ("<numCNSS>199000029", "<numCNSS>199000003"),
    ("<mois>3<", "<mois>4<"),
    ("<effectifTotal>4", "<effectifTotal>9"),
    ("<numeroCNSS>9900003", "<numeroCNSS>9900011"),
]


@st.composite
def statements(draw: st.DrawFn) -> bytes:
    text = EXAMPLE
    for old, new in draw(st.lists(st.sampled_from(BREAKS), max_size=3)):
        text = text.replace(old, new, 1)
    return text.encode()


@settings(max_examples=40, deadline=None)
@given(st.lists(statements(), max_size=5))
def test_together_each_statement_says_what_it_says_alone(contents: list[bytes]) -> None:
    found = read_together([("exemple.xml", content) for content in contents])
    assert len(found.reports) == len(found.headers) == len(contents)
    for rank, content in enumerate(contents):
        alone = read("exemple.xml", content)
        assert (found.reports[rank], found.headers[rank]) == (alone.report, alone.header)
        assert found.rows.filter(pl.col(FILE) == rank).drop(FILE).equals(alone.rows)
