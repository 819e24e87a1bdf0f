"""A statement larger than what may stand in memory at once."""

from __future__ import annotations

import resource
import sys
from pathlib import Path

import pytest

from minassa.declarations.simpl_ir import read, walk

PEOPLE = 200_000
PERSON = "<Doctorant><numCNI>QZ%06d</numCNI>\n<mtBrutIndemnites>100.00</mtBrutIndemnites>\n</Doctorant>\n"
HEAD = (
    "<TraitementEtSalaire><identifiantFiscal>99000003</identifiantFiscal><annee>2025</annee>\n"
    "<listDoctorants><!-- exemple synthétique -->\n"
)
MOST = 100
"""Mebibytes of growth allowed, rows included; the whole tree of this file takes several times as much."""


def _peak() -> float:
    """Most memory that this process has ever held, in mebibytes."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1 << 20 if sys.platform == "darwin" else 1 << 10)


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("large") / "grand.xml"
    with path.open("w", encoding="utf-8") as stream:
        stream.write(HEAD)
        stream.writelines(PERSON % rank for rank in range(PEOPLE))
        stream.write("</listDoctorants></TraitementEtSalaire>\n")
    return path


def test_memory_does_not_grow_with_the_file_and_lines_are_right_beyond_65535(
    large: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    standing: list[int] = []
    oversize = walk._refuse_oversize  # noqa: SLF001 - the tree itself is what must stay small

    def watched(root: walk.Element) -> None:
        standing.append(sum(1 for _ in root.iter()))
        oversize(root)

    monkeypatch.setattr(walk, "_refuse_oversize", watched)
    before = _peak()
    read_file = read("grand.xml", large)
    assert _peak() - before < MOST
    # What is left of the tree after each piece is the open path and the last person, whatever came before.
    assert max(standing) < 20
    assert len(standing) == -(-large.stat().st_size // walk.PIECE)
    assert not read_file.report.refused
    assert read_file.report.accepted == PEOPLE
    lines = read_file.rows["line"]
    assert lines[0] == 3
    assert lines[PEOPLE - 1] == 3 + 3 * (PEOPLE - 1)
    assert (lines.diff().drop_nulls() == 3).all()
