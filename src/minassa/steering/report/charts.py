"""Charts: Altair drawings made into plain SVG, at two widths, each with a title, a description and its table."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

import altair as alt
import vl_convert
from lxml import etree
from markupsafe import Markup

from minassa.steering.identity import INK, INK_SOFT, SAND_LINE, WAITING
from minassa.steering.report.tables import Table
from minassa.vocabulary.periods import first_day

WIDE: Final = 832
NARROW: Final = 328
"""Widths in pixels, of a desk and of a phone: text is never scaled down to fit."""

SYNTHETIC: Final = "DONNÉES SYNTHÉTIQUES"
Drawing: TypeAlias = Any
"""An Altair chart of any kind: single, layered, faceted, concatenated."""

DIRHAMS: Final = (
    "datum.value == 0 ? '0' : abs(datum.value) >= 1e11 ? format(datum.value / 1e11, ',~r') + ' Md DH' : "
    "abs(datum.value) >= 1e8 ? format(datum.value / 1e8, ',~r') + ' M DH' : "
    "abs(datum.value) >= 1e5 ? format(datum.value / 1e5, ',~r') + ' k DH' : format(datum.value / 100, ',~r') + ' DH'"
)
"""A Vega expression: centimes written short."""

_SVG: Final = "http://www.w3.org/2000/svg"
_NUMBERS: Final = {"decimal": ",", "thousands": "\u202f", "grouping": [3], "currency": ["", "\u00a0DH"]}
_FONT: Final = "Noto Sans, Segoe UI, Roboto, Helvetica Neue, Arial, sans-serif"


@dataclass(frozen=True, slots=True)
class Chart:
    """A figure of the report: its title, what it shows in a sentence, the drawing at both widths, its table."""

    name: str
    title: str
    description: str
    wide: Markup
    narrow: Markup
    table: Table


def chart(
    name: str,
    title: str,
    description: str,
    table: Table,
    draw: Callable[[int], Drawing],
    *,
    synthetic: bool,
) -> Chart:
    """A chart drawn by `draw` for each of the two widths (pixels of the plot and its axes together)."""
    wide, narrow = (
        inlined(rendered(draw(width), synthetic=synthetic), f"{name}-{size}", title, description)
        for size, width in (("large", WIDE), ("etroit", NARROW))
    )
    return Chart(name, title, description, wide, narrow, table)


def rendered(drawing: Drawing, *, synthetic: bool) -> str:
    """An Altair drawing as the text of an SVG."""
    spec = dressed(drawing, synthetic=synthetic).to_dict(validate=False)
    return vl_convert.vegalite_to_svg(spec, format_locale=_NUMBERS, time_format_locale="fr-FR")


def dressed(drawing: Drawing, *, synthetic: bool) -> Drawing:
    """The drawing in the clothes of Minassa; when the data are synthetic, it says so itself."""
    if synthetic:
        label = alt.TitleParams(SYNTHETIC, orient="bottom", anchor="end", fontSize=10, color=WAITING, offset=10)
        drawing = drawing.properties(title=label)
    return (
        drawing.configure(font=_FONT, background="transparent", padding=2)
        .configure_view(stroke=None)
        .configure_axis(
            labelColor=INK_SOFT,
            titleColor=INK_SOFT,
            labelFontSize=12,
            titleFontSize=12,
            titleFontWeight="normal",
            gridColor=SAND_LINE,
            domainColor=INK_SOFT,
            tickColor=SAND_LINE,
            labelLimit=260,
        )
        .configure_header(labelColor=INK, labelFontSize=13, labelFontWeight="bold", title=None)
        .configure_legend(labelColor=INK, titleColor=INK_SOFT, labelFontSize=12, titleFontSize=12, labelLimit=260)
        .configure_text(color=INK, fontSize=12)
    )


def inlined(text: str, name: str, title: str, description: str) -> Markup:
    """SVG ready to stand in a page: scalable, named, described, without anything that only weighs.

    Ids start with `name`, so that several drawings live on one page.
    """
    root = etree.fromstring(text.encode())
    found = [str(element.get("id")) for element in root.iter() if element.get("id")]
    ids = {old: f"{name}-{rank}" for rank, old in enumerate(found)}
    for element in root.iter():
        _lighten(element, ids)
    width, height = str(root.attrib.pop("width")), str(root.attrib.pop("height"))
    root.set("viewBox", f"0 0 {width} {height}")
    root.set("role", "img")
    root.set("aria-labelledby", f"{name}-t {name}-d")
    root.set("style", f"max-width:{width}px")
    for tag, suffix, content in (("desc", "d", description), ("title", "t", title)):
        element = etree.Element(f"{{{_SVG}}}{tag}", id=f"{name}-{suffix}")
        element.text = content
        root.insert(0, element)
    etree.cleanup_namespaces(root)
    return Markup(etree.tostring(root, encoding="unicode"))  # noqa: S704 (our own drawing, serialised by lxml)


def _lighten(element: Any, ids: Mapping[str, str]) -> None:  # noqa: ANN401 (an element, or a comment)
    """Drop what a described drawing needs no more; ids, which the converter counts over all drawings, become ours."""
    attributes = element.attrib
    for key, value in dict(attributes).items():
        if key.startswith("aria-") or key in {"role", "font-family", "class"}:
            del attributes[key]
        elif key == "id":
            attributes[key] = ids[value]
        elif value.startswith("url(#"):
            attributes[key] = f"url(#{ids[value[5:-1]]})"


def drawn(values: list[dict[str, Any]]) -> alt.Chart:
    """A chart of values given as they are.

    They are handed over as one text: Altair would copy a list, value by value, at each step of the drawing.
    """
    data = alt.InlineData(json.dumps(values, ensure_ascii=False), format=alt.DataFormat(type="json"))  # type: ignore[no-untyped-call]
    return alt.Chart(data)


def iso(month: int) -> str:
    """A month as the date a time axis places it at."""
    return first_day(month).isoformat()


def money_axis(width: int, **more: Any) -> alt.Axis:  # noqa: ANN401 (options of the axis)
    """An axis of amounts held in centimes, written in dirhams, thousands or millions; fewer steps on a phone."""
    return alt.Axis(tickCount=2 if width <= NARROW else 4, labelExpr=DIRHAMS, domain=False, **more)
