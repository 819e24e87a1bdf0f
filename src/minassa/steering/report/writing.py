"""Writes the report: one page that opens anywhere without a network, and its tables beside it."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Protocol

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from minassa.engine import Offer
from minassa.entitlements.runs import Run
from minassa.entitlements.sources import Tables
from minassa.outlook.targets import WHOLE, Scale
from minassa.steering.identity import SIGN, colours_css, filiere_mark, status_mark, symbols
from minassa.steering.report.atlas import atlas_chart
from minassa.steering.report.certainty import CertaintySection, certainty_section
from minassa.steering.report.charts import SYNTHETIC, Chart
from minassa.steering.report.conditions import ConditionsSection, conditions_section
from minassa.steering.report.descent import Descent, descent_of
from minassa.steering.report.discrepancies import DiscrepanciesSection, discrepancies_section
from minassa.steering.report.exports import FOLDER, WORKBOOK, write_tables
from minassa.steering.report.facts import Facts
from minassa.steering.report.headlines import Headline, headlines
from minassa.steering.report.measures import MeasuresSection, measures_section
from minassa.steering.report.net_jobs import NetJobsSection, net_jobs_section
from minassa.steering.report.road import RoadSection, road_section
from minassa.steering.report.tables import Table
from minassa.steering.report.typesetting import typeset
from minassa.steering.report.wording import FILTERS
from minassa.vocabulary.statuses import Status

PAGE: Final = "rapport.html"
MILLION: Final = 1_000_000


class Manifest(Protocol):
    """What is known of a synthetic country, as `minassa.nation` tells it: its size among other things."""

    @property
    def scale_millionths(self) -> int:
        """Its jobs over those of the real sector, in millionths."""
        ...


Synthetic = Manifest | Mapping[str, Any]


@dataclass(frozen=True)
class Report:
    """Everything the page shows."""

    facts: Facts
    headlines: tuple[Headline, ...]
    road: RoadSection
    money: MeasuresSection
    atlas: Chart
    conditions: ConditionsSection
    net_jobs: NetJobsSection
    discrepancies: DiscrepanciesSection
    certainty: CertaintySection
    descent: Descent | None

    def tables(self) -> Iterator[Table]:
        """Every table, in the order of the page."""
        yield from (self.road.chart.table, *self.road.parts, self.road.sources)
        yield from (
            self.money.table,
            self.money.by_filiere.table,
            self.atlas.table,
            self.money.by_region,
            self.money.by_place,
        )
        yield self.money.crossed
        yield from (self.conditions.chart.table, self.conditions.eligibility, self.conditions.switched_off)
        yield from (self.net_jobs.chart.table, self.net_jobs.kinds, self.net_jobs.flows)
        yield from (self.discrepancies.chart.table, self.discrepancies.firms)
        yield from (self.certainty.chart.table, self.certainty.figures, self.certainty.rules)
        if self.descent is not None:
            yield from (self.descent.measures, self.descent.people)


def write_report(
    target: Path,
    run: Run,
    tables: Tables,
    offer: Offer,
    *,
    synthetic: Synthetic | None = None,
    why_id: str | None = None,
) -> Path:
    """Write the report of a run in the folder `target`: `rapport.html`, and `tables/` beside it; the page's path.

    `tables` is the lake, or whatever gives the rows in effect; lines of original files are shown only where it holds
    them. `offer` must be the one of the run. `synthetic` is what is known of an invented country: the page and every
    table then say so. `why_id` chooses the amount told down to its lines; UnknownAmount when the run does not hold it.
    """
    return written(target, report_of(facts_of(run, tables, offer, synthetic), why_id))


def facts_of(run: Run, tables: Tables, offer: Offer, synthetic: Synthetic | None = None) -> Facts:
    """The run ready to be told."""
    return Facts(run, tables, offer, _known(synthetic), scale_of(synthetic))


def written(target: Path, made: Report) -> Path:
    """Write a report, the page and its tables, in the folder `target`; the page appears whole or not at all."""
    target.mkdir(parents=True, exist_ok=True)
    write_tables(target, tuple(made.tables()), synthetic=made.facts.invented)
    path = target / PAGE
    waiting = path.with_suffix(".writing")
    waiting.write_text(page(made), encoding="utf-8")
    waiting.replace(path)
    return path


def _known(synthetic: Synthetic | None) -> Mapping[str, Any] | None:
    if synthetic is None or isinstance(synthetic, Mapping):
        return synthetic
    return {"scale_millionths": synthetic.scale_millionths}


def scale_of(synthetic: Synthetic | None) -> Scale:
    """The size of an invented country beside the real one; the whole country for real declarations."""
    millionths = int((_known(synthetic) or {}).get("scale_millionths") or 0)
    return Scale(millionths, MILLION) if millionths else WHOLE


def report_of(facts: Facts, why_id: str | None = None) -> Report:
    """The report of a run, section by section; UnknownAmount when it does not hold the amount `why_id`."""
    descent = descent_of(facts, why_id)
    road, money, certainty = road_section(facts), measures_section(facts), certainty_section(facts)
    return Report(
        facts=facts,
        headlines=headlines(road, money, certainty),
        road=road,
        money=money,
        atlas=atlas_chart(facts),
        conditions=conditions_section(facts),
        net_jobs=net_jobs_section(facts),
        discrepancies=discrepancies_section(facts),
        certainty=certainty,
        descent=descent,
    )


def page(made: Report) -> str:
    """The report as one page of HTML."""
    environment = Environment(
        loader=PackageLoader("minassa.steering.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(FILTERS, status_mark=status_mark, filiere_mark=filiere_mark)
    script = Markup(environment.get_template("sort.js").render())  # noqa: S704 (our own file)
    style = Markup(environment.get_template("page.css").render())  # noqa: S704 (our own file)
    shown = environment.get_template("page.html").render(
        report=made,
        facts=made.facts,
        synthetic=SYNTHETIC,
        statuses=tuple(Status),
        symbols=symbols(),
        icon=icon(),
        style=colours_css() + style,
        script=script,
        script_digest=digest(script),
        folder=FOLDER,
        workbook=WORKBOOK,
    )
    return typeset(shown)


def digest(script: str) -> str:
    """The fingerprint under which a browser lets an inline script run, and no other."""
    return "sha256-" + base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()


def icon() -> str:
    """The sign of Minassa as the address of an image that needs no file."""
    drawing = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16" fill="#0b5f56">{SIGN}</svg>'
    return "data:image/svg+xml;base64," + base64.b64encode(drawing.encode()).decode()
