from __future__ import annotations

import io
import os
import zipfile
from pathlib import Path

import pytest

from minassa.declarations import checking
from minassa.declarations.checking import check, check_together
from minassa.declarations.ebds import Family
from minassa.declarations.files import Original
from tests.declarations.deposit.building import PERSONS, ebds, every_kind, put, statement

BOMB = b"""<?xml version="1.0"?>
<!DOCTYPE TraitementEtSalaire [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;">]>
<TraitementEtSalaire><identifiantFiscal>&d;</identifiantFiscal></TraitementEtSalaire>"""


def zipped(name: str, content: bytes) -> bytes:
    """An archive of one file, the same bytes at any time: names of tests come from it."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return written.getvalue()


def test_every_kind_is_checked_in_the_order_asked(tmp_path: Path) -> None:
    put(tmp_path, *every_kind())
    paths = sorted(tmp_path.iterdir(), reverse=True)
    reports = check(paths)
    assert [report.file for report in reports] == [str(path) for path in paths]
    assert {report.kind for report in reports} == {
        "ebds_preetabli",
        "ebds_principal",
        "ebds_complementary",
        "simpl_ir_9421",
        "staff_register",
        "yearly_accounts",
        "firm_sheet",
    }
    assert all(not report.refused and report.accepted == report.lines > 0 for report in reports)


def test_a_zipped_return_is_checked_like_the_return(tmp_path: Path) -> None:
    name, content = statement()
    path = tmp_path / "envoi.zip"
    path.write_bytes(zipped(name, content))
    (report,) = check([path])
    assert (report.kind, report.accepted, report.refused) == ("simpl_ir_9421", 1, False)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("vide.txt", b""),
        ("DS_9900003_202510.txt", b""),
        ("traitements.xml", b""),
        ("zeros", bytes(70_000)),
        ("DS_9900003_202510.txt", bytes(2 << 20)),
        ("traitements.xml", BOMB),
        ("traitements.xml", b"<TraitementEtSalaire><identifiantFiscal>"),
        ("traitements.xml", b"<" + bytes(2 << 20)),
        ("envoi.zip", zipped("traitements.xml", bytes(50 << 20))),
        ("envoi.zip", zipped("photo.jpg", b"\xff\xd8")),
        ("envoi.zip", zipped("traitements.xml", b"<TraitementEtSalaire>")[:60]),
        ("REGISTRE_9900003_202512.xlsx", zipped("xl/workbook.xml", b"<workbook/>")),
        ("REGISTRE_9900003_202512.csv", b"\x00\xff;\n;;;\n"),
        ("COMPTES_9900003_2025.csv", b"affiliation;exercice_du"),
        ("photo.jpg", b"\xff\xd8\xff\xe0"),
        ("\u0627\u0644\u0645\u063a\u0631\u0628.txt", b"\xd9\x85"),
    ],
)
def test_whatever_the_content_there_is_a_refused_report(tmp_path: Path, name: str, content: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    (report,) = check([path])
    assert report.refused
    assert report.accepted == 0
    assert report.lines == report.rejected
    assert report.findings
    assert all(finding.message.endswith(".") for finding in report.findings)


def test_what_cannot_be_read_is_a_report_too(tmp_path: Path) -> None:
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    (tmp_path / "folder").mkdir()
    asked: list[str | Path] = [
        tmp_path / "absent",
        tmp_path / "folder",
        tmp_path / "loop",
        "a\0b",
        "",
        tmp_path / ("x" * 5_000),
    ]
    reports = check(asked)
    assert [report.kind for report in reports] == ["unknown"] * len(asked)
    assert all(report.refused and report.findings[0].rule == "FICHIER-LECTURE" for report in reports)


def test_a_file_one_may_not_read_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "DS_9900003_202510.txt"
    path.write_bytes(b"x")

    def refuse(*_: object) -> int:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "open", refuse)
    (report,) = check([path])
    assert "pas le droit" in report.findings[0].message


def test_the_same_path_asked_twice_is_answered_twice(tmp_path: Path) -> None:
    path = put(tmp_path, ebds()) / "DS_9900003_202510.txt"
    assert [report.accepted for report in check([path, path])] == [9, 9]


def test_a_declaration_meets_its_preetabli_wherever_it_is_given(tmp_path: Path) -> None:
    put(tmp_path, ebds(Family.PREETABLI, persons=PERSONS[:2]), ebds(persons=PERSONS[:3]))
    for paths in (sorted(tmp_path.iterdir()), sorted(tmp_path.iterdir(), reverse=True)):
        found = [finding.rule for report in check(paths) for finding in report.findings]
        assert found == ["EBDS-04-UNANNOUNCED"]


def test_a_declaration_meets_its_preetabli_in_another_portion(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checking, "_PORTION_FILES", 1)
    originals = [
        Original(*ebds(Family.PREETABLI, persons=PERSONS[:2])[:1], "ebds_preetabli", b"")._replace(content=content)
        if kind == "ebds_preetabli"
        else Original("DS_9900003_202510.txt", kind, content)
        for kind, content in (
            ("ebds_preetabli", ebds(Family.PREETABLI, persons=PERSONS[:2])[1]),
            ("ebds_principal", ebds(persons=PERSONS[:3])[1]),
        )
    ]
    checked = check_together(originals)
    assert [finding.rule for finding in checked.reports[1].findings] == ["EBDS-04-UNANNOUNCED"]
    assert sum(frame.height for frame in checked.lines["cnss_lines"]) == 2
