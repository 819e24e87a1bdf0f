"""What is cut as plain is exactly what the XML parser would have given."""

from __future__ import annotations

import io
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from minassa.declarations.simpl_ir.plain import PlainStatement, plain_statement
from minassa.declarations.simpl_ir.refusals import Refused
from minassa.declarations.simpl_ir.walk import Walk
from tests.declarations.simpl_ir.statement_example import EXAMPLE
from tests.declarations.simpl_ir.test_broken_statements import LINES
from tests.declarations.simpl_ir.test_hostile_statements import marks

MISPLACED = "<mtRevenuNetImposable>33000.00</mtRevenuNetImposable>\n"
PLAIN = (
    EXAMPLE.replace("&amp; ", "")
    .replace(EXAMPLE[EXAMPLE.index("<!--") : EXAMPLE.index("-->") + 4], "")
    .replace(MISPLACED, "", 1)
)


def told(walk: Walk | PlainStatement) -> list[Any]:
    """All that a reading gives; an element that is empty and one that is absent are the same to who reads on."""
    batches = [
        (
            batch.section.tag,
            [tuple(text or "" for text in row) for row in batch.rows],
            batch.offsets,
            batch.lines,
            [(rank, {tag: text or "" for tag, text in texts.items()}) for rank, texts in batch.details],
            batch.repeated,
        )
        for batch in walk.batches()
    ]
    header = {tag: text or "" for tag, text in walk.header.items()}
    return [batches, header, walk.unknown, walk.repeated, walk.members]


def same(content: bytes) -> bool:
    """Whether the statement is plain; then it must be as the parser reads it."""
    plain = plain_statement(content)
    if plain is None:
        return False
    assert told(plain) == told(Walk(io.BytesIO(content)))
    return True


def test_a_plain_statement_is_read_as_such() -> None:
    assert same(PLAIN.encode())
    assert same(PLAIN.replace("\n", "\r\n").encode())
    assert same("".join(line.strip() for line in PLAIN.splitlines()).encode())


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("EXEMPLE FICTIF", "EXEMPLE &lt; FICTIF"),
        ("<listStagiaires>", "<!-- <Stagiaire> --><listStagiaires>"),
        ("<numCNSS>199000003", "<numCNSS x='1'>199000003"),
        ("<numCNI>QZ000001</numCNI>", "<numCNI>QZ000001</numCNI><numCNI>QZ000009</numCNI>"),
        ("<annee>2025</annee>", "<annee>2025</annee><annee>2024</annee>"),
        ("<annee>", "<inconnu>1</inconnu><annee>"),
        ("<nom>EXEMPLE", "<nom>EXEM\rPLE"),
        ("<nom>EXEMPLE", "<nom>EXEM]]>PLE"),
        ("<nom>EXEMPLE", "<nom>EXEM\x01PLE"),
        ("<nom>EXEMPLE", "<nom>EXEM\ufffePLE"),
        ("</TraitementEtSalaire>", "</TraitementEtSalaire><x/>"),
        ("</TraitementEtSalaire>", ""),
        ("</Stagiaire>", "</stagiaire>"),
        ("<montantExonere>", "<Stagiaire/><montantExonere>"),
    ],
)
def test_what_is_not_certain_is_left_to_the_parser(old: str, new: str) -> None:
    assert not same(PLAIN.replace(old, new, 1).encode())


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 10**6), marks), max_size=2), st.lists(st.sampled_from(LINES), max_size=2))
def test_a_statement_is_plain_only_when_the_parser_agrees(
    changes: list[tuple[int, str]], breaks: list[tuple[str, str, str, str, str, int]]
) -> None:
    text = PLAIN
    for old, new, *_ in breaks:
        text = text.replace(old, new, 1)
    for where, mark in changes:
        ends = [at for at, character in enumerate(text) if character in "<>"]
        at = ends[where % len(ends)] + where % 2
        text = text[:at] + mark + text[at:]
    same(text.encode())


edits = st.lists(st.tuples(st.integers(0, 10**6), st.binary(max_size=3), st.integers(0, 3)), min_size=1, max_size=2)


@settings(max_examples=150, deadline=None)
@given(edits)
def test_damage_is_never_taken_for_plain(changes: list[tuple[int, bytes, int]]) -> None:
    content = PLAIN.encode()
    for where, new, gone in changes:
        at = where % len(content)
        content = content[:at] + new + content[at + gone :]
    try:
        same(content)
    except Refused as refused:
        pytest.fail(f"the parser refuses what is taken for plain: {refused.finding.rule}")
