"""The drawings of a report: one specification each, the same for the PDF, the editable file and the page."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Literal

import altair as alt
import vl_convert

from minassa.steering.identity import ACTION, INK_SOFT, WAITING
from minassa.steering.indicators.reading import Point
from minassa.steering.report.charts import drawn, rendered
from minassa.vocabulary.periods import format_month
from minassa.web.documents import FONTS

WIDTH: Final = 640
HEIGHT: Final = 260
BARS: Final = 320
"""Pixels of the longest bar: the rest of the width names them."""
FONT: Final = "font-family=\"'Source Sans 3', 'Noto Sans Arabic'\""
SHARP: Final = 2.5
"""Pixels of the picture for one of the drawing: an office suite shows it on paper."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """A drawing: what it is called, what it shows in a sentence, its SVG."""

    title: str
    told: str
    svg: str

    @property
    def png(self) -> bytes:
        """The drawing as a picture, for files that know no SVG."""
        vl_convert.register_font_directory(str(FONTS))
        return bytes(vl_convert.svg_to_png(self.svg, scale=SHARP))


def road(
    figures: Mapping[str, Any], known: Sequence[Point], words: tuple[str, str, str], *, right_to_left: bool, note: str
) -> str:
    """The SVG of the road: jobs declared (`known`, oldest first), the promised path, where it goes by itself.

    `figures` are those published, for their path and projection. `words` name the three lines; `note` stands under the
    drawing (that its data are invented). In Arabic time runs from the right.
    """
    seen, promised, ahead = words
    until = format_month(known[-1].period)
    rows = [_row(format_month(one.period), one.value, seen) for one in known if one.value is not None]
    rows += [_row(row["month"], row["jobs"], promised) for row in figures["path"]]
    rows += [_row(row["month"], row["headcount"], ahead) for row in figures["projection"] if row["month"] > until]
    names, legend = list(words), alt.Legend(title=None, orient="top", symbolSize=400, labelLimit=WIDTH)
    colours = alt.Scale(domain=names, range=[ACTION, INK_SOFT, ACTION])
    dashes = alt.Scale(domain=names, range=[[1, 0], [1, 0], [4, 3]])
    x = alt.X("month:T", title=None, axis=alt.Axis(format="%Y", tickCount="year"), sort=_way(right_to_left))
    y = alt.Y("jobs:Q", title=None, axis=alt.Axis(format=",d", orient=_side(right_to_left)))
    line = drawn(rows).mark_line(strokeWidth=2.5)
    chart = line.encode(
        x=x,
        y=y,
        color=alt.Color("line:N", scale=colours, legend=legend),
        strokeDash=alt.StrokeDash("line:N", scale=dashes, legend=legend),
    ).properties(width=WIDTH, height=HEIGHT)
    return _dressed(chart, note)


def bars(values: Sequence[tuple[str, int]], *, right_to_left: bool, note: str) -> str:
    """The SVG of one bar for each part, the longest first, its number beside it."""
    rows = [{"part": part, "value": value} for part, value in values]
    x = alt.X("value:Q", title=None, axis=alt.Axis(format=",d", tickCount=4), sort=_way(right_to_left))
    y = alt.Y("part:N", title=None, sort="-x", axis=_labels(right_to_left))
    chart = drawn(rows).mark_bar(color=ACTION, height=14).encode(x=x, y=y)
    return _dressed(chart.properties(width=BARS, height=28 * len(rows)), note)


def spans(rows: Sequence[tuple[str, str, str, str]], *, right_to_left: bool, note: str) -> str:
    """The SVG of a Gantt: for each row its name, first and last day (ISO 8601), and the word of its state."""
    told = [{"name": name, "first": first, "last": last, "state": state} for name, first, last, state in rows]
    x = alt.X("first:T", title=None, axis=alt.Axis(format="%Y", tickCount="year"), sort=_way(right_to_left))
    y = alt.Y("name:N", title=None, sort=[row[0] for row in rows], axis=_labels(right_to_left))
    colour = alt.Color("state:N", legend=alt.Legend(title=None, orient="top", labelLimit=WIDTH))
    chart = drawn(told).mark_bar(height=12).encode(x=x, x2="last:T", y=y, color=colour)
    return _dressed(chart.properties(width=BARS, height=26 * len(rows)), note)


def _row(month: str, jobs: int, line: str) -> dict[str, Any]:
    return {"month": date.fromisoformat(f"{month}-01").isoformat(), "jobs": jobs, "line": line}


def _labels(right_to_left: bool) -> alt.Axis:  # noqa: FBT001 (named where it is read)
    return alt.Axis(orient=_side(right_to_left), domain=False, ticks=False, labelLimit=WIDTH - BARS)


def _side(right_to_left: bool) -> Literal["left", "right"]:  # noqa: FBT001 (named where it is read)
    return "right" if right_to_left else "left"


def _way(right_to_left: bool) -> Literal["ascending", "descending"]:  # noqa: FBT001 (named where it is read)
    return "descending" if right_to_left else "ascending"


def _dressed(chart: alt.Chart, note: str) -> str:
    """The SVG of a chart in the fonts of our documents, which know no other, with its note below."""
    below = alt.TitleParams(note, orient="bottom", anchor="end", fontSize=10, color=WAITING, offset=8)
    noted = chart.properties(title=below) if note else chart
    return re.sub(r'font-family="[^"]*"', FONT, rendered(noted, synthetic=False))
