"""The drawings of an evaluation: the effect month by month, and jobs past the month required.

A drawing holds numbers only, so that one serves every language; it is made for both widths, and with time running
from either side. Its title, what it shows and its table stand beside it in the page, in words.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any, Final

import altair as alt
from lxml import etree

from minassa.steering.identity import ACTION, INK_SOFT, WAITING
from minassa.steering.report.charts import NARROW, WIDE, Drawing, drawn, inlined, rendered

Document = dict[str, Any]
HEIGHT: Final = 260
PERCENT: Final = "datum.value == 0 ? '0' : format(datum.value * 100, '.0f') + ' %'"
BOUNDS: Final = ("value", "low", "high")
SVG: Final = "http://www.w3.org/2000/svg"
_MARGIN: Final = 56
"""Pixels kept for the words of the vertical axis."""
SIDES: Final = ("ltr", "rtl")


def drawings(found: Document) -> dict[str, dict[str, str]]:
    """SVG by drawing, then by width and direction (`wide-ltr`); what could not be said has no drawing."""
    made = {}
    if found["jobs"]["refused"] is None:
        made["effects"] = _each("effects", lambda width, side: _effects(found["jobs"]["months"], width, side))
    followed = found["stays"] if found["stays"]["refused"] is None else found["stays"]["early"]
    if followed is not None:
        made["stays"] = _each("stays", lambda width, side: _curves(followed, width, side))
    return made


def _each(name: str, draw: Callable[[int, str], Drawing]) -> dict[str, str]:
    sizes = (("wide", WIDE), ("narrow", NARROW))
    return {
        f"{size}-{side}": _bare(f"{name}-{size}-{side}", rendered(draw(width, side), synthetic=False))
        for size, width in sizes
        for side in SIDES
    }


def _bare(name: str, text: str) -> str:
    """The drawing without words nor styles of its own: the figure it stands in names and describes it."""
    root = etree.fromstring(str(inlined(text, name, "", "")).encode())
    etree.strip_elements(root, f"{{{SVG}}}title", f"{{{SVG}}}desc", with_tail=False)
    for attribute in ("role", "aria-labelledby", "style"):
        etree.strip_attributes(root, attribute)
    root.set("aria-hidden", "true")
    root.set("focusable", "false")
    root.set("direction", "ltr")
    return etree.tostring(root, encoding="unicode")


def _effects(months: list[Document], width: int, side: str) -> Drawing:
    """Dots with their intervals, in per cent, before and since the entry; zero is drawn through."""
    rows = [{"month": row["month"], **{name: math.expm1(row[name]) for name in BOUNDS}} for row in months]
    x = alt.X("month:Q", title=None, axis=_months_axis(width), scale=_scale(side))
    base = drawn(rows).encode(x=x)
    shade = alt.condition("datum.month < 0", alt.value(WAITING), alt.value(ACTION))
    y = alt.Y("low:Q", title=None, axis=_percent_axis(side))
    layers = (
        _line(0.0, INK_SOFT),
        base.mark_rule(strokeWidth=2).encode(y=y, y2="high:Q", color=shade),
        base.mark_point(filled=True, size=46, opacity=1).encode(y="value:Q", color=shade),
    )
    return alt.layer(*layers).properties(width=width - _MARGIN, height=HEIGHT)


def _curves(stays: Document, width: int, side: str) -> Drawing:
    """Two lines with their bands, in per cent of the jobs that reached the month required."""
    layers = []
    for which, colour in (("helped", ACTION), ("others", WAITING)):
        curve = stays[which]
        rows = [{"month": 0, "held": 1.0, "low": 1.0, "high": 1.0}] + [
            dict(zip(("month", "held", "low", "high"), row, strict=True))
            for row in zip(curve["months"], curve["held"], curve["low"], curve["high"], strict=True)
        ]
        base = drawn(rows).encode(x=alt.X("month:Q", title=None, axis=_months_axis(width), scale=_scale(side)))
        y = alt.Y("low:Q", title=None, axis=_percent_axis(side), scale=alt.Scale(zero=False))
        layers.append(base.mark_area(opacity=0.15, color=colour).encode(y=y, y2="high:Q"))
        dash = [1, 0] if which == "helped" else [6, 4]
        layers.append(base.mark_line(strokeWidth=3, strokeDash=dash, color=colour).encode(y="held:Q"))
    return alt.layer(*layers).properties(width=width - _MARGIN, height=HEIGHT)


def _line(value: float, colour: str) -> Drawing:
    return drawn([{"value": value}]).mark_rule(color=colour, strokeWidth=1.5).encode(y="value:Q")


def _scale(side: str) -> alt.Scale:
    return alt.Scale(reverse=side == "rtl", nice=False, padding=10)


def _months_axis(width: int) -> alt.Axis:
    return alt.Axis(tickCount=6 if width <= NARROW else 12, tickMinStep=1, grid=False, format="d")


def _percent_axis(side: str) -> alt.Axis:
    return alt.Axis(tickCount=5, labelExpr=PERCENT, orient="right" if side == "rtl" else "left", domain=False)
