"""The map: what is due in each of the 12 regions, and in each P2I."""

from __future__ import annotations

from typing import Any

import altair as alt
import polars as pl

from minassa.steering.identity import INK, TEALS, WHITE
from minassa.steering.regions_map import CLASSES, centres, class_of, features, limits
from minassa.steering.report.charts import NARROW, Chart, Drawing, chart, drawn
from minassa.steering.report.facts import Facts, total
from minassa.steering.report.tables import Column, Table
from minassa.steering.report.wording import short_money_text
from minassa.vocabulary.places import Place, places
from minassa.vocabulary.regions import regions
from minassa.vocabulary.shapes import CREDIT

ATLANTIC = -6.5
"""Longitude west of which a P2I of the north stands by the ocean."""
ATLANTIC_MIDDLE = 33.75
"""Latitude between Casablanca and Rabat: their P2I are close, so the names step apart."""
BORDER = "#8a988f"
WIDEST = 600


def atlas_chart(facts: Facts) -> Chart:
    """The map of a run, with its table: every region, also those where nothing is due."""
    due = {row["region"]: row["amount_cents"] for row in _by(facts, "region")}
    sites = {row["place"]: row["amount_cents"] for row in _by(facts, "place")}
    rows = [
        {
            "number": region.number,
            "region": region.name_fr,
            "p2i": ", ".join(p.name_fr for p in open_p2i(facts.until) if p.region == region.number) or "aucune",
            "inside": sum(sites.get(p.code, 0) for p in open_p2i(facts.until) if p.region == region.number),
            "due": due.get(region.number, 0),
        }
        for region in regions()
    ]
    columns = (
        Column("number", "N°", "count"),
        Column("region", "Région"),
        Column("p2i", "P2I ouvertes"),
        Column("inside", "Dû dans les P2I", "money"),
        Column("due", "Dû dans la région", "money"),
    )
    known = {"inside": sum(r["inside"] for r in rows), "due": sum(r["due"] for r in rows)}
    elsewhere = total(facts.due) - known["due"]
    note = f"{CREDIT}. Tracé à faire approuver avant tout affichage officiel."
    if elsewhere:
        note += f" Sans région connue : {short_money_text(elsewhere)}."
    table = Table("carte", "Montants dus par région et dans les P2I", columns, rows, {"number": None, **known}, note)
    most = max(rows, key=lambda row: row["due"])
    told = f"{most['region']} reçoit le plus : {short_money_text(most['due'])}." if most["due"] else "Rien n'est dû."
    return chart(
        "carte",
        "Où va l’argent : régions et P2I",
        f"Carte des 12 régions du Maroc, teintées selon le montant dû ; un disque par P2I. {told}",
        table,
        lambda width: draw_map(facts, due, sites, min(width, WIDEST)),
        synthetic=facts.invented,
    )


def _by(facts: Facts, dimension: str) -> list[dict[str, Any]]:
    return facts.due.group_by(dimension).agg(pl.col("amount_cents").sum()).sort(dimension).to_dicts()


def open_p2i(month: int) -> tuple[Place, ...]:
    """The P2I open in a month."""
    return tuple(place for place in places() if place.kind == "p2i" and place.is_open(month))


def class_label(rank: int, bounds: list[int]) -> str:
    """What a class stands for, in words."""
    return "rien" if rank == 0 else f"jusqu’à {short_money_text(bounds[rank - 1])}"


def draw_map(facts: Facts, due: dict[int, int], sites: dict[int, int], width: int) -> Drawing:
    """The regions in their class, numbered, and a disk for each P2I."""
    bounds = limits(list(due.values()))
    labels = [class_label(rank, bounds) for rank in range(CLASSES + 1)]
    colour = alt.Color(
        "class:N",
        scale=alt.Scale(domain=labels, range=list(TEALS)),
        legend=alt.Legend(title="Dû dans la région", orient="bottom-right", symbolType="square", direction="vertical"),
    )
    ground = drawn(shapes(due)).mark_geoshape(stroke=BORDER, strokeWidth=1).encode(color=colour)
    return (
        alt.layer(ground, *_numbers(due, bounds), *_sites(facts, sites, width))
        .project("mercator")
        .properties(width=width, height=width * 11 // 10)
    )


def shapes(due: dict[int, int]) -> list[dict[str, Any]]:
    """The regions with the words of their class."""
    bounds = limits(list(due.values()))
    numbered = [(feature, feature["properties"]["number"]) for feature in features()]
    return [_shape(feature, class_label(class_of(due.get(n, 0), bounds), bounds)) for feature, n in numbered]


def _shape(feature: dict[str, Any], label: str) -> dict[str, Any]:
    """A region in its class; rings turn the way d3 expects, contrary to that of GeoJSON."""
    geometry = feature["geometry"]
    rings = [[list(point) for point in reversed(ring)] for ring in geometry["coordinates"]]
    return {
        "type": "Feature",
        "class": label,
        "properties": {},
        "geometry": {"type": geometry["type"], "coordinates": rings},
    }


def _numbers(due: dict[int, int], bounds: list[int]) -> list[Drawing]:
    """The HCP number of each region, on it: white on dark classes."""
    spots = [
        {"n": str(number), "lon": lon, "lat": lat, "dark": class_of(due.get(number, 0), bounds) > CLASSES - 2}
        for number, (lon, lat) in centres().items()
    ]
    ink = alt.condition("datum.dark", alt.value(WHITE), alt.value(INK))
    marks = drawn(spots).mark_text(fontSize=12, fontWeight=600)
    return [marks.encode(longitude="lon:Q", latitude="lat:Q", text="n:N", color=ink)]


def _sites(facts: Facts, sites: dict[int, int], width: int) -> list[Drawing]:
    """The P2I: a disk whose area follows what is due there, and its name beside it."""
    marked = [
        {
            "name": p.name_fr,
            "lon": p.longitude,
            "lat": p.latitude,
            "due": sites.get(p.code, 0),
            "west": p.longitude < ATLANTIC,
        }
        for p in open_p2i(facts.until)
    ]
    base = drawn(marked).encode(longitude="lon:Q", latitude="lat:Q")
    size = alt.Size("due:Q", scale=alt.Scale(range=[36, 110 if width <= NARROW else 420]), legend=None)
    disks = base.mark_circle(color=INK, stroke=WHITE, strokeWidth=1.5, opacity=1).encode(size=size)
    return [disks, *(text for place in marked for text in _name(place))]


def _name(place: dict[str, Any]) -> list[Drawing]:
    """The name of a P2I on a light ground of its own; those of the Atlantic stand over the sea."""
    side: dict[str, Any] = {"align": "right", "dx": -14, "dy": 5 if place["lat"] < ATLANTIC_MIDDLE else -5}
    if not place["west"]:
        side = {"align": "left", "dx": 8, "dy": -9}
    base = drawn([place]).encode(longitude="lon:Q", latitude="lat:Q", text="name:N")
    ground = base.mark_text(fontSize=12, fontWeight=600, stroke=WHITE, strokeWidth=3.5, strokeOpacity=0.85, **side)
    return [ground, base.mark_text(fontSize=12, fontWeight=600, **side)]
