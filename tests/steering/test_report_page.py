"""The page as a page: it stands alone, it parses, it says what it is, and nothing in it names a person."""

from __future__ import annotations

import base64
import hashlib
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from lxml import html

from minassa.entitlements.runs import Run
from minassa.offer.loading import load_offer
from minassa.steering.report import write_report
from tests.steering.conftest import Written
from tests.steering.country import Country

LIGHT = 1_500_000
SECTIONS = [
    "bref",
    "route",
    "montants",
    "conditions",
    "emplois-nets",
    "discordances",
    "certitude",
    "entreprise",
    "methode",
]
SYNTHETIC = "DONNÉES SYNTHÉTIQUES"


def test_one_light_file_and_its_tables(written: Written) -> None:
    assert written.path.name == "rapport.html"
    assert written.path.stat().st_size < LIGHT
    assert {entry.name for entry in written.path.parent.iterdir()} == {"rapport.html", "tables"}


def test_sections_stand_in_order_and_the_contents_lead_to_each(written: Written) -> None:
    assert [section.get("id") for section in written.tree.xpath("//main/section")] == SECTIONS
    assert written.tree.xpath("//nav//a/@href") == [f"#{name}" for name in SECTIONS]
    assert all(len(section.xpath("./h2")) == 1 for section in written.tree.xpath("//main/section"))


def test_nothing_is_fetched_from_outside(written: Written) -> None:
    tree = written.tree
    assert not tree.xpath("//img | //iframe | //object | //embed | //script[@src] | //*[@srcset] | //audio | //video")
    assert all(link.startswith("data:") for link in tree.xpath("//link/@href"))
    style = "".join(tree.xpath("//style/text()")) + "".join(tree.xpath("//@style"))
    assert "@import" not in style
    assert "url(" not in style
    links = [(e.tag, key) for e in tree.iter() for key, value in e.attrib.items() if str(value).startswith("http")]
    assert set(links) == {("a", "href"), ("svg", "xmlns")}


def test_the_browser_is_told_to_refuse_everything_else(written: Written) -> None:
    [policy] = written.tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    [script] = written.tree.xpath("//script/text()")
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert "default-src 'none'" in policy
    assert f"script-src 'sha256-{digest}'" in policy


def test_names_of_places_in_the_page_are_unique_and_links_lead_somewhere(written: Written) -> None:
    ids = Counter(written.tree.xpath("//@id"))
    assert not [name for name, times in ids.items() if times > 1]
    targets = {href[1:] for href in written.tree.xpath("//a/@href | //use/@href") if href.startswith("#")}
    assert not targets - set(ids)
    files = {href for href in written.tree.xpath("//a/@href") if not href.startswith(("#", "https://", "http://"))}
    assert files
    assert all((written.path.parent / name).is_file() for name in files)


def test_every_chart_has_a_title_a_description_two_sizes_and_its_table(written: Written) -> None:
    figures = written.tree.xpath("//figure")
    assert len(figures) == 7
    for figure in figures:
        drawings = figure.xpath(".//*[local-name()='svg'][@role='img']")
        assert len(drawings) == 2
        for drawing in drawings:
            named = drawing.get("aria-labelledby").split()
            assert [
                part.get("id") for part in drawing.xpath("./*[local-name()='title' or local-name()='desc']")
            ] == named
            assert drawing.xpath(".//*[local-name()='text']"), "the words of a chart are text"
        assert figure.xpath(".//details//table//tbody/tr")


def test_what_is_synthetic_says_so_on_the_page_in_every_chart_and_every_table(written: Written) -> None:
    tree = written.tree
    assert SYNTHETIC in tree.xpath("string(//*[@role='note'])")
    assert "données synthétiques" in tree.xpath("string(//title)")
    for caption in tree.xpath("//caption"):
        assert SYNTHETIC in caption.text_content()
    for drawing in tree.xpath("//figure//*[local-name()='svg'][@role='img']"):
        assert SYNTHETIC in drawing.text_content()
    for table in (written.path.parent / "tables").glob("*.csv"):
        lines = table.read_text("utf-8-sig").splitlines()
        assert lines[0].endswith(";Origine")
        assert all(SYNTHETIC.lower() in line for line in lines[1:])


def test_no_person_is_named_nor_numbered(written: Written) -> None:
    numbers = {row["person"] + 900_000_000 for row in written.country.rows["cnss_lines"]}
    exported = [p.read_text("utf-8-sig") for p in (written.path.parent / "tables").glob("*.csv")]
    for text in (written.text, *exported):
        assert not [n for n in numbers if str(n) in text]
        assert not re.search(r"QZ[0-9]", text)
        assert "123456789" not in text, "the check sum of a line tells the number of the person"
    names = written.tree.xpath("//*[contains(@class,'line')]")
    assert names
    assert not [line for line in names if "FICTIF" in line.text_content() and "SARL" not in line.text_content()]


class RowsAlone:
    """The declared rows without the files they were read in."""

    def __init__(self, country: Country) -> None:
        self.current = country.current


def test_real_declarations_are_not_called_synthetic_and_missing_files_are_said_so(
    made: tuple[Run, Country], tmp_path: Path
) -> None:
    run, country = made
    path = write_report(tmp_path / "new" / "folder", run, RowsAlone(country), load_offer())
    text = path.read_text(encoding="utf-8")
    assert "synthétique" not in text.lower()
    tree: Any = html.fromstring(text)
    assert not tree.xpath("//*[@role='note']")
    goal = tree.xpath("//table[@data-name='objectifs']/tbody/tr")[-1]
    assert goal.xpath("./td[@class='num']/@data-v") == ["270000", "270000"]
    assert "Le fichier d’origine n’est pas gardé ici" in text
    assert "•" not in text


@pytest.mark.slow
def test_the_same_run_gives_the_same_bytes(written: Written, tmp_path: Path) -> None:
    facts = written.facts
    again = write_report(tmp_path, facts.run, facts.tables, facts.offer, synthetic=facts.synthetic)
    assert again.read_bytes() == written.path.read_bytes()
    for file in (written.path.parent / "tables").iterdir():
        assert (tmp_path / "tables" / file.name).read_bytes() == file.read_bytes(), file.name
