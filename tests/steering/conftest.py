"""One report of the invented country, written once for all tests of the page."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from lxml import html

from minassa.entitlements.runs import Run
from minassa.offer.loading import load_offer
from minassa.steering.report.facts import Facts
from minassa.steering.report.writing import Report, facts_of, report_of
from minassa.steering.report.writing import written as write
from tests.steering.country import Country, small_run

SCALE_MILLIONTHS = 1158
"""The 172 people of the country beside the 148,500 jobs of the sector."""


@dataclass(frozen=True)
class Written:
    """A report on disk, what it was made from, and its page as a tree."""

    path: Path
    run: Run
    country: Country
    report: Report
    tree: Any

    @property
    def facts(self) -> Facts:
        """What the report was made from."""
        return self.report.facts

    @property
    def text(self) -> str:
        """The page as it was written."""
        return self.path.read_text(encoding="utf-8")

    def table(self, name: str) -> list[dict[str, str]]:
        """The rows of a table of the page: the sortable value of each cell by its heading."""
        [table] = self.tree.xpath(f"//table[@data-name='{name}']")
        heads = [head.text_content().strip() for head in table.xpath("./thead/tr/th")]
        rows = table.xpath("./tbody/tr")
        return [dict(zip(heads, [cell.get("data-v") for cell in row], strict=True)) for row in rows]

    def total(self, name: str) -> dict[str, str]:
        """The line of totals of a table, as shown, by heading, spaces of groups left out."""
        [table] = self.tree.xpath(f"//table[@data-name='{name}']")
        heads = [head.text_content().strip() for head in table.xpath("./thead/tr/th")]
        cells = [shown(cell.text_content()) for cell in table.xpath("./tfoot/tr/*")]
        return dict(zip(heads, cells, strict=True))


def shown(text: str) -> str:
    """A number as shown, without the narrow spaces between its groups."""
    return text.strip().replace("\N{NARROW NO-BREAK SPACE}", "")


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Run, Country]:
    """The run of the offer on the invented country."""
    return small_run(tmp_path_factory.mktemp("runs") / "calcul-0001")


@pytest.fixture(scope="session")
def written(made: tuple[Run, Country], tmp_path_factory: pytest.TempPathFactory) -> Written:
    """Its report, as that of a synthetic country."""
    run, country = made
    known = {"scale_millionths": SCALE_MILLIONTHS, "seed": 7}
    report = report_of(facts_of(run, country, load_offer(), known))
    path = write(tmp_path_factory.mktemp("report"), report)
    return Written(path, run, country, report, html.parse(str(path)).getroot())
